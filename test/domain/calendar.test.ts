import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addBusinessDays,
  atBusinessDays,
  BUSINESS_HOURS,
  beforeBusinessDays,
  businessDayStartAfter,
  businessDaysBetween,
  FEDERAL_CALENDAR,
  holidayOn,
  intoBusinessHours,
  isBusinessDay,
  isInBusinessHours,
  nextBusinessDay,
  observedHolidays,
  previousBusinessDay,
} from '../../src/domain/calendar.ts';
import { addDays, EASTERN, instantOf, localTime, sayDateTime, weekday } from '../../src/domain/time.ts';

const eastern = (text: string): Date => instantOf(text.slice(0, 10), text.slice(11), EASTERN);
const SNOW = { closures: [{ on: '2026-01-27', name: 'Snow closure' }] };

/** Domain reference 9.1, the days observed. */
const GOLDEN: Readonly<Record<number, string>> = {
  2026: '01-01 01-19 02-16 05-25 06-19 07-03 09-07 10-12 11-11 11-26 12-25',
  2027: '01-01 01-18 02-15 05-31 06-18 07-05 09-06 10-11 11-11 11-25 12-24 12-31',
  2028: '01-17 02-21 05-29 06-19 07-04 09-04 10-09 11-10 11-23 12-25',
  2029: '01-01 01-15 02-19 05-28 06-19 07-04 09-03 10-08 11-12 11-22 12-25',
};

describe('federal holidays', () => {
  it.each(Object.entries(GOLDEN))('of %s are observed as the reference lists them', (year, days) => {
    expect(observedHolidays(Number(year)).map(({ on }) => on)).toEqual(
      days.split(' ').map((day) => `${year}-${day}`),
    );
  });

  it('closes the last day of 2027 for New Year 2028', () => {
    expect(holidayOn('2027-12-31', FEDERAL_CALENDAR)).toBe("New Year's Day, observed");
    expect(isBusinessDay('2027-12-31', FEDERAL_CALENDAR)).toBe(false);
    expect(nextBusinessDay('2027-12-30', FEDERAL_CALENDAR)).toBe('2028-01-03');
  });

  it('names the holiday, and says when it is the day observed', () => {
    expect(holidayOn('2026-05-25', FEDERAL_CALENDAR)).toBe('Memorial Day');
    expect(holidayOn('2026-07-03', FEDERAL_CALENDAR)).toBe('Independence Day, observed');
    expect(holidayOn('2026-07-04', FEDERAL_CALENDAR)).toBe('Independence Day');
    expect(holidayOn('2021-06-18', FEDERAL_CALENDAR)).toBe('Juneteenth, observed');
    expect(holidayOn('2021-05-31', FEDERAL_CALENDAR)).toBe('Memorial Day');
    expect(holidayOn('2026-01-20', FEDERAL_CALENDAR)).toBeNull();
  });

  it('number eleven for every New Year to Christmas from 2021 to 2100, all Monday to Friday', () => {
    const all = Array.from({ length: 80 }, (_, index) => observedHolidays(2021 + index)).flat();
    const names = new Map<string, number>();
    for (const { name } of all) names.set(name, (names.get(name) ?? 0) + 1);
    expect(names.size).toBe(11);
    for (const count of names.values()) expect(count).toBeGreaterThanOrEqual(80);
    for (const { on } of all) expect([1, 2, 3, 4, 5]).toContain(new Date(`${on}T00:00:00Z`).getUTCDay());
  });

  it('keep to their rules up to 2100', () => {
    const own: readonly (readonly [string, RegExp, number | null])[] = [
      ["New Year's Day", /-01-01$/, null],
      ['Birthday of Martin Luther King, Jr.', /-01-(1[5-9]|2[01])$/, 1],
      ["Washington's Birthday", /-02-(1[5-9]|2[01])$/, 1],
      ['Memorial Day', /-05-(2[5-9]|3[01])$/, 1],
      ['Juneteenth', /-06-19$/, null],
      ['Independence Day', /-07-04$/, null],
      ['Labor Day', /-09-0[1-7]$/, 1],
      ['Columbus Day', /-10-(0[89]|1[0-4])$/, 1],
      ['Veterans Day', /-11-11$/, null],
      ['Thanksgiving Day', /-11-2[2-8]$/, 4],
      ['Christmas Day', /-12-25$/, null],
    ];
    for (let year = 2021; year <= 2100; year += 1) {
      const days = Array.from({ length: 366 }, (_, n) => addDays(`${year}-01-01`, n)).filter((day) =>
        day.startsWith(String(year)),
      );
      for (const [name, when, on] of own) {
        const [day = '', ...others] = days.filter((each) => holidayOn(each, FEDERAL_CALENDAR) === name);
        expect(others).toEqual([]);
        expect(day).toMatch(when);
        if (on !== null) expect(weekday(day)).toBe(on);
        const moved = { 0: 1, 6: -1 }[weekday(day)];
        if (moved) expect(holidayOn(addDays(day, moved), FEDERAL_CALENDAR)).toBe(`${name}, observed`);
      }
    }
  });

  it('are joined by Inauguration Day only where that is asked for', () => {
    const washington = { closures: [], inaugurationDay: true };
    expect(holidayOn('2025-01-20', FEDERAL_CALENDAR)).toBe('Birthday of Martin Luther King, Jr.');
    expect(holidayOn('2025-01-20', washington)).toBe(
      'Birthday of Martin Luther King, Jr. and Inauguration Day',
    );
    expect(holidayOn('2026-01-20', washington)).toBeNull();
    // A Saturday has no substitute; a Sunday is observed on Monday.
    expect(weekday('2029-01-20')).toBe(6);
    expect(holidayOn('2029-01-20', washington)).toBeNull();
    expect(isBusinessDay('2029-01-19', washington)).toBe(true);
    expect(isBusinessDay('2033-01-20', FEDERAL_CALENDAR)).toBe(true);
    expect(holidayOn('2033-01-20', washington)).toBe('Inauguration Day');
    expect(weekday('2041-01-20')).toBe(0);
    expect(holidayOn('2041-01-21', washington)).toBe(
      'Birthday of Martin Luther King, Jr. and Inauguration Day, observed',
    );
    for (let year = 2021; year <= 2100; year += 1) {
      const extra = observedHolidays(year, true).filter(({ name }) => name === 'Inauguration Day');
      const isYear = (year - 2021) % 4 === 0 && weekday(`${year}-01-20`) !== 6;
      expect(
        extra.map(({ on }) => on),
        String(year),
      ).toEqual(isYear ? [addDays(`${year}-01-20`, weekday(`${year}-01-20`) === 0 ? 1 : 0)] : []);
    }
  });

  it('are joined by closures, by their names', () => {
    expect(holidayOn('2026-01-27', SNOW)).toBe('Snow closure');
    expect(addBusinessDays('2026-01-26', 1, SNOW)).toBe('2026-01-28');
  });
});

