import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  DAY_MS,
  daysBetween,
  instantOf,
  isZone,
  localDate,
  localTime,
  minutesOfDay,
  readLocalDate,
  sayDate,
  sayDateTime,
  sayLocalTime,
  saySpan,
  sayTime,
  timeOfMinutes,
  wallClockMs,
  weekday,
  weekdayName,
  zoneName,
} from '../../src/domain/time.ts';

const EASTERN = 'America/New_York';
const at = (iso: string): Date => new Date(iso);
const ZONES = Intl.supportedValuesOf('timeZone');
const zones = fc.constantFrom(...ZONES);
/** Minutes from the start of 2024 to the end of 2030. */
const minutes = fc.integer({ min: 0, max: 7 * 365 * 1440 });
const START_MS = Date.UTC(2024, 0, 1);

describe('local dates', () => {
  it('counts across months, years and leap days', () => {
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
    expect(addDays('2026-03-01', -1)).toBe('2026-02-28');
    expect(daysBetween('2026-12-01', '2027-01-01')).toBe(31);
    expect(daysBetween('2027-01-01', '2026-12-01')).toBe(-31);
  });

  it('knows the weekday, counting Sunday as 0', () => {
    expect(weekday('2026-12-01')).toBe(2);
    expect(weekday('1969-12-28')).toBe(0);
    expect(weekdayName(weekday('2026-07-04'))).toBe('Saturday');
  });

  it('reads only days that exist', () => {
    expect(readLocalDate('2028-02-29')).toBe('2028-02-29');
    for (const text of ['2026-02-29', '2026-13-01', '2026-1-1', '12/01/2026', '', '2026-12-01T00:00'])
      expect(readLocalDate(text)).toBeNull();
  });

  it('throws for something that is no date or no time', () => {
    expect(() => addDays('tomorrow', 1)).toThrow(RangeError);
    expect(() => minutesOfDay('24:00')).toThrow(RangeError);
    expect(() => instantOf('2026-12-01', '8:30', EASTERN)).toThrow(RangeError);
  });

  it('turns minutes into a time of day and back', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 1439 }), (n) => minutesOfDay(timeOfMinutes(n)) === n));
  });
});

describe('instants and zones', () => {
  it('reads an instant in a zone', () => {
    expect(localDate(at('2026-12-02T03:00:00Z'), EASTERN)).toBe('2026-12-01');
    expect(localTime(at('2026-12-02T03:00:00Z'), EASTERN)).toBe('22:00');
    expect(localTime(at('2026-12-01T05:00:00Z'), EASTERN)).toBe('00:00');
  });

  it('finds the instant of a local time in winter and summer', () => {
    expect(instantOf('2026-12-01', '13:00', EASTERN)).toEqual(at('2026-12-01T18:00:00Z'));
    expect(instantOf('2026-07-01', '13:00', EASTERN)).toEqual(at('2026-07-01T17:00:00Z'));
  });

  it('gives the first instant after the gap for a time that the clock skips', () => {
    expect(instantOf('2026-03-08', '02:30', EASTERN)).toEqual(at('2026-03-08T07:00:00Z'));
    expect(instantOf('2018-11-04', '00:00', 'America/Sao_Paulo')).toEqual(at('2018-11-04T03:00:00Z'));
  });

  it('gives the first of two for a time that the clock shows twice', () => {
    expect(instantOf('2026-11-01', '01:30', EASTERN)).toEqual(at('2026-11-01T05:30:00Z'));
  });

  it('gives the next day of a place that skipped a whole one', () => {
    expect(instantOf('2011-12-30', '09:00', 'Pacific/Apia')).toEqual(at('2011-12-30T10:00:00Z'));
  });

  it('knows zones by name, and no offsets', () => {
    expect(isZone('America/Chicago')).toBe(true);
    expect(isZone('UTC')).toBe(true);
    for (const name of ['Mars/Olympus', '+05:00', '', 'ET please']) expect(isZone(name)).toBe(false);
  });

  it('agrees with the Temporal proposal on every local time of every zone', () => {
    fc.assert(
      fc.property(zones, minutes, (zone, minute) => {
        const instant = new Date(START_MS + minute * 60_000);
        const theirs = Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(zone);
        expect(localDate(instant, zone)).toBe(theirs.toPlainDate().toString());
        expect(localTime(instant, zone)).toBe(theirs.toPlainTime().toString().slice(0, 5));
        expect(instantOf(localDate(instant, zone), localTime(instant, zone), zone).getTime()).toBe(
          theirs.toPlainDateTime().toZonedDateTime(zone, { disambiguation: 'earlier' }).epochMilliseconds,
        );
      }),
      { numRuns: 400 },
    );
  });

  it('is exact around every change of the clock, 2024 to 2030', () => {
    for (const zone of ZONES.filter((_, index) => index % 6 === 0)) {
      for (let ms = START_MS; ms < Date.UTC(2031, 0, 1); ms += 28 * DAY_MS) {
        const offset = (moment: number): number => wallClockMs(new Date(moment), zone) - moment;
        if (offset(ms) === offset(ms + 28 * DAY_MS)) continue;
        let low = ms;
        let high = ms + 28 * DAY_MS;
        while (high - low > 1000) {
          const middle = Math.floor((low + high) / 2000) * 1000;
          if (offset(middle) === offset(low)) low = middle;
          else high = middle;
        }
        const gap = offset(high) - offset(low);
        const skippedOrDoubled = new Date(high + offset(low) + gap / 2);
        const [date, time] = skippedOrDoubled.toISOString().split('T') as [string, string];
        const found = instantOf(date, time.slice(0, 5), zone).getTime();
        if (gap > 0) expect(found, `${zone} gap`).toBe(high);
        else expect(found, `${zone} overlap`).toBe(high + gap / 2);
      }
    }
  }, 20_000);
});

