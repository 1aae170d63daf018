import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { type App, BadRoster, startApp } from '../src/app.ts';
import { parseConfig } from '../src/config.ts';
import { createLog } from '../src/log.ts';
import { cuttableProxy } from './store/cuttable-proxy.ts';
import { freePort } from './support/child-bot.ts';
import { watchEvents } from './support/event-stream.ts';
import { copyTemplate, openTestDatabase, openTestStore } from './support/open-store.ts';

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function freshDirectory(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'isso-app-'));
  cleanups.push(() => rm(folder, { recursive: true, force: true }));
  return join(folder, 'not-there-yet');
}

/** One with a database, which takes seconds to make. */
async function madeDirectory(): Promise<string> {
  const folder = await freshDirectory();
  await copyTemplate(folder);
  return folder;
}

async function start(settings: Readonly<Record<string, string>>): Promise<App> {
  const parsed = parseConfig({ PORT: '0', LOG_LEVEL: 'silent', ...settings });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const app = await startApp({ config: parsed.config, log: createLog('silent') });
  cleanups.push(() => app.stop());
  return app;
}

const statusOf = (url: string): Promise<number> => fetch(url).then((response) => response.status);

describe('starting', () => {
  it('on a directory that does not exist yet makes everything, and is ready only when it is', async () => {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    let isUp = false;
    const starting = start({ DATA_DIR: await freshDirectory(), PORT: String(port) }).then((app) => {
      isUp = true;
      return app;
    });
    const early: number[] = [];
    while (!isUp) {
      const status = await statusOf(`${url}/readyz`).catch(() => 0);
      if (!isUp) early.push(status);
      // Asked without a break, it would have no time to start.
      await pause(10);
    }
    await starting;
    expect(new Set(early.filter((status) => status !== 0 && status !== 503))).toEqual(new Set());
    expect(await fetch(`${url}/healthz`).then((response) => response.json())).toEqual({ status: 'ok' });
    expect(await statusOf(`${url}/readyz`)).toBe(200);
    const people = (await fetch(`${url}/console/api/people`).then((response) => response.json())) as {
      id: string;
    }[];
    expect(people.map(({ id }) => id)).toEqual(expect.arrayContaining(['bo', 'ispg', 'gtl']));
  });

  it('with the console off serves no console, and health all the same', async () => {
    const app = await start({ DATA_DIR: await madeDirectory(), CONSOLE: 'off' });
    expect(app.consoleIsOn).toBe(false);
    expect(await statusOf(`${app.url}/healthz`)).toBe(200);
    expect(await statusOf(`${app.url}/console`)).toBe(404);
    expect(await statusOf(`${app.url}/console/api/people`)).toBe(404);
  });

  it('with a bad roster names every bad line, and leaves neither port nor directory taken', async () => {
    const dataDir = await madeDirectory();
    const file = join(dataDir, '..', 'people.csv');
    await writeFile(file, 'id,name,email,roles,component,time_zone\nb o,Bea,,boss,,Mars\n');
    const port = await freePort();
    const failed = start({ DATA_DIR: dataDir, PORT: String(port), ROSTER_FILE: file });
    await expect(failed).rejects.toThrow(BadRoster);
    await expect(failed).rejects.toThrow(/line 2: id: .*\nline 2: roles: .*\nline 2: time_zone: /u);
    expect(await statusOf(`http://127.0.0.1:${port}/healthz`).catch(() => 'refused')).toBe('refused');
    await writeFile(file, 'id,name,email,roles,component,time_zone\nbea,Bea,,gtl,,America/New_York\n');
    const app = await start({ DATA_DIR: dataDir, PORT: String(port), ROSTER_FILE: file });
    const people = (await fetch(`${app.url}/console/api/people`).then((response) => response.json())) as {
      id: string;
    }[];
    expect(people.map(({ id }) => id)).toEqual(['bea']);
  });

  it('on a port that is taken fails by its code, and leaves the directory free', async () => {
    const dataDir = await madeDirectory();
    const other = await start({ DATA_DIR: await madeDirectory() });
    const port = new URL(other.url).port;
    await expect(start({ DATA_DIR: dataDir, PORT: port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await start({ DATA_DIR: dataDir });
  });
});

describe('readiness', () => {
  it('goes while the database is away, with the reason, and comes back by itself; health stays', async () => {
    await openTestStore();
    const proxy = await cuttableProxy((await openTestDatabase()).url);
    cleanups.push(() => proxy.close());
    const app = await start({ DATABASE_URL: proxy.url });
    expect(await statusOf(`${app.url}/readyz`)).toBe(200);
    await proxy.refuse();
    const away = await fetch(`${app.url}/readyz`);
    expect(away.status).toBe(503);
    expect(await away.json()).toMatchObject({ reasons: [expect.stringContaining('database')] });
    expect(await statusOf(`${app.url}/healthz`)).toBe(200);
    const said = await fetch(`${app.url}/console/api/say`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ as: 'bo', text: 'hi' }),
    });
    expect(said.status).toBeGreaterThanOrEqual(500);
    await proxy.heal();
    await expect.poll(() => statusOf(`${app.url}/readyz`), { timeout: 60_000 }).toBe(200);
  });
});

describe('stopping', () => {
  it('is safe twice, and ends what streams', async () => {
    const app = await start({ DATA_DIR: await madeDirectory() });
    const { ended } = await watchEvents(app.url, 'bo');
    await Promise.all([app.stop(), app.stop()]);
    await ended;
    await app.stop();
    await expect(fetch(`${app.url}/healthz`)).rejects.toThrow();
  });

  it('answers what is in hand first', async () => {
    const app = await start({ DATA_DIR: await madeDirectory() });
    const { seen } = await watchEvents(app.url, 'bo');
    const saying = fetch(`${app.url}/console/api/say`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ as: 'bo', text: 'I need an ISSO' }),
    });
    await seen('I need an ISSO');
    const stopping = app.stop();
    const response = await saying;
    expect(JSON.stringify(await response.json())).toContain('Question 1 of');
    await stopping;
  });
});
