import { createHmac } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Inbox, inboxOf } from '../support/slack/inbox-of.ts';
import { type OnSlack, SIGNING_SECRET, startOnSlack } from '../support/slack/on-slack.ts';
import { send } from '../support/slack/person.ts';

type Json = Readonly<Record<string, unknown>>;
type Headers = Readonly<Record<string, string | readonly string[]>>;

const folder = new URL('../fixtures/slack/', import.meta.url);
const fixtures = new Map(
  readdirSync(folder).map((name) => [
    name.replace('.json', ''),
    JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Json,
  ]),
);
const fixture = (name: string): Json => {
  const found = fixtures.get(name);
  if (!found) throw new Error(`there is no record of ${name}`);
  return found;
};
const JSON_TYPE = 'application/json';
const FORM_TYPE = 'application/x-www-form-urlencoded';

let stage: OnSlack;
let inbox: Inbox;
beforeAll(async () => {
  stage = await startOnSlack();
  inbox = await inboxOf(stage);
});
afterAll(async () => {
  await inbox.close();
  await stage.stop();
});

const wayOf = ({ type, command }: Json): 'json' | 'form' | 'command' => {
  if (command) return 'command';
  return type === 'event_callback' || type === 'url_verification' ? 'json' : 'form';
};

/** Sends bytes as they are; a header with two values is sent twice. */
function post(
  body: string | Uint8Array,
  headers: Headers,
): Promise<{ readonly status: number; readonly text: string }> {
  return new Promise((resolve, reject) => {
    const sent = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, typeof value === 'string' ? value : [...value]]),
    );
    const asking = request(`${stage.app.url}/slack/events`, { method: 'POST', headers: sent }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    });
    asking.on('error', reject).end(body);
  });
}

/** What Slack's headers say of a body, signed now or `aheadMs` from now. */
function signature(body: string | Uint8Array, { secret = SIGNING_SECRET, aheadMs = 0 } = {}) {
  const stamp = String(Math.floor((stage.wire.now() + aheadMs) / 1_000));
  const sign = createHmac('sha256', secret).update(`v0:${stamp}:`).update(body).digest('hex');
  return { 'x-slack-request-timestamp': stamp, 'x-slack-signature': `v0=${sign}` };
}
const signed = (body: string | Uint8Array, type: string) =>
  post(body, { 'content-type': type, ...signature(body) });

const MESSAGE = JSON.stringify({ ...fixture('message-im'), event_id: 'Ev0FORGED' });

describe('a request that Slack did not sign', () => {
  it('is refused, whatever it is, and nothing of it is kept', async () => {
    const forged = await inbox.keptBy(async () => {
      for (const body of [...fixtures.values(), { ssl_check: '1', token: 'x', command: '' }]) {
        const wrong = { ...stage.wire, signingSecret: 'another-secret' };
        const old = { ...stage.wire, now: () => stage.wire.now() - 301_000 };
        // Stamps are whole seconds: one of 62 s is more than a minute ahead in any case.
        const ahead = { ...stage.wire, now: () => stage.wire.now() + 62_000 };
        for (const wire of [wrong, old, ahead])
          expect((await send(wire, body, wayOf(body))).status).toBe(401);
      }
      for (const [body, type] of [
        [MESSAGE, JSON_TYPE],
        ['ssl_check=1&token=x', FORM_TYPE],
        [JSON.stringify(fixture('url-verification')), JSON_TYPE],
        ['', JSON_TYPE],
      ] as const)
        expect((await post(body, { 'content-type': type })).status).toBe(401);
    });
    expect(forged).toBe(0);
  });

  it('is refused when a header is there twice or not at all, even with the right value', async () => {
    const type = { 'content-type': JSON_TYPE };
    const good = signature(MESSAGE);
    const { 'x-slack-request-timestamp': stamp, 'x-slack-signature': sign } = good;
    const bad: readonly Headers[] = [
      { ...good, 'x-slack-request-timestamp': [stamp, stamp] },
      { ...good, 'x-slack-signature': [sign, sign] },
      { 'x-slack-request-timestamp': stamp },
      { 'x-slack-signature': sign },
      { ...good, 'x-slack-signature': '' },
      { ...good, 'x-slack-signature': sign.toUpperCase() },
    ];
    const forged = await inbox.keptBy(async () => {
      for (const headers of bad) expect((await post(MESSAGE, { ...type, ...headers })).status).toBe(401);
    });
    expect(forged).toBe(0);
  });

  it('is refused when its body is written otherwise than it was signed, though it means the same', async () => {
    const again = JSON.stringify(JSON.parse(MESSAGE), null, 1);
    expect((await post(again, { 'content-type': JSON_TYPE, ...signature(MESSAGE) })).status).toBe(401);
    const form = 'command=%2Fisso&text=my+system';
    const same = 'command=/isso&text=my%20system';
    expect((await post(same, { 'content-type': FORM_TYPE, ...signature(form) })).status).toBe(401);
  });
});

