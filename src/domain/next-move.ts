/** Who has the next move in an engagement, and which (domain reference 2.1, column "owner of the next move"). Pure. */
import type { Engagement, WaitingSide } from './engagement.ts';
import { isLetterProcessed, SIGNATURES, type Signature } from './engagement-matching.ts';
import type { KickoffNow } from './kickoff-stands.ts';

/** What somebody is to do next. */
export const NEXT_MOVES = [
  'confirm-draft',
  'answer-ispg',
  'triage',
  'arrange-kickoff',
  'choose-kickoff',
  'answer-kickoff',
  'record-kickoff',
  'complete-form',
  'confirm-context',
  'settle-skills',
  'propose-candidate',
  'allow-exception',
  'answer-candidate',
  'confirm-funding',
  'start-onboarding',
  'sign-letter',
  'onboard',
  'confirm-start',
  'work',
  'resume',
  'say-wish',
  'approve-extension',
  'settle-wish',
  'answer-replacement',
  'replace',
  'off-board',
  'close',
] as const;
export type NextMoveName = (typeof NEXT_MOVES)[number];

export interface NextMove {
  readonly side: WaitingSide;
  readonly what: NextMoveName;
}

/** Who signs what. */
export const SIGNER: Readonly<Record<Signature, WaitingSide>> = {
  isso: 'service_isso',
  businessOwner: 'business_owner',
  ciso: 'ciso',
};

/** What tells whose move it is. */
export type Moving = Pick<Engagement, 'state' | 'askedBack' | 'course'>;

/**
 * All moves that are open now, the one that others wait for first; empty when the engagement has ended, and while a
 * kickoff that is booked lies ahead. `kickoff` is how that stands; null is for an engagement without one to arrange, and
 * counts as none on offer.
 */
export function nextMoves(engagement: Moving, kickoff: KickoffNow | null): readonly NextMove[] {
  const { course } = engagement;
  const one = (side: WaitingSide, what: NextMoveName): readonly NextMove[] => [{ side, what }];
  switch (engagement.state) {
    case 'DRAFT':
      return one('business_owner', 'confirm-draft');
    case 'REQUESTED': {
      const isAsked = engagement.askedBack !== null && engagement.askedBack.answer === null;
      return isAsked ? one('business_owner', 'answer-ispg') : one('ispg', 'triage');
    }
    case 'KICKOFF_PENDING':
      return kickoffMoves(kickoff);
    case 'KICKOFF_HELD':
      return one('ispg', 'complete-form');
    case 'FORM_COMPLETE':
      return (['ispg', 'contractor'] as const)
        .filter((side) => !course.context?.[side])
        .map((side) => ({ side, what: 'confirm-context' }));
    case 'CONTEXT_ASSESSED':
      return one('contractor', 'settle-skills');
    case 'SKILLS_CATEGORIZED':
    case 'MATCHING':
      return one('contractor', 'propose-candidate');
    case 'CANDIDATE_PROPOSED':
      return candidateMoves(engagement);
    case 'ISSO_IDENTIFIED':
      return one('contractor', 'start-onboarding');
    case 'ONBOARDING':
      return onboardingMoves(engagement);
    case 'ACTIVE':
      return one('service_isso', 'work');
    case 'PAUSED':
      return one('gtl', 'resume');
    case 'EXTENSION_REVIEW':
      return extensionMoves(engagement);
    case 'REASSIGNING':
      return replacementMoves(engagement);
    case 'OFFBOARDING':
      return course.offBoarding?.done ? one('gtl', 'close') : one('contractor', 'off-board');
    case 'CLOSED':
    case 'WITHDRAWN':
    case 'DECLINED':
      return [];
    default:
      return engagement.state satisfies never;
  }
}

function kickoffMoves(kickoff: KickoffNow | null): readonly NextMove[] {
  switch (kickoff?.stands) {
    case 'offered':
      return [{ side: 'business_owner', what: 'choose-kickoff' }];
    case 'proposed':
      return [{ side: 'ispg', what: 'answer-kickoff' }];
    case 'booked':
      return [];
    case 'to-record':
      return [{ side: 'ispg', what: 'record-kickoff' }];
    default:
      return [{ side: 'ispg', what: 'arrange-kickoff' }];
  }
}

function candidateMoves({ course: { candidate, funding } }: Moving): readonly NextMove[] {
  if (!candidate) return [];
  const money: readonly NextMove[] = funding
    ? []
    : [
        { side: 'cor', what: 'confirm-funding' },
        { side: 'gtl', what: 'confirm-funding' },
      ];
  if (candidate.exception !== null && !candidate.exceptionAllowed)
    return [{ side: 'gtl', what: 'allow-exception' }];
  if (!candidate.ispg) return [{ side: 'ispg', what: 'answer-candidate' }, ...money];
  if (!candidate.businessOwner) return [{ side: 'business_owner', what: 'answer-candidate' }, ...money];
  return money;
}

function onboardingMoves({ course: { letter } }: Moving): readonly NextMove[] {
  const open = SIGNATURES.find((signature) => letter[signature] === null);
  // The first signature comes with the onboarding itself; the others wait for the one before.
  const sign: readonly NextMove[] =
    open && open !== 'isso' ? [{ side: SIGNER[open], what: 'sign-letter' }] : [];
  return isLetterProcessed(letter)
    ? [{ side: 'gtl', what: 'confirm-start' }]
    : [{ side: 'contractor', what: 'onboard' }, ...sign];
}

function extensionMoves({ course: { extension } }: Moving): readonly NextMove[] {
  if (!extension) return [];
  if (extension.endOn === null && extension.wish === null)
    return [{ side: 'business_owner', what: 'say-wish' }];
  // To end is the GTL's to carry out.
  if (extension.wish === 'end') return [{ side: 'gtl', what: 'settle-wish' }];
  return (['gtl', 'cor'] as const)
    .filter((side) => extension[side] === null)
    .map((side) => ({ side, what: 'approve-extension' }));
}

function replacementMoves({ course: { reassignment } }: Moving): readonly NextMove[] {
  const replacement = reassignment?.replacement;
  if (replacement && !replacement.ispg) return [{ side: 'ispg', what: 'answer-replacement' }];
  if (replacement && !replacement.businessOwner)
    return [{ side: 'business_owner', what: 'answer-replacement' }];
  return [{ side: 'contractor', what: 'replace' }];
}
