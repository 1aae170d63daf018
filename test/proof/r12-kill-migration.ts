import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { openEmbedded } from '../../src/store/embedded.ts';
import { type Migration, migrate, readMigrations } from '../../src/store/migrate.ts';
import { compiledChild } from './compiled-child.ts';
import {
  copyOf,
  differences,
  fingerprints,
  newBareDataDir,
  newDataDir,
  newServerDatabase,
  query,
  sharedServer,
  unexpected,
} from './databases.ts';
import { expectRefusal } from './programme.ts';
import type { Row } from './row.ts';

export const r12: Row = {
  id: 'R12',
  title: 'Each migration killed on its way; an older program on a newer database',
  goal: 'all of it or nothing, then completes; the older refuses',
  async run({ quick, log }) {
    const migrations = await readMigrations();
    const stages = await stagesOf(migrations);
    const server = await sharedServer();
    const count = quick ? 3 : 50;
    const found: Found = { points: 0, whole: 0, broken: [] };
    const all = migrations.map((_, index) => index);
    // A quick run kills the newest migration, which is the one that nobody has lived through yet.
    for (const from of quick ? all.slice(-1) : all) {
      await killOn(await embeddedPlace(migrations, from), from, stages, count, found);
      if (typeof server !== 'string')
        await killOn(serverPlace(server.url, migrations, from), from, stages, count, found);
    }
    if (typeof server === 'string') log(`on a PostgreSQL server not run: ${server}`);
    const refusal = await olderOnNewer();
    for (const words of [...found.broken, ...(refusal === null ? [] : [refusal])].slice(0, 10)) log(words);
    return {
      figure: `${found.points} kills in ${quick ? 'the newest of ' : ''}${migrations.length} migrations: ${found.whole} complete, ${found.points - found.whole - found.broken.length} unchanged, ${found.broken.length} broken; an older program ${refusal === null ? 'refused' : 'did NOT refuse'}`,
      ok: found.points > 0 && found.broken.length === 0 && refusal === null,
    };
  },
};

interface Found {
  points: number;
  whole: number;
  readonly broken: string[];
}

/** Where a migration is tried: a fresh database each time, before the migration. */
interface Place {
  readonly name: string;
  fresh(): Promise<string>;
  /** Looks into it after the process has gone. */
  inside<T>(where: string, look: (url: string) => Promise<T>): Promise<T>;
}

async function embeddedPlace(migrations: readonly Migration[], from: number): Promise<Place> {
  const base = await newBareDataDir();
  const inside = async <T>(dataDir: string, look: (url: string) => Promise<T>): Promise<T> => {
    const database = await openEmbedded({ dataDir, onLost: unexpected });
    try {
      return await look(database.url);
    } finally {
      await database.close();
    }
  };
  await inside(base, (url) => migrate(url, migrations.slice(0, from)));
  return { name: 'embedded', fresh: () => copyOf(base), inside };
}

function serverPlace(serverUrl: string, migrations: readonly Migration[], from: number): Place {
  return {
    name: 'server',
    async fresh() {
      const url = await newServerDatabase({ url: serverUrl });
      await migrate(url, migrations.slice(0, from));
      return url;
    },
    inside: (url, look) => look(url),
  };
}

async function killOn(
  place: Place,
  from: number,
  stages: readonly string[],
  count: number,
  found: Found,
): Promise<void> {
  const migrations = await readMigrations();
  const whole = await migrationMs(await place.fresh(), from + 1);
  for (let point = 0; point < count; point += 1) {
    const where = await place.fresh();
    await killedAfter((1.1 * whole * (point + 0.5)) / count, where, from + 1);
    found.points += 1;
    const broken = await place.inside(where, async (url) => {
      const known = (text: string): boolean => text === stages[from] || text === stages[from + 1];
      let tables = await schemaOf(url);
      // A server may just be settling what the dead client left open.
      for (let again = 0; again < 20 && !known(tables); again += 1) {
        await pause(100);
        tables = await schemaOf(url);
      }
      if (tables === stages[from + 1]) found.whole += 1;
      else if (tables !== stages[from]) return 'neither complete nor unchanged';
      await migrate(url, migrations.slice(0, from + 1));
      return (await schemaOf(url)) === stages[from + 1] ? null : 'not completed by the next start';
    });
    if (!where.startsWith('postgresql:')) await rm(where, { recursive: true, force: true });
    if (broken)
      found.broken.push(`${place.name}, migration ${from + 1}, point ${point + 1} of ${count}: ${broken}`);
  }
}

