/**
 * A large made-up programme, written straight into the tables: engagements in all states over years, with their record, meetings,
 * milestones, surveys and papers. For tests and proofs of what has to be quick and of a safe size.
 */
import { createHash } from 'node:crypto';
import pg from 'pg';
import { CHAIN_START, hashAfter } from '../../src/domain/audit.ts';
import type { Paper } from '../../src/domain/paper.ts';
import { EASTERN, localDate } from '../../src/domain/time.ts';
import type { AuditEntry } from '../../src/ports.ts';
import { type Life, manyLives } from './many-lives.ts';
import { manyPapers, trainingPapers } from './many-papers.ts';
import { manyPeople } from './many-people.ts';
import { manyEntries } from './many-record.ts';
import { engagementRow, meetingRows, milestoneRows, surveyRows } from './many-rows.ts';

export interface Filling {
  /** How many engagements are open, and how many ended. */
  readonly open: number;
  readonly ended: number;
  /** The same seed gives the same programme; 1 when left out. */
  readonly seed?: number;
  /** The present instant; `MANY_NOW` when left out. */
  readonly now?: Date;
  /** How many years back the first engagement ended; 5 when left out. */
  readonly years?: number;
  /** Messages of the last day that nobody could be given; 8 when left out. */
  readonly undelivered?: number;
}

export interface Filled {
  readonly now: Date;
  /** Request numbers by the engagement's id. */
  readonly numbers: ReadonlyMap<string, string>;
  /** Those that are open, in the order of their numbers. */
  readonly open: readonly Life[];
  readonly auditEntries: number;
}

/** Monday, March 15, 2027, ten in the morning in Washington. */
export const MANY_NOW = new Date('2027-03-15T14:00:00.000Z');

/** Rows of one statement. */
const MOST_AT_ONCE = 500;

type Row = Readonly<Record<string, unknown>>;

/**
 * Fills the database at `url`, as `openTestDatabase` and a running bot name it. Rows that are there stay, the record's chain goes on
 * from its end, and the next request gets the next number. All or nothing; 10,600 engagements take some ten seconds.
 */
export async function fillProgramme(url: string, how: Filling): Promise<Filled> {
  const now = how.now ?? MANY_NOW;
  const lives = manyLives({
    open: how.open,
    ended: how.ended,
    seed: how.seed ?? 1,
    years: how.years ?? 5,
    now,
  });
  const entries = lives
    .flatMap((life) => manyEntries(life, now))
    .toSorted((one, other) => one.at.getTime() - other.at.getTime());
  const client = new pg.Client({ connectionString: url });
  // Whoever waits for a statement hears of a connection that is lost.
  client.on('error', () => {});
  await client.connect();
  try {
    await client.query('BEGIN');
    // Neither the chain's trigger, which takes its time for each row, nor the checks of foreign keys.
    await client.query(`SELECT set_config('session_replication_role', 'replica', true)`);
    const filled = await fill(client, lives, entries, now, how.undelivered ?? 8);
    await client.query('COMMIT');
    return filled;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {});
    throw error;
  } finally {
    await client.end();
  }
}

async function fill(
  client: pg.Client,
  lives: readonly Life[],
  entries: readonly AuditEntry[],
  now: Date,
  undelivered: number,
): Promise<Filled> {
  const people = manyPeople();
  await insert(
    client,
    'person',
    people.map(({ timeZone, token, ...person }) => ({
      ...person,
      time_zone: timeZone,
      calendar_token: token,
    })),
    'ON CONFLICT DO NOTHING',
  );
  await insert(
    client,
    'platform_user',
    people.map(({ id }) => ({ platform: 'console', user_id: id, person_id: id, verified_at: now })),
    'ON CONFLICT DO NOTHING',
  );
  const numbers = await numbersFor(client, lives);
  const each = (table: string, rowsOf: (life: Life) => readonly Row[], conflict?: string): Promise<void> =>
    insertOf(client, table, lives, rowsOf, conflict);
  await each('engagement', (life) => [engagementRow(life, numbers.get(life.id) ?? '')]);
  await each('meeting', (life) => meetingRows(life, now));
  await each('milestone', milestoneRows, 'ON CONFLICT DO NOTHING');
  await each('survey', (life) => surveyRows(life, now));
  await each('paper', (life) => manyPapers(life, now).map(paperRow));
  await insert(client, 'paper', trainingPapers(now).map(paperRow), 'ON CONFLICT DO NOTHING');
  const open = lives.filter(
    ({ steps }) => !['CLOSED', 'WITHDRAWN', 'DECLINED'].includes(steps.at(-1)?.to ?? ''),
  );
  await insert(client, 'delivery', undeliveredRows(open.slice(0, undelivered), now));
  await writeRecord(client, entries);
  await client.query('ANALYZE');
  return { now, numbers, open, auditEntries: entries.length };
}

