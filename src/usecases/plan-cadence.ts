/** One cadence planned: what its rule says now, against what was made before. */
import { randomBytes, randomUUID } from 'node:crypto';
import type { CadenceRule } from '../domain/cadence.ts';
import type { Engagement } from '../domain/engagement.ts';
import type { PersonId } from '../domain/ids.ts';
import type { Meeting } from '../domain/meeting.ts';
import {
  callOffByPlan,
  comparePlan,
  isPlansOwn,
  makeOccurrence,
  moveByPlan,
  type Occurrence,
  occurrencesBetween,
  type PlanStep,
  withAttendees,
} from '../domain/occurrences.ts';
import { DAY_MS, localDate } from '../domain/time.ts';
import type { Cadence, Tx } from '../ports.ts';
import { type Invited, whoIsInvited } from './meeting-attendees.ts';
import { type MeetingCadence, tellCadenceChanged } from './tell-cadence.ts';
import { tellDropped, tellMeeting } from './tell-meeting.ts';
import type { Programme } from './work.ts';

/** Meetings stand in calendars so long ahead; the next one always does. */
const PLAN_AHEAD_DAYS = 45;
/** A closed stretch moves a meeting less far than this. */
const LONGEST_MOVE_DAYS = 31;
/** Far more than a cadence of one meeting a day gives in the days looked at. */
const MOST_OCCURRENCES = 400;
/** Without anybody to invite, the plan looks again after this. */
const NOBODY_MS = DAY_MS;

/** How many meetings planning changed, and how. */
export interface Planned {
  readonly made: number;
  readonly moved: number;
  readonly calledOff: number;
  /** Others are invited now. */
  readonly invitedAnew: number;
}
export const NOTHING_PLANNED: Planned = { made: 0, moved: 0, calledOff: 0, invitedAnew: 0 };
export const allOf = ({ made, moved, calledOff, invitedAnew }: Planned): number =>
  made + moved + calledOff + invitedAnew;

/**
 * Plans one cadence whose row is locked, within the caller's transaction; answers what changed. `changedBy` has
 * just changed the cadence: the meetings it gave up move to its new dates, and everybody else is told of it once.
 */
export async function planCadence(
  tx: Tx,
  programme: Programme,
  cadence: Cadence,
  now: Date,
  changedBy: PersonId | null = null,
): Promise<Planned> {
  if (!isForMeetings(cadence)) return NOTHING_PLANNED;
  const { engagementId, meeting: kind } = cadence.purpose;
  const engagement = engagementId ? await tx.engagements.get(engagementId) : null;
  const since = localDate(new Date(now.getTime() - LONGEST_MOVE_DAYS * DAY_MS), cadence.timeZone);
  const made = await tx.meetings.ofCadence(cadence.key, since);
  const organizerId = made.at(-1)?.organizerId ?? null;
  const invited = await whoIsInvited({ tx }, kind, engagement, organizerId);
  const isOn = cadence.nextAt !== null && engagement?.ending == null;
  const horizon = new Date(now.getTime() + PLAN_AHEAD_DAYS * DAY_MS);
  const wanted = isOn && invited ? answerOf(cadence, programme, { now, horizon, made }) : [];
  const planning = { tx, programme, now, cadence, engagement, invited, changedBy };
  const isNewRule = changedBy !== null;
  const steps = comparePlan({ wanted, made, now, horizon, isNewRule });
  const done = await takeAll(planning, steps);
  const planned = { ...done, invitedAnew: invited ? await inviteAnew(planning, made) : 0 };
  if (invited && isNewRule && allOf(planned) > 0) {
    const readers = invited.attendeeIds.filter((id) => id !== changedBy);
    await tellCadenceChanged(planning, readers, wanted.find(({ slot }) => slot.startsAt > now) ?? null);
  }
  if (isOn)
    await tx.cadences.advance(
      cadence.key,
      invited ? nextLook(wanted, now, horizon) : new Date(now.getTime() + NOBODY_MS),
    );
  return planned;
}

