import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FEDERAL_CALENDAR, isBusinessDay } from '../../src/domain/calendar.ts';
import { addDays, daysBetween } from '../../src/domain/time.ts';
import type { Assignment } from '../../src/domain/training.ts';
import { clockStanding, trainingClocks } from '../../src/domain/training-clocks.ts';
import {
  clockRung,
  isReminderDay,
  ownTrainingDueOn,
  trainingCounted,
} from '../../src/domain/training-reminders.ts';

const RUNGS = [45, 30, 14, 7, 1];
const anyDay = fc.integer({ min: 0, max: 2_000 }).map((days) => addDays('2026-01-01', days));

describe('the two clocks', () => {
  it('run 60 calendar days each, from the start of onboarding and from the appointment', () => {
    expect(trainingClocks({ dayZeroOn: '2026-12-07', appointedOn: '2027-01-25', doneOn: null })).toEqual({
      goal: { startsOn: '2026-12-07', endsOn: '2027-02-05' },
      policy: { startsOn: '2027-01-25', endsOn: '2027-03-26' },
      doneOn: null,
    });
  });

  it('have no second one before somebody is appointed', () => {
    expect(trainingClocks({ dayZeroOn: '2026-12-07', appointedOn: null, doneOn: null }).policy).toBeNull();
  });

  it('still run on their last day, and have run out on the next', () => {
    const clock = { startsOn: '2026-12-07', endsOn: '2027-02-05' };
    expect(clockStanding(clock, null, '2027-01-24')).toEqual({ is: 'running', days: 12 });
    expect(clockStanding(clock, null, '2027-02-05')).toEqual({ is: 'running', days: 0 });
    expect(clockStanding(clock, null, '2027-02-06')).toEqual({ is: 'run-out', days: 1 });
    expect(clockStanding(clock, '2027-02-05', '2027-03-01')).toEqual({ is: 'met', on: '2027-02-05' });
    expect(clockStanding(clock, '2027-02-06', '2027-03-01')).toEqual({ is: 'met-late', on: '2027-02-06' });
  });

  it('end 60 days after they start, whatever the days', () => {
    fc.assert(
      fc.property(anyDay, anyDay, (dayZeroOn, appointedOn) => {
        const { goal, policy } = trainingClocks({ dayZeroOn, appointedOn, doneOn: null });
        expect(daysBetween(goal.startsOn, goal.endsOn)).toBe(60);
        expect(policy && daysBetween(policy.startsOn, policy.endsOn)).toBe(60);
      }),
    );
  });
});

describe('reminders of role-based training', () => {
  const saidBetween = (dueOn: string, from: number, to: number): readonly string[] =>
    Array.from({ length: to - from + 1 }, (_, place) => addDays(dueOn, from + place)).filter(
      (day) => isBusinessDay(day, FEDERAL_CALENDAR) && isReminderDay(dueOn, day, RUNGS, FEDERAL_CALENDAR),
    );

  it('come 45, 30, 14, 7 and 1 days before, a closed day rolled back, and daily from the day on', () => {
    // 2027-02-05 is a Friday; 45 days before is Tuesday, December 22; 30 is Wednesday, January 6.
    expect(saidBetween('2027-02-05', -60, 5)).toEqual([
      '2026-12-22',
      '2027-01-06',
      '2027-01-22',
      '2027-01-29',
      '2027-02-04',
      '2027-02-05',
      '2027-02-08',
      '2027-02-09',
      '2027-02-10',
    ]);
    // 2027-02-08 is a Monday: the day before is a Sunday, and is said on Friday; 45 days before is Christmas, said on the 24th.
    expect(saidBetween('2027-02-08', -60, -1)).toEqual([
      '2026-12-24',
      '2027-01-08',
      '2027-01-25',
      '2027-02-01',
      '2027-02-05',
    ]);
  });

  it('are each said on one day before the training is due', () => {
    fc.assert(
      fc.property(anyDay, (dueOn) => {
        const before = saidBetween(dueOn, -60, -2).length;
        // The last one may fall together with the day itself, when that is rolled back.
        expect(before).toBeGreaterThanOrEqual(4);
        expect(before).toBeLessThanOrEqual(6);
        expect(new Set(saidBetween(dueOn, -60, 10)).size).toBe(saidBetween(dueOn, -60, 10).length);
      }),
    );
  });

  it('of somebody on leave come before the leave', () => {
    const own = { ...FEDERAL_CALENDAR, away: [{ fromOn: '2027-01-20', toOn: '2027-01-26', name: 'leave' }] };
    expect(isReminderDay('2027-02-05', '2027-01-19', RUNGS, own)).toBe(true);
    expect(isReminderDay('2027-02-05', '2027-01-27', RUNGS, own)).toBe(false);
  });
});

