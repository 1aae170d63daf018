/**
 * The thread that holds the embedded PostgreSQL and serves it on a socket. It is started by `embedded.ts` only, whose order it
 * takes as it is: a library that checks it would take a tenth of a second to load.
 * One query runs at a time; transactions of different connections wait for each other.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';
import type { DatabaseOrder } from './embedded.ts';

type ServeOrder = Extract<DatabaseOrder, { kind: 'serve' }>;

const syncMessage = Uint8Array.of('S'.charCodeAt(0), 0, 0, 0, 4);
const resetAll = simpleQuery('RESET ALL');
/** Parse, Bind, Describe, Execute, Close, Flush: messages of a query that goes on until a Sync. */
const midQueryMessages = new Set([...'PBDECH'].map((letter) => letter.charCodeAt(0)));
/** Query and Parse: the messages that carry SQL. */
const sqlMessages = new Set([...'QP'].map((letter) => letter.charCodeAt(0)));
/** Beside those: Sync, Terminate, the parts of COPY, a password. Anything else would put PostgreSQL out of step for ever. */
const knownMessages = new Set([
  ...midQueryMessages,
  ...sqlMessages,
  ...[...'SXdcfp\0'].map((letter) => letter.charCodeAt(0)),
]);
const changesSession = /(?:^|;)\s*(?:set|reset|discard)\s|set_config\s*\(/i;
const notUnderstood = errorMessage('This is not a message of the PostgreSQL protocol.');
const nobody = { onRawData: () => {} };

/**
 * All connections of PGlite share one session. Two things keep them from feeling each other:
 *
 * The socket server lets another connection in between the messages of one query; a long Bind that arrives in pieces
 * would be run with another connection's Parse. Calling an unfinished query a transaction makes the server stay with its
 * connection until the Sync.
 *
 * A setting such as the time zone or the search path would hold for everybody, and a tool could turn the bot's times by
 * hours. So settings last until the end of the statement or of its transaction, and no longer.
 */
class SharedPostgres extends PGlite {
  #isMidQuery = false;
  #isSessionChanged = false;

  override isInTransaction(): boolean {
    return this.#isMidQuery || super.isInTransaction();
  }

  override async execProtocolRawStream(
    ...[message, options]: Parameters<PGlite['execProtocolRawStream']>
  ): Promise<void> {
    const kind = message[0] ?? 0;
    if (!knownMessages.has(kind)) return options.onRawData(notUnderstood);
    this.#isMidQuery = midQueryMessages.has(kind);
    if (sqlMessages.has(kind) && changesSession.test(sqlOf(message))) this.#isSessionChanged = true;
    try {
      await super.execProtocolRawStream(message, {
        ...options,
        onRawData: (answer) => {
          options.onRawData(answer);
          if (isOutOfStep(answer)) throw new Error('The embedded database lost step with its clients.');
        },
      });
      if (!this.#isSessionChanged || this.isInTransaction()) return;
      this.#isSessionChanged = false;
      await super.execProtocolRawStream(resetAll, nobody);
    } catch (error) {
      // Errors of SQL are answers, not exceptions: this is the end of the database itself.
      fail(error);
    }
  }

  /** The server calls this to roll back what a vanished client left open. */
  override async exec(...[query, options]: Parameters<PGlite['exec']>): ReturnType<PGlite['exec']> {
    if (this.#isMidQuery) {
      this.#isMidQuery = false;
      await super.execProtocolRawStream(syncMessage, nobody);
    }
    return super.exec(query, options);
  }
}

function errorMessage(words: string): Uint8Array {
  const text = Buffer.from(`SFATAL\0VFATAL\0C08P01\0M${words}\0\0`);
  const head = Buffer.alloc(5, 'E');
  head.writeInt32BE(text.length + 4, 1);
  return Buffer.concat([head, text]);
}

/** The first kilobytes of the SQL in a Query or Parse message; a Parse names its statement first. */
function sqlOf(message: Uint8Array): string {
  const text = Buffer.from(
    message.buffer,
    message.byteOffset + 5,
    Math.min(message.byteLength - 5, 4096),
  ).toString('latin1');
  return message[0] === 'P'.charCodeAt(0) ? text.slice(text.indexOf('\0') + 1) : text;
}

/** An error that no later message heals: PostgreSQL would answer everything with it. */
function isOutOfStep(answer: Uint8Array): boolean {
  if (answer[0] !== 'E'.charCodeAt(0)) return false;
  const text = Buffer.from(answer.buffer, answer.byteOffset, answer.byteLength).toString('latin1');
  return text.includes('SFATAL\0') && text.includes('C08P01\0');
}

function simpleQuery(sql: string): Uint8Array {
  const text = Buffer.from(`${sql}\0`);
  const head = Buffer.alloc(5, 'Q');
  head.writeInt32BE(text.length + 4, 1);
  return Buffer.concat([head, text]);
}

function fail(error: unknown): never {
  setImmediate(() => {
    throw error;
  });
  throw error;
}

async function create(files: string): Promise<void> {
  const database = new PGlite(files);
  await database.waitReady;
  await database.close();
}

async function serve(order: ServeOrder): Promise<void> {
  const database = new SharedPostgres({
    ...(order.files === null ? {} : { dataDir: order.files }),
    startParams: [
      ...PGlite.defaultStartParams,
      ...['shared_buffers=32MB', 'TimeZone=UTC', ...order.settings].flatMap((setting) => ['-c', setting]),
    ],
  });
  await database.waitReady;
  const server = new PGLiteSocketServer({
    db: database,
    ...(order.socket === null ? { host: '127.0.0.1', port: 0 } : { path: order.socket }),
    maxConnections: order.maxConnections,
    idleTimeout: order.idleTimeoutMs,
  });
  await server.start();
  parentPort?.once('message', async () => {
    await server.stop();
    await database.close();
    parentPort?.postMessage({ kind: 'closed' });
    parentPort?.close();
  });
  parentPort?.postMessage({ kind: 'serving', address: server.getServerConn() });
}

const order: DatabaseOrder = workerData;
if (order.kind === 'create') await create(order.files);
else await serve(order);
