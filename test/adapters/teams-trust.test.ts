import { createRequire } from 'node:module';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createTokenCheck } from '../../adapters/teams/bot-framework.ts';
import { hostsIn, TEAMS_CLOUDS } from '../../adapters/teams/cloud.ts';
import { messagesEndpoint } from '../../adapters/teams/endpoint.ts';
import { createHttp } from '../../src/http/server.ts';
import { isFromThisMachine } from '../../src/http/this-machine.ts';
import { say } from '../../src/messages/message.ts';
import { keepingLog } from '../support/fakes.ts';
import { type Outgoing, watchOutgoing } from '../support/outgoing.ts';
import { settingsFor } from '../support/teams/bare-teams.ts';
import type { Json } from '../support/teams/cards.ts';
import { type Door, type DoorOptions, openDoor, postRaw } from '../support/teams/door.ts';
import { APP_PASSWORD, type FakeCloud, startFakeCloud, TAKEN } from '../support/teams/fake-cloud.ts';
import { keyNamed, tokenOf } from '../support/teams/keys.ts';
import { record } from '../support/teams/records.ts';
import { authorizationFor, type HttpAnswer, resend, type Spoilt, send } from '../support/teams/wire.ts';
import { APP_ID, addConversation, addUser, TENANT } from '../support/teams/world.ts';

const OTHER_TENANT = '99990000-1111-4222-8333-444455556666';
const EMULATOR = 'd6d49420-f39b-4df7-a1dc-d59a935871db';
const GOVERNMENT_SERVICES = 'cab8a31a-1906-4287-a0d8-4eef66b95f6e';
const MICROSOFT = '72f988bf-86f1-41af-91ab-2d7cd011db47';
const BO = 'b0b0b0b0-1111-4222-8333-444455556666';
const SECRET_WORDS = 'The system is called Nightingale.';
const MINUTE = 60;

let cloud: FakeCloud;
let door: Door;
let outgoing: Outgoing;
const doors: Door[] = [];
/** Whatever the SDK would write to the console arrives there, however it is quieted. */
const console_ = console as unknown as {
  readonly _stdout: NodeJS.WriteStream;
  readonly _stderr: NodeJS.WriteStream;
};
const shown: string[] = [];

async function newDoor(options: Partial<DoorOptions> = {}): Promise<Door> {
  const made = await openDoor({ cloud, settings: settingsFor((options.cloud ?? cloud).url), ...options });
  doors.push(made);
  return made;
}

beforeAll(async () => {
  cloud = await startFakeCloud();
  addUser(cloud.world, { objectId: BO, name: 'Beatriz Owens' });
  addConversation(cloud.world, { id: String(personal().id), kind: 'personal', members: [BO] });
  for (const stream of [console_._stdout, console_._stderr])
    vi.spyOn(stream, 'write').mockImplementation((text) => {
      shown.push(String(text));
      return true;
    });
  outgoing = watchOutgoing();
  door = await newDoor({
    answer: async (event, reply) => {
      if (event.kind === 'said' || event.kind === 'pressed')
        await reply.say(say('Heard.'), 'America/New_York');
    },
  });
});
afterAll(async () => {
  outgoing.stop();
  for (const made of doors) await made.close();
  await cloud.stop();
  vi.restoreAllMocks();
});
beforeEach(() => {
  cloud.fate = () => TAKEN;
  outgoing.forget();
});
afterEach(() => {
  vi.useRealTimers();
});

let told = 0;
/** A message that was never sent before. */
function message(facts: Json = {}): Json {
  told += 1;
  return record('message-personal', {
    id: `17961336${String(told).padStart(5, '0')}`,
    serviceUrl: cloud.serviceUrl,
    text: SECRET_WORDS,
    ...facts,
  });
}
const personal = (): Json => record('message-personal').conversation as Json;
const seconds = (): number => Math.floor(Date.now() / 1_000);
/** What has come of the bot so far, and what it has asked of others but for keys and its own tokens. */
const effects = () => ({
  ...door.effects(),
  asked: cloud.asked.filter(({ what }) => !['openid', 'keys', 'token'].includes(what)).length,
  faults: cloud.faults.length,
});

