import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, instantOf, localDate } from '../../src/domain/time.ts';
import { scheduleDigests } from '../../src/usecases/digest-schedule.ts';
import { enqueueDigests } from '../../src/usecases/enqueue-digests.ts';
import { freshRefreshMemory, refreshDigests } from '../../src/usecases/refresh-digests.ts';
import { type Bot, PROGRAMME, startBot } from '../support/bot.ts';
import { openTestStore } from '../support/open-store.ts';

const ZONE = 'America/New_York';
const eastern = (day: string, time: string): Date => instantOf(day, time, ZONE);

/** What may happen, in any order. */
type Step =
  /** A request is filed. */
  | { readonly kind: 'filed' }
  /** So many days go by; the bot looks at that hour. */
  | { readonly kind: 'days'; readonly days: number; readonly hour: number; readonly isTaken: boolean }
  | { readonly kind: 'restart' }
  /** Two processes at once. */
  | { readonly kind: 'twice' }
  | { readonly kind: 'refresh' };

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.constant<Step>({ kind: 'filed' }) },
    {
      weight: 5,
      arbitrary: fc.record({
        kind: fc.constant('days' as const),
        days: fc.integer({ min: 0, max: 4 }),
        hour: fc.constantFrom(7, 9, 11, 16),
        isTaken: fc.boolean(),
      }),
    },
    { weight: 1, arbitrary: fc.constant<Step>({ kind: 'restart' }) },
    { weight: 1, arbitrary: fc.constant<Step>({ kind: 'twice' }) },
    { weight: 2, arbitrary: fc.constant<Step>({ kind: 'refresh' }) },
  ),
  { minLength: 3, maxLength: 14 },
);

async function file(bot: Bot, count: number): Promise<string> {
  const number = await bot.fileRequest(`System ${count}`);
  await bot.store.transaction(async (tx) => {
    const engagement = await tx.engagements.byNumber(number);
    await tx.audit.append({
      at: bot.clock.now(),
      actorId: 'bo',
      forId: null,
      role: 'business_owner',
      verb: 'request.file',
      engagementId: engagement?.id ?? null,
      from: null,
      to: 'REQUESTED',
      reason: null,
      platform: 'console',
      facts: {},
    });
  });
  return number;
}

/** The numbers that a message says were filed. */
function filedIn(text: string): readonly string[] {
  const said = /\d+ filed \(([^)]*)\)/u.exec(text)?.[1] ?? '';
  return said.match(/ISSO-\d{4}-\d{4}/gu) ?? [];
}

async function play(all: readonly Step[]): Promise<{ filed: string[]; bot: Bot }> {
  const store = await openTestStore();
  const bot = await startBot(store, { now: eastern('2026-12-02', '08:00') });
  const deps = { store, programme: PROGRAMME };
  await scheduleDigests(deps, bot.clock.now());
  const filed: string[] = [];
  const look = async (): Promise<void> => {
    await enqueueDigests(deps, bot.clock.now());
    await bot.deliver();
  };
  for (const step of all) {
    switch (step.kind) {
      case 'filed':
        filed.push(await file(bot, filed.length));
        break;
      case 'days': {
        const day = addDays(localDate(bot.clock.now(), ZONE), step.days);
        const next = eastern(day, `${String(step.hour).padStart(2, '0')}:00`);
        if (next > bot.clock.now()) bot.clock.set(next);
        bot.adapter.answer = step.isTaken ? null : () => ({ kind: 'forbidden', need: 'to be there' });
        await look();
        break;
      }
      case 'restart':
        await scheduleDigests(deps, bot.clock.now());
        break;
      case 'twice':
        await Promise.all([enqueueDigests(deps, bot.clock.now()), enqueueDigests(deps, bot.clock.now())]);
        await bot.deliver();
        break;
      case 'refresh':
        await refreshDigests(deps, bot.clock.now(), freshRefreshMemory());
        await bot.deliver();
        break;
      default:
        step satisfies never;
    }
  }
  // A week in which everything is taken: all that happened has been told by then.
  bot.adapter.answer = null;
  for (let days = 1; days <= 8; days += 1) {
    bot.clock.set(eastern(addDays(localDate(bot.clock.now(), ZONE), 1), '09:00'));
    await look();
  }
  return { filed, bot };
}

describe('what happened', () => {
  it('is told in exactly one digest of each kind, whatever fails, is late or begins anew', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (all) => {
        const { filed, bot } = await play(all);
        const standing = [...bot.adapter.standing.values()].filter(({ to }) => to.id === '#ispg');
        const toldIn = (key: string): readonly string[] =>
          standing.filter((post) => post.key.startsWith(key)).flatMap(({ text }) => filedIn(text));
        const weekly = toldIn('digest:ispg-weekly:');
        expect(weekly.toSorted()).toEqual(filed.toSorted());
        const daily = toldIn('digest:ispg:');
        expect(new Set(daily).size).toBe(daily.length);
      }),
      { numRuns: 5, endOnFailure: true },
    );
  }, 240_000);
});
