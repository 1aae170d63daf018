/**
 * The score of matching, part by part (domain reference 7.5, part 2). Pure. Each part gives whole points and everything it looked
 * at, so that the total is a sum anybody can check. More of anything good never takes a point away.
 */
import { freeHours, namesSystem, readyOn, startOf, tierHeld } from './matching-gates.ts';
import {
  type Contender,
  type MatchingSettings,
  type Need,
  PARTS,
  type PartKey,
  type ScoreItem,
  type ScorePart,
} from './matching-terms.ts';
import { AREAS, CERTIFICATION_TIERS, countedRating, IMPACTS, type IssoProfile, reaches } from './skills.ts';
import { daysBetween, type LocalDate } from './time.ts';

/** Everything a part may look at. */
interface Looked {
  readonly contender: Contender;
  readonly need: Need;
  readonly settings: MatchingSettings;
  readonly today: LocalDate;
  /** Points that the part can give. */
  readonly of: number;
}
type Scored = Omit<ScorePart, 'key' | 'of'>;

/** The parts of the score in their order; their points add up to it. */
export function partsOf(
  contender: Contender,
  need: Need,
  settings: MatchingSettings,
  today: LocalDate,
): readonly ScorePart[] {
  return PARTS.map((key) => {
    const of = settings.weights[key];
    return { key, of, ...SCORE[key]({ contender, need, settings, today, of }) };
  });
}

const SCORE: Readonly<Record<PartKey, (looked: Looked) => Scored>> = {
  tasks: scoreTasks,
  areas: scoreAreas,
  context: scoreContext,
  certification: scoreCertification,
  availability: scoreAvailability,
  continuity: scoreContinuity,
};

/** Whole points for `got` of `all`; all of them where nothing is asked. */
const share = (points: number, got: number, all: number): number =>
  all <= 0 ? points : Math.round((points * Math.min(Math.max(got, 0), all)) / all);

/** Each task that is asked for counts the same, from the rating on that counts as covering it. */
function scoreTasks({ contender, need, settings: { coveredFrom }, of }: Looked): Scored {
  const items = need.tasks.map((key) => {
    const have = countedRating(contender.profile, key);
    return { key, isMet: have >= coveredFrom, have, asked: coveredFrom };
  });
  return { points: share(of, items.filter(({ isMet }) => isMet).length, items.length), items };
}

/** Divisible by every level, so that thirds and quarters of an area add up exactly. */
const WHOLE_AREA = 12;

/** The mean of the six areas, each as far as it reaches the level that is asked for. */
function scoreAreas({ contender: { profile }, need, of }: Looked): Scored {
  const items = AREAS.map((key) => {
    const [have, asked] = [profile.areas[key], need.areas[key]];
    return { key, isMet: have >= asked, have, asked };
  });
  const got = items.reduce((sum, { have, asked }) => sum + Math.min(have, asked) * (WHOLE_AREA / asked), 0);
  return { points: share(of, got, WHOLE_AREA * items.length), items };
}

/** What the system is like, as far as it is known, and which of it the person has handled before. */
function scoreContext({ contender: { profile }, need, settings: { context }, of }: Looked): Scored {
  const looked = [
    ...circumstance('fips', context.fips, need.fipsOverall, (level) =>
      reaches(IMPACTS, profile.fipsHighest, level),
    ),
    ...(need.isHva ? [{ key: 'hva', worth: context.hva, isMet: profile.hasHandledHva }] : []),
    ...(need.supportsMef ? [{ key: 'mef', worth: context.mef, isMet: profile.hasHandledMef }] : []),
    ...need.dataKinds.flatMap((kind) =>
      circumstance('data', context.dataKind, kind, () => hasHandled(profile, kind)),
    ),
    ...circumstance('hosting', context.hosting, need.hosting, (kind) => profile.hosting.includes(kind)),
    ...circumstance('delivery', context.deliveryModel, need.deliveryModel, (kind) =>
      profile.deliveryModels.includes(kind),
    ),
  ];
  const got = looked.reduce((sum, { worth, isMet }) => sum + (isMet ? worth : 0), 0);
  const all = looked.reduce((sum, { worth }) => sum + worth, 0);
  return { points: share(of, got, all), items: looked.map(({ key, isMet }) => ({ key, isMet })) };
}

