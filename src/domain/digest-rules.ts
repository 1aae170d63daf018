/** What the exceptions of a digest are measured by; figures that are assumed come from the offerings and the settings. */
import type { BusinessHours, Calendar } from './calendar.ts';
import type { EngagementState } from './engagement-states.ts';
import type { PersonId } from './ids.ts';

/** The rules' figures (domain reference 2.3). */
export interface DigestRules {
  readonly calendar: Calendar;
  readonly businessHours: BusinessHours;
  readonly triageBusinessDays: number;
  readonly offerReminderBusinessDays: number;
  /** Business days after a request until kickoff times must be on offer; left out: at once. */
  readonly kickoffOfferBusinessDays?: number;
  /** Business days that a state may last before it counts as overdue; left out: none has a limit. */
  readonly stepBusinessDays?: Readonly<Partial<Record<EngagementState, number>>>;
  /** False for somebody who has no part in the programme any more; left out: everybody has. */
  readonly isHere?: (id: PersonId) => boolean;
}
