import { beforeEach, expect, it } from 'vitest';
import type { Calendar } from '../../src/domain/calendar.ts';
import { type Job, jobs } from '../../src/jobs/schedule.ts';
import type { Store } from '../../src/ports.ts';
import { type Bot, startBot } from '../support/bot.ts';
import { enqueue, toBo } from '../support/delivering.ts';
import { openTestStore } from '../support/open-store.ts';

const NOW = new Date('2026-08-03T10:00:00-04:00');
const DAY_30 = new Date('2026-10-01T00:00:00-04:00');
const DAY_31 = new Date('2026-10-02T00:00:00-04:00');

let bot: Bot;
let calendar: Calendar;
let reads: number;
let job: Job;
beforeEach(async () => {
  bot = await startBot(await openTestStore(), { now: NOW });
  calendar = bot.programme.calendar;
  reads = 0;
  const store: Store = {
    ...bot.store,
    transaction: (work) => {
      reads += 1;
      return bot.store.transaction(work);
    },
  };
  const programme = {
    ...bot.programme,
    get calendar() {
      return calendar;
    },
  };
  job = jobs({ ...bot, store, programme } as never).find(({ name }) => name === 'ask-surveys') as Job;
  await job.run(NOW);
  await began('2026-09-01');
});

async function began(on: string): Promise<void> {
  const number = await bot.fileRequest();
  await bot.store.transaction(async (tx) => {
    const engagement = await tx.engagements.byNumber(number);
    await tx.milestones.set({
      engagementId: engagement?.id ?? '',
      name: 'work-began',
      personId: 'isso',
      on,
    });
  });
}

/** When the job next has something to do, and whether the database was asked for it. */
async function next(): Promise<readonly [Date | null, boolean]> {
  const before = reads;
  const at = await job.nextDueAt();
  return [at, reads > before];
}

it('what was found holds, whatever goes out meanwhile', async () => {
  expect(await next()).toEqual([DAY_30, true]);
  expect(await next()).toEqual([DAY_30, false]);
  await enqueue(bot.store, toBo('a message'));
  await bot.deliver();
  expect(await next()).toEqual([DAY_30, false]);
});

it('is looked for anew once facts have changed', async () => {
  await next();
  await began('2026-08-31');
  const [at] = await next();
  expect(at).toEqual(new Date('2026-09-30T00:00:00-04:00'));
});

it('is looked for anew once other days are closed', async () => {
  await next();
  calendar = { closures: [{ on: '2026-10-01', name: 'Closed' }] };
  expect(await next()).toEqual([DAY_31, true]);
});

it('is looked for anew from each run on', async () => {
  await next();
  await job.run(DAY_30);
  const [at, isAsked] = await next();
  expect(isAsked).toBe(true);
  expect(at?.getTime()).toBeGreaterThan(DAY_30.getTime());
});
