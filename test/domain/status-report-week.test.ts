import { describe, expect, it } from 'vitest';
import { FEDERAL_CALENDAR } from '../../src/domain/calendar.ts';
import {
  fridayOf,
  hasBegun,
  REPORT_STEPS,
  reportWeek,
  stepAt,
  weeksAround,
} from '../../src/domain/status-report-week.ts';
import { EASTERN } from '../../src/domain/time.ts';
import { REPORT_TIMES } from '../../src/offerings/programme-timers.ts';

const WHERE = { zone: EASTERN, calendar: FEDERAL_CALENDAR };
const eastern = (local: string): Date => new Date(`${local}:00-05:00`);
const week = (friday: string, where: typeof WHERE = WHERE) => reportWeek(friday, REPORT_TIMES, where);

describe('the week of a status report', () => {
  it('is named by its Friday, from Monday to Sunday', () => {
    const days = ['2026-11-30', '2026-12-02', '2026-12-04', '2026-12-05', '2026-12-06', '2026-12-07'];
    expect(days.map(fridayOf)).toEqual([...Array(5).fill('2026-12-04'), '2026-12-11']);
  });

  it('is asked for on Thursday and due on Friday at noon', () => {
    expect(week('2026-12-04')).toEqual({
      friday: '2026-12-04',
      dueOn: '2026-12-04',
      dueAt: eastern('2026-12-04T12:00'),
      lateAt: eastern('2026-12-04T17:00'),
      askOn: '2026-12-03',
      askAgainAt: eastern('2026-12-03T15:00'),
      movedBecause: null,
    });
  });

  it('moves as a whole to the business day before a holiday on Friday', () => {
    // Christmas Day 2026 is a Friday; New Year's Day 2027 as well.
    expect(week('2026-12-25')).toMatchObject({
      dueOn: '2026-12-24',
      dueAt: eastern('2026-12-24T12:00'),
      lateAt: eastern('2026-12-24T17:00'),
      askOn: '2026-12-23',
      movedBecause: 'Christmas Day',
    });
    expect(week('2027-01-01')).toMatchObject({ dueOn: '2026-12-31', askOn: '2026-12-30' });
  });

  it('asks on Wednesday when Thursday is Thanksgiving', () => {
    expect(week('2026-11-27')).toMatchObject({
      dueOn: '2026-11-27',
      askOn: '2026-11-25',
      movedBecause: null,
    });
  });

  it('moves for a closure, and can be due in the week before', () => {
    const closed = (...days: readonly string[]) => ({
      zone: EASTERN,
      calendar: { closures: days.map((on) => ({ on, name: 'storm' })) },
    });
    expect(week('2026-12-11', closed('2026-12-11'))).toMatchObject({
      dueOn: '2026-12-10',
      movedBecause: 'storm',
    });
    const all = ['2026-12-07', '2026-12-08', '2026-12-09', '2026-12-10', '2026-12-11'];
    expect(week('2026-12-11', closed(...all))).toMatchObject({ dueOn: '2026-12-04', askOn: '2026-12-03' });
  });

  it('keeps its local times when the clocks change', () => {
    const spring = week('2027-03-19');
    expect(spring.dueAt).toEqual(new Date('2027-03-19T12:00:00-04:00'));
    expect(week('2027-03-12').dueAt).toEqual(new Date('2027-03-12T12:00:00-05:00'));
  });

  it('has its steps in order, and looks a week back and a week ahead', () => {
    const [before, now, after] = weeksAround(eastern('2026-12-03T10:00'), REPORT_TIMES, WHERE);
    expect([before?.friday, now?.friday, after?.friday]).toEqual(['2026-11-27', '2026-12-04', '2026-12-11']);
    const steps = REPORT_STEPS.map((step) => stepAt(step, week('2026-12-04'), EASTERN));
    expect(steps).toEqual([
      eastern('2026-12-03T00:00'),
      eastern('2026-12-03T15:00'),
      eastern('2026-12-04T00:00'),
      eastern('2026-12-04T17:00'),
    ]);
  });

  it('has begun from the day on which it is asked for, in the zone of the programme', () => {
    const at = (local: string): boolean => hasBegun(week('2026-12-04'), eastern(local), EASTERN);
    expect([at('2026-12-02T23:59'), at('2026-12-03T00:00'), at('2026-12-20T10:00')]).toEqual([
      false,
      true,
      true,
    ]);
  });

  it('can be named by no other day', () => {
    expect(() => week('2026-12-03')).toThrow(RangeError);
  });
});
