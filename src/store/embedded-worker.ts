/**
 * The thread that holds the embedded PostgreSQL and serves it on a socket. It is started by `embedded.ts` only.
 * One query runs at a time; transactions of different connections wait for each other.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';
import { z } from 'zod';

const orderSchema = z.discriminatedUnion('kind', [
  /** Make the database files in an empty folder and end. */
  z.object({ kind: z.literal('create'), files: z.string() }),
  /** Serve the files; no files means in memory, for tests and tools. */
  z.object({
    kind: z.literal('serve'),
    files: z.string().nullable(),
    socket: z.string().nullable(),
    maxConnections: z.number(),
    idleTimeoutMs: z.number(),
  }),
]);
type ServeOrder = Extract<z.infer<typeof orderSchema>, { kind: 'serve' }>;

const syncMessage = Uint8Array.of('S'.charCodeAt(0), 0, 0, 0, 4);
/** Parse, Bind, Describe, Execute, Close, Flush: messages of a query that goes on until a Sync. */
const midQueryMessages = new Set([...'PBDECH'].map((letter) => letter.charCodeAt(0)));

/**
 * All connections share one session, and the socket server lets another connection in between the messages of one
 * query: a long Bind that arrives in pieces would be run with another connection's Parse. Calling an unfinished
 * query a transaction makes the server stay with its connection until the Sync.
 */
class OneQueryAtATime extends PGlite {
  #isMidQuery = false;

  override isInTransaction(): boolean {
    return this.#isMidQuery || super.isInTransaction();
  }

  override async execProtocolRawStream(
    ...[message, options]: Parameters<PGlite['execProtocolRawStream']>
  ): Promise<void> {
    this.#isMidQuery = midQueryMessages.has(message[0] ?? 0);
    try {
      await super.execProtocolRawStream(message, options);
    } catch (error) {
      // Errors of SQL are answers, not exceptions: this is the end of the database itself.
      fail(error);
    }
  }

  /** The server calls this to roll back what a vanished client left open. */
  override async exec(...[query, options]: Parameters<PGlite['exec']>): ReturnType<PGlite['exec']> {
    if (this.#isMidQuery) {
      this.#isMidQuery = false;
      await this.execProtocolRaw(syncMessage);
    }
    return super.exec(query, options);
  }
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
  const database = new OneQueryAtATime({
    ...(order.files === null ? {} : { dataDir: order.files }),
    startParams: [...PGlite.defaultStartParams, '-c', 'shared_buffers=32MB', '-c', 'TimeZone=UTC'],
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

const order = orderSchema.parse(workerData);
if (order.kind === 'create') await create(order.files);
else await serve(order);
