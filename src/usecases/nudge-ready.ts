/** `ready ISSO-2026-0042`: a Data Guardian or advisor says that they are told and ready, which the preparation list then says. */
import { may } from '../domain/access.ts';
import { isOfParty } from '../domain/access-card.ts';
import type { Engagement } from '../domain/engagement.ts';
import type { RequestNumber } from '../domain/ids.ts';
import { READY_PARTS, type ReadyPart } from '../domain/nudge-lines.ts';
import { nextVersion } from '../domain/paper.ts';
import {
  notReadyYet,
  readyAlready,
  readyNoted,
  readyNotNow,
  readyTakenBack,
} from '../messages/copy/nudge-news.ts';
import { noAccess, notYourStep } from '../messages/copy/refusals.ts';
import { PREPARATION } from '../offerings/preparation.ts';
import { record } from './change-engagement.ts';
import { followCard } from './information-card.ts';
import { readyPartsOpen } from './nudge-lines.ts';
import { afterCardChange } from './nudge-refresh.ts';
import { type Answer, answerPrivately, type Work } from './work.ts';

/** `not ready ISSO-2026-0042`: nothing changes; what they can say instead. Refused as `sayReady` is. */
export async function sayNotReady(work: Work, number: RequestNumber): Promise<Answer> {
  const asked = await partsAsked(work, number);
  if ('say' in asked) return asked;
  return answerPrivately(asked.open.length > 0 ? notReadyYet(number) : readyTakenBack(number));
}

/** The parts of the preparation list that are theirs and open; words for anybody else, and when nobody is being onboarded. */
async function partsAsked(
  work: Work,
  number: RequestNumber,
): Promise<Answer | { readonly engagement: Engagement; readonly open: readonly ReadyPart[] }> {
  const engagement = await work.tx.engagements.forChange(number);
  const own = engagement ? READY_PARTS.filter((part) => isOfParty(work.person, part, engagement)) : [];
  if (!engagement || own.length === 0)
    return answerPrivately(
      engagement && may(work.person, 'request.read', engagement) ? notYourStep(number) : noAccess(number),
    );
  if (engagement.state !== 'ONBOARDING') return answerPrivately(readyNotNow(number));
  const open = (await readyPartsOpen(work, engagement)).filter((part) => own.includes(part));
  return { engagement, open };
}

/** Refused for anybody else, and when nobody is being onboarded. A second time changes nothing. */
export async function sayReady(work: Work, number: RequestNumber): Promise<Answer> {
  const asked = await partsAsked(work, number);
  if ('say' in asked) return asked;
  const { engagement, open } = asked;
  if (open.length === 0) return answerPrivately(readyAlready(number));
  const latest = await work.tx.papers.latest('preparation', engagement.id);
  const said = Object.fromEntries(open.map((part) => [part, 'yes']));
  const paper = nextVersion(latest, {
    kind: 'preparation',
    subject: engagement.id,
    formVersion: PREPARATION.version,
    answers: { ...latest?.answers, ...said },
    byId: work.person.id,
    at: work.now,
    reason: null,
  });
  if (!(await work.tx.papers.insert(paper)))
    throw new Error('the list changed while its engagement was locked');
  await record(work, engagement, {
    verb: 'preparation.write',
    from: engagement.state,
    to: engagement.state,
    facts: { version: String(paper.version), changed: open.join(',') },
  });
  await followCard(work, engagement);
  await afterCardChange(work, engagement);
  return answerPrivately(readyNoted(number));
}
