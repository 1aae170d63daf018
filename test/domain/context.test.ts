import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AUTHORIZATION_TYPES } from '../../src/domain/authorization.ts';
import { isBelow, overallFips, scoreContext, settleTier, tierFloors } from '../../src/domain/context.ts';
import {
  CONTEXT_FACTORS,
  type ContextFactor,
  suggestedComplexity,
} from '../../src/domain/context-factors.ts';
import {
  COMPLEXITY_LEVELS,
  CONNECTION_BANDS,
  type ContextFacts,
  DATA_KINDS,
  DELIVERY_MODELS,
  FIPS_LEVELS,
  HOSTINGS,
  KNOWN_STATES,
  OVERDUE_LEVELS,
  RECORD_BANDS,
  TLC_PHASES,
} from '../../src/domain/context-facts.ts';
import type { TIERS } from '../../src/domain/course.ts';
import { addDays } from '../../src/domain/time.ts';
import { CONTEXT_WEIGHTS } from '../../src/offerings/context-weights.ts';

const TODAY = '2026-12-01';
/** A small system that asks for nothing: no points at all. */
const QUIET: ContextFacts = {
  fips: { confidentiality: 'low', integrity: 'low', availability: 'low' },
  hosting: 'cms_aws',
  delivery: 'yearly',
  connections: 'none',
  confirmedComplexity: 'low',
  dataKinds: ['none'],
  isPiiLoginOnly: false,
  records: null,
  missionEssential: 'no',
  highValueAsset: 'no',
  tlcPhase: 'operate',
  authorization: { type: 'ato', expiresOn: '2028-12-01' },
  poams: { open: 0, worstOverdue: null },
};
const scored = (facts: Partial<ContextFacts>) => scoreContext({ ...QUIET, ...facts }, CONTEXT_WEIGHTS, TODAY);
const pointsOf = (factor: ContextFactor, facts: Partial<ContextFacts>) =>
  scored(facts).lines.find((line) => line.factor === factor)?.points;
const inDays = (days: number) => ({ type: 'ato', expiresOn: addDays(TODAY, days) }) as const;

describe('worked examples', () => {
  it('a quiet system has no points and is Basic', () => {
    expect(scored({})).toMatchObject({ sum: 0, tierBySum: 'basic', tier: 'basic', floors: [] });
    expect(scored({}).lines.map(({ factor }) => factor)).toEqual(CONTEXT_FACTORS);
  });

  it('a claims system with health data, an ATO due soon and many POA&Ms is Standard with 10', () => {
    const score = scored({
      fips: { confidentiality: 'moderate', integrity: 'moderate', availability: 'low' },
      delivery: 'monthly', // 2
      confirmedComplexity: 'medium',
      dataKinds: ['pii', 'phi'], // 3
      authorization: inDays(60), // 2
      poams: { open: 58, worstOverdue: null }, // 3
    });
    expect(score.lines.map(({ points }) => points)).toEqual([2, 3, 0, 0, 2, 3]);
    expect(score).toMatchObject({ sum: 10, overallFips: 'moderate', tier: 'standard' });
    expect(score.lines[1]?.because).toEqual([{ about: 'data', value: 'phi' }]);
  });

  it('the most there is: 18 points, Complex', () => {
    const score = scored({
      fips: { confidentiality: 'high', integrity: 'high', availability: 'high' },
      hosting: 'hybrid',
      delivery: 'weekly',
      connections: 'many',
      confirmedComplexity: 'high',
      dataKinds: ['pii', 'phi', 'fti', 'other_cui'],
      records: 'over_1m',
      missionEssential: 'yes',
      highValueAsset: 'yes',
      authorization: { type: 'expired', expiresOn: null },
      poams: { open: 51, worstOverdue: 'critical' },
    });
    expect(score).toMatchObject({ sum: 18, tier: 'complex', floors: ['high_value_asset', 'fips_high'] });
    expect(score.lines[0]?.because).toHaveLength(3);
  });
});