/** Federal tax information counts as handled by the answer that the gate looks at as well. */
const hasHandled = ({ dataKinds, hasFtiExperience }: IssoProfile, kind: string): boolean =>
  dataKinds.includes(kind) || (kind === 'fti' && hasFtiExperience);

function circumstance<T extends string>(
  group: string,
  worth: number,
  value: T | null,
  isMet: (value: T) => boolean,
): readonly (ScoreItem & { readonly worth: number })[] {
  return value === null ? [] : [{ key: `${group}:${value}`, worth, isMet: isMet(value) }];
}

/** The tier that is asked for, and on top of it, up to what is left, the upper tier and extras. */
function scoreCertification({ contender: { profile }, need, settings, of }: Looked): Scored {
  const worth = settings.certification;
  const held = tierHeld(profile, settings);
  const isTierMet = reaches(CERTIFICATION_TIERS, held, need.certificationTier);
  const count = (extra: 'privacy' | 'other'): number =>
    new Set(profile.certifications.filter((key) => extraOf(settings, key) === extra)).size;
  const [privacy, other] = [count('privacy'), count('other')];
  const more = (held === 'upper' ? worth.upper : 0) + privacy * worth.privacy + other * worth.other;
  return {
    points: Math.min(of, (isTierMet ? worth.tier : 0) + Math.min(Math.max(0, of - worth.tier), more)),
    items: [
      { key: 'tier', isMet: isTierMet },
      { key: 'upper', isMet: held === 'upper' },
      { key: 'privacy', isMet: privacy > 0 },
      { key: 'other', isMet: other > 0 },
    ],
  };
}

const extraOf = ({ certifications }: MatchingSettings, key: string): 'privacy' | 'other' | null =>
  (Object.hasOwn(certifications, key) ? certifications[key]?.extra : null) ?? null;

/** A start by the wanted day, the hours, and the hours of the day. The item `start` has the days it would be late. */
function scoreAvailability({ contender, need, settings, today, of }: Looked): Scored {
  const { availability: worth, lateDays } = settings;
  const ready = readyOn(contender.profile, settings, today);
  const late = Math.max(0, daysBetween(startOf(need, today), ready));
  const free = freeHours(contender);
  const { overlapHours } = contender.profile;
  const start = late === 0 ? worth.start : lateDays <= 0 ? 0 : share(worth.start, lateDays - late, lateDays);
  const hours = share(worth.hours, free, need.hoursPerWeek);
  const overlap = share(worth.overlap, overlapHours, need.overlapHours);
  return {
    points: Math.min(of, start + hours + overlap),
    items: [
      { key: 'start', isMet: late === 0, have: late, asked: 0 },
      { key: 'hours', isMet: free >= need.hoursPerWeek, have: free, asked: need.hoursPerWeek },
      {
        key: 'overlap',
        isMet: overlapHours >= need.overlapHours,
        have: overlapHours,
        asked: need.overlapHours,
      },
    ],
  };
}

/** Whoever worked on the system knows its component as well; only the larger of the two counts. */
function scoreContinuity({ contender: { profile }, need, settings, of }: Looked): Scored {
  const isSystem = namesSystem(profile.pastSystems, need);
  const isComponent = profile.pastComponents.includes(need.component);
  const { system, component } = settings.continuity;
  return {
    points: Math.min(of, Math.max(isSystem ? system : 0, isComponent ? component : 0)),
    items: [
      { key: 'system', isMet: isSystem },
      { key: 'component', isMet: isComponent },
    ],
  };
}
