/** What a database holds, by its own catalogue: no table is listed by hand, so none is forgotten. */
import type pg from 'pg';
import { z } from 'zod';
import type { BackupManifest, TableShape } from './backup-format.ts';

/** How the tables came about; checked against the program's, never copied. */
const RECORD_TABLE = '_prisma_migrations';

const tablesSchema = z.array(
  z.object({ name: z.string(), columns: z.array(z.object({ name: z.string(), type: z.string() })) }),
);

/** The tables of the schema in the order of their names, each with the columns that hold something of their own. */
export async function tablesIn(client: pg.ClientBase): Promise<TableShape[]> {
  const { rows } = await client.query(
    `SELECT c.relname AS name,
            coalesce(json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod)) ORDER BY a.attnum)
                     FILTER (WHERE a.attname IS NOT NULL), '[]'::json) AS columns
       FROM pg_class c
       LEFT JOIN pg_attribute a
         ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
      WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' AND c.relname <> $1
      GROUP BY c.relname ORDER BY c.relname COLLATE "C"`,
    [RECORD_TABLE],
  );
  return tablesSchema.parse(rows);
}

/** Names of the migrations that were applied, in order; none where there are no tables of ours. */
export async function migrationsIn(client: pg.ClientBase): Promise<string[]> {
  const { rows: found } = await client.query('SELECT to_regclass($1) IS NOT NULL AS found', [RECORD_TABLE]);
  if (found[0]?.found !== true) return [];
  const { rows } = await client.query(
    `SELECT migration_name AS name FROM ${RECORD_TABLE}
      WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL ORDER BY migration_name COLLATE "C"`,
  );
  return rows.map((row) => String(row.name));
}

/** Every sequence with where it stands. What a sequence gave is never given back, so it is at or beyond what the rows hold. */
export async function sequencesIn(client: pg.ClientBase): Promise<BackupManifest['sequences']> {
  const { rows } = await client.query(
    `SELECT relname AS name FROM pg_class
      WHERE relnamespace = current_schema()::regnamespace AND relkind = 'S' ORDER BY relname COLLATE "C"`,
  );
  const sequences: BackupManifest['sequences'] = [];
  for (const { name } of rows) {
    const { rows: standing } = await client.query(
      `SELECT last_value::text AS last, is_called FROM ${client.escapeIdentifier(String(name))}`,
    );
    sequences.push({
      name: String(name),
      last: String(standing[0]?.last),
      isCalled: standing[0]?.is_called === true,
    });
  }
  return sequences;
}

const headsSchema = z.array(z.object({ position: z.coerce.number(), hash: z.string() }));

/** The end of the audit record; null where there is none. */
export async function auditHeadIn(
  client: pg.ClientBase,
  tables: readonly TableShape[],
): Promise<BackupManifest['auditHead']> {
  if (!tables.some(({ name }) => name === 'audit_head')) return null;
  const { rows } = await client.query('SELECT position, hash FROM audit_head WHERE id = 1');
  return headsSchema.parse(rows)[0] ?? null;
}
