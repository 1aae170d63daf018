/** What a database holds, table by table, for comparing one with another of whatever kind. */
import pg from 'pg';

/**
 * Rows of each table as one text of their number and a hash over them, in an order of their own; with where each sequence stands,
 * and with what keeps the rows: constraints and triggers. Nothing of how the tables came about.
 */
export async function contentsOf(url: string): Promise<Readonly<Record<string, string>>> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
    await client.query(`SELECT set_config('TimeZone', 'UTC', true)`);
    const found: Record<string, string> = {};
    for (const [name, statement] of await statementsFor(client))
      found[name] = String((await client.query(statement)).rows[0]?.print);
    await client.query('COMMIT');
    return found;
  } finally {
    await client.end();
  }
}

async function statementsFor(client: pg.Client): Promise<readonly (readonly [string, string])[]> {
  const { rows } = await client.query(
    `SELECT relname AS name, relkind AS kind FROM pg_class
      WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'S') AND relname <> '_prisma_migrations'
      ORDER BY relname COLLATE "C"`,
  );
  const ofRelations = rows.map(({ name, kind }) => [
    String(name),
    kind === 'S'
      ? `SELECT last_value || ' ' || is_called AS print FROM "${name}"`
      : `SELECT count(*) || ' ' || md5(coalesce(string_agg(t::text, '|' ORDER BY t::text COLLATE "C"), '')) AS print FROM "${name}" t`,
  ]);
  const rules = `SELECT string_agg(rule, '|' ORDER BY rule COLLATE "C") AS print FROM (
    SELECT conrelid::regclass::text || ' ' || conname || ' ' || pg_get_constraintdef(oid) || ' ' || convalidated::text AS rule FROM pg_constraint
     WHERE connamespace = current_schema()::regnamespace AND contype <> 'n'
    UNION ALL
    SELECT tgenabled::text || ' ' || pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal) AS rules`;
  return [...ofRelations.map(([name = '', statement = '']) => [name, statement] as const), ['rules', rules]];
}
