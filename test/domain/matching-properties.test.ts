import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareFits, fitOf, shortlist } from '../../src/domain/matching.ts';
import { readyOn } from '../../src/domain/matching-gates.ts';
import type { Contender } from '../../src/domain/matching-terms.ts';
import { addDays } from '../../src/domain/time.ts';
import { MATCHING } from '../../src/offerings/matching-weights.ts';
import { TODAY } from '../support/a-contender.ts';
import { anySettings, contenders, IMPROVEMENTS, needs, profiles } from '../support/any-contender.ts';

describe('whatever the need, the person and the weights', () => {
  it('the parts add up to a score from 0 to 100, each within its weight and in whole points', () => {
    fc.assert(
      fc.property(contenders, needs, anySettings, (contender, need, figures) => {
        const { parts, score } = fitOf(contender, need, figures, TODAY);
        expect(parts.reduce((sum, { points }) => sum + points, 0)).toBe(score);
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(100);
        for (const { points, of, key } of parts) {
          expect(Number.isInteger(points) && points >= 0 && points <= of, key).toBe(true);
          expect(of).toBe(figures.weights[key]);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('a part earns all its points exactly when nothing of it is missing, by our own weights', () => {
    fc.assert(
      fc.property(contenders, needs, (contender, need) => {
        const { parts } = fitOf(contender, need, MATCHING, TODAY);
        for (const { key, points, of, items } of parts.slice(0, 3)) {
          const isWhole = items.every(({ isMet }) => isMet);
          if (isWhole) expect(points, key).toBe(of);
          else expect(points, key).toBeLessThanOrEqual(of);
          if (key === 'tasks' && !isWhole) expect(points).toBeLessThan(of);
        }
      }),
      { numRuns: 300 },
    );
  });

  it.each(Object.entries(IMPROVEMENTS))(
    'a better %s never lowers a part, never shuts an open gate and never delays the start',
    (_, improve) => {
      fc.assert(
        fc.property(contenders, needs, anySettings, (contender, need, figures) => {
          const improved = improve(contender, need);
          const before = fitOf(contender, need, figures, TODAY);
          const after = fitOf(improved, need, figures, TODAY);
          expect(after.score).toBeGreaterThanOrEqual(before.score);
          before.parts.forEach(({ points, key }, index) => {
            expect(after.parts[index]?.points, key).toBeGreaterThanOrEqual(points);
          });
          before.gates.forEach(({ isPassed, key }, index) => {
            if (isPassed) expect(after.gates[index], key).toMatchObject({ key, isPassed: true });
          });
          expect(after.readyOn <= before.readyOn).toBe(true);
          expect(after.gaps.length).toBeLessThanOrEqual(before.gaps.length);
          expect(compareFits(after, before, 1)).toBeLessThanOrEqual(0);
        }),
        { numRuns: 60 },
      );
    },
  );

  it('nobody is ready before today or before screening allows it', () => {
    fc.assert(
      fc.property(profiles, (profile) => {
        const on = readyOn(profile, MATCHING, TODAY);
        expect(on >= addDays(TODAY, MATCHING.screeningDays[profile.screening])).toBe(true);
        expect(on >= (profile.availableOn ?? TODAY)).toBe(true);
      }),
    );
  });
});

describe('the order', () => {
  const people = fc.uniqueArray(contenders, { selector: ({ profile }) => profile.personId, maxLength: 6 });

  it('is the same for the same seed, whatever the order of listing', () => {
    fc.assert(
      fc.property(people, needs, fc.integer(), (listed, need, seed) => {
        const made = shortlist(listed, need, MATCHING, { seed, today: TODAY });
        expect(shortlist(listed.toReversed(), need, MATCHING, { seed, today: TODAY })).toEqual(made);
        expect(made.ranked).toHaveLength(listed.length);
      }),
    );
  });

  it('is total: two people never stand equal, and who is before whom carries on', () => {
    fc.assert(
      fc.property(people, needs, fc.integer(), (listed, need, seed) => {
        const { ranked, top } = shortlist(listed, need, MATCHING, { seed, today: TODAY });
        ranked.forEach((one, place) => {
          ranked.forEach((other, at) => {
            expect(Math.sign(compareFits(one, other, seed))).toBe(Math.sign(place - at));
          });
        });
        expect(top).toEqual(ranked.filter(({ isEligible }) => isEligible).slice(0, 3));
      }),
    );
  });

  it('never puts somebody lower because they got better', () => {
    const improvements = Object.values(IMPROVEMENTS);
    const which = fc.nat({ max: improvements.length - 1 });
    fc.assert(
      fc.property(people, needs, which, fc.integer(), (listed, need, index, seed) => {
        const [first, ...others] = listed;
        const improve = improvements[index];
        if (!first || !improve) return;
        const placeIn = (all: readonly Contender[]) =>
          shortlist(all, need, MATCHING, { seed, today: TODAY }).ranked.findIndex(
            ({ personId }) => personId === first.profile.personId,
          );
        expect(placeIn([improve(first, need), ...others])).toBeLessThanOrEqual(placeIn(listed));
      }),
      { numRuns: 300 },
    );
  });
});
