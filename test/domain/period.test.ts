import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  fiscalYearAround,
  lastDays,
  lastNinetyDays,
  monthAround,
  quarterAround,
  quarterOf,
  quartersBetween,
  yearAround,
} from '../../src/domain/period.ts';
import { addDays, daysBetween } from '../../src/domain/time.ts';

describe('periods', () => {
  it('have their first and last day and a name', () => {
    expect(monthAround('2028-02-10')).toEqual({
      from: '2028-02-01',
      until: '2028-02-29',
      name: 'February 2028',
    });
    expect(monthAround('2027-01-31', -1)).toEqual({
      from: '2026-12-01',
      until: '2026-12-31',
      name: 'December 2026',
    });
    expect(quarterAround('2027-03-31')).toEqual({ from: '2027-01-01', until: '2027-03-31', name: '2027 Q1' });
    expect(quarterAround('2027-01-01', -1)).toMatchObject({ from: '2026-10-01', name: '2026 Q4' });
    expect(yearAround('2027-06-01', 1)).toEqual({ from: '2028-01-01', until: '2028-12-31', name: '2028' });
  });

  it('of the fiscal year begin in October of the year before', () => {
    const year = { from: '2026-10-01', until: '2027-09-30', name: 'fiscal year 2027' };
    expect(fiscalYearAround('2026-10-01')).toEqual(year);
    expect(fiscalYearAround('2027-09-30')).toEqual(year);
    expect(fiscalYearAround('2027-10-01', -1)).toEqual(year);
  });

  it('of the last days count today', () => {
    expect(lastNinetyDays('2027-03-31')).toEqual({
      from: '2027-01-01',
      until: '2027-03-31',
      name: 'the last 90 days',
    });
    expect(lastDays('2027-03-31', 1)).toEqual({ from: '2027-03-31', until: '2027-03-31', name: 'today' });
  });

  it('follow each other without a gap, whichever day one asks about', () => {
    const day = fc.integer({ min: 0, max: 20_000 }).map((days) => addDays('2001-01-01', days));
    fc.assert(
      fc.property(day, fc.integer({ min: -9, max: 9 }), (on, moved) => {
        for (const around of [monthAround, quarterAround, yearAround, fiscalYearAround]) {
          const [here, next] = [around(on, moved), around(on, moved + 1)];
          expect(daysBetween(here.until, next.from)).toBe(1);
          const { from, until } = around(on);
          expect(from <= on && on <= until).toBe(true);
        }
      }),
    );
  });

  it('of the calendar’s quarters are named from the first day to the last', () => {
    expect(quartersBetween('2026-12-31', '2027-07-01')).toEqual(['2026 Q4', '2027 Q1', '2027 Q2', '2027 Q3']);
    expect(quartersBetween('2027-02-01', '2027-01-01')).toEqual(['2027 Q1']);
    expect(quarterOf('2027-12-31')).toBe('2027 Q4');
  });
});
