/** How long each step may take, and who hears when it takes longer (domain reference 2.3; assumed, so data). */
import type { EngagementState } from '../domain/engagement-states.ts';
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

/** Onboarding is looked at on these days after day 0; its goal is 60 days. */
export const ONBOARDING_ALERT_DAYS = [30, 45, 55] as const;
/** The extension is asked for this many days before the end, and settled this many before. */
export const EXTENSION_ASKED_DAYS = 60;
export const EXTENSION_FINAL_DAYS = 30;
/** A pause lasts no longer. */
export const LONGEST_PAUSE_DAYS = 180;