/** Sends it and sees that it is refused with that status, that nothing comes of it, and that nobody else is asked. */
async function refused(sending: () => Promise<{ readonly status: number }>, status: number): Promise<void> {
  const before = effects();
  outgoing.forget();
  const answer = await sending();
  await door.idle();
  expect(answer.status).toBe(status);
  expect(effects()).toEqual(before);
  expect(outgoing.hosts(new URL(door.url).host, new URL(cloud.url).host)).toEqual([]);
}

describe('a request with Teams’ own token', () => {
  it('is taken, handed on once and answered where it was said', async () => {
    const before = effects();
    expect(await send(door.wire, message())).toMatchObject({ status: 200, body: null });
    await door.idle();
    const after = effects();
    expect(after.events).toBe(before.events + 1);
    expect(door.events.at(-1)).toMatchObject({
      kind: 'said',
      text: SECRET_WORDS,
      from: { userId: `${TENANT}/${BO}` },
    });
    const posts = cloud.asked.filter(({ what }) => what === 'post');
    expect(posts.at(-1)?.conversation).toBe(personal().id);
    expect(cloud.asked.filter(({ what }) => what === 'keys')).toHaveLength(1);
  });

  it.each([
    ['for the app’s own address', { aud: `api://${APP_ID}` }],
    ['for the bot’s own address', { aud: `api://botid-${APP_ID}` }],
    ['that names the bot’s own tenant', { tid: TENANT }],
    ['that ran out four minutes ago', { exp: seconds() - 4 * MINUTE }],
    ['that begins in four minutes', { nbf: seconds() + 4 * MINUTE }],
  ])('is taken: %s', async (_how, claims) => {
    const before = door.events.length;
    expect((await send(door.wire, message(), { claims })).status).toBe(200);
    await door.idle();
    expect(door.events.length).toBe(before + 1);
  });

  it('is taken a hundred times without asking for the keys again', async () => {
    const asked = cloud.asked.filter(({ what }) => what === 'keys' || what === 'openid').length;
    const answers = await Promise.all(Array.from({ length: 100 }, () => send(door.wire, message())));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    await door.idle();
    expect(cloud.asked.filter(({ what }) => what === 'keys' || what === 'openid')).toHaveLength(asked);
  });
});

