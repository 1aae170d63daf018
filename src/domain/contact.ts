/** When and about what somebody wants to be written to, as they set it themselves (domain reference 9.1). */
import type { BusinessHours, Calendar } from './calendar.ts';
import type { PersonId } from './ids.ts';
import { accepted, type Result, refused } from './result.ts';
import {
  addDays,
  instantOf,
  type LocalDate,
  type LocalTime,
  localDate,
  localTime,
  minutesOfDay,
  timeOfMinutes,
} from './time.ts';

/** What a person may choose not to hear of. What has no topic is mandatory. */
export const TOPICS = ['meeting-reminders', 'check-ins', 'surveys', 'follow-ups', 'requests'] as const;
export type Topic = (typeof TOPICS)[number];

/**
 * A part of each day; over midnight when `from` is later than `to`. Of work hours both ends are inside; quiet hours
 * begin at `from` and are over at `to`.
 */
export interface DayPart {
  readonly from: LocalTime;
  readonly to: LocalTime;
}

/** How often somebody is nudged about what they have in hand. */
export const RHYTHMS = ['daily', 'weekly'] as const;
export type Rhythm = (typeof RHYTHMS)[number];

/** One person's own wishes; null where the programme's defaults hold. Times are in the person's zone. */
export interface ContactSettings {
  readonly personId: PersonId;
  readonly workHours: DayPart | null;
  readonly quietHours: DayPart | null;
  /** Whether Inauguration Day is a holiday where the person works. */
  readonly inaugurationDay: boolean;
  readonly muted: readonly Topic[];
  /** Null: as the programme has it for what they have in hand. */
  readonly rhythm: Rhythm | null;
}

/** Days on which somebody is away, both included, in their zone. */
export interface Leave {
  readonly id: string;
  readonly personId: PersonId;
  readonly fromOn: LocalDate;
  readonly toOn: LocalDate;
}

/** The wishes of somebody who has said nothing. */
export const noWishes = (personId: PersonId): ContactSettings => ({
  personId,
  workHours: null,
  quietHours: null,
  inaugurationDay: false,
  muted: [],
  rhythm: null,
});

/** Quiet hours of somebody who set none (domain reference 9.1, assumed). */
export const QUIET_HOURS: DayPart = { from: '18:00', to: '08:00' };
/** Less than this of a working day left to write in, and a person could hardly be reached (assumed). */
export const LEAST_OPEN_MINUTES = 4 * 60;

/** The programme's calendar with what closes days for this person alone: Inauguration Day where it counts, and leave. */
export function calendarOf(
  programme: Calendar,
  settings: Pick<ContactSettings, 'inaugurationDay'>,
  leaves: readonly Leave[],
): Calendar {
  const away = leaves.map(({ fromOn, toOn }) => ({ fromOn, toOn, name: 'leave' }));
  return {
    closures: programme.closures,
    inaugurationDay: settings.inaugurationDay || (programme.inaugurationDay ?? false),
    ...(away.length > 0 ? { away } : {}),
  };
}

/** When the person works: their own hours, or the programme's figures, read on the clock of their own zone. */
export function workHoursOf(
  programme: Pick<BusinessHours, 'from' | 'to'>,
  settings: Pick<ContactSettings, 'workHours'>,
  zone: string,
): BusinessHours {
  const { from, to } = settings.workHours ?? programme;
  return { from, to, zone };
}

/** When the person wants no message: their own hours, or the programme's. */
export const quietHoursOf = (
  settings: Pick<ContactSettings, 'quietHours'>,
  programme: DayPart = QUIET_HOURS,
): DayPart => settings.quietHours ?? programme;

/** Whether `at` is in quiet hours on the clock of `zone`: from their beginning up to, and without, their end. */
export function isQuiet(at: Date, quiet: DayPart, zone: string): boolean {
  return isWithin(quiet, localTime(at, zone));
}

const isWithin = ({ from, to }: DayPart, time: LocalTime): boolean =>
  from <= to ? from <= time && time < to : from <= time || time < to;

