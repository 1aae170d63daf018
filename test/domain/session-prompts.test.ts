import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FEDERAL_CALENDAR, isBusinessDay } from '../../src/domain/calendar.ts';
import type { Milestone, MilestoneName } from '../../src/domain/milestone.ts';
import { satisfactionPrompts, trainingPrompts } from '../../src/domain/session-prompts.ts';
import { addDays, DAY_MS, instantOf, localDate, localTime } from '../../src/domain/time.ts';

const ZONE = 'America/New_York';
const at = (on: string, time = '12:00'): Date => instantOf(on, time, ZONE);
const when = (now: Date) => ({ zone: ZONE, calendar: FEDERAL_CALENDAR, now });
const milestone = (name: MilestoneName, on: string, personId = 'isso', engagementId = 'e1'): Milestone => ({
  engagementId,
  name,
  personId,
  on,
});

/** Every prompt that a clock ticking once a day would see as newly due. */
function seenBy(
  prompts: (now: Date) => { readonly due: { readonly name: string; readonly at: Date } | null },
  from: string,
  days: number,
): string[] {
  const names: string[] = [];
  for (let day = 0; day < days; day += 1) {
    const due = prompts(at(addDays(from, day))).due;
    if (due && due.name !== names.at(-1)) names.push(due.name);
  }
  return names;
}

describe('prompts for a satisfaction session', () => {
  // Day 30 is Wednesday, March 3; day 90 is Sunday, May 2.
  const worked = [milestone('work-began', '2027-02-01')];

  it('come on day 30 and day 90 of work and then every three months, moved to the next business day', () => {
    expect(seenBy((now) => satisfactionPrompts(worked, when(now)), '2027-02-01', 400)).toEqual([
      'day-30',
      'day-90',
      'quarter-2027-08',
      'quarter-2027-11',
      'quarter-2028-02',
    ]);
    const { due } = satisfactionPrompts(worked, when(at('2027-05-03')));
    expect(due).toEqual({ name: 'day-90', at: at('2027-05-03', '09:00') });
  });

  it('name the next one, so that a clock can stop at it', () => {
    const { due, next } = satisfactionPrompts(worked, when(at('2027-03-03', '08:59')));
    expect([due, next]).toEqual([null, { name: 'day-30', at: at('2027-03-03', '09:00') }]);
    expect(satisfactionPrompts(worked, when(at('2027-03-03', '09:00'))).due?.name).toBe('day-30');
  });

  it('are none before anybody works and none after everybody has ended', () => {
    expect(
      satisfactionPrompts([milestone('onboarding-began', '2027-01-04')], when(at('2027-06-01'))),
    ).toEqual({
      due: null,
      next: null,
    });
    const ended = [...worked, milestone('work-ended', '2027-04-01')];
    expect(seenBy((now) => satisfactionPrompts(ended, when(now)), '2027-02-01', 400)).toEqual(['day-30']);
    const another = [...ended, milestone('work-began', '2027-03-15', 'isso2')];
    expect(satisfactionPrompts(another, when(at('2027-05-03'))).due?.name).toBe('day-90');
  });

  it('after an outage of any length only the newest is left', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1500 }), (day) => {
        const now = at(addDays('2027-02-01', day));
        const { due, next } = satisfactionPrompts(worked, when(now));
        if (due) {
          expect(due.at.getTime()).toBeLessThanOrEqual(now.getTime());
          expect(localTime(due.at, ZONE)).toBe('09:00');
          expect(isBusinessDay(localDate(due.at, ZONE), FEDERAL_CALENDAR)).toBe(true);
        }
        expect(next && next.at > now).toBe(true);
      }),
    );
  });
});

describe('prompts for a review of role-based training', () => {
  it('come from 30 days before the due date on, every 30 days, until the training is done', () => {
    const began = [milestone('onboarding-began', '2027-01-11')];
    const names = seenBy((now) => trainingPrompts(began, when(now)), '2027-01-11', 80);
    expect(names.filter((name) => name.includes('isso'))).toEqual(['e1-isso-day-30', 'e1-isso-day-60']);
    const done = [...began, milestone('training-done', '2027-03-01')];
    const until = seenBy((now) => trainingPrompts(done, when(now)), '2027-01-11', 80);
    expect(until.filter((name) => name.includes('isso'))).toEqual(['e1-isso-day-30']);
  });

  it('come on the first business day of each quarter while anybody is engaged', () => {
    const done = [milestone('onboarding-began', '2027-01-11'), milestone('training-done', '2027-01-12')];
    expect(seenBy((now) => trainingPrompts(done, when(now)), '2027-01-11', 360)).toEqual([
      'quarter-2027-04',
      'quarter-2027-07',
      'quarter-2027-10',
      // Due again on January 12.
      'e1-isso-due-2028-01-12-0',
      'quarter-2028-01',
    ]);
    const ended = [...done, milestone('work-ended', '2027-06-30')];
    expect(seenBy((now) => trainingPrompts(ended, when(now)), '2027-01-11', 300)).toEqual([
      'quarter-2027-04',
    ]);
  });

  it('come for a day that was set, and again for each year\u2019s renewal', () => {
    const set = [milestone('onboarding-began', '2026-12-01'), milestone('training-due', '2027-03-21')];
    const own = (names: readonly string[]) => names.filter((name) => name.includes('isso'));
    expect(own(seenBy((now) => trainingPrompts(set, when(now)), '2026-12-01', 130))).toEqual([
      'e1-isso-due-2027-03-21-0',
      'e1-isso-due-2027-03-21-1',
    ]);
    // 30 days before March 21 is Friday, February 19.
    expect(trainingPrompts(set, when(at('2027-02-19'))).due?.at).toEqual(at('2027-02-19', '09:00'));
    const done = [milestone('onboarding-began', '2026-12-01'), milestone('training-done', '2027-01-20')];
    expect(own(seenBy((now) => trainingPrompts(done, when(now)), '2026-12-01', 420))).toEqual([
      'e1-isso-day-30',
      'e1-isso-due-2028-01-20-0',
      'e1-isso-due-2028-01-20-1',
    ]);
  });

  it('know the others of the last 30 days, so that one stands for all of them', () => {
    const two = [
      milestone('onboarding-began', '2027-01-11'),
      milestone('onboarding-began', '2027-01-18', 'isso2'),
    ];
    const { due, recent } = trainingPrompts(two, when(at('2027-02-18')));
    expect(due?.name).toBe('e1-isso2-day-30');
    expect(recent.map(({ name }) => name).toSorted()).toEqual(['e1-isso-day-30', 'e1-isso2-day-30']);
    for (const each of recent) expect((due?.at.getTime() ?? 0) - each.at.getTime()).toBeLessThan(30 * DAY_MS);
  });
});
