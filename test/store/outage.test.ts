import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Store } from '../../src/ports.ts';
import { openStore } from '../../src/store/index.ts';
import { openTestDatabase, openTestStore } from '../support/open-store.ts';
import { ownTime } from '../support/own-time.ts';
import { type CuttableProxy, cuttableProxy } from './cuttable-proxy.ts';
import { anEvent, aPerson, at } from './samples.ts';

/** The limits are two seconds to tell and five to heal; a busy machine may add to them. */
const toldMs = 4_000;
const healedMs = 10_000;

let proxy: CuttableProxy;
let store: Store;
/** The same database without the door. */
let behind: Store;

beforeAll(async () => {
  behind = await openTestStore();
  proxy = await cuttableProxy((await openTestDatabase()).url);
  store = await openStore({ database: { kind: 'server', url: proxy.url } });
}, 60_000);
afterAll(async () => {
  await store.close();
  await proxy.close();
}, 60_000);
beforeEach(async () => {
  await proxy.heal();
  behind = await openTestStore();
  await expect.poll(() => store.troubles(), { timeout: 60_000 }).toEqual([]);
}, 60_000);

const measured = async <T>(work: () => Promise<T>): Promise<{ value: T; tookMs: number }> => {
  const tookMs = ownTime();
  const value = await work();
  return { value, tookMs: tookMs() };
};
const saveBo = () => store.transaction((tx) => tx.people.save([aPerson()]));

describe('when the database goes away', { timeout: 120_000 }, () => {
  test('a stopped database is told at once, nothing is acknowledged, and it heals by itself', async () => {
    await saveBo();
    await proxy.refuse();
    const { value, tookMs } = await measured(() => store.inbox.accept(anEvent('lost')));
    expect(value).toBe('not-saved');
    expect(tookMs).toBeLessThan(toldMs);
    expect((await measured(() => store.troubles())).tookMs).toBeLessThan(toldMs);
    expect(await store.troubles()).toHaveLength(1);
    await expect(saveBo()).rejects.toThrow();
    await proxy.heal();
    const healed = await measured(() =>
      expect.poll(() => store.inbox.accept(anEvent('kept')), { timeout: 60_000 }).toBe('accepted'),
    );
    expect(healed.tookMs).toBeLessThan(healedMs);
    await saveBo();
    expect((await behind.inbox.unfinished(at(1), 10)).map(({ key }) => key)).toEqual(['kept']);
  });

  test('a silent database is told in time, under load, and it heals by itself', async () => {
    proxy.hang();
    const load = Array.from({ length: 40 }, () => saveBo().catch(() => 'failed'));
    const events = Array.from({ length: 300 }, (_, index) =>
      measured(() => store.inbox.accept(anEvent(`silent-${index}`))),
    );
    for (const { value, tookMs } of await Promise.all(events)) {
      expect(value).toBe('not-saved');
      expect(tookMs).toBeLessThan(toldMs);
    }
    expect((await measured(() => store.troubles())).tookMs).toBeLessThan(toldMs);
    await proxy.heal();
    const healed = await measured(() =>
      expect.poll(() => store.inbox.accept(anEvent('kept')), { timeout: 60_000 }).not.toBe('not-saved'),
    );
    expect(healed.tookMs).toBeLessThan(healedMs);
    await Promise.all(load);
    await saveBo();
  });

  test('what was written after "not saved" was said is taken back', async () => {
    await store.inbox.accept(anEvent('warm'));
    proxy.hang();
    expect(await store.inbox.accept(anEvent('late'))).toBe('not-saved');
    const before = proxy.answers();
    await proxy.heal();
    // The write came through, and so did what takes it back.
    await expect.poll(() => proxy.answers() - before, { timeout: 60_000 }).toBeGreaterThanOrEqual(2);
    await expect
      .poll(async () => (await behind.inbox.unfinished(at(1), 10)).map(({ key }) => key), { timeout: 60_000 })
      .toEqual(['warm']);
    expect(await store.inbox.accept(anEvent('late'))).toBe('accepted');
  });

  test('a program that starts while the database is away fails in seconds instead of hanging', async () => {
    proxy.hang();
    const open = measured(() =>
      openStore({ database: { kind: 'server', url: proxy.url } }).catch(() => 'failed'),
    );
    expect(await open).toMatchObject({ value: 'failed' });
    expect((await open).tookMs).toBeLessThan(healedMs);
  });
});