/** What the schema looks like after the first 0, 1, 2 … migrations. */
async function stagesOf(migrations: readonly Migration[]): Promise<readonly string[]> {
  const database = await openEmbedded({ dataDir: await newBareDataDir(), onLost: unexpected });
  const stages = [await schemaOf(database.url)];
  for (let upTo = 1; upTo <= migrations.length; upTo += 1) {
    await migrate(database.url, migrations.slice(0, upTo));
    stages.push(await schemaOf(database.url));
  }
  await database.close();
  return stages;
}

/** Columns, indexes and applied migrations, as one text. */
async function schemaOf(url: string): Promise<string> {
  const columns = await query(
    url,
    `SELECT table_name, column_name, data_type, is_nullable FROM information_schema.columns
      WHERE table_schema = 'public' ORDER BY 1, 2`,
  );
  const indexes = await query(url, `SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1`);
  const [recorded] = await query(url, `SELECT to_regclass('_prisma_migrations') IS NOT NULL AS yes`);
  const names = recorded?.yes
    ? await query(
        url,
        'SELECT migration_name, finished_at IS NOT NULL AS done FROM _prisma_migrations ORDER BY 1',
      )
    : [];
  return JSON.stringify([columns, indexes, names]);
}

/** From the child's "begin" to its "done". */
async function migrationMs(where: string, count: number): Promise<number> {
  const { begun, lines, ended } = start(where, count);
  await begun;
  const startedAt = performance.now();
  await lines('done');
  const tookMs = performance.now() - startedAt;
  await ended;
  return tookMs;
}

async function killedAfter(delayMs: number, where: string, count: number): Promise<void> {
  const { child, begun, ended } = start(where, count);
  await begun;
  await pause(delayMs);
  child.kill('SIGKILL');
  await ended;
}

function start(where: string, count: number) {
  const child = spawn(process.execPath, [compiledChild('r12-child'), where, String(count)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  let heard = '';
  const waiting: (() => void)[] = [];
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    heard += chunk;
    for (const look of waiting) look();
  });
  const lines = (word: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (heard.includes(word)) resolve();
      };
      waiting.push(look);
      look();
      void ended.then(() => reject(new Error(`The migrating process ended before "${word}".`)));
    });
  return { child, ended, lines, begun: lines('begin') };
}

/** Null when the program refuses a database with a migration it does not know and touches nothing; else what it did. */
async function olderOnNewer(): Promise<string | null> {
  const dataDir = await newDataDir();
  const look = async (write: boolean): Promise<ReadonlyMap<string, string>> => {
    const database = await openEmbedded({ dataDir, onLost: unexpected });
    if (write) {
      await query(
        database.url,
        `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
         VALUES ('newer', 'newer', '99990101000000_newer', now(), 1)`,
      );
    }
    const found = await fingerprints(database.url);
    await database.close();
    return found;
  };
  const before = await look(true);
  const { code, output } = await expectRefusal({ env: { DATA_DIR: dataDir, LOG_LEVEL: 'warn' } });
  const changed = differences(before, await look(false));
  if (code === 1 && output.includes('older than the database') && changed.length === 0) return null;
  return `an older program ended with ${code}, changed [${changed.join(', ')}]: ${output.slice(0, 300)}`;
}
