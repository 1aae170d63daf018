import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UNLIMITED } from '../../src/domain/pace.ts';
import { say } from '../../src/messages/message.ts';
import { plainText } from '../../src/messages/plain-text.ts';
import type { Delivered, DeliveryAdapter, DeliveryFailure, Store } from '../../src/ports.ts';
import { deliverPending } from '../../src/usecases/deliver-pending.ts';
import { redrawPart } from '../../src/usecases/redraw-part.ts';
import { deliveriesOn, MINUTE, plus, toBo } from '../support/delivering.ts';

const HOUR = 60 * MINUTE;
const PARTS = ['a', 'b', 'c'] as const;
type Part = (typeof PARTS)[number];
const part = fc.constantFrom(...PARTS);

/** What happens next, with two who send beside each other: words change, also in the middle of an attempt; the platform changes; time passes; a sender dies. */
const happening = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom('redraw' as const, 'cross' as const), part }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('mood' as const),
      mood: fc.constantFrom('up', 'away', 'lost', 'lied', 'waits'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('pass' as const),
      ms: fc.constantFrom(0, 1_000, 2 * MINUTE, 6 * MINUTE, HOUR, 14 * HOUR),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('kill' as const) }) },
);

/** A platform that can be read back and edits what stands there, and says what it is in the mood for. */
function moodyPlatform(now: () => Date) {
  /** What stands there, each under the key that it was said with last. */
  const posts = new Map<string, { readonly key: string; readonly text: string }>();
  let mood = 'up';
  let cross: (() => Promise<void>) | null = null;
  const platform: DeliveryAdapter = {
    platform: 'console',
    pace: UNLIMITED,
    async deliver(to, message, key, edits): Promise<Delivered | DeliveryFailure> {
      const crossing = cross;
      cross = null;
      await crossing?.();
      if (mood === 'away') return { kind: 'unavailable' };
      if (mood === 'waits')
        return { kind: 'rate-limited', scope: 'conversation', retryAt: new Date(now().getTime() + 20_000) };
      if (mood === 'lost') return { kind: 'unknown' };
      const id = edits ?? `m${posts.size + 1}`;
      posts.set(id, { key, text: plainText(message, to) });
      return mood === 'lied' ? { kind: 'unknown' } : { kind: 'delivered', messageId: id };
    },
    async findPosted(_to, key) {
      if (mood === 'away') return { kind: 'unavailable' };
      const found = [...posts].find(([, post]) => post.key === key);
      return found ? { kind: 'posted', messageId: found[0] } : { kind: 'not-posted' };
    },
    stop: async () => undefined,
  };
  return {
    platform,
    setMood: (next: string): void => {
      mood = next;
    },
    crossNext: (doing: () => Promise<void>): void => {
      cross = doing;
    },
    /** The words that stand with the person, in all messages together. */
    marks: () =>
      [...posts.values()]
        .flatMap(({ text }) => [...text.matchAll(/mark-(\w+)\./gu)].map(([, mark]) => mark))
        .sort(),
  };
}

describe('whatever happens to platform and process while words change', () => {
  it('each message stands there once, with the last words that it was given', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(happening, { minLength: 4, maxLength: 14 }), async (happenings) => {
        const { deps, store } = await deliveriesOn(
          ...PARTS.map((key) =>
            toBo(key, {
              urgency: key === 'c' ? 'told' : 'routine',
              kind: 'nudge',
              message: say(`mark-${key}0.`),
              dueAt: key === 'b' ? plus(3 * MINUTE) : plus(0),
            }),
          ),
        );
        let now = plus(0);
        const { platform, setMood, crossNext, marks } = moodyPlatform(() => now);
        const send = () => deliverPending({ ...deps, adapters: [platform] }, now);
        const run = () => Promise.all([send(), send()]);
        const words = new Map<Part, number>(PARTS.map((key) => [key, 0]));
        const redraw = async (key: Part): Promise<void> => {
          const next = (words.get(key) ?? 0) + 1;
          words.set(key, next);
          await redrawn(store, key, next, now);
        };
        for (const each of happenings) {
          if (each.kind === 'redraw') await redraw(each.part);
          else if (each.kind === 'cross') crossNext(() => redraw(each.part));
          else if (each.kind === 'mood') setMood(each.mood);
          else if (each.kind === 'pass') now = new Date(now.getTime() + each.ms);
          else await store.deliveries.claimDue({ now, limit: 100, leaseMs: 5 * MINUTE });
          if (each.kind !== 'kill') await run();
        }
        setMood('up');
        for (let due = await store.deliveries.nextDueAt(); due; due = await store.deliveries.nextDueAt()) {
          now = new Date(Math.max(now.getTime(), due.getTime()));
          await run();
        }
        expect(marks()).toEqual(PARTS.map((key) => `${key}${words.get(key)}`));
      }),
      { numRuns: 30 },
    );
  }, 120_000);
});

async function redrawn(store: Store, key: Part, next: number, now: Date): Promise<void> {
  await store.transaction((tx) => redrawPart({ tx, now }, 'bo', key, say(`mark-${key}${next}.`)));
}
