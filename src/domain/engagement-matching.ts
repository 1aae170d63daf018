/** From the search to day 0: candidate, acceptances, funding, onboarding (domain reference 2.2: T9-T12). */
import type { Candidate, Letter, Mark, Membership, PassedOver, Term } from './course.ts';
import { UNSIGNED } from './course.ts';
import { type Change, type Changed, continued, type Engagement, stepped, wrongState } from './engagement.ts';
import { isFinal } from './engagement-states.ts';
import type { PersonId } from './ids.ts';
import { accepted, refused } from './result.ts';
import { addDays, type LocalDate } from './time.ts';

/** What the contractor lead says of the candidate they propose. */
export type Proposal = Pick<Candidate, 'personId' | 'startOn' | 'score' | 'exception' | 'whyNotTop'> & {
  /** A hard gate fails or the score is too low: the GTL has to allow it. */
  readonly needsException: boolean;
  readonly isTop: boolean;
};

/**
 * T9: a candidate is proposed. Refused when a gate fails without a written exception, and when it is not the one on top and
 * nobody says why.
 */
export function proposeCandidate(engagement: Engagement, proposal: Proposal, by: Mark): Changed {
  if (engagement.state !== 'MATCHING') return wrongState(engagement);
  const { needsException, isTop, exception, whyNotTop, personId, startOn, score } = proposal;
  if (needsException && exception === null) return refused({ code: 'exception-needed' });
  if (!isTop && whyNotTop === null) return refused({ code: 'incomplete', missing: ['why_not_top'] });
  const candidate: Candidate = {
    personId,
    startOn,
    score,
    proposed: by,
    exception: needsException ? exception : null,
    exceptionAllowed: null,
    whyNotTop: isTop ? null : whyNotTop,
    ispg: null,
    businessOwner: null,
  };
  return accepted(stepped(engagement, 'CANDIDATE_PROPOSED', { candidate }, by.at));
}

/** The GTL allows a candidate who needs an exception. */
export function allowException(engagement: Engagement, by: Mark): Changed {
  const { candidate } = engagement.course;
  if (engagement.state !== 'CANDIDATE_PROPOSED' || !candidate) return wrongState(engagement);
  if (candidate.exception === null || candidate.exceptionAllowed) return refused({ code: 'already-done' });
  return accepted(continued(engagement, { candidate: { ...candidate, exceptionAllowed: by } }));
}

/**
 * T10: ISPG accepts the candidate, then the Business Owner. With the funding confirmed the Service ISSO is identified; until
 * then the acceptances stand. One person can't accept for both.
 */
export function acceptCandidate(engagement: Engagement, side: 'ispg' | 'business_owner', by: Mark): Changed {
  const { candidate } = engagement.course;
  if (engagement.state !== 'CANDIDATE_PROPOSED' || !candidate) return wrongState(engagement);
  if (candidate.exception !== null && !candidate.exceptionAllowed)
    return refused({ code: 'waits-for', side: 'gtl' });
  if (side === 'ispg')
    return candidate.ispg
      ? refused({ code: 'already-done' })
      : accepted(identified(engagement, { ...candidate, ispg: by }, engagement.course.funding, by));
  if (!candidate.ispg) return refused({ code: 'waits-for', side: 'ispg' });
  if (candidate.businessOwner) return refused({ code: 'already-done' });
  if (candidate.ispg.byId === by.byId) return refused({ code: 'same-person' });
  return accepted(identified(engagement, { ...candidate, businessOwner: by }, engagement.course.funding, by));
}

/** COR or GTL confirm the funding; any time before the engagement ends or a Service ISSO is identified. */
export function confirmFunding(engagement: Engagement, by: Mark): Changed {
  const { course, state } = engagement;
  const isTooEarly = state === 'DRAFT' || state === 'REQUESTED' || state === 'KICKOFF_PENDING';
  if (isFinal(state) || isTooEarly) return wrongState(engagement);
  if (course.funding) return refused({ code: 'already-done' });
  if (state === 'CANDIDATE_PROPOSED' && course.candidate)
    return accepted(identified(engagement, course.candidate, by, by));
  return accepted(continued(engagement, { funding: by }));
}

