import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { say } from '../../src/messages/message.ts';
import { type StartedConsole, startConsole } from '../support/console-server.ts';

const START = new Date('2026-12-01T14:00:00Z');
let console_: StartedConsole;

beforeEach(async () => {
  console_ = await startConsole(START);
});
afterEach(async () => {
  await console_.stop();
});

interface Said {
  readonly messages: readonly {
    readonly seq: number;
    readonly id: string;
    readonly to: string;
    readonly text: string;
    readonly card?: unknown;
    readonly actions: readonly { readonly id: string; readonly label: string }[];
    readonly editedAt?: string;
  }[];
}
async function ok<T>(answer: Promise<Response>): Promise<T> {
  const response = await answer;
  expect(response.status).toBe(200);
  return (await response.json()) as T;
}
const sayAs = (as: string, text: string, more: object = {}) =>
  ok<Said>(console_.post('/console/api/say', { as, text, ...more }));
/** The message of the answer that has buttons. */
async function cardFor(as: string, text = 'card') {
  const { messages } = await sayAs(as, text);
  const found = messages.find((message) => message.actions.length > 0);
  if (!found) throw new Error('There is no card.');
  return found;
}
const messagesOf = (name: string, since = 0) =>
  ok<Said>(console_.get(`/console/api/messages?for=${encodeURIComponent(name)}&since=${since}`));

