import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ChildBot, runChild, startChild } from './support/child-bot.ts';
import { consoleDriver } from './support/console-driver.ts';
import { watchEvents } from './support/event-stream.ts';
import { copyTemplate } from './support/open-store.ts';

let dataDir = '';
let child: ChildBot | null = null;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'isso-child-'));
  await copyTemplate(dataDir);
});
afterEach(async () => {
  await child?.end('SIGKILL');
  child = null;
  await rm(dataDir, { recursive: true, force: true });
});

async function start(): Promise<ChildBot> {
  child = await startChild({
    DATA_DIR: dataDir,
    LOG_LEVEL: 'error',
    CONSOLE_START_AT: '2026-12-01T10:00:00-05:00',
  });
  return child;
}

/** Says it as `bo`; the texts of the answer. Fails when the program dies before it answers. */
async function say(bot: ChildBot, text: string): Promise<string> {
  const heard = await consoleDriver({ url: bot.url, restart: async () => undefined }).say('bo', text, null);
  return heard.kind === 'said' ? heard.messages.map((message) => message.text).join('\n') : '';
}

/** Lets `turns` turns of this process's event loop go by, so that a kill comes at another moment each time. */
async function after(turns: number): Promise<void> {
  for (let turn = 0; turn < turns; turn += 1) await new Promise(setImmediate);
}

describe('SIGTERM', () => {
  it('finishes what is in hand, closes the database, and ends with 0', async () => {
    const bot = await start();
    await say(bot, 'I need an ISSO');
    const { seen } = await watchEvents(bot.url, 'bo');
    const answering = say(bot, 'Claims Hub');
    await seen('Claims Hub');
    const ended = bot.end('SIGTERM');
    expect(await answering).toContain('Question 2 of');
    expect(await ended).toMatchObject({ code: 0, signal: null });
    expect(await say(await start(), 'review')).toContain('Claims Hub');
  });

  it('ends with 0 while somebody watches the page', async () => {
    const bot = await start();
    const { ended } = await watchEvents(bot.url, 'bo');
    expect(await bot.end('SIGTERM')).toMatchObject({ code: 0, signal: null });
    await ended;
  });
});

describe('SIGKILL at any moment', () => {
  it('loses no answer that was acknowledged, in six rounds', async () => {
    const [moments = []] = fc.sample(
      fc.array(fc.integer({ min: 0, max: 4_000 }), { minLength: 6, maxLength: 6 }),
      { seed: 20261201, numRuns: 1 },
    );
    let bot = await start();
    await say(bot, 'I need an ISSO');
    expect(await say(bot, 'System number 0')).toContain('Question 2 of');
    for (const [round, turns] of moments.entries()) {
      await say(bot, 'change system name');
      const name = `System number ${round + 1}`;
      expect(await say(bot, name), `round ${round}`).toContain('Question 2 of');
      const open = ['why', 'status', 'review', 'help'].map((words) => say(bot, words).catch(() => 'died'));
      await after(turns);
      expect(await bot.end('SIGKILL')).toMatchObject({ signal: 'SIGKILL' });
      await Promise.all(open);
      bot = await start();
      expect(await say(bot, 'review'), `round ${round}, killed after ${turns} turns`).toContain(name);
      const standing = await consoleDriver({ url: bot.url, restart: async () => undefined }).messages('bo');
      expect(standing.length).toBeGreaterThan(0);
    }
  }, 300_000);
});

describe('a start that is refused', () => {
  it('by settings ends with 2 and names each, without values', async () => {
    const { code, errors } = await runChild({
      DATA_DIR: dataDir,
      DIGEST_TIME: 'secret-1',
      SLACK_BOT_TOKNE: 'secret-2',
      KICKOFF_MINUTES: 'secret-3',
    });
    expect(code).toBe(2);
    for (const name of ['DIGEST_TIME', 'SLACK_BOT_TOKNE', 'SLACK_BOT_TOKEN', 'KICKOFF_MINUTES'])
      expect(errors).toContain(name);
    expect(errors).not.toMatch(/secret|\bat .*:\d+:\d+/u);
  });

  it('by the roster ends with 1 and names each line', async () => {
    const file = join(dataDir, 'people.csv');
    await writeFile(file, 'id,name,email,roles,component,time_zone\nbo,Bea,,boss,,Mars\n');
    const { code, errors } = await runChild({ DATA_DIR: dataDir, ROSTER_FILE: file });
    expect(code).toBe(1);
    expect(errors).toMatch(/line 2: roles: /u);
    expect(errors).not.toMatch(/\n\s+at /u);
  });

  it('by a roster that is not there ends with 1 and says which setting to mend', async () => {
    const { code, errors } = await runChild({ DATA_DIR: dataDir, ROSTER_FILE: join(dataDir, 'none.csv') });
    expect(code).toBe(1);
    expect(errors).toContain('ROSTER_FILE');
  });
});
