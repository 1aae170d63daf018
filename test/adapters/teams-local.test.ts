import { networkInterfaces } from 'node:os';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { hostsIn } from '../../adapters/teams/cloud.ts';
import type { TeamsSettings } from '../../adapters/teams/config.ts';
import { messagesEndpoint } from '../../adapters/teams/endpoint.ts';
import { parseConfig } from '../../src/config.ts';
import { createHttp } from '../../src/http/server.ts';
import { isFromThisMachine } from '../../src/http/this-machine.ts';
import { say } from '../../src/messages/message.ts';
import { keepingLog } from '../support/fakes.ts';
import { type Outgoing, watchOutgoing } from '../support/outgoing.ts';
import { type RunningApp, startProgramme } from '../support/running-app.ts';
import { say as answerWith, bodyOf, closed, listenTo } from '../support/teams/answering.ts';
import type { Json } from '../support/teams/cards.ts';
import { type Door, openDoor, postRaw } from '../support/teams/door.ts';
import { type FakeCloud, startFakeCloud } from '../support/teams/fake-cloud.ts';
import { record } from '../support/teams/records.ts';
import { resend } from '../support/teams/wire.ts';

/** Microsoft's local test client: its connector is on this machine, its ids are made up, one digit too long. */
const TENANT = '00000000-0000-0000-0000-0000000000001';
const USER = '00000000-0000-0000-0000-0000000000020';
const DIRECT = 'personal-chat-id';

function settingsOf(environment: Readonly<Record<string, string>>): TeamsSettings {
  const parsed = parseConfig(environment);
  if (!parsed.ok || !parsed.config.teams) throw new Error('Teams is not set up');
  return parsed.config.teams;
}
const problems = (environment: Readonly<Record<string, string>>): readonly string[] => {
  const parsed = parseConfig(environment);
  return parsed.ok ? [] : parsed.problems.map(({ name }) => name);
};

/** What the test client was sent. */
const sent: { readonly path: string; readonly token: string; readonly body: Json }[] = [];
let client: Awaited<ReturnType<typeof listenTo>>;
let door: Door;
let cloud: FakeCloud;
let outgoing: Outgoing;
beforeAll(async () => {
  client = await listenTo(async (request, response) => {
    const { url = '', headers } = request;
    sent.push({ path: url, token: headers.authorization ?? '', body: await bodyOf(request) });
    answerWith(response, { status: 201, body: { id: 'an-answer' } });
  });
  cloud = await startFakeCloud();
  door = await openDoor({
    cloud,
    settings: settingsOf({ TEAMS_LOCAL: 'on' }),
    answer: (_event, reply) => reply.say(say('Heard.'), 'America/New_York'),
  });
  outgoing = watchOutgoing();
});
afterAll(async () => {
  outgoing.stop();
  await door.close();
  await cloud.stop();
  await closed(client.server);
});
beforeEach(() => {
  sent.length = 0;
  outgoing.forget();
});
afterEach(() => {
  // Nobody is asked but the test client: not for keys, not for tokens.
  const ours = [door.url, cloud.url, client.url, client.url.replace('127.0.0.1', 'localhost')];
  expect(outgoing.hosts('127.0.0.1', ...ours.map((url) => new URL(url).host))).toEqual([]);
  expect(cloud.asked).toEqual([]);
});

let told = 0;
function message(facts: Json = {}): Json {
  told += 1;
  return record('message-personal', {
    id: `local-${told}`,
    serviceUrl: `${client.url.replace('127.0.0.1', 'localhost')}/_connector`,
    from: { id: 'user-id-0', name: 'Alex Wilber', aadObjectId: USER },
    recipient: { id: '00000000-0000-0000-0000-00000000000011', name: 'Test Bot' },
    conversation: { id: DIRECT, conversationType: 'personal', tenantId: TENANT },
    channelData: { tenant: { id: TENANT } },
    ...facts,
  });
}
const JSON_TYPE = { 'content-type': 'application/json' };
const told200 = async (facts: Json = {}): Promise<void> => {
  const answer = await resend(door.wire, { authorization: null, text: JSON.stringify(message(facts)) });
  expect(answer.status).toBe(200);
  await door.idle();
};