describe('each factor, row by row of the reference', () => {
  const rows: readonly [ContextFactor, Partial<ContextFacts>, number][] = [
    ['complexity', { connections: 'few' }, 1],
    ['complexity', { connections: 'several', confirmedComplexity: 'medium' }, 2],
    ['complexity', { connections: 'many', confirmedComplexity: 'high' }, 3],
    ['complexity', { delivery: 'monthly', confirmedComplexity: null }, 2],
    ['complexity', { delivery: 'weekly', confirmedComplexity: null }, 3],
    ['complexity', { hosting: 'hybrid', confirmedComplexity: null }, 3],
    ['complexity', { hosting: null, delivery: null, connections: null, confirmedComplexity: null }, 0],
    ['data_sensitivity', { dataKinds: ['none'] }, 0],
    ['data_sensitivity', { dataKinds: ['pii'], isPiiLoginOnly: true }, 1],
    ['data_sensitivity', { dataKinds: ['pii'] }, 2],
    ['data_sensitivity', { dataKinds: ['other_cui'] }, 2],
    ['data_sensitivity', { dataKinds: ['pii', 'other_cui'], isPiiLoginOnly: true }, 2],
    ['data_sensitivity', { dataKinds: ['dont_know'] }, 2],
    ['data_sensitivity', { dataKinds: ['phi'] }, 3],
    ['data_sensitivity', { dataKinds: ['fti'] }, 3],
    ['data_sensitivity', { dataKinds: ['pii'], isPiiLoginOnly: true, records: 'over_1m' }, 3],
    ['data_sensitivity', { dataKinds: ['pii'], records: 'to_1m' }, 2],
    ['mission_essential', { missionEssential: 'no' }, 0],
    ['mission_essential', { missionEssential: 'dont_know' }, 2],
    ['mission_essential', { missionEssential: 'yes' }, 3],
    ['high_value_asset', { highValueAsset: 'no' }, 0],
    ['high_value_asset', { highValueAsset: 'dont_know' }, 2],
    ['high_value_asset', { highValueAsset: 'yes' }, 3],
    ['authorization_pressure', { authorization: inDays(181) }, 0],
    ['authorization_pressure', { authorization: inDays(180) }, 1],
    ['authorization_pressure', { authorization: inDays(91) }, 1],
    ['authorization_pressure', { authorization: inDays(90) }, 2],
    ['authorization_pressure', { authorization: inDays(0) }, 2],
    ['authorization_pressure', { authorization: inDays(-1) }, 3],
    [
      'authorization_pressure',
      { authorization: { type: 'temporary_ato', expiresOn: addDays(TODAY, 300) } },
      2,
    ],
    [
      'authorization_pressure',
      { authorization: { type: 'temporary_ato', expiresOn: addDays(TODAY, -1) } },
      3,
    ],
    ['authorization_pressure', { authorization: { type: 'ongoing', expiresOn: null } }, 0],
    ['authorization_pressure', { authorization: { type: 'pilot', expiresOn: null } }, 2],
    ['authorization_pressure', { authorization: { type: 'expired', expiresOn: null } }, 3],
    ['authorization_pressure', { authorization: { type: 'dont_know', expiresOn: null } }, 2],
    ['authorization_pressure', { authorization: { type: 'none', expiresOn: null } }, 3],
    ['authorization_pressure', { authorization: { type: 'none', expiresOn: null }, tlcPhase: 'develop' }, 0],
    ['poam_load', { poams: { open: 5, worstOverdue: null } }, 0],
    ['poam_load', { poams: { open: 6, worstOverdue: null } }, 1],
    ['poam_load', { poams: { open: 20, worstOverdue: 'moderate_or_low' } }, 1],
    ['poam_load', { poams: { open: 21, worstOverdue: null } }, 2],
    ['poam_load', { poams: { open: 50, worstOverdue: null } }, 2],
    ['poam_load', { poams: { open: 51, worstOverdue: null } }, 3],
    ['poam_load', { poams: { open: 1, worstOverdue: 'high' } }, 2],
    ['poam_load', { poams: { open: 1, worstOverdue: 'dont_know' } }, 2],
    ['poam_load', { poams: { open: 1, worstOverdue: 'critical' } }, 3],
    ['poam_load', { poams: { open: null, worstOverdue: null } }, 0],
  ];
  it.each(rows)('%s of %o counts %d', (factor, facts, points) => {
    expect(pointsOf(factor, facts)).toBe(points);
  });

  it('a confirmed complexity keeps the points within its own range, and says what the answers suggest', () => {
    expect(pointsOf('complexity', { confirmedComplexity: 'high' })).toBe(3);
    expect(pointsOf('complexity', { confirmedComplexity: 'medium' })).toBe(2);
    expect(pointsOf('complexity', { delivery: 'weekly', confirmedComplexity: 'low' })).toBe(1);
    expect(scored({ delivery: 'weekly', confirmedComplexity: 'low' }).lines[0]?.because).toEqual([
      { about: 'confirmed', value: 'low', suggested: 'high' },
    ]);
    const suggested = (connections: ContextFacts['connections']) =>
      suggestedComplexity({ hosting: 'saas', delivery: null, connections }, CONTEXT_WEIGHTS);
    expect([...CONNECTION_BANDS, null].map(suggested)).toEqual(['low', 'low', 'medium', 'high', 'low']);
  });
});

