/** Rows of engagements and of their record as a history leaves them, written straight into the tables. */
import type { EngagementState } from '../../src/domain/engagement-states.ts';
import type { Database } from '../../src/store/client.ts';

export type Row = Readonly<Record<string, unknown>>;
export interface Entry {
  readonly at: Date;
  readonly verb: string;
  readonly id: string;
  readonly from: string | null;
  readonly to: string;
  readonly reason: string | null;
  readonly facts: Readonly<Record<string, string>>;
}

/** What an engagement is, beside its history. */
interface Of {
  readonly component: string;
  readonly offering: string;
  readonly owner: string;
  readonly system: string;
  readonly isso: string;
  /** Who does the ISSO work when it asks. */
  readonly today: string;
}

/** The row of an engagement after these entries. */
export function engagementRow(life: Of, id: string, entries: readonly Entry[]): Row {
  const moves = entries.filter(({ from, to }) => from !== to);
  const last = moves.at(-1);
  const filed = moves.find(({ to }) => to === 'REQUESTED');
  return {
    id,
    number: `ISSO-2026-${id.slice(1).padStart(4, '0')}`,
    offering: life.offering,
    form_version: 1,
    version: 1,
    state: last?.to,
    component: life.component,
    system_name: life.system,
    system_key: life.system,
    answers: [
      { key: 'reason', value: ['none'] },
      { key: 'current_isso_state', label: '', asked: '', value: life.today, shown: '' },
    ],
    requester_id: life.owner,
    business_owner_id: life.owner,
    member_ids: [],
    created_at: entries[0]?.at,
    submitted_at: filed?.at ?? null,
    state_since_at: last?.at,
    course: { serviceIssoId: life.isso },
  };
}

/** The rows of the record, in the order of their instants. */
export const recordRows = (entries: readonly Entry[]): readonly Row[] =>
  entries
    .toSorted((a, b) => a.at.getTime() - b.at.getTime())
    .map(({ at, verb, id, from, to, reason, facts }, place) => ({
      sequence: place + 1,
      at,
      verb,
      engagement_id: id,
      from_state: from,
      to_state: to,
      reason,
      platform: 'console',
      facts,
      position: place + 1,
      hash: 'not looked at',
    }));

/** One engagement by its steps: each with its instant, and with facts or a reason where it has any. */
export interface ToldLife {
  readonly owner?: string;
  readonly component?: string;
  readonly steps: readonly (readonly [
    at: string,
    to: EngagementState,
    more?: {
      readonly reason?: string;
      readonly facts?: Readonly<Record<string, string>>;
      readonly verb?: string;
    },
  ])[];
}

/** Writes engagements that are told step by step into an empty database. */
export function writeTold(database: Pick<Database, 'pool'>, lives: readonly ToldLife[]): Promise<void> {
  const all = lives.map(({ owner = 'ann', component = 'OIT', steps }, place) => {
    const id = `e${place}`;
    const entries = steps.map(([at, to, more], index): Entry => {
      const from = steps[index - 1]?.[1] ?? null;
      return {
        at: new Date(at),
        verb: more?.verb ?? 'some.step',
        id,
        from,
        to,
        reason: more?.reason ?? null,
        facts: more?.facts ?? {},
      };
    });
    const told = { component, offering: 'issoaas', owner, system: id, isso: 'ida', today: 'none' };
    return { row: engagementRow(told, id, entries), entries };
  });
  return writeRows(database, [
    ['engagement', all.map(({ row }) => row)],
    ['audit_entry', recordRows(all.flatMap(({ entries }) => entries))],
  ]);
}

/** Writes rows as they are, table by table, all or nothing. */
export async function writeRows(
  { pool }: Pick<Database, 'pool'>,
  tables: readonly (readonly [table: string, rows: readonly Row[]])[],
): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    // The chain of the record is not what is looked at here.
    await client.query(`SELECT set_config('session_replication_role', 'replica', true)`);
    for (const [table, rows] of tables) {
      if (rows.length === 0) continue;
      const names = Object.keys(rows[0] ?? {})
        .map((name) => `"${name}"`)
        .join(', ');
      await client.query(
        `INSERT INTO ${table} (${names}) SELECT ${names} FROM jsonb_populate_recordset(NULL::${table}, $1::jsonb)`,
        [JSON.stringify(rows)],
      );
    }
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    client.release();
  }
}
