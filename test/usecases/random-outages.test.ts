import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextOccurrence } from '../../src/domain/cadence.ts';
import { UNLIMITED } from '../../src/domain/pace.ts';
import { localDate } from '../../src/domain/time.ts';
import { plainText } from '../../src/messages/plain-text.ts';
import type { Delivered, DeliveryAdapter, DeliveryFailure } from '../../src/ports.ts';
import { deliverPending } from '../../src/usecases/deliver-pending.ts';
import { scheduleDigests } from '../../src/usecases/digest-schedule.ts';
import { enqueueDigests } from '../../src/usecases/enqueue-digests.ts';
import { createTraffic } from '../../src/usecases/traffic.ts';
import { PROGRAMME } from '../support/bot.ts';
import { deliveriesOn, MINUTE, plus, toBo } from '../support/delivering.ts';
import { openTestDatabase, openTestStore } from '../support/open-store.ts';

const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** What happens next: the platform changes, time passes or jumps, the process starts anew or dies with rows in hand. */
const happening = fc.oneof(
  fc.record({
    kind: fc.constant('mood' as const),
    mood: fc.constantFrom('up', 'away', 'lost', 'lied', 'waits'),
  }),
  fc.record({ kind: fc.constant('pass' as const), ms: fc.integer({ min: 0, max: 4 * HOUR }) }),
  fc.record({ kind: fc.constant('jump' as const), ms: fc.constantFrom(HOUR, -HOUR, 3 * DAY, -3 * DAY) }),
  fc.record({ kind: fc.constantFrom('restart' as const, 'kill' as const) }),
);

/** A platform that can be read back, and says what it is in the mood for. */
function moodyPlatform(now: () => Date) {
  const posts: { readonly key: string; readonly to: string; readonly text: string }[] = [];
  let mood = 'up';
  const platform: DeliveryAdapter = {
    platform: 'console',
    pace: UNLIMITED,
    async deliver(to, message, key): Promise<Delivered | DeliveryFailure> {
      if (mood === 'away') return { kind: 'unavailable' };
      if (mood === 'waits')
        return { kind: 'rate-limited', scope: 'conversation', retryAt: new Date(now().getTime() + 20_000) };
      if (mood === 'lost') return { kind: 'unknown' };
      posts.push({ key, to: to.id, text: plainText(message, to) });
      return mood === 'lied' ? { kind: 'unknown' } : { kind: 'delivered', messageId: `m-${key}` };
    },
    async findPosted(_to, key) {
      if (mood === 'away') return { kind: 'unavailable' };
      return posts.some((post) => post.key === key)
        ? { kind: 'posted', messageId: `m-${key}` }
        : { kind: 'not-posted' };
    },
    stop: async () => undefined,
  };
  const setMood = (next: string): void => {
    mood = next;
  };
  const marks = (who: string) =>
    posts
      .filter(({ to }) => to === who)
      .flatMap(({ text }) => [...text.matchAll(/mark(\d+)\./gu)].map(([, digits]) => Number(digits)));
  return { platform, marks, setMood };
}

describe('whatever happens to platform, process and clock', () => {
  it('the messages of each person arrive in order, each once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(happening, { minLength: 4, maxLength: 12 }), async (happenings) => {
        const people = ['bo', 'bo2', 'ispg'];
        const rows = Array.from({ length: 18 }, (_, mark) =>
          toBo(`d${mark}`, {
            to: { kind: 'person', personId: people[mark % 3] ?? 'bo' },
            kind: mark % 2 === 0 ? 'notice' : 'answer',
            dueAt: plus(mark * 20 * MINUTE),
            message: {
              blocks: [{ kind: 'paragraph', line: [{ kind: 'text', text: `mark${mark}.` }] }],
              buttons: [],
            },
          }),
        );
        const { deps, store } = await deliveriesOn(...rows);
        let now = plus(0);
        const { platform, marks, setMood } = moodyPlatform(() => now);
        let running = { ...deps, adapters: [platform] };
        for (const each of happenings) {
          if (each.kind === 'mood') setMood(each.mood);
          else if (each.kind === 'pass' || each.kind === 'jump') now = new Date(now.getTime() + each.ms);
          else {
            if (each.kind === 'kill') await store.deliveries.claimDue({ now, limit: 4, leaseMs: MINUTE });
            running = { ...running, traffic: createTraffic() };
          }
          await deliverPending(running, now);
        }
        setMood('up');
        for (let due = await store.deliveries.nextDueAt(); due; due = await store.deliveries.nextDueAt()) {
          now = new Date(Math.max(now.getTime(), due.getTime()));
          await deliverPending(running, now);
        }
        people.forEach((who, index) => {
          expect(marks(who)).toEqual([0, 1, 2, 3, 4, 5].map((place) => place * 3 + index));
        });
      }),
      { numRuns: 10 },
    );
  });

  it('of the digests missed in a row the last one is written, and none twice', async () => {
    const start = new Date('2026-12-18T08:00:00-05:00');
    const times = fc.constantFrom('00:30', '07:15', '09:00', '12:00', '23:59');
    const zones = fc.constantFrom('America/New_York', 'Pacific/Honolulu', 'Asia/Tokyo');
    const waits = fc.array(fc.integer({ min: 1_000, max: 2 * DAY }), { minLength: 3, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(times, zones, waits, async (digestTime, timeZone, gaps) => {
        const programme = { ...PROGRAMME, digestTime, timeZone };
        const store = await openTestStore();
        await scheduleDigests({ store, programme }, start);
        const [hour, minute] = digestTime.split(':').map(Number);
        const rule = {
          cron: `${minute} ${hour} * * 1-5`,
          zone: timeZone,
          holidayRule: 'skip',
          calendar: programme.calendar,
        } as const;
        const expected: string[] = [];
        let now = start;
        for (const gap of gaps) {
          const next = new Date(now.getTime() + gap);
          let last: Date | null = null;
          for (let at = nextOccurrence(rule, now)?.at; at && at <= next; at = nextOccurrence(rule, at)?.at)
            last = at;
          if (last) expected.push(localDate(last, timeZone));
          now = next;
          await scheduleDigests({ store, programme }, now);
          await enqueueDigests({ store, programme }, now);
          await enqueueDigests({ store, programme }, now);
        }
        const { prisma } = await openTestDatabase();
        const written = await prisma.delivery.findMany({
          where: { kind: 'digest', recipientId: 'ispg' },
          orderBy: { sequence: 'asc' },
        });
        // On a day of the weekly one it is that, in the daily one's place.
        expect(written.map(({ key }) => key.split(':')[2])).toEqual(expected);
      }),
      { numRuns: 8 },
    );
  });
});
