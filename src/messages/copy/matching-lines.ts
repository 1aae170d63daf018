/** How matching explains itself, line by line: each gate, each part of the score, each gap (domain reference 7.5). */
import type {
  Band,
  Fit,
  Gap,
  Gate,
  GateKey,
  PartKey,
  ScoreItem,
  ScorePart,
} from '../../domain/matching-terms.ts';
import type { CertificationTier, Location, Screening } from '../../domain/skills.ts';
import { type LocalDate, sayLocalDate } from '../../domain/time.ts';

/** The programme's names for what matching looks at, by key. */
export interface MatchingLabels {
  task(key: string): string;
  area(key: string): string;
  circumstance(key: string): string;
  /** A must-have or nice-to-have. */
  requirement(key: string): string;
  gap(gap: Gap): string;
  /** What is suggested for a gap, to stand behind "Suggested:". */
  training(gap: Gap): string;
}

export const GATE_LABELS: Readonly<Record<GateKey, string>> = {
  contract: 'Contract',
  confirmed: 'Profile confirmed',
  screening: 'Screening',
  hours: 'Hours',
  conflict: 'Conflict of interest',
  location: 'Location',
  fti: 'Tax data (FTI)',
  certification: 'Certification',
  'must-have': 'Must-haves',
};

const PART_LABELS: Readonly<Record<PartKey, string>> = {
  tasks: 'Task coverage',
  areas: 'Qualification areas',
  context: 'Context fit',
  certification: 'Certification',
  availability: 'Availability',
  continuity: 'Continuity',
};

export const BAND_LABELS: Readonly<Record<Band, string>> = {
  strong: 'strong',
  workable: 'workable with a plan',
  weak: 'not to be proposed unless the GTL allows it',
};

const SCREENINGS: Readonly<Record<Screening, string>> = {
  none: 'not started',
  requested: 'requested',
  interim: 'an interim result allows access',
  full: 'complete',
};
const ABLE: Readonly<Record<Location, string>> = {
  remote: 'works remotely only',
  hybrid: 'can come some days a week',
  on_site: 'can come every day',
};
const PLACES: Readonly<Record<Location, string>> = { remote: 'remote', hybrid: 'hybrid', on_site: 'on site' };
const TIERS: Readonly<Record<CertificationTier, string>> = {
  none: 'no tier',
  lower: 'the lower tier',
  upper: 'the upper tier',
};

/** `1 hour`, `2 hours`. */
const counted = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

/** `Passed: 20 hours free, 10 needed`. */
export const gateLine = (gate: Gate, labels: MatchingLabels): string =>
  `${gate.isPassed ? 'Passed' : 'Not passed'}: ${gateReason(gate, labels)}`;

function gateReason(gate: Gate, labels: MatchingLabels): string {
  switch (gate.key) {
    case 'contract':
      return gate.isPassed ? 'active on the contract' : 'not active on the contract';
    case 'confirmed':
      return gate.isPassed
        ? `version ${gate.version} is confirmed by the Service ISSO Lead`
        : `the Service ISSO Lead has not confirmed version ${gate.version}, so no task rating counts`;
    case 'screening':
      return screeningReason(gate);
    case 'hours':
      return `${counted(gate.free, 'hour')} a week free, ${gate.needed} needed`;
    case 'conflict':
      return gate.because === null ? 'none known' : `${gate.because} this system`;
    case 'location':
      return `${ABLE[gate.able]}; needed: ${PLACES[gate.needed]}`;
    case 'fti':
      if (!gate.isNeeded) return 'not needed';
      return gate.isPassed ? 'has worked with it' : 'has not worked with it';
    case 'certification':
      return `holds ${TIERS[gate.held]}; needed: ${TIERS[gate.needed]}`;
    case 'must-have':
      if (gate.asked === 0) return 'none asked';
      return gate.isPassed
        ? `all ${gate.asked} there`
        : `missing: ${listOf(gate.missing, labels.requirement)}`;
    default:
      return gate satisfies never;
  }
}

