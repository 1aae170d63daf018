import { describe, expect, it } from 'vitest';
import { createMetrics } from '../src/metrics.ts';
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
