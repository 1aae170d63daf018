/** The six factors of the context score (domain reference 3.5): what each answer counts, and why a line has its points. */
import type { Authorization, AuthorizationType } from './authorization.ts';
import { daysLeft } from './authorization.ts';
import type {
  ComplexityFacts,
  ComplexityLevel,
  ConnectionBand,
  ContextFacts,
  DataKind,
  DeliveryModel,
  Hosting,
  KnownState,
  OverdueLevel,
  RecordBand,
  TlcPhase,
} from './context-facts.ts';
import { COMPLEXITY_LEVELS } from './context-facts.ts';
import type { Tier } from './course.ts';
import type { LocalDate } from './time.ts';

export const MOST_POINTS = 3;
export type Points = 0 | 1 | 2 | typeof MOST_POINTS;

/** In the order in which the score is shown; the first four are the programme page's, the others added. */
export const CONTEXT_FACTORS = [
  'complexity',
  'data_sensitivity',
  'mission_essential',
  'high_value_asset',
  'authorization_pressure',
  'poam_load',
] as const;
export type ContextFactor = (typeof CONTEXT_FACTORS)[number];

/** What each answer counts. Lists are read from the top; the first row that fits counts. */
export interface ContextWeights {
  readonly hosting: Readonly<Record<Hosting, Points>>;
  readonly delivery: Readonly<Record<DeliveryModel, Points>>;
  readonly connections: Readonly<Record<ConnectionBand, Points>>;
  /** The points that go with a level of complexity, both ends included; together they cover 0 to 3. */
  readonly complexity: Readonly<Record<ComplexityLevel, { readonly from: Points; readonly to: Points }>>;
  readonly dataKinds: Readonly<Record<DataKind, Points>>;
  readonly piiLoginOnly: Points;
  readonly records: Readonly<Record<RecordBand, Points>>;
  readonly missionEssential: Readonly<Record<KnownState, Points>>;
  readonly highValueAsset: Readonly<Record<KnownState, Points>>;
  readonly authorization: {
    readonly expired: Points;
    readonly noneWhileOperating: Points;
    readonly noneBefore: Points;
    readonly temporary: Points;
    readonly pilot: Points;
    readonly ongoing: Points;
    readonly unknown: Points;
    readonly daysLeft: readonly { readonly atMost: number; readonly points: Points }[];
    readonly later: Points;
  };
  /** Phases in which a system counts as operating. */
  readonly operatingPhases: readonly TlcPhase[];
  readonly poams: {
    readonly open: readonly { readonly over: number; readonly points: Points }[];
    readonly fewer: Points;
    readonly overdue: Readonly<Record<OverdueLevel, Points>>;
  };
  /** From the highest sum down; the last must begin at 0. */
  readonly tiers: readonly { readonly from: number; readonly tier: Tier }[];
  readonly floor: Tier;
}

/** One fact that explains a line's points. */
export type ContextReason =
  | { readonly about: 'hosting'; readonly value: Hosting }
  | { readonly about: 'delivery'; readonly value: DeliveryModel }
  | { readonly about: 'connections'; readonly value: ConnectionBand }
  /** People settled on another level than the facts suggest. */
  | { readonly about: 'confirmed'; readonly value: ComplexityLevel; readonly suggested: ComplexityLevel }
  | { readonly about: 'data'; readonly value: DataKind | 'pii_login_only' }
  | { readonly about: 'records'; readonly value: RecordBand }
  | { readonly about: 'known'; readonly value: KnownState }
  | {
      readonly about: 'authorization';
      readonly value: AuthorizationType;
      /** Days until it ends, negative once it has; null without a last day. */
      readonly daysLeft: number | null;
      readonly isOperating: boolean;
    }
  | { readonly about: 'open-poams'; readonly value: number | null }
  | { readonly about: 'overdue-poams'; readonly value: OverdueLevel };

export interface ScoreLine {
  readonly factor: ContextFactor;
  readonly points: Points;
  /** What brings the points; empty when nothing does. */
  readonly because: readonly ContextReason[];
}

/** The level the facts suggest, before people confirm one. */
export function suggestedComplexity(facts: ComplexityFacts, weights: ContextWeights): ComplexityLevel {
  return levelOf(weighed(complexityReasons(facts, weights)).points, weights);
}

/** One line for each factor, in the order of `CONTEXT_FACTORS`. */
export function scoreLines(
  facts: ContextFacts,
  weights: ContextWeights,
  today: LocalDate,
): readonly ScoreLine[] {
  return [
    { factor: 'complexity', ...complexity(facts, weights) },
    { factor: 'data_sensitivity', ...weighed(dataReasons(facts, weights)) },
    { factor: 'mission_essential', ...known(facts.missionEssential, weights.missionEssential) },
    { factor: 'high_value_asset', ...known(facts.highValueAsset, weights.highValueAsset) },
    { factor: 'authorization_pressure', ...authorizationPressure(facts, weights, today) },
    { factor: 'poam_load', ...poamLoad(facts.poams, weights) },
  ];
}

