/**
 * Occurrences of a cadence made ahead, and what has to change when the calendar or the cadence did (domain reference 6.1).
 *
 * What belongs to the plan and what to people: the plan keeps the time it gave in `offered`, with `offeredAt` null. An
 * occurrence is the plan's own while it is booked for exactly that time, or called off without any booked time. One that
 * a person moved is booked for another time; one that a person skipped or cancelled keeps its booked time; one that was
 * offered anew has an `offeredAt`. Those three are left alone.
 */
import { type CadenceRule, nextOccurrence } from './cadence.ts';
import type { PersonId } from './ids.ts';
import type { Meeting, Slot } from './meeting.ts';
import { DAY_MS, localDate, localTime, MINUTE_MS } from './time.ts';

/** One time of a cadence. */
export interface Occurrence {
  /** The local date and time the cadence names, before any move off a closed day: its identity. */
  readonly plannedFor: string;
  readonly slot: Slot;
  readonly movedFrom: Meeting['movedFrom'];
}

/** The rule's answer: at most `most` occurrences after `after` that begin by `until`, in order. */
export function occurrencesBetween(
  rule: CadenceRule,
  minutes: number,
  span: { readonly after: Date; readonly until: Date; readonly most: number },
): Occurrence[] {
  const found: Occurrence[] = [];
  let after = span.after;
  while (found.length < span.most) {
    const next = nextOccurrence(rule, after);
    if (!next || next.at > span.until) break;
    after = next.at;
    const on = next.movedFrom?.on ?? localDate(next.at, rule.zone);
    found.push({
      plannedFor: `${on}T${localTime(next.at, rule.zone)}`,
      slot: { startsAt: next.at, endsAt: new Date(next.at.getTime() + minutes * MINUTE_MS) },
      movedFrom: next.movedFrom,
    });
  }
  return found;
}

/** One thing to do so that what was made is what the rule says now. */
export type PlanStep = Make | Move | CallOff;
interface Make {
  readonly kind: 'make';
  readonly occurrence: Occurrence;
}
/** Another time, another reason, back after the plan had called it off, or the place of another date in a new rule. */
interface Move {
  readonly kind: 'move';
  readonly meeting: Meeting;
  readonly occurrence: Occurrence;
}
interface CallOff {
  readonly kind: 'call-off';
  readonly meeting: Meeting;
}

/** When a cadence is changed, a date that gives way to another one no further away is that date, moved. */
const SAME_WITHIN_MS = 14 * DAY_MS;

/**
 * Compares the occurrences made before with the rule's answer. `wanted` must reach back before `now` as far as a closed
 * time can move ahead, and beyond `horizon` as far as anything made reaches. Made are those that begin after `now` (none
 * in the past, however long the bot was away) and by `horizon`, and always the next one. One that has begun, and one
 * whose right time has passed by now, stays as it is. With `isNewRule` the cadence itself was changed: then the dates it
 * gave up are moved to the new ones nearest to them, so that calendars see the same meetings at other times.
 */
export function comparePlan(facts: {
  readonly wanted: readonly Occurrence[];
  readonly made: readonly Meeting[];
  readonly now: Date;
  readonly horizon: Date;
  readonly isNewRule?: boolean;
}): PlanStep[] {
  const { wanted, made, now, horizon, isNewRule = false } = facts;
  const byIdentity = new Map(made.map((meeting) => [meeting.plannedFor, meeting]));
  const next = wanted.find(({ slot }) => slot.startsAt > now);
  const steps: PlanStep[] = [];
  for (const occurrence of wanted) {
    const { startsAt } = occurrence.slot;
    if (startsAt <= now) continue;
    const meeting = byIdentity.get(occurrence.plannedFor);
    if (!meeting && (startsAt <= horizon || occurrence === next)) steps.push({ kind: 'make', occurrence });
    if (meeting && isToCome(meeting, now) && !standsAs(meeting, occurrence))
      steps.push({ kind: 'move', meeting, occurrence });
  }
  const named = new Set(wanted.map(({ plannedFor }) => plannedFor));
  for (const meeting of made) {
    const isOver = meeting.state !== 'booked' || named.has(meeting.plannedFor ?? '');
    if (!isOver && isToCome(meeting, now)) steps.push({ kind: 'call-off', meeting });
  }
  return isNewRule ? movedInstead(steps) : steps;
}

