/** What the pictures of the programme show, as figures. Nothing here names a person. */
import type { BurnDown } from './burn-down.ts';
import type { EngagementState } from './engagement-states.ts';
import type { LocalDate } from './time.ts';

/** Of the requests filed in a time: how many came at least so far. In the order of the way. */
export interface Funnel {
  readonly from: LocalDate;
  readonly until: LocalDate;
  readonly steps: readonly { readonly step: FunnelStep; readonly count: number }[];
}
export const FUNNEL_STEPS = [
  'filed',
  'accepted',
  'kickoff-held',
  'form-complete',
  'isso-identified',
  'onboarding',
  'active',
] as const;
export type FunnelStep = (typeof FUNNEL_STEPS)[number];

/** How long open engagements have been in the state they are in, in business days. */
export interface Ageing {
  readonly on: LocalDate;
  /** In the order of the life cycle; states nobody is in are left out. */
  readonly rows: readonly {
    readonly state: EngagementState;
    /** As many as there are `AGE_LIMITS`, and one for what is older. */
    readonly counts: readonly number[];
  }[];
}
/** Business days up to which an age counts for each column; the last column is what is older. */
export const AGE_LIMITS = [5, 10, 20, 40] as const;

/** Averages of the answers that were counted in each quarter, as whole groups; a quarter without a group has none. */
export interface SatisfactionTrend {
  readonly quarters: readonly {
    /** `2027 Q1`. */
    readonly quarter: string;
    readonly average: number | null;
    readonly answers: number;
  }[];
}

/** Of those invited to the meetings that were held in each month: how many were present. */
export interface Attendance {
  readonly months: readonly {
    /** `2027-01`. */
    readonly month: string;
    readonly meetings: number;
    readonly invited: number;
    readonly present: number;
  }[];
}

/** A picture of the programme, to be drawn or said. */
export type ProgrammePicture = PictureScope &
  (
    | { readonly kind: 'funnel'; readonly facts: Funnel }
    | { readonly kind: 'burn-down'; readonly people: number; readonly facts: BurnDown }
    | { readonly kind: 'ageing'; readonly facts: Ageing }
    | { readonly kind: 'satisfaction'; readonly facts: SatisfactionTrend }
    | { readonly kind: 'attendance'; readonly facts: Attendance }
  );

/** What a picture is of, said over it; left out or null: of all. */
interface PictureScope {
  /** The key of a component. */
  readonly component?: string | null;
  /** The name of an offering. */
  readonly offering?: string | null;
}
export const PICTURE_KINDS = [
  'funnel',
  'burn-down',
  'ageing',
  'satisfaction',
  'attendance',
] as const satisfies readonly ProgrammePicture['kind'][];
export type PictureKind = (typeof PICTURE_KINDS)[number];
