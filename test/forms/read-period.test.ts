import { describe, expect, it } from 'vitest';
import { findPeriod, readPeriod } from '../../src/forms/read-period.ts';
import { quickest } from './quickest.ts';

const TODAY = '2027-02-10';
const days = (words: string, bare?: 'past' | 'coming'): string | null => {
  const period = readPeriod(words, TODAY, bare);
  return period && `${period.from} ${period.until}`;
};

describe('a period in words', () => {
  it.each([
    ['last quarter', '2026-10-01 2026-12-31'],
    ['this quarter', '2027-01-01 2027-03-31'],
    ['next quarter', '2027-04-01 2027-06-30'],
    ['2027 Q1', '2027-01-01 2027-03-31'],
    ['Q4 2026', '2026-10-01 2026-12-31'],
    ['q2 2027', '2027-04-01 2027-06-30'],
    ['this month', '2027-02-01 2027-02-28'],
    ['last month', '2027-01-01 2027-01-31'],
    ['in March 2027', '2027-03-01 2027-03-31'],
    ['2027-03', '2027-03-01 2027-03-31'],
    ['jan 2027', '2027-01-01 2027-01-31'],
    ['this year', '2027-01-01 2027-12-31'],
    ['last year', '2026-01-01 2026-12-31'],
    ['2026', '2026-01-01 2026-12-31'],
    ['fiscal year 2027', '2026-10-01 2027-09-30'],
    ['FY27', '2026-10-01 2027-09-30'],
    ['this fiscal year', '2026-10-01 2027-09-30'],
    ['the last 30 days', '2027-01-12 2027-02-10'],
    ['the next 30 days', '2027-02-10 2027-03-12'],
    ['past 7 days', '2027-02-04 2027-02-10'],
    ['today', '2027-02-10 2027-02-10'],
  ])('"%s" is %s', (words, expected) => {
    expect(days(words)).toBe(expected);
  });

  it('of a month without a year is the last that has begun, or the next that is not over', () => {
    expect(days('March')).toBe('2026-03-01 2026-03-31');
    expect(days('March', 'coming')).toBe('2027-03-01 2027-03-31');
    expect(days('january', 'coming')).toBe('2028-01-01 2028-01-31');
    expect(days('february')).toBe(days('february', 'coming'));
  });

  it.each([
    '',
    'OIT',
    'quarter',
    'last',
    'last 0 days',
    'Q5 2027',
    '2027-13',
    'Marchish 2027',
    '1999',
    'last 99999 days',
  ])('is not "%s"', (words) => {
    expect(readPeriod(words, TODAY)).toBeNull();
  });

  it('is found among other words, the longest first', () => {
    expect(findPeriod('OIT last quarter', TODAY)).toMatchObject({ period: { name: '2026 Q4' }, rest: 'OIT' });
    expect(findPeriod('2027 Q1 in CM', TODAY)).toMatchObject({ period: { name: '2027 Q1' }, rest: 'in CM' });
    expect(findPeriod('surge OIT', TODAY)).toBeNull();
  });

  it('is looked for in any text without taking long', () => {
    for (const unit of ['q1 2027 ', 'last ', '2027', 'march ', '1', ' '])
      expect(quickest(() => findPeriod(unit.repeat(50_000 / unit.length), TODAY))).toBeLessThan(200);
  });
});