/** `at`, or the end of the quiet hours it lies in. */
export function outOfQuiet(at: Date, quiet: DayPart, zone: string): Date {
  if (!isQuiet(at, quiet, zone)) return at;
  const today = localDate(at, zone);
  const end = instantOf(today, quiet.to, zone);
  if (end > at) return end;
  // When the clock is set back over the end, the end has been once, and that will do.
  return localTime(at, zone) < quiet.from ? at : instantOf(addDays(today, 1), quiet.to, zone);
}

/** Minutes of the work hours that lie outside the quiet hours. `work` must not pass midnight. */
export function openMinutes(work: DayPart, quiet: DayPart): number {
  const to = minutesOfDay(work.to);
  let open = 0;
  for (let minute = minutesOfDay(work.from); minute < to; minute += 1)
    if (!isWithin(quiet, timeOfMinutes(minute))) open += 1;
  return open;
}

/** Why hours can't be kept. */
export type HoursRefusal =
  /** Work that ends when it begins or before, or quiet that never ends. */
  | { readonly code: 'ends-before' }
  /** Too little of the working day is left outside the quiet hours. */
  | { readonly code: 'too-little-open'; readonly minutes: number };

/** Whether somebody who works and is quiet at these hours can be reached on a business day. */
export function checkHours(work: DayPart, quiet: DayPart): Result<null, HoursRefusal> {
  if (work.to <= work.from || quiet.from === quiet.to) return refused({ code: 'ends-before' });
  const minutes = openMinutes(work, quiet);
  return minutes < LEAST_OPEN_MINUTES ? refused({ code: 'too-little-open', minutes }) : accepted(null);
}

/** Leave is kept so far ahead, and no single leave is longer. */
const LEAVE_DAYS_AHEAD = 366;
export const MOST_LEAVES = 20;

/** Why leave can't be kept. */
export type LeaveRefusal =
  | { readonly code: 'ends-before-start' }
  | { readonly code: 'past' }
  | { readonly code: 'too-far'; readonly latestOn: LocalDate }
  | { readonly code: 'too-many' };

/** What adding leave comes to: the days as they are then, and the leaves that went into them. */
export interface LeaveChange {
  readonly days: Pick<Leave, 'fromOn' | 'toOn'>;
  readonly merged: readonly Leave[];
}

/**
 * Adds leave to what somebody has; leave that overlaps or adjoins becomes one with it. Refused: an end before the start, days
 * that are over, an end more than a year ahead (so a leave is never longer than that), more than twenty leaves.
 */
export function addLeave(
  leaves: readonly Leave[],
  wanted: Pick<Leave, 'fromOn' | 'toOn'>,
  today: LocalDate,
): Result<LeaveChange, LeaveRefusal> {
  if (wanted.toOn < wanted.fromOn) return refused({ code: 'ends-before-start' });
  if (wanted.toOn < today) return refused({ code: 'past' });
  const latestOn = addDays(today, LEAVE_DAYS_AHEAD);
  const earliestOn = addDays(today, -LEAVE_DAYS_AHEAD);
  if (wanted.toOn > latestOn) return refused({ code: 'too-far', latestOn });
  if (wanted.fromOn < earliestOn) return refused({ code: 'past' });
  let days = { fromOn: wanted.fromOn, toOn: wanted.toOn };
  const merged: Leave[] = [];
  for (const leave of [...leaves].sort((a, b) => (a.fromOn < b.fromOn ? -1 : 1))) {
    if (leave.fromOn > addDays(days.toOn, 1) || addDays(leave.toOn, 1) < days.fromOn) continue;
    merged.push(leave);
    const [fromOn = days.fromOn] = [leave.fromOn, days.fromOn].sort();
    const toOn = [leave.toOn, days.toOn].sort().at(-1) ?? days.toOn;
    days = { fromOn, toOn };
  }
  if (leaves.length - merged.length >= MOST_LEAVES) return refused({ code: 'too-many' });
  return accepted({ days, merged });
}
