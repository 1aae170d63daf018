/** Who fits an engagement, and how the candidate fitted: looked at by those who may, and each look is written down. */
import { may } from '../domain/access.ts';
import type { Engagement } from '../domain/engagement.ts';
import type { PersonId, RequestNumber } from '../domain/ids.ts';
import { bandOf } from '../domain/matching.ts';
import { withoutPassedOver } from '../domain/matching-candidate.ts';
import type { Person } from '../domain/person.ts';
import {
  candidateFacts,
  candidateSheet,
  candidateSight,
  hasShortlist,
  noCandidate,
  searchCard,
} from '../messages/copy/candidate.ts';
import { proposedSummary, searching } from '../messages/copy/matching.ts';
import { moveButtons } from '../messages/copy/moves.ts';
import { engagementRefusal, noAccess, notYourStep } from '../messages/copy/refusals.ts';
import { type Block, facts, type Message } from '../messages/message.ts';
import { MATCHING_LABELS } from '../offerings/matching-labels.ts';
import { MATCHING } from '../offerings/matching-weights.ts';
import { record } from './change-engagement.ts';
import { fitOfCandidate } from './fit-papers.ts';
import { matchFor } from './match-list.ts';
import { peopleAround } from './tell.ts';
import { type Answer, answer, answerPrivately, type Work } from './work.ts';

/** `shortlist ISSO-2026-0042`: the first three with their reasons, the others with what stops them, who was declined before. */
export async function showShortlist(work: Work, number: RequestNumber): Promise<Answer> {
  const engagement = await work.tx.engagements.byNumber(number);
  if (!engagement || !may(work.person, 'shortlist.read', engagement))
    return answerPrivately(
      engagement?.state === 'MATCHING' && may(work.person, 'candidate.read', engagement)
        ? searching(engagement)
        : refusalFor(work, engagement, number),
    );
  if (!hasShortlist(engagement))
    return answer(engagementRefusal(number, { code: 'wrong-state', state: engagement.state }));
  const { list, people, promisedHours } = await matchFor(work, engagement);
  const gone = engagement.course.passedOver.map(({ personId }) => personId);
  const promised = new Map<PersonId, number>();
  for (const { personId } of list.ranked)
    if (promisedHours(personId) > 0) promised.set(personId, promisedHours(personId));
  await record(work, engagement, {
    verb: 'shortlist.read',
    from: null,
    to: null,
    facts: { seed: String(list.seed), looked: String(list.ranked.length) },
  });
  return answerPrivately(
    searchCard(
      withoutPassedOver(list, gone, MATCHING.top),
      engagement,
      people,
      MATCHING_LABELS,
      promised,
      moveButtons(engagement, work.person),
    ),
  );
}

/** `fit ISSO-2026-0042`: how the candidate fitted when they were proposed; the summary for the Business Owner and their advisor. */
export async function showCandidate(work: Work, number: RequestNumber): Promise<Answer> {
  const engagement = await work.tx.engagements.byNumber(number);
  if (!engagement || !may(work.person, 'candidate.read', engagement))
    return answerPrivately(refusalFor(work, engagement, number));
  const sight = candidateSight(engagement, work.person);
  const fit = sight && (await fitOfCandidate(work, engagement));
  if (!fit) return answerPrivately(noCandidate(engagement));
  const people = await peopleAround(work, engagement, null);
  await record(work, engagement, {
    verb: 'candidate.read',
    from: null,
    to: null,
    facts: { candidate: fit.personId, sight },
  });
  const buttons = moveButtons(engagement, work.person);
  const show = sight === 'sheet' ? candidateSheet : proposedSummary;
  return answerPrivately(show(fit, engagement, people, MATCHING_LABELS, buttons));
}

function refusalFor(work: Work, engagement: Engagement | null, number: RequestNumber): Message {
  return engagement && may(work.person, 'request.read', engagement) ? notYourStep(number) : noAccess(number);
}

/** What stands about the candidate on the engagement's card, for `reader`; nothing where they may know nothing. */
export async function candidateBlocks(
  work: Pick<Work, 'tx'>,
  engagement: Engagement,
  reader: Person,
): Promise<readonly Block[]> {
  const people = await peopleAround(work, engagement, null);
  const rows = candidateFacts(engagement, people, reader, (score) => bandOf(score, MATCHING));
  return rows.length === 0 ? [] : [facts(rows)];
}