/** `tid` and issuer of a token that looks as Microsoft's test client signs it. */
const asEmulator = (tid: string, version: '1.0' | '2.0' = '2.0') => ({
  ver: version,
  tid,
  iss:
    version === '2.0' ? `https://login.microsoftonline.com/${tid}/v2.0` : `https://sts.windows.net/${tid}/`,
  ...(version === '2.0' ? { azp: APP_ID } : { appid: APP_ID }),
});
const SPOILT: readonly (readonly [how: string, spoilt: Spoilt])[] = [
  ['no header', { header: null }],
  ['an empty header', { header: '' }],
  ['another scheme', { header: 'Basic dXNlcjpwYXNzd29yZA==' }],
  ['the scheme alone', { header: 'Bearer' }],
  ['the scheme and a blank', { header: 'Bearer ' }],
  ['no token', { header: 'Bearer undefined' }],
  ['garbage', { header: 'Bearer a.b.c' }],
  ['a token of two parts', { header: 'Bearer eyJhbGciOiJSUzI1NiJ9.e30' }],
  ['a header that is no JSON', { header: 'Bearer bm9uc2Vuc2U.bm9uc2Vuc2U.bm9uc2Vuc2U' }],
  ['a huge token', { header: `Bearer ${'a'.repeat(4_000)}.${'b'.repeat(4_000)}.c` }],
  ['a token that ran out', { claims: { exp: seconds() - 6 * MINUTE } }],
  ['a token that ran out long ago', { claims: { exp: 1 } }],
  ['a token that is not yet valid', { claims: { nbf: seconds() + 6 * MINUTE } }],
  ['a token that never runs out', { claims: { exp: undefined } }],
  ['an end that is no number', { claims: { exp: String(seconds() + 3_600) } }],
  ['another audience', { claims: { aud: '0ddba11f-aaaa-4bbb-8ccc-dddd0000eeee' } }],
  ['no audience', { claims: { aud: undefined } }],
  ['several audiences', { claims: { aud: [APP_ID, 'another'] } }],
  ['the channel as audience', { claims: { aud: 'https://api.botframework.com' } }],
  ['another issuer', { claims: { iss: 'https://evil.example' } }],
  ['the issuer of another cloud', { claims: { iss: 'https://api.botframework.us' } }],
  ['an issuer with a slash more', { claims: { iss: 'https://api.botframework.com/' } }],
  ['no issuer', { claims: { iss: undefined } }],
  ['an issuer that is a list', { claims: { iss: ['https://api.botframework.com'] } }],
  ['another service URL', { claims: { serviceurl: 'https://smba.trafficmanager.net/amer/' } }],
  ['no service URL', { claims: { serviceurl: undefined } }],
  ['a service URL of one slash less', { claims: { serviceurl: 'http://127.0.0.1/teams' } }],
  ['another key under the same name', { key: 'other' }],
  ['a key that is not published', { key: 'unknown' }],
  ['the key of people’s sign-in', { key: 'people' }],
  ['no signature', { algorithm: 'none' }],
  ['the published key as a secret', { algorithm: 'HS256' }],
  ['a token of another tenant', { claims: { tid: OTHER_TENANT } }],
  ['a token of the services of another cloud', { claims: { tid: GOVERNMENT_SERVICES } }],
  ['a token of no tenant', { claims: { tid: null } }],
  ['a tenant that is no text', { claims: { tid: [TENANT] } }],
  ['a token of the test client', { claims: asEmulator(EMULATOR) }],
  ['a token of the older test client', { claims: asEmulator(EMULATOR, '1.0') }],
  ['a token of Microsoft’s own tenant', { claims: asEmulator(MICROSOFT, '1.0') }],
  ['a test client’s token of the bot’s own tenant', { claims: asEmulator(TENANT) }],
  ['the same, of the older kind', { claims: asEmulator(TENANT, '1.0') }],
  ['a token of another bot that calls this one', { claims: { ver: '1.0', appid: OTHER_TENANT } }],
  ['an anonymous token of a bot', { claims: { ver: '1.0', appid: 'AnonymousSkill' } }],
];

describe('a request without Teams’ own token', () => {
  it.each(SPOILT)('is refused: %s', async (_how, spoilt) => {
    await refused(() => send(door.wire, message(), spoilt), 401);
  });

  it('is refused when one letter of it is another', async () => {
    const activity = message();
    const good = authorizationFor(door.wire, activity) ?? '';
    const [head = '', claims = '', signature = ''] = good.split('.');
    const other = (text: string): string =>
      `${text.slice(0, 12)}${text[12] === 'A' ? 'B' : 'A'}${text.slice(13)}`;
    for (const header of [
      `${head}.${other(claims)}.${signature}`,
      `${head}.${claims}.${other(signature)}`,
      `${head}.${claims}.`,
      good.replace('Bearer', 'bearer'),
      good.replace('Bearer ', 'Bearer  '),
      `${good} `.padEnd(good.length + 2, 'x'),
      `${good}, ${good}`,
    ])
      await refused(() => send(door.wire, activity, { header }), 401);
  });

  it('is refused when its token names no key', async () => {
    const claims = {
      iss: cloud.app.issuer,
      aud: APP_ID,
      exp: seconds() + 3_600,
      serviceurl: cloud.serviceUrl,
    };
    const { kid: _none, ...nameless } = keyNamed('channel');
    const token = tokenOf(claims, { key: { ...nameless, kid: undefined as unknown as string } });
    await refused(() => send(door.wire, message(), { header: `Bearer ${token}` }), 401);
  });

  it.each(['webchat', 'directline', 'AseChannel', 'emulator', 'msteams ', 'MSTEAMS', ''])(
    'is refused for another channel, whatever its token: %j',
    async (channelId) => {
      await refused(() => send(door.wire, message({ channelId })), 401);
      const serviceurl = cloud.serviceUrl;
      const claims = { ...asEmulator(TENANT), serviceurl };
      await refused(() => send(door.wire, message({ channelId }), { claims }), 401);
    },
  );

  it('adds no tenant to those whose test clients are believed', async () => {
    const { ToBotFromBotOrEmulatorTokenValidationParameters: believed } = createRequire(import.meta.url)(
      'botframework-connector/lib/auth/tokenValidationParameters',
    ) as { readonly ToBotFromBotOrEmulatorTokenValidationParameters: { readonly issuer: readonly string[] } };
    await send(door.wire, message(), { claims: { tid: TENANT } });
    const before = [...believed.issuer];
    for (let index = 0; index < 50; index += 1) {
      const tid = `99990000-1111-4222-8333-4444555500${String(index).padStart(2, '0')}`;
      await send(door.wire, message(), { claims: { tid } });
      await send(door.wire, message(), { claims: asEmulator(tid) });
      await send(door.wire, message(), { claims: asEmulator(tid, '1.0') });
    }
    expect(believed.issuer).toEqual(before);
    expect(JSON.stringify(believed.issuer)).not.toContain('99990000');
    await door.idle();
  });
});

