/** Who has the next move in an engagement, and which (domain reference 2.1, column "owner of the next move"). Pure. */
import type { Engagement, WaitingSide } from './engagement.ts';
import { isLetterProcessed, SIGNATURES, type Signature } from './engagement-matching.ts';

/** What somebody is to do next. */
export const NEXT_MOVES = [
  'confirm-draft',
  'answer-ispg',
  'triage',
  'arrange-kickoff',
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

const SIGNER: Readonly<Record<Signature, WaitingSide>> = {
  isso: 'service_isso',
  businessOwner: 'business_owner',
  ciso: 'ciso',
};

/** All moves that are open now, the one that others wait for first; empty when the engagement has ended. */
export function nextMoves(engagement: Engagement): readonly NextMove[] {
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
      return one('ispg', 'arrange-kickoff');
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
      return engagement satisfies never;
  }
}

function candidateMoves({ course: { candidate, funding } }: Engagement): readonly NextMove[] {
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

function onboardingMoves({ course: { letter } }: Engagement): readonly NextMove[] {
  const open = SIGNATURES.find((signature) => letter[signature] === null);
  // The first signature comes with the onboarding itself; the others wait for the one before.
  const sign: readonly NextMove[] =
    open && open !== 'isso' ? [{ side: SIGNER[open], what: 'sign-letter' }] : [];
  return isLetterProcessed(letter)
    ? [{ side: 'gtl', what: 'confirm-start' }]
    : [{ side: 'contractor', what: 'onboard' }, ...sign];
}

function extensionMoves({ course: { extension } }: Engagement): readonly NextMove[] {
  if (!extension) return [];
  if (extension.endOn === null && extension.wish === null)
    return [{ side: 'business_owner', what: 'say-wish' }];
  // To end is the GTL's to carry out.
  if (extension.wish === 'end') return [{ side: 'gtl', what: 'settle-wish' }];
  return (['gtl', 'cor'] as const)
    .filter((side) => extension[side] === null)
    .map((side) => ({ side, what: 'approve-extension' }));
}

function replacementMoves({ course: { reassignment } }: Engagement): readonly NextMove[] {
  const replacement = reassignment?.replacement;
  if (replacement && !replacement.ispg) return [{ side: 'ispg', what: 'answer-replacement' }];
  if (replacement && !replacement.businessOwner)
    return [{ side: 'business_owner', what: 'answer-replacement' }];
  return [{ side: 'contractor', what: 'replace' }];
}
