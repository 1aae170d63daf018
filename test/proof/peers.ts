/** The queues we are measured beside. They are no packages of ours: npm puts them into a temporary folder, kept between runs. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

const versions = { 'pg-boss': '10.4.2', 'graphile-worker': '0.17.3' } as const;
const installMs = 120_000;

export interface PgBossJob {
  readonly id: string;
}
/** What is used of pg-boss. */
export interface PgBoss {
  on(event: 'error', listener: (error: Error) => void): void;
  start(): Promise<unknown>;
  stop(options: { graceful: boolean }): Promise<void>;
  createQueue(name: string): Promise<void>;
  send(name: string, data: object, options?: object): Promise<string | null>;
  insert(jobs: readonly { readonly name: string; readonly data: object }[]): Promise<unknown>;
  fetch(name: string, options: { batchSize: number }): Promise<readonly PgBossJob[]>;
  complete(name: string, ids: readonly string[]): Promise<unknown>;
  clearStorage(): Promise<void>;
}
interface GraphileRunner {
  stop(): Promise<void>;
  readonly promise: Promise<void>;
}
/** What is used of graphile-worker. */
export interface Graphile {
  readonly Logger: new (factory: () => () => void) => object;
  run(options: object): Promise<GraphileRunner>;
  runMigrations(options: object): Promise<void>;
}
export interface Peers {
  readonly PgBoss: new (options: object) => PgBoss;
  readonly graphile: Graphile;
}

let found: Promise<Peers | string> | null = null;

/** Both queues; in words why they can't be had. */
export function peers(): Promise<Peers | string> {
  found ??= load();
  return found;
}

async function load(): Promise<Peers | string> {
  const wanted = Object.entries(versions).map(([name, version]) => `${name}@${version}`);
  // Programs of other users have no business in what we run.
  const folder = join(tmpdir(), `isso-proof-${userInfo().username}-${wanted.join('-')}`);
  if (!existsSync(join(folder, 'node_modules'))) {
    const trouble = await install(folder, wanted);
    if (trouble !== null) return trouble;
  }
  const require = createRequire(join(folder, 'package.json'));
  return {
    PgBoss: require('pg-boss') as Peers['PgBoss'],
    graphile: require('graphile-worker') as Graphile,
  };
}

async function install(folder: string, wanted: readonly string[]): Promise<string | null> {
  const fresh = await mkdtemp(join(tmpdir(), 'isso-proof-peers-'));
  await writeFile(join(fresh, 'package.json'), '{"private":true}');
  const npm = spawnSync(
    process.platform === 'win32' ? 'npm.cmd' : 'npm',
    ['install', '--ignore-scripts', '--no-audit', '--no-fund', ...wanted],
    { cwd: fresh, encoding: 'utf8', timeout: installMs, shell: process.platform === 'win32' },
  );
  if (npm.status !== 0) {
    await rm(fresh, { recursive: true, force: true });
    const [first = 'npm did not end in time'] = npm.stderr
      .split('\n')
      .filter((line) => line.includes('error'));
    return `pg-boss and graphile-worker can't be had from the registry (${first})`;
  }
  await rm(folder, { recursive: true, force: true });
  await mkdir(join(folder, '..'), { recursive: true });
  await rename(fresh, folder);
  return null;
}