describe('a signed request', () => {
  it('of every kind that Slack sends is taken', async () => {
    for (const [name, body] of fixtures)
      expect([name, (await send(stage.wire, body, wayOf(body))).status]).toEqual([name, 200]);
    await stage.app.idle();
  });

  it('that nobody listens to is heard and does nothing', async () => {
    const press = fixture('block-actions-press') as { readonly actions: readonly Json[] };
    const view = fixture('view-submission') as { readonly view: Json };
    const strange = await inbox.keptBy(async () => {
      for (const [body, way] of [
        [{ ...press, actions: [{ ...press.actions[0], action_id: 'unknown' }] }, 'form'],
        [{ ...view, view: { ...view.view, callback_id: 'unknown' } }, 'form'],
        [{ ...fixture('shortcut-global'), callback_id: 'unknown' }, 'form'],
        [{ ...fixture('command'), command: '/unknown' }, 'command'],
        [{ type: 'block_suggestion', action_id: 'x' }, 'form'],
        [{ type: 'event_callback', event: { type: 'reaction_added' } }, 'json'],
        [{ type: 'something_new' }, 'json'],
      ] as const)
        expect([body, (await send(stage.wire, body, way)).status]).toEqual([body, 200]);
      const proto = '{"__proto__":{"type":"event_callback"},"constructor":{"prototype":1}}';
      expect((await signed(proto, JSON_TYPE)).status).toBe(200);
    });
    expect(strange).toBe(0);
  });

  it('of an action without a place is no mistake of ours', async () => {
    for (const name of ['block-actions-press', 'block-actions-open', 'shortcut-message'])
      expect((await send(stage.wire, { ...fixture(name), channel: null }, 'form')).status).toBe(200);
    await stage.app.idle();
  });

  it('that can not be read is the sender’s mistake, and the bot goes on', async () => {
    const halves = new Uint8Array([...new TextEncoder().encode(MESSAGE.slice(0, -1)), 0xff, 0xfe, 0x7d]);
    const unread = await inbox.keptBy(async () => {
      for (const body of ['null', '[]', '5', '"x"', '{', '', '{"type":"url_verification"}']) {
        expect([body, (await signed(body, JSON_TYPE)).status]).toEqual([body, 400]);
        const form = new URLSearchParams({ payload: body }).toString();
        expect([form, (await signed(form, FORM_TYPE)).status]).toEqual([form, 400]);
      }
      const deep = '['.repeat(10_000) + ']'.repeat(10_000);
      expect((await signed(deep, JSON_TYPE)).status).toBe(400);
      expect((await signed(`{"a":${deep}}`, JSON_TYPE)).status).toBe(200);
      expect((await signed(halves, JSON_TYPE)).status).toBe(400);
      for (const type of ['text/plain', 'application/xml', 'multipart/form-data; boundary=x', ''])
        expect([type, (await signed(MESSAGE, type)).status]).toEqual([type, 400]);
      expect((await signed('x'.repeat(2_000_000), JSON_TYPE)).status).toBe(413);
    });
    expect(unread).toBe(0);
    expect((await fetch(`${stage.app.url}/healthz`)).status).toBe(200);
  });

  it('that asks for its challenge back has it, and one that looks whether anybody is there is answered', async () => {
    const body = JSON.stringify({ type: 'url_verification', token: 'x', challenge: 'abc.123-x' });
    const checks = await inbox.keptBy(async () => {
      expect(await signed(body, JSON_TYPE)).toEqual({ status: 200, text: 'abc.123-x' });
      expect((await signed('ssl_check=1&token=x', FORM_TYPE)).status).toBe(200);
    });
    expect(checks).toBe(0);
  });
});
