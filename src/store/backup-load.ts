/** Writes the rows of a backup into a database that holds none, all of them or nothing. */
import type pg from 'pg';
import { z } from 'zod';
import { CHAIN_START } from '../domain/audit.ts';
import { auditHeadIn, migrationsIn, sequencesIn, tablesIn } from './backup-catalogue.ts';
import type { BackupManifest, TableShape } from './backup-format.ts';
import { beExact, connected, isInUse } from './backup-session.ts';

/** How long the tables are waited for: nobody else is to use them. */
const LOCK_WAIT = '5s';

/**
 * Why nothing was written. `in-use`: a bot or a command is connected. `holds-data`: a table has rows. `other-tables`: its tables
 * are not those of the backup. `miscounted`: not as many rows arrived as the backup says.
 */
export type NotLoadedReason = 'in-use' | 'holds-data' | 'other-tables' | 'miscounted';

/** Nothing was written, and why. */
export class NotLoaded extends Error {
  override readonly name = 'NotLoaded';
  readonly reason: NotLoadedReason;

  constructor(reason: NotLoadedReason) {
    super(reason);
    this.reason = reason;
  }
}

/** Gives the rows of a backup to `take`, a page at a time, as lists in JSON. */
export type RowSource = (take: (table: string, rows: readonly string[]) => Promise<void>) => Promise<void>;

/** Migrations of the database, null when it has no table at all. Throws `NotLoaded` while it is in use; `isOurs`: only we can be in it. */
export const standingOf = (url: string, isOurs: boolean): Promise<readonly string[] | null> =>
  connected(url, async (client) => {
    if (!isOurs && (await isInUse(client))) throw new NotLoaded('in-use');
    const migrations = await migrationsIn(client);
    return migrations.length === 0 && (await tablesIn(client)).length === 0 ? null : migrations;
  });

/**
 * Writes all rows that `source` gives, and sets every sequence, in one transaction. The tables must be those of `manifest` and
 * empty. Their rules are laid aside while they are filled, since the rows were kept by them once, and hold again from the commit on;
 * foreign keys are checked anew.
 */
export const loadBackup = (url: string, manifest: BackupManifest, source: RowSource): Promise<void> =>
  connected(url, async (client) => {
    await client.query('BEGIN');
    await beExact(client);
    const tables = await lockEmpty(client, manifest);
    const layBack = await layAside(client);
    if (manifest.auditHead) await client.query('DELETE FROM audit_head');
    await source((table, rows) => insert(client, shapeOf(tables, table), rows));
    await setSequences(client, manifest);
    await lookBackFor(client, tables);
    for (const statement of layBack) await client.query(statement);
    await compare(client, manifest);
    await client.query('ANALYZE');
    await client.query('COMMIT');
  });

/** Locked against everybody, of the backup's shape, and without rows. */
async function lockEmpty(client: pg.Client, manifest: BackupManifest): Promise<TableShape[]> {
  const tables = await tablesIn(client);
  const names = tables.map(({ name }) => client.escapeIdentifier(name));
  await client.query(`SELECT set_config('lock_timeout', '${LOCK_WAIT}', true)`);
  await client
    .query(`LOCK TABLE ${names.join(', ')} IN ACCESS EXCLUSIVE MODE`)
    .catch((error: { code?: unknown }) => {
      throw error.code === '55P03' ? new NotLoaded('in-use') : error;
    });
  const sequences = (await sequencesIn(client)).map(({ name }) => name);
  const wanted = manifest.tables.map(({ name, columns }) => ({ name, columns }));
  const isSame =
    JSON.stringify([tables, sequences]) ===
    JSON.stringify([wanted, manifest.sequences.map(({ name }) => name)]);
  if (!isSame) throw new NotLoaded('other-tables');
  if (!(await isEmpty(client, tables))) throw new NotLoaded('holds-data');
  return tables;
}

