/**
 * Exclusive use of one data directory.
 *
 * The embedded database has no lock of its own, and two processes that open the same files lose each other's rows
 * without an error. Node offers no `flock`, and a file with a process id lies after a crash (ids are used again, and
 * mean nothing to another container). So the living proof of a holder is a *listening socket*: the kernel closes it with the
 * process, however the process ends, and nobody else can keep it open.
 *
 * How a claim stays free of races (Linux, macOS):
 *  1. A starter makes its own folder `starting-<random>` with a socket that already listens and a note of who it is.
 *  2. It looks for the highest `holder-<number>`. Does that one's socket answer? Then the directory is taken.
 *  3. If not, it renames its folder to the next number. A rename onto an existing folder fails, so exactly one wins;
 *     the losers look again. A claimed folder always contains a socket that was listening before the claim, so a socket that
 *     refuses means a dead holder, never one that is just starting.
 *  4. The highest folder is never removed, not even on release (its silence is the release), and a claim that is not the
 *     highest number afterwards gives up. So the numbers only grow, and a slow starter cannot reclaim an old number.
 *
 * On Windows a named pipe is exclusive by itself and disappears with its process.
 * The directory must be on a local disk: a socket does not answer across machines.
 */
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { join } from 'node:path';

/** How many dead holders are kept: far more than could come and go during one reading of the folder. */
const keptHolders = 16;
const probeTimeoutMs = 1500;
const socketName = 'alive';
const noteName = 'holder.json';
/** The longest socket path every Unix accepts, in bytes (macOS: 104 with the closing zero). */
const longestSocketPath = 103;

/** Held until `release()` or the end of the process. */
export interface DataDirectoryLock {
  release(): Promise<void>;
}

/** Another living process uses the directory; the message says which one and what to do. */
export class DataDirectoryInUse extends Error {
  override readonly name = 'DataDirectoryInUse';
  /** Process id as the holder wrote it; in another container it may mean a different process. */
  readonly holderPid: number | undefined;

  constructor(dataDir: string, holderPid: number | undefined) {
    const holder = holderPid === undefined ? 'another process' : `process ${holderPid}`;
    super(
      `The data directory ${dataDir} is in use by ${holder}. Two processes on one embedded database would destroy it, ` +
        'so this one stops here. Stop the other process, or give this one its own DATA_DIR, or let several processes share ' +
        `one PostgreSQL server with DATABASE_URL. To look into the data while the bot runs, connect to the address in ` +
        `${join(dataDir, 'database-url')}.`,
    );
    this.holderPid = holderPid;
  }
}

/**
 * Takes the directory for this process, creating it (readable by its owner only) when missing.
 * Refuses with `DataDirectoryInUse` in under two seconds while another process, dead ones excepted, holds it.
 */
export async function lockDataDirectory(dataDir: string): Promise<DataDirectoryLock> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  return process.platform === 'win32' ? lockByPipe(dataDir) : lockByFolder(dataDir);
}

async function lockByFolder(dataDir: string): Promise<DataDirectoryLock> {
  const lockDir = join(dataDir, 'lock');
  await mkdir(lockDir, { recursive: true, mode: 0o700 });
  // Refuse before making anything, so that a crowd of second starters leaves nothing behind.
  const first = highest(await holderNumbers(lockDir));
  if (await isAlive(lockDir, first)) throw await inUse(dataDir, lockDir, first);

  const starting = join(lockDir, `starting-${randomUUID().slice(0, 8)}`);
  await mkdir(starting, { mode: 0o700 });
  const server = createServer((socket) => socket.destroy());
  try {
    await writeNote(join(starting, noteName));
    await withShortPath(starting, dataDir, (path) => listen(server, path));
    const mine = await claim(dataDir, lockDir, starting);
    await removeOldHolders(lockDir, mine);
  } catch (error) {
    await close(server);
    await rm(starting, { recursive: true, force: true });
    throw error;
  }
  return { release: () => close(server) };
}

