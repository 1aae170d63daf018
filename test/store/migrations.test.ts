import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as after } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { schemaDifference } from '../../prisma/schema-difference.ts';
import { type EmbeddedDatabase, openEmbedded } from '../../src/store/embedded.ts';
import { type Migration, migrate, readMigrations, SchemaMismatch } from '../../src/store/migrate.ts';
import { SHORT_LIVED } from '../support/child-bot.ts';
import { copyTemplate, createServerDatabase, testServerUrl } from '../support/open-store.ts';

const childFile = fileURLToPath(new URL('./migrate-child.mjs', import.meta.url));
const unexpected = (error: Error): never => {
  throw error;
};

let ours: Migration[];
/** The first of them: how migrations are applied hangs on neither their number nor what they say. */
let first: Migration[];
let embedded: EmbeddedDatabase;
/** The embedded database, without any table at the start of each test. */
let url: string;

beforeAll(async () => {
  ours = await readMigrations();
  first = ours.slice(0, 2);
  embedded = await openEmbedded({ dataDir: null, onLost: unexpected });
}, 60_000);
afterAll(() => embedded.close());
beforeEach(async () => {
  url = embedded.url;
  await query('DROP SCHEMA public CASCADE');
  await query('CREATE SCHEMA public');
});

async function query(sql: string, where = url): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: where });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}
const tableExists = async (name: string, where = url): Promise<boolean> =>
  (await query(`SELECT to_regclass('${name}') IS NOT NULL AS found`, where))[0]?.found === true;
const records = (where = url) => query('SELECT * FROM _prisma_migrations ORDER BY migration_name', where);
const extra = (sql: string): Migration[] => [...first, { name: '99990101000000_extra', sql }];

describe('migrations', { timeout: 240_000 }, () => {
  test('the migrations give exactly the tables of schema.prisma', async () => {
    await migrate(url, ours);
    expect(await schemaDifference(url)).toBe('');
    await query('DROP INDEX delivery_due');
    expect(await schemaDifference(url)).toContain('CREATE INDEX "delivery_due"');
  });

  test('each is applied once and recorded as the Prisma CLI records it', async () => {
    expect(await migrate(url, ours)).toEqual(ours.map(({ name }) => name));
    expect(await migrate(url, ours)).toEqual([]);
    const rows = await records();
    expect(rows).toHaveLength(ours.length);
    expect(rows[0]).toMatchObject({
      migration_name: ours[0]?.name,
      checksum: createHash('sha256')
        .update(ours[0]?.sql ?? '')
        .digest('hex'),
      applied_steps_count: 1,
      logs: null,
      rolled_back_at: null,
    });
    expect(rows[0]?.finished_at).toBeInstanceOf(Date);
  });

  test('one that fails leaves the database as it was', async () => {
    await migrate(url, first);
    const bad = extra('CREATE TABLE half (id int); INSERT INTO half VALUES (1); SELECT 1 / 0;');
    await expect(migrate(url, bad)).rejects.toThrow('division by zero');
    expect(await tableExists('half')).toBe(false);
    expect(await records()).toHaveLength(first.length);
    expect(await migrate(url, extra('CREATE TABLE half (id int)'))).toEqual(['99990101000000_extra']);
  });

  test('an older program refuses a newer database and touches nothing', async () => {
    await migrate(url, extra('CREATE TABLE newer (id int)'));
    await expect(migrate(url, first)).rejects.toThrow(SchemaMismatch);
    await expect(migrate(url, first)).rejects.toThrow(/99990101000000_extra.*older than the database/);
    expect(await tableExists('newer')).toBe(true);
  });

  test('a migration changed after it was applied is refused, but not for its line ends', async () => {
    await migrate(url, extra('CREATE TABLE a (id int);\nCREATE TABLE b (id int);\n'));
    expect(await migrate(url, extra('CREATE TABLE a (id int);\r\nCREATE TABLE b (id int);\r\n'))).toEqual([]);
    await expect(
      migrate(url, extra('CREATE TABLE a (id bigint);\nCREATE TABLE b (id int);\n')),
    ).rejects.toThrow(/was changed after/);
  });

  test('one begun and not finished by another tool is refused', async () => {
    await migrate(url, first);
    await query('UPDATE _prisma_migrations SET finished_at = NULL');
    await expect(migrate(url, first)).rejects.toThrow(/begun by another tool/);
  });

  test('a process killed at any point of a migration has done all of it or nothing', async () => {
    const sql =
      'CREATE TABLE slow (id int PRIMARY KEY); INSERT INTO slow SELECT generate_series(1, 150000); CREATE INDEX ON slow (id);';
    const dataDir = await mkdtemp(join(tmpdir(), 'isso-migrate-'));
    let unchanged = 0;
    try {
      for (let round = 0; round < 4; round += 1) {
        await rm(join(dataDir, 'postgres'), { recursive: true, force: true });
        await copyTemplate(dataDir);
        await killedAfter(40 + round * 150, dataDir, sql);
        const database = await openEmbedded({ dataDir, onLost: unexpected });
        const isThere = await tableExists('slow', database.url);
        expect((await records(database.url)).length === ours.length + 1).toBe(isThere);
        if (isThere)
          expect(await query('SELECT count(*)::int AS n FROM slow', database.url)).toEqual([{ n: 150000 }]);
        else unchanged += 1;
        await migrate(database.url, [...ours, { name: '99990101000000_slow', sql }]);
        expect(await tableExists('slow', database.url)).toBe(true);
        await database.close();
      }
      expect(unchanged).toBeGreaterThan(0);
    } finally {
      await rm(dataDir, { recursive: true, force: true });
    }
  });

  test.skipIf(!testServerUrl())(
    'programs that start together on one server apply each migration once',
    async () => {
      const fresh = await createServerDatabase(testServerUrl() ?? '');
      try {
        const sql = 'CREATE TABLE slow AS SELECT generate_series(1, 200000) AS id;';
        const slow = [...ours, { name: '99990101000000_slow', sql }];
        const applied = await Promise.all(Array.from({ length: 6 }, () => migrate(fresh.url, slow)));
        expect(applied.flat().sort()).toEqual(slow.map(({ name }) => name).sort());
        expect(await records(fresh.url)).toHaveLength(slow.length);
        expect(await schemaDifference(fresh.url)).toContain('DROP TABLE "slow"');
      } finally {
        await fresh.drop();
      }
    },
  );
});

/** Starts the slow migration in another process and kills that so long after it began. */
async function killedAfter(ms: number, dataDir: string, sql: string): Promise<void> {
  const child = spawn(process.execPath, [SHORT_LIVED, childFile, dataDir, sql], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  expect((await lines.next()).value).toBe('begin');
  await after(ms);
  child.kill('SIGKILL');
  await ended;
}
