/** Burn-downs made up for tests of words and pictures. */
import fc from 'fast-check';
import type { BurnDown } from '../../src/domain/burn-down.ts';
import { addDays } from '../../src/domain/time.ts';

/** `needed` lines over `length` days from 12/7/2026, known until day `today`: a line more is done every third day than planned. */
export function aBurnDown({ needed = 22, length = 64, today = 23 } = {}): BurnDown {
  const left = (done: number): number => Math.max(0, needed - Math.floor(done));
  const known = left(today / 4);
  return {
    needed,
    days: Array.from({ length }, (_, day) => ({
      day,
      on: addDays('2026-12-07', day),
      planned: left(day / 2.6),
      open: day <= today ? left(day / 4) : null,
      forecast: day < today ? null : Math.max(0, known - Math.floor((day - today) / 2.3)),
    })),
  };
}

/** Any burn-down: as long as it may be, known as far as it may be. */
export const anyBurnDown: fc.Arbitrary<BurnDown> = fc
  .record({
    needed: fc.nat(40),
    length: fc.integer({ min: 1, max: 366 }),
    today: fc.integer({ min: -1, max: 400 }),
  })
  .map(aBurnDown);