describe('without credentials', () => {
  it('a test client of this machine is heard without a token, and answered without one', async () => {
    await told200();
    expect(door.events.at(-1)).toMatchObject({
      kind: 'said',
      from: { platform: 'teams', userId: `${TENANT}/${USER}`, channel: null },
      text: 'I need an ISSO',
    });
    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatchObject({
      path: `/_connector/v3/conversations/${DIRECT}/activities`,
      token: '',
      body: { from: { id: '28:local' }, conversation: { id: DIRECT } },
    });
  });

  it('is heard as well with a token, of which nobody takes notice', async () => {
    const text = JSON.stringify(message());
    expect((await resend(door.wire, { authorization: 'Bearer a.b.c', text })).status).toBe(200);
    await door.idle();
    expect(sent[0]?.token).toBe('');
  });

  it('is taken for any tenant and any person, each told from the other', async () => {
    const other = {
      id: DIRECT,
      conversationType: 'personal',
      tenantId: '11111111-1111-4222-8333-444455556666',
    };
    await told200({ conversation: other, channelData: null });
    expect(door.events.at(-1)?.from.userId).toBe(`11111111-1111-4222-8333-444455556666/${USER}`);
  });

  it.each([
    ['another machine’s name', { host: 'bot.example.gov' }],
    ['a name that begins like this machine’s', { host: 'localhost.evil.example' }],
    ['an address that begins like this machine’s', { host: '127.0.0.1.evil.example:3978' }],
    ['another address', { host: '10.0.0.1:3978' }],
    ['a name that somebody points at this machine', { host: 'rebound.evil.example' }],
    ['a page of a browser', { origin: 'https://evil.example' }],
    ['a page of this machine', { origin: 'http://localhost:3000' }],
    ['a page that hides where it is from', { origin: 'null' }],
    ['a proxy on this machine, which may be open to all', { 'x-forwarded-for': '203.0.113.7' }],
  ])('nobody is heard who comes by %s', async (_by, headers) => {
    const before = door.effects();
    const answer = await postRaw(door.url, JSON.stringify(message()), { ...JSON_TYPE, ...headers });
    expect(answer.status).toBe(403);
    expect(answer.text).toContain('on its own machine only');
    await door.idle();
    expect(door.effects()).toEqual(before);
    expect(sent).toEqual([]);
  });

  it.each([
    'https://smba.trafficmanager.net/teams/',
    'https://smba.infra.gov.teams.microsoft.us/teams/',
    'http://smba.trafficmanager.net/teams/',
    'https://localhost/_connector',
    'http://localhost.evil.example/_connector',
    'http://127.0.0.1.evil.example/',
    'http://10.0.0.1/_connector',
    'http://169.254.169.254/latest/',
    'http://me:secret@localhost/_connector',
    'http://localhost/_connector?to=evil',
    'file:///etc/passwd',
    '',
  ])('nobody is answered away from this machine: %j', async (serviceUrl) => {
    const before = door.effects();
    const text = JSON.stringify(message({ serviceUrl }));
    expect((await resend(door.wire, { authorization: null, text })).status).toBe(403);
    await door.idle();
    expect(door.effects()).toEqual(before);
    expect(sent).toEqual([]);
  });

  it('nobody is heard but test clients of Teams', async () => {
    for (const channelId of ['webchat', 'emulator']) {
      const text = JSON.stringify(message({ channelId }));
      expect((await resend(door.wire, { authorization: null, text })).status).toBe(400);
    }
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])
      expect((await postRaw(door.url, JSON.stringify(message()), { 'content-type': type })).status).toBe(415);
  });

  const away = Object.values(networkInterfaces())
    .flatMap((each) => each ?? [])
    .find(({ internal, family }) => !internal && family === 'IPv4');
  it.skipIf(!away)('nobody is heard by another address of this machine, whatever name they use', async () => {
    const heard: unknown[] = [];
    const log = keepingLog();
    const http = createHttp({ log, ready: async () => [] });
    const trust = { hosts: hostsIn('public', null), standIn: null, isLocal: true };
    const hear = async (activity: unknown) => {
      heard.push(activity);
      return { status: 200 } as const;
    };
    http.mount('/api', messagesEndpoint({ tokens: null, trust, tenant: null, log, isFromThisMachine, hear }));
    const { port } = await http.listen({ host: '0.0.0.0', port: 0 });
    const text = JSON.stringify(message());
    const host = { host: `localhost:${port}` };
    outgoing.stop();
    const there = await postRaw(`http://${away?.address}:${port}`, text, { ...JSON_TYPE, ...host });
    const here = await postRaw(`http://127.0.0.1:${port}`, text, { ...JSON_TYPE, ...host });
    outgoing = watchOutgoing();
    expect([there.status, here.status, heard.length]).toEqual([403, 200, 1]);
    await http.close();
  });

  it('there is no tab, because nobody can sign in', async () => {
    for (const path of ['/teams/tab', '/teams/tab/me', '/teams/tab/tab.js'])
      expect((await fetch(`${door.url}${path}`)).status).toBe(404);
  });
});

