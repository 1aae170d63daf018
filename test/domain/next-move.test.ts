import { describe, expect, it } from 'vitest';
import { answerAskBack, type Engagement } from '../../src/domain/engagement.ts';
import { reportOffBoarded } from '../../src/domain/engagement-ending.ts';
import {
  acceptCandidate,
  allowException,
  confirmFunding,
  proposeCandidate,
  signLetter,
} from '../../src/domain/engagement-matching.ts';
import { acceptReplacement, declineReplacement } from '../../src/domain/engagement-replacement.ts';
import { confirmContext } from '../../src/domain/engagement-scoping.ts';
import { ENGAGEMENT_STATES, type EngagementState } from '../../src/domain/engagement-states.ts';
import { approveExtension, wishForExtension } from '../../src/domain/engagement-work.ts';
import { type KickoffParts, kickoffNow } from '../../src/domain/kickoff-stands.ts';
import { nextMoves } from '../../src/domain/next-move.ts';
import { movesNobodyCanMake } from './engagement-moves.ts';
import { inState, mark, noHva, proposal, type Step, walk } from './engagement-steps.ts';

/** `ispg: triage`, the one that others wait for first. */
const moves = (engagement: Engagement): readonly string[] =>
  nextMoves(engagement, null).map(({ side, what }) => `${side}: ${what}`);

/** Domain reference 2.1, column "owner of the next move", by hand: as each state begins. */
const AT_FIRST: Readonly<Record<EngagementState, readonly string[]>> = {
  DRAFT: ['business_owner: confirm-draft'],
  REQUESTED: ['business_owner: answer-ispg'],
  KICKOFF_PENDING: ['ispg: arrange-kickoff'],
  KICKOFF_HELD: ['ispg: complete-form'],
  FORM_COMPLETE: ['ispg: confirm-context', 'contractor: confirm-context'],
  CONTEXT_ASSESSED: ['contractor: settle-skills'],
  SKILLS_CATEGORIZED: ['contractor: propose-candidate'],
  MATCHING: ['contractor: propose-candidate'],
  CANDIDATE_PROPOSED: ['ispg: answer-candidate', 'cor: confirm-funding', 'gtl: confirm-funding'],
  ISSO_IDENTIFIED: ['contractor: start-onboarding'],
  ONBOARDING: ['contractor: onboard'],
  ACTIVE: ['service_isso: work'],
  PAUSED: ['gtl: resume'],
  EXTENSION_REVIEW: ['business_owner: say-wish'],
  REASSIGNING: ['ispg: answer-replacement'],
  OFFBOARDING: ['contractor: off-board'],
  CLOSED: [],
  WITHDRAWN: [],
  DECLINED: [],
};

const wish =
  (what: Parameters<typeof wishForExtension>[1], endOn: string | null): Step =>
  (e) =>
    wishForExtension(e, what, endOn);
const sign =
  (signature: Parameters<typeof signLetter>[1]): Step =>
  (e) =>
    signLetter(e, signature, '2027-01-12');
const byIspg: Step = (e) => acceptCandidate(e, 'ispg', mark('ispg'));
const byOwner: Step = (e) => acceptCandidate(e, 'business_owner', mark('bo'));
const fund: Step = (e) => confirmFunding(e, mark('cor'));
const other =
  (side: 'ispg' | 'business_owner'): Step =>
  (e) =>
    acceptReplacement(e, side, mark(side));
const excepted = { ...proposal, needsException: true, exception: 'Clearance comes next week.' };

