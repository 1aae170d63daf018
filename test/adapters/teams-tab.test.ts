import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from 'vitest';
import { hostsIn, type TeamsCloud } from '../../adapters/teams/cloud.ts';
import { createSignIn } from '../../adapters/teams/sign-in.ts';
import { tabRoutes } from '../../adapters/teams/tab.ts';
import { createHttp } from '../../src/http/server.ts';
import { button } from '../../src/messages/button.ts';
import { line, theirs, time } from '../../src/messages/inline.ts';
import { card, fact, facts } from '../../src/messages/message.ts';
import type { OwnPage, OwnView } from '../../src/ports.ts';
import { keepingLog } from '../support/fakes.ts';
import { type Claims, keyNamed, type Signing, type SigningKey, tokenOf } from '../support/teams/keys.ts';

const APP_ID = '15500b07-aaaa-4bbb-8ccc-dddd0000eeee';
const TENANT = '72f0c0de-1111-4222-8333-444455556666';
const ELSEWHERE = '99990000-1111-4222-8333-444455556666';
const ANA = 'aaaa0000-1111-4222-8333-444455556666';
const BEN = 'bbbb0000-1111-4222-8333-444455556666';
const NOW = Math.floor(Date.parse('2026-12-01T15:00:00Z') / 1_000);

const pageOf = (name: string, timeZone: string): OwnPage => ({
  timeZone,
  message: card(
    'ISSO As A Service',
    [
      facts([
        fact(
          'ISSO-2026-0042',
          line`${theirs(`<b>${name}’s system</b>`)} at ${time(new Date('2026-12-02T18:00:00Z'))}`,
          button(
            'show',
            'Show',
            { verb: 'request.show', subject: 'ISSO-2026-0042' },
            'status ISSO-2026-0042',
          ),
        ),
      ]),
    ],
    [button('help', 'Help', { verb: 'help.show', subject: 'all' }, 'help')],
  ),
});
const PAGES = new Map([
  [`${TENANT}/${ANA}`, pageOf('Ana', 'America/New_York')],
  [`${TENANT}/${BEN}`, pageOf('Ben', 'America/Los_Angeles')],
]);
const asked: string[] = [];
const own: OwnView = {
  home: async (platform, userId) => {
    asked.push(`${platform} ${userId}`);
    return PAGES.get(userId) ?? null;
  },
  requests: async () => [],
  card: async () => null,
};

/** Microsoft's keys of people's sign-in, on this machine. */
let published: readonly SigningKey[] = [];
let keysStatus = 200;
const paths: string[] = [];
const microsoft = createServer((request, response) => {
  paths.push(request.url ?? '');
  response.writeHead(keysStatus, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ keys: published.map(({ jwk }) => jwk) }));
});
const log = keepingLog();

/** A server with the tab of that cloud; its clock stands at `NOW`. */
async function serve(standIn: string, cloud: TeamsCloud = 'public') {
  const hosts = hostsIn(cloud, standIn);
  const signIn = createSignIn({
    hosts,
    standIn,
    app: { id: APP_ID, tenantId: TENANT },
    publicUrl: 'https://bot.example.gov/isso',
    system: { now: () => new Date(NOW * 1_000) },
    log,
  });
  const http = createHttp({ log, ready: async () => [] });
  http.mount('/teams', tabRoutes({ signIn, own, hosts, appId: APP_ID }));
  const { port } = await http.listen({ host: '127.0.0.1', port: 0 });
  return { origin: `http://127.0.0.1:${port}`, close: () => http.close() };
}

let standIn: string;
let tab: Awaited<ReturnType<typeof serve>>;
beforeAll(async () => {
  await new Promise<void>((resolve) => microsoft.listen(0, '127.0.0.1', resolve));
  standIn = `http://127.0.0.1:${(microsoft.address() as AddressInfo).port}`;
  published = [keyNamed('people')];
  tab = await serve(standIn);
});
afterAll(async () => {
  await tab.close();
  await new Promise((resolve) => microsoft.close(resolve));
});
beforeEach(() => {
  asked.length = 0;
  log.lines.length = 0;
  published = [keyNamed('people')];
  keysStatus = 200;
});

