/** What a Service ISSO can do and what an engagement asks for, in the words of both forms (domain reference part 7). Plain data. */
import type { FipsLevel } from './context-facts.ts';
import type { Mark, Tier } from './course.ts';
import type { PersonId } from './ids.ts';
import type { LocalDate } from './time.ts';

/** The six qualification areas of the programme page (domain reference 7.3). */
export const AREAS = ['q_standards', 'q_it', 'q_disciplines', 'q_program', 'q_risk', 'q_leadership'] as const;
export type Area = (typeof AREAS)[number];

/** How well somebody knows an area, or how well it is asked for. */
export const AREA_LEVELS = [1, 2, 3, 4] as const;
export type AreaLevel = (typeof AREA_LEVELS)[number];
export type AreaLevels = Readonly<Record<Area, AreaLevel>>;

/** How far somebody does a task, from 0 to 4 (domain reference 7.5). */
export const RATINGS = ['none', 'aware', 'with_help', 'alone', 'leads'] as const;
export type Rating = 0 | 1 | 2 | 3 | 4;
export const RATING_OF: Readonly<Record<(typeof RATINGS)[number], Rating>> = {
  none: 0,
  aware: 1,
  with_help: 2,
  alone: 3,
  leads: 4,
};

// Each of these scales rises: a later word covers every earlier one.
export const CERTIFICATION_TIERS = ['none', 'lower', 'upper'] as const;
export type CertificationTier = (typeof CERTIFICATION_TIERS)[number];
/** How far security screening is; only the state is kept, never what was found. */
export const SCREENINGS = ['none', 'requested', 'interim', 'full'] as const;
export type Screening = (typeof SCREENINGS)[number];
export const LOCATIONS = ['remote', 'hybrid', 'on_site'] as const;
export type Location = (typeof LOCATIONS)[number];
/** Overall impact levels of FIPS 199 that somebody can have handled. */
export const IMPACTS = ['low', 'moderate', 'high'] as const satisfies readonly FipsLevel[];
export type Impact = (typeof IMPACTS)[number];

/** True when `have` stands at least as high on `scale` as `want`; `null` stands below everything. */
export function reaches<T>(scale: readonly T[], have: T | null, want: T): boolean {
  return have !== null && scale.indexOf(have) >= scale.indexOf(want);
}

/**
 * What a Service ISSO says of themselves, one version of it. `ratings` go by task key, `confirmed` is the mark of the
 * Service ISSO Lead on this very version: without it no rating counts.
 */
export interface IssoProfile {
  readonly personId: PersonId;
  readonly version: number;
  readonly confirmed: Mark | null;
  readonly ratings: Readonly<Record<string, Rating>>;
  readonly areas: AreaLevels;
  /** Keys of certifications that are held now. */
  readonly certifications: readonly string[];
  /** NICE competency areas, such as `NF-COM-004`. */
  readonly competencies: readonly string[];
  readonly experienceYears: number;
  /** Took at least one system through a whole authorization. */
  readonly hasFullAto: boolean;
  /** Led work under FISMA. */
  readonly hasLedFisma: boolean;
  readonly screening: Screening;
  /** Hours a week that they can work on all engagements together. */
  readonly capacityHours: number;
  /** From when they could begin with another engagement; null for now. */
  readonly availableOn: LocalDate | null;
  /** How often they can come to a site: the later words include the earlier ones. */
  readonly location: Location;
  /** Hours a day, of those between 9:00 and 17:00 Eastern, at which they work. */
  readonly overlapHours: number;
  readonly dataKinds: readonly string[];
  readonly hasFtiExperience: boolean;
  /** The highest level handled; null for none. */
  readonly fipsHighest: Impact | null;
  readonly hasHandledHva: boolean;
  readonly hasHandledMef: boolean;
  readonly hosting: readonly string[];
  readonly deliveryModels: readonly string[];
  /** Component keys they worked for. */
  readonly pastComponents: readonly string[];
  /** Names of systems, as typed: worked on as ISSO, developed or maintained, assessed. */
  readonly pastSystems: readonly string[];
  readonly develops: readonly string[];
  readonly assesses: readonly string[];
}

/** What an engagement asks of its Service ISSO: the skillset categorization, one version of it (domain reference 7.5). */
export interface SkillProfile {
  readonly tier: Tier;
  readonly tasks: readonly string[];
  readonly areas: AreaLevels;
  /** Ids of NICE work roles, of the release in `niceRelease`. */
  readonly niceRoles: readonly string[];
  readonly niceRelease: string;
  /** Keys of tasks, experiences or NICE competency areas (see `meets`). */
  readonly mustHave: readonly string[];
  readonly niceToHave: readonly string[];
  readonly certificationTier: CertificationTier;
  readonly experienceBand: Tier;
  readonly hoursPerWeek: number;
  readonly location: Location;
  readonly overlapHours: number;
  readonly dataKinds: readonly string[];
}

/** Experience that can be asked for by name, beside tasks and NICE competency areas. */
export const EXPERIENCES = [
  'handled_pii',
  'handled_phi',
  'handled_fti',
  'handled_fips_high',
  'handled_hva',
  'handled_mef',
  'full_ato',
  'led_fisma',
] as const;
export type Experience = (typeof EXPERIENCES)[number];

const HAS: Readonly<Record<Experience, (profile: IssoProfile) => boolean>> = {
  handled_pii: ({ dataKinds }) => dataKinds.includes('pii'),
  handled_phi: ({ dataKinds }) => dataKinds.includes('phi'),
  handled_fti: ({ hasFtiExperience }) => hasFtiExperience,
  handled_fips_high: ({ fipsHighest }) => fipsHighest === 'high',
  handled_hva: ({ hasHandledHva }) => hasHandledHva,
  handled_mef: ({ hasHandledMef }) => hasHandledMef,
  full_ato: ({ hasFullAto }) => hasFullAto,
  led_fisma: ({ hasLedFisma }) => hasLedFisma,
};

const isExperience = (key: string): key is Experience => EXPERIENCES.some((each) => each === key);

/** The rating of a task that counts: 0 until the Service ISSO Lead has confirmed the profile. */
export function countedRating({ confirmed, ratings }: IssoProfile, task: string): Rating {
  return confirmed && Object.hasOwn(ratings, task) ? (ratings[task] ?? 0) : 0;
}

/**
 * True when the profile has what a must-have or nice-to-have names: an experience, a NICE competency area, or a task
 * rated at least `coveredFrom` and confirmed.
 */
export function meets(profile: IssoProfile, requirement: string, coveredFrom: Rating): boolean {
  if (isExperience(requirement)) return HAS[requirement](profile);
  return (
    profile.competencies.includes(requirement) ||
    countedRating(profile, requirement) >= Math.max(coveredFrom, 1)
  );
}

/** What a band of experience asks for (domain reference 7.4). */
export interface ExperienceBand {
  readonly years: number;
  /** Each of these; within one of them, any. */
  readonly needs: readonly (readonly Experience[])[];
}

/** True when the profile has the years and the kinds of work of the band. */
export function isInBand(profile: IssoProfile, { years, needs }: ExperienceBand): boolean {
  return profile.experienceYears >= years && needs.every((any) => any.some((each) => HAS[each](profile)));
}
