/** The way to each state, by the verbs themselves, with a fixed cast: one person for each side. */
import type { Mark } from '../../src/domain/course.ts';
import {
  acceptRequest,
  askBack,
  type Change,
  type Changed,
  confirmDraft,
  declineRequest,
  type Engagement,
  fileRequest,
  holdKickoff,
  withdrawRequest,
} from '../../src/domain/engagement.ts';
import { beginOffBoarding, closeEngagement, reportOffBoarded } from '../../src/domain/engagement-ending.ts';
import {
  acceptCandidate,
  beginOnboarding,
  confirmFunding,
  proposeCandidate,
  signLetter,
} from '../../src/domain/engagement-matching.ts';
import { reassign } from '../../src/domain/engagement-replacement.ts';
import {
  beginSearch,
  categorizeSkills,
  confirmContext,
  lockForm,
} from '../../src/domain/engagement-scoping.ts';
import type { EngagementState } from '../../src/domain/engagement-states.ts';
import { activate, pauseEngagement, reviewExtension } from '../../src/domain/engagement-work.ts';

export const monday = new Date('2026-12-07T15:00:00Z');
export const later = new Date('2026-12-08T15:00:00Z');
export const ending = { reason: 'other', note: null, byId: 'ispg', at: later };
export const everybody = { business_owner: true, ispg: true, contractor: true };
export const mark = (byId: string): Mark => ({ byId, at: later });

export const request = {
  id: 'e1',
  number: 'ISSO-2026-0001',
  offering: 'issoaas',
  formVersion: 1,
  component: 'OIT',
  systemName: 'Claims Hub',
  answers: [],
  requesterId: 'cra',
  businessOwnerId: 'bo',
  craId: 'advisor',
};
export const draft = fileRequest(request, monday).engagement;

export type Step = (engagement: Engagement) => Changed;

export const complete = { version: 1, missing: [] };
export const noHva = { ...complete, score: 9, tier: 'standard', isHva: false } as const;
export const proposal = {
  personId: 'isso',
  startOn: '2027-01-11',
  score: 80,
  exception: null,
  whyNotTop: null,
  needsException: false,
  isTop: true,
} as const;
export const term = { startOn: '2027-01-11', endOn: '2028-01-10', hoursPerWeek: 20 };
export const done = (result: Changed): Change => {
  if (!result.ok) throw new Error(`refused: ${result.refusal.code}`);
  return result.value;
};
/** All of these, one after the other. */
export const walk = (from: Engagement, ...steps: readonly Step[]): Engagement =>
  steps.reduce((engagement, step) => done(step(engagement)).engagement, from);

const toRequested: readonly Step[] = [
  (e) => confirmDraft(e, later),
  (e) => askBack(e, 'Which release?', 'ispg', later),
];
const toPending: readonly Step[] = [...toRequested, (e) => acceptRequest(e, 'ispg', later)];
const toHeld: readonly Step[] = [...toPending, (e) => holdKickoff(e, everybody, later)];
const toForm: readonly Step[] = [...toHeld, (e) => lockForm(e, complete, mark('ispg'))];
const toContext: readonly Step[] = [
  ...toForm,
  (e) => confirmContext(e, noHva, 'ispg', mark('ispg')),
  (e) => confirmContext(e, noHva, 'contractor', mark('lead')),
];
const toSkills: readonly Step[] = [...toContext, (e) => categorizeSkills(e, complete, mark('lead'))];
const toMatching: readonly Step[] = [...toSkills, (e) => beginSearch(e, later)];
const toProposed: readonly Step[] = [...toMatching, (e) => proposeCandidate(e, proposal, mark('lead'))];
const toIdentified: readonly Step[] = [
  ...toProposed,
  (e) => confirmFunding(e, mark('cor')),
  (e) => acceptCandidate(e, 'ispg', mark('ispg')),
  (e) => acceptCandidate(e, 'business_owner', mark('bo')),
];
const toOnboarding: readonly Step[] = [...toIdentified, (e) => beginOnboarding(e, '2027-01-11', term, later)];
const toActive: readonly Step[] = [
  ...toOnboarding,
  (e) => signLetter(e, 'isso', '2027-01-12'),
  (e) => signLetter(e, 'businessOwner', '2027-01-13'),
  (e) => signLetter(e, 'ciso', '2027-01-14'),
  (e) => activate(e, { failing: [], exceptionReason: null }, '2027-03-01', mark('gtl')),
];
const toOffBoarding: readonly Step[] = [
  ...toActive,
  (e) =>
    beginOffBoarding(e, {
      reason: 'scope_changed',
      endOn: '2027-06-30',
      handOverId: 'bo',
      by: mark('gtl'),
    }),
];

const STEPS: Readonly<Record<EngagementState, readonly Step[]>> = {
  DRAFT: [],
  REQUESTED: toRequested,
  KICKOFF_PENDING: toPending,
  KICKOFF_HELD: toHeld,
  FORM_COMPLETE: toForm,
  CONTEXT_ASSESSED: toContext,
  SKILLS_CATEGORIZED: toSkills,
  MATCHING: toMatching,
  CANDIDATE_PROPOSED: toProposed,
  ISSO_IDENTIFIED: toIdentified,
  ONBOARDING: toOnboarding,
  ACTIVE: toActive,
  PAUSED: [
    ...toActive,
    (e) =>
      pauseEngagement(
        e,
        { reason: 'moves', fromOn: '2027-04-01', resumeOn: '2027-05-01', by: mark('gtl') },
        180,
      ),
  ],
  EXTENSION_REVIEW: [
    ...toActive,
    (e) => reviewExtension(e, { asked: null, because: 'term-ends', endOn: null }, later),
  ],
  REASSIGNING: [
    ...toActive,
    (e) => reassign(e, { reason: 'isso_departed', replacementId: 'isso2' }, mark('lead')),
  ],
  OFFBOARDING: toOffBoarding,
  CLOSED: [
    ...toOffBoarding,
    (e) => reportOffBoarded(e, [], mark('lead')),
    (e) => closeEngagement(e, [], mark('gtl')),
  ],
  WITHDRAWN: [...toRequested, (e) => withdrawRequest(e, ending)],
  DECLINED: [...toRequested, (e) => declineRequest(e, ending)],
};

/** An engagement in that state, with a question open wherever one can be. */
export const inState = (state: EngagementState): Engagement => walk(draft, ...STEPS[state]);