function screeningReason(gate: {
  readonly state: Screening;
  readonly expectedOn: LocalDate;
  readonly neededOn: LocalDate;
}): string {
  const now = SCREENINGS[gate.state];
  if (gate.state === 'interim' || gate.state === 'full') return now;
  return `${now}; expected by ${sayLocalDate(gate.expectedOn)}, needed by ${sayLocalDate(gate.neededOn)}`;
}

/** `Task coverage 30 of 35: 6 of 7; gap: Contingency planning`. */
export const partLine = (part: ScorePart, labels: MatchingLabels): string =>
  `${PART_LABELS[part.key]} ${part.points} of ${part.of}: ${partReason(part, labels)}`;

function partReason({ key, items }: ScorePart, labels: MatchingLabels): string {
  switch (key) {
    case 'tasks':
      return tally(items, '', 'gap', (item) => labels.task(item.key));
    case 'areas':
      return tally(
        items,
        ' at the level asked for',
        'gap',
        (item) => `${labels.area(item.key)} (level ${item.have ?? 0} of ${item.asked ?? 0})`,
      );
    case 'context':
      if (items.length === 0) return 'nothing known of the system asks for special experience';
      return tally(items, ' handled before', 'not yet', (item) => labels.circumstance(item.key));
    case 'certification':
      return certificationReason(items);
    case 'availability':
      return availabilityReason(items);
    case 'continuity':
      if (isMet(items, 'system')) return 'has worked on this system';
      return isMet(items, 'component') ? 'has worked for this component' : 'new to system and component';
    default:
      return key satisfies never;
  }
}

const isMet = (items: readonly ScoreItem[], key: string): boolean =>
  items.some((item) => item.key === key && item.isMet);

function tally(
  items: readonly ScoreItem[],
  what: string,
  gap: string,
  nameOf: (item: ScoreItem) => string,
): string {
  const open = items.filter((item) => !item.isMet);
  const count = `${items.length - open.length} of ${items.length}${what}`;
  return open.length === 0 ? count : `${count}; ${gap}: ${open.map(nameOf).join(', ')}`;
}

function certificationReason(items: readonly ScoreItem[]): string {
  const more = [
    ...(isMet(items, 'upper') ? ['the upper tier'] : []),
    ...(isMet(items, 'privacy') ? ['a privacy certification'] : []),
    ...(isMet(items, 'other') ? ['another certification of use'] : []),
  ];
  const tier = isMet(items, 'tier') ? 'the tier is met' : 'the tier is not met';
  return more.length === 0 ? `${tier}; nothing beyond it` : `${tier}; also: ${more.join(', ')}`;
}

function availabilityReason(items: readonly ScoreItem[]): string {
  return items
    .map((item) => {
      const { key, have = 0, asked = 0 } = item;
      if (key === 'start') return item.isMet ? 'ready by the start' : `ready ${counted(have, 'day')} late`;
      if (key === 'hours') return `${counted(have, 'hour')} a week free, ${asked} needed`;
      return `${counted(have, 'common hour')} a day, ${asked} needed`;
    })
    .join('; ');
}

/** `Contingency planning. Suggested: …`. */
export const gapLine = (gap: Gap, labels: MatchingLabels): string =>
  `${labels.gap(gap)}. Suggested: ${labels.training(gap)}.`;

/** `2 of 3; not there: Cloud Security`; null when nothing was asked for. */
export function niceToHaveLine({ niceToHave }: Fit, labels: MatchingLabels): string | null {
  if (niceToHave.length === 0) return null;
  return tally(niceToHave, '', 'not there', (item) => labels.requirement(item.key));
}

/** The keys by name, with commas between. */
export const listOf = (keys: readonly string[], nameOf: (key: string) => string): string =>
  keys.map(nameOf).join(', ');
