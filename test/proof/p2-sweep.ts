import pg from 'pg';
import type { Store } from '../../src/ports.ts';
import { type Database, openDatabase, type StoreAddress } from '../../src/store/client.ts';
import { storeOn } from '../../src/store/index.ts';
import { readMigrations } from '../../src/store/migrate.ts';
import { newDataDir, newServerDatabase, query, sharedServer, unexpected } from './databases.ts';
import { median, ms } from './figures.ts';
import type { Row } from './row.ts';

const few = 1_000;
const goal = 1.5;
const claimed = 100;
const rowsForEach = 10;
const now = new Date('2026-12-01T15:00:00Z');
const leaseMs = 60_000;
const partialIndex = 'delivery_due';

export const p2: Row = {
  id: 'P2',
  title: 'Claiming what is due, and finding nothing due, among deliveries that are not due',
  goal: `t(1,000,000)/t(1,000) ≤ ${goal}, plan uses the partial index`,
  async run({ quick, log }) {
    const many = quick ? 100_000 : 1_000_000;
    const rounds = quick ? 15 : 40;
    const server = await sharedServer();
    if (typeof server === 'string') log(`on a PostgreSQL server not run: ${server}`);
    const places: readonly (readonly [string, () => Promise<StoreAddress>])[] = [
      ['embedded', async () => ({ kind: 'embedded', dataDir: await newDataDir() })],
      ...(typeof server === 'string'
        ? []
        : ([
            [
              'server',
              async (): Promise<StoreAddress> => ({ kind: 'server', url: await newServerDatabase(server) }),
            ],
          ] as const)),
    ];
    const figures: string[] = [];
    let ok = true;
    for (const [name, address] of places) {
      const found = await compare(await address(), await address(), many, rounds, name === 'server');
      ok &&= found.claim <= goal && found.sweep <= goal && found.plan === null;
      figures.push(`${name} claim ${found.claim.toFixed(2)}, empty ${found.sweep.toFixed(2)}`);
      log(
        `${name}, ${many.toLocaleString('en')} rows: ${found.words}; plan ${found.plan ?? `uses ${partialIndex}`}`,
      );
    }
    return { figure: `ratio ${figures.join('; ')}`, ok };
  },
};

/** Two databases side by side, a small and a large one, asked in turn. */
async function compare(
  small: StoreAddress,
  large: StoreAddress,
  many: number,
  rounds: number,
  analyzed: boolean,
) {
  const one = await openFilled(small, few, analyzed);
  const other = await openFilled(large, many, analyzed);
  const times = {
    claimFew: [] as number[],
    claimMany: [] as number[],
    emptyFew: [] as number[],
    emptyMany: [] as number[],
  };
  for (let round = 0; round < rounds; round += 1) {
    times.emptyFew.push(await sweep(one.store, 0));
    times.emptyMany.push(await sweep(other.store, 0));
    times.claimFew.push(await claim(one));
    times.claimMany.push(await claim(other));
  }
  const plan = await planFault(other);
  await one.database.close();
  await other.database.close();
  const middle = Object.fromEntries(Object.entries(times).map(([name, all]) => [name, median(all)]));
  const { claimFew = 1, claimMany = 0, emptyFew = 1, emptyMany = 0 } = middle;
  return {
    claim: claimMany / claimFew,
    sweep: emptyMany / emptyFew,
    plan,
    words: `claim of ${claimed} ${ms(claimFew)} → ${ms(claimMany)}, empty sweep ${ms(emptyFew)} → ${ms(emptyMany)}`,
  };
}

interface Filled {
  readonly store: Store;
  readonly database: Database;
}

/** A server gathers statistics by itself; the embedded database never does. */
async function openFilled(address: StoreAddress, rows: number, analyzed: boolean): Promise<Filled> {
  const database = await openDatabase(address, await readMigrations(), unexpected);
  await query(
    database.url,
    `INSERT INTO delivery (key, recipient_kind, recipient_id, kind, message, due_at, wake_at, state)
     SELECT 'later-' || n, 'person', 'p' || (n / ${rowsForEach}), 'reminder', '{"blocks":[],"buttons":[]}',
            at, at, 'pending'
       FROM generate_series(1, $1::int) n,
            LATERAL (SELECT $2::timestamptz + interval '1 day' + n * interval '1 second' AS at) AS due`,
    [rows, now.toISOString()],
  );
  if (analyzed) await query(database.url, 'VACUUM ANALYZE delivery');
  return { store: storeOn(database), database };
}

async function sweep(store: Store, expected: number): Promise<number> {
  const startedAt = performance.now();
  const rows = await store.deliveries.claimDue({ now, limit: claimed, leaseMs });
  const tookMs = performance.now() - startedAt;
  if (rows.length !== expected) throw new Error(`${rows.length} rows were claimed instead of ${expected}.`);
  return tookMs;
}

/** A hundred fall due to a hundred people who also have others waiting; they are claimed and taken away again. */
async function claim({ store, database }: Filled): Promise<number> {
  await query(
    database.url,
    `INSERT INTO delivery (key, recipient_kind, recipient_id, kind, message, due_at, wake_at, state)
     SELECT 'now-' || n, 'person', 'p' || n, 'reminder', '{"blocks":[],"buttons":[]}', $1, $1, 'pending'
       FROM generate_series(1, ${claimed}) n`,
    [now.toISOString()],
  );
  const tookMs = await sweep(store, claimed);
  await query(database.url, `DELETE FROM delivery WHERE key LIKE 'now-%' AND recipient_id = ANY($1)`, [
    Array.from({ length: claimed }, (_, index) => `p${index + 1}`),
  ]);
  return tookMs;
}

/** Null when the program's own claim statement finds its rows through the partial index and reads no table from end to end. */
async function planFault({ store, database }: Filled): Promise<string | null> {
  const heard = await overheard(() => sweep(store, 0));
  const statement = heard.find(({ text }) => text.includes('SKIP LOCKED'));
  if (!statement) return 'the claim was not overheard';
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await client.query('BEGIN');
  const { rows } = await client.query(`EXPLAIN (FORMAT JSON) ${statement.text}`, [...statement.values]);
  await client.query('ROLLBACK');
  await client.end();
  const plan = JSON.stringify(rows);
  if (/"Node Type":\s*"Seq Scan"[^{}]*"Relation Name":\s*"delivery"/u.test(plan))
    return 'reads the table from end to end';
  return plan.includes(`"Index Name":"${partialIndex}"`) ? null : `does not use ${partialIndex}`;
}

interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** The statements that `work` gives to the driver. */
async function overheard(work: () => Promise<unknown>): Promise<readonly Statement[]> {
  const heard: Statement[] = [];
  const query = pg.Client.prototype.query;
  function listening(this: pg.Client, ...words: Parameters<typeof query>): unknown {
    const [first, second] = words as readonly unknown[];
    const given = typeof first === 'object' && first !== null ? first : { text: first };
    const text = 'text' in given ? String(given.text) : '';
    const values =
      'values' in given && Array.isArray(given.values) ? given.values : Array.isArray(second) ? second : [];
    heard.push({ text, values });
    return Reflect.apply(query, this, words);
  }
  Object.assign(pg.Client.prototype, { query: listening });
  try {
    await work();
  } finally {
    Object.assign(pg.Client.prototype, { query });
  }
  return heard;
}
