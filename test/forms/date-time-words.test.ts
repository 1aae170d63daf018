import { describe, expect, it } from 'vitest';
import { sayDateTime } from '../../src/domain/time.ts';
import { readDateTime } from '../../src/forms/date-time-words.ts';

const EASTERN = 'America/New_York';
/** Wednesday, 10 AM Eastern. */
const now = new Date('2026-11-25T15:00:00Z');

function read(text: string, zone = EASTERN): string {
  const outcome = readDateTime(text, { now, zone });
  return outcome.ok ? sayDateTime(outcome.value, EASTERN) : outcome.refusal.text;
}

describe('a time in words', () => {
  it.each([
    ['Tue Dec 1 at 2pm', 'Tuesday, December 1, 2026 at 2:00 PM Eastern Time'],
    ['12/3 10:30', 'Thursday, December 3, 2026 at 10:30 AM Eastern Time'],
    ['12/3/2026 2:30 pm', 'Thursday, December 3, 2026 at 2:30 PM Eastern Time'],
    ['2026-12-01 13:00', 'Tuesday, December 1, 2026 at 1:00 PM Eastern Time'],
    ['2026-12-01T18:00Z', 'Tuesday, December 1, 2026 at 1:00 PM Eastern Time'],
    ['tomorrow at 9', 'Thursday, November 26, 2026 at 9:00 AM Eastern Time'],
    ['in 3 days at 1pm', 'Saturday, November 28, 2026 at 1:00 PM Eastern Time'],
    ['2 pm on Dec 1', 'Tuesday, December 1, 2026 at 2:00 PM Eastern Time'],
    ['Dec 1 at noon', 'Tuesday, December 1, 2026 at 12:00 PM Eastern Time'],
    ['1/5 10am', 'Tuesday, January 5, 2027 at 10:00 AM Eastern Time'],
  ])('"%s" is understood', (text, said) => {
    expect(read(text)).toBe(said);
  });

  it('takes a bare hour for the afternoon, unless it is written on the 24-hour clock', () => {
    expect(read('Tuesday at 2')).toBe('Tuesday, December 1, 2026 at 2:00 PM Eastern Time');
    expect(read('Dec 1 02:00')).toBe('Tuesday, December 1, 2026 at 2:00 AM Eastern Time');
  });

  it('means the next such weekday', () => {
    expect(read('Wednesday at 2pm')).toBe('Wednesday, November 25, 2026 at 2:00 PM Eastern Time');
    expect(read('Wednesday at 9am')).toBe('Wednesday, December 2, 2026 at 9:00 AM Eastern Time');
  });

  it("is the reader's own time unless another zone is named", () => {
    expect(read('Dec 1 at 10am', 'America/Los_Angeles')).toBe(
      'Tuesday, December 1, 2026 at 1:00 PM Eastern Time',
    );
    expect(read('Dec 1, 10am Pacific time')).toBe('Tuesday, December 1, 2026 at 1:00 PM Eastern Time');
    expect(read('7/1 2pm EST', 'America/Chicago')).toBe('Thursday, July 1, 2027 at 2:00 PM Eastern Time');
  });

  it.each([
    ['hello there', "I can't read a day and a time"],
    // The day after is Thanksgiving.
    ['hello', 'such as "Fri Nov 27 2pm".'],
    ['Dec 1', 'I read Tuesday, December 1, 2026 but no time.'],
    ['2pm', 'I read a time ("2pm") but no day.'],
    ['the 3rd at 2pm', 'but no day'],
    ['Monday 9 am or Tuesday 10 am', 'more than one time'],
    ['Mon Dec 1 at 2pm', 'Tuesday, December 1, 2026 is not a Monday.'],
    [`Dec 1 at 2pm ${'x'.repeat(200)}`, 'too long'],
  ])('"%s" is refused with the reason', (text, reason) => {
    expect(read(text)).toContain(reason);
  });
});
