/** How far a Service ISSO's onboarding is, read from the dates that are recorded. Pure. */
import { addDays, daysBetween, type LocalDate } from './time.ts';
import type { Assignment } from './training.ts';

/** Onboarding and training aim at this many days (domain reference 2.1). */
export const ONBOARDING_GOAL_DAYS = 60;

/** `day` counts from the day on which onboarding began, which is day 0; `readyBy` is the day that the goal names. */
export type Onboarding =
  | { readonly kind: 'not-recorded' }
  | { readonly kind: 'ahead'; readonly beginsOn: LocalDate }
  | { readonly kind: 'under-way'; readonly day: number; readonly readyBy: LocalDate }
  | { readonly kind: 'at-work' }
  | { readonly kind: 'ended' };

/** Where an assignment stands on `today`; a day that lies ahead has not come. */
export function onboardingOf({ days }: Pick<Assignment, 'days'>, today: LocalDate): Onboarding {
  const hasCome = (on: LocalDate | undefined): boolean => on !== undefined && on <= today;
  if (hasCome(days['work-ended'])) return { kind: 'ended' };
  if (hasCome(days['work-began'])) return { kind: 'at-work' };
  const began = days['onboarding-began'];
  if (began === undefined) return { kind: 'not-recorded' };
  if (began > today) return { kind: 'ahead', beginsOn: began };
  return {
    kind: 'under-way',
    day: daysBetween(began, today),
    readyBy: addDays(began, ONBOARDING_GOAL_DAYS),
  };
}
