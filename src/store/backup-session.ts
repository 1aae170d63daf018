/** A connection for a backup: its work takes as long as there are rows, and every text is written and read in one way. */
import pg from 'pg';
import { sharedSession } from './embedded.ts';

/** The embedded database wakes up slowly on a busy machine. */
const CONNECT_MS = 30_000;
/** The longest that one statement may take: the largest are those that check all rows of a table. */
const STATEMENT_MS = 600_000;

/** What our other connections call themselves. */
const OURS = 'isso-as-a-service';

/** The texts of values are the same then on every database, and lose nothing; and no limit of a server's own ends the work. */
const EXACT = `SELECT set_config('DateStyle', 'ISO, YMD', true), set_config('IntervalStyle', 'postgres', true),
  set_config('TimeZone', 'UTC', true), set_config('extra_float_digits', '3', true), set_config('bytea_output', 'hex', true),
  set_config('statement_timeout', '0', true), set_config('idle_in_transaction_session_timeout', '0', true)`;

/** Does `work` on a connection of its own, closed afterwards. */
export async function connected<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = await connect(url);
  try {
    return await work(client);
  } finally {
    await client.end().catch(() => {});
  }
}

/** A connection, to be ended by who asked for it. */
export async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: STATEMENT_MS,
    keepAlive: true,
    application_name: `${OURS} backup`,
  });
  // A connection that breaks makes its query fail; the event needs a listener or it would end the process.
  client.on('error', () => {});
  await client.connect();
  return client;
}

/** Until the end of the transaction in which it is called. */
export const beExact = async (client: pg.ClientBase): Promise<void> => void (await client.query(EXACT));

/** True while a bot, or another command, is connected to the database on the server that `client` is connected to. */
export async function isInUse(client: pg.ClientBase): Promise<boolean> {
  const { rows } = await client.query(
    `SELECT EXISTS (SELECT FROM pg_stat_activity
                     WHERE datname = current_database() AND application_name = $1 AND pid <> pg_backend_pid())
            OR coalesce(current_setting('${sharedSession}', true), '') = 'on' AS is_in_use`,
    [OURS],
  );
  return rows[0]?.is_in_use === true;
}
