import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { serialize } from 'pg-protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DataDirectoryInUse } from '../../src/store/data-directory-lock.ts';
import { type EmbeddedDatabase, openEmbedded } from '../../src/store/embedded.ts';
import { openStore } from '../../src/store/index.ts';
import { copyTemplate } from '../support/open-store.ts';
import { anEvent, at } from './samples.ts';

const childFile = fileURLToPath(new URL('./embedded-child.ts', import.meta.url));
let dataDir: string;
let database: EmbeddedDatabase;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'isso-embedded-'));
  await copyTemplate(dataDir);
  database = await openEmbedded({
    dataDir,
    onLost: (error) => {
      throw error;
    },
  });
}, 60_000);
afterAll(async () => {
  await database.close();
  await rm(dataDir, { recursive: true, force: true });
}, 60_000);

async function client(): Promise<pg.Client> {
  const made = new pg.Client({ connectionString: database.url });
  made.on('error', () => {});
  await made.connect();
  return made;
}

describe('the embedded database', { timeout: 60_000 }, () => {
  test('a second bot on its directory is refused in words, at once', async () => {
    const startedAt = performance.now();
    await expect(openStore({ database: { kind: 'embedded', dataDir } })).rejects.toThrow(DataDirectoryInUse);
    expect(performance.now() - startedAt).toBeLessThan(10_000);
  });

  test('a tool finds it by the address in its directory, which only the owner may enter', async () => {
    const url = (await readFile(join(dataDir, 'database-url'), 'utf8')).trim();
    const tool = new pg.Client({ connectionString: url });
    await tool.connect();
    expect((await tool.query('SELECT count(*)::int AS n FROM delivery')).rows).toEqual([{ n: 0 }]);
    await tool.end();
    expect((await stat(join(dataDir, 'run'))).mode & 0o077).toBe(0);
    expect((await stat(join(dataDir, 'database-url'))).mode & 0o077).toBe(0);
  });

  test('a query that arrives in pieces is not mixed with another connection’s', async () => {
    const [slow, quick] = [await client(), await client()];
    const { stream } = slow.connection;
    slow.connection.removeAllListeners();
    const answered = new Promise<string>((resolve) => {
      let heard = '';
      stream.on('data', (chunk: Buffer) => {
        heard += chunk.toString('latin1');
        if (heard.includes('SELECT 1')) resolve(heard);
      });
    });
    const parsed = once(stream, 'data');
    stream.write(serialize.parse({ text: "SELECT 'slow' AS who, $1::text", name: '', types: [] }));
    await parsed;
    const between = quick.query("SELECT 'quick' AS who, $1::text AS said", ['q']);
    stream.write(Buffer.concat([serialize.bind({ values: ['s'] }), serialize.execute({}), serialize.sync()]));
    expect(await answered).toContain('slow');
    expect((await between).rows).toEqual([{ who: 'quick', said: 'q' }]);
    stream.destroy();
    await quick.end();
  });

  test('what a vanished client left open is undone, and the others go on', async () => {
    const other = await client();
    await other.query('CREATE TABLE left_open (id int)');
    for (const breakOff of [
      (gone: pg.Client) => gone.query('INSERT INTO left_open VALUES (1)'),
      async (gone: pg.Client) =>
        void gone.connection.stream.write(serialize.parse({ text: 'SELECT 1', name: '', types: [] })),
      async (gone: pg.Client) =>
        void gone.connection.stream.write(serialize.query('INSERT INTO left_open VALUES (2)')),
    ]) {
      const gone = await client();
      await gone.query('BEGIN');
      await breakOff(gone);
      gone.connection.stream.destroy();
      expect((await other.query('SELECT count(*)::int AS n FROM left_open')).rows).toEqual([{ n: 0 }]);
    }
    await other.query('DROP TABLE left_open');
    await other.end();
  });

  test('a tool’s settings end with its statement or transaction, and never reach the bot', async () => {
    const [tool, bot] = [await client(), await client()];
    const settings = "SELECT current_setting('TimeZone') AS zone, current_setting('search_path') AS path";
    const usual = [{ zone: 'UTC', path: 'public' }];
    await tool.query("SET TimeZone TO 'Asia/Tokyo'");
    await tool.query("SELECT pg_catalog.set_config('search_path', $1, false)", ['']);
    expect((await bot.query(settings)).rows).toEqual(usual);
    await tool.query("BEGIN; SET TIME ZONE 'Asia/Tokyo'");
    expect((await tool.query(settings)).rows).toEqual([{ zone: 'Asia/Tokyo', path: 'public' }]);
    await tool.query('COMMIT');
    expect((await bot.query(settings)).rows).toEqual(usual);
    await Promise.all([tool.end(), bot.end()]);
  });

  test('transactions of many connections wait for each other and lose nothing', async () => {
    const clients = await Promise.all(Array.from({ length: 10 }, client));
    await clients[0]?.query('CREATE TABLE tally (n int); INSERT INTO tally VALUES (0)');
    await Promise.all(
      clients.map(async (one) => {
        for (let round = 0; round < 10; round += 1) {
          await one.query('BEGIN');
          const { n } = (await one.query('SELECT n FROM tally FOR UPDATE')).rows[0];
          await one.query('UPDATE tally SET n = $1', [n + 1]);
          await one.query(round % 5 === 4 ? 'ROLLBACK' : 'COMMIT');
        }
      }),
    );
    expect((await clients[0]?.query('SELECT n FROM tally'))?.rows).toEqual([{ n: 80 }]);
    await Promise.all(clients.map((one) => one.end()));
  });
});

describe('the embedded database of a killed process', { timeout: 120_000 }, () => {
  test('has every event that was acknowledged', async () => {
    const killedDir = await mkdtemp(join(tmpdir(), 'isso-killed-'));
    await copyTemplate(killedDir);
    const acknowledged: string[] = [];
    for (let round = 1; round <= 3; round += 1) {
      const child = spawn(process.execPath, ['--import', 'tsx', childFile, killedDir], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const ended = once(child, 'exit');
      let count = 0;
      for await (const line of createInterface({ input: child.stdout })) {
        acknowledged.push(...JSON.parse(line));
        count += 1;
        if (count === round * 7) child.kill('SIGKILL');
      }
      await ended;
    }
    const store = await openStore({ database: { kind: 'embedded', dataDir: killedDir } });
    const kept = new Set((await store.inbox.unfinished(at(1), 100_000)).map(({ key }) => key));
    expect(acknowledged.length).toBeGreaterThan(100);
    expect(acknowledged.filter((key) => !kept.has(key))).toEqual([]);
    expect(await store.inbox.accept(anEvent('after'))).toBe('accepted');
    await store.close();
    await rm(killedDir, { recursive: true, force: true });
  });
});
