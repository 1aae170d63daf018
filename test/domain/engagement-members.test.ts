import { describe, expect, it } from 'vitest';
import { isInForce } from '../../src/domain/course.ts';
import type { Changed, Engagement } from '../../src/domain/engagement.ts';
import { copyRequest } from '../../src/domain/engagement-ending.ts';
import { approveMembership, endMembership, grantMembership } from '../../src/domain/engagement-members.ts';
import { confirmContext, sendBack } from '../../src/domain/engagement-scoping.ts';
import { noteCisoTold } from '../../src/domain/engagement-work.ts';
import { done, inState, later, mark, noHva, walk } from './engagement-steps.ts';

const outcome = (made: Changed): string => (made.ok ? 'done' : made.refusal.code);
const letIn = (engagement: Engagement, byId = 'ispg') =>
  grantMembership(engagement, 'guardian', 'data_guardian', mark(byId));
const inForce = ({ memberships }: Engagement) =>
  memberships.filter(isInForce).map(({ personId }) => personId);
const assess = (isHva: boolean | null) =>
  walk(
    inState('FORM_COMPLETE'),
    (e) => letIn(e),
    (e) => confirmContext(e, { ...noHva, isHva }, 'ispg', mark('ispg')),
    (e) => confirmContext(e, { ...noHva, isHva }, 'contractor', mark('lead')),
  );

describe('letting somebody in', () => {
  it.each([
    ['while nobody knows whether it is a High Value Asset', inState('KICKOFF_HELD')],
    [
      'while one side alone has said that it is none',
      done(confirmContext(inState('FORM_COMPLETE'), noHva, 'ispg', mark('ispg'))).engagement,
    ],
    [
      'when it is sent back to be assessed again',
      done(sendBack(inState('MATCHING'), 'FORM_COMPLETE', later)).engagement,
    ],
  ])('takes two people %s', (_, engagement) => {
    const waiting = done(letIn(engagement)).engagement;
    expect(inForce(waiting)).toEqual([]);
    const approve = (byId: string) => approveMembership(waiting, 'guardian', 'data_guardian', mark(byId));
    expect(outcome(approve('ispg'))).toBe('same-person');
    expect(outcome(approve('guardian'))).toBe('same-person');
    expect(inForce(done(approve('bo')).engagement)).toEqual(['guardian']);
  });

  it('takes one person once both sides have confirmed that it is none', () => {
    const { engagement } = done(letIn(inState('MATCHING')));
    expect(inForce(engagement)).toEqual(['guardian']);
    expect(outcome(approveMembership(engagement, 'guardian', 'data_guardian', mark('bo')))).toBe(
      'already-done',
    );
  });

  it('is reckoned again when the context is settled', () => {
    expect(inForce(assess(false))).toEqual(['guardian']);
    expect(inForce(assess(true))).toEqual([]);
    expect(inForce(assess(null))).toEqual([]);
  });

  it('on what turns out to be a High Value Asset counts no more until a second person approves', () => {
    const again = walk(
      inState('MATCHING'),
      (e) => letIn(e),
      (e) => sendBack(e, 'FORM_COMPLETE', later),
      (e) => confirmContext(e, { ...noHva, isHva: true }, 'ispg', mark('ispg')),
      (e) => confirmContext(e, { ...noHva, isHva: true }, 'contractor', mark('lead')),
    );
    expect(inForce(again)).toEqual([]);
    const approved = done(approveMembership(again, 'guardian', 'data_guardian', mark('bo'))).engagement;
    expect(inForce(approved)).toEqual(['guardian']);
  });

  it('is nobody’s own to do, and done once', () => {
    expect(outcome(letIn(inState('MATCHING'), 'guardian'))).toBe('same-person');
    expect(outcome(letIn(done(letIn(inState('MATCHING'))).engagement))).toBe('already-member');
  });

  it('never makes or unmakes the Service ISSO, who comes with the candidate', () => {
    const active = inState('ACTIVE');
    expect(outcome(grantMembership(active, 'isso2', 'service_isso', mark('ispg')))).toBe('waits-for');
    expect(outcome(endMembership(active, 'isso', 'service_isso', mark('ispg')))).toBe('waits-for');
  });

  it('ends, is kept with its end, and can begin anew', () => {
    const left = walk(
      inState('MATCHING'),
      (e) => letIn(e),
      (e) => endMembership(e, 'guardian', 'data_guardian', mark('bo')),
    );
    expect(inForce(left)).toEqual([]);
    expect(left.memberships).toMatchObject([{ personId: 'guardian', ended: { byId: 'bo' } }]);
    expect(outcome(endMembership(left, 'guardian', 'data_guardian', mark('bo')))).toBe('already-done');
    expect(inForce(done(letIn(left)).engagement)).toEqual(['guardian']);
  });
});

describe('the notices to the CISO', () => {
  it('are told the oldest first, after what they are about, and still once it is closed', () => {
    const closed = inState('CLOSED');
    expect(closed.course.cisoNotices).toMatchObject([
      { because: 'assignment', sinceOn: '2027-03-01', dueOn: '2027-03-31', doneOn: null },
      { because: 'off-boarding', sinceOn: '2027-06-30', dueOn: '2027-07-30', doneOn: null },
    ]);
    expect(outcome(noteCisoTold(closed, '2027-02-28'))).toBe('bad-day');
    const told = walk(
      closed,
      (e) => noteCisoTold(e, '2027-03-02'),
      (e) => noteCisoTold(e, '2027-06-01'),
    );
    expect([told.state, told.course.cisoNotices.map(({ doneOn }) => doneOn)]).toEqual([
      'CLOSED',
      ['2027-03-02', '2027-06-01'],
    ]);
    expect(outcome(noteCisoTold(told, '2027-07-01'))).toBe('already-done');
  });
});

describe('a copy of an ended request (T25)', () => {
  const answers = [
    { key: 'system_name', label: 'System', asked: 'Which?', value: 'Hub', shown: 'Hub' },
    { key: 'attest_authority', label: 'Authority', asked: 'True?', value: true, shown: 'Yes' },
  ];
  const withdrawn = { ...inState('WITHDRAWN'), answers, memberIds: ['friend'] };
  const copy = { id: 'e2', number: 'ISSO-2026-0002', byId: 'bo' };

  it('is a new draft with the answers, and with nothing that happened or was agreed to', () => {
    const { engagement, from } = done(copyRequest(withdrawn, copy, later));
    expect(from).toBe(null);
    expect(engagement).toMatchObject({
      id: 'e2',
      number: 'ISSO-2026-0002',
      version: 1,
      state: 'DRAFT',
      requesterId: 'bo',
      memberIds: [],
      memberships: [],
      askedBack: null,
      ending: null,
      submittedAt: null,
      course: { copyOf: 'ISSO-2026-0001', passedOver: [], form: null },
    });
    expect(engagement.answers.map(({ key }) => key)).toEqual(['system_name']);
  });

  it('is made of what was given up before its engagement, never of anything else', () => {
    for (const state of ['DRAFT', 'ACTIVE', 'CLOSED'] as const)
      expect(outcome(copyRequest(inState(state), copy, later))).toBe('wrong-state');
    expect(outcome(copyRequest(inState('DECLINED'), copy, later))).toBe('done');
  });
});
