import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../src/config.ts';
import { mailJob } from '../../src/jobs/schedule.ts';
import { waysIn } from '../../src/mailbox.ts';
import type { Store } from '../../src/ports.ts';
import { PROGRAMME } from '../support/bot.ts';
import { keepingLog } from '../support/fakes.ts';

const minute = (count: number): Date => new Date(count * 60_000);

describe('the job that reads mail', () => {
  it('looks every so many minutes, and not at the start, where nothing waits for a mail server', async () => {
    const looks: number[] = [];
    let at = 0;
    const job = mailJob({
      // Nothing is handed over, so nothing is kept.
      store: {} as Store,
      programme: PROGRAMME,
      log: keepingLog(),
      newId: () => 'id',
      pollMinutes: 5,
      mailbox: {
        read: async () => {
          looks.push(at);
          return null;
        },
        check: async () => null,
        stop: async () => undefined,
      },
    });
    for (at = 100; at <= 120; at += 1) await job.run(minute(at));
    expect(looks).toEqual([105, 110, 115, 120]);
    expect(await job.nextDueAt()).toBeNull();
  });
});

describe('the ways into a chat', () => {
  const ways = (settings: Readonly<Record<string, string>>): readonly string[] => {
    const parsed = parseConfig(settings);
    return parsed.ok
      ? waysIn(parsed.config, 'https://bot.example.gov').map(({ url }) => url)
      : ['not parsed'];
  };

  it('are those of the platforms that are set up', () => {
    expect(ways({})).toEqual(['https://bot.example.gov/console']);
    expect(ways({ CONSOLE: 'off' })).toEqual([]);
  });
});
