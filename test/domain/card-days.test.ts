import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Card } from '../../src/domain/card.ts';
import { type CardVersion, itemClocks } from '../../src/domain/card-clocks.ts';
import { daysInHand } from '../../src/domain/card-days.ts';
import { DAY_MS, EASTERN } from '../../src/domain/time.ts';
import { CARD_TEMPLATE } from '../../src/offerings/card-template.ts';
import { aCard, doneOn } from '../support/a-card.ts';

const DAY_0 = '2026-12-07';
const at = (local: string): Date => new Date(`${local}:00-05:00`);
const held = (now: string, ...versions: readonly (readonly [string, Card])[]) =>
  daysInHand(
    CARD_TEMPLATE,
    versions.map(([local, card]): CardVersion => ({ at: at(local), card })),
    at(now),
    EASTERN,
  );
const WAITS = aCard(DAY_0, { bo_prep: { state: { is: 'waiting_on', party: 'cra' } } });
const BACK = aCard(DAY_0, { bo_prep: { state: { is: 'in_progress' } } });
const DONE = aCard(DAY_0, { bo_prep: doneOn(DAY_0) });

describe('the days on which a party had a line in hand', () => {
  it('are calendar days, however many lines there were on one', () => {
    const days = held('2026-12-09T09:00', ['2026-12-07T16:00', aCard(DAY_0)]);
    expect(days.get('business_owner')).toBe(3);
    // Several lines of theirs are open from the first day on.
    expect(Math.max(...days.values())).toBe(3);
  });

  it('count a day for each party that had it on that day', () => {
    const days = held('2026-12-10T12:00', ['2026-12-07T09:00', aCard(DAY_0)], ['2026-12-08T12:00', WAITS]);
    expect([days.get('business_owner'), days.get('cra')]).toEqual([2, 3]);
  });

  it('leave out days between two stretches, and count one that both touch once', () => {
    const days = held(
      '2026-12-11T12:00',
      ['2026-12-07T09:00', BACK],
      ['2026-12-07T12:00', WAITS],
      ['2026-12-07T15:00', BACK],
      ['2026-12-08T10:00', DONE],
    );
    expect([days.get('business_owner'), days.get('cra')]).toEqual([2, 1]);
  });

  it('end with the day before where the line was given away at midnight, and are those of the zone', () => {
    const days = held('2026-12-10T00:00', ['2026-12-07T23:00', aCard(DAY_0)], ['2026-12-09T00:00', DONE]);
    expect(days.get('business_owner')).toBe(2);
  });

  it('are none for a card that has just begun, and never later than now', () => {
    expect([...held('2026-12-07T09:00', ['2026-12-07T09:00', aCard(DAY_0)])]).toEqual([]);
    expect([...held('2026-12-07T09:00', ['2026-12-08T09:00', aCard(DAY_0)])]).toEqual([]);
  });

  it('are never more than the days that passed, and never fewer than the longest clock of a line', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 2_000 }), fc.constantFrom(WAITS, BACK, DONE)), {
          maxLength: 8,
        }),
        (changes) => {
          const start = at('2026-12-07T09:00');
          const later = changes
            .toSorted(([a], [b]) => a - b)
            .map(
              ([hours, card]): CardVersion => ({ at: new Date(start.getTime() + hours * 3_600_000), card }),
            );
          const versions = [{ at: start, card: aCard(DAY_0) }, ...later];
          const now = new Date(start.getTime() + 2_001 * 3_600_000);
          const days = daysInHand(CARD_TEMPLATE, versions, now, EASTERN);
          for (const count of days.values()) expect(count).toBeLessThanOrEqual(2_001 / 24 + 2);
          for (const { byParty } of itemClocks(CARD_TEMPLATE, versions, now))
            for (const [party, ms] of byParty)
              expect(days.get(party) ?? 0).toBeGreaterThanOrEqual(Math.floor(ms / DAY_MS));
        },
      ),
    );
  });
});