describe('health', () => {
  test('healthz, readyz, security headers and unknown paths', async () => {
    expect(await ok(console_.get('/healthz'))).toEqual({ status: 'ok' });
    expect(await ok(console_.get('/readyz'))).toEqual({ status: 'ready' });
    console_.reasons.push('The database does not answer.');
    const notReady = await console_.get('/readyz');
    expect([notReady.status, await notReady.json()]).toEqual([
      503,
      { status: 'not ready', reasons: ['The database does not answer.'] },
    ]);
    const missing = await console_.get('/nothing/here');
    expect([missing.status, await missing.json()]).toEqual([404, { error: expect.any(String) }]);
    expect(missing.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(missing.headers.get('content-security-policy')).not.toContain('unsafe');
    expect(missing.headers.get('x-content-type-options')).toBe('nosniff');
    expect(missing.headers.get('x-powered-by')).toBeNull();
  });
  test('a bug answers with a reference and no stack trace', async () => {
    console_.engine.next('broken');
    const response = await console_.post('/console/api/say', { as: 'bo', text: 'hi' });
    const body = await response.text();
    expect(response.status).toBe(500);
    expect(JSON.parse(body)).toEqual({
      error: expect.any(String),
      reference: expect.stringMatching(/^[0-9a-f]{8}$/u),
    });
    expect(body).not.toMatch(/\.ts|broke on purpose/u);
    expect(console_.errors).toEqual(['http.failed']);
  });
  test('closing ends event streams and lets requests finish', async () => {
    const stream = await console_.get('/console/api/events?as=bo');
    const slow = sayAs('bo', 'hi');
    await slow;
    await console_.stop();
    expect(await stream.text()).toContain('event: hello');
    await expect(console_.get('/healthz')).rejects.toThrow();
  });
});

describe('people, channels and the page', () => {
  test('are listed', async () => {
    const people = await ok<{ id: string }[]>(console_.get('/console/api/people'));
    expect(people[0]).toEqual({
      id: 'bo',
      name: 'Bola Owens',
      roles: ['business_owner'],
      timeZone: 'America/New_York',
    });
    expect(await ok(console_.get('/console/api/channels'))).toContainEqual({ id: 'ispg', name: 'ISPG' });
  });
  test('the page and the card library are served', async () => {
    for (const [path, type] of [
      ['/', 'html'],
      ['/console', 'html'],
      ['/console/app.js', 'javascript'],
      ['/console/base.css', 'css'],
      ['/console/vendor/adaptivecards.js', 'javascript'],
    ] as const) {
      const response = await console_.get(path);
      await response.arrayBuffer();
      expect([path, response.status, response.headers.get('content-type')]).toEqual([
        path,
        200,
        expect.stringContaining(type),
      ]);
    }
  });
});

describe('say', () => {
  test('answers with what the bot said, and keeps what was heard without sensitive text, before the answer', async () => {
    const { messages } = await sayAs('bo', 'my number is 123-45-6789');
    expect(messages.map((message) => message.text)).toEqual(['You said: my number is [removed]']);
    const all = await ok<{ messages: { from: string; text: string }[] }>(
      console_.get('/console/api/conversation?as=bo&for=bo'),
    );
    expect(all.messages.map(({ from, text }) => [from, text])).toEqual([
      ['bo', 'my number is [removed]'],
      ['bot', 'You said: my number is [removed]'],
    ]);
    expect((await messagesOf('bo')).messages).toEqual(messages);
  });
  test('in a channel the answer stands in the channel', async () => {
    const { messages } = await sayAs('ispg', 'hello', { in: 'ispg' });
    expect(messages[0]?.to).toBe('#ispg');
    expect((await messagesOf('#ispg')).messages).toEqual(messages);
    expect(console_.engine.heard[0]?.from).toEqual({ platform: 'console', userId: 'ispg', channel: 'ispg' });
  });
  test('deliveries caused are sent before it answers', async () => {
    await sayAs('bo', 'tell ispg');
    expect((await messagesOf('#ispg')).messages).toHaveLength(1);
  });
  test('a retry with the same eventKey is done once; two people may use the same', async () => {
    expect((await sayAs('bo', 'one', { eventKey: 'k1' })).messages).toHaveLength(1);
    expect((await sayAs('bo', 'one', { eventKey: 'k1' })).messages).toEqual([]);
    expect((await sayAs('ispg', 'one', { eventKey: 'k1' })).messages).toHaveLength(1);
    expect((await messagesOf('bo')).messages).toHaveLength(1);
  });
  test('says so when nothing was saved', async () => {
    console_.engine.next('not-saved');
    const response = await console_.post('/console/api/say', { as: 'bo', text: 'hi' });
    expect([response.status, await response.json()]).toEqual([
      503,
      { error: 'Your message was not saved, try again.' },
    ]);
    expect(console_.ledger.changes()).toBe(0);
  });
  test('since is strict', async () => {
    await sayAs('bo', 'one');
    const [last] = (await sayAs('bo', 'two')).messages;
    expect((await messagesOf('bo', last?.seq ?? 0)).messages).toEqual([]);
    expect((await messagesOf('bo', (last?.seq ?? 0) - 1)).messages).toEqual([last]);
  });
});

describe('press and submit', () => {
  test('a press may redraw the message: same id, editedAt set', async () => {
    const card = await cardFor('bo');
    const { messages } = await ok<Said>(
      console_.post('/console/api/press', { as: 'bo', message: card.id, action: 'accept' }),
    );
    expect(messages[0]).toMatchObject({ id: card.id, seq: card.seq, editedAt: START.toISOString() });
    expect(messages[1]?.text).toBe('ISSO-2026-0042 is accepted.');
  });
  test('values arrive as they were sent', async () => {
    const card = await cardFor('bo', 'form');
    const values = { name: 'Claims', needs: ['ato'], impact: null };
    await ok(console_.post('/console/api/press', { as: 'bo', message: card.id, action: 'send', values }));
    expect(console_.engine.heard.at(-1)).toMatchObject({ kind: 'pressed', values, on: card.id });
  });
  test('a dialog opens, is refused with errors beside fields, and is taken', async () => {
    const card = await cardFor('bo');
    const { dialog } = await ok<{ dialog: { id: string; title: string; fields: unknown[] } }>(
      console_.post('/console/api/press', { as: 'bo', message: card.id, action: 'decline' }),
    );
    expect(dialog).toMatchObject({
      title: 'Decline this request',
      fields: expect.arrayContaining([
        expect.objectContaining({ id: 'reason', kind: 'choice', required: true }),
      ]),
    });
    const bad = await console_.post('/console/api/submit', {
      as: 'bo',
      dialog: dialog.id,
      values: { note: 'short' },
    });
    expect([bad.status, await bad.json()]).toEqual([
      422,
      { errors: { reason: 'Choose a reason.', note: 'Write at least ten characters.' } },
    ]);
    const { messages } = await ok<Said>(
      console_.post('/console/api/submit', {
        as: 'bo',
        dialog: dialog.id,
        values: { reason: 'scope', note: 'long enough to read' },
      }),
    );
    expect(messages.map((message) => message.id)).toContain(card.id);
  });
  test('somebody else’s direct message, and what does not exist, is 404', async () => {
    const card = await cardFor('bo');
    const press = (body: object) =>
      console_.post('/console/api/press', { as: 'bo', message: card.id, action: 'accept', ...body });
    const { dialog } = await ok<{ dialog: { id: string } }>(press({ action: 'decline' }));
    const before = console_.ledger.changes();
    expect((await press({ as: 'ispg' })).status).toBe(404);
    expect((await press({ as: 'nobody' })).status).toBe(404);
    expect((await press({ message: 'm999' })).status).toBe(404);
    expect((await press({ action: 'nothing' })).status).toBe(404);
    expect((await press({ message: 'm1' })).status).toBe(404);
    for (const [as, id] of [
      ['ispg', dialog.id],
      ['bo', 'bm8'],
      ['bo', Buffer.from('{"press":5}').toString('base64url')],
    ]) {
      expect((await console_.post('/console/api/submit', { as, dialog: id, values: {} })).status).toBe(404);
    }
    expect(console_.ledger.changes()).toBe(before);
  });
});

describe('deliver', () => {
  const to = { platform: 'console' as const, id: 'bo', timeZone: 'America/New_York' };
  test('once for each key; edits in place', async () => {
    const first = await console_.adapter.deliver(to, say('One'), 'k', null);
    expect(await console_.adapter.deliver(to, say('One'), 'k', null)).toEqual(first);
    const messageId = first.kind === 'delivered' ? first.messageId : '';
    expect(await console_.adapter.deliver(to, say('Two'), 'k2', messageId)).toEqual(first);
    const { messages } = await messagesOf('bo');
    expect(messages).toMatchObject([{ id: messageId, text: 'Two', editedAt: START.toISOString() }]);
    expect(messages[0]).not.toHaveProperty('card');
  });
  test('a picture stands in the card, below the words, and is said in words', async () => {
    const picture = {
      name: 'burn-down.png',
      type: 'image/png',
      content: 'aGVsbG8=',
      encoding: 'base64',
      altText: 'Day 23: 17 of 22 lines open.',
    } as const;
    await console_.adapter.deliver(to, say('The burn-down.'), 'k', null, picture);
    const { messages } = await messagesOf('bo');
    expect(messages[0]?.text).toBe('The burn-down.\n\nPicture: Day 23: 17 of 22 lines open.');
    const drawn = messages[0]?.card as { readonly body: readonly unknown[] } | undefined;
    expect(drawn?.body.at(-1)).toEqual({
      type: 'Image',
      url: 'data:image/png;base64,aGVsbG8=',
      altText: 'Day 23: 17 of 22 lines open.',
    });
  });
  test('an address nobody has is gone', async () => {
    expect(await console_.adapter.deliver({ ...to, id: 'nobody' }, say('x'), 'k', null)).toEqual({
      kind: 'gone',
    });
    expect(await console_.adapter.deliver({ ...to, id: '#nowhere' }, say('x'), 'k', null)).toEqual({
      kind: 'gone',
    });
  });
});

describe('clock', () => {
  const move = (body: object) => console_.post('/console/api/clock', body);
  test('moves on by a duration or to an instant, and says what ran', async () => {
    expect(await ok(console_.get('/console/api/clock'))).toEqual({
      now: START.toISOString(),
      nextBusinessDay: '2026-12-02T14:00:00.000Z',
    });
    expect(await ok(move({ advance: 'PT1H30M' }))).toEqual({
      now: '2026-12-01T15:30:00.000Z',
      ran: [{ job: 'deliver-pending', at: '2026-12-01T15:00:00.000Z' }],
    });
    expect(await ok(move({ to: '2026-12-01T11:00:00-05:00' }))).toMatchObject({
      now: '2026-12-01T16:00:00.000Z',
    });
    expect(await ok(move({ advance: 'P2W1DT1S' }))).toMatchObject({ now: '2026-12-16T16:00:01.000Z' });
  });
  test.each<object>([
    {},
    { advance: 'P1D', to: '2026-12-02T00:00:00Z' },
    { advance: 'P1M' },
    { advance: 'P' },
    { advance: 'PT' },
    { advance: '-P1D' },
    { advance: 'tomorrow' },
    { advance: 5 },
    { advance: 'P9999W' },
    { to: '2026-12-02' },
    { to: '2026-12-02T09:00:00' },
    { to: '2027-02-30T09:00:00Z' },
    { to: '2026-11-30T09:00:00Z' },
    { to: '9999-12-02T09:00:00Z' },
    { advance: 'P1D', extra: 1 },
  ])('%j is refused', async (body) => {
    const response = await move(body);
    expect([response.status, await response.json()]).toEqual([
      400,
      { error: expect.stringMatching(/\w/u), field: expect.stringMatching(/^(?:advance|to|extra)$/u) },
    ]);
    expect(console_.time.now()).toEqual(START);
  });
});

describe('live', () => {
  test('unread counts follow what is read; streams replay what was missed', async () => {
    await sayAs('ispg', 'one', { in: 'ispg' });
    const unread = () =>
      ok<{ conversations: { id: string; unread: number }[] }>(console_.get('/console/api/unread?as=bo'));
    expect((await unread()).conversations).toContainEqual({ id: '#ispg', unread: 2 });
    await ok(console_.post('/console/api/read', { as: 'bo', for: '#ispg', seq: 2 }));
    expect((await unread()).conversations).toContainEqual({ id: '#ispg', unread: 0 });
    const stream = await console_.get('/console/api/events?as=bo', { 'last-event-id': '1' });
    await sayAs('isso', 'private');
    await sayAs('bo', 'mine');
    await console_.adapter.stop();
    const events = await stream.text();
    expect(events).toContain('id: 2\nevent: post');
    expect(events).toContain('You said: mine');
    expect(events).not.toContain('private');
  });
});
