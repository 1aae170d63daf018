/** The connections to the database, embedded or on a server, with a limit on every wait. */
import { Socket } from 'node:net';
import pg from 'pg';
import type { DataDirectoryLock } from './data-directory-lock.ts';
import { type EmbeddedDatabase, openEmbedded, sharedSession } from './embedded.ts';
import { Gate } from './gate.ts';
import { createJoiningPrisma, type JoiningPrisma } from './joining-prisma.ts';
import { type Migration, migrate } from './migrate.ts';
import { createStatementNames, type NameOf, withoutNames } from './statement-names.ts';

/** Where the data are: in a folder of this machine (null: in memory), or on a PostgreSQL server. */
export type StoreAddress =
  | {
      readonly kind: 'embedded';
      readonly dataDir: string | null;
      /** The directory's lock where the caller holds it already; it is given back on closing. */
      readonly lock?: DataDirectoryLock;
    }
  | { readonly kind: 'server'; readonly url: string };

export interface Database {
  readonly url: string;
  readonly prisma: JoiningPrisma['prisma'];
  /** Lets Prisma into a transaction that is under way. */
  readonly join: JoiningPrisma['join'];
  /** To be taken through the gate. */
  readonly pool: pg.Pool;
  readonly nameOf: NameOf;
  /** Waits for a turn, so that nobody waits inside the pool, whose only limit is for reaching the server. */
  readonly gate: Gate;
  /** Connections kept apart for accepting events: a busy bot still answers within two seconds. */
  readonly inboxPool: pg.Pool;
  /** Why the embedded database is gone; null as long as it runs. */
  lost(): Error | null;
  close(): Promise<void>;
}

interface Limits {
  readonly connections: number;
  readonly inboxConnections: number;
  /** Longest wait for the answer to one statement. */
  readonly statementMs: number;
  /** A connection in use from which nothing comes for so long is cut, so that a dead network is noticed. */
  readonly silenceMs: number;
  readonly session: Pick<
    pg.PoolConfig,
    'statement_timeout' | 'lock_timeout' | 'idle_in_transaction_session_timeout' | 'options'
  >;
}

/** Reaching the database takes no longer than this, or fails: at the start, and for whoever is to be answered at once. */
const connectMs = 2_000;
/** The same for work that nobody waits for: a machine that stalls for some seconds is no reason to give it up. */
const patientConnectMs = 10_000;
/** Longest wait for the embedded database to let the first connection in: on a busy machine it wakes up slowly. */
const firstConnectMs = 30_000;
/** Shorter than the silence, so that an idle connection is given back before it counts as silent. */
const idleMs = 5_000;

/** The server enforces its own limits, so that a statement does not go on after its caller has given up. */
const serverLimits: Limits = {
  connections: 10,
  inboxConnections: 3,
  statementMs: 9_000,
  silenceMs: 10_000,
  session: {
    statement_timeout: 8_000,
    idle_in_transaction_session_timeout: 30_000,
    // Prisma's adapter reads and writes instants as if the session were in UTC.
    // Compiling plans costs more than our short statements take.
    options: '-c TimeZone=UTC -c jit=off',
  },
};

/** Transactions run one after the other, so more connections would only wait inside; the waiting counts as silence. */
const embeddedLimits: Limits = {
  connections: 2,
  inboxConnections: 1,
  statementMs: 35_000,
  silenceMs: 40_000,
  session: {},
};

/**
 * Opens the connections after bringing the tables up to date. Fails when the database can't be reached within two
 * seconds (an embedded one that is starting: thirty), is used by another process, or does not fit this program; once
 * open, it heals by itself after an outage.
 */
export async function openDatabase(
  address: StoreAddress,
  migrations: readonly Migration[],
  onLost: (error: Error) => void,
): Promise<Database> {
  if (address.kind === 'server') {
    await migrate(address.url, migrations);
    const names = (await hasSharedSession(address.url)) ? withoutNames : createStatementNames();
    return connect(address.url, serverLimits, null, () => null, names);
  }
  let lost: Error | null = null;
  const embedded = await openEmbedded({
    dataDir: address.dataDir,
    ...(address.lock ? { lock: address.lock } : {}),
    onLost: (error) => {
      lost = error;
      onLost(error);
    },
  });
  try {
    await waitForFirstAnswer(embedded.url);
    await migrate(embedded.url, migrations);
    return connect(embedded.url, embeddedLimits, embedded, () => lost);
  } catch (error) {
    await embedded.close();
    throw error;
  }
}

/** Connections to a server's database as it is: nothing is brought up to date, and nothing is checked. */
export function connectAsItIs(url: string): Database {
  return connect(url, serverLimits, null, () => null);
}

/** Returns when the embedded database, just started, has answered for the first time. */
const waitForFirstAnswer = (url: string): Promise<unknown> => ask(url, 'SELECT 1', firstConnectMs);

/** True for an embedded database that another process has opened and that is reached by its address. */
const hasSharedSession = async (url: string): Promise<boolean> =>
  (await ask(url, `SELECT 1 WHERE current_setting('${sharedSession}', true) = 'on'`, connectMs)).length > 0;

/** The rows of one statement on a connection of its own. */
async function ask(url: string, sql: string, ms: number): Promise<readonly unknown[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: ms, query_timeout: ms });
  // A connection that breaks makes its query fail; the event needs a listener or it would end the process.
  client.on('error', () => {});
  try {
    await client.connect();
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

function connect(
  url: string,
  limits: Limits,
  embedded: EmbeddedDatabase | null,
  lost: () => Error | null,
  nameOf: NameOf = withoutNames,
): Database {
  const pool = makePool(url, limits, limits.connections, patientConnectMs);
  const inboxPool = makePool(url, limits, limits.inboxConnections, connectMs);
  const joining = createJoiningPrisma(pool, nameOf);
  const { prisma, join } = joining;
  const close = async (): Promise<void> => {
    await joining.close();
    await Promise.all([pool.end(), inboxPool.end()]);
    await embedded?.close();
  };
  return { url, prisma, join, pool, nameOf, gate: new Gate(limits.connections), inboxPool, lost, close };
}

function makePool(url: string, limits: Limits, max: number, reachMs: number): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    connectionTimeoutMillis: reachMs,
    idleTimeoutMillis: idleMs,
    query_timeout: limits.statementMs,
    keepAlive: true,
    application_name: 'isso-as-a-service',
    ...limits.session,
  });
  // An idle connection that breaks is replaced at the next use; without a listener its event would end the process.
  pool.on('error', () => {});
  pool.on('connect', (client) => {
    client.on('error', () => {});
    if (!(client instanceof pg.Client)) return;
    const { stream } = client.connection;
    if (stream instanceof Socket) {
      stream.setTimeout(limits.silenceMs, () => stream.destroy(new Error('The database is silent.')));
    }
  });
  return pool;
}
