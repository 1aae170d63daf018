import { Cron } from 'croner';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type CadenceRule,
  checkCadence,
  type HolidayRule,
  nextOccurrence,
} from '../../src/domain/cadence.ts';
import { describeCadence } from '../../src/domain/cadence-words.ts';
import { addBusinessDays, FEDERAL_CALENDAR, isBusinessDay } from '../../src/domain/calendar.ts';
import {
  addDays,
  DAY_MS,
  daysBetween,
  EASTERN,
  instantOf,
  localDate,
  localTime,
  sayDateTime,
} from '../../src/domain/time.ts';

const ZONES = Intl.supportedValuesOf('timeZone');
const eastern = (text: string): Date => instantOf(text.slice(0, 10), text.slice(11), EASTERN);
const rule = (cron: string, holidayRule: HolidayRule = 'keep', zone = EASTERN): CadenceRule => ({
  cron,
  zone,
  holidayRule,
  calendar: FEDERAL_CALENDAR,
});

function times(cadence: CadenceRule, after: Date, count: number): Date[] {
  const found: Date[] = [];
  for (let at = after; found.length < count; ) {
    const next = nextOccurrence(cadence, at);
    if (!next) break;
    found.push(next.at);
    at = next.at;
  }
  return found;
}
const days = (cadence: CadenceRule, from: string, count: number): string[] =>
  times(cadence, eastern(from), count).map((at) => localDate(at, cadence.zone));