/** What has happened within a state, and whose move it is then. */
const THEN: readonly (readonly [string, EngagementState, readonly Step[], readonly string[]])[] = [
  ['the question is answered', 'REQUESTED', [(e) => answerAskBack(e, 'Spring.')], ['ispg: triage']],
  [
    'ISPG has confirmed the context',
    'FORM_COMPLETE',
    [(e) => confirmContext(e, noHva, 'ispg', mark('ispg'))],
    ['contractor: confirm-context'],
  ],
  [
    'the candidate needs an exception',
    'MATCHING',
    [(e) => proposeCandidate(e, excepted, mark('lead'))],
    ['gtl: allow-exception'],
  ],
  [
    'the exception is allowed',
    'MATCHING',
    [(e) => proposeCandidate(e, excepted, mark('lead')), (e) => allowException(e, mark('gtl')), fund],
    ['ispg: answer-candidate'],
  ],
  [
    'ISPG has accepted the candidate',
    'CANDIDATE_PROPOSED',
    [byIspg],
    ['business_owner: answer-candidate', 'cor: confirm-funding', 'gtl: confirm-funding'],
  ],
  [
    'only the money is missing',
    'CANDIDATE_PROPOSED',
    [byIspg, byOwner],
    ['cor: confirm-funding', 'gtl: confirm-funding'],
  ],
  [
    'the Service ISSO has signed',
    'ONBOARDING',
    [sign('isso')],
    ['contractor: onboard', 'business_owner: sign-letter'],
  ],
  [
    'the Business Owner has signed',
    'ONBOARDING',
    [sign('isso'), sign('businessOwner')],
    ['contractor: onboard', 'ciso: sign-letter'],
  ],
  [
    'the letter is processed',
    'ONBOARDING',
    [sign('isso'), sign('businessOwner'), sign('ciso')],
    ['gtl: confirm-start'],
  ],
  [
    'the Business Owner wishes to extend',
    'EXTENSION_REVIEW',
    [wish('extend', '2028-06-30')],
    ['gtl: approve-extension', 'cor: approve-extension'],
  ],
  [
    'the GTL has approved',
    'EXTENSION_REVIEW',
    [wish('extend', '2028-06-30'), (e) => approveExtension(e, 'gtl', mark('gtl'))],
    ['cor: approve-extension'],
  ],
  [
    'the Business Owner wishes somebody else',
    'EXTENSION_REVIEW',
    [wish('replace', '2028-06-30')],
    ['gtl: approve-extension', 'cor: approve-extension'],
  ],
  ['the Business Owner wishes to end', 'EXTENSION_REVIEW', [wish('end', null)], ['gtl: settle-wish']],
  [
    'ISPG has accepted the replacement',
    'REASSIGNING',
    [other('ispg')],
    ['business_owner: answer-replacement'],
  ],
  [
    'both have accepted the replacement',
    'REASSIGNING',
    [other('ispg'), other('business_owner')],
    ['contractor: replace'],
  ],
  [
    'the replacement is declined',
    'REASSIGNING',
    [(e) => declineReplacement(e, 'cost', 'ispg', mark('ispg'))],
    ['contractor: replace'],
  ],
  [
    'off-boarding is reported done',
    'OFFBOARDING',
    [(e) => reportOffBoarded(e, [], mark('lead'))],
    ['gtl: close'],
  ],
];

describe('who has the next move', () => {
  it.each(ENGAGEMENT_STATES)('as %s begins', (state) => {
    expect(moves(inState(state))).toEqual(AT_FIRST[state]);
  });

  it.each(THEN)('when %s (%s)', (_, state, steps, due) => {
    expect(moves(walk(inState(state), ...steps))).toEqual(due);
  });

  it('of a kickoff that is being arranged goes by how it stands', () => {
    const pending = inState('KICKOFF_PENDING');
    const slot = { startsAt: new Date('2026-12-09T15:00:00Z'), endsAt: new Date('2026-12-09T16:00:00Z') };
    const due = (meeting: KickoffParts['meeting'], now = slot.startsAt): readonly string[] => {
      const kickoff = kickoffNow({ engagement: pending, meeting }, now);
      const moves = nextMoves(pending, kickoff);
      if (moves.length > 0) expect(movesNobodyCanMake(pending, kickoff)).toEqual([]);
      return [kickoff?.stands ?? 'none', ...moves.map(({ side, what }) => `${side}: ${what}`)];
    };
    const none = ['to-offer', 'ispg: arrange-kickoff'];
    const offered = { state: 'offered', proposed: [], bookedFor: null } as const;
    const booked = { state: 'booked', proposed: [], bookedFor: slot } as const;
    expect(due(null)).toEqual(none);
    expect(due({ ...booked, state: 'cancelled' })).toEqual(none);
    expect(due(offered)).toEqual(['offered', 'business_owner: choose-kickoff']);
    expect(due({ ...offered, proposed: [slot] })).toEqual(['proposed', 'ispg: answer-kickoff']);
    expect(due(booked)).toEqual(['booked']);
    expect(due(booked, slot.endsAt)).toEqual(['to-record', 'ispg: record-kickoff']);
  });

  it('goes by the kickoff only while that is being arranged', () => {
    const booked = { state: 'booked', proposed: [], bookedFor: null } as const;
    for (const state of ENGAGEMENT_STATES.filter((each) => each !== 'KICKOFF_PENDING'))
      expect(kickoffNow({ engagement: inState(state), meeting: booked }, new Date())).toBeNull();
  });

  it('is somebody who may make it, and finds a button for it', () => {
    for (const state of ENGAGEMENT_STATES) expect(movesNobodyCanMake(inState(state))).toEqual([]);
    for (const [, state, steps] of THEN)
      expect(movesNobodyCanMake(walk(inState(state), ...steps))).toEqual([]);
  });
});
