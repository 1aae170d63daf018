import { type Course, isInForce, type Membership, NEW_COURSE } from './course.ts';
import {
  DECLINABLE_STATES,
  type EngagementState,
  type FinalState,
  isFinal,
  type OpenState,
  WITHDRAWABLE_STATES,
} from './engagement-states.ts';
import type { EngagementId, PersonId, RequestNumber } from './ids.ts';
import type { Result } from './result.ts';
import { accepted, refused } from './result.ts';
import type { LocalDate } from './time.ts';

/** One answer, kept with the question as it was asked, so that an old request reads as it was filed. */
export interface StoredAnswer {
  readonly key: string;
  /** The question's short name, for rows. */
  readonly label: string;
  readonly asked: string;
  /** The value as the form's schema gives it. */
  readonly value: unknown;
  /** The value as people read it. */
  readonly shown: string;
}

/** Why a request ended: a reason code of domain reference 2.2, a note in somebody's words, who said so. */
export interface Ending {
  readonly reason: string;
  readonly note: string | null;
  readonly byId: PersonId;
  readonly at: Date;
}

/** ISPG's question back to the requester while the request waits for triage. */
export interface AskedBack {
  readonly question: string;
  readonly byId: PersonId;
  readonly at: Date;
  readonly answer: string | null;
}

interface EngagementFacts {
  readonly id: EngagementId;
  readonly number: RequestNumber;
  /** Key of the offering asked for, such as `issoaas`. */
  readonly offering: string;
  readonly formVersion: number;
  /** Rises by one with every change; a card with an older one is stale. */
  readonly version: number;
  readonly component: string;
  readonly systemName: string;
  /** The system's name folded for comparison (see `systemKey`). */
  readonly systemKey: string;
  readonly answers: readonly StoredAnswer[];
  /** Who typed the request: the Business Owner or somebody acting for them. */
  readonly requesterId: PersonId;
  readonly businessOwnerId: PersonId;
  readonly craId: PersonId | null;
  /** People who joined the request, beside requester, owner and advisor. */
  readonly memberIds: readonly PersonId[];
  readonly askedBack: AskedBack | null;
  readonly createdAt: Date;
  readonly submittedAt: Date | null;
  /** When the present state began. */
  readonly stateSinceAt: Date;
  /** Who accepted the request at triage and so owns the next move in ISPG. */
  readonly triagedById: PersonId | null;
  /** What happened after the kickoff. */
  readonly course: Course;
  /** Who takes part beside the requesting side, in which role; ended ones are kept. */
  readonly memberships: readonly Membership[];
}

export type Engagement = EngagementFacts &
  (
    | { readonly state: OpenState; readonly ending: null }
    | { readonly state: FinalState; readonly ending: Ending }
  );

/** A request about to be written down, before it has a state. */
export type NewRequest = Pick<
  Engagement,
  | 'id'
  | 'number'
  | 'offering'
  | 'formVersion'
  | 'component'
  | 'systemName'
  | 'answers'
  | 'requesterId'
  | 'businessOwnerId'
  | 'craId'
>;

/** What a verb makes: the engagement as it is now, and the states for the record. */
export interface Change {
  readonly engagement: Engagement;
  readonly from: EngagementState | null;
}

/** Why a verb is refused: the request is in a state in which that cannot be done, or nothing would change. */
export type EngagementRefusal =
  | { readonly code: 'wrong-state'; readonly state: EngagementState }
  | {
      readonly code: 'not-represented';
      readonly missing: readonly ('business_owner' | 'ispg' | 'contractor')[];
    }
  | { readonly code: 'nothing-asked' }
  | { readonly code: 'already-member' }
  /** What must be there first, as keys: of questions, gate items, lines of a card. */
  | { readonly code: 'incomplete'; readonly missing: readonly string[] }
  | { readonly code: 'already-done' }
  /** Somebody else has to do something first. */
  | { readonly code: 'waits-for'; readonly side: WaitingSide }
  /** Two people are needed, and this is the same one. */
  | { readonly code: 'same-person' }
  | {
      readonly code: 'bad-day';
      readonly because: 'past' | 'before-start' | 'too-far';
      readonly limitOn: LocalDate;
    }
  | { readonly code: 'exception-needed' }
  | { readonly code: 'is-candidate-of-another' };

