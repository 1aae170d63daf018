/** A running card takes over the lines of a newer template, when somebody wants it; it never does so by itself (domain reference 4.3). */
import { may } from '../domain/access.ts';
import { adoptTemplate, lineChanges } from '../domain/card-adopt.ts';
import type { RequestNumber } from '../domain/ids.ts';
import { type Adoption, linesNewest, linesTaken, linesToTake } from '../messages/copy/card-adopt.ts';
import { record } from './change-engagement.ts';
import { type KeptCard, keepCard, newestOf, withFacts } from './information-card.ts';
import { isMessage, openCard } from './item-rights.ts';
import { withOthers } from './mirror-card.ts';
import { afterCardChange } from './nudge-refresh.ts';
import { openForReading } from './show-card-history.ts';
import { type Answer, answerPrivately, programmeToday, type Work } from './work.ts';

const adoptionOf = (work: Work, { engagement, card, template }: KeptCard): Adoption => ({
  number: engagement.number,
  to: newestOf(work, engagement).version,
  changes: lineChanges(card, template, newestOf(work, engagement), programmeToday(work)),
});

/** `card ISSO-2026-0042 lines`: what the newest template would change on this card. */
export async function showLines(work: Work, number: RequestNumber): Promise<Answer> {
  const opened = await openForReading(work, number);
  if (isMessage(opened)) return answerPrivately(opened);
  if (opened.card.templateVersion === newestOf(work, opened.engagement).version)
    return answerPrivately(linesNewest(number));
  const mayTake = may(work.person, 'card.adopt', opened.engagement);
  return answerPrivately(linesToTake(adoptionOf(work, opened), mayTake));
}

/** `card ISSO-2026-0042 take lines`; with `version` only while the newest template is that one. */
export async function takeLines(
  work: Work,
  number: RequestNumber,
  version: number | null = null,
): Promise<Answer> {
  const opened = await openCard(work, number);
  if (isMessage(opened)) return answerPrivately(opened);
  const { engagement, personId, card } = opened;
  if (!may(work.person, 'card.adopt', engagement)) return showLines(work, number);
  const newest = newestOf(work, engagement);
  // Whoever presses has seen what that version changes.
  if (version !== null && version !== newest.version) return showLines(work, number);
  const made = adoptTemplate(card, newest);
  if (!made.ok) return answerPrivately(linesNewest(number));
  const adoption = adoptionOf(work, opened);
  const own = { engagement, personId, template: newest };
  const next = await withFacts(work, own, await withOthers(work, own, card, made.value));
  await keepCard(work, opened, next);
  await record(work, engagement, {
    verb: 'card.adopt',
    from: engagement.state,
    to: engagement.state,
    facts: {
      person: personId,
      before: String(card.templateVersion),
      after: String(newest.version),
      dropped: adoption.changes.flatMap(({ what, key }) => (what === 'dropped' ? [key] : [])).join(' '),
    },
  });
  await afterCardChange(work, engagement);
  return answerPrivately(linesTaken(adoption));
}
