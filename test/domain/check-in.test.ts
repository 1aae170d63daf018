import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { businessDaysBetween, FEDERAL_CALENDAR, isBusinessDay } from '../../src/domain/calendar.ts';
import {
  type CheckIn,
  type CheckInAnswers,
  checkInSteps,
  helpFirst,
  saysSomething,
  takesCheckIns,
} from '../../src/domain/check-in.ts';
import { localDate, localTime } from '../../src/domain/time.ts';

/** Tuesday 10:00 in New York, after Thanksgiving week. */
const STARTS_AT = new Date('2026-12-08T10:00:00-05:00');
const AFTERNOON = new Date('2026-12-08T13:00:00-05:00');
const EASTERN = 'America/New_York';
const words = (facts: Partial<CheckInAnswers> = {}): CheckInAnswers => ({
  wentWell: '',
  inTheWay: '',
  helpWanted: '',
  ...facts,
});
const checkIn = (personId: string, facts: Partial<CheckIn> = {}): CheckIn => ({
  meetingId: 'm1',
  personId,
  askedAt: new Date('2026-12-07T09:00:00-05:00'),
  answers: null,
  answeredAt: null,
  ...facts,
});
const steps = (
  checkIns: readonly CheckIn[] = [],
  facts: { startsAt?: Date; zone?: string; days?: number } = {},
) =>
  checkInSteps(
    {
      startsAt: facts.startsAt ?? STARTS_AT,
      writers: [{ id: 'ann', timeZone: facts.zone ?? EASTERN }],
      checkIns,
      businessDaysBefore: facts.days ?? 1,
    },
    FEDERAL_CALENDAR,
  );

describe('asking for a check-in', () => {
  it('comes at nine in the morning of the business day before, on the wall of whoever is asked, and is written when that day begins', () => {
    expect(steps()[0]).toEqual({
      what: 'ask',
      at: new Date('2026-12-07T00:00:00-05:00'),
      dueAt: new Date('2026-12-07T09:00:00-05:00'),
      personId: 'ann',
    });
    expect(steps([], { zone: 'Pacific/Honolulu' })[0]).toMatchObject({
      at: new Date('2026-12-07T00:00:00-10:00'),
      dueAt: new Date('2026-12-07T09:00:00-10:00'),
    });
  });

  it('skips holidays and weekends', () => {
    const afterThanksgiving = new Date('2026-11-30T13:00:00-05:00');
    expect(steps([], { startsAt: afterThanksgiving, days: 2 })[0]).toMatchObject({
      dueAt: new Date('2026-11-25T09:00:00-05:00'),
    });
  });

  it('always comes on a business day, at nine, that many business days ahead', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 4_000 }),
        fc.integer({ min: 0, max: 95 }),
        fc.integer({ min: 1, max: 4 }),
        fc.constantFrom(EASTERN, 'America/Phoenix', 'Pacific/Honolulu', 'America/Los_Angeles'),
        (day, quarterHours, days, zone) => {
          const startsAt = new Date(Date.UTC(2026, 0, 1) + day * 86_400_000 + quarterHours * 900_000);
          const ask = steps([], { startsAt, zone, days }).find(({ what }) => what === 'ask');
          const at = ask?.what === 'ask' ? ask.dueAt : startsAt;
          expect(localTime(at, zone)).toBe('09:00');
          expect(localDate(ask?.at ?? startsAt, zone)).toBe(localDate(at, zone));
          expect(isBusinessDay(localDate(at, zone), FEDERAL_CALENDAR)).toBe(true);
          expect(at < startsAt).toBe(true);
          const on = localDate(startsAt, zone);
          const apart = businessDaysBetween(localDate(at, zone), on, FEDERAL_CALENDAR);
          // A meeting on a day off counts from that day back, so one business day fewer lies between.
          expect(apart).toBe(isBusinessDay(on, FEDERAL_CALENDAR) ? days : days - 1);
        },
      ),
    );
  });
});

