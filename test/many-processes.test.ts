/** Several processes on one PostgreSQL server: they start at once, share the work, and go on when one dies. */
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findPostgres, type PrivatePostgres, startPrivatePostgres } from '../scripts/private-postgres.ts';
import { FEDERAL_CALENDAR, isBusinessDay } from '../src/domain/calendar.ts';
import { localDate } from '../src/domain/time.ts';
import { type ChildBot, startChild } from './support/child-bot.ts';
import { createServerDatabase, testServerUrl } from './support/open-store.ts';

const programs = findPostgres();
const isPossible = testServerUrl() !== undefined || typeof programs !== 'string';
const EASTERN = 'America/New_York';
const START = '2026-12-01T10:00:00-05:00';
const DAY = 86_400_000;

let server: PrivatePostgres | null = null;
let serverUrl = '';
beforeAll(async () => {
  if (!isPossible) return;
  const given = testServerUrl();
  if (given === undefined && typeof programs !== 'string') server = await startPrivatePostgres(programs);
  serverUrl = given ?? server?.url ?? '';
}, 120_000);
afterAll(async () => {
  await server?.remove();
});

/** Three bots that start together on a database without any tables. */
async function three() {
  const database = await createServerDatabase(serverUrl);
  const client = new pg.Client({ connectionString: database.url });
  client.on('error', () => undefined);
  await client.connect();
  const settings = { DATABASE_URL: database.url, LOG_LEVEL: 'warn', CONSOLE_START_AT: START };
  const bots = await Promise.all(Array.from({ length: 3 }, () => startChild(settings)));
  /** Every message that stands in #ispg under a digest's key, by day. */
  const digests = async (): Promise<string[]> => {
    const found = await client.query<{ key: string }>(
      `SELECT delivery_key AS key FROM console_post WHERE delivery_key LIKE 'digest:%:#ispg'`,
    );
    // Daily ones, and on the first business day of a week the weekly one in its place.
    return found.rows.map(({ key }) => /\d{4}-\d{2}-\d{2}/u.exec(key)?.[0] ?? key).toSorted();
  };
  const end = async (): Promise<void> => {
    await Promise.all(bots.map((bot) => bot.end('SIGKILL')));
    await client.end();
    await database.drop();
  };
  return { bots, client, digests, end };
}

const moveClock = async (bot: ChildBot, to: Date): Promise<number> => {
  const response = await fetch(`${bot.url}/console/api/clock`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ to: to.toISOString() }),
  });
  return response.status;
};

const later = (days: number): Date => new Date(new Date(START).getTime() + days * DAY);

/** The business days from the day after the start on. */
function businessDays(days: number): string[] {
  return Array.from({ length: days }, (_, index) => localDate(later(index + 1), EASTERN)).filter((day) =>
    isBusinessDay(day, FEDERAL_CALENDAR),
  );
}

describe.skipIf(!isPossible)('three processes on one PostgreSQL server', () => {
  it('start at once on an empty database, write the digest once a day, and go on when one is killed', async () => {
    const { bots, client, digests, end } = await three();
    try {
      const [migrated] = (
        await client.query(
          `SELECT count(*)::int AS all, count(DISTINCT migration_name)::int AS different FROM _prisma_migrations`,
        )
      ).rows;
      expect(migrated.all).toBe(migrated.different);
      // Clocks that stand apart are no subject here: all three go on day by day, and race on each.
      for (let day = 1; day <= 8; day += 1)
        expect(await Promise.all(bots.map((bot) => moveClock(bot, later(day))))).toEqual([200, 200, 200]);
      expect(await digests()).toEqual(businessDays(8));

      const [victim, ...others] = bots;
      for (let day = 9; day <= 12; day += 1) {
        const moves = bots.map((bot) => moveClock(bot, later(day)).catch(() => 'died'));
        // At another moment of the work each time this runs.
        if (day === 9) expect(await victim?.end('SIGKILL')).toMatchObject({ signal: 'SIGKILL' });
        await Promise.all(moves);
        // What the dead one had in hand is taken over by the ticks of the others, here a minute later each.
        let minutes = 0;
        await expect
          .poll(
            async () => {
              minutes += 1;
              for (const bot of others)
                await moveClock(bot, new Date(later(day).getTime() + minutes * 60_000));
              return digests();
            },
            { timeout: 60_000 },
          )
          .toEqual(businessDays(day));
      }
      for (const bot of others) {
        const standing = await fetch(`${bot.url}/console/api/messages?for=%23ispg&since=0`);
        const { messages } = (await standing.json()) as { messages: { text: string }[] };
        const heads = messages.filter(({ text }) => text.startsWith('Audit record:'));
        // The record begins after the first of these mornings.
        expect(heads).toHaveLength(businessDays(12).length);
        // And the channel's welcome, from the three that greeted at once.
        expect(messages.length - heads.length).toBe(businessDays(12).length + 1);
      }
      expect((await client.query(`SELECT job FROM job_run ORDER BY job`)).rows.length).toBeGreaterThanOrEqual(
        3,
      );
    } finally {
      await end();
    }
  }, 300_000);
});
