import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TIERS } from '../../src/domain/course.ts';
import { compareFits, fitOf, shortlist } from '../../src/domain/matching.ts';
import { readyOn } from '../../src/domain/matching-gates.ts';
import type { Contender, MatchingSettings, Need } from '../../src/domain/matching-terms.ts';
import {
  AREA_LEVELS,
  AREAS,
  type AreaLevels,
  CERTIFICATION_TIERS,
  EXPERIENCES,
  IMPACTS,
  type IssoProfile,
  LOCATIONS,
  type Rating,
  SCREENINGS,
} from '../../src/domain/skills.ts';
import { addDays } from '../../src/domain/time.ts';
import { CERTIFICATIONS } from '../../src/offerings/certifications.ts';
import { TASKS } from '../../src/offerings/isso-tasks.ts';
import { MATCHING } from '../../src/offerings/matching-weights.ts';
import { COMPETENCY_AREAS } from '../../src/offerings/nice.ts';
import { TODAY } from '../support/a-contender.ts';

const TASK_KEYS = TASKS.map(({ id }) => id);
const COMPETENCIES = COMPETENCY_AREAS.map(({ id }) => id);
const CERTIFICATES = CERTIFICATIONS.map(({ id }) => id);
const DATA = ['pii', 'phi', 'fti', 'other_cui'];
const HOSTS = ['cms_aws', 'saas', 'hybrid'];
const PACES = ['weekly', 'monthly', 'quarterly'];
const COMPONENTS = ['OIT', 'CM', 'CPI'];
const SYSTEMS = ['Portal', 'Ledger', 'Registry'];

const some = (items: readonly string[]) => fc.subarray([...items]);
const hours = fc.integer({ min: 0, max: 40 });
const eightHours = fc.integer({ min: 0, max: 8 });
const ratings = fc.dictionary(fc.constantFrom(...TASK_KEYS), fc.constantFrom<Rating>(0, 1, 2, 3, 4));
const areas = fc.record<AreaLevels>({
  q_standards: fc.constantFrom(...AREA_LEVELS),
  q_it: fc.constantFrom(...AREA_LEVELS),
  q_disciplines: fc.constantFrom(...AREA_LEVELS),
  q_program: fc.constantFrom(...AREA_LEVELS),
  q_risk: fc.constantFrom(...AREA_LEVELS),
  q_leadership: fc.constantFrom(...AREA_LEVELS),
});
const day = fc.integer({ min: -40, max: 200 }).map((days) => addDays(TODAY, days));

const profiles = fc.record<IssoProfile>({
  personId: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
  version: fc.integer({ min: 1, max: 5 }),
  confirmed: fc.option(fc.constant({ byId: 'lead', at: new Date(0) })),
  ratings,
  areas,
  certifications: some(CERTIFICATES),
  competencies: some(COMPETENCIES),
  experienceYears: fc.integer({ min: 0, max: 20 }),
  hasFullAto: fc.boolean(),
  hasLedFisma: fc.boolean(),
  screening: fc.constantFrom(...SCREENINGS),
  capacityHours: hours,
  availableOn: fc.option(day),
  location: fc.constantFrom(...LOCATIONS),
  overlapHours: eightHours,
  dataKinds: some(DATA),
  hasFtiExperience: fc.boolean(),
  fipsHighest: fc.option(fc.constantFrom(...IMPACTS)),
  hasHandledHva: fc.boolean(),
  hasHandledMef: fc.boolean(),
  hosting: some(HOSTS),
  deliveryModels: some(PACES),
  pastComponents: some(COMPONENTS),
  pastSystems: some(SYSTEMS),
  develops: some(SYSTEMS),
  assesses: some(SYSTEMS),
});
const contenders = fc.record<Contender>({ profile: profiles, isOnContract: fc.boolean(), loadHours: hours });

const requirements = some([...TASK_KEYS, ...EXPERIENCES, ...COMPETENCIES]);
const needs = fc
  .record<Omit<Need, 'needsFti'>>({
    component: fc.constantFrom(...COMPONENTS),
    systemName: fc.constantFrom(...SYSTEMS),
    systemAcronym: fc.option(fc.constantFrom('PRT', 'LDG')),
    wantedStartOn: day,
    tier: fc.constantFrom(...TIERS),
    tasks: some(TASK_KEYS),
    areas,
    mustHave: requirements,
    niceToHave: requirements,
    certificationTier: fc.constantFrom(...CERTIFICATION_TIERS),
    experienceBand: fc.constantFrom(...TIERS),
    hoursPerWeek: fc.integer({ min: 2, max: 40 }),
    location: fc.constantFrom(...LOCATIONS),
    overlapHours: eightHours,
    dataKinds: some(DATA),
    fipsOverall: fc.option(fc.constantFrom(...IMPACTS)),
    isHva: fc.boolean(),
    supportsMef: fc.boolean(),
    hosting: fc.option(fc.constantFrom(...HOSTS)),
    deliveryModel: fc.option(fc.constantFrom(...PACES)),
  })
  .map((need) => ({ ...need, needsFti: need.dataKinds.includes('fti') }));