type Weighed = Pick<ScoreLine, 'points' | 'because'>;
type Candidate = readonly [points: Points, reason: ContextReason];

/** The highest points any reason brings, with the reasons that bring them. */
function weighed(candidates: readonly Candidate[]): Weighed {
  const points = candidates.map(([each]) => each).sort((a, b) => b - a)[0] ?? 0;
  return {
    points,
    because: points === 0 ? [] : candidates.filter(([each]) => each === points).map(([, reason]) => reason),
  };
}

function complexityReasons(
  { hosting, delivery, connections }: ComplexityFacts,
  weights: ContextWeights,
): Candidate[] {
  const found: Candidate[] = [];
  if (hosting) found.push([weights.hosting[hosting], { about: 'hosting', value: hosting }]);
  if (delivery) found.push([weights.delivery[delivery], { about: 'delivery', value: delivery }]);
  if (connections)
    found.push([weights.connections[connections], { about: 'connections', value: connections }]);
  return found;
}

function levelOf(points: Points, weights: ContextWeights): ComplexityLevel {
  const fits = (level: ComplexityLevel): boolean => points <= weights.complexity[level].to;
  return COMPLEXITY_LEVELS.find(fits) ?? 'high';
}

/** What the facts bring; a level that people confirmed keeps the points within its own range. */
function complexity(facts: ContextFacts, weights: ContextWeights): Weighed {
  const computed = weighed(complexityReasons(facts, weights));
  const confirmed = facts.confirmedComplexity;
  const suggested = levelOf(computed.points, weights);
  if (confirmed === null || confirmed === suggested) return computed;
  const { from, to } = weights.complexity[confirmed];
  const points = computed.points < from ? from : to;
  return { points, because: [{ about: 'confirmed', value: confirmed, suggested }] };
}

function dataReasons({ dataKinds, isPiiLoginOnly, records }: ContextFacts, weights: ContextWeights) {
  const found = dataKinds.map(
    (kind): Candidate =>
      kind === 'pii' && isPiiLoginOnly
        ? [weights.piiLoginOnly, { about: 'data', value: 'pii_login_only' }]
        : [weights.dataKinds[kind], { about: 'data', value: kind }],
  );
  if (records) found.push([weights.records[records], { about: 'records', value: records }]);
  return found;
}

const known = (value: KnownState, points: Readonly<Record<KnownState, Points>>): Weighed => ({
  points: points[value],
  because: [{ about: 'known', value }],
});

function authorizationPressure(
  { authorization, tlcPhase }: ContextFacts,
  weights: ContextWeights,
  today: LocalDate,
): Weighed {
  const isOperating = tlcPhase !== null && weights.operatingPhases.includes(tlcPhase);
  const left = daysLeft(authorization, today);
  return {
    points: pressure(authorization, left, isOperating, weights.authorization),
    because: [{ about: 'authorization', value: authorization.type, daysLeft: left, isOperating }],
  };
}

function pressure(
  { type }: Authorization,
  left: number | null,
  isOperating: boolean,
  weights: ContextWeights['authorization'],
): Points {
  switch (type) {
    case 'none':
      return isOperating ? weights.noneWhileOperating : weights.noneBefore;
    case 'expired':
      return weights.expired;
    case 'pilot':
      return weights.pilot;
    case 'ongoing':
      return weights.ongoing;
    case 'dont_know':
      return weights.unknown;
    case 'ato':
    case 'temporary_ato': {
      if (left !== null && left < 0) return weights.expired;
      if (type === 'temporary_ato') return weights.temporary;
      if (left === null) return weights.unknown;
      return weights.daysLeft.find(({ atMost }) => left <= atMost)?.points ?? weights.later;
    }
    default:
      return type satisfies never;
  }
}

function poamLoad({ open, worstOverdue }: ContextFacts['poams'], { poams }: ContextWeights): Weighed {
  const byCount = poams.open.find(({ over }) => (open ?? 0) > over)?.points ?? poams.fewer;
  const found: Candidate[] = [[byCount, { about: 'open-poams', value: open }]];
  if (worstOverdue)
    found.push([poams.overdue[worstOverdue], { about: 'overdue-poams', value: worstOverdue }]);
  const load = weighed(found);
  return load.because.length > 0 ? load : { ...load, because: [{ about: 'open-poams', value: open }] };
}