describe('the overall level', () => {
  it('is the highest of the three, and open while one is not categorized and none is High', () => {
    const of = (confidentiality: number, integrity: number, availability: number) => {
      const level = (index: number) => FIPS_LEVELS[index] ?? 'low';
      return overallFips({
        confidentiality: level(confidentiality),
        integrity: level(integrity),
        availability: level(availability),
      });
    };
    expect(of(0, 0, 0)).toBe('low');
    expect(of(0, 1, 0)).toBe('moderate');
    expect(of(1, 0, 2)).toBe('high');
    expect(of(2, 3, 3)).toBe('high');
    expect(of(1, 1, 3)).toBe('not_categorized');
  });
});

describe('tiers', () => {
  it('change between 5 and 6 and between 11 and 12', () => {
    const six = { dataKinds: ['phi'], missionEssential: 'yes' } as const; // 6 points
    expect(scored({ ...six, missionEssential: 'dont_know' })).toMatchObject({ sum: 5, tier: 'basic' });
    expect(scored(six)).toMatchObject({ sum: 6, tier: 'standard' });
    const nine = { ...six, authorization: { type: 'expired', expiresOn: null } } as const; // 9 points
    expect(scored({ ...nine, poams: { open: 30, worstOverdue: null } })).toMatchObject({
      sum: 11,
      tier: 'standard',
    });
    expect(scored({ ...nine, poams: { open: 60, worstOverdue: null } })).toMatchObject({
      sum: 12,
      tier: 'complex',
    });
  });

  it('a High Value Asset or an overall level of High is never below Complex', () => {
    expect(scored({ highValueAsset: 'yes' })).toMatchObject({ sum: 3, tierBySum: 'basic', tier: 'complex' });
    expect(scored({ highValueAsset: 'dont_know' }).tier).toBe('basic');
    const high = { ...QUIET.fips, availability: 'high' } as const;
    expect(scored({ fips: high })).toMatchObject({ sum: 0, floors: ['fips_high'], tier: 'complex' });
  });

  it('can be set by hand with a reason, but not below a floor', () => {
    const quiet = scored({});
    const wanted = (tier: (typeof TIERS)[number], reason = 'A merger is planned.') => ({ tier, reason });
    expect(settleTier(quiet, wanted('complex'), 'complex')).toEqual({
      ok: true,
      value: { tier: 'complex', override: { reason: 'A merger is planned.' } },
    });
    expect(settleTier(quiet, wanted('complex', '  '), 'complex')).toEqual({
      ok: false,
      refusal: 'no-reason',
    });
    expect(settleTier(quiet, wanted('basic', ''), 'complex')).toMatchObject({ value: { override: null } });
    expect(settleTier(quiet, null, 'complex')).toMatchObject({ value: { tier: 'basic', override: null } });
    const floor = scored({ highValueAsset: 'yes' });
    expect(settleTier(floor, wanted('standard'), 'complex')).toEqual({ ok: false, refusal: 'below-floor' });
    expect(settleTier(floor, wanted('complex'), 'complex')).toMatchObject({ value: { override: null } });
  });
});

