/** What the dashboard can list, and in which order. Pure. */
import type { StandingKind } from './card-forecast.ts';
import type { EngagementState } from './engagement-states.ts';
import type { PersonId } from './ids.ts';

/** What an engagement is listed by. */
export const LIST_ORDERS = ['number', 'system', 'component', 'state', 'since', 'filed'] as const;
export type ListOrder = (typeof LIST_ORDERS)[number];

/** Which engagements are listed; null: any. */
export interface ListFilter {
  readonly states: readonly EngagementState[] | null;
  readonly component: string | null;
  readonly offering: string | null;
  readonly craId: PersonId | null;
  /** Of those in onboarding: what was said last of how they stand. */
  readonly standing: StandingKind | null;
  /** Filed from the one instant until before the other. */
  readonly filedFrom: Date | null;
  readonly filedBefore: Date | null;
  /** Part of the number or of the system's name. */
  readonly text: string | null;
}

export interface ListWish extends ListFilter {
  readonly order: ListOrder;
  readonly isDescending: boolean;
  readonly limit: number;
  readonly offset: number;
}

/** The pages that the record tells apart when somebody looks at them. */
export const DASHBOARD_PAGES = [
  'overview',
  'engagements',
  'engagement',
  'measures',
  'catalogue',
  'exports',
] as const;
export type DashboardPage = (typeof DASHBOARD_PAGES)[number];
