import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BurnDown, burnDownOf, burnDownOfAll } from '../../src/domain/burn-down.ts';
import type { Card } from '../../src/domain/card.ts';
import { forecastOf } from '../../src/domain/card-forecast.ts';
import { planOf } from '../../src/domain/card-plan.ts';
import { addDays } from '../../src/domain/time.ts';
import { CARD_TEMPLATE } from '../../src/offerings/card-template.ts';
import { aCard, BLOCKED, begun, doneOn, NOT_NEEDED, workingDays } from '../support/a-card.ts';

/** The goal, day 60, is Friday, January 15, 2027. */
const DAY_0 = '2026-11-16';
const KEYS = CARD_TEMPLATE.items.map(({ key }) => key);

function burnDown(card: Card, today: string): BurnDown {
  const days = workingDays();
  const plan = planOf(CARD_TEMPLATE, card, days);
  const forecast = forecastOf(CARD_TEMPLATE, card, days, today);
  return burnDownOf(CARD_TEMPLATE, card, { plan, forecast }, today);
}
/** Day, planned, open and forecast, on the days that are asked for. */
const rows = ({ days }: BurnDown, ...asked: readonly number[]) =>
  days
    .filter(({ day }) => asked.includes(day))
    .map(({ day, planned, open, forecast }) => [day, planned, open, forecast]);

describe('the burn-down of one card', () => {
  it('begins with every line and plans to end with none on day 60', () => {
    const fresh = burnDown(aCard(DAY_0), DAY_0);
    expect(fresh.needed).toBe(22);
    expect(fresh.days).toHaveLength(61);
    expect(fresh.days[0]).toEqual({ day: 0, on: DAY_0, planned: 22, open: 22, forecast: 22 });
    expect(rows(fresh, 1, 2, 3, 37, 38, 53, 59, 60)).toEqual([
      [1, 22, null, 22],
      [2, 21, null, 21],
      [3, 20, null, 20],
      // December 23 and 24: the result and the EUA ID are planned for the 24th.
      [37, 14, null, 12],
      [38, 12, null, 11],
      // January 8, on which it should be ready.
      [53, 4, null, 0],
      [59, 1, null, 0],
      [60, 0, null, 0],
    ]);
  });

  it('has what was open up to today, and what should be from today on', () => {
    const card = aCard(DAY_0, {
      offer_accepted: doneOn('2026-11-17'),
      roster_add: doneOn('2026-11-19'),
      // Begun before, it has taken its time and is expected today.
      ict_request: begun('2026-11-19'),
    });
    expect(rows(burnDown(card, '2026-11-20'), 0, 1, 2, 3, 4, 5)).toEqual([
      [0, 22, 22, null],
      [1, 22, 21, null],
      [2, 21, 21, null],
      [3, 20, 20, null],
      [4, 19, 20, 19],
      [5, 19, null, 19],
    ]);
  });

  it('counts neither what is not needed nor, as open, what was done before day 0', () => {
    const card = aCard(DAY_0, { other_access: NOT_NEEDED, eqip: doneOn('2025-03-01') });
    const found = burnDown(card, DAY_0);
    expect(found.needed).toBe(21);
    expect(rows(found, 0)).toEqual([[0, 21, 20, 20]]);
  });

  it('goes on past the goal as long as something should be open, for a year at most', () => {
    const late = burnDown(aCard(DAY_0), '2026-12-07');
    const lastOn = forecastOf(CARD_TEMPLATE, aCard(DAY_0), workingDays(), '2026-12-07').readyOn;
    expect(late.days.at(-1)).toMatchObject({ on: lastOn, planned: 0, open: null, forecast: 0 });
    expect(lastOn > '2027-01-15').toBe(true);
    expect(burnDown(aCard(DAY_0), '2031-01-02').days).toHaveLength(366);
  });

  it('has nothing open yet for an onboarding that is ahead', () => {
    const ahead = burnDown(aCard(DAY_0), '2026-11-10');
    expect(ahead.days[0]).toMatchObject({ planned: 22, open: null, forecast: expect.any(Number) });
  });

  it('never plans for more as days go by, and never expects more', () => {
    const lines = fc
      .tuple(
        ...KEYS.map((key) =>
          fc
            .oneof(
              fc.nat(20).map((day) => doneOn(addDays(DAY_0, day))),
              fc.constantFrom(BLOCKED, NOT_NEEDED, {}, begun('2026-11-18')),
            )
            .map((line) => [key, line] as const),
        ),
      )
      .map((each) => aCard(DAY_0, Object.fromEntries(each)));
    fc.assert(
      fc.property(lines, (card) => {
        const { days } = burnDown(card, addDays(DAY_0, 20));
        for (const row of ['planned', 'open', 'forecast'] as const) {
          const numbers = days.flatMap((day) => day[row] ?? []);
          expect(numbers).toEqual(numbers.toSorted((a, b) => b - a));
        }
        expect(days.at(-1)).toMatchObject({ planned: 0, forecast: 0 });
        expect(days.filter(({ open }) => open !== null)).toHaveLength(21);
        // From what is open today, only what should be done today is gone.
        const now = days[20];
        expect((now?.forecast ?? 0) <= (now?.open ?? 0)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });
});

describe('the burn-down of several people', () => {
  const first = burnDown(aCard(DAY_0, { offer_accepted: doneOn('2026-11-17') }), '2026-11-24');
  const second = burnDown(aCard('2026-11-20'), '2026-11-24');

  it('adds them by days after day 0, what was open as far as all have come', () => {
    const all = burnDownOfAll([first, second]);
    expect(all.needed).toBe(44);
    // The second one's day 2 is a Sunday, so their first line is planned for the Friday, day 0.
    expect(all.days[0]).toEqual({ day: 0, on: DAY_0, planned: 43, open: 44, forecast: null });
    const at = (of: BurnDown, day: number) => of.days[day];
    // Day 4 is the second one's today; the first had 21 lines open then.
    expect(at(all, 3)).toMatchObject({ open: 43, forecast: null });
    expect(at(all, 4)).toMatchObject({ open: 43, forecast: 21 + (at(second, 4)?.forecast ?? Number.NaN) });
    expect(at(all, 5)).toMatchObject({ open: null, forecast: 21 + (at(second, 5)?.forecast ?? Number.NaN) });
    expect(at(all, 20)?.forecast).toBe(
      (at(first, 20)?.forecast ?? Number.NaN) + (at(second, 20)?.forecast ?? Number.NaN),
    );
    expect(at(all, 20)?.planned).toBe(
      (at(first, 20)?.planned ?? Number.NaN) + (at(second, 20)?.planned ?? Number.NaN),
    );
  });

  it('lasts as long as the longest; what ended stays as it ended', () => {
    // Day 70: nothing was done in all this time.
    const longer = burnDown(aCard(DAY_0), '2027-01-25');
    const all = burnDownOfAll([first, longer]);
    expect(all.days).toHaveLength(longer.days.length);
    expect(all.days.at(-1)).toMatchObject({ planned: 0, open: null, forecast: 0 });
    // The first one has not come so far, and will have nothing open by then.
    expect(all.days[65]).toMatchObject({ planned: 0, open: null, forecast: 22 });
  });

  it('does not depend on their order, and of one is that one', () => {
    expect(burnDownOfAll([second, first])).toEqual(burnDownOfAll([first, second]));
    expect(burnDownOfAll([first])).toEqual(first);
    expect(burnDownOfAll([])).toEqual({ needed: 0, days: [] });
  });
});
