/** Any need, any Service ISSO, any weights, and every way in which somebody can get better. */
import fc from 'fast-check';
import { TIERS } from '../../src/domain/course.ts';
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
import { TODAY } from './a-contender.ts';

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

export const profiles = fc.record<IssoProfile>({
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
export const contenders = fc.record<Contender>({
  profile: profiles,
  isOnContract: fc.boolean(),
  loadHours: hours,
});

const requirements = some([...TASK_KEYS, ...EXPERIENCES, ...COMPETENCIES]);
export const needs = fc
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
export const anySettings = fc.oneof(fc.constant(MATCHING), settings);

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

/** Every criterion there is, by name. */
export const IMPROVEMENTS: Readonly<Record<string, Improvement>> = {
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
