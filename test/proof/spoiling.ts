/** What becomes of a platform's payload in bad hands. */
import { weird } from './bad-input.ts';
import type { Random } from './random.ts';

export type Json = Record<string, unknown>;

/** One to four members of a payload dropped, doubled, retyped, or stuffed with something weird. */
export function spoiled(payload: Json, chance: Random): unknown {
  const copy = structuredClone(payload);
  for (let times = 1 + chance.below(4); times > 0; times -= 1) {
    const [holder, key] = chance.pick(placesIn(copy));
    if (Array.isArray(holder)) holder[Number(key)] = value(chance);
    else spoilMember(holder as Json, key, chance);
  }
  return chance.below(40) === 0 ? value(chance) : copy;
}

function spoilMember(holder: Json, key: string, chance: Random): void {
  switch (chance.below(4)) {
    case 0:
      delete holder[key];
      return;
    case 1:
      holder[weird(chance, 12)] = holder[key];
      return;
    default:
      holder[key] = value(chance);
  }
}

function value(chance: Random): unknown {
  const nested = (): unknown => {
    let deep: unknown = 1;
    for (let level = 0; level < 500; level += 1) deep = [deep];
    return deep;
  };
  return chance.pick<() => unknown>([
    () => null,
    () => [],
    () => ({}),
    () => 5,
    () => -1e308,
    () => true,
    () => '',
    () => weird(chance, 200),
    () => 'x'.repeat(5_000),
    () => ({ __proto__: { type: 'event_callback' }, constructor: 1 }),
    nested,
  ])();
}

/** Every member and item inside, by what holds it. */
function placesIn(root: unknown): readonly (readonly [unknown[] | Json, string])[] {
  const found: (readonly [unknown[] | Json, string])[] = [];
  const walk = (at: unknown): void => {
    if (typeof at !== 'object' || at === null) return;
    for (const [key, inside] of Object.entries(at)) {
      found.push([at as Json, key]);
      walk(inside);
    }
  };
  walk(root);
  return found.length > 0 ? found : [[{ empty: 1 }, 'empty']];
}