/** Who has to do something first. */
export type WaitingSide = 'ispg' | 'contractor' | 'business_owner' | 'gtl' | 'cor' | 'service_isso' | 'ciso';

export type Changed = Result<Change, EngagementRefusal>;

/** The system's name folded for comparison: case, accents, punctuation and the word "system" do not make another system. */
export function systemKey(name: string): string {
  const folded = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  const words = folded.split(' ').filter((word) => word !== 'the' && word !== 'system');
  return words.join(' ') || folded;
}

/**
 * T1 and T2: a request filed by the Business Owner is `REQUESTED` at once; one filed for somebody else is a
 * `DRAFT` until the Business Owner confirms it.
 */
export function fileRequest(request: NewRequest, now: Date): Change {
  const facts = {
    ...request,
    version: 1,
    systemKey: systemKey(request.systemName),
    memberIds: [],
    askedBack: null,
    createdAt: now,
    stateSinceAt: now,
    triagedById: null,
    course: NEW_COURSE,
    memberships: [],
    ending: null,
  };
  const ownRequest = request.requesterId === request.businessOwnerId;
  const engagement: Engagement = ownRequest
    ? { ...facts, state: 'REQUESTED', submittedAt: now }
    : { ...facts, state: 'DRAFT', submittedAt: null };
  return { engagement, from: null };
}

/** T2: the Business Owner confirms a draft written on their behalf. */
export function confirmDraft(engagement: Engagement, now: Date): Changed {
  if (engagement.state !== 'DRAFT') return wrongState(engagement);
  return accepted(
    moved(engagement, { state: 'REQUESTED', submittedAt: now, stateSinceAt: now, ending: null }),
  );
}

/** T3: ISPG accepts the request; `byId` owns the next move. */
export function acceptRequest(engagement: Engagement, byId: PersonId, now: Date): Changed {
  if (engagement.state !== 'REQUESTED') return wrongState(engagement);
  return accepted(
    moved(engagement, { state: 'KICKOFF_PENDING', triagedById: byId, stateSinceAt: now, ending: null }),
  );
}

/** ISPG asks the requester something before deciding; a new question replaces an answered or older one. */
export function askBack(engagement: Engagement, question: string, byId: PersonId, now: Date): Changed {
  if (engagement.state !== 'REQUESTED') return wrongState(engagement);
  return accepted(moved(engagement, { askedBack: { question, byId, at: now, answer: null } }));
}

/** The requester answers ISPG's question. Refused when none is open. */
export function answerAskBack(engagement: Engagement, answer: string): Changed {
  if (engagement.state !== 'REQUESTED') return wrongState(engagement);
  if (!engagement.askedBack || engagement.askedBack.answer !== null)
    return refused({ code: 'nothing-asked' });
  return accepted(moved(engagement, { askedBack: { ...engagement.askedBack, answer } }));
}

/** True while answers can be corrected: until the kickoff is held. */
export const isAmendable = ({ state }: Pick<Engagement, 'state'>): boolean =>
  state === 'DRAFT' || state === 'REQUESTED' || state === 'KICKOFF_PENDING';

/** T26: answers corrected before the kickoff is held; the state stays. */
export function amendRequest(
  engagement: Engagement,
  amended: Pick<Engagement, 'answers' | 'component' | 'systemName' | 'craId' | 'formVersion'>,
): Changed {
  if (!isAmendable(engagement)) return wrongState(engagement);
  return accepted(moved(engagement, { ...amended, systemKey: systemKey(amended.systemName) }));
}

/** T23: the Business Owner takes the request back; whoever was proposed for it is free again. */
export function withdrawRequest(engagement: Engagement, ending: Ending): Changed {
  const { candidate, passedOver } = engagement.course;
  if (!candidate) return end(engagement, 'WITHDRAWN', WITHDRAWABLE_STATES, ending);
  const by = { byId: ending.byId, at: ending.at };
  const free = {
    personId: candidate.personId,
    reason: ending.reason,
    side: 'business_owner' as const,
    by,
  };
  return end(engagement, 'WITHDRAWN', WITHDRAWABLE_STATES, ending, {
    candidate: null,
    passedOver: [...passedOver, free],
  });
}