describe('the next occurrence', () => {
  it('is after the given instant, never at it', () => {
    expect(nextOccurrence(rule('0 9 * * *'), eastern('2026-12-01 09:00'))).toEqual({
      at: eastern('2026-12-02 09:00'),
      movedFrom: null,
    });
  });

  it('knows the second Wednesday and the last Friday of the month', () => {
    expect(days(rule('0 13 * * 3#2'), '2026-01-01 00:00', 3)).toEqual([
      '2026-01-14',
      '2026-02-11',
      '2026-03-11',
    ]);
    expect(days(rule('0 13 * * 5#L'), '2026-01-01 00:00', 2)).toEqual(['2026-01-30', '2026-02-27']);
  });

  it('takes day of month and day of week together', () => {
    expect(days(rule('0 13 8-14 * 3'), '2026-01-01 00:00', 3)).toEqual([
      '2026-01-14',
      '2026-02-11',
      '2026-03-11',
    ]);
  });

  it('moves a meeting from a holiday to the next business day and says why', () => {
    expect(nextOccurrence(rule('0 10 * * 1', 'next-business-day'), eastern('2026-05-20 12:00'))).toEqual({
      at: eastern('2026-05-26 10:00'),
      movedFrom: { on: '2026-05-25', because: 'Memorial Day' },
    });
  });

  it('still finds a moved meeting when asked on the holiday itself, or on the morning after', () => {
    for (const asked of ['2026-05-25 11:00', '2026-05-26 09:59'])
      expect(nextOccurrence(rule('0 10 * * 1', 'next-business-day'), eastern(asked))?.at).toEqual(
        eastern('2026-05-26 10:00'),
      );
    expect(days(rule('0 10 * * 1', 'next-business-day'), '2026-05-26 10:00', 1)).toEqual(['2026-06-01']);
  });

  it('moves the status report to the business day before, once', () => {
    const report = rule('0 12 * * 5', 'previous-business-day');
    expect(nextOccurrence(report, eastern('2026-06-29 08:00'))).toEqual({
      at: eastern('2026-07-02 12:00'),
      movedFrom: { on: '2026-07-03', because: 'Independence Day, observed' },
    });
    expect(days(report, '2026-07-02 12:00', 1)).toEqual(['2026-07-10']);
    expect(days(report, '2027-12-24 08:00', 2)).toEqual(['2027-12-30', '2028-01-07']);
  });

  it('leaves out, or keeps, what falls on a holiday when told to', () => {
    expect(days(rule('0 10 * * 1', 'skip'), '2026-05-20 12:00', 1)).toEqual(['2026-06-01']);
    expect(days(rule('0 10 * * 1', 'keep'), '2026-05-20 12:00', 1)).toEqual(['2026-05-25']);
  });

  it('merges what a move brings together', () => {
    const daily = rule('0 9 * * *', 'next-business-day');
    expect(days(daily, '2026-05-22 12:00', 2)).toEqual(['2026-05-26', '2026-05-27']);
    expect(nextOccurrence(daily, eastern('2026-05-22 12:00'))?.movedFrom).toBeNull();
    const twice = rule('0 9,15 * * 5,1', 'previous-business-day');
    expect(times(twice, eastern('2026-07-01 12:00'), 4).map((at) => sayDateTime(at, EASTERN))).toEqual([
      'Thursday, July 2, 2026 at 9:00 AM Eastern Time',
      'Thursday, July 2, 2026 at 3:00 PM Eastern Time',
      'Monday, July 6, 2026 at 9:00 AM Eastern Time',
      'Monday, July 6, 2026 at 3:00 PM Eastern Time',
    ]);
  });

  it('honours closures by name', () => {
    const calendar = { closures: [{ on: '2026-01-27', name: 'Snow closure' }] };
    expect(
      nextOccurrence({ ...rule('0 10 * * 2', 'next-business-day'), calendar }, eastern('2026-01-26 08:00'))
        ?.movedFrom,
    ).toEqual({ on: '2026-01-27', because: 'Snow closure' });
  });

  it('comes at the first instant after a gap, and at the first of two', () => {
    expect(nextOccurrence(rule('30 2 * * *'), eastern('2026-03-07 12:00'))?.at).toEqual(
      new Date('2026-03-08T07:00:00Z'),
    );
    const doubled = times(rule('30 1 * * *'), eastern('2026-10-31 12:00'), 2);
    expect(doubled).toEqual([new Date('2026-11-01T05:30:00Z'), new Date('2026-11-02T06:30:00Z')]);
  });

  it('is none for a day that never comes, without searching for ever', () => {
    expect(nextOccurrence(rule('0 9 30 2 *'), eastern('2026-01-01 00:00'))).toBeNull();
    expect(nextOccurrence(rule('0 9 * * 6', 'skip'), eastern('2026-01-01 00:00'))).toBeNull();
  });

  it('is once for every local day of every zone, 2024 to 2030', () => {
    const zones = fc.constantFrom(...ZONES);
    const time = fc.constantFrom('0 0', '30 0', '30 1', '0 2', '30 2', '15 3', '0 9', '59 23');
    fc.assert(
      fc.property(zones, time, fc.integer({ min: 0, max: 2500 }), (zone, clock, start) => {
        // Greenland's clocks skip the last hour of a day in spring: what stands in it comes at midnight.
        fc.pre(clock !== '59 23' || !/Godthab|Nuuk|Scoresbysund/u.test(zone));
        const first = addDays('2024-01-01', start);
        const cadence = rule(`${clock} * * *`, 'keep', zone);
        const found = times(cadence, new Date(instantOf(first, '00:00', zone).getTime() - 1), 60);
        expect(found.map((at) => localDate(at, zone))).toEqual(
          found.map((_, index) => addDays(first, index)),
        );
        expect(found).toHaveLength(60);
      }),
      { numRuns: 80 },
    );
  }, 20_000);

  it('is once for every local day around each change of the clock, in every zone', () => {
    for (const zone of ZONES.filter((_, index) => index % 45 === 0)) {
      const cadence = rule('30 2 * * *', 'keep', zone);
      let at = new Date(Date.UTC(2024, 0, 1));
      for (let on = localDate(at, zone); at.getTime() < Date.UTC(2030, 11, 31); ) {
        const next = nextOccurrence(cadence, at);
        if (!next) throw new Error('no next occurrence');
        const step = daysBetween(on, localDate(next.at, zone));
        if (step > 1 || (step < 1 && at.getTime() !== Date.UTC(2024, 0, 1)))
          expect.fail(`${zone} ${on} ${step}`);
        on = localDate(next.at, zone);
        at = next.at;
      }
    }
  }, 60_000);

  it('agrees with the cron library where neither clock changes nor holidays matter', () => {
    const crons = fc.constantFrom(
      '0 10 * * 2',
      '30 8 * * 1,4',
      '0 13 * * 3#2',
      '*/20 9-16 * * 1-5',
      '0 8 L * *',
    );
    fc.assert(
      fc.property(crons, fc.integer({ min: 0, max: 2500 }), (cron, day) => {
        const after = new Date(Date.UTC(2024, 0, 1) + day * DAY_MS);
        const theirs = new Cron(cron, { timezone: EASTERN, domAndDow: true }).nextRun(after);
        expect(nextOccurrence(rule(cron), after)?.at).toEqual(theirs);
      }),
    );
  });

  it('under a holiday rule is always on a business day, and every planned day is answered for', () => {
    const rules = fc.constantFrom<HolidayRule>('next-business-day', 'previous-business-day');
    const crons = fc.constantFrom(
      '0 12 * * 5',
      '0 10 * * 1',
      '30 8 * * 1,4',
      '0 9 * * *',
      '0 9,15 25-31 * *',
    );
    fc.assert(
      fc.property(rules, crons, fc.integer({ min: 0, max: 2400 }), (holidayRule, cron, start) => {
        const after = eastern(`${addDays('2024-01-01', start)} 11:00`);
        const moved = times(rule(cron, holidayRule), after, 12);
        const last = moved.at(-1) ?? after;
        const before = new Date(after.getTime() - 14 * DAY_MS);
        const expected = times(rule(cron), before, 120).flatMap((at) => {
          const on = localDate(at, EASTERN);
          const step = holidayRule === 'next-business-day' ? 1 : -1;
          const kept = isBusinessDay(on, FEDERAL_CALENDAR) ? on : addBusinessDays(on, step, FEDERAL_CALENDAR);
          const happens = instantOf(kept, localTime(at, EASTERN), EASTERN).getTime();
          return happens > after.getTime() && happens <= last.getTime() ? [happens] : [];
        });
        expect(moved.map((at) => at.getTime())).toEqual([...new Set(expected)].sort((a, b) => a - b));
      }),
    );
  }, 20_000);
});

