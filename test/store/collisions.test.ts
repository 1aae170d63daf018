import pg from 'pg';
import { describe, expect, test } from 'vitest';
import { openTestDatabase, openTestStore, testServerUrl } from '../support/open-store.ts';
import { aDelivery, aPerson, at } from './samples.ts';

const to = { platform: 'slack', id: 'U1', timeZone: 'America/New_York' } as const;

describe.skipIf(!testServerUrl())(
  'statements that wait for each other in a circle',
  { timeout: 60_000 },
  () => {
    test('are made again when the database ends one of them', async () => {
      const store = await openTestStore('server');
      const { url } = await openTestDatabase('server');
      await store.transaction(async (tx) => {
        await tx.people.save([aPerson()]);
        for (const key of ['a', 'b']) await tx.deliveries.enqueue(aDelivery(key, { dueAt: at(0) }));
      });
      await store.deliveries.claimDue({ now: at(0), limit: 10, leaseMs: 60_000 });
      const other = new pg.Client({ connectionString: url });
      await other.connect();
      try {
        // The other holds b and wants a; ours holds a and wants b, whichever the database ends.
        await other.query(`SET deadlock_timeout = '60s'`);
        await other.query('BEGIN');
        await other.query(`UPDATE delivery SET about = 'held' WHERE key = 'b'`);
        const marked = Promise.all(
          ['a', 'b'].map((key) => store.deliveries.sent(key, to, `m-${key}`, at(1))),
        );
        await expect.poll(async () => waitingIn(other), { timeout: 60_000 }).toBe(true);
        await other.query(`UPDATE delivery SET about = 'held' WHERE key = 'a'`);
        await other.query('COMMIT');
        await marked;
      } finally {
        await other.end();
      }
      for (const key of ['a', 'b'])
        expect(await store.deliveries.find(key)).toMatchObject({ state: 'sent', about: 'held' });
    });
  },
);

/** Whether somebody waits for what this transaction holds. */
async function waitingIn(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query(
    `SELECT 1 FROM pg_stat_activity WHERE pg_backend_pid() = ANY(pg_blocking_pids(pid))`,
  );
  return rows.length > 0;
}
