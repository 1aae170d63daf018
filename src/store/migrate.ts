/**
 * Brings the tables to the shape this program knows, from `prisma/migrations`, recorded as the Prisma CLI records it.
 *
 * Each migration runs in one transaction together with its record, so that a kill at any point leaves it wholly done or
 * not begun. For the same reason a migration may hold no statement that refuses transactions (such as
 * `CREATE INDEX CONCURRENTLY`). Programs that start together on one server wait for each other by an advisory lock.
 */
import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { z } from 'zod';

const ourMigrations = fileURLToPath(new URL('../../prisma/migrations', import.meta.url));
/** Any number will do, as long as every version of this program uses the same. */
const migrationLock = 7_201_900_042;
const connectTimeoutMs = 2_000;

/** The database can't be used by this program; the message says why and what to do. */
export class SchemaMismatch extends Error {
  override readonly name = 'SchemaMismatch';
}

export interface Migration {
  /** Folder name: `20260101120000_first`. */
  readonly name: string;
  readonly sql: string;
}

const recordSchema = z.object({
  migration_name: z.string(),
  checksum: z.string(),
  is_finished: z.boolean(),
});
type MigrationRecord = z.infer<typeof recordSchema>;

/** The migrations of a folder in the order in which they apply; ours when none is named. */
export async function readMigrations(folder: string = ourMigrations): Promise<Migration[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names
      .sort()
      .map(async (name) => ({ name, sql: await readFile(join(folder, name, 'migration.sql'), 'utf8') })),
  );
}

/**
 * Applies to the database at `url` what is missing there, and answers the names of what it applied.
 * Refuses with `SchemaMismatch` when the database has a migration that this program does not know (an older program on a newer
 * schema), when an applied one has changed since, or when another tool left one unfinished.
 */
export async function migrate(url: string, migrations: readonly Migration[]): Promise<string[]> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: connectTimeoutMs,
    application_name: 'isso-as-a-service migration',
  });
  // A connection that breaks makes its query fail; the event needs a listener or it would end the process.
  client.on('error', () => {});
  await client.connect();
  const applied: string[] = [];
  try {
    if (missing(await readRecords(client), migrations).length === 0) return applied;
    for (;;) {
      const name = await applyNext(client, migrations);
      if (name === null) return applied;
      applied.push(name);
    }
  } finally {
    await client.end();
  }
}

/** One transaction: wait for the lock, look what is missing, apply the first of it. Null when nothing is missing. */
async function applyNext(client: pg.Client, migrations: readonly Migration[]): Promise<string | null> {
  await client.query('BEGIN');
  try {
    await client.query('SELECT pg_advisory_xact_lock($1)', [migrationLock]);
    await client.query(createRecordTable);
    const [next] = missing(await readRecords(client), migrations);
    if (next) {
      await client.query(next.sql);
      await client.query(insertRecord, [randomUUID(), checksum(next.sql), next.name]);
    }
    await client.query('COMMIT');
    return next?.name ?? null;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {});
    throw error;
  }
}

/** What of `migrations` is not recorded; refuses records that don't fit them. */
function missing(records: readonly MigrationRecord[], migrations: readonly Migration[]): Migration[] {
  const known = new Map(migrations.map((migration) => [migration.name, migration]));
  for (const record of records) {
    const migration = known.get(record.migration_name);
    if (!migration) {
      throw new SchemaMismatch(
        `The database has the migration ${record.migration_name}, which this version of the program does not know: ` +
          'it is older than the database. Start the newer version again, or restore a backup from before the upgrade.',
      );
    }
    if (!record.is_finished) {
      throw new SchemaMismatch(
        `The migration ${record.migration_name} was begun by another tool and not finished. Settle it with "prisma migrate resolve".`,
      );
    }
    if (!matches(migration.sql, record.checksum)) {
      throw new SchemaMismatch(
        `The migration ${record.migration_name} was changed after it was applied. Put its file back as it was and ` +
          'write a new migration for the change.',
      );
    }
  }
  const recorded = new Set(records.map((record) => record.migration_name));
  return migrations.filter((migration) => !recorded.has(migration.name));
}

async function readRecords(client: pg.Client): Promise<MigrationRecord[]> {
  const found = await client.query<{ found: boolean }>(
    `SELECT to_regclass('_prisma_migrations') IS NOT NULL AS found`,
  );
  if (!found.rows[0]?.found) return [];
  const records = await client.query(
    `SELECT migration_name, checksum, finished_at IS NOT NULL AS is_finished
       FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY started_at`,
  );
  return z.array(recordSchema).parse(records.rows);
}

function checksum(sql: string): string {
  return createHash('sha256').update(sql).digest('hex');
}

/** A checkout may change line ends; that is no change. */
function matches(sql: string, recorded: string): boolean {
  const unix = sql.replaceAll('\r\n', '\n');
  return [sql, unix, unix.replaceAll('\n', '\r\n')].some((text) => checksum(text) === recorded);
}

/** Column for column what the Prisma CLI makes. */
const createRecordTable = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id                  VARCHAR(36) PRIMARY KEY NOT NULL,
  checksum            VARCHAR(64) NOT NULL,
  finished_at         TIMESTAMPTZ,
  migration_name      VARCHAR(255) NOT NULL,
  logs                TEXT,
  rolled_back_at      TIMESTAMPTZ,
  started_at          TIMESTAMPTZ NOT NULL DEFAULT now(),
  applied_steps_count INTEGER NOT NULL DEFAULT 0
)`;
const insertRecord = `INSERT INTO _prisma_migrations
  (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
  VALUES ($1, $2, $3, clock_timestamp(), clock_timestamp(), 1)`;
