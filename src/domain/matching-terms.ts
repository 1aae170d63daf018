/** The terms of matching: what is needed, who is looked at, by which figures (domain reference 7.5). Plain data. */
import { overallFips } from './context.ts';
import type { ContextFacts } from './context-facts.ts';
import type { Tier } from './course.ts';
import type { PersonId } from './ids.ts';
import type {
  CertificationTier,
  ExperienceBand,
  Impact,
  IssoProfile,
  Rating,
  Screening,
  SkillProfile,
} from './skills.ts';
import type { LocalDate } from './time.ts';

/** What the request and its form say of the engagement, beside its skill profile. */
export interface NeedFacts {
  readonly component: string;
  readonly systemName: string;
  readonly systemAcronym: string | null;
  readonly wantedStartOn: LocalDate;
}

/** What a Service ISSO is looked for to do, and on what kind of system. */
export type Need = NeedFacts &
  Omit<SkillProfile, 'niceRoles' | 'niceRelease'> & {
    /** Null: not categorized. */
    readonly fipsOverall: Impact | null;
    readonly isHva: boolean;
    readonly supportsMef: boolean;
    /** Null: not decided. */
    readonly hosting: string | null;
    /** Null: not live, or nobody said. */
    readonly deliveryModel: string | null;
    /** Federal tax information makes experience with it a hard gate. */
    readonly needsFti: boolean;
  };

/** What the context assessment says that matters here. */
type AssessedFacts = Pick<
  ContextFacts,
  'fips' | 'highValueAsset' | 'missionEssential' | 'hosting' | 'delivery'
>;

/** The need of an engagement, from its skill profile, its form and its context assessment. What nobody knows is not asked for. */
export function needOf(profile: SkillProfile, about: NeedFacts, assessed: AssessedFacts): Need {
  const { niceRoles: _roles, niceRelease: _release, ...asked } = profile;
  const fips = overallFips(assessed.fips);
  return {
    ...asked,
    ...about,
    fipsOverall: fips === 'not_categorized' ? null : fips,
    isHva: assessed.highValueAsset === 'yes',
    supportsMef: assessed.missionEssential === 'yes',
    hosting: assessed.hosting === 'not_decided' ? null : assessed.hosting,
    deliveryModel: assessed.delivery === 'not_live' ? null : assessed.delivery,
    needsFti: profile.dataKinds.includes('fti'),
  };
}

/** Somebody who is looked at for an engagement. */
export interface Contender {
  readonly profile: IssoProfile;
  readonly isOnContract: boolean;
  /** Hours a week that their engagements take now. */
  readonly loadHours: number;
}

/** The figures of matching. Points are whole; the weights of the parts add up to 100. */
export interface MatchingSettings {
  readonly weights: Readonly<Record<PartKey, number>>;
  /** A task counts from this rating on. */
  readonly coveredFrom: Rating;
  /** How much each circumstance counts against the others that the system has. */
  readonly context: Readonly<
    Record<'fips' | 'hva' | 'mef' | 'dataKind' | 'hosting' | 'deliveryModel', number>
  >;
  /** Points for the tier that is asked for; for the upper tier and each extra, together up to the rest of the part. */
  readonly certification: Readonly<Record<'tier' | 'upper' | 'privacy' | 'other', number>>;
  readonly availability: Readonly<Record<'start' | 'hours' | 'overlap', number>>;
  /** A start so many days late earns nothing; half of them late, half the points. */
  readonly lateDays: number;
  readonly continuity: Readonly<Record<'system' | 'component', number>>;
  readonly bands: { readonly strong: number; readonly workable: number };
  /** Days until screening allows access, from today (domain reference 4.3). */
  readonly screeningDays: Readonly<Record<Screening, number>>;
  readonly certifications: Readonly<Record<string, CertificationWorth>>;
  readonly experience: Readonly<Record<Tier, ExperienceBand>>;
  /** How many are put forward. */
  readonly top: number;
}

export interface CertificationWorth {
  /** Null: in neither tier of the matrix. */
  readonly tier: Exclude<CertificationTier, 'none'> | null;
  readonly extra: 'privacy' | 'other' | null;
}

/** The parts of the score, in the order in which they are shown. */
export const PARTS = ['tasks', 'areas', 'context', 'certification', 'availability', 'continuity'] as const;
export type PartKey = (typeof PARTS)[number];

/** One thing that a part looks at. `have` and `asked` are there where it is a matter of more or less. */
export interface ScoreItem {
  /** A key of a task, an area, a circumstance (`data:phi`, `hosting:saas`) or of the part's own. */
  readonly key: string;
  readonly isMet: boolean;
  readonly have?: number;
  readonly asked?: number;
}

/** One part of the score, with what earned its points and what didn't. */
export interface ScorePart {
  readonly key: PartKey;
  /** Whole points, from 0 to `of`. */
  readonly points: number;
  readonly of: number;
  readonly items: readonly ScoreItem[];
}

/** A hard gate, with why it is open or shut. */
export type Gate = { readonly isPassed: boolean } & (
  | { readonly key: 'contract' }
  | { readonly key: 'confirmed'; readonly version: number }
  | {
      readonly key: 'screening';
      readonly state: Screening;
      /** When screening is expected to allow access, and by when it must. */
      readonly expectedOn: LocalDate;
      readonly neededOn: LocalDate;
    }
  | { readonly key: 'hours'; readonly free: number; readonly needed: number }
  | { readonly key: 'conflict'; readonly because: 'develops' | 'assesses' | null }
  | {
      readonly key: 'location';
      readonly able: SkillProfile['location'];
      readonly needed: SkillProfile['location'];
    }
  | { readonly key: 'fti'; readonly isNeeded: boolean }
  | {
      readonly key: 'certification';
      readonly held: CertificationTier;
      readonly needed: CertificationTier;
    }
  | { readonly key: 'must-have'; readonly asked: number; readonly missing: readonly string[] }
);
export type GateKey = Gate['key'];

/** Something that is asked for and not there. */
export interface Gap {
  readonly kind: 'task' | 'area' | 'context' | 'certification' | 'experience';
  readonly key: string;
}

export type Band = 'strong' | 'workable' | 'weak';

/** How somebody fits a need, with every reason; plain data that can be kept with a proposal. */
export interface Fit {
  readonly personId: PersonId;
  readonly profileVersion: number;
  readonly gates: readonly Gate[];
  /** Every gate is passed. */
  readonly isEligible: boolean;
  readonly parts: readonly ScorePart[];
  /** The sum of the parts' points, 0 to 100. */
  readonly score: number;
  readonly band: Band;
  readonly gaps: readonly Gap[];
  readonly niceToHave: readonly ScoreItem[];
  readonly experienceYears: number;
  /** Earliest day on which they could start. */
  readonly readyOn: LocalDate;
  readonly loadHours: number;
  readonly freeHours: number;
}
