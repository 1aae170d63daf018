import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkCadence, type HolidayRule, nextOccurrences } from '../../src/domain/cadence.ts';
import { describeCadence } from '../../src/domain/cadence-words.ts';
import { FEDERAL_CALENDAR } from '../../src/domain/calendar.ts';
import { readCadence } from '../../src/forms/read-cadence.ts';

const read = (typed: string) => {
  const found = readCadence(typed);
  return found.ok ? [found.value.cron, found.value.zone, found.value.holidayRule] : found.refusal;
};

describe('a cadence in words', () => {
  it.each([
    ['every Tuesday at 10:00', '0 10 * * 2'],
    ['Tuesdays at 10am', '0 10 * * 2'],
    ['second Wednesday at 1pm', '0 13 * * 3#2'],
    ['the 2nd Wednesday of each month at 1:30 p.m.', '30 13 * * 3#2'],
    ['last Friday at noon', '0 12 * * 5L'],
    ['every weekday at 09:15', '15 9 * * 1-5'],
    ['Monday and Thursday at 8:30', '30 8 * * 1,4'],
    ['Tue, Thu 14:00', '0 14 * * 2,4'],
    ['quarterly second Tuesday at 10am', '0 10 * 1,4,7,10 2#2'],
    ['every quarter, first Thursday at 2pm', '0 14 * 1,4,7,10 4#1'],
    ['monthly 3rd Thursday at 12am', '0 0 * * 4#3'],
    ['first and third Wednesday at 1pm', '0 13 * * 3#1,3#3'],
    ['fifth Monday at 9am', '0 9 * * 1#5'],
    ['day 15 of each month at 9am', '0 9 15 * *'],
    ['the last weekday of June and December at 9:00 AM and 3:00 PM', '0 9,15 LW 6,12 *'],
    ['every Tuesday in January at 10am', '0 10 * 1 2'],
    ['every day at 9am', '0 9 * * *'],
    ['0 13 * * 3#2', '0 13 * * 3#2'],
    ['30 9 L * *', '30 9 L * *'],
  ])('%s', (typed, cron) => {
    expect(read(typed)).toEqual([cron, null, null]);
  });

  it('may say where, and what happens when the office is closed', () => {
    expect(read('every Tuesday at 10:00 in Chicago')).toEqual(['0 10 * * 2', 'America/Chicago', null]);
    expect(read('every Tuesday at 10:00 in America/Denver, skip')).toEqual([
      '0 10 * * 2',
      'America/Denver',
      'skip',
    ]);
    expect(read('every Tuesday at 10am Pacific time')).toEqual(['0 10 * * 2', 'America/Los_Angeles', null]);
    expect(read('0 9 * * 1 previous business day on holidays')).toEqual([
      '0 9 * * 1',
      null,
      'previous-business-day',
    ]);
    expect(read('every Monday at 9am in Phoenix keep')).toEqual(['0 9 * * 1', 'America/Phoenix', 'keep']);
  });

  it.each([
    'sometimes',
    'every Tuesday',
    'every Tuesday at 10',
    'every Tuesday at 25:00',
    'every Tuesday at 13pm',
    'quarterly Tuesday at 10am',
    'second at 10am',
    'every Blursday at 10am',
    '* * * *',
    'x'.repeat(500),
  ])('that leaves something open or is none is refused with examples: %s', (typed) => {
    expect(read(typed)).toMatch(/every Tuesday at 10:00/u);
  });

  it.each([
    ['every other Wednesday at 2pm', 'first and third Wednesday at 1pm'],
    ['every 2 weeks on Tue at 10am', 'first and third Tuesday at 1pm'],
    ['biweekly at 10am', 'first and third Wednesday at 1pm'],
  ])('that no cadence can say has an answer of its own: %s', (typed, words) => {
    expect(read(typed)).toBe(
      `A cadence can't say every other week. Name weeks of the month instead, such as \`${words}\`.`,
    );
  });

  it('of a place nobody knows is refused by its name', () => {
    expect(read('every Tuesday at 10:00 in Atlantis')).toMatch(/^"Atlantis" is not a place/u);
  });

  it('as the bot says it is read back as the same cadence, whatever it is', () => {
    const field = <T>(...values: T[]) => fc.constantFrom(...values);
    const list = (values: readonly number[], most: number) =>
      fc
        .uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: most })
        .map((all) => all.join(','));
    const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, n) => from + n);
    const days = fc.oneof(
      fc.tuple(fc.constant('*'), list(numbers(0, 7), 7)),
      fc.tuple(
        fc.constant('*'),
        field('*', '1-5', 'MON-FRI', 'TUE,THU', '3#2', '7#1', '3#1,3#3', '5L', '2#L', '4#5'),
      ),
      fc.tuple(fc.oneof(list(numbers(1, 31), 1), field('L', 'LW', '1,15', '5-9')), fc.constant('*')),
      fc.tuple(field('1-7', '8-14', '15-21', '22-28', '3-9'), field('3', 'FRI', '6')),
    );
    const cron = fc
      .tuple(
        list(numbers(0, 59), 1),
        fc.oneof(list(numbers(3, 23), 4), field('9-11')),
        days,
        fc.oneof(fc.constant('*'), list(numbers(1, 12), 12), field('*/3', '2/3', 'JAN-MAR')),
      )
      .map(([minute, hour, [day, dayOfWeek], month]) => `${minute} ${hour} ${day} ${month} ${dayOfWeek}`);
    const zone = field(
      'America/New_York',
      'America/Detroit',
      'America/Phoenix',
      'Pacific/Honolulu',
      'Pacific/Guam',
      'UTC',
      'Europe/Berlin',
      'America/Boise',
      'Etc/GMT+3',
    );
    const rules = field<HolidayRule>('next-business-day', 'previous-business-day', 'skip', 'keep');
    const from = new Date('2026-01-01T12:00:00Z');
    const dates = (rule: Parameters<typeof describeCadence>[0]): string[] =>
      nextOccurrences({ ...rule, calendar: FEDERAL_CALENDAR }, from, 15).map(({ at }) => at.toISOString());
    fc.assert(
      fc.property(cron, zone, rules, fc.constantFrom('', '.'), (each, inZone, holidayRule, end) => {
        const given = { cron: each, zone: inZone, holidayRule };
        fc.pre(checkCadence(given).ok);
        const said = describeCadence(given);
        const found = readCadence(`${said}${end}`);
        if (!found.ok) throw new Error(`${said}: ${found.refusal}`);
        const back = {
          cron: found.value.cron,
          zone: found.value.zone ?? '',
          holidayRule: found.value.holidayRule ?? 'keep',
        };
        expect(back.zone).toBe(inZone);
        expect(describeCadence(back)).toBe(said);
        expect(dates(back)).toEqual(dates(given));
      }),
      { numRuns: 300 },
    );
  }, 60_000);

  it('is never a crash, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 450 }), (typed) => typeof readCadence(typed).ok === 'boolean'),
    );
  });
});
