/** Databases for proofs: data directories of the embedded one, and a private PostgreSQL server where its programs are found. */
import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import {
  findPostgres,
  type PostgresPrograms,
  type PrivatePostgres,
  startPrivatePostgres,
} from '../../scripts/private-postgres.ts';
import { openEmbedded } from '../../src/store/embedded.ts';
import { openStore } from '../../src/store/index.ts';

type Step = () => Promise<void>;
/** What a row made goes when the row ends; what all rows share goes at the end of the run. */
const undo: { readonly row: Step[]; readonly run: Step[] } = { row: [], run: [] };

/** Takes away what the row that ended has made, the latest first. */
export async function cleanUpRow(): Promise<void> {
  for (const step of undo.row.splice(0).reverse()) await step().catch(() => {});
}

/** Takes away all that the proofs made. */
export async function cleanUp(): Promise<void> {
  await cleanUpRow();
  for (const step of undo.run.splice(0).reverse()) await step().catch(() => {});
}

/** Ends the process early, and takes away all that was made, whatever a row in the midst of its work says to that. */
export function endEarly(code: number): void {
  process.on('uncaughtException', () => undefined);
  void cleanUp().finally(() => process.exit(code));
}

/** Has `step` done at the end of the row, whatever happens. */
export function atTheEnd(step: Step): void {
  undo.row.push(step);
}

/** A folder of its own, gone at the end of the row. */
export const newFolder = (): Promise<string> => folderUntil(undo.row);

async function folderUntil(end: Step[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'isso-proof-'));
  end.push(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

let migrated: Promise<string> | null = null;
let bare: Promise<string> | null = null;

/** A data directory whose database has all tables and no rows. */
export async function newDataDir(): Promise<string> {
  migrated ??= makeMigrated();
  return copyOf(await migrated);
}

/** A data directory whose database has no tables yet. */
export async function newBareDataDir(): Promise<string> {
  bare ??= makeBare();
  return copyOf(await bare);
}

/** The database files of `from` in a new data directory. */
export async function copyOf(from: string): Promise<string> {
  const dataDir = await newFolder();
  await cp(join(from, 'postgres'), join(dataDir, 'postgres'), { recursive: true });
  return dataDir;
}

async function makeMigrated(): Promise<string> {
  const dataDir = await folderUntil(undo.run);
  await (await openStore({ database: { kind: 'embedded', dataDir } })).close();
  return dataDir;
}

async function makeBare(): Promise<string> {
  const dataDir = await folderUntil(undo.run);
  await (await openEmbedded({ dataDir, onLost: unexpected })).close();
  return dataDir;
}

/** For databases that must not end by themselves. */
export const unexpected = (error: Error): never => {
  throw error;
};

let shared: Promise<PrivatePostgres> | null = null;

/** The server shared by all rows; in words why there is none. */
export async function sharedServer(): Promise<PrivatePostgres | string> {
  const programs = findPostgres();
  if (typeof programs === 'string') return programs;
  shared ??= startPrivatePostgres(programs).then((server) => {
    undo.run.push(() => server.remove());
    return server;
  });
  return shared;
}

/** A server of the row's own, for stopping and starting it. */
export async function ownServer(
  programs: PostgresPrograms,
  settings?: readonly string[],
): Promise<PrivatePostgres> {
  const server = await startPrivatePostgres(programs, settings);
  atTheEnd(() => server.remove());
  return server;
}

/** A new empty database on `server`. */
export async function newServerDatabase(server: Pick<PrivatePostgres, 'url'>): Promise<string> {
  const name = `proof_${randomUUID().replaceAll('-', '')}`;
  await query(server.url, `CREATE DATABASE ${name}`);
  const url = new URL(server.url);
  url.pathname = `/${name}`;
  return url.href;
}

/** The rows of one statement on a connection of its own. */
export async function query(
  url: string,
  sql: string,
  values: readonly unknown[] = [],
): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query(sql, [...values])).rows;
  } finally {
    await client.end().catch(() => {});
  }
}

/** Where the database of a running program listens. */
export async function addressIn(dataDir: string): Promise<string> {
  return (await readFile(join(dataDir, 'database-url'), 'utf8')).trim();
}

/** What each table holds, as one fingerprint by table. */
export async function fingerprints(url: string): Promise<ReadonlyMap<string, string>> {
  const tables = await query(
    url,
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename`,
  );
  const found = new Map<string, string>();
  for (const { name } of tables) {
    const [row] = await query(
      url,
      `SELECT count(*) || ':' || coalesce(md5(string_agg(t::text, '|' ORDER BY t::text)), '') AS print FROM "${name}" t`,
    );
    found.set(String(name), String(row?.print));
  }
  return found;
}

/** Names of the tables in which `before` and `after` differ. */
export function differences(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): readonly string[] {
  return [...after.keys()].filter((name) => before.get(name) !== after.get(name));
}

/** A job's tick is noted when its time comes, whatever is asked of the program meanwhile. */
const WRITTEN_BY_THE_CLOCK = 'job_run';

/** Names of the tables of the running program at `url` that requests have changed since `before`. */
export async function changedSince(
  url: string,
  before: ReadonlyMap<string, string>,
): Promise<readonly string[]> {
  return differences(before, await fingerprints(url)).filter((name) => name !== WRITTEN_BY_THE_CLOCK);
}

/** The stores' names and versions. */
export async function versions(): Promise<readonly string[]> {
  const manifest: unknown = JSON.parse(
    await readFile(new URL('../../node_modules/@electric-sql/pglite/package.json', import.meta.url), 'utf8'),
  );
  const pglite =
    typeof manifest === 'object' && manifest && 'version' in manifest ? String(manifest.version) : '';
  const programs = findPostgres();
  if (typeof programs === 'string') return [`PGlite ${pglite}`, 'no PostgreSQL server'];
  const told = spawnSync(join(programs.folder, 'postgres'), ['--version'], { encoding: 'utf8' }).stdout;
  return [`PGlite ${pglite}`, `PostgreSQL ${/\d+(?:\.\d+)?/u.exec(told)?.[0] ?? ''}`];
}

/** Where a row is measured: on the embedded database, and on a server where there is one; else the log says why not. */
export interface Place {
  readonly place: 'embedded' | 'server';
  /** A data directory, or an address. */
  fresh(): Promise<string>;
}

export async function placesToMeasure(log: (remark: string) => void): Promise<readonly Place[]> {
  const embedded: Place = { place: 'embedded', fresh: newDataDir };
  const server = await sharedServer();
  if (typeof server !== 'string')
    return [embedded, { place: 'server', fresh: () => newServerDatabase(server) }];
  log(`on a PostgreSQL server not run: ${server}`);
  return [embedded];
}
