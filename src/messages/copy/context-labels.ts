/** The words for what a context assessment may say: the same on forms and on cards. No label has a comma or semicolon. */
import type { AuthorizationType } from '../../domain/authorization.ts';
import type {
  ComplexityLevel,
  ConnectionBand,
  DataKind,
  DeliveryModel,
  FipsLevel,
  Hosting,
  HvaCategory,
  KnownState,
  OverdueLevel,
  RecordBand,
  TlcPhase,
} from '../../domain/context-facts.ts';
import type { Tier } from '../../domain/course.ts';

type Labels<Id extends string> = Readonly<Record<Id, string>>;

export const DONT_KNOW = "I don't know";

export const FIPS_LABELS: Labels<FipsLevel> = {
  low: 'Low',
  moderate: 'Moderate',
  high: 'High',
  not_categorized: 'Not categorized',
};

export const KNOWN_LABELS: Labels<KnownState> = { yes: 'Yes', no: 'No', dont_know: DONT_KNOW };

/** For direct messages only. */
export const HVA_CATEGORY_LABELS: Labels<HvaCategory> = {
  informational_value: 'Informational Value',
  mission_essential: 'Mission Essential',
  federal_civilian_enterprise_essential: 'Federal Civilian Enterprise Essential',
};

export const DATA_KIND_LABELS: Labels<DataKind> = {
  pii: 'Personal information (PII)',
  phi: 'Health information (PHI)',
  fti: 'Federal tax information (FTI)',
  other_cui: 'Other controlled information (CUI)',
  none: 'None',
  dont_know: DONT_KNOW,
};

export const RECORD_LABELS: Labels<RecordBand> = {
  under_1k: 'Under 1000',
  to_100k: 'Up to 100 thousand',
  to_1m: 'Up to 1 million',
  over_1m: 'Over 1 million',
  unknown: DONT_KNOW,
};

export const TLC_LABELS: Labels<TlcPhase> = {
  initiate: 'Initiate',
  develop: 'Develop',
  operate: 'Operate',
  retire: 'Retire',
};

export const HOSTING_LABELS: Labels<Hosting> = {
  cms_aws: 'CMS Cloud on AWS',
  cms_azure: 'CMS Cloud on Azure',
  cms_platform: 'batCAVE or another CMS platform',
  cms_data_center: 'CMS data center',
  vendor_cloud: "A vendor's cloud (FedRAMP)",
  contractor_data_center: "A contractor's data center",
  saas: 'Software as a service (SaaS)',
  hybrid: 'Hybrid: several places or vendors',
  not_decided: 'Not decided yet',
};

export const DELIVERY_LABELS: Labels<DeliveryModel> = {
  weekly: 'Several times a week',
  monthly: 'Every 2 to 4 weeks',
  quarterly: 'Every quarter',
  yearly: 'Once a year or less',
  not_live: 'It is not live yet',
};

export const CONNECTION_LABELS: Labels<ConnectionBand> = {
  none: 'None',
  few: 'A few (1 to 5)',
  several: 'Several (6 to 15)',
  many: 'Many (16 or more)',
};

export const COMPLEXITY_LABELS: Labels<ComplexityLevel> = { low: 'Low', medium: 'Medium', high: 'High' };

export const TIER_LABELS: Labels<Tier> = { basic: 'Basic', standard: 'Standard', complex: 'Complex' };

export const AUTHORIZATION_LABELS: Labels<AuthorizationType> = {
  none: 'None yet',
  ato: 'Authorization to Operate (ATO)',
  temporary_ato: 'Temporary ATO',
  ongoing: 'Ongoing Authorization',
  pilot: 'Authority to Pilot',
  expired: 'Expired',
  dont_know: DONT_KNOW,
};

export const OVERDUE_LABELS: Labels<OverdueLevel> = {
  critical: 'Critical',
  high: 'High',
  moderate_or_low: 'Moderate or Low',
  dont_know: DONT_KNOW,
};
