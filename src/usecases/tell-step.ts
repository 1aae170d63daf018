/** After each step of an engagement: whoever has the next move is told, those who take part hear of it, and the step's clock starts. */
import { atBusinessDays, intoBusinessHours } from '../domain/calendar.ts';
import { assignedIdsOf, type Engagement, partiesOf, type WaitingSide } from '../domain/engagement.ts';
import { isPastKickoff } from '../domain/engagement-states.ts';
import type { CardKey, DeliveryKey, PersonId } from '../domain/ids.ts';
import { type NextMove, nextMoves } from '../domain/next-move.ts';
import { movedLine, movedNotice, moveOver, stepOverdue, yourMove } from '../messages/copy/step.ts';
import type { Message } from '../messages/message.ts';
import { STEP_TIMERS } from '../offerings/programme-timers.ts';
import { asActing, withStandIns } from './acting.ts';
import { redrawPart } from './redraw-part.ts';
import { holdersOfParty } from './role-holders.ts';
import { loadPeople, peopleAround, routineByItself, tellChannel, tellPeople, tellPerson } from './tell.ts';
import type { Work } from './work.ts';

/** Of a person there may be none, such as in a job. */
type Stepping = Pick<Work, 'tx' | 'now' | 'programme'> & Partial<Pick<Work, 'person' | 'told'>>;

/** A step that is to be told: the engagement before and after it. */
export interface Step {
  readonly before: Engagement;
  readonly engagement: Engagement;
  /** What its button says; null for one without, such as one that the calendar takes. */
  readonly label: string | null;
}

/** Tells of a change after the kickoff; ones before it have their own words. */
export async function tellStep(work: Stepping, step: Step, why?: Message): Promise<void> {
  const { engagement, before } = step;
  if (!isPastKickoff(engagement.state)) return;
  const hasMoved = engagement.state !== before.state;
  if (hasMoved) {
    await stopStepClock(work, engagement, 'the engagement has moved on');
    await startStepClock(work, engagement);
  }
  const heard = new Set(work.told);
  const told = await tellNext(work, engagement, why);
  await settleMoves(work, step);
  if (!hasMoved) return;
  const others = [...partiesOf(engagement), ...assignedIdsOf(engagement)].filter(
    (id) => id !== work.person?.id && !told.has(id) && !heard.has(id),
  );
  const key = `moved:${engagement.id}:${engagement.version}`;
  await tellPeople(work, others, {
    key,
    kind: 'notice',
    ...routineByItself(work),
    message: movedNotice(engagement),
  });
  await tellChannel(work, 'ispg', {
    key,
    kind: 'notice',
    message: movedLine(engagement),
    dueAt: work.person ? work.now : openingOf(work),
  });
}

/** A channel is written to at once when somebody acts; the calendar changes days at midnight, also on days off. */
const openingOf = ({ now, programme }: Stepping): Date =>
  intoBusinessHours(now, programme.businessHours, programme.calendar);

/** Whoever has the next move gets a card with it; whoever just acted sees the answer instead. Answers who was told. */
export async function tellNext(
  work: Stepping,
  engagement: Engagement,
  why?: Message,
): Promise<ReadonlySet<PersonId>> {
  const told = new Set<PersonId>();
  const people = await peopleAround(work, engagement, null);
  for (const move of toldMoves(engagement)) {
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
        ...routineByItself(work),
        message: yourMove(engagement, move, people, reader),
        card: cardOf(engagement, move, reader.id),
        about: cardOf(engagement, move, reader.id),
        stillTrue: { kind: 'engagement-in', engagementId: engagement.id, states: [engagement.state] },
      });
    }
  }
  return told;
}

/** The moves of which somebody is told; work and onboarding have their own messages. */
const toldMoves = (engagement: Engagement): readonly NextMove[] =>
  nextMoves(engagement, null).filter(({ what }) => what !== 'work' && what !== 'onboard');

/** The card of one move for one reader, while the engagement stays in its state. */
const cardOf = ({ id, stateSinceAt }: Engagement, { what }: NextMove, readerId: PersonId): CardKey =>
  `next:${id}:${stateSinceAt.getTime()}:${what}:${readerId}`;

/** The cards of moves that were somebody's before the step and are no more say what was done, without buttons. Nothing is posted. */
export async function settleMoves(work: Stepping, step: Step): Promise<void> {
  const { before, engagement } = step;
  const open = new Set<CardKey>();
  for (const move of toldMoves(engagement))
    for (const id of await peopleOfSide(work, engagement, move.side)) open.add(cardOf(engagement, move, id));
  for (const move of toldMoves(before)) {
    const ids = await peopleOfSide(work, before, move.side);
    const by = work.person && ids.includes(work.person.id) ? work.person : null;
    for (const readerId of ids) {
      const card = cardOf(before, move, readerId);
      if (open.has(card)) continue;
      await settleCard(work, readerId, {
        key: `move-over:${engagement.id}:${engagement.version}:${move.what}`,
        card,
        message: moveOver(engagement, move, { label: step.label, by, readerId }),
      });
    }
  }
}

/** What has not gone out is taken back; what stands is redrawn in its place, alone or as a part of another message. */
async function settleCard(
  work: Stepping,
  readerId: PersonId,
  { key, card, message }: { readonly key: DeliveryKey; readonly card: CardKey; readonly message: Message },
): Promise<void> {
  const { deliveries } = work.tx;
  const last = await deliveries.lastOfCard(card);
  if (last === null) return;
  if ((await deliveries.postedCard(card)) !== null) {
    await tellPerson(work, readerId, { key, kind: 'card', message, card });
    return;
  }
  await redrawPart(work, readerId, last, message);
  await deliveries.suppress(card, 'the move is made');
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
): Promise<readonly PersonId[]> => (await holdersOfParty(work, role)).map(({ id }) => id);

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