/** The same steps with a date called off and a date made nearby as one move; the nearest find each other first. */
function movedInstead(steps: readonly PlanStep[]): PlanStep[] {
  const made = steps.filter((step) => step.kind === 'make');
  const pairs = steps
    .filter((step) => step.kind === 'call-off')
    .flatMap((off) => made.map((make) => ({ off, make, apartMs: apartMs(off, make) })))
    .filter(({ apartMs }) => apartMs <= SAME_WITHIN_MS)
    .sort((one, other) => one.apartMs - other.apartMs);
  const taken = new Map<PlanStep, Move | null>();
  for (const { off, make } of pairs) {
    if (taken.has(off) || taken.has(make)) continue;
    taken.set(off, { kind: 'move', meeting: off.meeting, occurrence: make.occurrence });
    taken.set(make, null);
  }
  return steps.flatMap((step) => {
    const instead = taken.get(step);
    return instead === undefined ? [step] : instead ? [instead] : [];
  });
}

const apartMs = ({ meeting }: CallOff, { occurrence }: Make): number =>
  Math.abs((meeting.bookedFor?.startsAt.getTime() ?? 0) - occurrence.slot.startsAt.getTime());

/** Whether the plan still decides about it: see the head of this file. */
export function isPlansOwn({ state, offered, offeredAt, bookedFor }: Meeting): boolean {
  const [given] = offered;
  if (offeredAt !== null || !given || offered.length !== 1) return false;
  if (state === 'cancelled') return bookedFor === null;
  return state === 'booked' && bookedFor !== null && isSameSlot(bookedFor, given);
}

/** The plan's own, and not begun. */
function isToCome(meeting: Meeting, now: Date): boolean {
  return isPlansOwn(meeting) && (meeting.bookedFor === null || meeting.bookedFor.startsAt > now);
}

const isSameSlot = (one: Slot, other: Slot): boolean =>
  one.startsAt.getTime() === other.startsAt.getTime() && one.endsAt.getTime() === other.endsAt.getTime();

const standsAs = (
  { state, bookedFor, movedFrom }: Meeting,
  { slot, movedFrom: wanted }: Occurrence,
): boolean =>
  state === 'booked' &&
  bookedFor !== null &&
  isSameSlot(bookedFor, slot) &&
  movedFrom?.on === wanted?.on &&
  movedFrom?.because === wanted?.because;

/** A meeting as the plan makes it: booked at once. `uid` and `token` are made by the caller from randomness. */
export function makeOccurrence(
  facts: Pick<
    Meeting,
    'id' | 'engagementId' | 'kind' | 'cadenceKey' | 'uid' | 'token' | 'organizerId' | 'attendeeIds'
  >,
  { plannedFor, slot, movedFrom }: Occurrence,
): Meeting {
  return {
    ...facts,
    title: null,
    plannedFor,
    movedFrom,
    state: 'booked',
    version: 1,
    sequence: 1,
    offered: [slot],
    offeredAt: null,
    proposed: [],
    bookedFor: slot,
    released: null,
    heldOn: null,
    presentIds: [],
    notes: null,
    responses: [],
    minutes: null,
  };
}

/** The plan's own occurrence at the time and in the place the rule gives now. A new time asks everybody anew. */
export function moveByPlan(meeting: Meeting, { plannedFor, slot, movedFrom }: Occurrence): Meeting {
  const isNewTime = meeting.bookedFor === null || !isSameSlot(meeting.bookedFor, slot);
  return {
    ...meeting,
    plannedFor,
    movedFrom,
    state: 'booked',
    bookedFor: slot,
    offered: [slot],
    released: null,
    version: meeting.version + 1,
    sequence: isNewTime ? meeting.sequence + 1 : meeting.sequence,
    proposed: isNewTime ? [] : meeting.proposed,
    responses: isNewTime ? [] : meeting.responses,
  };
}

/** The rule gives this occurrence no time any more. The time it had is kept for calendars alone, to drop it. */
export function callOffByPlan(meeting: Meeting): Meeting {
  return {
    ...meeting,
    state: 'cancelled',
    bookedFor: null,
    released: meeting.bookedFor,
    movedFrom: null,
    proposed: [],
    responses: [],
    version: meeting.version + 1,
    sequence: meeting.sequence + 1,
  };
}

/** The same meeting with these people invited; unchanged when they are. Answers of those who are not are dropped. */
export function withAttendees(
  meeting: Meeting,
  organizerId: PersonId,
  attendeeIds: readonly PersonId[],
): Meeting {
  const before = new Set(meeting.attendeeIds);
  const isSame = attendeeIds.length === before.size && attendeeIds.every((id) => before.has(id));
  if (isSame && organizerId === meeting.organizerId) return meeting;
  return {
    ...meeting,
    organizerId,
    attendeeIds,
    responses: meeting.responses.filter(({ personId }) => attendeeIds.includes(personId)),
    version: meeting.version + 1,
  };
}