/** T24: ISPG does not accept the request. */
export function declineRequest(engagement: Engagement, ending: Ending): Changed {
  return end(engagement, 'DECLINED', DECLINABLE_STATES, ending);
}

/** Who was at the kickoff, by the three parties that must be there (guard of T4). */
export interface Represented {
  readonly business_owner: boolean;
  readonly ispg: boolean;
  readonly contractor: boolean;
}

/** T4: the kickoff was held. Refused unless Business Owner, ISPG and contractor were all represented. */
export function holdKickoff(engagement: Engagement, present: Represented, now: Date): Changed {
  if (engagement.state !== 'KICKOFF_PENDING') return wrongState(engagement);
  const parties = ['business_owner', 'ispg', 'contractor'] as const;
  const missing = parties.filter((party) => !present[party]);
  if (missing.length > 0) return refused({ code: 'not-represented', missing });
  return accepted(moved(engagement, { state: 'KICKOFF_HELD', stateSinceAt: now, ending: null }));
}

/** Somebody with the same need joins an open request instead of filing a second one. */
export function joinRequest(engagement: Engagement, personId: PersonId): Changed {
  if (isFinal(engagement.state)) return wrongState(engagement);
  if (partiesOf(engagement).includes(personId)) return refused({ code: 'already-member' });
  return accepted(moved(engagement, { memberIds: [...engagement.memberIds, personId] }));
}

/** Everybody on the requesting side: owner, requester, advisor and those who joined; each once. */
export function partiesOf(engagement: Engagement): readonly PersonId[] {
  const { businessOwnerId, requesterId, craId, memberIds } = engagement;
  return [...new Set([businessOwnerId, requesterId, ...(craId ? [craId] : []), ...memberIds])];
}

/** Everybody who takes part by a role in this engagement now, the Service ISSO among them; each once. */
export function assignedIdsOf({
  course,
  memberships,
}: Pick<Engagement, 'course' | 'memberships'>): readonly PersonId[] {
  const members = memberships.filter(isInForce).map(({ personId }) => personId);
  return [...new Set([...(course.serviceIssoId ? [course.serviceIssoId] : []), ...members])];
}

function end(
  engagement: Engagement,
  state: 'WITHDRAWN' | 'DECLINED',
  from: readonly EngagementState[],
  ending: Ending,
  course: Partial<Course> = {},
): Changed {
  if (!from.includes(engagement.state)) return wrongState(engagement);
  return accepted(
    moved(engagement, {
      state,
      stateSinceAt: ending.at,
      ending,
      course: { ...engagement.course, ...course },
    }),
  );
}

type Moved =
  | { readonly state: FinalState; readonly ending: Ending }
  | { readonly state: OpenState; readonly ending: null }
  | { readonly state?: never };

/** The engagement after a change, one version on; the state's own beginning is the caller's to say. */
export function moved(engagement: Engagement, change: Partial<EngagementFacts> & Moved): Change {
  const next = { ...engagement, ...change, version: engagement.version + 1 } as Engagement;
  return { engagement: next, from: engagement.state };
}

/** The engagement in an open state since `now`, with what its course has become. */
export function stepped(
  engagement: Engagement,
  state: OpenState,
  course: Partial<Course>,
  now: Date,
  memberships: readonly Membership[] = engagement.memberships,
): Change {
  return moved(engagement, {
    state,
    ending: null,
    stateSinceAt: now,
    course: { ...engagement.course, ...course },
    memberships,
  });
}

/** The engagement in the state it was in, with what its course has become. */
export const continued = (engagement: Engagement, course: Partial<Course>): Change =>
  moved(engagement, { course: { ...engagement.course, ...course } });

export function wrongState(engagement: Engagement): { ok: false; refusal: EngagementRefusal } {
  return refused({ code: 'wrong-state', state: engagement.state });
}
