import { describe, expect, it } from 'vitest';
import { createMetrics } from '../src/metrics.ts';
import { deliverPending } from '../src/usecases/deliver-pending.ts';
import { startBot } from './support/bot.ts';
import { standingClock, TUESDAY } from './support/fakes.ts';
import { openTestStore } from './support/open-store.ts';

describe('figures of what is sent', () => {
  it('count messages, failures and answering times by platform and kind', async () => {
    const { measures, ticked, read } = createMetrics(await openTestStore(), standingClock(TUESDAY));
    measures.sent('slack', 'urgent');
    measures.sent('slack', 'urgent');
    measures.failed('teams', 'rate-limited');
    measures.took('slack', 40);
    ticked('plan', 'elsewhere');
    const { text, type } = await read();
    expect(type).toContain('text/plain');
    for (const line of [
      'isso_messages_sent_total{platform="slack",urgency="urgent"} 2',
      'isso_delivery_failures_total{platform="teams",kind="rate-limited"} 1',
      'isso_platform_answer_seconds_bucket{le="0.05",platform="slack"} 1',
      'isso_ticks_total{job="plan",outcome="elsewhere"} 1',
    ])
      expect(text).toContain(line);
  });
});

describe('a database that is away', () => {
  it('leaves its figures out rather than showing none due, and the others stand', async () => {
    const store = await openTestStore();
    let isAway = true;
    const clock = () => (isAway ? Promise.reject(new Error('away')) : store.clock());
    const { read } = createMetrics({ ...store, clock }, standingClock(TUESDAY));
    const away = (await read()).text;
    expect(away).toContain('isso_database_up 0');
    expect(away).not.toMatch(/^isso_due_deliveries /mu);
    expect(away).not.toMatch(/^isso_oldest_due_delivery_age_seconds /mu);
    expect(away).toContain('process_resident_memory_bytes ');
    isAway = false;
    const back = (await read()).text;
    expect(back).toContain('isso_database_up 1');
    expect(back).toMatch(/^isso_due_deliveries 0$/mu);
  });
});

describe('how deliveries end', () => {
  it('is counted as they end: sent, taken back by a change, and over before their time', async () => {
    const store = await openTestStore();
    const { measures, read } = createMetrics(store, standingClock(TUESDAY));
    const bot = await startBot(store);
    const deliver = () => deliverPending({ ...bot.delivering, measures }, bot.clock.now());
    const counted = async (state: string): Promise<number> =>
      [
        ...(await read()).text.matchAll(
          /^isso_deliveries_ended_total\{state="(\w+)",urgency="\w+"\} (\d+)$/gmu,
        ),
      ]
        .filter(([, each]) => each === state)
        .reduce((sum, [, , count]) => sum + Number(count), 0);
    for (const state of ['sent', 'suppressed', 'expired', 'blocked', 'unreachable'])
      expect(await counted(state)).toBe(0);
    const number = await bot.fileRequest();
    await bot.say('ispg', `accept ${number}`);
    await bot.say('bo', `choose 1 for ${number}`);
    await deliver();
    expect(await counted('sent')).toBeGreaterThan(3);
    // The reminders of the time that is given up.
    const before = await counted('suppressed');
    await bot.say('bo', `reschedule ${number}`);
    expect(await counted('suppressed')).toBeGreaterThan(before + 3);
    // A change that is rolled back has taken nothing back.
    const after = await counted('suppressed');
    await bot.say('bo', `choose 1 for ${number}`);
    const meeting = await store.transaction(async (tx) => {
      const engagement = await tx.engagements.byNumber(number);
      return engagement && tx.meetings.ofEngagement(engagement.id, 'kickoff');
    });
    const chosen = await counted('suppressed');
    expect(chosen).toBeGreaterThanOrEqual(after);
    await expect(
      store.transaction(async (tx) => {
        expect(await tx.deliveries.suppress(`meeting:${meeting?.id}`, 'a trial')).toBeGreaterThan(3);
        throw new Error('rolled back');
      }),
    ).rejects.toThrow('rolled back');
    expect(await counted('suppressed')).toBe(chosen);
    bot.clock.set(meeting?.bookedFor?.endsAt ?? TUESDAY);
    await deliver();
    expect(await counted('expired')).toBeGreaterThan(3);
  });
});
