/** Cadences over years: the last one before an instant, both day fields together, and the clocks of six American zones. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type CadenceRule,
  checkCadence,
  type HolidayRule,
  lastOccurrence,
  nextOccurrence,
  nextOccurrences,
} from '../../src/domain/cadence.ts';
import { FEDERAL_CALENDAR } from '../../src/domain/calendar.ts';
import {
  addDays,
  DAY_MS,
  daysBetween,
  EASTERN,
  instantOf,
  localDate,
  localTime,
  MINUTE_MS,
  weekday,
} from '../../src/domain/time.ts';
import { movedWords } from '../../src/messages/copy/meeting.ts';

const rule = (cron: string, holidayRule: HolidayRule = 'keep', zone = EASTERN): CadenceRule => ({
  cron,
  zone,
  holidayRule,
  calendar: FEDERAL_CALENDAR,
});
const AMERICAN = [
  EASTERN,
  'America/Chicago',
  'America/Denver',
  'America/Phoenix',
  'America/Los_Angeles',
  'Pacific/Honolulu',
];

describe('day of month and day of week', () => {
  it('both set mean both: the second Wednesday, and no other day', () => {
    const after = instantOf('2023-12-31', '12:00', EASTERN);
    for (const cron of ['0 13 8-14 * 3', '0 13 * * 3#2']) {
      const found = nextOccurrences(rule(cron), after, 10 * 12).map(({ at }) => localDate(at, EASTERN));
      const expected = Array.from({ length: 10 * 12 }, (_, month) => {
        const first = `${2024 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-01`;
        return addDays(first, ((3 - weekday(first) + 7) % 7) + 7);
      });
      expect(found).toEqual(expected);
    }
  });

  it('name the same days as the n-th weekday does, for each week and weekday', () => {
    const weeks = ['1-7', '8-14', '15-21', '22-28'];
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 3 }),
        fc.integer({ min: 0, max: 6 }),
        fc.integer({ min: 0, max: 3_000 }),
        (week, day, start) => {
          const after = new Date(Date.UTC(2024, 0, 1) + start * DAY_MS);
          expect(nextOccurrences(rule(`0 13 ${weeks[week]} * ${day}`), after, 12)).toEqual(
            nextOccurrences(rule(`0 13 * * ${day}#${week + 1}`), after, 12),
          );
        },
      ),
    );
  });

  it('are five dates when five are wanted, the moved one with its reason', () => {
    const five = nextOccurrences(
      rule('0 10 * * 1', 'next-business-day'),
      instantOf('2026-05-18', '12:00', EASTERN),
      5,
    );
    expect(five.map(({ at }) => localDate(at, EASTERN))).toEqual([
      '2026-05-26',
      '2026-06-01',
      '2026-06-08',
      '2026-06-15',
      '2026-06-22',
    ]);
    const [first] = five;
    expect(first && movedWords(first)).toBe('moved from Mon, May 25 (Memorial Day)');
    expect(nextOccurrences(rule('0 9 30 2 *'), new Date(), 5)).toEqual([]);
  });
});

describe('the last occurrence', () => {
  const crons = [
    '0 10 * * 2',
    '30 2 * * *',
    '0 0 * * *',
    '*/15 * * * *',
    '0 9,15 * * 5,1',
    '0 9,15 25-31 * *',
    '59 23 * * *',
    '0 8 L * *',
    '*/10 0-3 * * 6,0,1',
  ];
  const zones = [EASTERN, 'America/Sao_Paulo', 'Australia/Lord_Howe', 'Africa/Cairo', 'America/Havana'];
  const rules: readonly HolidayRule[] = ['keep', 'skip', 'next-business-day', 'previous-business-day'];

  it('is an occurrence, lies before, and none lies between', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.constantFrom(...rules),
        fc.constantFrom(...crons),
        fc.integer({ min: 0, max: 2_500 * 1_440 }),
        (zone, holidayRule, cron, minute) => {
          const cadence = rule(cron, holidayRule, zone);
          const before = new Date(Date.UTC(2024, 0, 1) + minute * MINUTE_MS);
          const last = lastOccurrence(cadence, before);
          if (!last) return expect.fail('none');
          expect(last.at < before).toBe(true);
          expect(nextOccurrence(cadence, new Date(last.at.getTime() - 1))).toEqual(last);
          const next = nextOccurrence(cadence, last.at);
          expect(next && next.at >= before).toBe(true);
        },
      ),
      { numRuns: 1_000 },
    );
  }, 30_000);

  it('is found around each change of the clock, to the second', () => {
    for (const [cron, before, at] of [
      ['30 1 * * *', '2026-11-01T06:30:00Z', '2026-11-01T05:30:00Z'],
      ['30 1 * * *', '2026-11-01T05:30:00Z', '2026-10-31T05:30:00Z'],
      ['30 1 * * *', '2026-11-01T05:30:01Z', '2026-11-01T05:30:00Z'],
      ['30 2 * * *', '2026-03-08T07:00:00Z', '2026-03-07T07:30:00Z'],
      ['30 2 * * *', '2026-03-08T07:00:01Z', '2026-03-08T07:00:00Z'],
    ] as const)
      expect(lastOccurrence(rule(cron), new Date(before))?.at.toISOString()).toBe(at.replace('Z', '.000Z'));
  });

  it('is none where none ever came', () => {
    expect(lastOccurrence(rule('0 9 30 2 *'), new Date())).toBeNull();
    expect(lastOccurrence(rule('0 9 * * 6', 'skip'), new Date())).toBeNull();
  });

  it('looks at a handful of times, also when a hundred thousand were missed', () => {
    let looks = 0;
    const counting = {
      closures: new Proxy([], {
        get: (target, name) => {
          looks += 1;
          return Reflect.get(target, name);
        },
      }),
    };
    const cadence = { ...rule('* * * * *', 'next-business-day'), calendar: counting };
    const before = instantOf('2026-12-28', '08:00', EASTERN);
    expect(lastOccurrence(cadence, before)?.at).toEqual(new Date(before.getTime() - MINUTE_MS));
    expect(looks).toBeLessThan(100);
  });
});

