/** Reads a whole database as the lines of a backup. */
import { createHash } from 'node:crypto';
import type pg from 'pg';
import { auditHeadIn, migrationsIn, sequencesIn, tablesIn } from './backup-catalogue.ts';
import {
  BACKUP_FORMAT,
  BACKUP_VERSION,
  type BackupTable,
  headLine,
  manifestLine,
  type TableShape,
  tableLine,
} from './backup-format.ts';
import { beExact, connect } from './backup-session.ts';

/** A page is about as large, however large its rows are. */
const PAGE_CHARACTERS = 1_000_000;
const FIRST_PAGE_ROWS = 20;
const MOST_PAGE_ROWS = 2_000;

/** There is nothing to take a backup of. */
export class NoTables extends Error {
  override readonly name = 'NoTables';
}

/**
 * The lines of a backup of the database at `url`, a page at a time, as it is at one instant: all is read in one transaction, which
 * changes nothing. On a server nobody waits for it. Throws `NoTables` where the program has made none yet.
 */
export async function* backupLines(url: string, program: string): AsyncGenerator<string> {
  const client = await connect(url);
  try {
    const tables = await begin(client);
    const takenAt = await instantOf(client);
    const migrations = await migrationsIn(client);
    if (migrations.length === 0) throw new NoTables();
    yield headLine();
    const read: BackupTable[] = [];
    for (const table of tables) {
      yield tableLine(table.name);
      read.push(yield* rowsOf(client, table));
    }
    yield manifestLine({
      format: BACKUP_FORMAT,
      version: BACKUP_VERSION,
      takenAt,
      program,
      migrations,
      tables: read,
      rows: read.reduce((sum, { rows }) => sum + rows, 0),
      sequences: await sequencesIn(client),
      auditHead: await auditHeadIn(client, tables),
    });
    await client.query('COMMIT');
  } finally {
    // Whatever is open on it ends with the connection.
    await client.end().catch(() => {});
  }
}

/**
 * The tables are kept from changing their shape before anything of them is seen: the lock comes first, and the view of the rows
 * is taken with the statement after it.
 */
async function begin(client: pg.Client): Promise<TableShape[]> {
  const names = (await tablesIn(client)).map(({ name }) => client.escapeIdentifier(name));
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  if (names.length > 0) await client.query(`LOCK TABLE ${names.join(', ')} IN ACCESS SHARE MODE`);
  await beExact(client);
  return tablesIn(client);
}

async function instantOf(client: pg.Client): Promise<string> {
  const { rows } = await client.query(
    `SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at`,
  );
  return String(rows[0]?.at);
}

/** Each row is a list of its values as PostgreSQL writes them: read again they are the same, to the last digit. */
async function* rowsOf(
  client: pg.Client,
  { name, columns }: TableShape,
): AsyncGenerator<string, BackupTable> {
  const values = columns.map((column) => `${client.escapeIdentifier(column.name)}::text`);
  await client.query(
    `DECLARE each_page NO SCROLL CURSOR FOR
     SELECT to_json(ARRAY[${values.join(', ')}]::text[])::text FROM ONLY ${client.escapeIdentifier(name)}`,
  );
  const hash = createHash('sha256');
  let rows = 0;
  let most = FIRST_PAGE_ROWS;
  for (;;) {
    const page = await client.query<[string]>({ text: `FETCH ${most} FROM each_page`, rowMode: 'array' });
    if (page.rows.length === 0) break;
    const lines = page.rows.map(([line]) => `${line}\n`).join('');
    hash.update(lines);
    rows += page.rows.length;
    yield lines;
    const fitting = Math.floor((PAGE_CHARACTERS * page.rows.length) / lines.length);
    most = Math.max(1, Math.min(MOST_PAGE_ROWS, fitting));
  }
  await client.query('CLOSE each_page');
  return { name, columns, rows, sha256: hash.digest('hex') };
}
