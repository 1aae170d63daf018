/** Times for a meeting: which to offer, and whether one that somebody proposes can be kept. */
import {
  addBusinessDays,
  type BusinessHours,
  type Calendar,
  holidayOn,
  isBusinessDay,
  isWeekend,
  nextBusinessDay,
} from './calendar.ts';
import type { Meeting, Slot } from './meeting.ts';
import { accepted, type Result, refused } from './result.ts';
import {
  instantOf,
  type LocalDate,
  localDate,
  localTime,
  MINUTE_MS,
  minutesOfDay,
  timeOfMinutes,
} from './time.ts';

/** Slots start on the full or half hour. */
const GRID_MINUTES = 30;
const NOON_MINUTES = 12 * 60;
/** Unless it is urgent, people asked for a time have at least one whole business day between today and the first slot. */
const NOTICE_BUSINESS_DAYS = 2;
/** At most so many business days lie between two slots of one offer, so that the last is not far off. */
const DAYS_APART = 2;

export interface SlotWish {
  readonly now: Date;
  readonly calendar: Calendar;
  readonly hours: BusinessHours;
  /** Length of the meeting. */
  readonly minutes: number;
  /** When those who must come are taken already. */
  readonly busy: readonly Slot[];
  /** IANA zones of those who come; their own business hours are the same figures in their zone. */
  readonly readerZones: readonly string[];
  readonly count: number;
  /** How far ahead slots may lie. */
  readonly withinBusinessDays: number;
  readonly notBefore?: Date;
  /** The first slot is so many business days from today, at least; left out, two. */
  readonly noticeBusinessDays?: number;
}

interface Candidate extends Slot {
  readonly on: LocalDate;
  /** Position of its day among the days looked at. */
  readonly day: number;
  readonly half: 'morning' | 'afternoon';
  readonly suitsAll: boolean;
  /** 0 for the middle of a morning or afternoon, more for the edges of the day, lunch and half hours. */
  readonly awkwardness: number;
}

/**
 * Up to `count` slots, earliest first: on different business days, morning and afternoon in turn, inside `hours` and,
 * where there is such a time, inside every reader's own day; none overlaps `busy`. The same wish always gives the
 * same slots. Fewer, or none, when not enough exist.
 */
export function offerSlots(wish: SlotWish): Slot[] {
  const candidates = candidatesFor(wish);
  const days = new Set(candidates.map(({ on }) => on)).size;
  const apart = Math.max(1, Math.min(DAYS_APART, Math.floor(days / wish.count)));
  const chosen: Candidate[] = [];
  for (let turn = 0; turn < wish.count; turn += 1) {
    const wanted = { day: turn * apart, half: turn % 2 === 0 ? 'morning' : 'afternoon' } as const;
    const best = candidates
      .filter((candidate) => !chosen.some((taken) => overlap(taken, candidate)))
      .map((candidate) => ({ candidate, price: priceOf(candidate, wanted, chosen) }))
      .sort(
        (a, b) => a.price - b.price || a.candidate.startsAt.getTime() - b.candidate.startsAt.getTime(),
      )[0];
    if (!best) break;
    chosen.push(best.candidate);
  }
  return chosen
    .sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime())
    .map(({ startsAt, endsAt }) => ({ startsAt, endsAt }));
}

/** Each weight outdoes all below it: everybody's own day, then another day, then the half of the day, then nearness. */
function priceOf(
  candidate: Candidate,
  wanted: { readonly day: number; readonly half: 'morning' | 'afternoon' },
  chosen: readonly Candidate[],
): number {
  const sameDay = chosen.filter(({ on }) => on === candidate.on).length;
  return (
    (candidate.suitsAll ? 0 : 1_000_000) +
    sameDay * 100_000 +
    (candidate.half === wanted.half ? 0 : 10_000) +
    Math.abs(candidate.day - wanted.day) * 20 +
    candidate.awkwardness
  );
}

function candidatesFor(wish: SlotWish): Candidate[] {
  const { now, calendar, hours, minutes, notBefore = now, noticeBusinessDays = NOTICE_BUSINESS_DAYS } = wish;
  const today = localDate(now, hours.zone);
  const last = addBusinessDays(today, wish.withinBusinessDays, calendar);
  const opens = minutesOfDay(hours.from);
  const closes = minutesOfDay(hours.to);
  const found: Candidate[] = [];
  let on = addBusinessDays(today, noticeBusinessDays, calendar);
  for (let day = 0; on <= last; day += 1) {
    const firstStart = Math.ceil(opens / GRID_MINUTES) * GRID_MINUTES;
    for (let start = firstStart; start + minutes <= closes; start += GRID_MINUTES) {
      const startsAt = instantOf(on, timeOfMinutes(start), hours.zone);
      const slot = { startsAt, endsAt: new Date(startsAt.getTime() + minutes * MINUTE_MS) };
      if (startsAt < notBefore || wish.busy.some((taken) => overlap(taken, slot))) continue;
      found.push({
        ...slot,
        on,
        day,
        half: start < NOON_MINUTES ? 'morning' : 'afternoon',
        suitsAll: wish.readerZones.every((zone) => isInsideDay(slot, { ...hours, zone }, calendar)),
        awkwardness: awkwardnessOf(start, minutes),
      });
    }
    on = nextBusinessDay(on, calendar);
  }
  return found;
}

