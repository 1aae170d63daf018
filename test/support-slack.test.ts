import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FakeSlack, type Fate, startFakeSlack } from './support/slack/fake-slack.ts';
import { slackPerson, type Wire } from './support/slack/person.ts';
import { addUser, BOT_USER, SCOPES } from './support/slack/world.ts';

const TOKEN = 'xoxb-fake-bot-token';
const plain = (text: string) => ({ type: 'plain_text', text });
const BLOCKS = [{ type: 'section', text: plain('x') }];
const MODAL = { type: 'modal', title: plain('Title'), blocks: BLOCKS };

let slack: FakeSlack;
let now = 1_700_000_000_000;

beforeEach(async () => {
  now = 1_700_000_000_000;
  slack = await startFakeSlack({ now: () => now });
  addUser(slack.world, { id: 'U0BO', name: 'Beatriz Okafor', email: 'bo@cms.example' });
});
afterEach(() => slack.stop());

const ask = (method: string, args: object, token = TOKEN): Promise<Response> =>
  fetch(`${slack.apiUrl}${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
    body: JSON.stringify(args),
  });
const call = async (method: string, args: object, token = TOKEN) =>
  (await (await ask(method, args, token)).json()) as Record<string, unknown> & { ok: boolean };
const refused = async (method: string, args: object, token = TOKEN) =>
  (await call(method, args, token)).error;
const post = async (args: object) =>
  String((await call('chat.postMessage', { channel: 'C0ISPG', ...args })).ts);
const person = (botUrl = 'http://127.0.0.1:9') => {
  const wire: Wire = { slack, botUrl: () => botUrl, signingSecret: 'secret', now: () => now };
  return slackPerson(wire, 'U0BO');
};
const channel = () => {
  const found = slack.world.conversations.get('C0ISPG');
  if (!found) throw new Error('there is no channel');
  return found;
};

describe('the made-up Slack knows who asks', () => {
  it('a token that is missing, unknown or revoked is refused', async () => {
    expect(await refused('auth.test', {}, '')).toBe('not_authed');
    expect(await refused('auth.test', {}, 'xoxb-other')).toBe('invalid_auth');
    const token = slack.world.tokens.get(TOKEN);
    if (token) token.refusedAs = 'token_revoked';
    expect(await refused('auth.test', {})).toBe('token_revoked');
  });
  it('a scope that is missing is named', async () => {
    const token = slack.world.tokens.get(TOKEN);
    if (token) token.scopes = SCOPES.filter((scope) => scope !== 'chat:write');
    const answer = await call('chat.postMessage', { channel: 'C0ISPG', text: 'x' });
    expect(answer).toMatchObject({ ok: false, error: 'missing_scope', needed: 'chat:write' });
  });
  it('methods and arguments that are not documented are faults', async () => {
    expect(await refused('chat.shout', {})).toBe('unknown_method');
    await call('chat.postMessage', { channel: 'C0ISPG', text: 'x', volume: 11 });
    expect(slack.faults).toEqual(['no such method: chat.shout', 'chat.postMessage has no argument volume']);
  });
});

describe('a message', () => {
  it.each([
    ['no_text', {}],
    ['msg_too_long', { text: 'x'.repeat(40_001) }],
    ['invalid_blocks', { text: 'x', blocks: [{ type: 'section' }] }],
    [
      'msg_blocks_too_long',
      { text: 'x', blocks: Array(5).fill({ type: 'section', text: plain('x'.repeat(2_900)) }) },
    ],
    [
      'metadata_too_large',
      { text: 'x', metadata: { event_type: 'e', event_payload: { k: 'x'.repeat(8_000) } } },
    ],
  ])('is refused as %s, which is a fault', async (error, args) => {
    expect(await refused('chat.postMessage', { channel: 'C0ISPG', ...args })).toBe(error);
    expect(slack.faults).toHaveLength(1);
    expect(channel().messages).toEqual([]);
  });
  it('as long as it may be stands', async () => {
    await post({ text: 'x'.repeat(40_000), blocks: BLOCKS });
    expect(channel().messages).toHaveLength(1);
    expect(slack.faults).toEqual([]);
  });
  it('goes only where the bot may write', async () => {
    const to = (id: string) => refused('chat.postMessage', { channel: id, text: 'x' });
    expect(await to('C0NOWHERE')).toBe('channel_not_found');
    channel().isMember = false;
    expect(await to('C0ISPG')).toBe('not_in_channel');
    channel().isArchived = true;
    expect(await to('C0ISPG')).toBe('is_archived');
    expect(slack.faults).toEqual([]);
  });
  it('has a time of its own, which rises even when the clock stands still', async () => {
    const stamps = [await post({ text: 'a' }), await post({ text: 'b' }), await post({ text: 'c' })];
    expect(stamps.every((ts) => /^\d{10}\.\d{6}$/u.test(ts))).toBe(true);
    expect(stamps.toSorted()).toEqual(stamps);
    expect(new Set(stamps).size).toBe(3);
  });
  it('is changed in place by the bot that wrote it, and by no other', async () => {
    const ts = await post({ text: 'before', blocks: BLOCKS });
    await call('chat.update', { channel: 'C0ISPG', ts, text: 'after' });
    expect(channel().messages).toMatchObject([{ ts, text: 'after', edits: 1, blocks: BLOCKS }]);
    await call('chat.update', { channel: 'C0ISPG', ts, text: 'after', blocks: [] });
    expect(channel().messages).toMatchObject([{ blocks: [] }]);
    channel().messages.push({ ...channel().messages[0], ts: '1.000001', user: 'U0BO' } as never);
    const update = (stamp: string) => refused('chat.update', { channel: 'C0ISPG', ts: stamp, text: 'x' });
    expect(await update('1.000001')).toBe('cant_update_message');
    expect(await update('2.000000')).toBe('message_not_found');
  });
  it('shows its metadata only to whoever asks for it', async () => {
    await post({ text: 'x', metadata: { event_type: 'e', event_payload: { key: 'k' } } });
    const read = async (more: object) =>
      (await call('conversations.history', { channel: 'C0ISPG', ...more })).messages as object[];
    expect((await read({}))[0]).not.toHaveProperty('metadata');
    expect((await read({ include_all_metadata: true }))[0]).toMatchObject({
      metadata: { event_payload: { key: 'k' } },
    });
  });
  it('is found again page by page, newest first, from a time on; what is below one stands in its thread', async () => {
    const [first = '', second = '', third = ''] = [
      await post({ text: '1' }),
      await post({ text: '2' }),
      await post({ text: '3' }),
    ];
    const below = await post({ text: 'below', thread_ts: first });
    const page = await call('conversations.history', { channel: 'C0ISPG', limit: 2 });
    expect(page).toMatchObject({ has_more: true, messages: [{ ts: third }, { ts: second }] });
    const { next_cursor: cursor } = page.response_metadata as { next_cursor: string };
    const rest = await call('conversations.history', { channel: 'C0ISPG', limit: 2, cursor });
    expect(rest).toMatchObject({ has_more: false, messages: [{ ts: first }] });
    const since = (more: object) =>
      call('conversations.history', { channel: 'C0ISPG', oldest: third, ...more });
    expect((await since({})).messages).toEqual([]);
    expect((await since({ inclusive: true })).messages).toMatchObject([{ ts: third }]);
    const replies = await call('conversations.replies', { channel: 'C0ISPG', ts: first });
    expect(replies.messages).toMatchObject([{ ts: first }, { ts: below, thread_ts: first }]);
  });
});

describe('somebody', () => {
  it('is written to only while they are there and no bot', async () => {
    const open = (users: string) => refused('conversations.open', { users });
    expect(await open('U0BO')).toBeUndefined();
    expect(await open('U0NOBODY')).toBe('user_not_found');
    expect(await open(BOT_USER)).toBe('cannot_dm_bot');
    addUser(slack.world, { id: 'U0GONE', name: 'Gone', email: 'gone@cms.example', isDeleted: true });
    expect(await open('U0GONE')).toBe('user_disabled');
    expect(await refused('users.lookupByEmail', { email: 'gone@cms.example' })).toBe('users_not_found');
    expect(await call('users.lookupByEmail', { email: 'BO@cms.example' })).toMatchObject({
      user: { id: 'U0BO' },
    });
  });
});

describe('a view', () => {
  const trigger = (id: string): string => {
    slack.world.triggers.set(id, { at: now, user: 'U0BO', isUsed: false });
    return id;
  };
  const open = (id: string, view: object = MODAL) => call('views.open', { trigger_id: id, view });

  it('opens by a trigger that is known, used once and no older than three seconds', async () => {
    expect(await open('nothing')).toMatchObject({ error: 'invalid_trigger_id' });
    expect(await open(trigger('a'))).toMatchObject({ ok: true });
    expect(await open('a')).toMatchObject({ error: 'exchanged_trigger_id' });
    trigger('b');
    now += 3_001;
    expect(await open('b')).toMatchObject({ error: 'expired_trigger_id' });
    expect(slack.faults).toEqual([]);
  });
  it('is changed while it is open, by whoever knows how it stands', async () => {
    const { view } = (await open(trigger('a'))) as unknown as { view: { id: string; hash: string } };
    const update = (more: object) => call('views.update', { view_id: view.id, view: MODAL, ...more });
    expect(await update({ hash: view.hash })).toMatchObject({ ok: true });
    expect(await update({ hash: view.hash })).toMatchObject({ error: 'hash_conflict' });
    expect(await update({})).toMatchObject({ ok: true });
    for (const each of slack.world.views.values()) each.isOpen = false;
    expect(await update({})).toMatchObject({ error: 'not_found' });
  });
  it('is one of three at most', async () => {
    await open(trigger('a'));
    const push = (id: string) => refused('views.push', { trigger_id: trigger(id), view: MODAL });
    expect([await push('b'), await push('c'), await push('d')]).toEqual([
      undefined,
      undefined,
      'push_limit_reached',
    ]);
  });
  it('that can’t be drawn is refused, which is a fault', async () => {
    expect(await open(trigger('a'), { ...MODAL, title: plain('x'.repeat(25)) })).toMatchObject({
      error: 'invalid_arguments',
    });
    expect(slack.faults).toHaveLength(1);
  });
});

describe('a request may be lied to', () => {
  const meets = (fate: Fate): Promise<Response> => {
    slack.fate = () => fate;
    return ask('chat.postMessage', { channel: 'C0ISPG', text: 'x' });
  };
  const standing = async (): Promise<number> => {
    await slack.landed();
    return channel().messages.length;
  };
  it('it lands, though the connection breaks or the answer ends in its middle', async () => {
    await expect(meets({ lands: 0, answers: 'reset' })).rejects.toThrow();
    expect(await standing()).toBe(1);
    await expect(meets({ lands: 0, answers: 'truncated' }).then((cut) => cut.text())).rejects.toThrow();
    expect(await standing()).toBe(2);
  });
  it('it is told to wait, or that something broke, and lands or does not', async () => {
    const busy = await meets({ lands: null, answers: { status: 429, retryAfter: '30' } });
    expect([busy.status, busy.headers.get('retry-after')]).toEqual([429, '30']);
    expect(await standing()).toBe(0);
    expect((await meets({ lands: 0, answers: { status: 500 } })).status).toBe(500);
    expect(await standing()).toBe(1);
  });
});

describe('what somebody does', () => {
  const posts: { headers: Record<string, unknown>; body: string }[] = [];
  let answer = '';
  let bot: Server;
  let url = '';
  beforeEach(async () => {
    posts.length = 0;
    answer = '';
    bot = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => {
        body += chunk.toString('utf8');
      });
      request.on('end', () => {
        posts.push({ headers: request.headers, body });
        response.writeHead(200, { 'content-type': 'application/json' }).end(answer);
      });
    });
    await new Promise<void>((resolve) => bot.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(bot.address() as AddressInfo).port}`;
  });
  afterEach(() => new Promise((resolve) => bot.close(resolve)));

  it('comes signed, and a view does what the bot answers to it', async () => {
    await person(url).types('hello <b>');
    const [{ headers, body } = { headers: {}, body: '' }] = posts;
    const mac = createHmac('sha256', 'secret').update(`v0:1700000000:${body}`).digest('hex');
    expect(headers['x-slack-signature']).toBe(`v0=${mac}`);
    expect(JSON.parse(body)).toMatchObject({ event: { channel_type: 'im', text: 'hello &lt;b&gt;' } });

    slack.world.triggers.set('t', { at: now, user: 'U0BO', isUsed: false });
    await call('views.open', { trigger_id: 't', view: MODAL });
    const view = person(url).openView();
    if (!view) throw new Error('no view is open');
    answer = JSON.stringify({ response_action: 'errors', errors: { b: 'no' } });
    await person(url).submits(view, {});
    expect(view.isOpen).toBe(true);
    answer = JSON.stringify({ response_action: 'update', view: { ...MODAL, callback_id: 'next' } });
    await person(url).submits(view, {});
    expect(view).toMatchObject({ isOpen: true, view: { callback_id: 'next' } });
    answer = '';
    await person(url).submits(view, {});
    expect(view.isOpen).toBe(false);
  });
});