describe('business days', () => {
  it('skip the weekend and holidays, forwards and backwards', () => {
    expect(addBusinessDays('2026-05-22', 1, FEDERAL_CALENDAR)).toBe('2026-05-26');
    expect(addBusinessDays('2026-05-26', -1, FEDERAL_CALENDAR)).toBe('2026-05-22');
    expect(previousBusinessDay('2026-07-06', FEDERAL_CALENDAR)).toBe('2026-07-02');
    expect(addBusinessDays('2026-07-04', 0, FEDERAL_CALENDAR)).toBe('2026-07-06');
    expect(addBusinessDays('2026-07-07', 0, FEDERAL_CALENDAR)).toBe('2026-07-07');
  });

  it('are counted without the first and with the last', () => {
    expect(businessDaysBetween('2026-05-22', '2026-05-26', FEDERAL_CALENDAR)).toBe(1);
    expect(businessDaysBetween('2026-05-26', '2026-05-22', FEDERAL_CALENDAR)).toBe(-1);
    expect(businessDaysBetween('2026-05-23', '2026-05-25', FEDERAL_CALENDAR)).toBe(0);
  });

  it('counted and added agree', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2000 }), fc.integer({ min: 1, max: 80 }), (start, n) => {
        const from = addDays('2024-01-01', start);
        const to = addBusinessDays(from, n, FEDERAL_CALENDAR);
        expect(isBusinessDay(to, FEDERAL_CALENDAR)).toBe(true);
        expect(businessDaysBetween(from, to, FEDERAL_CALENDAR)).toBe(n);
      }),
    );
  });

  it('end in a plain error when the closures close everything', () => {
    const closures = Array.from({ length: 1_500 }, (_, n) => ({
      on: addDays('2026-01-01', n),
      name: 'Closed',
    }));
    expect(() => nextBusinessDay('2026-01-02', { closures })).toThrow(RangeError);
  });
});