/** Renames the starter's folder to the next free number; refuses when a living holder is found. */
async function claim(dataDir: string, lockDir: string, starting: string): Promise<number> {
  for (;;) {
    const last = highest(await holderNumbers(lockDir));
    if (await isAlive(lockDir, last)) throw await inUse(dataDir, lockDir, last);
    const mine = last + 1;
    try {
      await rename(starting, join(lockDir, holderName(mine)));
    } catch (error) {
      if (['ENOTEMPTY', 'EEXIST'].includes(codeOf(error))) continue;
      throw error;
    }
    const newest = highest(await holderNumbers(lockDir));
    if (newest === mine) return mine;
    await rm(join(lockDir, holderName(mine)), { recursive: true, force: true });
    throw await inUse(dataDir, lockDir, newest);
  }
}

async function lockByPipe(dataDir: string): Promise<DataDirectoryLock> {
  const key = createHash('sha256')
    .update((await realpath(dataDir)).toLowerCase())
    .digest('hex');
  const note = join(dataDir, noteName);
  const server = createServer((socket) => socket.destroy());
  try {
    await listen(server, `\\\\.\\pipe\\isso-as-a-service-${key}`);
  } catch (error) {
    if (!['EADDRINUSE', 'EACCES'].includes(codeOf(error))) throw error;
    throw new DataDirectoryInUse(dataDir, await readPid(note));
  }
  await writeNote(note);
  return { release: () => close(server) };
}

/** True while the process that claimed this number lives. Only a refused or missing socket counts as dead. */
async function isAlive(lockDir: string, holder: number): Promise<boolean> {
  if (holder === 0) return false;
  try {
    return await withShortPath(join(lockDir, holderName(holder)), lockDir, probe);
  } catch (error) {
    return !['ECONNREFUSED', 'ENOENT', 'ENOTDIR'].includes(codeOf(error));
  }
}

function probe(path: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const socket = connect(path);
    socket.setTimeout(probeTimeoutMs, () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', reject);
  });
}

/**
 * Socket paths are limited to about a hundred bytes. On Linux an open folder gives any path a short name; elsewhere a
 * longer path is refused in words.
 */
async function withShortPath<T>(
  folder: string,
  dataDir: string,
  use: (path: string) => Promise<T>,
): Promise<T> {
  const path = join(folder, socketName);
  // A claimed folder keeps its socket but has a slightly different name, hence the margin.
  if (Buffer.byteLength(path) + 8 <= longestSocketPath) return use(path);
  if (process.platform !== 'linux') {
    throw new Error(`DATA_DIR is too long a path (${dataDir}): please choose one of at most 60 characters.`);
  }
  const handle = await open(folder, 'r');
  try {
    return await use(`/proc/self/fd/${handle.fd}/${socketName}`);
  } finally {
    await handle.close();
  }
}

function listen(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ path, exclusive: true }, () => {
      server.off('error', reject);
      // The lock lasts as long as the process, but is no reason to keep the process alive.
      server.unref();
      resolve();
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}

async function holderNumbers(lockDir: string): Promise<number[]> {
  const names = await readdir(lockDir);
  return names.flatMap((name) => {
    const digits = /^holder-(\d{1,15})$/.exec(name)?.[1];
    return digits === undefined ? [] : [Number(digits)];
  });
}

async function removeOldHolders(lockDir: string, mine: number): Promise<void> {
  for (const old of await holderNumbers(lockDir)) {
    if (old <= mine - keptHolders) await rm(join(lockDir, holderName(old)), { recursive: true, force: true });
  }
}

async function inUse(dataDir: string, lockDir: string, holder: number): Promise<DataDirectoryInUse> {
  return new DataDirectoryInUse(dataDir, await readPid(join(lockDir, holderName(holder), noteName)));
}

async function writeNote(file: string): Promise<void> {
  await writeFile(file, `${JSON.stringify({ pid: process.pid })}\n`, { mode: 0o600 });
}

async function readPid(file: string): Promise<number | undefined> {
  try {
    const note: unknown = JSON.parse(await readFile(file, 'utf8'));
    if (typeof note !== 'object' || note === null || !('pid' in note)) return undefined;
    return typeof note.pid === 'number' ? note.pid : undefined;
  } catch {
    return undefined;
  }
}

const holderName = (holder: number): string => `holder-${String(holder).padStart(9, '0')}`;
const highest = (numbers: readonly number[]): number => Math.max(0, ...numbers);
const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