describe('letting test clients in', () => {
  const APP = {
    TEAMS_APP_ID: '15500b07-aaaa-4bbb-8ccc-dddd0000eeee',
    TEAMS_TENANT_ID: '72f0c0de-1111-4222-8333-444455556666',
    TEAMS_ISPG_CHANNEL: '19:ispgChannel0001@thread.tacv2',
    TEAMS_PROGRAM_CHANNEL: '19:programmeChannel0001@thread.tacv2',
  };

  it('is said by one setting, and the console stays', () => {
    expect(settingsOf({ TEAMS_LOCAL: 'on' })).toMatchObject({ app: null, standIn: null });
    const parsed = parseConfig({ TEAMS_LOCAL: 'on' });
    expect(parsed.ok && parsed.config.console.on).toBe(true);
    const { channels } = settingsOf({ TEAMS_LOCAL: 'on', TEAMS_ISPG_CHANNEL: APP.TEAMS_ISPG_CHANNEL });
    expect(channels).toEqual({ ispg: APP.TEAMS_ISPG_CHANNEL, issoaas: null });
  });

  it('is never said of a real bot, nor of one that other machines reach', () => {
    expect(problems({ TEAMS_LOCAL: 'on', ...APP })).toContain('TEAMS_APP_ID');
    expect(problems({ TEAMS_LOCAL: 'on', TEAMS_APP_PASSWORD: 'a-client-secret' })).toEqual([
      'TEAMS_APP_PASSWORD',
    ]);
    expect(problems({ TEAMS_LOCAL: 'on', TEAMS_CERTIFICATE_FILE: '/no/such' })).toEqual([
      'TEAMS_CERTIFICATE_FILE',
    ]);
    expect(problems({ TEAMS_LOCAL: 'on', HOST: '0.0.0.0', CONSOLE: 'off' })).toEqual(['TEAMS_LOCAL']);
    expect(problems({ TEAMS_LOCAL: 'on', HOST: '192.168.1.5', CONSOLE: 'off' })).toEqual(['TEAMS_LOCAL']);
    expect(problems({ TEAMS_LOCAL: 'yes' })).toContain('TEAMS_LOCAL');
    expect(problems({ TEAMS_LOCAL: 'off' })).toEqual([]);
  });
});

describe('without credentials and without leave for test clients', () => {
  let app: RunningApp;
  beforeAll(async () => {
    app = await startProgramme({ TEAMS_LOCAL: 'off' });
  });
  afterAll(() => app.stop());

  it('there is nothing at the addresses of Teams', async () => {
    const body = JSON.stringify(message());
    const answered = await postRaw(app.url, body, JSON_TYPE);
    expect([answered.status, (await fetch(`${app.url}/teams/tab`)).status]).toEqual([404, 404]);
    outgoing.forget();
  });
});