const isForMeetings = (cadence: Cadence): cadence is MeetingCadence => cadence.purpose.kind === 'meeting';

/** The rule a cadence keeps, on the programme's calendar. */
export const ruleOf = (
  { cron, timeZone, holidayRule }: Pick<Cadence, 'cron' | 'timeZone' | 'holidayRule'>,
  { calendar }: Pick<Programme, 'calendar'>,
): CadenceRule => ({ cron, zone: timeZone, holidayRule, calendar });

/** The rule's answer for all the time that anything made before can stand in, and a little more. */
function answerOf(
  cadence: MeetingCadence,
  programme: Programme,
  { now, horizon, made }: { readonly now: Date; readonly horizon: Date; readonly made: readonly Meeting[] },
): readonly Occurrence[] {
  const ends = made.flatMap(({ offered }) => offered.map(({ startsAt }) => startsAt.getTime()));
  const until = Math.max(horizon.getTime(), ...ends) + LONGEST_MOVE_DAYS * DAY_MS;
  const rule = ruleOf(cadence, programme);
  const { minutes } = cadence.purpose;
  const after = new Date(now.getTime() - LONGEST_MOVE_DAYS * DAY_MS);
  const near = occurrencesBetween(rule, minutes, { after, until: new Date(until), most: MOST_OCCURRENCES });
  if (near.some(({ slot }) => slot.startsAt > horizon)) return near;
  // What comes after is needed to know when to look again, and is the next one for something rare.
  const last = near.at(-1)?.slot.startsAt ?? now;
  const far = { after: last > now ? last : now, until: new Date(now.getTime() + FAR_MS), most: 2 };
  return [...near, ...occurrencesBetween(rule, minutes, far)];
}

/** A cadence that gives nothing for so long gives nothing. */
const FAR_MS = 5 * 366 * DAY_MS;

/** When the next one comes into the horizon, or the last one made begins; null when nothing comes any more. */
function nextLook(wanted: readonly Occurrence[], now: Date, horizon: Date): Date | null {
  const ahead = wanted.filter(({ slot }) => slot.startsAt > now).map(({ slot }) => slot.startsAt.getTime());
  const [next] = ahead;
  const unmade = ahead.find((at) => at > horizon.getTime() && at !== next);
  const looks = [
    ...(unmade === undefined ? [] : [unmade - PLAN_AHEAD_DAYS * DAY_MS]),
    ...(next ? [lastMade(ahead, horizon)] : []),
  ];
  return looks.length === 0 ? null : new Date(Math.min(...looks));
}

/** The last one that is made by now: the next one, or the last within the horizon. */
const lastMade = (ahead: readonly number[], horizon: Date): number =>
  ahead.filter((at) => at <= horizon.getTime()).at(-1) ?? ahead[0] ?? horizon.getTime();

interface Planning {
  readonly tx: Tx;
  readonly programme: Programme;
  readonly now: Date;
  readonly cadence: MeetingCadence;
  readonly engagement: Engagement | null;
  readonly invited: Invited | null;
  readonly changedBy: PersonId | null;
}

async function takeAll(
  planning: Planning,
  steps: readonly PlanStep[],
): Promise<Omit<Planned, 'invitedAnew'>> {
  const done = { made: 0, moved: 0, calledOff: 0 };
  for (const step of steps) {
    const how = await take(planning, step);
    if (how) done[how] += 1;
  }
  return done;
}

/** Does one step, unless somebody was faster; answers what was done. */
async function take(planning: Planning, step: PlanStep): Promise<'made' | 'moved' | 'calledOff' | null> {
  switch (step.kind) {
    case 'make':
      return (await make(planning, step.occurrence)) ? 'made' : null;
    case 'move':
      if (await isTaken(planning, step)) return callOff(planning, step.meeting);
      return (await change(planning, step.meeting, 'meeting.move', (meeting) =>
        moveByPlan(meeting, step.occurrence),
      ))
        ? 'moved'
        : null;
    case 'call-off':
      return callOff(planning, step.meeting);
    default:
      return step satisfies never;
  }
}

