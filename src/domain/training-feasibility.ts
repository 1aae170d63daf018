/** Whether a course with set dates can be begun within the 60 days of an onboarding (features reference part 3, no. 3). Pure. */
import type { Calendar } from './calendar.ts';
import { ONBOARDING_GOAL_DAYS } from './onboarding.ts';
import { addDays, daysBetween, type LocalDate } from './time.ts';

export type Feasibility =
  /** Nobody has said when it begins. */
  | { readonly is: 'no-dates' }
  | { readonly is: 'fits'; readonly on: LocalDate }
  /**
   * No beginning lies within the 60 days. `next`: the first one after; null when none is known. `missed`: those within that fall
   * into leave.
   */
  | {
      readonly is: 'cannot';
      readonly next: { readonly on: LocalDate; readonly days: number } | null;
      readonly missed: readonly LocalDate[];
    };

/**
 * `starts`: the first days of the cohorts, in any order. One counts when it comes after day 0, at most 60 days, and the person is
 * not on leave: `own` is their calendar. Beginning is what counts: a course of three weeks may end later.
 */
export function feasibilityOf(
  dayZeroOn: LocalDate,
  starts: readonly LocalDate[],
  own: Calendar,
): Feasibility {
  const ahead = starts.filter((on) => on > dayZeroOn).toSorted();
  if (starts.length === 0) return { is: 'no-dates' };
  const goalOn = addDays(dayZeroOn, ONBOARDING_GOAL_DAYS);
  const within = ahead.filter((on) => on <= goalOn);
  const isThere = (on: LocalDate): boolean =>
    !(own.away ?? []).some(({ fromOn, toOn }) => fromOn <= on && on <= toOn);
  const fitting = within.find(isThere);
  if (fitting !== undefined) return { is: 'fits', on: fitting };
  const next = ahead.find((on) => on > goalOn && isThere(on));
  return {
    is: 'cannot',
    next: next === undefined ? null : { on: next, days: daysBetween(dayZeroOn, next) },
    missed: within,
  };
}

/** The verdict as one word, by which it is known whether it has changed. */
export function verdictOf(feasibility: Feasibility): string {
  switch (feasibility.is) {
    case 'no-dates':
      return 'no-dates';
    case 'fits':
      return `fits:${feasibility.on}`;
    case 'cannot':
      return `cannot:${feasibility.next?.on ?? 'none'}`;
    default:
      return feasibility satisfies never;
  }
}
