import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BurnDown } from '../../src/domain/burn-down.ts';
import {
  type BurnDownOf,
  burnDownAltText,
  burnDownTitle,
  forecastEnd,
  lastKnown,
  openNow,
  toldDays,
} from '../../src/messages/copy/burn-down.ts';
import { aBurnDown, anyBurnDown } from '../support/a-burn-down.ts';

const INES: BurnDownOf = { kind: 'one', number: 'ISSO-2026-0042', name: 'Ines Sorensen' };

/** What the words say of single days, read back. */
function saidOf(words: string) {
  const days = words.matchAll(/day (\d+): (?:(\d+) (open|forecast), )?(\d+) planned/gu);
  return [...days].map(([, day, count, what, planned]) => ({
    day: Number(day),
    open: what === 'open' ? Number(count) : null,
    forecast: what === 'forecast' ? Number(count) : null,
    planned: Number(planned),
  }));
}

describe('the alternative text of a burn-down', () => {
  it('says whose it is, where it stands, when it ends, and the weeks', () => {
    expect(burnDownAltText(INES, aBurnDown())).toBe(
      'Burn-down: Ines Sorensen, ISSO-2026-0042. Day 23: 17 of 22 lines open, 14 by plan. ' +
        'Forecast: none open from day 63; the goal is day 60. ' +
        'day 0: 22 open, 22 planned; day 7: 21 open, 20 planned; day 14: 19 open, 17 planned; ' +
        'day 21: 17 open, 14 planned; day 23: 17 open, 14 planned; day 28: 15 forecast, 12 planned; ' +
        'day 35: 12 forecast, 9 planned; day 42: 9 forecast, 6 planned; day 49: 6 forecast, 4 planned; ' +
        'day 56: 3 forecast, 1 planned; day 63: 0 forecast, 0 planned.',
    );
  });

  it('says of several by what their days count, for each stands on a day of their own', () => {
    const words = burnDownAltText({ kind: 'all', people: 3 }, aBurnDown());
    expect(words).toMatch(
      /^Burn-down of the programme: 3 people in onboarding\. Days count from the day 0 of each\. Forecast: /u,
    );
  });

  it('says the same numbers as the burn-down, with its first, its last and the last known day, and fits the platforms', () => {
    fc.assert(
      fc.property(anyBurnDown, (burnDown) => {
        const words = burnDownAltText(INES, burnDown);
        const said = saidOf(words);
        for (const each of said) {
          const of = burnDown.days[each.day];
          expect(of).toMatchObject({ planned: each.planned });
          expect(each.open).toBe(of?.open ?? null);
          if (each.open === null) expect(each.forecast).toBe(of?.forecast ?? null);
        }
        const days = said.map(({ day }) => day);
        expect(days).toEqual(toldDays(burnDown).map(({ day }) => day));
        expect(days).toEqual(expect.arrayContaining([0, burnDown.days.length - 1]));
        const known = lastKnown(burnDown);
        if (known) expect(days).toContain(known.day);
        expect(days.length).toBeLessThanOrEqual(14);
        // Slack and Teams take so many characters.
        expect(words.length).toBeLessThanOrEqual(1_000);
      }),
    );
  });

  it('says of the programme how many people it is about', () => {
    expect(burnDownTitle({ kind: 'all', people: 1 })).toBe(
      'Burn-down of the programme: 1 person in onboarding',
    );
    expect(burnDownTitle({ kind: 'all', people: 3 })).toContain('3 people');
  });
});

describe('where a burn-down stands', () => {
  it('is not known before its first day', () => {
    expect(openNow(aBurnDown({ today: -1 }))).toBe('22 lines in all.');
  });

  it('ends on no day where lines are still open on its last', () => {
    const short: BurnDown = { ...aBurnDown(), days: aBurnDown().days.slice(0, 62) };
    expect(forecastEnd(short)).toBe('Forecast: 1 open on day 61; the goal is day 60.');
  });
});
