import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ownTime } from '../support/own-time.ts';
import { TAKEN } from '../support/slack/fake-slack.ts';
import { type OnSlack, startOnSlack } from '../support/slack/on-slack.ts';
import { buttonsOf, type HttpAnswer, type SlackPerson, slackPerson } from '../support/slack/person.ts';
import type { SlackViewState } from '../support/slack/world.ts';

/** Slack's own patience. */
const PATIENCE_MS = 3_000;
/** How long a slow method takes. */
const SLOW_MS = 2_500;

let stage: OnSlack;
let silencer: pg.Client;
beforeAll(async () => {
  stage = await startOnSlack();
  silencer = new pg.Client({ connectionString: await stage.app.databaseUrl() });
  await silencer.connect();
  // Remembers what was taken out of the inbox.
  await silencer.query(`
    CREATE TABLE taken_back (key text NOT NULL);
    CREATE FUNCTION note_taken_back() RETURNS trigger LANGUAGE plpgsql AS
      'BEGIN INSERT INTO taken_back VALUES (OLD.key); RETURN OLD; END';
    CREATE TRIGGER taken_back AFTER DELETE ON inbox_event FOR EACH ROW EXECUTE FUNCTION note_taken_back()`);
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
const count = async (what: string, key = '%'): Promise<number> =>
  Number((await silencer.query(`SELECT count(*) AS n FROM ${what} WHERE key LIKE $1`, [key])).rows[0].n);
const kept = (): Promise<number> => count('inbox_event');

/** The last button that the bot has shown somebody, and the message it stands in. */
function lastButton(user: string) {
  const conversation = stage.slack.world.direct(user);
  const message = conversation.messages.findLast(({ blocks }) => buttonsOf(blocks).length > 0);
  const button = buttonsOf(message?.blocks ?? []).at(-1);
  if (!message || !button) throw new Error('there is nothing to press');
  return { channel: conversation.id, message, button };
}

/** Opens the form, and answers its view. */
async function openForm(person: SlackPerson): Promise<SlackViewState> {
  await person.shortcut('request-service-isso');
  await stage.app.idle();
  const view = person.openView();
  if (!view) throw new Error('no dialog was opened');
  return view;
}

/** All answers, by what was done, and how long each took. */
async function answersTo(
  done: Readonly<Record<string, Promise<HttpAnswer>>>,
): Promise<ReadonlyMap<string, HttpAnswer>> {
  return new Map(
    await Promise.all(Object.entries(done).map(async ([name, one]) => [name, await timed(one)] as const)),
  );
}

async function timed(begun: Promise<HttpAnswer>): Promise<HttpAnswer> {
  const tookMs = ownTime();
  return { ...(await begun), tookMs: tookMs() };
}

describe('while the database is silent', () => {
  it('everything is answered in time and says what is so, and nothing of it is kept', async () => {
    const bo = slackPerson(stage.wire, 'U0BO');
    const other = slackPerson(stage.wire, 'U0BO2');
    const ispg = slackPerson(stage.wire, 'U0ISPG');
    await bo.types('hi');
    const dialog = await openForm(bo);
    const closing = await openForm(other);
    const { channel, message, button } = lastButton('U0BO');
    const before = await kept();
    const answers = await whileSilent(() =>
      answersTo({
        message: bo.types('status'),
        mention: ispg.types('help', { in: 'C0ISPG' }),
        home: bo.opensHome(),
        closing: other.closes(closing, {}),
        press: bo.presses(channel, message, button),
        submission: bo.submits(dialog, {}),
        command: ispg.command('status', 'C0RANDOM'),
        shortcut: ispg.shortcut('request-service-isso'),
      }),
    );
    for (const [name, { tookMs }] of answers) expect([name, tookMs < PATIENCE_MS]).toEqual([name, true]);
    // Events are sent again by Slack itself; of a closed dialog nobody is promised anything.
    for (const name of ['message', 'mention', 'home', 'closing'])
      expect([name, answers.get(name)?.status]).toEqual([name, 503]);
    const isTold = said('U0BO').some((text) => text.includes('was not saved'));
    expect(answers.get('press')?.status === 503 || isTold).toBe(true);
    expect(answers.get('submission')?.body).toMatchObject({ response_action: 'errors' });
    expect(JSON.stringify(answers.get('submission')?.body)).toContain('not saved');
    expect(dialog.isOpen).toBe(true);
    expect(answers.get('command')?.body).toMatchObject({ response_type: 'ephemeral' });
    expect(JSON.stringify(answers.get('command')?.body)).toContain('not saved');
    expect(JSON.stringify(ispg.openView()?.view)).toContain('not saved');
    // All works again, and what was written too late is taken back: only this is kept.
    expect((await ispg.types('help')).status).toBe(200);
    await stage.app.idle();
    await expect.poll(kept, { timeout: 60_000 }).toBe(before + 1);
    // The dialog that stayed is sent again, and is heard.
    const again = JSON.stringify((await bo.submits(dialog, {})).body);
    expect(again).toContain('errors');
    expect(again).not.toContain('not saved');
  });

  it('is over as soon as it answers again, and what Slack sends again is kept once', async () => {
    const bo = slackPerson(stage.wire, 'U0BO2');
    const ts = stage.slack.world.nextTs();
    expect((await whileSilent(() => bo.types('meetings', { again: ts }))).status).toBe(503);
    await expect.poll(() => count('taken_back', `%${ts}`), { timeout: 60_000 }).toBe(1);
    for (let time = 0; time < 2; time += 1)
      expect((await bo.types('meetings', { again: ts })).status).toBe(200);
    await stage.app.idle();
    expect(await count('inbox_event', `%${ts}`)).toBe(1);
    expect(said('U0BO2').filter((text) => text.includes('meetings coming up'))).toHaveLength(1);
  });
});

describe('while Slack’s own methods are slow', () => {
  it('no request of Slack’s waits for them', async () => {
    const cra = slackPerson(stage.wire, 'U0CRA');
    await cra.types('hi');
    await stage.app.idle();
    const { channel, message, button } = lastButton('U0CRA');
    stage.slack.fate = () => ({ lands: SLOW_MS, answers: 'truth' });
    const answers = await answersTo({
      words: cra.types('help'),
      shortcut: cra.shortcut('request-service-isso'),
      press: cra.presses(channel, message, button),
      command: cra.command('status'),
      home: cra.opensHome(),
    });
    stage.slack.fate = () => TAKEN;
    for (const [name, { status, tookMs }] of answers)
      expect([name, status, tookMs < SLOW_MS]).toEqual([name, 200, true]);
    await stage.app.idle();
    expect(said('U0CRA').some((text) => text.includes('What you can do here'))).toBe(true);
  });
});
