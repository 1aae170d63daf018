/** The hard gates of matching: each is passed or not, and says why (domain reference 7.5, part 1). Pure. */
import { systemKey } from './engagement.ts';
import type { Contender, Gate, MatchingSettings, Need } from './matching-terms.ts';
import {
  CERTIFICATION_TIERS,
  type CertificationTier,
  type IssoProfile,
  LOCATIONS,
  meets,
  reaches,
} from './skills.ts';
import { addDays, type LocalDate } from './time.ts';

/** The later of two days. */
const later = (one: LocalDate, other: LocalDate): LocalDate => (one > other ? one : other);

/** The day the work is meant to begin: as wanted, or today when that has passed. */
export const startOf = (need: Pick<Need, 'wantedStartOn'>, today: LocalDate): LocalDate =>
  later(need.wantedStartOn, today);

/** The day from which screening is expected to allow access. */
const screenedOn = (profile: IssoProfile, settings: MatchingSettings, today: LocalDate): LocalDate =>
  addDays(today, settings.screeningDays[profile.screening]);

/** The earliest day on which they could start: available, and screened as far as access needs it. */
export function readyOn(profile: IssoProfile, settings: MatchingSettings, today: LocalDate): LocalDate {
  return later(later(profile.availableOn ?? today, today), screenedOn(profile, settings, today));
}

/** Hours a week that are left beside the present engagements; never below 0. */
export const freeHours = ({ profile, loadHours }: Contender): number =>
  Math.max(0, profile.capacityHours - loadHours);

/** The highest tier among the certifications held. */
export function tierHeld(
  { certifications }: IssoProfile,
  { certifications: worth }: MatchingSettings,
): CertificationTier {
  const tiers = certifications.map((key) => (Object.hasOwn(worth, key) ? worth[key]?.tier : null));
  if (tiers.includes('upper')) return 'upper';
  return tiers.includes('lower') ? 'lower' : 'none';
}

/** True when one of `names` is the system's name or acronym, however it is written. */
export function namesSystem(
  names: readonly string[],
  { systemName, systemAcronym }: Pick<Need, 'systemName' | 'systemAcronym'>,
): boolean {
  const keys = [systemName, ...(systemAcronym === null ? [] : [systemAcronym])].map(systemKey);
  return names.some((name) => systemKey(name) !== '' && keys.includes(systemKey(name)));
}

/** Every gate, in the order in which they are shown; all of them always, so that nobody wonders about one. */
export function gatesOf(
  contender: Contender,
  need: Need,
  settings: MatchingSettings,
  today: LocalDate,
): readonly Gate[] {
  const { profile, isOnContract } = contender;
  const free = freeHours(contender);
  const expectedOn = screenedOn(profile, settings, today);
  const neededOn = startOf(need, today);
  const because = conflictOf(profile, need);
  const held = tierHeld(profile, settings);
  const missing = need.mustHave.filter((key) => !meets(profile, key, settings.coveredFrom));
  return [
    { key: 'contract', isPassed: isOnContract },
    { key: 'confirmed', isPassed: profile.confirmed !== null, version: profile.version },
    {
      key: 'screening',
      isPassed: expectedOn <= neededOn,
      state: profile.screening,
      expectedOn,
      neededOn,
    },
    { key: 'hours', isPassed: free >= need.hoursPerWeek, free, needed: need.hoursPerWeek },
    { key: 'conflict', isPassed: because === null, because },
    {
      key: 'location',
      isPassed: reaches(LOCATIONS, profile.location, need.location),
      able: profile.location,
      needed: need.location,
    },
    { key: 'fti', isPassed: !need.needsFti || profile.hasFtiExperience, isNeeded: need.needsFti },
    {
      key: 'certification',
      isPassed: reaches(CERTIFICATION_TIERS, held, need.certificationTier),
      held,
      needed: need.certificationTier,
    },
    { key: 'must-have', isPassed: missing.length === 0, asked: need.mustHave.length, missing },
  ];
}

/** Whoever develops or assesses the system can't be its ISSO as well (ARS AC-5). */
function conflictOf({ develops, assesses }: IssoProfile, need: Need): 'develops' | 'assesses' | null {
  if (namesSystem(develops, need)) return 'develops';
  return namesSystem(assesses, need) ? 'assesses' : null;
}