describe('the rungs of the policy clock', () => {
  it('are reached on the last business day up to theirs, the last one counts, and the end comes after the last day', () => {
    const rung = (today: string) => clockRung('2027-03-28', today, [14, 7, 1], FEDERAL_CALENDAR);
    // Sunday, March 28: 14 days before is Sunday the 14th, said on Friday the 12th.
    expect(rung('2027-03-11')).toBeNull();
    expect(rung('2027-03-12')).toBe(14);
    expect(rung('2027-03-18')).toBe(14);
    expect(rung('2027-03-19')).toBe(7);
    expect(rung('2027-03-25')).toBe(7);
    expect(rung('2027-03-26')).toBe(1);
    expect(rung('2027-03-28')).toBe(1);
    expect(rung('2027-03-29')).toBe('run-out');
  });
});

describe('when somebody\u2019s role-based training is due', () => {
  const at = (engagementId: string, days: Assignment['days']): Assignment => ({
    engagementId,
    personId: 'isso',
    days,
  });

  it('is 60 days after the earliest onboarding, and a year after it was done, in whatever engagement', () => {
    const first = at('a', { 'onboarding-began': '2026-12-07' });
    const second = at('b', { 'onboarding-began': '2027-02-01' });
    expect(ownTrainingDueOn([second, first], null)).toBe('2027-02-05');
    expect(ownTrainingDueOn([second, first], '2027-01-15')).toBe('2028-01-15');
    expect(ownTrainingDueOn([], null)).toBeNull();
  });

  it('is the day that was set, until it is done after that', () => {
    const set = at('a', { 'onboarding-began': '2026-12-07', 'training-due': '2027-01-20' });
    expect(ownTrainingDueOn([set], null)).toBe('2027-01-20');
    expect(ownTrainingDueOn([set], '2027-01-15')).toBe('2027-01-20');
    expect(ownTrainingDueOn([set], '2027-01-21')).toBe('2028-01-21');
  });

  it('counts in an engagement wherever it was done, unless it had lapsed when that began', () => {
    const begun = (days: Assignment['days'] = {}): Assignment => ({
      engagementId: 'e1',
      personId: 'isso',
      days: { 'onboarding-began': '2026-12-07', ...days },
    });
    const counted = (doneOn: string | null, days: Assignment['days'] = {}) =>
      Object.values(trainingCounted(begun(days), doneOn));
    expect(counted(null)).toEqual([null, '2027-02-05']);
    expect(counted('2026-12-20')).toEqual(['2026-12-20', '2027-12-20']);
    // Renewed each 365 days: on day 0 it still counts.
    expect(counted('2025-12-07')).toEqual(['2025-12-07', '2026-12-07']);
    expect(counted('2025-12-06')).toEqual([null, '2027-02-05']);
    expect(counted('2025-12-06', { 'training-due': '2027-01-04' })).toEqual([null, '2027-01-04']);
    // A day from before the onboarding makes nothing overdue in it.
    expect(counted('2024-03-01', { 'training-due': '2025-03-01' })).toEqual([null, '2027-02-05']);
    expect(counted(null, { 'training-due': '2026-12-06' })).toEqual([null, '2027-02-05']);
    expect(counted(null, { 'training-due': '2026-12-07' })).toEqual([null, '2026-12-07']);
    expect(counted('2026-12-20', { 'training-done': '2027-01-10' })).toEqual(['2027-01-10', '2028-01-10']);
    expect(counted('2026-12-20', { 'training-due': '2027-03-01' })).toEqual(['2026-12-20', '2027-03-01']);
  });
});
