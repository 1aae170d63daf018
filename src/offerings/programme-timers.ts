/** How long each step may take, and who hears when it takes longer (domain reference 2.3; assumed, so data). */
import type { EngagementState } from '../domain/engagement-states.ts';
import type { WatchDays } from '../domain/engagement-watch.ts';
import type { Role } from '../domain/person.ts';

export interface StepTimer {
  /** Business days after the state began. */
  readonly businessDays: number;
  readonly tells: readonly Role[];
}

/** Triage and kickoff have clocks of their own; onboarding counts in calendar days. */
export const STEP_TIMERS: Readonly<Partial<Record<EngagementState, readonly StepTimer[]>>> = {
  KICKOFF_HELD: [{ businessDays: 5, tells: ['gtl'] }],
  FORM_COMPLETE: [{ businessDays: 5, tells: ['gtl'] }],
  CONTEXT_ASSESSED: [{ businessDays: 3, tells: ['contractor_lead'] }],
  MATCHING: [{ businessDays: 15, tells: ['gtl'] }],
  CANDIDATE_PROPOSED: [
    { businessDays: 5, tells: ['cra'] },
    { businessDays: 7, tells: ['gtl'] },
  ],
  ISSO_IDENTIFIED: [{ businessDays: 5, tells: ['gtl'] }],
  EXTENSION_REVIEW: [{ businessDays: 20, tells: ['gtl', 'cor'] }],
  REASSIGNING: [{ businessDays: 15, tells: ['gtl'] }],
  OFFBOARDING: [{ businessDays: 10, tells: ['gtl'] }],
};

/** What falls due by the calendar; all are calendar days. */
export const WATCH_DAYS: WatchDays = {
  // After day 0; the goal is 60 days.
  onboardingAlerts: [30, 45, 55],
  // Before the end of the term: asked for, and to be settled.
  extensionAsked: 60,
  extensionFinal: 30,
  // Before a pause ends.
  pauseReminders: [7, 0],
  // After the change; it is due within 30 days (domain reference 4.6).
  cisoReminders: [0, 14, 25, 30],
};
/** A pause lasts no longer. */
export const LONGEST_PAUSE_DAYS = 180;
/** A blocker that nobody answers is said again after so many business days. */
export const BLOCKER_REMINDER_DAYS = [2, 5] as const;
