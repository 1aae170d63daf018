import { describe, expect, it } from 'vitest';
import { movableClock } from '../../src/clock.ts';
import { FEDERAL_CALENDAR, isBusinessDay } from '../../src/domain/calendar.ts';
import { localDate } from '../../src/domain/time.ts';
import { oneAtATime } from '../../src/jobs/one-at-a-time.ts';
import { jobs } from '../../src/jobs/schedule.ts';
import { createTimeControl } from '../../src/jobs/time-control.ts';
import type { Store } from '../../src/ports.ts';
import { ISPG_DIGEST, scheduleDigests } from '../../src/usecases/digest-schedule.ts';
import { enqueueDigests } from '../../src/usecases/enqueue-digests.ts';
import { aDelivery } from '../store/samples.ts';
import { type Bot, PROGRAMME, startBot } from '../support/bot.ts';
import { standingClock } from '../support/fakes.ts';
import { openTestStore } from '../support/open-store.ts';

const eastern = (local: string): Date => new Date(`${local}:00-05:00`);
const DAY = 86_400_000;

/** The program's jobs on the bot's store, with a clock that can be moved on. */
async function ticking(start: Date) {
  const store = await openTestStore();
  const bot = await startBot(store, { now: start });
  const clock = movableClock(0, standingClock(start));
  await scheduleDigests({ store, programme: PROGRAMME }, start);
  const table = oneAtATime(
    jobs({
      ...bot.delivering,
      carriers: [bot.adapter],
      isInHand: bot.dispatch.isInHand,
      programme: PROGRAMME,
      finish: bot.dispatch.finish,
    }),
  );
  return {
    store,
    bot,
    clock,
    table,
    time: createTimeControl(table, clock, (ms) => store.console.saveClockOffsetMs(ms)),
  };
}

const digestsOf = (bot: Bot): string[] =>
  bot.adapter.asked
    .filter(({ key }) => key.startsWith(ISPG_DIGEST))
    .map(({ key }) => key.split(':')[2] ?? '');

function businessDays(from: Date, to: Date): string[] {
  const days: string[] = [];
  for (let at = from.getTime(); at <= to.getTime(); at += DAY) {
    const day = localDate(new Date(at), 'America/New_York');
    if (isBusinessDay(day, FEDERAL_CALENDAR)) days.push(day);
  }
  return days;
}

