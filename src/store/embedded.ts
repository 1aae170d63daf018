/**
 * The embedded PostgreSQL: PGlite in a worker thread, so that a long query never stops the event loop, behind a
 * private socket, so that the rest of the program sees an ordinary PostgreSQL address.
 *
 * It survives the death of the process. It never calls fsync, so a power cut can cost the latest commits; a PostgreSQL
 * server covers that.
 */
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import { type DataDirectoryLock, lockDataDirectory } from './data-directory-lock.ts';

/** The file in the data directory that tells tools where the running database listens. */
export const addressFileName = 'database-url';
/** A setting that is on where all connections share one session, whoever asks. */
export const sharedSession = 'isso.shared_session';
const socketFileName = '.s.PGSQL.5432';
/** The longest socket path every Unix accepts, in bytes (macOS: 104 with the closing zero). */
const longestSocketPath = 103;
const maxConnections = 50;
/** A client that says nothing for so long is let go; an open transaction would keep everybody else waiting. */
const idleTimeoutMs = 60_000;
const closeTimeoutMs = 10_000;

/** A running embedded database. */
export interface EmbeddedDatabase {
  /** An ordinary PostgreSQL URL. */
  readonly url: string;
  /** Stops the database cleanly and gives the directory free. Connections are to be closed before. */
  close(): Promise<void>;
}

export interface EmbeddedOptions {
  /** Folder of the files, created when missing; null keeps everything in memory. */
  readonly dataDir: string | null;
  /** The directory's lock where the caller holds it already. */
  readonly lock?: DataDirectoryLock;
  /** Called at most once when the database ends by itself: nothing can be stored any more. */
  readonly onLost: (error: Error) => void;
}

/** What the thread is to do. */
export type DatabaseOrder =
  /** Make the database files in an empty folder and end. */
  | { readonly kind: 'create'; readonly files: string }
  /** Serve the files; no files means in memory, for tests and tools. */
  | {
      readonly kind: 'serve';
      readonly files: string | null;
      /** Null: on a port of the loopback interface. */
      readonly socket: string | null;
      readonly maxConnections: number;
      readonly idleTimeoutMs: number;
      readonly settings: readonly string[];
    };

const reportSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('serving'), address: z.string() }),
  z.object({ kind: z.literal('closed') }),
]);

/**
 * Opens the database, making it at first use. Refuses with `DataDirectoryInUse` while another process has it.
 */
export async function openEmbedded(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  if (options.dataDir === null) return serve(null, null, options.onLost, async () => {});
  const dataDir = resolve(options.dataDir);
  const lock = options.lock ?? (await lockDataDirectory(dataDir));
  try {
    return await openLocked(dataDir, lock, options.onLost);
  } catch (error) {
    await lock.release();
    throw error;
  }
}

async function openLocked(
  dataDir: string,
  lock: DataDirectoryLock,
  onLost: (error: Error) => void,
): Promise<EmbeddedDatabase> {
  const files = join(dataDir, 'postgres');
  if (!existsSync(join(files, 'PG_VERSION'))) await createFiles(dataDir, files);
  const addressFile = join(dataDir, addressFileName);
  const database = await serve(dataDir, files, onLost, async () => {
    await rm(addressFile, { force: true });
    await lock.release();
  });
  await writeFile(addressFile, `${database.url}\n`, { mode: 0o600 });
  return database;
}

/**
 * Makes the files in a thread of its own, which gives back the several hundred megabytes that making them takes, and
 * in a folder of its own, so that a kill on the way leaves nothing half made.
 */
async function createFiles(dataDir: string, files: string): Promise<void> {
  const fresh = join(dataDir, 'postgres.new');
  await rm(fresh, { recursive: true, force: true });
  await mkdir(fresh, { mode: 0o700 });
  const worker = startWorker({ kind: 'create', files: fresh });
  await new Promise<void>((done, failed) => {
    worker.once('error', failed);
    worker.once('exit', (code) =>
      code === 0 ? done() : failed(new Error(`Making the database ended with code ${code}.`)),
    );
  });
  await rename(fresh, files);
}

async function serve(
  dataDir: string | null,
  files: string | null,
  onLost: (error: Error) => void,
  afterClose: () => Promise<void>,
): Promise<EmbeddedDatabase> {
  const socket = await placeForSocket(dataDir);
  const worker = startWorker({
    kind: 'serve',
    files,
    socket: socket?.path ?? null,
    maxConnections,
    idleTimeoutMs,
    settings: [`${sharedSession}=on`],
  });
  let isClosing = false;
  const ended = new Promise<void>((done) => worker.once('exit', () => done()));
  let url: string;
  try {
    const address = await firstReport(worker);
    url = socket ? urlOfSocket(socket.folder) : `postgresql://postgres@${address}/postgres`;
  } catch (error) {
    await worker.terminate();
    await socket?.remove();
    throw error;
  }
  let lostBecause: unknown;
  worker.on('error', (error) => {
    lostBecause = error;
  });
  worker.once('exit', () => {
    if (isClosing) return;
    onLost(new Error('The embedded database ended by itself.', { cause: lostBecause }));
  });
  const close = async (): Promise<void> => {
    if (isClosing) return ended;
    isClosing = true;
    worker.postMessage('close');
    const patience = setTimeout(() => void worker.terminate(), closeTimeoutMs);
    await ended;
    clearTimeout(patience);
    await socket?.remove();
    await afterClose();
  };
  return { url, close };
}

/** The address the worker serves on; fails with the worker's error when it ends before. */
function firstReport(worker: Worker): Promise<string> {
  return new Promise((done, failed) => {
    worker.once('error', failed);
    worker.once('exit', (code) =>
      failed(new Error(`The embedded database ended with code ${code} while opening.`)),
    );
    worker.once('message', (raw) => {
      const report = reportSchema.parse(raw);
      worker.removeAllListeners('error');
      if (report.kind === 'serving') done(report.address);
      else failed(new Error('The embedded database closed while opening.'));
    });
  });
}

function startWorker(order: DatabaseOrder): Worker {
  // A thread takes plain JavaScript only: the compiled file, or the one that fetches the TypeScript loader.
  const file = import.meta.url.endsWith('.ts') ? './embedded-start.mjs' : './embedded-worker.js';
  const start = new URL(file, import.meta.url);
  return new Worker(start, { workerData: order, execArgv: [] });
}

interface SocketPlace {
  readonly folder: string;
  readonly path: string;
  remove(): Promise<void>;
}

/**
 * A socket in a folder only the owner may enter: in the data directory, or in a temporary one when that path is too long.
 * Windows has no such sockets: null means a port of the loopback interface.
 */
async function placeForSocket(dataDir: string | null): Promise<SocketPlace | null> {
  if (process.platform === 'win32') return null;
  const near = dataDir === null ? null : join(dataDir, 'run');
  if (near !== null && Buffer.byteLength(join(near, socketFileName)) <= longestSocketPath) {
    const path = join(near, socketFileName);
    await mkdir(near, { recursive: true, mode: 0o700 });
    await chmod(near, 0o700);
    await rm(path, { force: true });
    return { folder: near, path, remove: () => rm(path, { force: true }) };
  }
  const folder = await mkdtemp(join(tmpdir(), 'isso-'));
  return {
    folder,
    path: join(folder, socketFileName),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

function urlOfSocket(folder: string): string {
  return `postgresql://postgres@localhost:5432/postgres?host=${encodeURIComponent(folder)}`;
}
