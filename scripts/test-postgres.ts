/**
 * `npm run test:postgres`: runs the store's tests and the journeys on a private PostgreSQL server, made for the run and removed
 * afterwards. Without PostgreSQL's programs on this machine it says so and is content.
 */
import { spawn, spawnSync } from 'node:child_process';
import { accessSync, constants, readdirSync } from 'node:fs';
import { chmod, chown, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';

const root = fileURLToPath(new URL('..', import.meta.url));
const startMs = 60_000;
const stopMs = 30_000;
const defaultTests = ['test/store', 'test/journeys'];

interface Account {
  readonly uid: number;
  readonly gid: number;
}

async function main(words: readonly string[]): Promise<number> {
  const binaries = findBinaries();
  if (binaries === null) {
    console.log(
      'PostgreSQL tests NOT RUN: no initdb and postgres found (PATH, pg_config, /usr/lib/postgresql, Homebrew).',
    );
    return 0;
  }
  const account = serverAccount();
  if (account === 'none') {
    console.log(
      'PostgreSQL tests NOT RUN: PostgreSQL refuses to run as root, and there is no user "postgres" to run it as.',
    );
    return 0;
  }
  const folder = await mkdtemp(join(tmpdir(), 'isso-pg-'));
  try {
    await chmod(folder, 0o700);
    if (account) await chown(folder, account.uid, account.gid);
    return await runOn(binaries, folder, account, words.length > 0 ? words : defaultTests);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function runOn(
  binaries: string,
  folder: string,
  account: Account | null,
  tests: readonly string[],
): Promise<number> {
  const data = join(folder, 'data');
  const made = spawnSync(
    join(binaries, 'initdb'),
    ['-D', data, '-U', 'postgres', '--auth=trust', '--encoding=UTF8', '--no-locale', '--no-sync'],
    { cwd: folder, encoding: 'utf8', ...account },
  );
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}`);
  const port = await freePort();
  // A zone far from UTC, so that an instant read in the session's zone is noticed.
  const settings = [
    'fsync=off',
    'listen_addresses=127.0.0.1',
    `port=${port}`,
    'unix_socket_directories=',
    'timezone=Asia/Tokyo',
  ];
  const server = spawn(
    join(binaries, 'postgres'),
    ['-D', data, ...settings.flatMap((setting) => ['-c', setting])],
    { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'], ...account },
  );
  let log = '';
  server.stderr.on('data', (chunk: Buffer) => {
    log = `${log}${chunk.toString()}`.slice(-4000);
  });
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  const stop = () => server.kill('SIGINT');
  process.once('SIGINT', stop).once('SIGTERM', stop).once('exit', stop);
  try {
    const url = `postgresql://postgres@127.0.0.1:${port}/postgres`;
    await answering(
      url,
      () => server.exitCode !== null,
      () => log,
    );
    return await runTests(url, tests);
  } finally {
    stop();
    const patience = setTimeout(() => server.kill('SIGKILL'), stopMs);
    await ended;
    clearTimeout(patience);
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

function runTests(url: string, tests: readonly string[]): Promise<number> {
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const run = spawn(process.execPath, [vitest, 'run', '--passWithNoTests', ...tests], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, TEST_DATABASE_URL: url },
  });
  return new Promise((resolve, reject) => {
    run.once('error', reject);
    run.once('exit', (code) => resolve(code ?? 1));
  });
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

function freePort(): Promise<number> {
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

process.exitCode = await main(process.argv.slice(2));
