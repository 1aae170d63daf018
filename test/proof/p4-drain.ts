import { deliverPending } from '../../src/usecases/deliver-pending.ts';
import { atTheEnd, query } from './databases.ts';
import { median } from './figures.ts';
import { type Graphile, type Peers, type PgBoss, peers } from './peers.ts';
import type { Row } from './row.ts';
import {
  type Filled,
  fill,
  instantPlatform,
  MORNING,
  openWithPeople,
  type Place,
  places,
  REMINDER,
  senderOn,
} from './sending.ts';

const goals = { embedded: 1, server: 0.8 } as const;
const queue = 'reminders';
const bossBatch = 2_000;

/** Who the messages are for: as many people as messages, ten messages for each person, and ten in a row for each. */
const readers = {
  '20,000 people': 'n',
  '2,000 people': 'n % 2000',
  '2,000 people, one after the other': 'n / 10',
} as const;

export const p4: Row = {
  id: 'P4',
  title: 'Draining 20,000 due deliveries to an instant platform, beside no-op jobs of other queues',
  goal: `≥ ${goals.server} × pg-boss's burst on a server, ≥ ${goals.embedded} × embedded`,
  async run({ quick, log }) {
    const others = await peers();
    if (typeof others === 'string') {
      log(others);
      return { figure: 'not run', ok: false };
    }
    const rows = quick ? 4_000 : 20_000;
    const figures: string[] = [];
    let ok = true;
    for (const [place, address] of await places(log)) {
      const ours = await openWithPeople(await address(), 20_000);
      atTheEnd(() => ours.database.close());
      const theirs = await openPeers(await address(), place, others);
      const found = await compare(place, ours, theirs, rows, quick ? 3 : 5);
      await theirs.close();
      for (const [name, { rate, ratio }] of Object.entries(found.ours)) {
        ok &&= ratio >= goals[place];
        figures.push(`${place} ${name} ${ratio.toFixed(2)} × pg-boss`);
        log(`${place}, ${name}: ${Math.round(rate).toLocaleString('en')} deliveries/s`);
      }
      log(
        `${place}: pg-boss ${Math.round(found.boss).toLocaleString('en')} jobs/s, graphile-worker ${found.graphile}`,
      );
      if (process.env.P4_RAW) log(found.raw);
    }
    return { figure: figures.join('; '), ok };
  },
};

async function compare(place: Place, ours: Filled, theirs: OpenPeers, rows: number, rounds: number) {
  const boss: number[] = [];
  const graphile: number[] = [];
  const rates: Record<string, number[]> = {};
  // The first round warms up.
  for (let round = 0; round <= rounds; round += 1) {
    const inRound: (readonly [number[], number])[] = [[boss, await theirs.boss(rows)]];
    for (const [name, person] of Object.entries(readers)) {
      rates[name] ??= [];
      inRound.push([rates[name], await drain(ours, place, rows, person)]);
    }
    if (place === 'server') inRound.push([graphile, await theirs.graphile(rows)]);
    if (round > 0) for (const [list, rate] of inRound) list.push(rate);
  }
  return {
    boss: median(boss),
    graphile: graphile.length > 0 ? `${Math.round(median(graphile)).toLocaleString('en')} jobs/s` : 'not run',
    raw: JSON.stringify({ boss, ...rates }),
    ours: Object.fromEntries(
      Object.entries(rates).map(([name, list]) => [
        name,
        { rate: median(list), ratio: median(list.map((rate, index) => rate / (boss[index] ?? rate))) },
      ]),
    ),
  };
}

/** Deliveries a second. */
async function drain(filled: Filled, place: Place, rows: number, person: string): Promise<number> {
  const { store, database } = filled;
  await query(database.url, 'TRUNCATE delivery');
  await fill(filled, { name: 'drain', rows, person, from: MORNING });
  if (place === 'server') await query(database.url, 'VACUUM ANALYZE delivery');
  const platform = instantPlatform();
  const startedAt = performance.now();
  const handled = await deliverPending(senderOn(store, platform), MORNING);
  const tookMs = performance.now() - startedAt;
  const [sent] = await query(
    database.url,
    `SELECT count(*)::int AS count FROM delivery WHERE state = 'sent'`,
  );
  if (handled !== rows || platform.count() !== rows || sent?.count !== rows)
    throw new Error(
      `${handled} were handled, ${platform.count()} posted and ${sent?.count} noted, of ${rows}.`,
    );
  return (rows / tookMs) * 1_000;
}

interface OpenPeers {
  /** Jobs a second. */
  boss(rows: number): Promise<number>;
  graphile(rows: number): Promise<number>;
  close(): Promise<void>;
}

/** The other queues on a database of their own beside ours, of the same kind. */
async function openPeers(
  address: Parameters<typeof openWithPeople>[0],
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
  if (place === 'server')
    await graphile.runMigrations({ connectionString: database.url, logger: quiet(graphile) });
  return {
    boss: (rows) => burst(boss, database.url, place, rows),
    graphile: (rows) => batched(graphile, database.url, rows),
    async close() {
      await boss.stop({ graceful: false });
      await database.close();
    },
  };
}

const quiet = (graphile: Graphile): object => new graphile.Logger(() => () => undefined);

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

/** Jobs taken and completed in batches. */
async function batched(graphile: Graphile, url: string, rows: number): Promise<number> {
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
    logger: quiet(graphile),
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