function awkwardnessOf(start: number, minutes: number): number {
  const fromMiddle = Math.min(Math.abs(start - 10 * 60), Math.abs(start - 14 * 60)) / 60;
  const takesLunch = start < NOON_MINUTES + 60 && start + minutes > NOON_MINUTES;
  return fromMiddle + (start % 60 === 0 ? 0 : 2) + (takesLunch ? 4 : 0);
}

/** Whether any of the times that are offered, or proposed instead, can still be booked. */
export const hasTimesAhead = (
  { offered, proposed }: Pick<Meeting, 'offered' | 'proposed'>,
  now: Date,
): boolean => [...offered, ...proposed].some(({ startsAt }) => startsAt > now);

/** An offer that nobody answered while they could: it is as good as none. */
export const hasLapsed = (meeting: Pick<Meeting, 'state' | 'offered' | 'proposed'>, now: Date): boolean =>
  meeting.state === 'offered' && !hasTimesAhead(meeting, now);

/** Whether `at` comes before the end of the `days`-th business day from `now`, on the clock of `zone`. */
export const isWithinBusinessDays = (
  at: Date,
  days: number,
  now: Date,
  zone: string,
  calendar: Calendar,
): boolean => localDate(at, zone) <= addBusinessDays(localDate(now, zone), days, calendar);

/** Whether two spans share an instant; one may start when the other ends. */
export function overlap(a: Slot, b: Slot): boolean {
  return a.startsAt < b.endsAt && b.startsAt < a.endsAt;
}

/** Whether the slot starts and ends within one business day's hours. */
function isInsideDay(slot: Slot, hours: BusinessHours, calendar: Calendar): boolean {
  const on = localDate(slot.startsAt, hours.zone);
  return isBusinessDay(on, calendar) && isInHours(slot, hours);
}

/** Whether the slot starts and ends within one day's hours, whatever day that is. */
const isInHours = ({ startsAt, endsAt }: Slot, { from, to, zone }: BusinessHours): boolean =>
  localDate(endsAt, zone) === localDate(startsAt, zone) &&
  localTime(startsAt, zone) >= from &&
  localTime(endsAt, zone) <= to;

/** Why a proposed time can't be kept. Dates are those of the business hours' zone. */
export type SlotRefusal =
  | { readonly code: 'past' }
  | { readonly code: 'too-far'; readonly latestOn: LocalDate }
  | { readonly code: 'weekend'; readonly on: LocalDate }
  | { readonly code: 'holiday'; readonly on: LocalDate; readonly name: string }
  /** Closed without being a federal holiday, such as by executive order. */
  | { readonly code: 'closure'; readonly on: LocalDate; readonly name: string }
  | { readonly code: 'outside-hours'; readonly hours: BusinessHours }
  | { readonly code: 'clash'; readonly with: Slot };

/** Why nobody works on a day. */
type ClosedDay = Extract<SlotRefusal, { readonly on: LocalDate }>;

function closedDay(on: LocalDate, calendar: Calendar): ClosedDay | null {
  if (isWeekend(on)) return { code: 'weekend', on };
  const holiday = holidayOn(on, { ...calendar, closures: [] });
  if (holiday) return { code: 'holiday', on, name: holiday };
  const closure = holidayOn(on, calendar);
  return closure ? { code: 'closure', on, name: closure } : null;
}

/** What is unusual about a time that others set, such as the forum's: a day on which nobody works, or an hour outside `hours`. */
export type UnusualTime = ClosedDay | Extract<SlotRefusal, { readonly code: 'outside-hours' }>;

export function unusualTimes(slot: Slot, calendar: Calendar, hours: BusinessHours): readonly UnusualTime[] {
  const closed = closedDay(localDate(slot.startsAt, hours.zone), calendar);
  return [
    ...(closed ? [closed] : []),
    ...(isInHours(slot, hours) ? [] : [{ code: 'outside-hours', hours } as const]),
  ];
}

/** How far ahead people may propose a time, in business days (about a quarter). */
export const PROPOSAL_CEILING_BUSINESS_DAYS = 60;

/** Whether a time that somebody proposes can be kept. Throws RangeError when the slot ends before it starts. */
export function checkProposedSlot(
  slot: Slot,
  rules: Pick<SlotWish, 'now' | 'calendar' | 'hours' | 'busy'>,
): Result<Slot, SlotRefusal> {
  const { now, calendar, hours, busy } = rules;
  if (slot.endsAt <= slot.startsAt) throw new RangeError('The slot ends before it starts');
  if (slot.startsAt <= now) return refused({ code: 'past' });
  const on = localDate(slot.startsAt, hours.zone);
  const latestOn = addBusinessDays(localDate(now, hours.zone), PROPOSAL_CEILING_BUSINESS_DAYS, calendar);
  if (on > latestOn) return refused({ code: 'too-far', latestOn });
  const closed = closedDay(on, calendar);
  if (closed) return refused(closed);
  if (!isInsideDay(slot, hours, calendar)) return refused({ code: 'outside-hours', hours });
  const taken = busy.find((other) => overlap(other, slot));
  return taken ? refused({ code: 'clash', with: taken }) : accepted(slot);
}