describe('a cadence is checked', () => {
  it('and tidied when it can be kept', () => {
    expect(checkCadence({ cron: ' 0  9 * * 1-5 ', zone: EASTERN })).toEqual({
      ok: true,
      value: { cron: '0 9 * * 1-5', zone: EASTERN },
    });
    for (const hour of ['0', '3', '9-17', '3,0'])
      expect(checkCadence({ cron: `0 ${hour} * * *`, zone: EASTERN }).ok).toBe(true);
  });

  it.each([
    ['0 9 * *', EASTERN, 'unreadable'],
    ['0 0 9 * * *', EASTERN, 'unreadable'],
    ['0 25 * * *', EASTERN, 'unreadable'],
    ['every day please now', EASTERN, 'unreadable'],
    ['0 9 * * *', 'Mars/Olympus', 'unknown-zone'],
    ['0 2 * * *', EASTERN, 'night-hours'],
    ['30 1 * * 1', EASTERN, 'night-hours'],
    ['*/5 * * * *', EASTERN, 'night-hours'],
    ['0 9 30 2 *', EASTERN, 'never'],
  ])('and "%s" in %s is refused as %s', (cron, zone, code) => {
    const outcome = checkCadence({ cron, zone });
    expect(outcome).toMatchObject({ ok: false, refusal: { code } });
    if (!outcome.ok) expect(outcome.refusal.because).toMatch(/^(?!.*CronPattern).*\.$/u);
  });

  it.each([
    [
      '0 9 * * 2#6',
      "The day of the week of this cadence can't be read. It takes a number from 0 (Sunday) to 6",
    ],
    ['60 9 * * 2', "The minute of this cadence can't be read. It takes a number from 0 to 59."],
    ['0 24 * * 2', "The hour of this cadence can't be read. It takes a number from 0 to 23."],
    ['0 9 32 * *', "The day of the month of this cadence can't be read."],
    ['0 9 * 13 *', "The month of this cadence can't be read."],
  ])('and "%s" is refused in our own words', (cron, words) => {
    const outcome = checkCadence({ cron, zone: EASTERN });
    expect(outcome.ok ? '' : outcome.refusal.because).toContain(words);
  });
});

