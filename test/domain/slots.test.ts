import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BUSINESS_HOURS, FEDERAL_CALENDAR, holidayOn, isBusinessDay } from '../../src/domain/calendar.ts';
import type { Slot } from '../../src/domain/meeting.ts';
import { checkProposedSlot, hasLapsed, offerSlots, overlap, type SlotWish } from '../../src/domain/slots.ts';
import { addDays, EASTERN, instantOf, localDate, localTime, sayDateTime } from '../../src/domain/time.ts';
import { slotRefusalWords } from '../../src/messages/copy/slots.ts';

const eastern = (text: string): Date => instantOf(text.slice(0, 10), text.slice(11), EASTERN);
const hourAt = (text: string): Slot => ({
  startsAt: eastern(text),
  endsAt: new Date(eastern(text).getTime() + 3_600_000),
});
const wish = (changes: Partial<SlotWish> = {}): SlotWish => ({
  now: eastern('2026-12-01 10:00'),
  calendar: FEDERAL_CALENDAR,
  hours: BUSINESS_HOURS,
  minutes: 60,
  busy: [],
  readerZones: [EASTERN],
  count: 3,
  withinBusinessDays: 10,
  ...changes,
});
const said = (slots: readonly Slot[]): string[] =>
  slots.map(({ startsAt }) => sayDateTime(startsAt, EASTERN));

describe('slots offered', () => {
  it('are three on different days, mornings and afternoons, with a whole business day of notice', () => {
    expect(said(offerSlots(wish()))).toEqual([
      'Thursday, December 3, 2026 at 10:00 AM Eastern Time',
      'Monday, December 7, 2026 at 2:00 PM Eastern Time',
      'Wednesday, December 9, 2026 at 10:00 AM Eastern Time',
    ]);
  });

  it('count Monday as the day of notice after a weekend', () => {
    expect(said(offerSlots(wish({ now: eastern('2026-12-05 12:00') })))[0]).toMatch(/^Tuesday, December 8/);
  });

  it('skip federal holidays and closures', () => {
    const closed = { closures: [{ on: '2026-12-22', name: 'Snow closure' }] };
    const slots = offerSlots(wish({ now: eastern('2026-12-18 09:00'), calendar: closed, count: 9 }));
    const days = slots.map(({ startsAt }) => localDate(startsAt, EASTERN));
    expect(days).not.toContain('2026-12-22');
    expect(days).not.toContain('2026-12-25');
    expect(new Set(days).size).toBe(9);
  });

  it('lie in the own day of a reader on the Pacific coast', () => {
    for (const { startsAt, endsAt } of offerSlots(wish({ readerZones: [EASTERN, 'America/Los_Angeles'] }))) {
      expect(localTime(startsAt, 'America/Los_Angeles') >= '08:30').toBe(true);
      expect(localTime(endsAt, EASTERN) <= '17:00').toBe(true);
    }
  });

  it('stay in Eastern business hours when no time suits every reader', () => {
    const slots = offerSlots(wish({ readerZones: ['Asia/Tokyo'] }));
    expect(slots).toHaveLength(3);
    for (const { startsAt } of slots) expect(localTime(startsAt, EASTERN) >= '08:30').toBe(true);
  });

  it('are fewer when time is short, and none when everybody is taken', () => {
    const taken = { startsAt: eastern('2026-12-01 00:00'), endsAt: eastern('2026-12-15 15:00') };
    expect(said(offerSlots(wish({ busy: [taken] })))).toEqual([
      'Tuesday, December 15, 2026 at 3:00 PM Eastern Time',
      'Tuesday, December 15, 2026 at 4:00 PM Eastern Time',
    ]);
    expect(offerSlots(wish({ busy: [{ ...taken, endsAt: eastern('2026-12-20 00:00') }] }))).toEqual([]);
  });

  it('start no earlier than asked', () => {
    const notBefore = eastern('2026-12-10 12:00');
    for (const { startsAt } of offerSlots(wish({ notBefore }))) expect(startsAt >= notBefore).toBe(true);
  });

  it('hold for any day, any zones, any busy times', () => {
    const day = fc.integer({ min: 0, max: 1400 });
    const spans = fc.array(fc.tuple(fc.integer({ min: 0, max: 20 * 48 }), fc.integer({ min: 1, max: 8 })), {
      maxLength: 40,
    });
    const readerZones = fc.subarray([
      EASTERN,
      'America/Chicago',
      'America/Phoenix',
      'Pacific/Honolulu',
      'Europe/Berlin',
    ]);
    fc.assert(
      fc.property(
        day,
        fc.integer({ min: 0, max: 1439 }),
        spans,
        readerZones,
        (start, minute, taken, zones) => {
          const now = new Date(Date.parse(`${addDays('2026-01-01', start)}T00:00:00Z`) + minute * 60_000);
          const busy = taken.map(([half, length]) => ({
            startsAt: new Date(now.getTime() + half * 1_800_000),
            endsAt: new Date(now.getTime() + (half + length) * 1_800_000),
          }));
          const asked = wish({ now, busy, readerZones: zones });
          const slots = offerSlots(asked);
          expect(slots).toEqual(offerSlots(asked));
          slots.forEach((slot, index) => {
            expect(slot.startsAt > now && !busy.some((other) => overlap(other, slot))).toBe(true);
            expect(isBusinessDay(localDate(slot.startsAt, EASTERN), FEDERAL_CALENDAR)).toBe(true);
            expect(checkProposedSlot(slot, asked).ok).toBe(true);
            expect(slots.slice(index + 1).some((other) => overlap(other, slot))).toBe(false);
          });
        },
      ),
      { numRuns: 60 },
    );
  }, 20_000);
});