const callOff = async (planning: Planning, meeting: Meeting): Promise<'calledOff' | null> =>
  (await change(planning, meeting, 'meeting.call-off', callOffByPlan)) ? 'calledOff' : null;

/** Whether another meeting has the place that this one is to move to, beyond the reach of what was loaded. */
async function isTaken(
  { tx, cadence }: Planning,
  { meeting, occurrence }: Extract<PlanStep, { kind: 'move' }>,
): Promise<boolean> {
  if (meeting.plannedFor === occurrence.plannedFor) return false;
  return (await tx.meetings.occurrence(cadence.key, occurrence.plannedFor)) !== null;
}

async function make({ invited, ...planning }: Planning, occurrence: Occurrence): Promise<boolean> {
  const { cadence, tx } = planning;
  // Beyond the reach of what was loaded there may be one already, such as after the zone was changed.
  if (!invited || (await tx.meetings.occurrence(cadence.key, occurrence.plannedFor))) return false;
  const id = randomUUID();
  const { meeting: kind, engagementId } = cadence.purpose;
  const meeting = makeOccurrence(
    {
      id,
      kind,
      engagementId,
      cadenceKey: cadence.key,
      uid: `meeting-${id}@isso-as-a-service`,
      token: randomBytes(24).toString('base64url'),
      ...invited,
    },
    occurrence,
  );
  await tx.meetings.insert(meeting);
  await note(planning, null, meeting, 'meeting.plan');
  await tellMeeting(planning, meeting, { by: planning.changedBy ? 'cadence' : 'plan' });
  return true;
}

/** Changes the meeting as it is now, if it still is the plan's. */
async function change(
  planning: Omit<Planning, 'invited'>,
  { id }: Meeting,
  verb: string,
  to: (meeting: Meeting) => Meeting,
): Promise<boolean> {
  const before = await planning.tx.meetings.forChange(id);
  if (!before || !isPlansOwn(before)) return false;
  return save(planning, before, to(before), verb);
}

async function save(
  planning: Omit<Planning, 'invited'>,
  before: Meeting,
  after: Meeting,
  verb: string,
): Promise<boolean> {
  if (!(await planning.tx.meetings.update(after))) {
    throw new Error(`meeting ${after.id} changed while it was locked`);
  }
  await note(planning, before, after, verb);
  await tellMeeting(planning, after, { by: planning.changedBy ? 'cadence' : 'plan' });
  const dropped = before.attendeeIds.filter((id) => !after.attendeeIds.includes(id));
  if (dropped.length > 0) await tellDropped(planning, after, dropped);
  return true;
}

/** Whoever holds a role by now is invited to what is to come, and whoever lost it is not, whoever set the time. */
async function inviteAnew(planning: Planning, made: readonly Meeting[]): Promise<number> {
  const { invited, tx, now } = planning;
  let done = 0;
  for (const { id } of made) {
    const meeting = await tx.meetings.forChange(id);
    const isToCome = meeting?.state === 'booked' && meeting.bookedFor && meeting.bookedFor.startsAt > now;
    if (!invited || !isToCome) continue;
    const after = withAttendees(meeting, invited.organizerId, invited.attendeeIds);
    if (after !== meeting && (await save(planning, meeting, after, 'meeting.invite'))) done += 1;
  }
  return done;
}

/** The record names the bot, since a clock did it. */
async function note(
  { tx, now, cadence }: Pick<Planning, 'tx' | 'now' | 'cadence'>,
  before: Meeting | null,
  after: Meeting,
  verb: string,
): Promise<void> {
  await tx.audit.append({
    at: now,
    actorId: null,
    forId: null,
    role: 'bot',
    verb,
    engagementId: after.engagementId,
    from: before?.state ?? null,
    to: after.state,
    // Why that day is closed stands in the meeting: a closure is called what somebody called it.
    reason: after.movedFrom ? 'day-closed' : null,
    platform: 'bot',
    facts: { meeting: after.id, cadence: cadence.key, plannedFor: after.plannedFor ?? '' },
  });
}
