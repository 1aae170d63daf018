import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
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
    'x'.repeat(200),
  ])('that leaves something open or is none is refused with examples: %s', (typed) => {
    expect(read(typed)).toMatch(/every Tuesday at 10:00/u);
  });

  it('of a place nobody knows is refused by its name', () => {
    expect(read('every Tuesday at 10:00 in Atlantis')).toMatch(/^"Atlantis" is not a place/u);
  });

  it('is never a crash, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 150 }), (typed) => typeof readCadence(typed).ok === 'boolean'),
    );
  });
});
