/** What the systems of the demo programme are like, as their context assessments and Request Forms say it. All of it is invented. */
import type { Answers } from '../src/forms/question.ts';

/** A small tool without sensitive data. */
export const SMALL: Answers = {
  fips199_c: 'low',
  fips199_i: 'low',
  fips199_a: 'low',
  mef: 'no',
  hva: 'no',
  data_kinds: ['none'],
  record_count_band: 'under_1k',
  public_access: 'no',
  tlc_phase: 'operate',
  hosting: 'saas',
  delivery_model: 'yearly',
  interconnections: 'none',
};

/** What most are like. */
export const USUAL: Answers = {
  fips199_c: 'moderate',
  fips199_i: 'moderate',
  fips199_a: 'low',
  mef: 'no',
  hva: 'no',
  data_kinds: ['pii'],
  record_count_band: 'to_100k',
  public_access: 'no',
  tlc_phase: 'operate',
  hosting: 'cms_aws',
  delivery_model: 'monthly',
  interconnections: 'few',
  pii_login_only: false,
};

/** Large, with health data, and open to partners. */
export const LARGE: Answers = {
  ...USUAL,
  fips199_a: 'moderate',
  data_kinds: ['pii', 'phi'],
  record_count_band: 'over_1m',
  public_access: 'yes',
  delivery_model: 'weekly',
  interconnections: 'several',
};

/** A High Value Asset. */
export const ASSET: Answers = {
  ...LARGE,
  fips199_c: 'high',
  fips199_i: 'high',
  mef: 'yes',
  hva: 'yes',
  hva_category: ['mission_essential'],
};

/** What the Request Form says beside the request. */
const BASIS: Answers = {
  authorization_type: 'ongoing',
  poam_open: 4,
  poam_overdue: 0,
  cdm_onboarded: 'yes',
  work_location: 'remote',
  equipment: ['laptop'],
  extra_access: 'Splunk',
  funding_state: 'expected',
  funding_source: ['prog_ops'],
};

/** With so many open POA&Ms, some of them overdue. */
export const withPoams = (open: number, overdue: number): Answers => ({
  ...BASIS,
  poam_open: open,
  poam_overdue: overdue,
  ...(overdue > 0 ? { poam_overdue_worst: 'moderate_or_low' } : {}),
});

export const CALM: Answers = BASIS;
/** Its authorization has run out. */
export const EXPIRED: Answers = { ...BASIS, authorization_type: 'expired', poam_open: 11 };
/** Not authorized yet. */
export const NEW: Answers = { ...BASIS, authorization_type: 'none', poam_open: 0, cdm_onboarded: 'no' };