/** The Service ISSO is identified once ISPG, Business Owner and funding stand together. */
function identified(
  engagement: Engagement,
  candidate: Candidate,
  funding: Mark | null,
  { at }: Mark,
): Change {
  if (!candidate.ispg || !candidate.businessOwner || !funding)
    return continued(engagement, { candidate, funding });
  const { personId, ispg, businessOwner } = candidate;
  return stepped(
    engagement,
    'ISSO_IDENTIFIED',
    { candidate, funding, serviceIssoId: personId, letter: UNSIGNED },
    at,
    withServiceIsso(engagement.memberships, personId, ispg, businessOwner),
  );
}

/** The Service ISSO's own membership, approved by ISPG and the Business Owner; whoever was it before is it no more. */
export function withServiceIsso(
  memberships: readonly Membership[],
  personId: PersonId,
  granted: Mark,
  second: Mark,
): readonly Membership[] {
  return [
    ...endedServiceIsso(memberships, second),
    { personId, role: 'service_isso', granted, second, needsSecond: true, ended: null },
  ];
}

export const endedServiceIsso = (memberships: readonly Membership[], by: Mark): readonly Membership[] =>
  memberships.map((each) =>
    each.role === 'service_isso' && each.ended === null ? { ...each, ended: by } : each,
  );

/**
 * T11: ISPG, or after it the Business Owner, declines the candidate, with a reason code; the candidate is free again. The Business
 * Owner has nobody to decline before ISPG has accepted.
 */
export function declineCandidate(
  engagement: Engagement,
  reason: string,
  side: PassedOver['side'],
  by: Mark,
): Changed {
  const { candidate, passedOver } = engagement.course;
  if (engagement.state !== 'CANDIDATE_PROPOSED' || !candidate) return wrongState(engagement);
  // They don't know who it is before.
  if (side === 'business_owner' && !candidate.ispg) return refused({ code: 'waits-for', side: 'ispg' });
  const gone: PassedOver = { personId: candidate.personId, reason, side, by };
  return accepted(
    stepped(
      engagement,
      'MATCHING',
      { candidate: null, passedOver: [...passedOver, gone], searchSince: by.at },
      by.at,
    ),
  );
}

/** T12: onboarding begins on day 0; the Information Card is made with it. Refused before the candidate's first possible day. */
export function beginOnboarding(
  engagement: Engagement,
  dayZeroOn: LocalDate,
  term: Term,
  now: Date,
): Changed {
  if (engagement.state !== 'ISSO_IDENTIFIED') return wrongState(engagement);
  const earliestOn = engagement.course.candidate?.startOn ?? dayZeroOn;
  if (dayZeroOn < earliestOn)
    return refused({ code: 'bad-day', because: 'before-start', limitOn: addDays(earliestOn, -1) });
  if (term.endOn !== null && term.endOn <= term.startOn)
    return refused({ code: 'bad-day', because: 'before-start', limitOn: term.startOn });
  return accepted(stepped(engagement, 'ONBOARDING', { dayZeroOn, term }, now));
}

/** The signatures of the ISSO Appointment Letter, in the order in which they are given (domain reference 2.4). */
export const SIGNATURES = ['isso', 'businessOwner', 'ciso'] as const satisfies readonly (keyof Letter)[];
export type Signature = (typeof SIGNATURES)[number];

const SIGNS: Readonly<Record<Signature, 'service_isso' | 'business_owner' | 'ciso'>> = {
  isso: 'service_isso',
  businessOwner: 'business_owner',
  ciso: 'ciso',
};

/** A signature of the appointment letter is noted; refused out of its order, twice, or on a day before the one before it. */
export function signLetter(engagement: Engagement, signature: Signature, on: LocalDate): Changed {
  const { state, course } = engagement;
  if (state !== 'ONBOARDING') return wrongState(engagement);
  const { letter } = course;
  if (letter[signature] !== null) return refused({ code: 'already-done' });
  const before = SIGNATURES.slice(0, SIGNATURES.indexOf(signature));
  const open = before.find((each) => letter[each] === null);
  if (open) return refused({ code: 'waits-for', side: SIGNS[open] });
  const last = before.at(-1);
  const lastOn = last ? letter[last] : null;
  if (lastOn !== null && on < lastOn)
    return refused({ code: 'bad-day', because: 'before-start', limitOn: addDays(lastOn, -1) });
  return accepted(continued(engagement, { letter: { ...letter, [signature]: on } }));
}

/** True when all three have signed: the hard gate before a Service ISSO may start on a system. */
export const isLetterProcessed = (letter: Letter): boolean =>
  SIGNATURES.every((signature) => letter[signature] !== null);
