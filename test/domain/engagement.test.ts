import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  acceptRequest,
  amendRequest,
  answerAskBack,
  askBack,
  type Changed,
  confirmDraft,
  declineRequest,
  type Engagement,
  fileRequest,
  holdKickoff,
  joinRequest,
  partiesOf,
  systemKey,
  withdrawRequest,
} from '../../src/domain/engagement.ts';
import { ENGAGEMENT_STATES, type EngagementState, mayFollow } from '../../src/domain/engagement-states.ts';
import { done, ending, everybody, inState, later, monday, request } from './engagement-steps.ts';

const VERBS = {
  confirm: (e) => confirmDraft(e, later),
  accept: (e) => acceptRequest(e, 'ispg', later),
  ask: (e) => askBack(e, 'Which release?', 'ispg', later),
  answer: (e) => answerAskBack(e, 'The spring release.'),
  amend: (e) =>
    amendRequest(e, { answers: [], component: 'OIT', systemName: 'Other', craId: null, formVersion: 1 }),
  withdraw: (e) => withdrawRequest(e, ending),
  decline: (e) => declineRequest(e, ending),
  hold: (e) => holdKickoff(e, everybody, later),
  join: (e) => joinRequest(e, 'newcomer'),
} satisfies Record<string, (engagement: Engagement) => Changed>;
type VerbName = keyof typeof VERBS;

const stays = (...states: readonly EngagementState[]) =>
  Object.fromEntries(states.map((state) => [state, state]));
const leadsTo = (to: EngagementState, ...states: readonly EngagementState[]) =>
  Object.fromEntries(states.map((state) => [state, to]));

/** Domain reference 2.2, by hand: what each verb of the time up to the kickoff makes of each state; all others refuse it. */
const TABLE: Readonly<Record<VerbName, Readonly<Partial<Record<EngagementState, EngagementState>>>>> = {
  confirm: { DRAFT: 'REQUESTED' },
  accept: { REQUESTED: 'KICKOFF_PENDING' },
  ask: { REQUESTED: 'REQUESTED' },
  answer: { REQUESTED: 'REQUESTED' },
  amend: stays('DRAFT', 'REQUESTED', 'KICKOFF_PENDING'),
  withdraw: leadsTo(
    'WITHDRAWN',
    'DRAFT',
    'REQUESTED',
    'KICKOFF_PENDING',
    'KICKOFF_HELD',
    'FORM_COMPLETE',
    'CONTEXT_ASSESSED',
    'SKILLS_CATEGORIZED',
    'MATCHING',
    'CANDIDATE_PROPOSED',
  ),
  decline: leadsTo(
    'DECLINED',
    'REQUESTED',
    'KICKOFF_PENDING',
    'KICKOFF_HELD',
    'FORM_COMPLETE',
    'CONTEXT_ASSESSED',
    'SKILLS_CATEGORIZED',
    'MATCHING',
  ),
  hold: { KICKOFF_PENDING: 'KICKOFF_HELD' },
  join: stays(...ENGAGEMENT_STATES.filter((state) => !['CLOSED', 'WITHDRAWN', 'DECLINED'].includes(state))),
};

/** Domain reference 2.2, by hand: which state may follow which. */
const GIVEN_UP = ['WITHDRAWN', 'DECLINED'] as const;
const FOLLOWERS: Readonly<Record<EngagementState, readonly EngagementState[]>> = {
  DRAFT: ['REQUESTED', 'WITHDRAWN'],
  REQUESTED: ['KICKOFF_PENDING', ...GIVEN_UP],
  KICKOFF_PENDING: ['KICKOFF_HELD', ...GIVEN_UP],
  KICKOFF_HELD: ['FORM_COMPLETE', ...GIVEN_UP],
  FORM_COMPLETE: ['KICKOFF_HELD', 'CONTEXT_ASSESSED', ...GIVEN_UP],
  CONTEXT_ASSESSED: ['KICKOFF_HELD', 'FORM_COMPLETE', 'SKILLS_CATEGORIZED', ...GIVEN_UP],
  SKILLS_CATEGORIZED: ['KICKOFF_HELD', 'FORM_COMPLETE', 'CONTEXT_ASSESSED', 'MATCHING', ...GIVEN_UP],
  MATCHING: ['KICKOFF_HELD', 'FORM_COMPLETE', 'CONTEXT_ASSESSED', 'CANDIDATE_PROPOSED', ...GIVEN_UP],
  CANDIDATE_PROPOSED: ['MATCHING', 'ISSO_IDENTIFIED', 'WITHDRAWN'],
  ISSO_IDENTIFIED: ['ONBOARDING'],
  ONBOARDING: ['ACTIVE', 'REASSIGNING', 'OFFBOARDING'],
  ACTIVE: ['PAUSED', 'EXTENSION_REVIEW', 'REASSIGNING', 'OFFBOARDING'],
  PAUSED: ['ACTIVE', 'OFFBOARDING'],
  EXTENSION_REVIEW: ['ACTIVE', 'OFFBOARDING'],
  REASSIGNING: ['MATCHING', 'ONBOARDING'],
  OFFBOARDING: ['CLOSED'],
  CLOSED: [],
  WITHDRAWN: [],
  DECLINED: [],
};