describe('dates and times in words', () => {
  const one = at('2026-12-01T18:00:00Z');

  it('says them in plain American English with the zone', () => {
    expect(sayDate(one, EASTERN)).toBe('Tuesday, December 1, 2026');
    expect(sayTime(one, EASTERN)).toBe('1:00 PM Eastern Time');
    expect(sayDateTime(one, EASTERN)).toBe('Tuesday, December 1, 2026 at 1:00 PM Eastern Time');
    expect(sayDateTime(one, 'Europe/Berlin')).toBe(
      'Tuesday, December 1, 2026 at 7:00 PM Central European Time',
    );
  });

  it('says noon and midnight as people do', () => {
    expect(sayLocalTime('00:05')).toBe('12:05 AM');
    expect(sayLocalTime('12:00')).toBe('12:00 PM');
  });

  it('says a span once for one day and twice for two', () => {
    const span = { startsAt: one, endsAt: at('2026-12-01T19:00:00Z') };
    expect(saySpan(span, EASTERN)).toBe('Tuesday, December 1, 2026, 1:00 PM to 2:00 PM Eastern Time');
    expect(saySpan({ ...span, endsAt: at('2026-12-02T18:00:00Z') }, EASTERN)).toBe(
      'Tuesday, December 1, 2026 at 1:00 PM Eastern Time to Wednesday, December 2, 2026 at 1:00 PM Eastern Time',
    );
  });

  it('names the zones of the United States as people name them', () => {
    const names = {
      'America/New_York': 'Eastern Time',
      'America/Indiana/Indianapolis': 'Eastern Time',
      'America/Chicago': 'Central Time',
      'America/Denver': 'Mountain Time',
      'America/Phoenix': 'Arizona Time',
      'America/Los_Angeles': 'Pacific Time',
      'America/Anchorage': 'Alaska Time',
      'Pacific/Honolulu': 'Hawaii Time',
      'America/Puerto_Rico': 'Atlantic Time',
      'Pacific/Guam': 'Guam Time',
      UTC: 'Coordinated Universal Time',
    };
    for (const [zone, name] of Object.entries(names)) expect(zoneName(zone)).toBe(name);
  });

  it('uses ordinary spaces only', () => {
    for (const zone of ZONES) expect(sayDateTime(one, zone)).toMatch(/^[\p{L}\d ,:+'’.&()-]+$/u);
  });
});
