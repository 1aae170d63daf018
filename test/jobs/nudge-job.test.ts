import { beforeEach, expect, it } from 'vitest';
import { type Job, jobs } from '../../src/jobs/schedule.ts';
import type { Store } from '../../src/ports.ts';
import { storeOn } from '../../src/store/index.ts';
import { aPerson } from '../store/samples.ts';
import { type Bot, startBot } from '../support/bot.ts';
import { openTestDatabase, openTestStore } from '../support/open-store.ts';

const SUNDAY = at('2026-12-06');
const MONDAY = at('2026-12-07');

let bot: Bot;
let reads: number;
let job: Job;
beforeEach(async () => {
  bot = await startBot(await openTestStore(), { now: SUNDAY });
  reads = 0;
  const store: Store = {
    ...bot.store,
    transaction: (work) => {
      reads += 1;
      return bot.store.transaction(work);
    },
  };
  job = jobs({ ...bot, store } as never).find(({ name }) => name === 'nudge') as Job;
});

/** Three in the morning in Washington: the day has begun for everybody. */
function at(day: string): Date {
  return new Date(`${day}T03:00:00-05:00`);
}

/** How often the database was asked for what `work` does, and what came of it. */
async function counted<T>(work: () => Promise<T>): Promise<readonly [T, number]> {
  const before = reads;
  const made = await work();
  return [made, reads - before];
}

/** As another process, of whose changes this one does not hear. */
async function addElsewhere(timeZone: string): Promise<void> {
  const other = storeOn(await openTestDatabase());
  await other.transaction((tx) =>
    tx.people.save([aPerson({ id: 'far', email: 'far@cms.example', timeZone })]),
  );
}

const next = (): Promise<readonly [Date | null, number]> => counted(() => job.nextDueAt({}));

it('looks ahead in the zones that its run has read, while nothing has changed', async () => {
  await job.run(SUNDAY);
  expect(await next()).toEqual([new Date('2026-12-07T00:00:00-05:00'), 0]);
});

it('looks anew once people have changed', async () => {
  await job.run(SUNDAY);
  await bot.store.transaction((tx) =>
    tx.people.save([aPerson({ id: 'far', email: 'far@cms.example', timeZone: 'Europe/Berlin' })]),
  );
  expect(await next()).toEqual([new Date('2026-12-07T00:00:00+01:00'), 1]);
});

it('sees whom another process has added: at its next run, and when the clock begins to move', async () => {
  await job.run(SUNDAY);
  await addElsewhere('Europe/Berlin');
  job.forget?.();
  expect(await next()).toEqual([new Date('2026-12-07T00:00:00+01:00'), 1]);
  await addElsewhere('Asia/Tokyo');
  await job.run(SUNDAY);
  expect(await next()).toEqual([new Date('2026-12-07T00:00:00+09:00'), 0]);
});

it('reads nothing but the people on a closed day, and is done with it', async () => {
  await bot.fileRequest();
  expect(await counted(() => job.run(SUNDAY))).toEqual([0, 1]);
  expect(await counted(() => job.run(new Date(SUNDAY.getTime() + 1)))).toEqual([0, 1]);
  const [, asked] = await counted(() => job.run(MONDAY));
  expect(asked).toBeGreaterThan(1);
});
