/** After each step of an engagement: whoever has the next move is told, those who take part hear of it, and the step's clock starts. */
import { atBusinessDays } from '../domain/calendar.ts';
import {
  assignedIdsOf,
  type Change,
  type Engagement,
  partiesOf,
  type WaitingSide,
} from '../domain/engagement.ts';
import { isPastKickoff } from '../domain/engagement-states.ts';
import type { PersonId } from '../domain/ids.ts';
import { nextMoves } from '../domain/next-move.ts';
import { movedLine, movedNotice, stepOverdue, yourMove } from '../messages/copy/step.ts';
import type { Message } from '../messages/message.ts';
import { STEP_TIMERS } from '../offerings/programme-timers.ts';
import { asActing, withStandIns } from './acting.ts';
import { loadPeople, peopleAround, tellChannel, tellPeople, tellPerson } from './tell.ts';
import type { Work } from './work.ts';

/** Of a person there may be none, such as in a job. */
type Stepping = Pick<Work, 'tx' | 'now' | 'programme'> & Partial<Pick<Work, 'person' | 'told'>>;

/** Tells of a change after the kickoff; ones before it have their own words. */
export async function tellStep(work: Stepping, { engagement, from }: Change, why?: Message): Promise<void> {
  if (!isPastKickoff(engagement.state)) return;
  const hasMoved = engagement.state !== from;
  if (hasMoved) {
    await stopStepClock(work, engagement, 'the engagement has moved on');
    await startStepClock(work, engagement);
  }
  const heard = new Set(work.told);
  const told = await tellNext(work, engagement, why);
  if (!hasMoved) return;
  const others = [...partiesOf(engagement), ...assignedIdsOf(engagement)].filter(
    (id) => id !== work.person?.id && !told.has(id) && !heard.has(id),
  );
  const key = `moved:${engagement.id}:${engagement.version}`;
  await tellPeople(work, others, { key, kind: 'notice', message: movedNotice(engagement) });
  await tellChannel(work, 'ispg', { key, kind: 'notice', message: movedLine(engagement) });
}

/** Whoever has the next move gets a card with it; whoever just acted sees the answer instead. Answers who was told. */
export async function tellNext(
  work: Stepping,
  engagement: Engagement,
  why?: Message,
): Promise<ReadonlySet<PersonId>> {
  const told = new Set<PersonId>();
  const people = await peopleAround(work, engagement, null);
  for (const move of nextMoves(engagement)) {
    if (move.what === 'work' || move.what === 'onboard') continue;
    const side = await loadPeople(work, await peopleOfSide(work, engagement, move.side));
    const readers = await asActing(work, side);
    for (const reader of readers.values()) {
      if (told.has(reader.id)) continue;
      told.add(reader.id);
      if (why && reader.id !== work.person?.id) {
        const key = `why:${engagement.id}:${engagement.version}`;
        await tellPerson(work, reader.id, { key, kind: 'notice', message: why });
      }
      await tellPerson(work, reader.id, {
        key: `next:${engagement.id}:${engagement.version}`,
        kind: 'card',
        message: yourMove(engagement, move, people, reader),
        card: `next:${engagement.id}:${engagement.stateSinceAt.getTime()}:${move.what}:${reader.id}`,
        stillTrue: { kind: 'engagement-in', engagementId: engagement.id, states: [engagement.state] },
      });
    }
  }
  return told;
}

/** The people of one side of an engagement, and whoever stands in for one of them today. */
export async function peopleOfSide(
  { tx, now, programme }: Pick<Work, 'tx'> & Partial<Pick<Work, 'now' | 'programme'>>,
  engagement: Engagement,
  side: WaitingSide,
): Promise<readonly PersonId[]> {
  const ids = await ownPeopleOfSide({ tx }, engagement, side);
  return now && programme ? withStandIns({ tx, now, programme }, ids) : ids;
}

async function ownPeopleOfSide(
  work: Pick<Work, 'tx'>,
  engagement: Engagement,
  side: WaitingSide,
): Promise<readonly PersonId[]> {
  const { businessOwnerId, triagedById, course } = engagement;
  switch (side) {
    case 'business_owner':
      return [businessOwnerId];
    case 'service_isso':
      return course.serviceIssoId === null ? [] : [course.serviceIssoId];
    case 'ispg':
      return triagedById ? [triagedById] : holders(work, 'ispg_team');
    case 'contractor':
      return holders(work, 'contractor_lead');
    case 'gtl':
    case 'cor':
      return holders(work, side);
    // The CISO signs outside chat; the Business Owner and ISPG note it.
    case 'ciso':
      return [businessOwnerId];
    default:
      return side satisfies never;
  }
}

const holders = async (
  work: Pick<Work, 'tx'>,
  role: 'ispg_team' | 'contractor_lead' | 'gtl' | 'cor',
): Promise<readonly PersonId[]> => (await work.tx.people.withRole(role)).map(({ id }) => id);

const clockOf = ({ id }: Engagement): string => `step-clock:${id}`;

/** What would be said of a state that lasts too long is said no more. */
export const stopStepClock = async (work: Stepping, engagement: Engagement, because: string): Promise<void> =>
  void (await work.tx.deliveries.suppress(clockOf(engagement), because));

/** What is said when the state lasts too long (domain reference 2.3). */
export async function startStepClock(work: Stepping, engagement: Engagement): Promise<void> {
  const { calendar, businessHours } = work.programme;
  for (const { businessDays, tells } of STEP_TIMERS[engagement.state] ?? []) {
    const readers = new Set<PersonId>();
    for (const role of tells) {
      if (role === 'cra') {
        if (engagement.craId) readers.add(engagement.craId);
      } else for (const { id } of await work.tx.people.withRole(role)) readers.add(id);
    }
    await tellPeople(work, readers, {
      key: `step-overdue:${engagement.id}:${engagement.version}:${businessDays}`,
      kind: 'escalation',
      urgency: 'routine',
      message: stepOverdue(engagement, businessDays),
      dueAt: atBusinessDays(work.now, businessDays, businessHours.zone, calendar, businessHours),
      stillTrue: { kind: 'engagement-in', engagementId: engagement.id, states: [engagement.state] },
      about: clockOf(engagement),
    });
  }
}
