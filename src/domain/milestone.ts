import type { EngagementId, PersonId } from './ids.ts';
import type { LocalDate } from './time.ts';

/**
 * Dates of an engagement that its meetings and prompts count from: day 0 of onboarding, the day the Service ISSO began
 * to work on the system, the day their role-based training was done, and the day the work ended.
 */
export const MILESTONES = ['onboarding-began', 'work-began', 'training-done', 'work-ended'] as const;
export type MilestoneName = (typeof MILESTONES)[number];

export interface Milestone {
  readonly engagementId: EngagementId;
  readonly name: MilestoneName;
  /** The Service ISSO whom it is about. */
  readonly personId: PersonId;
  readonly on: LocalDate;
}
