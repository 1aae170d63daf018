import { expect, test } from 'vitest';
import type { Store } from '../../src/ports.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
const LEASE = 60_000;
/** A lease that has ended: one of nothing may still be running within the same millisecond. */
const OVER = -1_000;

/** One process does a tick for all: which one, for how long, and what a clock that jumps changes about it. */
export function jobsContract(store: () => Store): void {
  /** The minute of the database's clock, so many minutes on. */
  const slot = async (minutes = 0): Promise<Date> => {
    const now = (await store().clock()).getTime();
    return new Date(now - (now % MINUTE) + minutes * MINUTE);
  };
  const claim = (at: Date, holder: string, leaseMs = LEASE): Promise<boolean> =>
    store().jobs.claimRun('plan', at, holder, leaseMs);
  const end = (at: Date, holder: string): Promise<void> => store().jobs.endRun('plan', at, holder, at);

  test('a tick has one holder, however many ask at once', async () => {
    const holders = Array.from({ length: 8 }, (_, index) => `holder-${index}`);
    const first = await slot(-5);
    for (const minutes of [0, 1, 2, 3, 4]) {
      const at = new Date(first.getTime() + minutes * MINUTE);
      const claims = await Promise.all(holders.map((holder) => claim(at, holder)));
      expect(claims.filter(Boolean)).toHaveLength(1);
      await end(at, holders[claims.indexOf(true)] ?? '');
      expect(await Promise.all(holders.map((holder) => claim(at, holder)))).not.toContain(true);
    }
  });

  test('an older tick than the last is never claimed, done or in hand or left', async () => {
    const at = await slot(-2);
    const older = new Date(at.getTime() - MINUTE);
    expect(await claim(at, 'a', OVER)).toBe(true);
    expect(await claim(older, 'b')).toBe(false);
    await end(at, 'a');
    expect(await claim(older, 'b')).toBe(false);
    expect(await claim(at, 'b')).toBe(false);
    expect(await store().jobs.lastTicks()).toEqual([{ job: 'plan', slotAt: at, endedAt: at }]);
  });

  test('a run in hand keeps the next tick waiting, until its lease ends', async () => {
    const at = await slot(-3);
    const next = new Date(at.getTime() + MINUTE);
    expect(await claim(at, 'a')).toBe(true);
    expect(await claim(next, 'b')).toBe(false);
    await end(at, 'a');
    expect(await claim(next, 'b', OVER)).toBe(true);
    // b died: its lease is over, and the same tick is taken over by one.
    const takers = await Promise.all(['c', 'd', 'e'].map((holder) => claim(next, holder)));
    expect(takers.filter(Boolean)).toHaveLength(1);
  });

  test('whoever lost a run ends nothing of it', async () => {
    const at = await slot(-2);
    await claim(at, 'a', OVER);
    expect(await claim(at, 'b')).toBe(true);
    await end(at, 'a');
    expect(await store().jobs.lastTicks()).toEqual([{ job: 'plan', slotAt: at, endedAt: null }]);
    await end(at, 'b');
    expect((await store().jobs.lastTicks())[0]?.endedAt).toEqual(at);
  });

  test.each([
    ['an hour', 60],
    ['three days', 3 * 1440],
  ])('a clock set back by %s keeps no job from its ticks, done or in hand before', async (_, minutes) => {
    for (const isDone of [true, false]) {
      // As the rows stand when the clock was ahead and is right again.
      const ahead = await slot(minutes);
      expect(await claim(ahead, 'before', minutes * MINUTE)).toBe(true);
      if (isDone) await end(ahead, 'before');
      const at = await slot();
      const takers = await Promise.all(['a', 'b', 'c'].map((holder) => claim(at, holder)));
      expect(takers.filter(Boolean)).toHaveLength(1);
      await end(at, ['a', 'b', 'c'][takers.indexOf(true)] ?? '');
      expect(await claim(at, 'd')).toBe(false);
      const tick = (await store().jobs.lastTicks())[0];
      expect(tick?.slotAt).toEqual(at);
    }
  });

  test('a clock set forward leaves no gap and no repeat', async () => {
    const before = await slot(-3 * 1440);
    await claim(before, 'a');
    await end(before, 'a');
    const at = await slot();
    expect(await claim(at, 'a')).toBe(true);
    await end(at, 'a');
    expect(await claim(at, 'b')).toBe(false);
  });

  test('a clock mended by seconds repeats no tick', async () => {
    const at = await slot(1);
    await claim(at, 'a');
    await end(at, 'a');
    expect(await claim(await slot(), 'b')).toBe(false);
  });

  test('the database tells its time and its migrations', async () => {
    expect(Math.abs((await store().clock()).getTime() - Date.now())).toBeLessThan(DAY);
    const { applied, known } = await store().migrations();
    expect(applied).toEqual(known);
    expect(known.length).toBeGreaterThan(0);
  });
}