/** Other weights than ours: five cuts of 100, and sub-points of any size. */
const settings: fc.Arbitrary<MatchingSettings> = fc
  .record({
    cuts: fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 5, maxLength: 5 }),
    coveredFrom: fc.constantFrom<Rating>(1, 2, 3, 4),
    worth: fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 15, maxLength: 15 }),
    lateDays: fc.integer({ min: 0, max: 90 }),
  })
  .map(({ cuts, coveredFrom, worth, lateDays }) => {
    const edges = [0, ...cuts.toSorted((a, b) => a - b), 100];
    const [tasks = 0, inAreas = 0, context = 0, certification = 0, availability = 0, continuity = 0] = edges
      .slice(1)
      .map((edge, index) => edge - (edges[index] ?? 0));
    const at = (index: number): number => worth[index] ?? 0;
    return {
      ...MATCHING,
      weights: { tasks, areas: inAreas, context, certification, availability, continuity },
      coveredFrom,
      lateDays,
      context: {
        fips: at(0),
        hva: at(1),
        mef: at(2),
        dataKind: at(3),
        hosting: at(4),
        deliveryModel: at(5),
      },
      certification: { tier: at(6), upper: at(7), privacy: at(8), other: at(9) },
      availability: { start: at(10), hours: at(11), overlap: at(12) },
      continuity: { system: at(13), component: at(14) },
    };
  });
const anySettings = fc.oneof(fc.constant(MATCHING), settings);

/** One criterion made better, as far as there is better; nothing else changes. */
type Improvement = (contender: Contender, need: Need) => Contender;
const better =
  (change: (profile: IssoProfile, need: Need) => Partial<IssoProfile>): Improvement =>
  (contender, need) => ({
    ...contender,
    profile: { ...contender.profile, ...change(contender.profile, need) },
  });
const next = <T>(scale: readonly T[], now: T): T =>
  scale[Math.min(scale.indexOf(now) + 1, scale.length - 1)] ?? now;
const more = (items: readonly string[], all: readonly string[]): readonly string[] => {
  const added = all.find((each) => !items.includes(each));
  return added === undefined ? items : [...items, added];
};
const RATED: readonly Rating[] = [0, 1, 2, 3, 4];

const IMPROVEMENTS: Readonly<Record<string, Improvement>> = {
  ...Object.fromEntries(
    TASK_KEYS.map((task) => [
      `rating of ${task}`,
      better(({ ratings: before }) => ({ ratings: { ...before, [task]: next(RATED, before[task] ?? 0) } })),
    ]),
  ),
  ...Object.fromEntries(
    AREAS.map((area) => [
      `level of ${area}`,
      better(({ areas: before }) => ({ areas: { ...before, [area]: next(AREA_LEVELS, before[area]) } })),
    ]),
  ),
  ...Object.fromEntries(
    CERTIFICATES.map((each) => [
      `certification ${each}`,
      better(({ certifications }) => ({ certifications: [...certifications, each] })),
    ]),
  ),
  'a competency area': better(({ competencies }) => ({ competencies: more(competencies, COMPETENCIES) })),
  years: better(({ experienceYears }) => ({ experienceYears: experienceYears + 1 })),
  'a full ATO': better(() => ({ hasFullAto: true })),
  'FISMA lead': better(() => ({ hasLedFisma: true })),
  confirmation: better(() => ({ confirmed: { byId: 'lead', at: new Date(0) } })),
  screening: better(({ screening }) => ({ screening: next(SCREENINGS, screening) })),
  capacity: better(({ capacityHours }) => ({ capacityHours: capacityHours + 3 })),
  'free from': better(({ availableOn }) => ({ availableOn: availableOn && addDays(availableOn, -4) })),
  'free now': better(() => ({ availableOn: null })),
  location: better(({ location }) => ({ location: next(LOCATIONS, location) })),
  'common hours': better(({ overlapHours }) => ({ overlapHours: overlapHours + 1 })),
  'a kind of data': better(({ dataKinds }, need) => ({ dataKinds: more(dataKinds, need.dataKinds) })),
  'tax data': better(() => ({ hasFtiExperience: true })),
  'FIPS level': better(({ fipsHighest }) => ({
    fipsHighest: fipsHighest ? next(IMPACTS, fipsHighest) : 'low',
  })),
  'a High Value Asset': better(() => ({ hasHandledHva: true })),
  'a mission essential function': better(() => ({ hasHandledMef: true })),
  hosting: better(({ hosting }) => ({ hosting: more(hosting, HOSTS) })),
  releases: better(({ deliveryModels }) => ({ deliveryModels: more(deliveryModels, PACES) })),
  'a component': better(({ pastComponents }) => ({ pastComponents: more(pastComponents, COMPONENTS) })),
  'a system': better(({ pastSystems }) => ({ pastSystems: more(pastSystems, SYSTEMS) })),
  'no development': better(({ develops }) => ({ develops: develops.slice(1) })),
  'no assessment': better(({ assesses }) => ({ assesses: assesses.slice(1) })),
  contract: (contender) => ({ ...contender, isOnContract: true }),
  load: (contender) => ({ ...contender, loadHours: Math.max(0, contender.loadHours - 3) }),
};

