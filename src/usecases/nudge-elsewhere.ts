/** Where a line of a card stands that is not in the hands of whoever names it: for those who see the lines of that card. */
import { cardSight, may } from '../domain/access.ts';
import { isSettled, itemOf } from '../domain/card.ts';
import { itemIn, nameOn } from '../domain/card-template.ts';
import type { Engagement } from '../domain/engagement.ts';
import { ballOf } from '../domain/nudge-holder.ts';
import {
  lineIsSettled,
  lineNotYet,
  lineOnCards,
  lineWithOthers,
  type OtherLine,
} from '../messages/copy/nudge-news.ts';
import type { Message } from '../messages/message.ts';
import { cardNow, type KeptCard } from './information-card.ts';
import { engagementsAround, NUDGED_IN } from './nudge-lines.ts';
import { programmeToday, type Work } from './work.ts';

/** What stands in the way of saying something of the line `key`; null where they see no card that has it. */
export async function elsewhere(work: Work, key: string): Promise<Message | null> {
  const seen: KeptCard[] = [];
  for (const engagement of await engagementsAround(work, work.person)) {
    const kept = await seenCard(work, engagement);
    if (kept && itemOf(kept.card, key)) seen.push(kept);
  }
  const [only, ...others] = seen;
  if (!only) return null;
  return others.length === 0
    ? standsSo(work, only, key)
    : lineOnCards(key, seen.map(({ engagement }) => engagement.number).toSorted());
}

/** The card of the present Service ISSO, where the lines of it are this person's to see. */
async function seenCard(work: Work, engagement: Engagement): Promise<KeptCard | null> {
  const whom = engagement.course.serviceIssoId;
  const isSeen = whom !== null && cardSight(work.person, whom, engagement) === 'dates';
  const kept = isSeen && NUDGED_IN.includes(engagement.state) ? await cardNow(work, engagement) : null;
  return kept && kept.version > 0 ? kept : null;
}

function standsSo(work: Work, { engagement, template, card }: KeptCard, key: string): Message | null {
  const [of, item] = [itemIn(template, key), itemOf(card, key)];
  if (!of || !item) return null;
  const today = programmeToday(work);
  const about: OtherLine = { number: engagement.number, key, name: nameOn(of, today) };
  if (isSettled(item)) return lineIsSettled(about, item.state.is === 'done');
  const first = of.needs.flatMap((need) => {
    const [named, before] = [itemIn(template, need.key), itemOf(card, need.key)];
    return named && before && !isSettled(before) ? [nameOn(named, today)] : [];
  });
  if (item.state.is === 'not_started' && first.length > 0) return lineNotYet(about, first);
  const { party, waitsFor } = ballOf(of, item);
  const mayWrite = !of.follows?.alone && may(work.person, 'card.write', engagement);
  return lineWithOthers(about, { party, waitsFor }, mayWrite);
}
