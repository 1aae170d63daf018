/** What the context assessment knows about a system, as data (domain reference 3.2 C and D). Ids are stored; never change one. */
import type { Authorization } from './authorization.ts';

export const FIPS_LEVELS = ['low', 'moderate', 'high', 'not_categorized'] as const;
export type FipsLevel = (typeof FIPS_LEVELS)[number];

/** Confidentiality, integrity and availability (FIPS 199). */
export interface FipsImpact {
  readonly confidentiality: FipsLevel;
  readonly integrity: FipsLevel;
  readonly availability: FipsLevel;
}

export const KNOWN_STATES = ['yes', 'no', 'dont_know'] as const;
export type KnownState = (typeof KNOWN_STATES)[number];

/** Kinds of High Value Asset (OMB M-19-03). Sensitive: never in a shared channel. */
export const HVA_CATEGORIES = [
  'informational_value',
  'mission_essential',
  'federal_civilian_enterprise_essential',
] as const;
export type HvaCategory = (typeof HVA_CATEGORIES)[number];

export const DATA_KINDS = ['pii', 'phi', 'fti', 'other_cui', 'none', 'dont_know'] as const;
export type DataKind = (typeof DATA_KINDS)[number];

export const RECORD_BANDS = ['under_1k', 'to_100k', 'to_1m', 'over_1m', 'unknown'] as const;
export type RecordBand = (typeof RECORD_BANDS)[number];

export const TLC_PHASES = ['initiate', 'develop', 'operate', 'retire'] as const;
export type TlcPhase = (typeof TLC_PHASES)[number];

export const HOSTINGS = [
  'cms_aws',
  'cms_azure',
  'cms_platform',
  'cms_data_center',
  'vendor_cloud',
  'contractor_data_center',
  'saas',
  'hybrid',
  'not_decided',
] as const;
export type Hosting = (typeof HOSTINGS)[number];

export const DELIVERY_MODELS = ['weekly', 'monthly', 'quarterly', 'yearly', 'not_live'] as const;
export type DeliveryModel = (typeof DELIVERY_MODELS)[number];

/** How many connections to other systems: 0, 1 to 5, 6 to 15, 16 or more. */
export const CONNECTION_BANDS = ['none', 'few', 'several', 'many'] as const;
export type ConnectionBand = (typeof CONNECTION_BANDS)[number];

export const COMPLEXITY_LEVELS = ['low', 'medium', 'high'] as const;
export type ComplexityLevel = (typeof COMPLEXITY_LEVELS)[number];

/** The highest level among overdue POA&Ms. */
export const OVERDUE_LEVELS = ['critical', 'high', 'moderate_or_low', 'dont_know'] as const;
export type OverdueLevel = (typeof OVERDUE_LEVELS)[number];

/** Null where the answer was left out. */
export interface ComplexityFacts {
  readonly hosting: Hosting | null;
  readonly delivery: DeliveryModel | null;
  readonly connections: ConnectionBand | null;
}

export interface ContextFacts extends ComplexityFacts {
  readonly fips: FipsImpact;
  /** The level people settled on; null while nobody has. */
  readonly confirmedComplexity: ComplexityLevel | null;
  readonly dataKinds: readonly DataKind[];
  /** The personal data is user names and passwords only. */
  readonly isPiiLoginOnly: boolean;
  readonly records: RecordBand | null;
  readonly missionEssential: KnownState;
  readonly highValueAsset: KnownState;
  readonly tlcPhase: TlcPhase | null;
  readonly authorization: Authorization;
  readonly poams: { readonly open: number | null; readonly worstOverdue: OverdueLevel | null };
}