/** In the order in which they were filed, from the next one of each year on. */
async function numbersFor(client: pg.Client, lives: readonly Life[]): Promise<ReadonlyMap<string, string>> {
  const { rows } = await client.query<{ year: number; last: number }>(
    `SELECT year, last FROM request_counter WHERE prefix = 'ISSO'`,
  );
  const last = new Map(rows.map(({ year, last: count }) => [year, count]));
  const numbers = new Map<string, string>();
  for (const { id, steps } of lives) {
    const year = Number(localDate(steps[0].at, EASTERN).slice(0, 4));
    const next = (last.get(year) ?? 0) + 1;
    last.set(year, next);
    numbers.set(id, `ISSO-${year}-${String(next).padStart(4, '0')}`);
  }
  for (const [year, count] of last)
    await client.query(
      `INSERT INTO request_counter (prefix, year, last) VALUES ('ISSO', $1, $2)
       ON CONFLICT (prefix, year) DO UPDATE SET last = excluded.last`,
      [year, count],
    );
  return numbers;
}

const paperRow = ({ formVersion, byId, ...paper }: Paper): Row => ({
  ...paper,
  form_version: formVersion,
  by_id: byId,
});

/** A few at a time, so that the connection is never silent for long. */
const LIVES_AT_ONCE = 250;

async function insertOf(
  client: pg.Client,
  table: string,
  lives: readonly Life[],
  rowsOf: (life: Life) => readonly Row[],
  conflict = '',
): Promise<void> {
  for (let at = 0; at < lives.length; at += LIVES_AT_ONCE)
    await insert(client, table, lives.slice(at, at + LIVES_AT_ONCE).flatMap(rowsOf), conflict);
}

/** Messages about open engagements that were given up in the last hours. */
const undeliveredRows = (lives: readonly Life[], now: Date): readonly Row[] =>
  lives.map((life, place) => ({
    key: `many-undelivered-${life.id}`,
    recipient_kind: 'person',
    recipient_id: life.ownerId,
    kind: 'card',
    message: { blocks: [], buttons: [] },
    due_at: new Date(now.getTime() - (place + 2) * 3_600_000),
    ended_at: new Date(now.getTime() - (place + 1) * 3_600_000),
    state: 'unreachable',
    about: `engagement:${life.id}`,
    reason: 'nobody there',
  }));

async function insert(client: pg.Client, table: string, rows: readonly Row[], conflict = ''): Promise<void> {
  const columns = Object.keys(rows[0] ?? {});
  const names = columns.map((column) => `"${column}"`).join(', ');
  for (let at = 0; at < rows.length; at += MOST_AT_ONCE)
    await client.query(
      `INSERT INTO "${table}" (${names})
       SELECT ${names} FROM jsonb_populate_recordset(NULL::"${table}", $1::jsonb) ${conflict}`,
      [JSON.stringify(rows.slice(at, at + MOST_AT_ONCE))],
    );
}

/** Writes the entries behind what the record holds, chained as the database's trigger would. */
async function writeRecord(client: pg.Client, entries: readonly AuditEntry[]): Promise<void> {
  const { rows: heads } = await client.query<{ position: string; hash: string }>(
    'SELECT position, hash FROM audit_head WHERE id = 1',
  );
  let end = heads[0] ? { position: Number(heads[0].position), hash: heads[0].hash } : CHAIN_START;
  const chained = (entry: AuditEntry): Row => {
    const row = { ...entry, at: entry.at.toISOString(), position: end.position + 1 };
    const hash = hashAfter(end.hash, row, sha256);
    if (hash === null) throw new Error(`The entry ${entry.verb} can't be chained.`);
    end = { position: row.position, hash };
    const { actorId, forId, engagementId, from, to, ...rest } = { ...row, hash };
    return {
      ...rest,
      actor_id: actorId,
      for_id: forId,
      engagement_id: engagementId,
      from_state: from,
      to_state: to,
    };
  };
  for (let at = 0; at < entries.length; at += MOST_AT_ONCE)
    await client.query(
      `INSERT INTO audit_entry (at, actor_id, for_id, role, verb, engagement_id, from_state, to_state, reason, platform, facts, position, hash)
       SELECT at, actor_id, for_id, role, verb, engagement_id, from_state, to_state, reason, platform, facts, position, hash
         FROM jsonb_populate_recordset(NULL::audit_entry, $1::jsonb) ORDER BY position`,
      [JSON.stringify(entries.slice(at, at + MOST_AT_ONCE).map(chained))],
    );
  await client.query('UPDATE audit_head SET position = $1, hash = $2 WHERE id = 1', [end.position, end.hash]);
}

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');
