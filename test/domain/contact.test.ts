import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addBusinessDays,
  BUSINESS_HOURS,
  businessDaysBetween,
  FEDERAL_CALENDAR,
  holidayOn,
  isBusinessDay,
} from '../../src/domain/calendar.ts';
import {
  calendarOf,
  isQuiet,
  noWishes,
  openMinutes,
  outOfQuiet,
  QUIET_HOURS,
  quietHoursOf,
  workHoursOf,
} from '../../src/domain/contact.ts';
import { addDays, EASTERN, instantOf, localTime, MINUTE_MS } from '../../src/domain/time.ts';

const leave = (fromOn: string, toOn: string) => ({ id: 'l1', personId: 'bo', fromOn, toOn });
const wishes = noWishes('bo');
const at = (text: string, zone = EASTERN): Date => instantOf(text.slice(0, 10), text.slice(11), zone);

describe('the calendar of one person', () => {
  it('counts business days around their leave', () => {
    const own = calendarOf(FEDERAL_CALENDAR, wishes, [leave('2026-12-21', '2026-12-31')]);
    expect(addBusinessDays('2026-12-18', 1, own)).toBe('2027-01-04');
    expect(addBusinessDays('2026-12-18', 1, FEDERAL_CALENDAR)).toBe('2026-12-21');
    expect(businessDaysBetween('2026-12-18', '2027-01-04', own)).toBe(1);
    expect(holidayOn('2026-12-22', own)).toBe('leave');
    expect(holidayOn('2026-12-25', own)).toBe('Christmas Day');
    expect(holidayOn('2027-01-02', own)).toBeNull();
  });

  it('keeps the closures of the programme and adds Inauguration Day where they want it', () => {
    const programme = { closures: [{ on: '2033-01-19', name: 'Snow closure' }] };
    const own = calendarOf(programme, { inaugurationDay: true }, []);
    expect(holidayOn('2033-01-19', own)).toBe('Snow closure');
    expect(isBusinessDay('2033-01-20', own)).toBe(false);
    expect(isBusinessDay('2033-01-20', calendarOf(programme, wishes, []))).toBe(true);
    expect(isBusinessDay('2033-01-20', calendarOf({ ...programme, inaugurationDay: true }, wishes, []))).toBe(
      false,
    );
  });

  it('still has a next business day after a year of leave', () => {
    const own = calendarOf(FEDERAL_CALENDAR, wishes, [leave('2026-01-01', '2027-01-01')]);
    expect(addBusinessDays('2026-01-01', 1, own)).toBe('2027-01-04');
  });
});

describe('work hours', () => {
  it('are the figures of the programme on their own clock, unless they set their own', () => {
    expect(workHoursOf(BUSINESS_HOURS, wishes, 'America/Denver')).toEqual({
      from: '08:30',
      to: '17:00',
      zone: 'America/Denver',
    });
    const own = { ...wishes, workHours: { from: '07:00', to: '15:30' } };
    expect(workHoursOf(BUSINESS_HOURS, own, EASTERN)).toEqual({ from: '07:00', to: '15:30', zone: EASTERN });
  });
});

describe('quiet hours', () => {
  it('are from 6 PM to 8 AM unless the programme or the person says otherwise', () => {
    expect(quietHoursOf(wishes)).toEqual(QUIET_HOURS);
    expect(quietHoursOf(wishes, { from: '20:00', to: '07:00' })).toEqual({ from: '20:00', to: '07:00' });
    const own = { from: '12:00', to: '13:00' };
    expect(quietHoursOf({ quietHours: own }, QUIET_HOURS)).toEqual(own);
  });

  it.each([
    ['2026-12-01 17:59', false],
    ['2026-12-01 18:00', true],
    ['2026-12-02 00:00', true],
    ['2026-12-02 07:59', true],
    ['2026-12-02 08:00', false],
  ])('over midnight: at %s it is quiet: %s', (text, quiet) => {
    expect(isQuiet(at(text), QUIET_HOURS, EASTERN)).toBe(quiet);
    expect(isQuiet(at(text, 'Pacific/Honolulu'), QUIET_HOURS, 'Pacific/Honolulu')).toBe(quiet);
  });

  it('end at their end, on the clock of the reader', () => {
    expect(outOfQuiet(at('2026-12-01 19:00'), QUIET_HOURS, EASTERN)).toEqual(at('2026-12-02 08:00'));
    expect(outOfQuiet(at('2026-12-02 05:00'), QUIET_HOURS, EASTERN)).toEqual(at('2026-12-02 08:00'));
    expect(outOfQuiet(at('2026-12-02 12:30'), { from: '12:00', to: '13:00' }, EASTERN)).toEqual(
      at('2026-12-02 13:00'),
    );
    const open = at('2026-12-02 10:00');
    expect(outOfQuiet(open, QUIET_HOURS, EASTERN)).toBe(open);
  });

  it('always end within a day, in an instant that is not quiet', () => {
    const time = fc.integer({ min: 0, max: 95 }).map((quarter) => {
      const minutes = quarter * 15;
      return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
    });
    const zone = fc.constantFrom(EASTERN, 'America/Phoenix', 'Pacific/Honolulu', 'America/Sao_Paulo');
    fc.assert(
      fc.property(time, time, zone, fc.integer({ min: 0, max: 5_000_000 }), (from, to, z, minute) => {
        const instant = new Date(Date.UTC(2024, 0, 1) + minute * MINUTE_MS);
        const out = outOfQuiet(instant, { from, to }, z);
        expect(out >= instant).toBe(true);
        expect(out.getTime() - instant.getTime()).toBeLessThanOrEqual(25 * 60 * MINUTE_MS);
        if (out > instant && localTime(out, z) === to) expect(isQuiet(out, { from, to }, z)).toBe(false);
      }),
    );
  });

  it('leave so many minutes of a working day open', () => {
    expect(openMinutes(BUSINESS_HOURS, QUIET_HOURS)).toBe(510);
    expect(openMinutes(BUSINESS_HOURS, { from: '10:00', to: '08:00' })).toBe(90);
    expect(openMinutes(BUSINESS_HOURS, { from: '12:00', to: '13:00' })).toBe(450);
    expect(openMinutes({ from: '15:00', to: '23:00' }, QUIET_HOURS)).toBe(180);
  });
});

describe('leave and the days around it', () => {
  it('never make two people count the same days differently when neither is away', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2_000 }), fc.integer({ min: 1, max: 20 }), (start, n) => {
        const from = addDays('2024-01-01', start);
        const past = calendarOf(FEDERAL_CALENDAR, wishes, [leave('2020-01-01', '2020-02-01')]);
        expect(addBusinessDays(from, n, past)).toBe(addBusinessDays(from, n, FEDERAL_CALENDAR));
      }),
    );
  });
});
