/** When and about what somebody wants to be written to, as they set it themselves (domain reference 9.1). */
import type { BusinessHours, Calendar } from './calendar.ts';
import type { PersonId } from './ids.ts';
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

/** One person's own wishes; null where the programme's defaults hold. Times are in the person's zone. */
export interface ContactSettings {
  readonly personId: PersonId;
  readonly workHours: DayPart | null;
  readonly quietHours: DayPart | null;
  /** Whether Inauguration Day is a holiday where the person works. */
  readonly inaugurationDay: boolean;
  readonly muted: readonly Topic[];
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
