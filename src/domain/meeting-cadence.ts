/** Whether a meeting may recur by a cadence: what a single booking must keep to, for all dates of it (domain reference 6.1, 9.1). */

import { type CadenceRule, nextOccurrence, nextOccurrences } from './cadence.ts';
import { type BusinessHours, isWeekend } from './calendar.ts';
import { accepted, type Result, refused } from './result.ts';
import {
  instantOf,
  type LocalTime,
  localDate,
  localTime,
  minutesOfDay,
  timeOfMinutes,
  weekday,
} from './time.ts';

/** Why a meeting can't recur by a rule. */
export type MeetingCadenceRefusal =
  | { readonly code: 'oftener-than-daily' }
  /** The rule names Saturday or Sunday (`weekday` 6 or 0), where nobody meets. */
  | { readonly code: 'weekend'; readonly weekday: number }
  /** Some of its days lie on a weekend, and `keep` would leave them there. */
  | { readonly code: 'kept-on-weekend' }
  | {
      readonly code: 'outside-hours';
      readonly at: LocalTime;
      readonly zone: string;
      readonly hours: BusinessHours;
    }
  | { readonly code: 'no-date' };

const MONTHS = 12;
/** Enough dates for every day of the week that a rule names, one a month included. */
const DATES_LOOKED_AT = 62;

/**
 * Asked of a rule that `checkCadence` takes. Refused: more than one time a day (two meetings of one kind, the same people
 * on the same day), a weekend day, a time that is outside `hours` in any season, and a rule that gives no date from `now` on.
 */
export function checkMeetingCadence(
  rule: CadenceRule,
  meeting: { readonly now: Date; readonly minutes: number; readonly hours: BusinessHours },
): Result<CadenceRule, MeetingCadenceRefusal> {
  const time = timeOfDay(rule.cron);
  if (time === null) return refused({ code: 'oftener-than-daily' });
  const named = weekendDayNamed(rule, meeting.now);
  if (named !== null) return refused({ code: 'weekend', weekday: named });
  if (rule.holidayRule === 'keep' && isEverOnWeekend(rule, meeting.now))
    return refused({ code: 'kept-on-weekend' });
  if (!isInHoursAllYear(time, rule.zone, meeting))
    return refused({ code: 'outside-hours', at: time, zone: rule.zone, hours: meeting.hours });
  return nextOccurrence(rule, meeting.now) ? accepted(rule) : refused({ code: 'no-date' });
}

/** The one time of day of a rule; null for several. */
function timeOfDay(cron: string): LocalTime | null {
  const [, minute, hour] = /^(\d{1,2}) (\d{1,2}) /u.exec(cron) ?? [];
  return minute === undefined ? null : timeOfMinutes(Number(hour) * 60 + Number(minute));
}

/** A weekend day among the days of the week that the rule names; null for none, and where it names all seven. */
function weekendDayNamed({ cron, ...rule }: CadenceRule, now: Date): number | null {
  const dayOfWeek = cron.split(' ')[4] ?? '*';
  const named = new Set(weekdaysOf({ ...rule, cron: `0 12 * * ${dayOfWeek}`, holidayRule: 'keep' }, now));
  if (named.size === 7) return null;
  return [6, 0].find((day) => named.has(day)) ?? null;
}

const isEverOnWeekend = (rule: CadenceRule, now: Date): boolean =>
  nextOccurrences(rule, now, DATES_LOOKED_AT).some(({ at }) => isWeekend(localDate(at, rule.zone)));

const weekdaysOf = (rule: CadenceRule, now: Date): number[] =>
  nextOccurrences(rule, now, DATES_LOOKED_AT).map(({ at }) => weekday(localDate(at, rule.zone)));

/** In each month of the year, as clocks change on other days in other zones. */
function isInHoursAllYear(
  time: LocalTime,
  zone: string,
  { now, minutes, hours }: { readonly now: Date; readonly minutes: number; readonly hours: BusinessHours },
): boolean {
  const year = localDate(now, zone).slice(0, 4);
  return Array.from(
    { length: MONTHS },
    (_, month) => `${year}-${String(month + 1).padStart(2, '0')}-15`,
  ).every((on) => {
    const startsAt = instantOf(on, time, zone);
    const from = localTime(startsAt, hours.zone);
    return (
      localDate(startsAt, hours.zone) === on &&
      from >= hours.from &&
      minutesOfDay(from) + minutes <= minutesOfDay(hours.to)
    );
  });
}
