import pg from 'pg';
import type { Store } from '../../src/ports.ts';
import { type Database, openDatabase, type StoreAddress } from '../../src/store/client.ts';
import { storeOn } from '../../src/store/index.ts';
import { readMigrations } from '../../src/store/migrate.ts';
import { query, unexpected } from './databases.ts';
import { median, ms } from './figures.ts';
import type { Row } from './row.ts';
import { places } from './sending.ts';

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
    const sizes = quick ? [few, 100_000] : [few, 100_000, 1_000_000];
    const rounds = quick ? 15 : 40;
    const figures: string[] = [];
    let ok = true;
    for (const [place, address] of await places(log)) {
      const all = await Promise.all(sizes.map(() => address()));
      const found = await compare(all, sizes, rounds, place === 'server');
      ok &&= found.claim <= goal && found.sweep <= goal && found.plan === null;
      figures.push(`${place} claim ${found.claim.toFixed(2)}, empty ${found.sweep.toFixed(2)}`);
      log(
        `${place}, ${sizes.map((size) => size.toLocaleString('en')).join(' → ')} rows: ${found.words}; plan ${found.plan ?? `uses ${partialIndex}, an empty sweep is one statement`}`,
      );
    }
    return { figure: `ratio ${figures.join('; ')}`, ok };
  },
};

/** Databases of rising sizes side by side, asked in turn; the ratios are of the largest to the smallest, round by round. */
async function compare(
  addresses: readonly StoreAddress[],
  sizes: readonly number[],
  rounds: number,
  analyzed: boolean,
) {
  const stores: Filled[] = [];
  for (const [index, address] of addresses.entries())
    stores.push(await openFilled(address, sizes[index] ?? 0, analyzed));
  const claims = stores.map((): number[] => []);
  const sweeps = stores.map((): number[] => []);
  // The first round warms up; who is asked first changes.
  for (let round = 0; round <= rounds; round += 1) {
    for (const place of round % 2 === 0 ? [...stores.keys()] : [...stores.keys()].reverse()) {
      const filled = stores[place];
      if (!filled) continue;
      const emptyMs = await sweep(filled.store, 0);
      const claimMs = await claim(filled);
      if (round === 0) continue;
      sweeps[place]?.push(emptyMs);
      claims[place]?.push(claimMs);
    }
  }
  const largest = stores.at(-1);
  const plan = largest ? await planFault(largest) : 'nothing was measured';
  for (const { database } of stores) await database.close();
  const ratio = (lists: readonly number[][]): number => {
    const [small = []] = lists;
    return median((lists.at(-1) ?? []).map((each, round) => each / (small[round] ?? each)));
  };
  const middles = (lists: readonly number[][]): string => lists.map((list) => ms(median(list))).join(' → ');
  return {
    claim: ratio(claims),
    sweep: ratio(sweeps),
    plan,
    words: `claim of ${claimed} ${middles(claims)}, empty sweep ${middles(sweeps)}`,
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

/**
 * Null when the program's own statements find their rows through the partial index and read no table from end to end: the
 * look that an empty sweep is, and the two that claim.
 */
async function planFault(filled: Filled): Promise<string | null> {
  const heard = await overheard(() => claim(filled));
  const looks = heard.find(({ text }) => /^SELECT 1 FROM delivery/u.test(text));
  const candidates = heard.find(({ text }) => text.includes('pg_try_advisory_xact_lock'));
  const leases = heard.find(({ text }) => text.includes("SET state = 'leased'"));
  if (!looks || !candidates || !leases) return 'the claim was not overheard';
  const client = new pg.Client({ connectionString: filled.database.url });
  await client.connect();
  try {
    for (const [statement, index] of [
      [looks, partialIndex],
      [candidates, partialIndex],
      [leases, 'delivery_'],
    ] as const) {
      const fault = faultIn(await planOf(client, statement), index);
      if (fault !== null) return fault;
    }
  } finally {
    await client.end();
  }
  return (await statementsOfEmptySweep(filled)) === 1 ? null : 'an empty sweep takes more than one statement';
}

async function planOf(client: pg.Client, { text, values }: Statement): Promise<string> {
  await client.query('BEGIN');
  const { rows } = await client.query(`EXPLAIN (FORMAT JSON) ${text.replace('BEGIN;', '')}`, [...values]);
  await client.query('ROLLBACK');
  return JSON.stringify(rows);
}

function faultIn(plan: string, index: string): string | null {
  if (/"Node Type":\s*"Seq Scan"[^{}]*"Relation Name":\s*"delivery"/u.test(plan))
    return 'reads the table from end to end';
  return plan.includes(`"Index Name":"${index}`) ? null : `does not use ${index}`;
}

const statementsOfEmptySweep = async ({ store }: Filled): Promise<number> =>
  (await overheard(() => sweep(store, 0))).length;

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