describe('whatever the facts', () => {
  const date = fc.integer({ min: -400, max: 800 }).map((days) => addDays(TODAY, days));
  const facts: fc.Arbitrary<ContextFacts> = fc.record({
    fips: fc.record({
      confidentiality: fc.constantFrom(...FIPS_LEVELS),
      integrity: fc.constantFrom(...FIPS_LEVELS),
      availability: fc.constantFrom(...FIPS_LEVELS),
    }),
    hosting: fc.constantFrom(...HOSTINGS, null),
    delivery: fc.constantFrom(...DELIVERY_MODELS, null),
    connections: fc.constantFrom(...CONNECTION_BANDS, null),
    confirmedComplexity: fc.constantFrom(...COMPLEXITY_LEVELS, null),
    dataKinds: fc.subarray([...DATA_KINDS], { minLength: 1 }),
    isPiiLoginOnly: fc.boolean(),
    records: fc.constantFrom(...RECORD_BANDS, null),
    missionEssential: fc.constantFrom(...KNOWN_STATES),
    highValueAsset: fc.constantFrom(...KNOWN_STATES),
    tlcPhase: fc.constantFrom(...TLC_PHASES, null),
    authorization: fc.record({
      type: fc.constantFrom(...AUTHORIZATION_TYPES),
      expiresOn: fc.option(date, { nil: null }),
    }),
    poams: fc.record({
      open: fc.option(fc.nat(120), { nil: null }),
      worstOverdue: fc.constantFrom(...OVERDUE_LEVELS, null),
    }),
  });
  const score = (each: ContextFacts) => scoreContext(each, CONTEXT_WEIGHTS, TODAY);

  it('the sum is that of the lines, from 0 to 18, and the floors hold', () => {
    fc.assert(
      fc.property(facts, (each) => {
        const made = score(each);
        expect(made.sum).toBe(made.lines.reduce((sum, { points }) => sum + points, 0));
        expect(made.sum).toBeLessThanOrEqual(18);
        for (const { points } of made.lines) expect([0, 1, 2, 3]).toContain(points);
        const byHand = made.sum <= 5 ? 'basic' : made.sum <= 11 ? 'standard' : 'complex';
        expect(made.tierBySum).toBe(byHand);
        expect(made.tier).toBe(tierFloors(each).length > 0 ? 'complex' : byHand);
      }),
    );
  });

  /** Each changes one fact into a graver one, or leaves it. */
  const graver: Readonly<Record<ContextFactor, (each: ContextFacts) => readonly ContextFacts[]>> = {
    complexity: (each) => [
      { ...each, hosting: 'hybrid' },
      { ...each, delivery: 'weekly' },
      { ...each, connections: next(CONNECTION_BANDS, each.connections) },
      {
        ...each,
        confirmedComplexity: each.confirmedComplexity && next(COMPLEXITY_LEVELS, each.confirmedComplexity),
      },
    ],
    data_sensitivity: (each) => [
      ...DATA_KINDS.map((kind) => ({ ...each, dataKinds: [...each.dataKinds, kind] })),
      { ...each, isPiiLoginOnly: false },
      { ...each, records: 'over_1m' },
    ],
    mission_essential: (each) => [
      { ...each, missionEssential: next(['no', 'dont_know', 'yes'], each.missionEssential) },
    ],
    high_value_asset: (each) => [
      { ...each, highValueAsset: next(['no', 'dont_know', 'yes'], each.highValueAsset) },
    ],
    authorization_pressure: (each) => {
      const { type, expiresOn } = each.authorization;
      return [
        ...(expiresOn === null
          ? []
          : [1, 30, 200].map((days) => ({
              ...each,
              authorization: { type, expiresOn: addDays(expiresOn, -days) },
            }))),
        { ...each, authorization: { type: 'expired', expiresOn: null } },
        { ...each, authorization: { type: type === 'ato' ? 'temporary_ato' : type, expiresOn } },
      ];
    },
    poam_load: (each) => [
      ...[1, 10, 100].map((more) => ({
        ...each,
        poams: { ...each.poams, open: (each.poams.open ?? 0) + more },
      })),
      { ...each, poams: { ...each.poams, worstOverdue: 'critical' } },
    ],
  };

  it.each(CONTEXT_FACTORS)('a graver fact of %s never lowers its line, the sum or the tier', (factor) => {
    fc.assert(
      fc.property(facts, (each) => {
        const before = score(each);
        const pointsIn = (made: typeof before) =>
          made.lines.find((line) => line.factor === factor)?.points ?? -1;
        for (const worse of graver[factor](each)) {
          const after = score(worse);
          expect(pointsIn(after)).toBeGreaterThanOrEqual(pointsIn(before));
          expect(after.sum - before.sum).toBe(pointsIn(after) - pointsIn(before));
          expect(isBelow(after.tier, before.tier)).toBe(false);
        }
      }),
    );
  });

  function next<T>(order: readonly T[], now: T | null): T {
    const place = now === null ? -1 : order.indexOf(now);
    const found = order[Math.min(place + 1, order.length - 1)];
    if (found === undefined) throw new Error('no next');
    return found;
  }
});
