/** A PostgreSQL server of one's own, for tests and proofs: made in a temporary folder, gone afterwards. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { accessSync, constants, readdirSync, readFileSync } from 'node:fs';
import { chmod, chown, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';

const startMs = 60_000;
const stopMs = 30_000;

interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** PostgreSQL's programs on this machine and who is to run them. */
export interface PostgresPrograms {
  readonly folder: string;
  /** Null: ourselves. */
  readonly account: Account | null;
}

export interface PrivatePostgres {
  readonly url: string;
  /** Folder that only the server's own user may enter. */
  readonly folder: string;
  /** Starts it again after `stop`; settles when it answers. */
  start(): Promise<void>;
  /** Ends it: `SIGINT` cuts the clients and closes the files, `SIGQUIT` drops everything as a crash does. */
  stop(signal?: 'SIGINT' | 'SIGQUIT'): Promise<void>;
  /** Stops and continues all its processes, as a machine that hangs. */
  suspend(): void;
  resume(): void;
  /** Ends it and takes its files away. */
  remove(): Promise<void>;
}

/** The programs, or in words why there is no server to be had. */
export function findPostgres(): PostgresPrograms | string {
  const folder = findBinaries();
  if (folder === null) {
    return 'no initdb and postgres found (PATH, pg_config, /usr/lib/postgresql, Homebrew)';
  }
  const account = serverAccount();
  if (account === 'none') {
    return 'PostgreSQL refuses to run as root, and there is no user "postgres" to run it as';
  }
  return { folder, account };
}

/** Makes and starts a server without passwords that listens on this machine only. */
export async function startPrivatePostgres(
  programs: PostgresPrograms,
  more: readonly string[] = [],
): Promise<PrivatePostgres> {
  const { account } = programs;
  const folder = await mkdtemp(join(tmpdir(), 'isso-pg-'));
  const remove = () => rm(folder, { recursive: true, force: true, maxRetries: 5 });
  try {
    await chmod(folder, 0o700);
    if (account) await chown(folder, account.uid, account.gid);
    const made = spawnSync(
      join(programs.folder, 'initdb'),
      [
        '-D',
        join(folder, 'data'),
        '-U',
        'postgres',
        '--auth=trust',
        '--encoding=UTF8',
        '--no-locale',
        '--no-sync',
      ],
      { cwd: folder, encoding: 'utf8', ...account },
    );
    if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}`);
    const server = serverIn(programs, folder, await freePort(), more);
    await server.start();
    return {
      ...server,
      remove: async () => {
        await server.stop();
        await remove();
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

function serverIn(
  { folder: binaries, account }: PostgresPrograms,
  folder: string,
  port: number,
  more: readonly string[],
): Omit<PrivatePostgres, 'remove'> {
  const url = `postgresql://postgres@127.0.0.1:${port}/postgres`;
  // A zone far from UTC, so that an instant read in the session's zone is noticed.
  const settings = [
    'fsync=off',
    'listen_addresses=127.0.0.1',
    `port=${port}`,
    'unix_socket_directories=',
    'timezone=Asia/Tokyo',
    ...more,
  ];
  let running: { readonly child: ChildProcess; readonly ended: Promise<void> } | null = null;
  const end = (): void => void running?.child.kill('SIGINT');
  const family = (): number[] => {
    const pid = running?.child.pid;
    return pid === undefined ? [] : [pid, ...childrenOf(pid)];
  };
  return {
    url,
    folder,
    async start() {
      const child = spawn(
        join(binaries, 'postgres'),
        ['-D', join(folder, 'data'), ...settings.flatMap((setting) => ['-c', setting])],
        { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'], ...account },
      );
      let log = '';
      child.stderr.on('data', (chunk: Buffer) => {
        log = `${log}${chunk.toString()}`.slice(-4000);
      });
      running = { child, ended: new Promise((resolve) => child.once('exit', () => resolve())) };
      process.once('SIGINT', end).once('SIGTERM', end).once('exit', end);
      await answering(
        url,
        () => child.exitCode !== null,
        () => log,
      );
    },
    async stop(signal = 'SIGINT') {
      if (!running) return;
      const { child, ended } = running;
      running = null;
      process.off('SIGINT', end).off('SIGTERM', end).off('exit', end);
      child.kill(signal);
      const patience = setTimeout(() => child.kill('SIGKILL'), stopMs);
      await ended;
      clearTimeout(patience);
    },
    suspend() {
      for (const pid of family()) signalTo(pid, 'SIGSTOP');
    },
    resume() {
      for (const pid of family()) signalTo(pid, 'SIGCONT');
    },
  };
}

function signalTo(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended meanwhile.
  }
}

/** The processes that `pid` started, where the system tells (Linux). */
function childrenOf(pid: number): number[] {
  try {
    const list = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
    return list.split(' ').filter(Boolean).map(Number);
  } catch {
    return [];
  }
}

/** Waits until the server answers a query. */
async function answering(url: string, hasEnded: () => boolean, log: () => string): Promise<void> {
  const until = performance.now() + startMs;
  for (;;) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
    client.on('error', () => {});
    try {
      await client.connect();
      await client.query('SELECT 1');
      return;
    } catch (error) {
      if (hasEnded() || performance.now() > until) {
        throw new Error(`The private PostgreSQL server did not start.\n${log()}`, { cause: error });
      }
      await pause(50);
    } finally {
      await client.end().catch(() => {});
    }
  }
}

/** The folder that holds both `initdb` and `postgres`; null when there is none. */
function findBinaries(): string | null {
  const asked = spawnSync('pg_config', ['--bindir'], { encoding: 'utf8' });
  const candidates = [
    ...(process.env.PATH ?? '').split(delimiter),
    ...(asked.status === 0 ? [asked.stdout.trim()] : []),
    ...versionsIn('/usr/lib/postgresql', 'bin'),
    ...versionsIn('/opt/homebrew/opt', 'bin', 'postgresql'),
    ...versionsIn('/usr/local/opt', 'bin', 'postgresql'),
    ...versionsIn('C:\\Program Files\\PostgreSQL', 'bin'),
  ];
  return (
    candidates.find((folder) => folder !== '' && has(folder, 'initdb') && has(folder, 'postgres')) ?? null
  );
}

function versionsIn(folder: string, inner: string, prefix = ''): string[] {
  try {
    const names = readdirSync(folder).filter((name) => name.startsWith(prefix));
    return names
      .sort((a, b) => b.localeCompare(a, 'en', { numeric: true }))
      .map((name) => join(folder, name, inner));
  } catch {
    return [];
  }
}

function has(folder: string, program: string): boolean {
  try {
    accessSync(join(folder, process.platform === 'win32' ? `${program}.exe` : program), constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** PostgreSQL refuses to run as root: then it runs as the user `postgres`. Null: as ourselves. */
function serverAccount(): Account | 'none' | null {
  if (process.getuid?.() !== 0) return null;
  const [uid, gid] = ['-u', '-g'].map((flag) => spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  if (uid?.status !== 0 || gid?.status !== 0) return 'none';
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
}

/** A port that is free now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        if (address !== null && typeof address === 'object') resolve(address.port);
        else reject(new Error('No free port.'));
      });
    });
  });
}