describe('an offer', () => {
  it('has lapsed exactly when none of its times, offered or proposed, lies ahead', () => {
    const slot = fc.integer({ min: -100, max: 100 }).map((hours): Slot => {
      const startsAt = new Date(eastern('2026-12-01 10:00').getTime() + hours * 3_600_000);
      return { startsAt, endsAt: new Date(startsAt.getTime() + 3_600_000) };
    });
    fc.assert(
      fc.property(fc.array(slot), fc.array(slot), (offered, proposed) => {
        const now = eastern('2026-12-01 10:00');
        const latestMs = Math.max(...[...offered, ...proposed].map(({ startsAt }) => startsAt.getTime()));
        expect(hasLapsed({ state: 'offered', offered, proposed }, now)).toBe(!(latestMs > now.getTime()));
        expect(hasLapsed({ state: 'booked', offered, proposed }, now)).toBe(false);
      }),
    );
  });

  it('that is urgent begins on the next business day, over a weekend and a holiday', () => {
    for (const [now, first] of [
      ['2026-12-01 10:00', '2026-12-02'],
      ['2026-11-25 16:00', '2026-11-27'],
      ['2026-12-05 12:00', '2026-12-07'],
    ] as const) {
      const [slot] = offerSlots(wish({ now: eastern(now), noticeBusinessDays: 1 }));
      expect(localDate(slot?.startsAt ?? new Date(0), EASTERN)).toBe(first);
    }
  });
});

describe('a proposed time', () => {
  const check = (text: string, changes: Partial<SlotWish> = {}) =>
    checkProposedSlot(hourAt(text), wish(changes));

  it('is taken when people are at work and free', () => {
    expect(check('2026-12-01 14:00')).toEqual({ ok: true, value: hourAt('2026-12-01 14:00') });
    expect(check('2026-12-03 16:00').ok).toBe(true);
  });

  it.each([
    ['2026-12-01 09:00', { code: 'past' }],
    ['2026-12-05 10:00', { code: 'weekend', on: '2026-12-05' }],
    ['2026-12-25 10:00', { code: 'holiday', on: '2026-12-25', name: 'Christmas Day' }],
    ['2026-12-03 08:00', { code: 'outside-hours', hours: BUSINESS_HOURS }],
    ['2026-12-03 16:30', { code: 'outside-hours', hours: BUSINESS_HOURS }],
    ['2027-03-08 10:00', { code: 'too-far', latestOn: '2027-03-01' }],
  ])('%s is refused with the reason', (text, refusal) => {
    expect(check(text)).toEqual({ ok: false, refusal });
  });

  it('is refused when it clashes, naming what it clashes with', () => {
    const taken = hourAt('2026-12-03 10:30');
    expect(check('2026-12-03 10:00', { busy: [taken] })).toEqual({
      ok: false,
      refusal: { code: 'clash', with: taken },
    });
    expect(check('2026-12-03 09:30', { busy: [taken] }).ok).toBe(true);
  });

  it('on a closure is refused by the name of the closure', () => {
    const calendar = { closures: [{ on: '2026-12-24', name: 'Closed by executive order' }] };
    expect(holidayOn('2026-12-24', calendar)).toBe('Closed by executive order');
    expect(check('2026-12-24 10:00', { calendar })).toEqual({
      ok: false,
      refusal: { code: 'closure', on: '2026-12-24', name: 'Closed by executive order' },
    });
    expect(
      check('2026-12-25 10:00', { calendar: { closures: [{ on: '2026-12-25', name: 'Shut' }] } }),
    ).toEqual({ ok: false, refusal: { code: 'holiday', on: '2026-12-25', name: 'Christmas Day' } });
  });

  it('that ends before it starts is a mistake of ours', () => {
    const slot = { startsAt: eastern('2026-12-03 10:00'), endsAt: eastern('2026-12-03 09:00') };
    expect(() => checkProposedSlot(slot, wish())).toThrow(RangeError);
  });
});

describe('why a proposed time is refused, in words', () => {
  it.each([
    [
      '2026-12-24 14:00',
      'The office is closed on Thursday, December 24, 2026 (Closed, by executive order). Please name another day.',
    ],
    [
      '2026-12-25 14:00',
      'Friday, December 25, 2026 is Christmas Day, a federal holiday. Please name another day.',
    ],
    ['2026-12-26 14:00', 'Saturday, December 26, 2026 is on a weekend. Please name a business day.'],
  ])('on %s: %s', (text, words) => {
    const calendar = { closures: [{ on: '2026-12-24', name: 'Closed, by executive order' }] };
    const checked = checkProposedSlot(hourAt(text), wish({ calendar }));
    expect(
      checked.ok
        ? ''
        : slotRefusalWords(hourAt(text), checked.refusal, EASTERN, ['Wed Dec 2 2pm', 'Thu Dec 3 10am']),
    ).toBe(words);
  });
});
