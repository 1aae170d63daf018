import { describe, expect, it } from 'vitest';
import { isInForce } from '../../src/domain/course.ts';
import { assignedIdsOf, type Changed, withdrawRequest } from '../../src/domain/engagement.ts';
import { endWithTerm } from '../../src/domain/engagement-ending.ts';
import {
  acceptCandidate,
  beginOnboarding,
  confirmFunding,
  declineCandidate,
  proposeCandidate,
} from '../../src/domain/engagement-matching.ts';
import {
  acceptReplacement,
  declineReplacement,
  nameReplacement,
  reassign,
  replace,
} from '../../src/domain/engagement-replacement.ts';
import {
  confirmContext,
  lockForm,
  notePaperCorrected,
  sendBack,
} from '../../src/domain/engagement-scoping.ts';
import {
  activate,
  approveExtension,
  changeTerm,
  wishForExtension,
} from '../../src/domain/engagement-work.ts';
import { done, ending, inState, later, mark, noHva, proposal, term, walk } from './engagement-steps.ts';

/** The refusal's code, or the state it leads to. */
const outcome = (made: Changed): string => (made.ok ? made.value.engagement.state : made.refusal.code);
const refusal = (made: Changed) => (made.ok ? null : made.refusal);

describe('sending work back (T27)', () => {
  const funded = walk(inState('MATCHING'), (e) => confirmFunding(e, mark('cor')));

  it('to the Request Form takes back what hangs on it: lock, context, skills and the funding', () => {
    const { course } = done(sendBack(funded, 'KICKOFF_HELD', later)).engagement;
    expect([course.form, course.context, course.skills, course.funding]).toEqual([null, null, null, null]);
    expect(course.timesSentBack).toBe(1);
  });

  it('to a later step keeps what came before that step, and the funding', () => {
    const toContext = done(sendBack(funded, 'FORM_COMPLETE', later)).engagement.course;
    expect([toContext.form !== null, toContext.context, toContext.funding !== null]).toEqual([
      true,
      null,
      true,
    ]);
    const toSkills = done(sendBack(funded, 'CONTEXT_ASSESSED', later)).engagement.course;
    expect([toSkills.context !== null, toSkills.skills]).toEqual([true, null]);
  });

  it('asks both sides to confirm the context anew, even at the same version', () => {
    const back = done(sendBack(funded, 'FORM_COMPLETE', later)).engagement;
    expect(outcome(confirmContext(back, noHva, 'contractor', mark('lead')))).toBe('FORM_COMPLETE');
  });
});

describe('what is settled', () => {
  it('is neither locked nor confirmed while nothing is filled in, or something is missing', () => {
    const nothing = { version: 0, missing: [] };
    expect(refusal(lockForm(inState('KICKOFF_HELD'), nothing, mark('ispg')))).toEqual({
      code: 'incomplete',
      missing: [],
    });
    const assessed = { ...noHva, missing: ['hva'] };
    expect(refusal(confirmContext(inState('FORM_COMPLETE'), assessed, 'ispg', mark('ispg')))).toEqual({
      code: 'incomplete',
      missing: ['hva'],
    });
  });

  it('is corrected where it was settled, and not before', () => {
    const { course } = done(notePaperCorrected(inState('ACTIVE'), 'request-form', 7)).engagement;
    expect(course.form).toMatchObject({ version: 7, byId: 'ispg' });
    expect(outcome(notePaperCorrected(inState('FORM_COMPLETE'), 'skill-profile', 7))).toBe('waits-for');
  });
});

describe('a candidate', () => {
  it('who is proposed is free again when the request is withdrawn (T23)', () => {
    const { course } = done(withdrawRequest(inState('CANDIDATE_PROPOSED'), ending)).engagement;
    expect(course.candidate).toBe(null);
    expect(course.passedOver).toEqual([
      { personId: 'isso', reason: 'other', side: 'business_owner', by: { byId: 'ispg', at: later } },
    ]);
  });

  it('is accepted by two people, and declined by the Business Owner once they know of them', () => {
    const proposed = inState('CANDIDATE_PROPOSED');
    expect(outcome(declineCandidate(proposed, 'cost', 'business_owner', mark('bo')))).toBe('waits-for');
    const accepted = done(acceptCandidate(proposed, 'ispg', mark('bo'))).engagement;
    expect(outcome(acceptCandidate(accepted, 'business_owner', mark('bo')))).toBe('same-person');
    expect(outcome(declineCandidate(accepted, 'cost', 'business_owner', mark('bo')))).toBe('MATCHING');
  });

  it('identified by the funding that came last is the Service ISSO, with one membership in force', () => {
    const both = walk(
      inState('CANDIDATE_PROPOSED'),
      (e) => acceptCandidate(e, 'ispg', mark('ispg')),
      (e) => acceptCandidate(e, 'business_owner', mark('bo')),
    );
    expect(both.state).toBe('CANDIDATE_PROPOSED');
    const { engagement } = done(confirmFunding(both, mark('cor')));
    expect([engagement.state, engagement.course.serviceIssoId]).toEqual(['ISSO_IDENTIFIED', 'isso']);
    expect(engagement.memberships.filter(isInForce)).toMatchObject([
      { personId: 'isso', role: 'service_isso', granted: { byId: 'ispg' }, second: { byId: 'bo' } },
    ]);
  });

  it('needs a written exception where a hard requirement fails, and a reason where another is on top', () => {
    const matching = inState('MATCHING');
    const propose = (facts: Partial<Parameters<typeof proposeCandidate>[1]>) =>
      outcome(proposeCandidate(matching, { ...proposal, ...facts }, mark('lead')));
    expect(propose({ needsException: true })).toBe('exception-needed');
    expect(propose({ isTop: false })).toBe('incomplete');
    expect(propose({ isTop: false, whyNotTop: 'Knows the system.' })).toBe('CANDIDATE_PROPOSED');
  });

  it('begins on no day before they can', () => {
    const identified = inState('ISSO_IDENTIFIED');
    expect(refusal(beginOnboarding(identified, '2027-01-10', term, later))).toEqual({
      code: 'bad-day',
      because: 'before-start',
      limitOn: '2027-01-10',
    });
  });
});

