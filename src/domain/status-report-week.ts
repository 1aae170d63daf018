/**
 * The week of a status report and its times (domain reference 6.1): named by its Friday; on a holiday or closure due on the business
 * day before, and all other times move with it. Pure.
 */
import { type CadenceRule, lastOccurrence } from './cadence.ts';
import { type Calendar, previousBusinessDay } from './calendar.ts';
import { addDays, instantOf, type LocalDate, type LocalTime, localDate, weekday } from './time.ts';

/** When things happen, as local times of the programme's zone (assumed, so data: `offerings/programme-timers.ts`). */
export interface ReportTimes {
  /** On the due day: until then it is in time; after `lateAfter` it is said to be late. */
  readonly due: LocalTime;
  readonly lateAfter: LocalTime;
  /** On the business day before: whoever has not written their note is asked again. */
  readonly askAgain: LocalTime;
}

export interface ReportWeek {
  /** The Friday that names it, whatever day the report is due. */
  readonly friday: LocalDate;
  readonly dueOn: LocalDate;
  readonly dueAt: Date;
  readonly lateAt: Date;
  /** The business day before: the Service ISSOs are asked, and the draft is begun. */
  readonly askOn: LocalDate;
  readonly askAgainAt: Date;
  /** Why it is not due on the Friday: "Christmas Day"; null when it is. */
  readonly movedBecause: string | null;
}

interface Where {
  readonly zone: string;
  readonly calendar: Calendar;
}

const FRIDAY = 5;

/** The Friday of the week, Monday to Sunday, in which the day lies. */
export function fridayOf(on: LocalDate): LocalDate {
  const day = weekday(on);
  return addDays(on, day === 0 ? -2 : FRIDAY - day);
}

/** True for a day that can name a week. */
export const isFriday = (on: LocalDate): boolean => weekday(on) === FRIDAY;

/** When the report is due, as a cadence. */
export function reportRule(times: ReportTimes, { zone, calendar }: Where): CadenceRule {
  const [hour = '12', minute = '0'] = times.due.split(':');
  return {
    cron: `${Number(minute)} ${Number(hour)} * * ${FRIDAY}`,
    zone,
    holidayRule: 'previous-business-day',
    calendar,
  };
}

/** The week of that Friday. Throws (a bug) for another day. */
export function reportWeek(friday: LocalDate, times: ReportTimes, where: Where): ReportWeek {
  const nextDay = instantOf(addDays(friday, 1), '00:00', where.zone);
  const due = isFriday(friday) ? lastOccurrence(reportRule(times, where), nextDay) : null;
  if (!due) throw new RangeError(`no status report is named by ${friday}`);
  const dueOn = localDate(due.at, where.zone);
  const askOn = previousBusinessDay(dueOn, where.calendar);
  return {
    friday,
    dueOn,
    dueAt: due.at,
    lateAt: instantOf(dueOn, times.lateAfter, where.zone),
    askOn,
    askAgainAt: instantOf(askOn, times.askAgain, where.zone),
    movedBecause: due.movedFrom?.because ?? null,
  };
}

/** What happens in a week, in order. `begin` and `remind-lead` when their day begins, so that they are part of its message. */
export const REPORT_STEPS = ['begin', 'ask-again', 'remind-lead', 'late'] as const;
export type ReportStep = (typeof REPORT_STEPS)[number];

/** The instant of each step. */
export function stepAt(step: ReportStep, week: ReportWeek, zone: string): Date {
  switch (step) {
    case 'begin':
      return instantOf(week.askOn, '00:00', zone);
    case 'ask-again':
      return week.askAgainAt;
    case 'remind-lead':
      return instantOf(week.dueOn, '00:00', zone);
    case 'late':
      return week.lateAt;
    default:
      return step satisfies never;
  }
}

/** The weeks in which something can be due at `now`: the one before, this one, and the next, whose due day may lie in this one. */
export function weeksAround(now: Date, times: ReportTimes, where: Where): readonly ReportWeek[] {
  const friday = fridayOf(localDate(now, where.zone));
  return [-7, 0, 7].map((days) => reportWeek(addDays(friday, days), times, where));
}

/** The present week at `now`, and one whose due day was moved before it: begun with the day on which Service ISSOs are asked. */
export const hasBegun = ({ askOn }: Pick<ReportWeek, 'askOn'>, now: Date, zone: string): boolean =>
  askOn <= localDate(now, zone);