describe('a request of another tenant', () => {
  const data = { tenant: { id: OTHER_TENANT } };
  it.each([
    ['in the conversation', { conversation: { ...personal(), tenantId: OTHER_TENANT } }],
    ['in the channel’s data', { channelData: data }],
    [
      'in the channel’s data alone',
      { conversation: { ...personal(), tenantId: undefined }, channelData: data },
    ],
    ['nowhere', { conversation: { ...personal(), tenantId: undefined }, channelData: {} }],
    ['and is nothing of a tenant', { conversation: { ...personal(), tenantId: 'mine' }, channelData: null }],
  ])('is refused, whose tenant stands %s', async (_where, facts) => {
    await refused(() => send(door.wire, message(facts)), 403);
    const press = record('adaptive-card-action-manual', { serviceUrl: cloud.serviceUrl, ...facts });
    await refused(() => send(door.wire, press), 403);
  });

  it('is refused as Teams words it', async () => {
    const foreign = record('message-of-another-tenant', { serviceUrl: cloud.serviceUrl });
    await refused(() => send(door.wire, foreign), 403);
  });
});

/** Addresses that look like a service of a cloud, and are none of the public one. */
const ELSEWHERE: readonly string[] = [
  'http://smba.trafficmanager.net/teams/',
  'https://smba.trafficmanager.net:8443/teams/',
  'https://someone@smba.trafficmanager.net/teams/',
  'https://someone:secret@smba.trafficmanager.net/teams/',
  'https://smba.trafficmanager.net@evil.example/teams/',
  'https://smba.trafficmanager.net.evil.example/teams/',
  'https://smba.trafficmanager.net./teams/',
  'https://evil-smba.trafficmanager.net/teams/',
  'https://evil.smba.trafficmanager.net/teams/',
  'https://evil.trafficmanager.net/teams/',
  'https://evil-trafficmanager.net/teams/',
  'https://trafficmanager.net/teams/',
  'https://smba.trafficmanager.net%2eevil.example/',
  'https://smba.trafficmanager.net/teams/?to=evil',
  'https://smba.trafficmanager.net/teams/#evil',
  'https://smba.infra.gov.teams.microsoft.us/teams/',
  'https://smba.infra.dod.teams.microsoft.us/teams/',
  'https://smba.infra.gcc.teams.microsoft.com.evil.example/teams/',
  'https://evil.example/smba.trafficmanager.net/teams/',
  'https://127.0.0.1/teams/',
  'http://127.0.0.1:9/teams/',
  'http://localhost/teams/',
  'https://169.254.169.254/metadata/',
  'https://[::1]/teams/',
  'ftp://smba.trafficmanager.net/teams/',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'smba.trafficmanager.net/teams/',
  '//smba.trafficmanager.net/teams/',
  '',
];

