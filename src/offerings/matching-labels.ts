/** What the forms of skills and the fit sheet call tasks, areas, experience and circumstances: one name for each, short enough for a line. */
import type { Option } from '../domain/field.ts';
import type { Gap } from '../domain/matching-terms.ts';
import { AREAS, type Experience, type Location } from '../domain/skills.ts';
import {
  DATA_KIND_LABELS,
  DELIVERY_LABELS,
  FIPS_LABELS,
  HOSTING_LABELS,
} from '../messages/copy/context-labels.ts';
import type { MatchingLabels } from '../messages/copy/matching-lines.ts';
import { CERTIFICATION_TIER_NAMES, EXPERIENCE_BANDS } from './certifications.ts';
import { COMPETENCY_AREAS, QUALIFICATION_AREAS } from './nice.ts';
import { trainingFor } from './training-lines.ts';

/** Options from names by id, in their order; some may be left out. */
export function optionsOf(
  names: Readonly<Record<string, string>>,
  leftOut: readonly string[] = [],
): readonly Option[] {
  return Object.entries(names)
    .filter(([id]) => !leftOut.includes(id))
    .map(([id, label]) => ({ id, label }));
}

/** Short names of the tasks in `isso-tasks.ts`. */
export const TASK_NAMES: Readonly<Record<string, string>> = {
  overall_support: 'ISSO work in all matters',
  stakeholder_collab: 'Work with teams and advisors',
  categorization: 'Security categorization',
  compliance_reporting: 'Compliance reporting',
  risk_assessment: 'Risk assessment',
  controls_documentation: 'Control documentation',
  privacy_guidance: 'Privacy guidance',
  assessment_authorization: 'Assessment and authorization',
  tlc_review: 'Life cycle review',
  poam: 'POA&M review',
  sca_csrap: 'Control assessment or CSRAP',
  contingency: 'Contingency planning',
  rmf: 'Risk Management Framework',
};

export const LOCATION_NAMES: Readonly<Record<Location, string>> = {
  remote: 'Remote',
  hybrid: 'Hybrid',
  on_site: 'On site',
};

/** What somebody can have handled before: the context assessment's words without those that name nothing. */
export const HANDLED_DATA: readonly Option[] = optionsOf(DATA_KIND_LABELS, ['none', 'dont_know']);
export const HANDLED_HOSTING: readonly Option[] = optionsOf(HOSTING_LABELS, ['not_decided']);
export const HANDLED_DELIVERY: readonly Option[] = optionsOf(DELIVERY_LABELS, ['not_live']);
export const HANDLED_IMPACTS: readonly Option[] = optionsOf(FIPS_LABELS, ['not_categorized']);

const EXPERIENCE_NAMES: Readonly<Record<Experience, string>> = {
  handled_pii: 'Has handled personal data (PII)',
  handled_phi: 'Has handled health data (PHI)',
  handled_fti: 'Has handled tax data (FTI)',
  handled_fips_high: 'Has handled a system of level High',
  handled_hva: 'Has handled a High Value Asset',
  handled_mef: 'Has handled a Mission Essential Function',
  full_ato: 'Has taken a system through a full ATO',
  led_fisma: 'Has led FISMA work',
};

/** Everything that can be a must-have or a nice-to-have: tasks, experience, NICE competency areas. */
export const REQUIREMENTS: readonly Option[] = [
  ...optionsOf(TASK_NAMES),
  ...optionsOf(EXPERIENCE_NAMES),
  ...COMPETENCY_AREAS,
];

const CIRCUMSTANCE_NAMES: Readonly<Record<string, string>> = {
  hva: 'High Value Asset',
  mef: 'Mission Essential Function',
  ...prefixed('fips', 'FIPS 199 level ', HANDLED_IMPACTS),
  ...prefixed('data', '', HANDLED_DATA),
  ...prefixed('hosting', 'Hosting: ', HANDLED_HOSTING),
  ...prefixed('delivery', 'Releases: ', HANDLED_DELIVERY),
};

function prefixed(
  group: string,
  before: string,
  options: readonly Option[],
): Readonly<Record<string, string>> {
  return Object.fromEntries(options.map(({ id, label }) => [`${group}:${id}`, `${before}${label}`]));
}

const REQUIREMENT_NAMES = Object.fromEntries(REQUIREMENTS.map(({ id, label }) => [id, label]));
const AREA_NAMES = Object.fromEntries(AREAS.map((area) => [area, QUALIFICATION_AREAS[area].name]));
const BAND_NAMES = Object.fromEntries(Object.entries(EXPERIENCE_BANDS).map(([id, { name }]) => [id, name]));

const GAP_NAMES: Readonly<Record<Gap['kind'], Readonly<Record<string, string>>>> = {
  task: TASK_NAMES,
  area: AREA_NAMES,
  context: CIRCUMSTANCE_NAMES,
  certification: CERTIFICATION_TIER_NAMES,
  experience: BAND_NAMES,
};

/** A name by key; what a newer or older release calls by another key is said to be such, never by its key. */
const named = (names: Readonly<Record<string, string>>, key: string): string =>
  (Object.hasOwn(names, key) ? names[key] : undefined) ?? 'Something no longer listed';

/** The words of this programme for the fit sheet. */
export const MATCHING_LABELS: MatchingLabels = {
  task: (key) => named(TASK_NAMES, key),
  area: (key) => named(AREA_NAMES, key),
  circumstance: (key) => named(CIRCUMSTANCE_NAMES, key),
  requirement: (key) => named(REQUIREMENT_NAMES, key),
  gap: ({ kind, key }) => named(GAP_NAMES[kind], key),
  training: trainingFor,
};