const ANAS: Claims = {
  aud: APP_ID,
  iss: `https://login.microsoftonline.com/${TENANT}/v2.0`,
  iat: NOW - 60,
  nbf: NOW - 60,
  exp: NOW + 3_600,
  tid: TENANT,
  oid: ANA,
  scp: 'profile access_as_user openid',
  name: 'Ana Secret-Name',
  preferred_username: 'ana@example.gov',
  ver: '2.0',
};
const signed = (changes: Claims = {}, signing: Partial<Signing> = {}): string =>
  tokenOf({ ...ANAS, ...changes }, { key: keyNamed('people'), ...signing });
const come = (authorization: string | null, origin = tab.origin) =>
  fetch(`${origin}/teams/tab/me`, { headers: authorization === null ? {} : { authorization } });
interface Shown {
  readonly heading: string;
  readonly card: unknown;
  readonly text: string;
  readonly chatUrl: string;
}
const shownIn = async (answer: Response): Promise<Shown> => (await answer.json()) as Shown;
const without = (...names: string[]): string =>
  tokenOf(Object.fromEntries(Object.entries(ANAS).filter(([name]) => !names.includes(name))), {
    key: keyNamed('people'),
  });

describe('somebody’s page', () => {
  it('is drawn for whoever the token names, in their zone, with nothing to press', async () => {
    const answer = await come(`Bearer ${signed()}`);
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store']);
    const shown = await shownIn(answer);
    expect(shown).toMatchObject({
      heading: 'ISSO As A Service',
      chatUrl: `https://teams.microsoft.com/l/chat/0/0?users=28:${APP_ID}`,
      card: { type: 'AdaptiveCard' },
    });
    expect(shown.text).toContain('1:00 PM Eastern Time');
    expect(JSON.stringify(shown.card)).toContain('<b>Ana’s system</b>');
    expect(JSON.stringify(shown.card)).toContain('status ISSO-2026-0042');
    expect(JSON.stringify(shown)).not.toMatch(/Action\.(?:Submit|Execute)|Input\.|"press"/u);
    expect(asked).toEqual([`teams ${TENANT}/${ANA}`]);
    expect(paths).toContain(`/${TENANT}/discovery/v2.0/keys`);
  });

  it('is another person’s with another person’s token', async () => {
    const { text } = await shownIn(await come(`Bearer ${signed({ oid: BEN.toUpperCase() })}`));
    expect(text).toContain('Ben’s system');
    expect(text).toContain('10:00 AM Pacific Time');
    expect(text).not.toContain('Ana');
  });

  it('says how to begin to somebody whom the bot does not know yet', async () => {
    const answer = await come(`Bearer ${signed({ oid: ELSEWHERE })}`);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({
      heading: 'We have not met yet',
      text: expect.stringContaining('write to me in the chat first'),
      chatUrl: expect.stringContaining(`28:${APP_ID}`),
    });
  });

  it('is told nobody who asks in another way', async () => {
    const headers = { authorization: `Bearer ${signed()}` };
    const post = await fetch(`${tab.origin}/teams/tab/me`, { method: 'POST', headers });
    expect(post.status).toBe(404);
    const head = await fetch(`${tab.origin}/teams/tab/me`, { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([401, '']);
    expect((await fetch(`${tab.origin}/teams/tab/me?token=${signed()}`)).status).toBe(401);
    expect(asked).toEqual([]);
  });
});

describe('a token', () => {
  test.each([
    [
      'of the older kind',
      { iss: `https://sts.windows.net/${TENANT}/`, aud: `api://bot.example.gov/${APP_ID}` },
    ],
    ['of a clock four minutes ahead', { nbf: NOW + 240, iat: NOW + 240 }],
    ['that ended four minutes ago', { exp: NOW - 240 }],
    ['that says it is a person’s', { idtyp: 'user' }],
  ])('%s is good', async (_what, changes) => {
    expect((await come(`Bearer ${signed(changes)}`)).status).toBe(200);
  });

  const bad: readonly [string, () => string, number?][] = [
    ['that has run out', () => signed({ exp: NOW - 600 })],
    ['that begins later', () => signed({ nbf: NOW + 600 })],
    ['without an end', () => without('exp')],
    ['for somebody else', () => signed({ aud: '00000003-0000-0000-c000-000000000000' })],
    ['for our name under another address', () => signed({ aud: `api://evil.example/${APP_ID}` })],
    ['of another issuer', () => signed({ iss: 'https://login.example.com/v2.0' })],
    ['of another cloud', () => signed({ iss: `https://login.microsoftonline.us/${TENANT}/v2.0` })],
    ['whose tenant is not its issuer’s', () => signed({ tid: ELSEWHERE })],
    [
      'that names our tenant, issued by another',
      () => signed({ iss: `https://sts.windows.net/${ELSEWHERE}/` }),
    ],
    [
      'of another tenant',
      () => signed({ tid: ELSEWHERE, iss: `https://login.microsoftonline.com/${ELSEWHERE}/v2.0` }),
      403,
    ],
    ['without a signature', () => signed({}, { algorithm: 'none' })],
    ['signed with the published key as a secret', () => signed({}, { algorithm: 'HS256' })],
    ['signed by a stranger', () => signed({}, { key: keyNamed('stranger') })],
    [
      'signed by a stranger in the name of the key',
      () => signed({}, { key: keyNamed('stranger'), kid: keyNamed('people').kid }),
    ],
    ['of an application', () => signed({ scp: undefined, idtyp: 'app', roles: ['access_as_user'] })],
    ['of an application that claims the scope', () => signed({ idtyp: 'app' })],
    ['without the scope', () => signed({ scp: 'User.Read access_as_user_too' })],
    ['without any scope', () => without('scp')],
    ['whose scope is a list', () => signed({ scp: ['access_as_user'] })],
    ['without a person', () => without('oid')],
    ['of no person’s id', () => signed({ oid: `${ANA}/../${BEN}` })],
    ['cut short', () => signed().slice(0, -40)],
    ['of other words', () => `${signed().split('.')[0]}.e30.${signed().split('.')[2]}`],
    ['that is none', () => 'abc'],
    ['of dots', () => '..'],
    ['of JSON that is no object', () => `${Buffer.from('5').toString('base64url')}.NQ.NQ`],
  ];
  test.each(bad)('%s is refused, and nothing of anybody is said', async (_what, make, status = 401) => {
    const token = make();
    const answer = await come(`Bearer ${token}`);
    const words = await answer.text();
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([status, 'no-store']);
    expect(JSON.parse(words).error).toMatch(/^[A-Z].+\.$/u);
    const said = words + JSON.stringify(log.lines);
    expect(said).not.toMatch(/Ana|ana@|aaaa0000|72f0c0de|99990000|ISSO-2026|eyJ/u);
    expect(asked).toEqual([]);
  });

  test.each([null, '', 'Bearer', 'Bearer ', 'Basic YW5hOmFuYQ==', 'token'])(
    'missing in %j',
    async (given) => {
      const answer = await come(given);
      expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
      expect(await answer.json()).toMatchObject({ why: 'missing', error: expect.stringContaining('Teams') });
    },
  );

  it('of a government cloud is good there, and nowhere else', async () => {
    const gov = await serve(standIn, 'gcch');
    const token = signed({ iss: `https://login.microsoftonline.us/${TENANT}/v2.0` });
    const answer = await come(`Bearer ${token}`, gov.origin);
    expect((await shownIn(answer)).chatUrl).toMatch(/^https:\/\/gov\.teams\.microsoft\.us\/l\/chat\//u);
    expect((await come(`Bearer ${signed()}`, gov.origin)).status).toBe(401);
    const policy = (await fetch(`${gov.origin}/teams/tab`)).headers.get('content-security-policy') ?? '';
    expect(policy).toContain(
      'frame-ancestors https://gov.teams.microsoft.us https://*.gov.teams.microsoft.us',
    );
    expect(policy).not.toContain('.com');
    await gov.close();
  });
});

describe('Microsoft’s keys', () => {
  it('that can not be had leave the person in doubt, not refused', async () => {
    const fresh = await serve(standIn);
    keysStatus = 500;
    const answer = await come(`Bearer ${signed()}`, fresh.origin);
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({
      why: 'unavailable',
      error: expect.stringContaining('few minutes'),
    });
    expect(log.lines.map(({ level }) => level).filter((level) => level !== 'info')).toEqual(['warn']);
    expect(JSON.stringify(log.lines)).not.toMatch(/eyJ|aaaa0000/u);
    keysStatus = 200;
    expect((await come(`Bearer ${signed()}`, fresh.origin)).status).toBe(200);
    await fresh.close();
    const nowhere = await serve('http://127.0.0.1:9');
    expect((await come(`Bearer ${signed()}`, nowhere.origin)).status).toBe(503);
    // A token that is plainly wrong is refused without them.
    expect((await come(`Bearer ${signed({}, { algorithm: 'HS256' })}`, nowhere.origin)).status).toBe(401);
    await nowhere.close();
  });

  it('are kept, so that they may be away for a while', async () => {
    const fresh = await serve(standIn);
    expect((await come(`Bearer ${signed()}`, fresh.origin)).status).toBe(200);
    const before = paths.length;
    keysStatus = 500;
    expect((await come(`Bearer ${signed({ oid: BEN })}`, fresh.origin)).status).toBe(200);
    expect(paths.length).toBe(before);
    await fresh.close();
  });
});

describe('the page and its files', () => {
  const get = (path: string) => fetch(`${tab.origin}${path}`);
  const FILES = ['tab.js', 'host.js', 'cards.js', 'teams.js', 'adaptivecards.js', 'tab.css', 'cards.css'];

  it('may stand in the frames of Teams alone, speak to this server alone, and hold nothing of anybody', async () => {
    for (const path of ['/teams/tab', ...FILES.map((name) => `/teams/tab/${name}`)]) {
      const answer = await get(path);
      const type = path.endsWith('.js')
        ? 'text/javascript'
        : path.endsWith('.css')
          ? 'text/css'
          : 'text/html';
      expect([path, answer.status, answer.headers.get('content-type')]).toEqual([
        path,
        200,
        `${type}; charset=utf-8`,
      ]);
      const policy = answer.headers.get('content-security-policy')?.split('; ');
      expect(policy).toEqual([
        "default-src 'self'",
        "connect-src 'self'",
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'none'",
        `frame-ancestors ${hostsIn('public', null).frames.join(' ')}`,
      ]);
      expect(answer.headers.get('x-frame-options')).toBeNull();
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
      expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
      expect(answer.headers.get('cross-origin-resource-policy')).toBe('same-origin');
      expect((await answer.text()).length).toBeGreaterThan(500);
    }
    expect(asked).toEqual([]);
  });

  it('the page runs no script but its files, by addresses that hold under any path', async () => {
    const html = await (await get('/teams/tab')).text();
    expect(html).not.toMatch(/<script(?![^>]*\ssrc=)|\son\w+=|\sstyle=|<style/u);
    const named = [...html.matchAll(/(?:src|href)="([^"]+)"/gu)].map(([, address]) => address);
    expect(named.filter((address) => !/^(?:tab\/[a-z]+\.(?:js|css)|data:,)$/u.test(address ?? ''))).toEqual(
      [],
    );
    for (const address of named.filter((each) => each !== 'data:,'))
      expect((await get(`/teams/${address}`)).status).toBe(200);
  });

  test.each([
    '/teams/tab/',
    '/teams/tab/index.html',
    '/teams/tab/other.js',
    '/teams/tab/../tab.ts',
    '/teams/tab/..%2Ftab.ts',
    '/teams/tab/%2e%2e/sign-in.ts',
    '/teams/',
  ])('nothing else is there: %s', async (path) => {
    const answer = await get(path);
    expect(answer.status).toBe(404);
    expect(answer.headers.get('x-frame-options')).toBe('DENY');
  });

  it('what is personal stands in no frame', async () => {
    const { headers } = await come(`Bearer ${signed()}`);
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });

  it('are not there for sending', async () => {
    expect((await fetch(`${tab.origin}/teams/tab`, { method: 'POST' })).status).toBe(404);
    expect((await fetch(`${tab.origin}/teams/tab`, { method: 'HEAD' })).status).toBe(200);
  });
});