describe('business hours', () => {
  it('include opening and closing time on business days only', () => {
    const inside = (text: string): boolean =>
      isInBusinessHours(eastern(text), BUSINESS_HOURS, FEDERAL_CALENDAR);
    expect(inside('2026-12-01 08:30')).toBe(true);
    expect(inside('2026-12-01 17:00')).toBe(true);
    expect(inside('2026-12-01 08:29')).toBe(false);
    expect(inside('2026-12-05 12:00')).toBe(false);
    expect(inside('2026-12-25 12:00')).toBe(false);
  });

  it('begin again on the next business day', () => {
    const next = (text: string): Date =>
      businessDayStartAfter(eastern(text), BUSINESS_HOURS, FEDERAL_CALENDAR);
    expect(next('2026-12-01 06:00')).toEqual(eastern('2026-12-01 08:30'));
    expect(next('2026-12-01 08:30')).toEqual(eastern('2026-12-02 08:30'));
    expect(next('2026-07-02 12:00')).toEqual(eastern('2026-07-06 08:30'));
    expect(intoBusinessHours(eastern('2026-12-01 10:00'), BUSINESS_HOURS, FEDERAL_CALENDAR)).toEqual(
      eastern('2026-12-01 10:00'),
    );
  });
});

describe('timers in business days', () => {
  const due = (text: string, n: number): string =>
    sayDateTime(atBusinessDays(eastern(text), n, EASTERN, FEDERAL_CALENDAR), EASTERN);
  const ahead = (text: string): string =>
    sayDateTime(beforeBusinessDays(eastern(text), 1, EASTERN, FEDERAL_CALENDAR), EASTERN);

  it('fall due at the same local time', () => {
    expect(due('2026-12-01 10:15', 2)).toBe('Thursday, December 3, 2026 at 10:15 AM Eastern Time');
    expect(due('2026-12-23 15:00', 2)).toBe('Monday, December 28, 2026 at 3:00 PM Eastern Time');
  });

  it('keep the local time when the clocks change in between', () => {
    expect(due('2026-03-06 10:00', 1)).toBe('Monday, March 9, 2026 at 10:00 AM Eastern Time');
  });

  it('start at the next opening for what happens outside business hours', () => {
    const wednesday = 'Wednesday, December 9, 2026 at 8:30 AM Eastern Time';
    expect(due('2026-12-04 19:00', 2)).toBe(wednesday);
    expect(due('2026-12-05 11:00', 2)).toBe(wednesday);
    expect(due('2026-12-07 06:00', 2)).toBe(wednesday);
    expect(due('2026-12-05 11:00', 0)).toBe('Monday, December 7, 2026 at 8:30 AM Eastern Time');
  });

  it('remind one business day before, inside business hours', () => {
    expect(ahead('2026-12-01 13:00')).toBe('Monday, November 30, 2026 at 1:00 PM Eastern Time');
    expect(ahead('2026-11-30 08:00')).toBe('Friday, November 27, 2026 at 8:30 AM Eastern Time');
    expect(ahead('2026-12-01 18:00')).toBe('Monday, November 30, 2026 at 5:00 PM Eastern Time');
  });

  it('never remind outside business hours, whatever the zone', () => {
    const zone = fc.constantFrom(EASTERN, 'America/Los_Angeles', 'Pacific/Honolulu', 'Europe/Berlin');
    fc.assert(
      fc.property(
        zone,
        fc.integer({ min: 0, max: 500_000 }),
        fc.integer({ min: 1, max: 9 }),
        (z, minute, n) => {
          const base = new Date(Date.UTC(2026, 0, 1) + minute * 60_000);
          const hours = { ...BUSINESS_HOURS, zone: z };
          const later = atBusinessDays(base, n, z, FEDERAL_CALENDAR);
          const earlier = beforeBusinessDays(base, n, z, FEDERAL_CALENDAR);
          expect(isInBusinessHours(later, hours, FEDERAL_CALENDAR), localTime(later, z)).toBe(true);
          expect(isInBusinessHours(earlier, hours, FEDERAL_CALENDAR), localTime(earlier, z)).toBe(true);
          expect(later > base && earlier < base).toBe(true);
        },
      ),
    );
  });
});
