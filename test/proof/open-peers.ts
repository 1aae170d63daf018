/** pg-boss and graphile-worker on a database of their own beside ours, of the same kind. */
import pg from 'pg';
import type { StoreAddress } from '../../src/store/client.ts';
import { query } from './databases.ts';
import type { Graphile, Peers, PgBoss } from './peers.ts';
import { MORNING, openWithPeople, type Place, REMINDER } from './sending.ts';

const queue = 'reminders';
const bossBatch = 2_000;

export interface OpenPeers {
  readonly boss: {
    /** Writes and does so many no-op jobs; answers how many a second were done. */
    burst(rows: number): Promise<number>;
    /** Writes one job. */
    send(): Promise<unknown>;
    /** Writes one job in a transaction that also writes something else. */
    sendInside(): Promise<unknown>;
  };
  /** As `burst`, of graphile-worker. */
  graphile(rows: number): Promise<number>;
  close(): Promise<void>;
}

export async function openPeers(
  address: StoreAddress,
  place: Place,
  { PgBoss, graphile }: Peers,
): Promise<OpenPeers> {
  const { database } = await openWithPeople(address, 1);
  const boss = new PgBoss({
    connectionString: database.url,
    max: place === 'server' ? 10 : 2,
    supervise: false,
    schedule: false,
  });
  boss.on('error', () => undefined);
  await boss.start();
  await boss.createQueue(queue);
  const logger = new graphile.Logger(() => () => undefined);
  if (place === 'server') await graphile.runMigrations({ connectionString: database.url, logger });
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  return {
    boss: {
      burst: (rows) => burst(boss, database.url, place, rows),
      send: () => boss.send(queue, REMINDER),
      sendInside: () => sendInside(boss, client),
    },
    graphile: (rows) => batched(graphile, logger, database.url, rows),
    async close() {
      await client.end();
      await boss.stop({ graceful: false });
      await database.close();
    },
  };
}

/** Jobs fetched and completed in lots, without a pause between them: the fastest that pg-boss can. */
async function burst(boss: PgBoss, url: string, place: Place, rows: number): Promise<number> {
  await boss.clearStorage();
  for (let left = rows; left > 0; left -= 1_000)
    await boss.insert(Array.from({ length: Math.min(left, 1_000) }, () => ({ name: queue, data: REMINDER })));
  if (place === 'server') await query(url, 'VACUUM ANALYZE pgboss.job');
  const noop = async (): Promise<void> => undefined;
  const startedAt = performance.now();
  let done = 0;
  for (;;) {
    const jobs = (await boss.fetch(queue, { batchSize: bossBatch })) ?? [];
    if (jobs.length === 0) break;
    await Promise.all(jobs.map(noop));
    await boss.complete(
      queue,
      jobs.map(({ id }) => id),
    );
    done += jobs.length;
  }
  const tookMs = performance.now() - startedAt;
  if (done !== rows) throw new Error(`pg-boss did ${done} of ${rows}.`);
  return (rows / tookMs) * 1_000;
}

async function sendInside(boss: PgBoss, client: pg.Client): Promise<void> {
  await client.query('BEGIN');
  await client.query(
    `INSERT INTO audit_entry (at, actor_id, verb, platform, facts) VALUES ($1, 'p1', 'proved', 'bot', '{}')`,
    [MORNING],
  );
  await boss.send(queue, REMINDER, {
    db: { executeSql: (text: string, values: unknown[]) => client.query(text, values) },
  });
  await client.query('COMMIT');
}

/** Jobs taken and completed in batches. */
async function batched(graphile: Graphile, logger: object, url: string, rows: number): Promise<number> {
  await query(
    url,
    `SELECT count(graphile_worker.add_job('noop', $1::json)) FROM generate_series(1, $2::int)`,
    [JSON.stringify(REMINDER), rows],
  );
  let done = 0;
  let allDone = (): void => undefined;
  const ended = new Promise<void>((resolve) => {
    allDone = resolve;
  });
  const startedAt = performance.now();
  const runner = await graphile.run({
    connectionString: url,
    logger,
    noHandleSignals: true,
    concurrency: 24,
    maxPoolSize: 10,
    taskList: {
      noop: async () => {
        done += 1;
        if (done === rows) allDone();
      },
    },
    preset: { worker: { localQueue: { size: 500 }, completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
  });
  await ended;
  await runner.stop();
  const tookMs = performance.now() - startedAt;
  return (rows / tookMs) * 1_000;
}