describe('whatever the need, the person and the weights', () => {
  it('the parts add up to a score from 0 to 100, each within its weight and in whole points', () => {
    fc.assert(
      fc.property(contenders, needs, anySettings, (contender, need, figures) => {
        const { parts, score } = fitOf(contender, need, figures, TODAY);
        expect(parts.reduce((sum, { points }) => sum + points, 0)).toBe(score);
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(100);
        for (const { points, of, key } of parts) {
          expect(Number.isInteger(points) && points >= 0 && points <= of, key).toBe(true);
          expect(of).toBe(figures.weights[key]);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('a part earns all its points exactly when nothing of it is missing, by our own weights', () => {
    fc.assert(
      fc.property(contenders, needs, (contender, need) => {
        const { parts } = fitOf(contender, need, MATCHING, TODAY);
        for (const { key, points, of, items } of parts.slice(0, 3)) {
          const isWhole = items.every(({ isMet }) => isMet);
          if (isWhole) expect(points, key).toBe(of);
          else expect(points, key).toBeLessThanOrEqual(of);
          if (key === 'tasks' && !isWhole) expect(points).toBeLessThan(of);
        }
      }),
      { numRuns: 300 },
    );
  });

  it.each(Object.entries(IMPROVEMENTS))(
    'a better %s never lowers a part, never shuts an open gate and never delays the start',
    (_, improve) => {
      fc.assert(
        fc.property(contenders, needs, anySettings, (contender, need, figures) => {
          const improved = improve(contender, need);
          const before = fitOf(contender, need, figures, TODAY);
          const after = fitOf(improved, need, figures, TODAY);
          expect(after.score).toBeGreaterThanOrEqual(before.score);
          before.parts.forEach(({ points, key }, index) => {
            expect(after.parts[index]?.points, key).toBeGreaterThanOrEqual(points);
          });
          before.gates.forEach(({ isPassed, key }, index) => {
            if (isPassed) expect(after.gates[index], key).toMatchObject({ key, isPassed: true });
          });
          expect(after.readyOn <= before.readyOn).toBe(true);
          expect(after.gaps.length).toBeLessThanOrEqual(before.gaps.length);
          expect(compareFits(after, before, 1)).toBeLessThanOrEqual(0);
        }),
        { numRuns: 120 },
      );
    },
  );

  it('nobody is ready before today or before screening allows it', () => {
    fc.assert(
      fc.property(profiles, (profile) => {
        const on = readyOn(profile, MATCHING, TODAY);
        expect(on >= addDays(TODAY, MATCHING.screeningDays[profile.screening])).toBe(true);
        expect(on >= (profile.availableOn ?? TODAY)).toBe(true);
      }),
    );
  });
});

describe('the order', () => {
  const people = fc.uniqueArray(contenders, { selector: ({ profile }) => profile.personId, maxLength: 6 });

  it('is the same for the same seed, whatever the order of listing', () => {
    fc.assert(
      fc.property(people, needs, fc.integer(), (listed, need, seed) => {
        const made = shortlist(listed, need, MATCHING, { seed, today: TODAY });
        expect(shortlist(listed.toReversed(), need, MATCHING, { seed, today: TODAY })).toEqual(made);
        expect(made.ranked).toHaveLength(listed.length);
      }),
    );
  });

  it('is total: two people never stand equal, and who is before whom carries on', () => {
    fc.assert(
      fc.property(people, needs, fc.integer(), (listed, need, seed) => {
        const { ranked, top } = shortlist(listed, need, MATCHING, { seed, today: TODAY });
        ranked.forEach((one, place) => {
          ranked.forEach((other, at) => {
            expect(Math.sign(compareFits(one, other, seed))).toBe(Math.sign(place - at));
          });
        });
        expect(top).toEqual(ranked.filter(({ isEligible }) => isEligible).slice(0, 3));
      }),
    );
  });

  it('never puts somebody lower because they got better', () => {
    const improvements = Object.values(IMPROVEMENTS);
    const which = fc.nat({ max: improvements.length - 1 });
    fc.assert(
      fc.property(people, needs, which, fc.integer(), (listed, need, index, seed) => {
        const [first, ...others] = listed;
        const improve = improvements[index];
        if (!first || !improve) return;
        const placeIn = (all: readonly Contender[]) =>
          shortlist(all, need, MATCHING, { seed, today: TODAY }).ranked.findIndex(
            ({ personId }) => personId === first.profile.personId,
          );
        expect(placeIn([improve(first, need), ...others])).toBeLessThanOrEqual(placeIn(listed));
      }),
      { numRuns: 300 },
    );
  });
});