describe('the daily digest', () => {
  it('comes exactly once on each business day of sixty days, holidays and a clock change on the way', async () => {
    const start = new Date('2026-10-09T08:00:00-04:00');
    const end = eastern('2026-12-08T12:00');
    const { bot, time } = await ticking(start);
    await bot.fileRequest();
    for (let at = start.getTime(); at < end.getTime(); at += 7.5 * DAY)
      await time.advanceTo(new Date(Math.min(at + 7.5 * DAY, end.getTime())));
    const expected = businessDays(start, end);
    expect(expected).not.toContain('2026-11-26');
    expect(digestsOf(bot)).toEqual(expected);
  });

  it('comes at nine by the wall, before and after the clocks change', async () => {
    const { bot, time, store } = await ticking(new Date('2026-10-30T08:00:00-04:00'));
    await time.advanceTo(new Date('2026-11-03T12:00:00-05:00'));
    const sent = await Promise.all(
      digestsOf(bot).map(
        async (day) =>
          (await store.deliveries.find(`${ISPG_DIGEST}:${day}:#ispg`)) ??
          store.deliveries.find(`${ISPG_DIGEST}-weekly:${day}:#ispg`),
      ),
    );
    expect(sent.map((each) => each?.dueAt.toISOString())).toEqual([
      '2026-10-30T13:00:00.000Z',
      '2026-11-02T14:00:00.000Z',
      '2026-11-03T14:00:00.000Z',
    ]);
  });

  it('comes once after three days of standing still, for the day it is', async () => {
    const { bot, store, table } = await ticking(eastern('2026-12-07T08:00'));
    const back = eastern('2026-12-10T10:00');
    for (const job of table) await job.run(back);
    for (const job of table) await job.run(back);
    expect(digestsOf(bot)).toEqual(['2026-12-10']);
    expect(await nextOf(store)).toEqual(eastern('2026-12-11T09:00'));
  });

  it('caught up before the time of the next one stands for its own day, says that it is late, and leaves that one its place', async () => {
    const { bot, table } = await ticking(eastern('2026-12-07T08:00'));
    for (const job of table) await job.run(eastern('2026-12-10T07:00'));
    for (const job of table) await job.run(eastern('2026-12-10T09:00'));
    expect(digestsOf(bot)).toEqual(['2026-12-09', '2026-12-10']);
    expect(bot.standing('#ispg').map((text) => text.includes('(late'))).toEqual([true, false]);
    expect(bot.standing('#ispg')[0]).toContain('Weekly digest for Wednesday, December 9, 2026 (late');
  });

  it('names once what was given up since the last one came, whatever it takes for one to come', async () => {
    const { bot, store, time } = await ticking(eastern('2026-12-04T08:00'));
    const lose = (key: string, local: string) =>
      store.transaction((tx) =>
        tx.deliveries.enqueue(
          aDelivery(key, { to: { kind: 'person', personId: 'nobody' }, dueAt: eastern(local) }),
        ),
      );
    await lose('friday evening', '2026-12-04T18:00');
    await lose('at the time of a digest', '2026-12-08T09:00');
    await time.advanceTo(eastern('2026-12-07T08:00'));
    bot.adapter.answer = () => ({ kind: 'forbidden', need: 'to be in the channel' });
    await time.advanceTo(eastern('2026-12-07T12:00'));
    bot.adapter.answer = null;
    await time.advanceTo(eastern('2026-12-10T12:00'));
    const named = bot
      .standing('#ispg')
      .map((text) => /delivered \(\d\) to: ([^.]*)\./u.exec(text)?.[1] ?? '-');
    // Who is asked something on Monday can't be reached then either, nor can their lead.
    expect(named).toEqual(['-', 'not named, Ines Sorensen, Isaac Lindqvist', 'not named', '-']);
    expect(bot.standing('#ispg')[1]).toContain('(2) to: the ISPG channel, the programme channel');
  });

  it('comes once from three processes that wake at the same instant', async () => {
    const { bot, store, table } = await ticking(eastern('2026-12-07T08:00'));
    const now = eastern('2026-12-07T09:00');
    const written = await Promise.all(
      [1, 2, 3].map(() => enqueueDigests({ store, programme: PROGRAMME }, now)),
    );
    // One to the ISPG channel and one to the programme channel.
    expect(written.toSorted()).toEqual([0, 0, 2]);
    for (const job of table) await job.run(now);
    expect(digestsOf(bot)).toEqual(['2026-12-07']);
  });

  it('keeps its next instant over restarts and follows a changed setting', async () => {
    const { store } = await ticking(eastern('2026-12-07T08:00'));
    for (let restarts = 0; restarts < 20; restarts += 1) {
      await scheduleDigests({ store, programme: PROGRAMME }, eastern('2026-12-07T10:00'));
    }
    expect(await nextOf(store)).toEqual(eastern('2026-12-07T09:00'));
    await scheduleDigests(
      { store, programme: { ...PROGRAMME, digestTime: '16:30' } },
      eastern('2026-12-07T10:00'),
    );
    expect(await nextOf(store)).toEqual(eastern('2026-12-07T16:30'));
  });

  it('says once a day what cannot be delivered, and still comes when nothing can', async () => {
    const { bot, time } = await ticking(eastern('2026-12-07T08:00'));
    bot.adapter.answer = ({ to }) => (to.id === '#ispg' ? { kind: 'unavailable' } : null);
    await time.advanceTo(eastern('2026-12-07T09:10'));
    bot.adapter.answer = null;
    await time.advanceTo(eastern('2026-12-07T12:00'));
    expect(bot.standing('#ispg')).toHaveLength(1);
  });
});

const nextOf = async (store: Store) =>
  (await store.transaction((tx) => tx.cadences.get(ISPG_DIGEST)))?.nextAt;
