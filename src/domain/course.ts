/** What happens to an engagement after its kickoff, as the engagement itself keeps it. Plain data. */
import type { PersonId, RequestNumber } from './ids.ts';
import type { Role } from './person.ts';
import type { LocalDate } from './time.ts';

/** Who did something, and when. */
export interface Mark {
  readonly byId: PersonId;
  readonly at: Date;
}

/** How much an engagement asks of its Service ISSO (domain reference 3.5). */
export const TIERS = ['basic', 'standard', 'complex'] as const;
export type Tier = (typeof TIERS)[number];

/** The context assessment as it was settled: score and tier of the paper's version, both sides' confirmations. */
export interface ContextMark {
  readonly version: number;
  readonly score: number;
  readonly tier: Tier;
  /** Null while nobody knows. */
  readonly isHva: boolean | null;
  readonly ispg: Mark | null;
  readonly contractor: Mark | null;
}

/** Somebody proposed as the Service ISSO, and who has said yes so far. */
export interface Candidate {
  readonly personId: PersonId;
  readonly proposed: Mark;
  /** Earliest day on which they could start. */
  readonly startOn: LocalDate;
  /** 0 to 100 (domain reference 7.5). */
  readonly score: number;
  /** Why somebody is proposed who fails a hard gate or scores too low; null when nobody needs to say. */
  readonly exception: string | null;
  /** The GTL's approval of the exception. */
  readonly exceptionAllowed: Mark | null;
  /** Why it is not the one on top of the shortlist; null when it is. */
  readonly whyNotTop: string | null;
  readonly ispg: Mark | null;
  readonly businessOwner: Mark | null;
}

/** A candidate who was declined and is free again. */
export interface PassedOver {
  readonly personId: PersonId;
  /** A reason code of domain reference 2.2. */
  readonly reason: string;
  readonly side: 'ispg' | 'business_owner';
  readonly by: Mark;
}

/** How long and how much the Service ISSO works; `endOn` null: on a continuous basis. */
export interface Term {
  readonly startOn: LocalDate;
  readonly endOn: LocalDate | null;
  readonly hoursPerWeek: number;
}

/** The days on which the ISSO Appointment Letter was signed, in its real order (domain reference 2.4). */
export interface Letter {
  readonly isso: LocalDate | null;
  readonly businessOwner: LocalDate | null;
  readonly ciso: LocalDate | null;
}

export interface Pause {
  readonly reason: string;
  readonly fromOn: LocalDate;
  readonly resumeOn: LocalDate;
  readonly by: Mark;
}

/** An extension under review; GTL and COR both approve it (T17). */
export interface Extension {
  readonly asked: Mark | null;
  /** Why, as a code: `term-ends`, `owner-asks`, `gtl-asks`. */
  readonly because: string;
  /** The end that is asked for; null while nobody has said. */
  readonly endOn: LocalDate | null;
  readonly gtl: Mark | null;
  readonly cor: Mark | null;
  /** What the Business Owner wishes; null while they have not answered. */
  readonly wish: 'extend' | 'end' | 'replace' | null;
}

/** The Service ISSO is being changed (T19). */
export interface Reassignment {
  readonly reason: string;
  readonly by: Mark;
  readonly outgoingId: PersonId;
  /** A named replacement whom ISPG and Business Owner accept; null: a new search. */
  readonly replacement: {
    readonly personId: PersonId;
    readonly ispg: Mark | null;
    readonly businessOwner: Mark | null;
  } | null;
}

export interface OffBoarding {
  readonly reason: string;
  readonly endOn: LocalDate;
  /** Who takes the work over. */
  readonly handOverId: PersonId;
  /** Null: the end came by itself. */
  readonly by: Mark | null;
  /** The contractor lead says that it is done; the GTL countersigns with the close. */
  readonly done: Mark | null;
}

/** The Business Owner tells the CISO within 30 days when the ISSO changes (domain reference 4.6, ARS CA-2 Std.3). */
export interface CisoNotice {
  readonly because: 'assignment' | 'reassignment' | 'off-boarding';
  readonly sinceOn: LocalDate;
  readonly dueOn: LocalDate;
  readonly doneOn: LocalDate | null;
}

/** Roles that a person can have in one engagement. */
export const MEMBER_ROLES = [
  'service_isso',
  'service_isso_lead',
  'existing_isso',
  'data_guardian',
  'developer_maintainer',
  'system_owner',
  'bo_delegate',
  'cor',
] as const satisfies readonly Role[];
export type MemberRole = (typeof MEMBER_ROLES)[number];

/** Somebody's part in an engagement. On a High Value Asset it counts only once a second person has approved it. */
export interface Membership {
  readonly personId: PersonId;
  readonly role: MemberRole;
  readonly granted: Mark;
  readonly second: Mark | null;
  readonly needsSecond: boolean;
  readonly ended: Mark | null;
}

/** True while the membership counts: not ended, and approved by two where two are needed. */
export const isInForce = ({ needsSecond, second, ended }: Membership): boolean =>
  ended === null && (!needsSecond || second !== null);

export interface Course {
  /** The Request Form as locked: which version of its paper. */
  readonly form: (Mark & { readonly version: number }) | null;
  readonly context: ContextMark | null;
  readonly skills: (Mark & { readonly version: number }) | null;
  readonly searchSince: Date | null;
  readonly candidate: Candidate | null;
  readonly passedOver: readonly PassedOver[];
  /** COR or GTL confirm that the money is there. */
  readonly funding: Mark | null;
  readonly serviceIssoId: PersonId | null;
  /** When onboarding began: day 0. */
  readonly dayZeroOn: LocalDate | null;
  readonly letter: Letter;
  readonly term: Term | null;
  /** Gate items the GTL let pass, with the reason (domain reference 2.4). */
  readonly gateException: (Mark & { readonly reason: string; readonly items: readonly string[] }) | null;
  readonly activeSinceOn: LocalDate | null;
  readonly pause: Pause | null;
  readonly extension: Extension | null;
  readonly reassignment: Reassignment | null;
  readonly offBoarding: OffBoarding | null;
  readonly cisoNotices: readonly CisoNotice[];
  /** How often work was sent back. */
  readonly timesSentBack: number;
  /** The ended request it is a copy of (T25). */
  readonly copyOf: RequestNumber | null;
}

export const UNSIGNED: Letter = { isso: null, businessOwner: null, ciso: null };

/** Nothing has happened yet. */
export const NEW_COURSE: Course = {
  form: null,
  context: null,
  skills: null,
  searchSince: null,
  candidate: null,
  passedOver: [],
  funding: null,
  serviceIssoId: null,
  dayZeroOn: null,
  letter: UNSIGNED,
  term: null,
  gateException: null,
  activeSinceOn: null,
  pause: null,
  extension: null,
  reassignment: null,
  offBoarding: null,
  cisoNotices: [],
  timesSentBack: 0,
  copyOf: null,
};