describe('the start of work (T13)', () => {
  it('waits for the appointment letter, whatever else is let pass and whoever says that it holds', () => {
    const unsigned = inState('ONBOARDING');
    const gate = { failing: [], exceptionReason: 'It is on its way.' };
    expect(refusal(activate(unsigned, gate, '2027-03-01', mark('gtl')))).toEqual({
      code: 'incomplete',
      missing: ['appointment_letter'],
    });
  });
});

describe('the end of the term', () => {
  const review = inState('EXTENSION_REVIEW');

  it('is put off by two people, who approve the same day (T17)', () => {
    const wished = done(wishForExtension(review, 'extend', '2028-06-30')).engagement;
    const one = done(approveExtension(wished, 'gtl', mark('gtl'))).engagement;
    expect(outcome(approveExtension(one, 'cor', mark('gtl')))).toBe('same-person');
    const other = done(wishForExtension(one, 'extend', '2028-09-30')).engagement;
    expect(other.course.extension).toMatchObject({ endOn: '2028-09-30', gtl: null });
    const two = walk(one, (e) => approveExtension(e, 'cor', mark('cor')));
    expect([two.state, two.course.term?.endOn, two.course.extension]).toEqual(['ACTIVE', '2028-06-30', null]);
  });

  it('is not put off while nobody says until when, nor against the wish to end', () => {
    expect(outcome(approveExtension(review, 'gtl', mark('gtl')))).toBe('waits-for');
    expect(outcome(wishForExtension(review, 'extend', null))).toBe('incomplete');
    const end = done(wishForExtension(review, 'end', null)).engagement;
    expect(outcome(approveExtension(end, 'gtl', mark('gtl')))).toBe('waits-for');
  });

  it('comes by itself on its day, and not before (T18)', () => {
    expect(outcome(endWithTerm(review, '2028-01-09', later))).toBe('bad-day');
    const { engagement } = done(endWithTerm(review, '2028-01-10', later));
    expect(engagement).toMatchObject({
      state: 'OFFBOARDING',
      course: { extension: null, offBoarding: { by: null, endOn: '2028-01-10', handOverId: 'bo' } },
    });
  });

  it('is brought forward by a change, and not put off by one: that takes the contract’s approval', () => {
    const active = inState('ACTIVE');
    const change = (facts: Parameters<typeof changeTerm>[1]) => changeTerm(active, facts);
    expect(done(change({ endOn: '2027-12-31' })).engagement.course.term).toEqual({
      ...term,
      endOn: '2027-12-31',
    });
    for (const endOn of ['2028-01-11', null])
      expect(refusal(change({ endOn }))).toEqual({ code: 'waits-for', side: 'cor' });
    expect(outcome(change({ endOn: term.startOn }))).toBe('bad-day');
    expect(outcome(change({ hoursPerWeek: 20 }))).toBe('already-done');
    expect(outcome(changeTerm(inState('MATCHING'), { hoursPerWeek: 30 }))).toBe('wrong-state');
  });
});

describe('another Service ISSO (T19, T20)', () => {
  const named = inState('REASSIGNING');
  const accepted = walk(
    named,
    (e) => acceptReplacement(e, 'ispg', mark('ispg')),
    (e) => acceptReplacement(e, 'business_owner', mark('bo')),
  );

  it('begins from anew: onboarding, letter unsigned, the one before with no part in it any more', () => {
    const { engagement } = done(replace(accepted, '2027-08-02', mark('lead')));
    expect(engagement).toMatchObject({
      state: 'ONBOARDING',
      course: {
        serviceIssoId: 'isso2',
        dayZeroOn: '2027-08-02',
        candidate: null,
        reassignment: null,
        activeSinceOn: null,
        letter: { isso: null, businessOwner: null, ciso: null },
        term,
      },
    });
    expect(assignedIdsOf(engagement)).toEqual(['isso2']);
  });

  it('who is declined is free; then somebody else is named, or the search begins again with nobody assigned', () => {
    expect(outcome(declineReplacement(named, 'cost', 'business_owner', mark('bo')))).toBe('waits-for');
    const nobody = done(declineReplacement(named, 'cost', 'ispg', mark('ispg'))).engagement;
    expect(nobody.course.passedOver).toMatchObject([{ personId: 'isso2', side: 'ispg' }]);
    expect(outcome(nameReplacement(nobody, 'isso'))).toBe('same-person');
    expect(done(nameReplacement(nobody, 'isso3')).engagement.course.reassignment).toMatchObject({
      replacement: { personId: 'isso3', ispg: null },
    });
    const searching = done(replace(nobody, '2027-08-02', mark('lead'))).engagement;
    expect([searching.state, searching.course.serviceIssoId, assignedIdsOf(searching)]).toEqual([
      'MATCHING',
      null,
      [],
    ]);
  });

  it('can be needed before work began, and is asked for once', () => {
    const wanted = { reason: 'isso_departed', replacementId: null };
    const asked = done(reassign(inState('ONBOARDING'), wanted, mark('gtl'))).engagement;
    expect(asked.course.reassignment).toMatchObject({ outgoingId: 'isso', replacement: null });
    expect(outcome(reassign(asked, wanted, mark('gtl')))).toBe('wrong-state');
  });
});
