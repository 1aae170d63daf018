/** `waiting`: what waits for whoever asks, over all engagements. */
import { identitiesOf } from '../domain/access-relations.ts';
import type { Engagement } from '../domain/engagement.ts';
import { OPEN_STATES } from '../domain/engagement-states.ts';
import type { KickoffNow } from '../domain/kickoff-stands.ts';
import { type NextMove, nextMoves } from '../domain/next-move.ts';
import { type Waiting, waitingList } from '../messages/copy/lists.ts';
import { kickoffsNow } from './kickoffs-of.ts';
import { readable } from './list-engagements.ts';
import { peopleOfSide } from './tell-step.ts';
import { type Answer, answerPrivately, type Work } from './work.ts';

/** More in one list is read by nobody. */
const MOST = 30;
const MOST_ENGAGEMENTS = 2_000;

/** The oldest first. */
export async function showWaiting(work: Work): Promise<Answer> {
  return answerPrivately(waitingList((await waitingFor(work)).slice(0, MOST), []));
}

/** The moves that are this person's, with when their state began. */
export async function waitingFor(work: Pick<Work, 'tx' | 'person' | 'now'>): Promise<readonly Waiting[]> {
  const open = await readable(work, { states: OPEN_STATES }, null, MOST_ENGAGEMENTS);
  const kickoffs = await kickoffsNow(work, open);
  const waiting: Waiting[] = [];
  for (const engagement of open) {
    const move = await ownMove(work, engagement, kickoffs.get(engagement.id) ?? null);
    if (move) waiting.push({ engagement, move, since: engagement.stateSinceAt });
  }
  return waiting.toSorted((a, b) => a.since.getTime() - b.since.getTime());
}

/** At work is no move that anybody waits for. */
async function ownMove(
  work: Pick<Work, 'tx' | 'person'>,
  engagement: Engagement,
  kickoff: KickoffNow | null,
): Promise<NextMove | null> {
  for (const move of nextMoves(engagement, kickoff)) {
    if (move.what === 'work') continue;
    const holders = await holdersOf(work, engagement, move.side);
    // What waits for somebody who is away waits for whoever stands in for them.
    if (identitiesOf(work.person).some(({ id }) => holders.includes(id))) return move;
  }
  return null;
}

/** Roles are the person's own to know; only the sides that name single people are looked up. */
async function holdersOf(
  work: Pick<Work, 'tx' | 'person'>,
  engagement: Engagement,
  side: NextMove['side'],
): Promise<readonly string[]> {
  const { person } = work;
  const has = (role: (typeof person.roles)[number]): readonly string[] =>
    identitiesOf(person).some(({ roles }) => roles.includes(role)) ? [person.id] : [];
  switch (side) {
    case 'contractor':
      return has('contractor_lead');
    case 'gtl':
    case 'cor':
      return has(side);
    case 'ispg':
      return engagement.triagedById === null ? has('ispg_team') : [engagement.triagedById];
    default:
      return peopleOfSide(work, engagement, side);
  }
}
