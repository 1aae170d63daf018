/** The doctor and the figures of a real bot: what an operator sees while all is well, and when something is broken. */
import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type App, startApp } from '../src/app.ts';
import { parseConfig } from '../src/config.ts';
import { endpointsOf, gatherHealth, lookAtClosures } from '../src/health.ts';
import { createLog } from '../src/log.ts';
import { openDatabase } from '../src/store/client.ts';
import { checkHealth } from '../src/usecases/check-health.ts';
import { aDelivery } from './store/samples.ts';
import { freePort, startChild } from './support/child-bot.ts';
import { runCommand } from './support/command.ts';
import { copyTemplate, openTestDatabase, openTestStore } from './support/open-store.ts';

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** The doctor's lines, and how it ended. */
async function doctor(settings: Readonly<Record<string, string>>, ...words: readonly string[]) {
  const { code, out: lines } = await runCommand('doctor', settings, words);
  return { code, lines };
}

function configOf(settings: Readonly<Record<string, string>>) {
  const parsed = parseConfig({ PORT: '0', LOG_LEVEL: 'silent', ...settings });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.config;
}

/** A bot on the test database, as on a server, and the settings it has. */
async function botOnServer(more: Readonly<Record<string, string>> = {}) {
  const store = await openTestStore();
  const database = await openTestDatabase();
  const settings = { DATABASE_URL: database.url, CONSOLE: 'off', ...more };
  const app: App = await startApp({ config: configOf(settings), log: createLog('silent') });
  cleanups.push(() => app.stop());
  const sql = (text: string): Promise<unknown> => database.pool.query(text);
  return { app, store, settings, sql };
}

describe('the doctor on a server', () => {
  it('finds all well with a bot that runs, looking into the database by itself or asking the bot', async () => {
    const { app, settings } = await botOnServer();
    const itself = await doctor(settings);
    expect(itself.lines).not.toMatch(/^(warn|BAD)/mu);
    expect(itself.code).toBe(0);
    expect(itself.lines).toContain('tick of deliver-pending: The last one was');
    const asked = await doctor({}, app.url);
    expect(asked.code).toBe(0);
    expect(asked.lines).toContain('tick of enqueue-digests');
  });

  it('finds ticks that stopped, a backlog due long ago and an unknown migration', async () => {
    const { app, settings, sql, store } = await botOnServer();
    await app.stop();
    await sql(`UPDATE job_run SET slot_at = now() - interval '2 hours' WHERE job = 'deliver-pending'`);
    await store.transaction(async (tx) => {
      await tx.deliveries.enqueue({
        ...aDelivery('late', { to: { kind: 'channel', channel: 'ispg' } }),
        dueAt: new Date('2026-01-02T03:04:05Z'),
        expiresAt: null,
      });
    });
    await sql(`INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
                VALUES ('later', '', '99990101000000_later', now(), now(), 1)`);
    cleanups.push(() => sql(`DELETE FROM _prisma_migrations WHERE id = 'later'`));
    const { code, lines } = await doctor(settings);
    expect(code).toBe(1);
    expect(lines).toMatch(/^BAD {3}tick of deliver-pending: The last one was 2 hours ago/mu);
    expect(lines).toMatch(/^BAD {3}oldest unsent: A message has been due for \d+ days/mu);
    expect(lines).toMatch(/^BAD {3}migrations: The database has 99990101000000_later/mu);
    expect(lines).toMatch(/^ok {4}backlog: 1 message is due/mu);
  });

  it('finds a server that does not answer, and says nothing of its address but where it is', async () => {
    const port = await freePort();
    const { code, lines } = await doctor({
      DATABASE_URL: `postgresql://user:secret-word@127.0.0.1:${port}/db`,
      CONSOLE: 'off',
    });
    expect(code).toBe(1);
    expect(lines).toMatch(/^BAD {3}database: The database can't be reached/mu);
    expect(lines).toMatch(/^BAD {3}endpoint database: 127\.0\.0\.1:\d+ can't be reached \(ECONNREFUSED\)/mu);
    expect(lines).not.toContain('secret-word');
  });

  it('finds a clock that differs from the database and an endpoint that does not answer', async () => {
    const store = await openTestStore();
    const config = configOf({ DATABASE_URL: 'postgresql://u@db.example.gov/x', CONSOLE: 'off' });
    expect(endpointsOf(config)).toEqual([{ name: 'database', host: 'db.example.gov', port: 5432 }]);
    const wrong = { now: () => new Date(Date.now() + 7_200_000) };
    const facts = await gatherHealth({
      config,
      store,
      app: wrong,
      system: wrong,
      jobs: [],
      endpoints: [{ name: 'mail', host: '127.0.0.1', port: await freePort() }],
      closures: await lookAtClosures('no-such-file.csv'),
    });
    const bad = checkHealth(facts).filter(({ verdict }) => verdict === 'bad');
    expect(bad.map(({ name }) => name).sort()).toEqual(['clock', 'closures', 'endpoint mail', 'ticks']);
  });

  it('warns of a database whose tables are not made yet, and says what makes them', async () => {
    const empty = await openDatabase({ kind: 'embedded', dataDir: null }, [], (error) => {
      throw error;
    });
    cleanups.push(() => empty.close());
    const { code, lines } = await doctor({ DATABASE_URL: empty.url, CONSOLE: 'off' });
    expect(lines).toMatch(
      /^warn {2}migrations: Not applied yet: \d+\w+.*The bot applies them when it starts/mu,
    );
    expect(lines).not.toMatch(/^BAD/mu);
    expect(code).toBe(0);
  });

  it('says how it is called, and does not take an option or a word for an address', async () => {
    for (const option of ['--help', '-h']) {
      const { code, lines } = await doctor({}, option);
      expect([code, lines]).toEqual([0, expect.stringContaining('npm run doctor -- http://')]);
    }
    for (const word of ['--json', 'localhost']) {
      const { code, lines } = await doctor({}, word);
      expect([code, lines]).toEqual([2, expect.stringContaining(`"${word}" is no address of a bot`)]);
    }
  });

  it('names settings that need mending', async () => {
    const { code, lines } = await doctor({ DIGEST_TIME: 'secret-1' });
    expect(code).toBe(1);
    expect(lines).toMatch(/^BAD {3}setting DIGEST_TIME: must be/mu);
    expect(lines).not.toContain('secret-1');
  });
});

describe('the doctor on the embedded database', () => {
  it('asks the bot that runs, can not tell when it does not find it, and finds one that stopped', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'isso-doctor-'));
    cleanups.push(() => rm(dataDir, { recursive: true, force: true }));
    await copyTemplate(dataDir);
    const port = String(await freePort());
    const bot = await startChild({ DATA_DIR: dataDir, PORT: port, LOG_LEVEL: 'error' });
    cleanups.push(() => bot.end('SIGKILL'));
    const well = await doctor({ DATA_DIR: dataDir, PORT: port });
    expect(well.lines).toMatch(/^ok {4}tick of deliver-pending/mu);
    expect(well.lines).toMatch(/^ok {4}data folder/mu);
    expect(well.code).toBe(0);
    const elsewhere = await doctor({ DATA_DIR: dataDir, PORT: String(await freePort()) });
    expect(elsewhere.lines).toContain('npm run doctor -- http');
    expect(elsewhere.code).toBe(2);
    const other = await mkdtemp(join(tmpdir(), 'isso-doctor-'));
    cleanups.push(() => rm(other, { recursive: true, force: true }));
    const stranger = await doctor({ DATA_DIR: other, PORT: port });
    expect(stranger.lines).toContain('not running');
    await bot.end('SIGTERM');
    const stopped = await doctor({ DATA_DIR: dataDir, PORT: port });
    expect(stopped.lines).toContain('Start it with npm start');
    expect(stopped.code).toBe(1);
    expect((await doctor({}, `http://127.0.0.1:${port}`)).code).toBe(2);
  });
});