describe('a cadence in words', () => {
  it.each([
    ['0 9 * * 1-5', 'skip', 'every business day at 9:00 AM Eastern Time'],
    [
      '0 9 * * 1-5',
      'keep',
      'every weekday at 9:00 AM Eastern Time; also on federal holidays and when the office is closed',
    ],
    ['0 9 * * *', 'next-business-day', 'every business day at 9:00 AM Eastern Time'],
    [
      '0 9 * * *',
      'keep',
      'every day at 9:00 AM Eastern Time; also on weekends, on federal holidays and when the office is closed',
    ],
    [
      '30 8 * * 1,4',
      'keep',
      'every Monday and Thursday at 8:30 AM Eastern Time; also on federal holidays and when the office is closed',
    ],
    [
      '0 10 * * TUE',
      'next-business-day',
      'every Tuesday at 10:00 AM Eastern Time; if that is a federal holiday or the office is closed, the next business day',
    ],
    [
      '0 13 * * 3#2',
      'keep',
      'the second Wednesday of each month at 1:00 PM Eastern Time; also on federal holidays and when the office is closed',
    ],
    [
      '0 12 * * 5L',
      'keep',
      'the last Friday of each month at 12:00 PM Eastern Time; also on federal holidays and when the office is closed',
    ],
    [
      '0 12 * * 5',
      'previous-business-day',
      'every Friday at 12:00 PM Eastern Time; if that is a federal holiday or the office is closed, the business day before',
    ],
    [
      '0 9,15 1 * *',
      'keep',
      'day 1 of each month at 9:00 AM and 3:00 PM Eastern Time; also on weekends, on federal holidays and when the office is closed',
    ],
    [
      '0 9 * 1,4,7 1,3,5',
      'keep',
      'every Monday, Wednesday, and Friday in January, April, and July at 9:00 AM Eastern Time; also on federal holidays and when the office is closed',
    ],
    [
      '0 13 8-14 * 3',
      'next-business-day',
      'the second Wednesday of each month at 1:00 PM Eastern Time; if that is a federal holiday or the office is closed, the next business day',
    ],
    [
      '0 10 * * 2',
      'skip',
      'every Tuesday at 10:00 AM Eastern Time; not on federal holidays or when the office is closed',
    ],
    [
      '0 9 1 * *',
      'previous-business-day',
      'day 1 of each month at 9:00 AM Eastern Time; if that is a weekend day or a federal holiday, or the office is closed, the business day before',
    ],
    [
      '0 9 * * SAT',
      'skip',
      'every Saturday at 9:00 AM Eastern Time; not on weekends, on federal holidays or when the office is closed',
    ],
    [
      '0 10 * */3 2#2',
      'next-business-day',
      'every three months on the second Tuesday (in January, April, July, and October) at 10:00 AM Eastern Time; if that is a federal holiday or the office is closed, the next business day',
    ],
    [
      '0 10 * 1,4,7,10 2#2',
      'keep',
      'every three months on the second Tuesday (in January, April, July, and October) at 10:00 AM Eastern Time; also on federal holidays and when the office is closed',
    ],
    [
      '0 14 1-7 MAR/3 THU',
      'keep',
      'on the schedule "0 14 1-7 MAR/3 THU" (Eastern Time); also on weekends, on federal holidays and when the office is closed',
    ],
    [
      '0 14 1-7 3-12/3 THU',
      'keep',
      'every three months on the first Thursday (in March, June, September, and December) at 2:00 PM Eastern Time; also on federal holidays and when the office is closed',
    ],
    [
      '0 14 * 3,4 4L',
      'keep',
      'the last Thursday of March and April at 2:00 PM Eastern Time; also on federal holidays and when the office is closed',
    ],
    [
      '0 14 * JAN 4#1',
      'keep',
      'the first Thursday of January at 2:00 PM Eastern Time; also on federal holidays and when the office is closed',
    ],
    [
      '0 14 5-9 * 4',
      'keep',
      'on the schedule "0 14 5-9 * 4" (Eastern Time); also on weekends, on federal holidays and when the office is closed',
    ],
    [
      '*/20 9-16 * * 1',
      'keep',
      'on the schedule "*/20 9-16 * * 1" (Eastern Time); also on weekends, on federal holidays and when the office is closed',
    ],
    [
      '0 13 * * 3#1,3#3',
      'next-business-day',
      'the first and third Wednesday of each month at 1:00 PM Eastern Time; if that is a federal holiday or the office is closed, the next business day',
    ],
    // From one month into the next a move makes a difference.
    [
      '0 9 * 1 1-5',
      'next-business-day',
      'every weekday in January at 9:00 AM Eastern Time; if that is a federal holiday or the office is closed, the next business day',
    ],
  ] as const)('%s, %s: %s', (cron, holidayRule, words) => {
    expect(describeCadence({ cron, zone: EASTERN, holidayRule })).toBe(words);
  });

  it('names a zone that people call as another one', () => {
    expect(describeCadence({ cron: '0 10 * * 2', zone: 'America/Detroit', holidayRule: 'skip' })).toContain(
      'at 10:00 AM Eastern Time (America/Detroit); not on',
    );
  });
});