describe.each(AMERICAN)('in %s from 2026 to 2035', (zone) => {
  const from = instantOf('2025-12-31', '23:59', zone);
  const lastDay = '2035-12-31';
  const isReal = (at: Date): boolean =>
    instantOf(localDate(at, zone), localTime(at, zone), zone).getTime() === at.getTime();

  it.each(['08:30', '00:00', '03:00', '23:59'])('a daily job at %s comes once on each local day', (time) => {
    const [hour = '', minute = ''] = time.split(':');
    const cron = `${Number(minute)} ${Number(hour)} * * *`;
    expect(checkCadence({ cron, zone }).ok).toBe(true);
    const days = daysBetween('2025-12-31', lastDay);
    const found = nextOccurrences(rule(cron, 'keep', zone), from, days);
    const shown = found.map(({ at }) => `${localDate(at, zone)} ${localTime(at, zone)}`);
    expect(shown).toEqual(
      Array.from({ length: days }, (_, index) => `${addDays('2026-01-01', index)} ${time}`),
    );
    expect(found.filter(({ at }) => !isReal(at))).toEqual([]);
  });

  it('a weekly job comes once in each week, Monday at 9:00 AM', () => {
    const mondays = Math.floor(daysBetween('2026-01-05', lastDay) / 7) + 1;
    const shown = nextOccurrences(rule('0 9 * * 1', 'keep', zone), from, mondays).map(
      ({ at }) => `${localDate(at, zone)} ${localTime(at, zone)}`,
    );
    expect(shown).toEqual(
      Array.from({ length: mondays }, (_, index) => `${addDays('2026-01-05', index * 7)} 09:00`),
    );
  });

  it('a job in the hours in which the clocks change is refused', () => {
    for (const cron of ['30 2 * * *', '0 1 * * *', '59 2 * * 1'])
      expect(checkCadence({ cron, zone })).toMatchObject({ ok: false, refusal: { code: 'night-hours' } });
  });
});
