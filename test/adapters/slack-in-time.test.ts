import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OnSlack, startOnSlack } from '../support/slack/on-slack.ts';
import { buttonsOf, type HttpAnswer, slackPerson } from '../support/slack/person.ts';

/** Slack's own patience. */
const PATIENCE_MS = 3_000;

let stage: OnSlack;
let silencer: pg.Client;
beforeAll(async () => {
  stage = await startOnSlack();
  silencer = new pg.Client({ connectionString: await stage.app.databaseUrl() });
  await silencer.connect();
});
afterAll(async () => {
  await silencer.end();
  await stage.stop();
});

/** Nothing can be kept while this goes on: the inbox belongs to somebody else. */
async function whileSilent<T>(work: () => Promise<T>): Promise<T> {
  await silencer.query('BEGIN');
  await silencer.query('LOCK TABLE inbox_event IN ACCESS EXCLUSIVE MODE');
  try {
    return await work();
  } finally {
    await silencer.query('ROLLBACK');
  }
}

const said = (user: string): string[] =>
  stage.slack.world
    .direct(user)
    .messages.filter((each) => each.user === 'U0ISSOBOT')
    .map(({ text }) => text);

describe('while the database is silent', () => {
  it('everything is answered in time and says what is so, and nothing of it is kept', async () => {
    const bo = slackPerson(stage.wire, 'U0BO');
    const ispg = slackPerson(stage.wire, 'U0ISPG');
    await bo.types('hi');
    await bo.shortcut('request-service-isso');
    await stage.app.idle();
    const dialog = bo.openView();
    const conversation = stage.slack.world.direct('U0BO');
    const message = conversation.messages.findLast(({ blocks }) => buttonsOf(blocks).length > 0);
    const button = buttonsOf(message?.blocks ?? []).at(-1);
    if (!dialog || !message || !button) throw new Error('there is nothing to do');
    const before = await rows();
    const answers = await whileSilent(async () => {
      const all: Record<string, Promise<HttpAnswer>> = {
        message: bo.types('status'),
        mention: ispg.types('help', { in: 'C0ISPG' }),
        press: bo.presses(conversation.id, message, button),
        submission: bo.submits(dialog, {}),
        command: ispg.command('status', 'C0RANDOM'),
        shortcut: ispg.shortcut('request-service-isso'),
        home: bo.opensHome(),
      };
      return Object.fromEntries(
        await Promise.all(Object.entries(all).map(async ([name, one]) => [name, await one] as const)),
      );
    });
    for (const [name, { tookMs }] of Object.entries(answers))
      expect([name, tookMs < PATIENCE_MS]).toEqual([name, true]);
    // Slack sends these again by itself.
    for (const name of ['message', 'mention', 'home'])
      expect([name, answers[name]?.status]).toEqual([name, 503]);
    expect(answers.press?.status === 503 || said('U0BO').some((text) => text.includes('was not saved'))).toBe(
      true,
    );
    expect(answers.submission?.body).toMatchObject({ response_action: 'errors' });
    expect(JSON.stringify(answers.submission?.body)).toContain('not saved');
    expect(dialog.isOpen).toBe(true);
    expect(answers.command?.body).toMatchObject({ response_type: 'ephemeral' });
    expect(JSON.stringify(answers.command?.body)).toContain('not saved');
    expect(JSON.stringify(ispg.openView()?.view)).toContain('not saved');
    await stage.app.idle();
    expect(await settledRows(before)).toBe(before);
  });

  it('is over as soon as it answers again, and what Slack sends again is kept once', async () => {
    const bo = slackPerson(stage.wire, 'U0BO2');
    const ts = stage.slack.world.nextTs();
    expect((await whileSilent(() => bo.types('meetings', { again: ts }))).status).toBe(503);
    expect((await bo.types('meetings', { again: ts })).status).toBe(200);
    expect((await bo.types('meetings', { again: ts })).status).toBe(200);
    await stage.app.idle();
    expect(said('U0BO2').filter((text) => text.includes('meetings coming up')).length).toBe(1);
  });
});

describe('while Slack’s own methods are slow', () => {
  it('no request of Slack’s waits for them', async () => {
    const bo = slackPerson(stage.wire, 'U0CRA');
    stage.slack.fate = () => ({ lands: 2_500, answers: 'truth' });
    const [words, shortcut] = await Promise.all([bo.types('help'), bo.shortcut('request-service-isso')]);
    stage.slack.fate = () => ({ lands: 0, answers: 'truth' });
    expect([words.status, shortcut.status]).toEqual([200, 200]);
    expect(Math.max(words.tookMs, shortcut.tookMs)).toBeLessThan(2_500);
    await stage.app.idle();
    expect(said('U0CRA').some((text) => text.includes('What you can do here'))).toBe(true);
  });
});

async function rows(): Promise<number> {
  return Number((await silencer.query('SELECT count(*) AS n FROM inbox_event')).rows[0].n);
}

/** The number of kept events, once writes that came too late are taken back. */
async function settledRows(wanted: number): Promise<number> {
  let found = await rows();
  for (let look = 0; look < 500 && found !== wanted; look += 1) found = await rows();
  return found;
}