describe('a service URL outside of the cloud', () => {
  /** The endpoint as it stands in the public cloud, with keys of a made-up one. */
  async function publicDoor() {
    const heard: string[] = [];
    const log = keepingLog();
    const trust = { hosts: hostsIn('public', null), standIn: null, isLocal: false };
    const tokens = createTokenCheck({ hosts: hostsIn('public', cloud.url), appId: APP_ID, tenantId: TENANT });
    const http = createHttp({ log, ready: async () => [] });
    const router = messagesEndpoint({
      ...{ tokens, trust, tenant: TENANT, log, isFromThisMachine },
      async hear(_activity, serviceUrl) {
        heard.push(serviceUrl);
        return { status: 200 };
      },
    });
    http.mount('/api', router);
    const { port } = await http.listen({ host: '127.0.0.1', port: 0 });
    const wire = { cloud, botUrl: () => `http://127.0.0.1:${port}`, now: () => Date.now() };
    return { heard, wire, close: () => http.close() };
  }

  it.each(ELSEWHERE)(
    'is refused although the token names it, and nobody ever goes there: %j',
    async (serviceUrl) => {
      const there = await publicDoor();
      outgoing.forget();
      const { status, body } = await send(there.wire, message({ serviceUrl }));
      expect([serviceUrl, status]).toEqual([serviceUrl, 403]);
      expect(JSON.stringify(body)).not.toContain('evil');
      expect(there.heard).toEqual([]);
      await there.close();
      // The bot of the made-up cloud is as careful.
      await refused(() => send(door.wire, message({ serviceUrl })), 403);
      const ours = [there.wire.botUrl(), door.url, cloud.url].map((url) => new URL(url).host);
      expect(outgoing.hosts(...ours)).toEqual([]);
    },
  );

  it('is told from one inside of it', async () => {
    const there = await publicDoor();
    for (const [serviceUrl, read] of [
      ['https://smba.trafficmanager.net/amer/', 'https://smba.trafficmanager.net/amer'],
      ['https://SMBA.trafficmanager.net:443/teams//', 'https://smba.trafficmanager.net/teams'],
      ['https://smba.trafficmanager.net', 'https://smba.trafficmanager.net'],
    ] as const) {
      expect((await send(there.wire, message({ serviceUrl }))).status).toBe(200);
      expect(there.heard.at(-1)).toBe(read);
    }
    await there.close();
  });
});

describe('a request that comes again, byte for byte', () => {
  const ON = '1:1cardToBeatriz000000000000000000000000000000';
  it.each([
    'message-personal',
    'message-submitted',
    'adaptive-card-action-manual',
    'task-fetch',
    'task-submit',
  ])('is answered each time and has one effect: %s', async (name) => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() });
    const own = record(name, { serviceUrl: cloud.serviceUrl, replyToId: ON, id: `f:again-${name}` });
    const before = effects();
    const first = await send(door.wire, own);
    expect(first.status).toBe(200);
    await door.idle();
    const after = effects();
    expect(after.events).toBe(before.events + 1);
    const answers: HttpAnswer[] = [];
    for (const waitedMs of [0, 1_000, 59_000, 61_000, 30 * 60_000]) {
      vi.setSystemTime(Date.now() + waitedMs);
      answers.push(await resend(door.wire, first.sent));
    }
    await door.idle();
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect({ ...effects(), kept: after.kept }).toEqual(after);
  });

  it('is refused once its token has run out', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() });
    const first = await send(door.wire, message());
    expect(first.status).toBe(200);
    await door.idle();
    vi.setSystemTime(Date.now() + 66 * 60_000);
    await refused(() => resend(door.wire, first.sent), 401);
  });
});