describe('the one reminder', () => {
  it('comes on the morning of the meeting to whoever was asked and has not answered', () => {
    expect(steps([checkIn('ann')], { startsAt: AFTERNOON })[0]).toEqual({
      what: 'remind',
      at: new Date('2026-12-08T00:00:00-05:00'),
      dueAt: new Date('2026-12-08T09:00:00-05:00'),
      personId: 'ann',
    });
    const answered = checkIn('ann', { answers: words({ wentWell: 'All' }), answeredAt: STARTS_AT });
    expect(steps([answered], { startsAt: AFTERNOON }).map(({ what }) => what)).toEqual(['collect']);
  });

  it('comes a business day ahead where the meeting’s own morning leaves no time to answer', () => {
    const friday = checkIn('ann', { askedAt: new Date('2026-12-04T09:00:00-05:00') });
    expect(steps([friday])[0]).toMatchObject({
      what: 'remind',
      dueAt: new Date('2026-12-07T09:00:00-05:00'),
    });
    const honolulu = steps([friday], { startsAt: AFTERNOON, zone: 'Pacific/Honolulu' })[0];
    expect(honolulu).toMatchObject({ what: 'remind', dueAt: new Date('2026-12-07T09:00:00-10:00') });
  });

  it('is left out on the day of the asking', () => {
    const askedLate = checkIn('ann', { askedAt: new Date('2026-12-08T08:55:00-05:00') });
    expect(steps([askedLate], { startsAt: AFTERNOON }).map(({ what }) => what)).toEqual(['collect']);
    expect(steps([checkIn('ann')]).map(({ what }) => what)).toEqual(['collect']);
  });
});

describe('showing the meeting what was written', () => {
  it('comes half an hour before, whether somebody answered or nobody', () => {
    const shown = { what: 'collect', at: new Date('2026-12-08T09:30:00-05:00') };
    expect(steps().at(-1)).toEqual(shown);
    const other = checkIn('ben', { answers: words({ inTheWay: 'Data' }), answeredAt: STARTS_AT });
    expect(steps([other]).at(-1)).toEqual(shown);
  });

  it('is left out when nobody is to write', () => {
    const meeting = { startsAt: STARTS_AT, writers: [], checkIns: [], businessDaysBefore: 1 };
    expect(checkInSteps(meeting, FEDERAL_CALENDAR)).toEqual([]);
  });
});

describe('what was written', () => {
  it('shows those who want help first, then in the order in which they came', () => {
    const at = (minute: number): Date => new Date(STARTS_AT.getTime() + minute * 60_000);
    const rows = [
      checkIn('calm', { answers: words({ wentWell: 'Fine' }), answeredAt: at(1) }),
      checkIn('silent'),
      checkIn('late', { answers: words({ helpWanted: 'Access' }), answeredAt: at(3) }),
      checkIn('early', { answers: words({ helpWanted: 'Data' }), answeredAt: at(2) }),
    ];
    expect(helpFirst(rows).map(({ personId }) => personId)).toEqual(['early', 'late', 'calm']);
  });

  it('needs words in at least one part', () => {
    expect(saysSomething(words())).toBe(false);
    expect(saysSomething(words({ helpWanted: 'Access' }))).toBe(true);
  });

  it('is taken until the meeting begins, and only while it is booked', () => {
    const bookedFor = { startsAt: STARTS_AT, endsAt: new Date(STARTS_AT.getTime() + 1_800_000) };
    const before = new Date(STARTS_AT.getTime() - 1);
    expect(takesCheckIns({ state: 'booked', bookedFor }, before)).toBe(true);
    expect(takesCheckIns({ state: 'booked', bookedFor }, STARTS_AT)).toBe(false);
    expect(takesCheckIns({ state: 'cancelled', bookedFor }, before)).toBe(false);
    expect(takesCheckIns({ state: 'offered', bookedFor: null }, before)).toBe(false);
  });
});
