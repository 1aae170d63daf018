/** How long each step may take, and who hears when it takes longer (domain reference 2.3; assumed, so data). */
import type { StandingRules } from '../domain/card-forecast.ts';
import type { Rhythm } from '../domain/contact.ts';
import type { EngagementState } from '../domain/engagement-states.ts';
import type { WatchDays } from '../domain/engagement-watch.ts';
import type { Rung } from '../domain/nudge-ladder.ts';
import type { Role } from '../domain/person.ts';
import type { ReportTimes } from '../domain/status-report-week.ts';

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

/** Kickoff times must be on offer so many business days after the request. */
export const KICKOFF_OFFER_DAYS = 5;

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
/** When an onboarding is at risk (features reference part 3, no. 2). */
export const STANDING_RULES: StandingRules = {
  // Business days between the forecast and the goal.
  leastSlack: 2,
  // Business days that a line is past its day.
  overdueDays: 5,
};
/** How often people are nudged who have not said what they want, by role; everybody else weekly. */
export const NUDGE_RHYTHM: { readonly daily: readonly Role[]; readonly others: Rhythm } = {
  daily: ['service_isso', 'contractor_lead', 'contractor_coord'],
  others: 'weekly',
};
/** Who hears of a line that is overdue beside whoever has it in hand (features reference 2.3). */
export const NUDGE_LADDER: readonly Rung[] = [
  { businessDays: 3, tells: 'contractor' },
  { businessDays: 5, tells: 'gtl' },
  { businessDays: 10, tells: 'ispg-channel' },
];
/** A line that is so many business days late has come to the end of the ladder; whoever has it hears of it once a week from then on. */
export const WEEKLY_AFTER_DAYS = 10;
/** The weekly status report, on the day on which it is due and on the business day before (domain reference 6.1, 6.3). */
export const REPORT_TIMES: ReportTimes = { due: '12:00', lateAfter: '17:00', askAgain: '15:00' };