describe('the keys of Teams', () => {
  it.each([
    ['are answered with a server error', 'openid', { status: 500 }],
    ['are answered with nothing that is JSON', 'openid', { status: 200, body: 'x' }],
    ['are somewhere that is not told', 'openid', { status: 200, body: {} }],
    ['are refused', 'keys', { status: 403 }],
    ['are none', 'keys', { status: 200, body: { keys: [] } }],
    ['are not among what is answered', 'keys', { status: 200, body: { error: 'x' } }],
    ['can’t be reached', 'openid', 'reset'],
  ] as const)(
    'that %s are no reason to believe anybody, and are asked for again',
    async (_how, what, answers) => {
      const away = await startFakeCloud();
      const there = await newDoor({ cloud: away });
      away.fate = (asked) => (asked.what === what ? { lands: null, answers } : TAKEN);
      const tell = () => send(there.wire, message({ serviceUrl: away.serviceUrl }));
      const answer = await tell();
      expect(answer.status).toBe(503);
      expect(JSON.stringify(answer.body)).toContain('Send it again in a moment');
      expect(there.effects()).toEqual({ events: 0, kept: [] });
      away.fate = () => TAKEN;
      await vi.waitFor(async () => expect((await tell()).status).toBe(200), {
        timeout: 60_000,
        interval: 200,
      });
      await there.idle();
      expect(there.events).toHaveLength(1);
      expect(there.written()).not.toContain('http.failed');
      await away.stop();
    },
  );

  it('that were had are kept, whatever the next answer is', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() });
    const away = await startFakeCloud();
    const there = await newDoor({ cloud: away });
    const tell = (spoilt: Spoilt) => send(there.wire, message({ serviceUrl: away.serviceUrl }), spoilt);
    expect((await tell({ claims: {} })).status).toBe(200);
    vi.setSystemTime(Date.now() + 61 * 60_000);
    away.fate = ({ what }) => (what === 'openid' ? { lands: null, answers: { status: 500 } } : TAKEN);
    expect((await tell({ key: 'unknown' })).status).toBe(503);
    expect((await tell({ claims: {} })).status).toBe(200);
    await there.idle();
    await away.stop();
  });

  it('that never come, or break off, are waited for no longer than Teams waits', async () => {
    const tries = [
      ['openid', 'hang'],
      ['keys', 'truncated'],
    ] as const;
    const told = await Promise.all(
      tries.map(async ([what, answers]) => {
        const away = await startFakeCloud();
        const there = await newDoor({ cloud: away });
        away.fate = (asked) => (asked.what === what ? { lands: null, answers } : TAKEN);
        const tell = () => send(there.wire, message({ serviceUrl: away.serviceUrl }));
        const first = await tell();
        expect(there.effects()).toEqual({ events: 0, kept: [] });
        away.fate = () => TAKEN;
        await vi.waitFor(async () => expect((await tell()).status).toBe(200), { timeout: 60_000 });
        await there.idle();
        await away.stop();
        return first;
      }),
    );
    for (const { status, tookMs } of told) {
      expect(status).toBe(503);
      expect(tookMs).toBeLessThan(9_000);
    }
  });

  it('are looked at anew for a name that is not known, once an hour, and old ones still hold', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() });
    const turning = await startFakeCloud();
    const there = await newDoor({ cloud: turning });
    const tell = (spoilt?: Spoilt) => send(there.wire, message({ serviceUrl: turning.serviceUrl }), spoilt);
    const [old] = [turning.channelKey()];
    expect((await tell()).status).toBe(200);
    turning.turnKeys();
    expect((await tell({ claims: {} })).status).toBe(401);
    vi.setSystemTime(Date.now() + 61 * 60_000);
    expect((await tell({ claims: {} })).status).toBe(200);
    const byOld = {
      ...{ iss: turning.app.issuer, aud: APP_ID, exp: seconds() + 3_600 },
      serviceurl: turning.serviceUrl,
    };
    expect((await tell({ header: `Bearer ${tokenOf(byOld, { key: old })}` })).status).toBe(200);
    for (let time = 0; time < 20; time += 1) expect((await tell({ key: 'unknown' })).status).toBe(401);
    expect(turning.asked.filter(({ what }) => what === 'keys')).toHaveLength(2);
    await there.idle();
    await turning.stop();
  });
});

