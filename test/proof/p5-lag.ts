import { setTimeout as pause } from 'node:timers/promises';
import { deliverPending } from '../../src/usecases/deliver-pending.ts';
import { atTheEnd, query } from './databases.ts';
import { ms, quantile } from './figures.ts';
import type { Row } from './row.ts';
import {
  type Filled,
  fill,
  instantPlatform,
  MORNING,
  openWithPeople,
  type Place,
  places,
  senderOn,
} from './sending.ts';

const goalMs = 100;
const aSecond = 100;
const people = 2_000;

export const p5: Row = {
  id: 'P5',
  title:
    'From the instant a message is due to its request, at 100 a second among many that are scheduled for later',
  goal: `p99 ≤ ${goalMs} ms on a server`,
  async run({ quick, log }) {
    const scheduled = quick ? 100_000 : 1_000_000;
    const lastsS = quick ? 8 : 30;
    const figures: string[] = [];
    let ok = true;
    let onServer = false;
    for (const [place, address] of await places(log)) {
      const filled = await openWithPeople(await address(), people);
      atTheEnd(() => filled.database.close());
      await fill(filled, {
        name: 'later',
        rows: scheduled,
        person: `n % ${people}`,
        dueAt: `$3::timestamptz + n * interval '1 second'`,
        from: new Date(MORNING.getTime() + 86_400_000),
      });
      if (place === 'server') await query(filled.database.url, 'VACUUM ANALYZE delivery');
      const lags = await lagsOf(filled, place, lastsS);
      const found = { p50: quantile(lags, 0.5), p99: quantile(lags, 0.99), max: quantile(lags, 1) };
      if (place === 'server') ok &&= found.p99 <= goalMs;
      onServer ||= place === 'server';
      figures.push(`${place} p50 ${ms(found.p50)}, p99 ${ms(found.p99)}`);
      log(
        `${place}: ${lags.length} messages among ${scheduled.toLocaleString('en')}, slowest ${ms(found.max)}`,
      );
    }
    return { figure: figures.join('; '), ok: ok && onServer };
  },
};

/** Milliseconds from due to the platform's being asked. The first second warms up. */
async function lagsOf(filled: Filled, place: Place, lastsS: number): Promise<number[]> {
  const startedMs = performance.now();
  const clock = { now: () => new Date(MORNING.getTime() + performance.now() - startedMs) };
  const firstMs = clock.now().getTime() + 2_000;
  const everyMs = 1_000 / aSecond;
  const count = lastsS * aSecond;
  await fill(filled, {
    name: place,
    rows: count,
    person: `n % ${people}`,
    dueAt: `$3::timestamptz + n * interval '${everyMs} milliseconds'`,
    from: new Date(firstMs),
  });
  const lags: number[] = [];
  let left = count;
  const platform = instantPlatform((_conversation, key) => {
    const number = Number(key.split('-').at(-1));
    left -= 1;
    if (number >= aSecond) lags.push(clock.now().getTime() - (firstMs + number * everyMs));
  });
  const sender = senderOn(filled.store, platform);
  await wakeAtEach({
    clock,
    nextDueAt: () => filled.store.deliveries.nextDueAt(),
    run: (now) => deliverPending(sender, now),
    until: () => left === 0,
  });
  return lags;
}

interface Waking {
  readonly clock: { now(): Date };
  nextDueAt(): Promise<Date | null>;
  run(now: Date): Promise<number>;
  until(): boolean;
}

/** What the runner's timer does: runs the job, asks when it next has something to do, sleeps until then. */
async function wakeAtEach({ clock, nextDueAt, run, until }: Waking): Promise<void> {
  while (!until()) {
    await run(clock.now());
    const due = await nextDueAt();
    const waitMs = (due?.getTime() ?? Infinity) - clock.now().getTime();
    if (!until() && waitMs > 0) await pause(Math.min(waitMs + 1, 1_000));
  }
}
