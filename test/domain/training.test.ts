import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  checkMilestone,
  MILESTONES,
  type Milestone,
  type MilestoneName,
} from '../../src/domain/milestone.ts';
import { addDays } from '../../src/domain/time.ts';
import { assignmentsOf, trainingDueOn, trainingsDue } from '../../src/domain/training.ts';

const milestone = (name: MilestoneName, on: string, personId = 'isso', engagementId = 'e1'): Milestone => ({
  engagementId,
  name,
  personId,
  on,
});
const dueOf = (...milestones: readonly Milestone[]): string | null =>
  assignmentsOf(milestones).map(trainingDueOn)[0] ?? null;

describe('role-based training', () => {
  const began = milestone('onboarding-began', '2027-01-11');

  it('is due 60 days after onboarding began, and 365 days after it was done', () => {
    expect(dueOf(began)).toBe('2027-03-12');
    expect(dueOf(began, milestone('training-done', '2027-03-01'))).toBe('2028-02-29');
  });

  it('is due on the day that was set, until it was done since', () => {
    const set = milestone('training-due', '2027-02-15');
    expect(dueOf(began, set)).toBe('2027-02-15');
    expect(dueOf(began, set, milestone('training-done', '2027-02-16'))).toBe('2028-02-16');
    expect(dueOf(milestone('training-done', '2027-02-16'), milestone('training-due', '2027-06-01'))).toBe(
      '2027-06-01',
    );
  });

  it('is due on no day before onboarding began', () => {
    expect(dueOf(began, milestone('training-due', '2025-03-01'))).toBe('2027-03-12');
    expect(dueOf(began, milestone('training-done', '2025-01-01'))).toBe('2027-03-12');
    expect(dueOf(milestone('training-due', '2025-03-01'))).toBe('2025-03-01');
  });

  it('is named once for each person, with the soonest day, and not after their work ended', () => {
    const all = [
      began,
      milestone('onboarding-began', '2026-12-01', 'isso', 'e2'),
      milestone('onboarding-began', '2026-12-15', 'isso2', 'e2'),
      milestone('onboarding-began', '2026-12-15', 'gone', 'e2'),
      milestone('work-ended', '2027-01-20', 'gone', 'e2'),
    ];
    expect(trainingsDue(all, '2027-01-20', '2027-04-20')).toEqual([
      { personId: 'isso', on: '2027-01-30' },
      { personId: 'isso2', on: '2027-02-13' },
    ]);
    expect(trainingsDue(all, '2027-01-20', '2027-02-01')).toEqual([{ personId: 'isso', on: '2027-01-30' }]);
  });
});

describe('dates of one Service ISSO', () => {
  const today = '2027-03-01';
  const check = (name: MilestoneName, on: string, ...own: readonly Milestone[]) => {
    const made = checkMilestone(own, { name, on }, today);
    return made.ok ? 'fits' : made.refusal.code;
  };
  const began = milestone('onboarding-began', '2027-01-11');

  it('come in their order, and what happened is not ahead', () => {
    expect(check('training-done', '2027-01-10', began)).toBe('before-onboarding');
    expect(check('work-began', '2027-01-10', began)).toBe('before-onboarding');
    expect(check('work-began', '2027-01-11', began)).toBe('fits');
    expect(check('work-began', '2027-03-02', began)).toBe('still-to-come');
    expect(check('training-done', '2027-03-02', began)).toBe('still-to-come');
    const done = milestone('training-done', '2027-02-10');
    expect(check('training-done', '2027-02-09', began, done)).toBe('done-since');
    expect(check('training-done', '2027-02-11', began, done)).toBe('fits');
    expect(check('onboarding-began', '2027-03-20')).toBe('fits');
    expect(check('onboarding-began', '2027-02-02', milestone('work-began', '2027-02-01'))).toBe(
      'onboarding-too-late',
    );
    expect(check('work-ended', '2027-03-20', milestone('work-began', '2027-02-01'))).toBe('fits');
    expect(check('work-ended', '2027-03-20')).toBe('work-not-begun');
    expect(check('training-due', '2028-06-01')).toBe('due-too-far');
    expect(check('training-due', '2027-02-01', milestone('training-done', '2027-02-01'))).toBe(
      'due-before-done',
    );
  });

  it('taken one after the other in any order never stand against each other', () => {
    const step = fc.record({
      name: fc.constantFrom(...MILESTONES),
      day: fc.integer({ min: -300, max: 300 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        let own: Milestone[] = [];
        for (const { name, day } of steps) {
          const next = milestone(name, addDays(today, day));
          if (!checkMilestone(own, next, today).ok) continue;
          own = [...own.filter((each) => each.name !== name), next];
        }
        const day = (name: MilestoneName) => own.find((each) => each.name === name)?.on ?? null;
        const [onboarded, worked, done] = [day('onboarding-began'), day('work-began'), day('training-done')];
        if (onboarded !== null && worked !== null) expect(worked >= onboarded).toBe(true);
        if (onboarded !== null && done !== null) expect(done >= onboarded).toBe(true);
        for (const past of [worked, done]) if (past !== null) expect(past <= today).toBe(true);
      }),
    );
  });
});