describe('a body', () => {
  const JSON_TYPE = 'application/json; charset=utf-8';
  const good = (): string => authorizationFor(door.wire, { serviceUrl: cloud.serviceUrl }) ?? '';
  const post = (body: string | Uint8Array, headers: Readonly<Record<string, string>> = {}) =>
    postRaw(door.url, body, { 'content-type': JSON_TYPE, authorization: good(), ...headers });

  it('that is no activity is the sender’s mistake', async () => {
    const text = JSON.stringify(message());
    for (const body of [
      '',
      '{',
      'null',
      '5',
      '"x"',
      'true',
      '[]',
      `[${text}]`,
      '{}',
      'a=b',
      `${text}x`,
      '\0',
    ])
      await refused(() => post(body), 400);
    const halves = Buffer.concat([Buffer.from(text.slice(0, -1)), Buffer.from([0xff, 0xfe, 0x7d])]);
    await refused(() => post(halves), 400);
    const [before = '', after = ''] = text.split('Nightingale');
    const inside = Buffer.concat([Buffer.from(before), Buffer.from([0xff]), Buffer.from(after)]);
    await refused(() => post(inside), 400);
  });

  it('in another form is not read', async () => {
    const text = JSON.stringify(message());
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'x',
      '',
    ])
      await refused(() => post(text, { 'content-type': type }), 415);
    for (const coding of ['gzip', 'deflate', 'br', 'x'])
      await refused(() => post(gzipSync(text), { 'content-encoding': coding }), 415);
    await refused(() => post(text, { 'content-type': 'application/json; charset=latin1' }), 415);
  });

  it('that is too large is not read, and deep ones do no harm', async () => {
    await refused(() => post(JSON.stringify(message({ text: 'x'.repeat(300_000) }))), 413);
    await refused(() => post(' '.repeat(300_000)), 413);
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    await refused(() => post(deep), 400);
    const before = door.events.length;
    const text = JSON.stringify(message());
    for (const member of ['value', 'channelData', 'entities', 'more']) {
      const inner = `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`;
      const { status } = await post(`${text.slice(0, -1)},"${member}":${inner}}`);
      expect([200, 400, 403], member).toContain(status);
    }
    await door.idle();
    expect(door.events.length - before).toBeLessThanOrEqual(1);
  });

  it('is not even read where nobody says who sends it', async () => {
    const sent = { 'content-type': JSON_TYPE };
    await refused(() => postRaw(door.url, JSON.stringify(message()), sent), 401);
    await refused(() => postRaw(door.url, '{'.repeat(200_000), sent), 401);
    await refused(() => postRaw(door.url, '', {}), 401);
  });

  it('with a member of another kind is read without it, or refused', async () => {
    const whole = message();
    for (const member of Object.keys(whole))
      for (const value of [null, 0, '', 'x'.repeat(2_000), [], {}, true, [null], { id: 5 }]) {
        const before = effects();
        const activity = message({ [member]: value });
        const text = JSON.stringify(activity);
        const { status } = await resend(door.wire, { authorization: good(), text });
        await door.idle();
        expect([200, 400, 401, 403], `${member} ${JSON.stringify(value)}`).toContain(status);
        if (status !== 200) expect(effects()).toEqual(before);
      }
  });

  it('is answered to nobody but by POST', async () => {
    for (const method of ['GET', 'PUT', 'DELETE', 'HEAD'])
      expect((await fetch(`${door.url}/api/messages`, { method })).status).toBe(404);
  });
});

describe('what is written down', () => {
  it('has nothing of a token, of what was said, or of who said it', () => {
    const written = [...doors.map((made) => made.written()), ...shown].join('\n');
    const { id } = record('message-personal').from as { readonly id: string };
    for (const secret of ['Nightingale', 'eyJ', APP_PASSWORD, 'bot-token-', BO, 'Beatriz', id, 'evil'])
      expect(written).not.toContain(secret);
    expect(door.bot.lines.filter(({ level }) => level === 'warn').map(({ fields }) => fields)).toContainEqual(
      {
        refusal: 'unknown',
        status: 401,
      },
    );
    expect(door.bot.lines.filter(({ level }) => level === 'error')).toEqual([]);
  });

  it('is nothing at all on the console, where the SDK would complain', () => {
    expect(shown).toEqual([]);
    console.error('a probe');
    expect(shown.join('')).toContain('a probe');
  });

  it('leaves the clouds as they are', () => {
    expect(cloud.faults).toEqual([]);
    expect(TEAMS_CLOUDS).toEqual(['public', 'gcc', 'gcch', 'dod']);
  });
});