describe('the life of an engagement', () => {
  for (const [verb, row] of Object.entries(TABLE) as [VerbName, (typeof TABLE)[VerbName]][]) {
    for (const state of ENGAGEMENT_STATES) {
      const to = row[state] ?? '-';
      it(`${state}: ${verb} is ${to === '-' ? 'refused' : `allowed and leads to ${to}`}`, () => {
        const before = Object.freeze(inState(state));
        const result = VERBS[verb](before);
        if (to === '-') {
          expect(result).toEqual({ ok: false, refusal: { code: 'wrong-state', state } });
          return;
        }
        const { engagement, from } = done(result);
        expect(from).toBe(state);
        expect(engagement.state).toBe(to);
        expect(engagement.version).toBe(before.version + 1);
        expect(engagement.stateSinceAt).toEqual(to === state ? before.stateSinceAt : later);
      });
    }
  }

  it.each(ENGAGEMENT_STATES)('lets %s be followed only by the states of the life cycle', (from) => {
    expect(ENGAGEMENT_STATES.filter((to) => mayFollow(from, to))).toEqual(
      ENGAGEMENT_STATES.filter((to) => FOLLOWERS[from].includes(to)),
    );
  });

  it('files a request of the owner at once, and one for somebody else as a draft without a filing date', () => {
    const own = fileRequest({ ...request, requesterId: 'bo' }, monday).engagement;
    expect([own.state, own.submittedAt, own.version]).toEqual(['REQUESTED', monday, 1]);
    const other = fileRequest(request, monday).engagement;
    expect([other.state, other.submittedAt, other.version]).toEqual(['DRAFT', null, 1]);
  });

  it('keeps who accepted, who ended it and why', () => {
    expect(inState('KICKOFF_PENDING').triagedById).toBe('ispg');
    expect(inState('DECLINED').ending).toEqual(ending);
    expect(inState('WITHDRAWN').ending).toEqual(ending);
    expect(inState('KICKOFF_HELD').ending).toBeNull();
  });

  it('takes one answer to one question, and a new question waits for a new answer', () => {
    const asked = inState('REQUESTED');
    const answered = done(VERBS.answer(asked)).engagement;
    expect(answered.askedBack?.answer).toBe('The spring release.');
    expect(VERBS.answer(answered)).toEqual({ ok: false, refusal: { code: 'nothing-asked' } });
    const again = done(VERBS.ask(answered)).engagement;
    expect(again.askedBack?.answer).toBeNull();
    const neverAsked = fileRequest({ ...request, requesterId: 'bo' }, monday).engagement;
    expect(VERBS.answer(neverAsked)).toEqual({ ok: false, refusal: { code: 'nothing-asked' } });
  });

  it('counts a kickoff as held only when owner, ISPG and contractor were there, naming who was missing', () => {
    const pending = inState('KICKOFF_PENDING');
    const missing = (present: typeof everybody) => {
      const result = holdKickoff(pending, present, later);
      return result.ok || result.refusal.code !== 'not-represented' ? 'held' : result.refusal.missing;
    };
    expect(missing(everybody)).toBe('held');
    expect(missing({ ...everybody, contractor: false })).toEqual(['contractor']);
    expect(missing({ business_owner: false, ispg: false, contractor: false })).toEqual([
      'business_owner',
      'ispg',
      'contractor',
    ]);
  });

  it('lets nobody join twice, neither as a member nor as a party from the beginning', () => {
    const joined = done(VERBS.join(inState('REQUESTED'))).engagement;
    expect(partiesOf(joined)).toEqual(['bo', 'cra', 'advisor', 'newcomer']);
    for (const id of partiesOf(joined)) {
      expect(joinRequest(joined, id)).toEqual({ ok: false, refusal: { code: 'already-member' } });
    }
  });

  it('never reaches an illegal state, whatever is tried in whatever order', () => {
    const verb = fc.constantFrom(...(Object.keys(TABLE) as VerbName[]));
    fc.assert(
      fc.property(fc.boolean(), fc.array(verb, { maxLength: 40 }), (own, verbs) => {
        let at: Engagement = fileRequest({ ...request, requesterId: own ? 'bo' : 'cra' }, monday).engagement;
        for (const name of verbs) {
          const before = Object.freeze(at);
          const result = VERBS[name](before);
          const wanted = TABLE[name][before.state];
          if (!result.ok) {
            const guarded = name === 'answer' || name === 'join';
            expect(wanted === undefined || guarded).toBe(true);
            continue;
          }
          at = result.value.engagement;
          expect(at.state).toBe(wanted);
          expect(at.version).toBe(before.version + 1);
          expect(at.ending !== null).toBe(at.state === 'WITHDRAWN' || at.state === 'DECLINED');
          expect(at.state === 'DRAFT' || at.submittedAt !== null || at.state === 'WITHDRAWN').toBe(true);
          expect([at.id, at.number, at.requesterId, at.businessOwnerId]).toEqual([
            'e1',
            request.number,
            before.requesterId,
            'bo',
          ]);
        }
      }),
      { seed: 20261207, numRuns: 500 },
    );
  });
});

describe('the name of a system, folded for comparison', () => {
  const same = [
    'Claims Hub',
    'claims hub',
    ' CLAIMS  HUB ',
    'Claims-Hub',
    'The Claims Hub System',
    'Clàims Hub',
    'Claims_Hub!',
    'Ｃlaims Hub',
  ];
  it.each(same)('takes "%s" for the same system', (name) => {
    expect(systemKey(name)).toBe('claims hub');
  });

  it.each(['Claims Hub 2', 'Claims', 'Hub Claims', 'ClaimsHub'])('takes "%s" for another', (name) => {
    expect(systemKey(name)).not.toBe('claims hub');
  });

  it('keeps something of a name that is nothing but its common words', () => {
    expect(systemKey('The System')).toBe('the system');
    expect(systemKey('System')).toBe('system');
  });

  it('folds a folded name into itself', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 60 }),
        (name) => systemKey(systemKey(name)) === systemKey(name),
      ),
      { seed: 7, numRuns: 500 },
    );
  });

  it('changes with an amended name', () => {
    expect(done(VERBS.amend(inState('REQUESTED'))).engagement.systemKey).toBe('other');
  });
});
