import { request } from 'node:http';
import { connect } from 'node:net';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type StartedConsole, startConsole } from '../support/console-server.ts';

const START = new Date('2026-12-01T14:00:00Z');
let console_: StartedConsole;

beforeEach(async () => {
  console_ = await startConsole(START);
});
afterEach(async () => {
  await console_.stop();
});

describe('bad input names the field and the mend', () => {
  test.each<[string, unknown, string]>([
    ['say', { text: 'hi' }, 'as'],
    ['say', { as: 5, text: 'hi' }, 'as'],
    ['say', { as: 'bo' }, 'text'],
    ['say', { as: 'bo', text: '  ' }, 'text'],
    ['say', { as: 'bo', text: ['hi'] }, 'text'],
    ['say', { as: 'bo', text: 'hi', inn: 'ispg' }, 'inn'],
    ['say', { as: 'bo', text: 'hi', eventKey: '' }, 'eventKey'],
    ['say', [], 'body'],
    ['say', 'null', 'body'],
    ['say', '{"as":', 'body'],
    ['press', { as: 'bo', message: 'm1' }, 'action'],
    ['press', { as: 'bo', message: 'm1', action: 'a', values: { x: { y: 1 } } }, 'values'],
    ['press', { as: 'bo', message: 'm1', action: 'a', values: [] }, 'values'],
    ['press', '{"as":"bo","message":"m1","action":"a","values":{"__proto__":{"x":1}}}', 'values'],
    ['submit', { as: 'bo', dialog: 'x' }, 'values'],
    ['submit', { as: 'bo', values: {} }, 'dialog'],
    ['read', { as: 'bo', for: 'bo', seq: -1 }, 'seq'],
  ])('%s %j', async (route, body, field) => {
    const response = await console_.post(`/console/api/${route}`, body);
    expect([response.status, await response.json()]).toEqual([
      400,
      { error: expect.stringMatching(/\w/u), field },
    ]);
    expect(console_.ledger.changes()).toBe(0);
  });
  test.each(['for=bo&since=x', 'for=bo&since=-1', 'for=bo&for=ispg', '', 'for=bo&sinse=1'])(
    'messages?%s is 400',
    async (query) => {
      expect((await console_.get(`/console/api/messages?${query}`)).status).toBe(400);
    },
  );
  test.each([
    'messages?for=nobody',
    'messages?for=%23nowhere',
    'conversation?as=bo&for=ispg',
    'events?as=nobody',
  ])('%s is 404', async (path) => {
    expect((await console_.get(`/console/api/${path}`)).status).toBe(404);
  });
  test('an unknown channel is 404, too much is 413, another type is 415', async () => {
    expect((await console_.post('/console/api/say', { as: 'bo', text: 'hi', in: 'nowhere' })).status).toBe(
      404,
    );
    expect((await console_.post('/console/api/say', { as: 'bo', text: 'x'.repeat(300_000) })).status).toBe(
      413,
    );
    expect(
      (await console_.post('/console/api/say', { as: 'bo', text: 'hi' }, { 'content-type': 'text/plain' }))
        .status,
    ).toBe(415);
  });
  test('100,000 characters are taken as they are', async () => {
    expect((await console_.post('/console/api/say', { as: 'bo', text: 'x'.repeat(100_000) })).status).toBe(
      200,
    );
    expect(console_.engine.heard).toHaveLength(1);
  });
});

describe('loopback only', () => {
  /** fetch does not let a caller set Host. */
  const withHost = (host: string) =>
    new Promise<number>((resolve, reject) => {
      const asked = request(`${console_.origin}/console/api/people`, { headers: { host } }, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      });
      asked.once('error', reject);
      asked.end();
    });
  test('a Host of another name is refused', async () => {
    expect(await withHost('localhost:3978')).toBe(200);
    expect(await withHost('[::1]:3978')).toBe(200);
    for (const host of ['evil.example', '127.0.0.1.evil.example', 'localhost.evil.example:3978', '10.0.0.1'])
      expect(await withHost(host)).toBe(403);
  });
  test('other origins are refused, our own page is not', async () => {
    const post = (headers: Record<string, string>) =>
      console_.post('/console/api/say', { as: 'bo', text: 'hi' }, headers);
    expect((await post({ origin: 'https://evil.example' })).status).toBe(403);
    expect((await post({ origin: 'null' })).status).toBe(403);
    expect((await post({ 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect(console_.ledger.changes()).toBe(0);
    expect((await post({ origin: console_.origin, 'sec-fetch-site': 'same-origin' })).status).toBe(200);
    expect((await console_.get('/console/api/people')).headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('S1: whatever is sent', () => {
  test('only 2xx and 4xx, nothing changes, and it goes on', async () => {
    const deep = `${'['.repeat(10_000)}${']'.repeat(10_000)}`;
    const nasty = fc.oneof(
      fc.constantFrom(
        'null',
        '[]',
        '5',
        '""',
        '{',
        deep,
        `{"as":${deep}}`,
        `{"as":"bo","values":{"__proto__":{}},"text":1}`,
        '{"__proto__":{"as":"bo"}}',
        '{"constructor":{"prototype":{}}}',
      ),
      fc.json(),
      fc
        .record({
          as: fc.anything(),
          text: fc.constant(7),
          message: fc.anything(),
          dialog: fc.anything(),
          values: fc.anything(),
        })
        .map((body) => JSON.stringify(body) ?? ''),
    );
    const routes = fc.constantFrom('say', 'press', 'submit', 'clock', 'read');
    await fc.assert(
      fc.asyncProperty(routes, nasty, async (route, body) => {
        const response = await console_.post(`/console/api/${route}`, body);
        await response.text();
        expect(response.status).toBeGreaterThanOrEqual(400);
        expect(response.status).toBeLessThan(500);
      }),
      { numRuns: 400 },
    );
    expect(console_.ledger.changes()).toBe(0);
    expect(console_.time.now()).toEqual(START);
    expect(console_.errors).toEqual([]);
    expect((await console_.get('/healthz')).status).toBe(200);
  });
  test('bytes that are no HTTP, bad UTF-8 and bad paths', async () => {
    const port = Number(new URL(console_.origin).port);
    await new Promise<void>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => socket.end('\u0000\u0001 nonsense\r\n\r\n'));
      socket.resume();
      socket.once('close', () => resolve());
    });
    const bytes = await fetch(`${console_.origin}/console/api/say`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: new Uint8Array([0x7b, 0xff, 0xfe, 0x7d]),
    });
    expect(bytes.status).toBe(400);
    expect((await console_.get('/console/%E0%A4%A')).status).toBe(404);
    expect((await console_.get('/console/..%2f..%2fpackage.json')).status).toBeGreaterThanOrEqual(400);
  });
});