/** A call with headers that `fetch` keeps to itself. */
function statusOf(url: string, headers: Readonly<Record<string, string>>): Promise<number> {
  return new Promise((resolve, reject) => {
    const call = request(url, { headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    call.once('error', reject);
    call.end();
  });
}

describe('figures', () => {
  it('are those of ticks, the queue and the platforms, without names or texts', async () => {
    const { app, store } = await botOnServer();
    await store.transaction(async (tx) => {
      await tx.deliveries.enqueue({
        ...aDelivery('later', { to: { kind: 'channel', channel: 'ispg' } }),
        dueAt: new Date('2099-01-01T00:00:00Z'),
        expiresAt: null,
      });
    });
    const text = await fetch(`${app.url}/metrics`).then((response) => response.text());
    for (const line of [
      'isso_database_up 1',
      'isso_deliveries{state="pending"} 1',
      'isso_due_deliveries 0',
      'isso_oldest_due_delivery_age_seconds 0',
    ])
      expect(text).toContain(`\n${line}\n`);
    expect(text).toMatch(/^isso_last_tick_age_seconds\{job="deliver-pending"\} \d/mu);
    for (const name of [
      'isso_ticks_total',
      'isso_messages_sent_total',
      'isso_deliveries_ended_total',
      'isso_delivery_failures_total',
      'isso_platform_answer_seconds',
      'process_resident_memory_bytes',
    ])
      expect(text).toContain(`# TYPE ${name} `);
    const labels = [...text.matchAll(/^isso_\w+\{(.*)\}/gmu)].flatMap(([, all = '']) =>
      [...all.matchAll(/(\w+)="/gu)].map(([, name]) => name),
    );
    // Whether a tick or a platform has counted yet is a matter of the moment.
    const known = ['job', 'kind', 'outcome', 'platform', 'state', 'urgency'];
    expect(labels.filter((label = '') => !known.includes(label))).toEqual([]);
    expect(labels).toEqual(expect.arrayContaining(['job', 'state', 'urgency']));
  });

  it('and findings are for this machine only: no proxy, no page, no other name', async () => {
    const { app } = await botOnServer();
    for (const path of ['/metrics', '/doctor']) {
      const url = `${app.url}${path}`;
      expect(await statusOf(url, {})).toBe(200);
      for (const headers of [
        { host: 'bot.example.gov' },
        { 'x-forwarded-for': '203.0.113.9' },
        { forwarded: 'for=203.0.113.9' },
        { via: '1.1 proxy' },
        { origin: 'https://evil.example' },
      ])
        expect(await statusOf(url, headers), JSON.stringify(headers)).toBe(404);
    }
  });

  it('are open to whoever has the token, and to nobody else, once there is one', async () => {
    const token = 'a-token-of-some-length';
    const { app } = await botOnServer({ METRICS_TOKEN: token });
    const url = `${app.url}/metrics`;
    expect(await statusOf(url, {})).toBe(404);
    expect(await statusOf(url, { authorization: 'Bearer wrong' })).toBe(404);
    expect(
      await statusOf(url, {
        authorization: `Bearer ${token}`,
        host: 'bot.example.gov',
        'x-forwarded-for': '203.0.113.9',
      }),
    ).toBe(200);
    expect(parseConfig({ METRICS_TOKEN: 'short' }).ok).toBe(false);
  });
});
