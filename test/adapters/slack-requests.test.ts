import { readdirSync, readFileSync } from 'node:fs';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OnSlack, SIGNING_SECRET, startOnSlack } from '../support/slack/on-slack.ts';
import { buttonsOf, eventBody, send, slackPerson } from '../support/slack/person.ts';

const folder = new URL('../fixtures/slack/', import.meta.url);
const fixtures = readdirSync(folder).map((name) => ({
  name: name.replace('.json', ''),
  body: JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Record<string, unknown>,
}));

let stage: OnSlack;
let database: pg.Client;
beforeAll(async () => {
  stage = await startOnSlack();
  database = new pg.Client({ connectionString: await stage.app.databaseUrl() });
  await database.connect();
});
afterAll(async () => {
  await database.end();
  await stage.stop();
});

const rows = async (): Promise<number> =>
  Number((await database.query('SELECT count(*) AS n FROM inbox_event')).rows[0].n);
const wayOf = (body: Record<string, unknown>): 'json' | 'form' | 'command' => {
  if (body.command) return 'command';
  return body.type === 'event_callback' || body.type === 'url_verification' ? 'json' : 'form';
};
const BODY = { type: 'event_callback' };

/** Sends bytes as they are, with headers as given. */
async function raw(body: string | Uint8Array, headers: Readonly<Record<string, string>>): Promise<number> {
  const response = await fetch(`${stage.app.url}/slack/events`, { method: 'POST', headers, body });
  await response.text();
  return response.status;
}

describe('a request that Slack did not sign', () => {
  it('is refused, and nothing of it is kept', async () => {
    const before = await rows();
    const wrong = { ...stage.wire, signingSecret: 'another-secret' };
    const old = { ...stage.wire, now: () => stage.wire.now() - 301_000 };
    const ahead = { ...stage.wire, now: () => stage.wire.now() + 62_000 };
    for (const wire of [wrong, old, ahead]) {
      for (const { body } of fixtures) expect((await send(wire, body, wayOf(body))).status).toBe(401);
    }
    expect(await raw('ssl_check=1&token=x', { 'content-type': 'application/x-www-form-urlencoded' })).toBe(
      401,
    );
    expect(await raw(JSON.stringify(BODY), { 'content-type': 'application/json' })).toBe(401);
    expect(await raw('', {})).toBe(401);
    expect(await rows()).toBe(before);
  });

  it('is refused when it says twice when it was made', async () => {
    const doubled = await send(stage.wire, BODY, 'json', { 'x-slack-request-timestamp': '1, 2' });
    expect(doubled.status).toBe(401);
  });
});

describe('a signed request', () => {
  it('of every kind that Slack sends is taken', async () => {
    for (const { name, body } of fixtures) {
      const answer = await send(stage.wire, body, wayOf(body));
      expect([name, answer.status]).toEqual([name, 200]);
    }
    await stage.app.idle();
  });

  it('that nobody listens to is heard and does nothing', async () => {
    const before = await rows();
    const press = fixtures.find(({ name }) => name === 'block-actions-press')?.body as {
      actions: Record<string, unknown>[];
    };
    const view = fixtures.find(({ name }) => name === 'view-submission')?.body as { view: object };
    for (const [body, way] of [
      [{ ...press, actions: [{ ...press.actions[0], action_id: 'unknown' }] }, 'form'],
      [{ ...view, view: { ...view.view, callback_id: 'unknown' } }, 'form'],
      [{ type: 'block_suggestion', action_id: 'x' }, 'form'],
      [{ type: 'event_callback', event: { type: 'reaction_added' } }, 'json'],
      [{ type: 'something_new' }, 'json'],
    ] as const)
      expect((await send(stage.wire, body, way)).status).toBe(200);
    expect(await rows()).toBe(before);
  });

  it('that can not be read is the sender’s mistake, and the bot goes on', async () => {
    const { createHmac } = await import('node:crypto');
    const signed = (body: string | Uint8Array, type: string): Promise<number> => {
      const stamp = String(Math.floor(stage.wire.now() / 1_000));
      const sign = createHmac('sha256', SIGNING_SECRET).update(`v0:${stamp}:`).update(body).digest('hex');
      return raw(body, {
        'content-type': type,
        'x-slack-request-timestamp': stamp,
        'x-slack-signature': `v0=${sign}`,
      });
    };
    const json = 'application/json';
    for (const body of ['null', '[]', '5', '"x"', '{', '', '{"type":"url_verification"}'])
      expect([body, await signed(body, json)]).toEqual([body, 400]);
    expect(await signed('['.repeat(10_000) + ']'.repeat(10_000), json)).toBe(400);
    expect(await signed(new Uint8Array([0x7b, 0xff, 0xfe, 0x7d]), json)).toBe(400);
    expect(await signed('{}', 'text/plain')).toBe(400);
    expect(await signed('x'.repeat(1_500_000), json)).toBe(413);
    expect(await signed('{"__proto__":{"type":"event_callback"}}', json)).toBe(200);
    expect(await signed('ssl_check=1&token=x', 'application/x-www-form-urlencoded')).toBe(200);
    expect((await fetch(`${stage.app.url}/healthz`)).status).toBe(200);
  });

  it('that asks for its challenge back has it', async () => {
    const body = { type: 'url_verification', challenge: 'abc123' };
    const stamp = await send(stage.wire, body);
    expect(stamp.status).toBe(200);
  });
});

describe('what is told twice', () => {
  it('has one effect: a message under other event ids, with and without Slack’s word that it is told again', async () => {
    const bo = slackPerson(stage.wire, 'U0CRA');
    const before = await rows();
    const ts = stage.slack.world.nextTs();
    await bo.types('help', { again: ts });
    for (let again = 0; again < 3; again += 1)
      expect((await bo.types('help', { again: ts })).status).toBe(200);
    const event = { type: 'message', channel_type: 'im', channel: 'D0CRA', user: 'U0CRA', text: 'help', ts };
    await send(stage.wire, eventBody(stage.wire, event), 'json', {
      'x-slack-retry-num': '1',
      'x-slack-retry-reason': 'http_timeout',
    });
    await stage.app.idle();
    expect(await rows()).toBe(before + 1);
  });

  it('has one effect: a press, whoever sends it again', async () => {
    const bo = slackPerson(stage.wire, 'U0BO2');
    await bo.types('hi');
    await stage.app.idle();
    const conversation = stage.slack.world.direct('U0BO2');
    const message = conversation.messages.findLast(({ blocks }) => buttonsOf(blocks).length > 0);
    const button = buttonsOf(message?.blocks ?? []).find(({ label }) => label === 'What else can I do?');
    if (!message || !button) throw new Error('there is nothing to press');
    const stamp = stage.slack.world.nextTs();
    const before = conversation.messages.length;
    for (let again = 0; again < 4; again += 1)
      expect((await bo.presses(conversation.id, message, button, {}, stamp)).status).toBe(200);
    await stage.app.idle();
    expect(conversation.messages.length).toBe(before + 1);
  });

  it('is nobody’s when a bot says it', async () => {
    const before = await rows();
    const said = {
      type: 'message',
      channel_type: 'im',
      channel: 'D0BO',
      text: 'hi',
      ts: stage.slack.world.nextTs(),
    };
    for (const who of [
      { bot_id: 'B0OTHER' },
      { user: 'U0ISSOBOT' },
      { user: 'U0BO', subtype: 'bot_message', bot_id: 'B1' },
    ])
      await send(stage.wire, eventBody(stage.wire, { ...said, ...who }));
    expect(await rows()).toBe(before);
  });
});
