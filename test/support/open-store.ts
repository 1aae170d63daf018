/**
 * A real database for tests: the embedded one, or a PostgreSQL server when TEST_DATABASE_URL is set. One for each test file,
 * emptied for each test that asks.
 */
import { createHash, randomUUID } from 'node:crypto';
import { copyFileSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll } from 'vitest';
import type { Store } from '../../src/ports.ts';
import { type Database, openDatabase, type StoreAddress } from '../../src/store/client.ts';
import { storeOn } from '../../src/store/index.ts';
import { readMigrations } from '../../src/store/migrate.ts';
import { EMPTYING } from './emptying.ts';

interface TestDatabase {
  readonly database: Database;
  remove(): Promise<void>;
}

type Place = 'embedded' | 'server';

const opened = new Map<Place, Promise<TestDatabase>>();

afterAll(async () => {
  for (const opening of opened.values()) {
    const test = await opening;
    await test.database.close();
    await test.remove();
  }
  opened.clear();
}, 60_000);

/** A store with all tables and no rows. The same database as the previous call in this file, emptied: use one at a time. */
export async function openTestStore(place?: Place): Promise<Store> {
  const database = await openTestDatabase(place);
  await database.prisma.$executeRawUnsafe(EMPTYING);
  return withoutClosing(database);
}

/** The connections under the store, for looking where the store does not let one look. */
export async function openTestDatabase(
  place: Place = testServerUrl() ? 'server' : 'embedded',
): Promise<Database> {
  const opening = opened.get(place) ?? (place === 'server' ? openOnServer() : openEmbeddedCopy());
  opened.set(place, opening);
  return (await opening).database;
}

/** The server to test on, if any; set by `npm run test:postgres`. */
export function testServerUrl(): string | undefined {
  return process.env.TEST_DATABASE_URL;
}

/** A new empty database on the server, and the way to drop it. */
export async function createServerDatabase(
  serverUrl: string,
): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await onServer(serverUrl, `CREATE DATABASE ${name}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => onServer(serverUrl, `DROP DATABASE ${name} WITH (FORCE)`) };
}

/** The file stays open for the next test, so a test's `close` closes nothing. */
function withoutClosing(database: Database): Store {
  return { ...storeOn(database), close: async () => {} };
}

async function open(address: StoreAddress): Promise<Database> {
  return openDatabase(address, await readMigrations(), (error) => {
    throw error;
  });
}

/**
 * The databases PostgreSQL copies new ones from. Nobody makes any in an embedded one: their folders are there, their files, more than
 * half of all, are not.
 */
const ORIGINALS = ['base/1', 'base/4'];

/** What a data directory holds: relative paths, each folder before what is in it. */
interface Listing {
  readonly folders: readonly string[];
  readonly files: readonly string[];
}

let listed: Promise<{ readonly from: string } & Listing> | null = null;

/** Puts the files of a migrated, empty database into a data directory. */
export async function copyTemplate(dataDir: string): Promise<void> {
  // Listed once for all: it never changes.
  listed ??= template().then((from) => ({ from, ...listingOf(from) }));
  const { from, folders, files } = await listed;
  const to = join(dataDir, 'postgres');
  // Hundreds of small files: without waiting for each, they are there in a third of the time.
  mkdirSync(to, { recursive: true, mode: 0o700 });
  for (const folder of folders) mkdirSync(`${to}/${folder}`, { mode: 0o700 });
  for (const file of files) copyFileSync(`${from}/${file}`, `${to}/${file}`);
}

function listingOf(root: string): Listing {
  const folders: string[] = [];
  const files: string[] = [];
  const look = (folder: string): void => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) {
        folders.push(path);
        look(path);
      } else if (!ORIGINALS.includes(folder) || entry.name === 'PG_VERSION') files.push(path);
    }
  };
  look('');
  return { folders, files };
}

async function openEmbeddedCopy(): Promise<TestDatabase> {
  const dataDir = await mkdtemp(join(tmpdir(), 'isso-test-'));
  await copyTemplate(dataDir);
  const database = await open({ kind: 'embedded', dataDir });
  return { database, remove: async () => rmSync(dataDir, { recursive: true, force: true }) };
}

async function openOnServer(): Promise<TestDatabase> {
  const serverUrl = testServerUrl();
  if (!serverUrl) throw new Error('There is no server to test on: npm run test:postgres makes one.');
  const { url, drop } = await createServerDatabase(serverUrl);
  return { database: await open({ kind: 'server', url }), remove: drop };
}

/** Files of a migrated, empty database, made once for each set of migrations: copying takes a tenth of making. */
async function template(): Promise<string> {
  const fingerprint = createHash('sha256');
  for (const { name, sql } of await readMigrations()) fingerprint.update(name).update(sql);
  const folder = join(tmpdir(), `isso-test-template-${fingerprint.digest('hex').slice(0, 16)}`);
  const files = join(folder, 'postgres');
  if (await exists(files)) return files;
  const making = await mkdtemp(join(tmpdir(), 'isso-test-making-'));
  await (await open({ kind: 'embedded', dataDir: making })).close();
  await mkdir(folder, { recursive: true });
  try {
    await rename(join(making, 'postgres'), files);
  } catch (error) {
    // Another test file was faster.
    if (!(await exists(files))) throw error;
  } finally {
    await rm(making, { recursive: true, force: true });
  }
  return files;
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

async function onServer(serverUrl: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