/** The audit record of an empty database has a head, and no entry. */
async function isEmpty(client: pg.Client, tables: readonly TableShape[]): Promise<boolean> {
  for (const { name } of tables.filter((table) => table.name !== 'audit_head')) {
    const { rows } = await client.query(`SELECT FROM ${client.escapeIdentifier(name)} LIMIT 1`);
    if (rows.length > 0) return false;
  }
  const head = await auditHeadIn(client, tables);
  return head === null || head.position === CHAIN_START.position;
}

const statementsSchema = z.array(z.object({ aside: z.string(), back: z.string() }));

/**
 * Switches off triggers and takes foreign keys away, whose order of tables need not be known then; answers the statements that
 * bring them back. It takes no more than owning the tables.
 */
async function layAside(client: pg.Client): Promise<readonly string[]> {
  const { rows } = await client.query(
    `SELECT format('ALTER TABLE %s DISABLE TRIGGER %I', tgrelid::regclass, tgname) AS aside,
            format('ALTER TABLE %s ENABLE %s TRIGGER %I', tgrelid::regclass,
                   CASE tgenabled WHEN 'A' THEN 'ALWAYS' ELSE '' END, tgname) AS back
       FROM pg_trigger JOIN pg_class c ON c.oid = tgrelid
      WHERE c.relnamespace = current_schema()::regnamespace AND NOT tgisinternal AND tgenabled IN ('O', 'A')
     UNION ALL
     SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname),
            format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
       FROM pg_constraint
      WHERE connamespace = current_schema()::regnamespace AND contype = 'f'`,
  );
  const found = statementsSchema.parse(rows);
  for (const { aside } of found) await client.query(aside);
  return found.map(({ back }) => back);
}

function shapeOf(tables: readonly TableShape[], name: string): TableShape {
  const table = tables.find((each) => each.name === name);
  if (!table) throw new NotLoaded('other-tables');
  return table;
}

async function insert(
  client: pg.Client,
  { name, columns }: TableShape,
  rows: readonly string[],
): Promise<void> {
  const names = columns.map((column) => client.escapeIdentifier(column.name));
  const values = columns.map(({ type }, place) => `(line ->> ${place})::${type}`);
  await client.query(
    `INSERT INTO ${client.escapeIdentifier(name)} (${names.join(', ')}) OVERRIDING SYSTEM VALUE
     SELECT ${values.join(', ')} FROM jsonb_array_elements($1::jsonb) AS line`,
    [`[${rows.join(',')}]`],
  );
}

async function setSequences(client: pg.Client, { sequences }: BackupManifest): Promise<void> {
  for (const { name, last, isCalled } of sequences)
    await client.query('SELECT setval($1::regclass, $2::bigint, $3)', [
      client.escapeIdentifier(name),
      last,
      isCalled,
    ]);
}

/**
 * Messages that were due have perhaps been sent since the backup was taken: nobody knows here. So they are in doubt, and looked
 * for on their platform before they are sent.
 */
async function lookBackFor(client: pg.Client, tables: readonly TableShape[]): Promise<void> {
  const delivery = tables.find(({ name }) => name === 'delivery');
  if (!delivery?.columns.some(({ name }) => name === 'unsettled_since')) return;
  await client.query(
    `UPDATE delivery SET unsettled_since = now()
      WHERE state = 'pending' AND wake_at <= now() AND unsettled_since IS NULL`,
  );
}

/** As many rows as the backup says, and the head of the audit record where it says. */
async function compare(client: pg.Client, { tables, auditHead }: BackupManifest): Promise<void> {
  for (const { name, rows: wanted } of tables) {
    const { rows } = await client.query(
      `SELECT count(*)::text AS count FROM ${client.escapeIdentifier(name)}`,
    );
    if (Number(rows[0]?.count) !== wanted) throw new NotLoaded('miscounted');
  }
  const head = await auditHeadIn(client, tables);
  if (head?.position !== auditHead?.position || head?.hash !== auditHead?.hash)
    throw new NotLoaded('miscounted');
}
