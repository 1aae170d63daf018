import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FEDERAL_CALENDAR } from '../../src/domain/calendar.ts';
import { addDays, daysBetween } from '../../src/domain/time.ts';
import { feasibilityOf, verdictOf } from '../../src/domain/training-feasibility.ts';

/** First days of the published cohorts of autumn 2025. */
const STARTS = ['2025-12-02', '2025-09-10'];
const of = (dayZeroOn: string) => feasibilityOf(dayZeroOn, STARTS, FEDERAL_CALENDAR);

describe('the boot camp within the 60 days', () => {
  it('cannot be met by schedule by anybody who starts from September 10 to October 2, 2025', () => {
    for (let day = '2025-09-10'; day <= '2025-10-02'; day = addDays(day, 1))
      expect([day, of(day)]).toEqual([
        day,
        { is: 'cannot', next: { on: '2025-12-02', days: daysBetween(day, '2025-12-02') }, missed: [] },
      ]);
    expect(of('2025-09-24')).toMatchObject({ next: { days: 69 } });
  });

  it('can from October 3 on, which is 60 days before, and on the day before September 10', () => {
    expect(of('2025-10-03')).toEqual({ is: 'fits', on: '2025-12-02' });
    expect(of('2025-12-01')).toEqual({ is: 'fits', on: '2025-12-02' });
    expect(of('2025-09-09')).toEqual({ is: 'fits', on: '2025-09-10' });
    expect(of('2025-12-02')).toEqual({ is: 'cannot', next: null, missed: [] });
  });

  it('cannot while its first day falls into leave, which is said', () => {
    const own = { ...FEDERAL_CALENDAR, away: [{ fromOn: '2025-12-01', toOn: '2025-12-05', name: 'leave' }] };
    expect(feasibilityOf('2025-10-10', [...STARTS, '2026-03-03'], own)).toEqual({
      is: 'cannot',
      next: { on: '2026-03-03', days: 144 },
      missed: ['2025-12-02'],
    });
  });

  it('is not told of when nobody has said when it begins', () => {
    expect(feasibilityOf('2025-10-10', [], FEDERAL_CALENDAR)).toEqual({ is: 'no-dates' });
  });

  it('does not depend on the order of the dates, and never fits outside the 60 days', () => {
    const day = fc.integer({ min: 0, max: 400 }).map((days) => addDays('2025-06-01', days));
    fc.assert(
      fc.property(day, fc.array(day, { maxLength: 6 }), (dayZeroOn, starts) => {
        const found = feasibilityOf(dayZeroOn, starts, FEDERAL_CALENDAR);
        expect(feasibilityOf(dayZeroOn, starts.toReversed(), FEDERAL_CALENDAR)).toEqual(found);
        const within = starts.filter((on) => on > dayZeroOn && daysBetween(dayZeroOn, on) <= 60);
        expect(found.is === 'fits').toBe(within.length > 0);
        if (found.is === 'fits') expect(within).toContain(found.on);
      }),
    );
  });

  it('has a verdict that changes with what is to be told', () => {
    expect(['2025-09-24', '2025-10-03', '2025-12-02'].map((day) => verdictOf(of(day)))).toEqual([
      'cannot:2025-12-02',
      'fits:2025-12-02',
      'cannot:none',
    ]);
  });
});
