import dns from 'node:dns';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, test, vi } from 'vitest';
import { createTokenCheck } from '../../adapters/teams/bot-framework.ts';
import {
  hostsIn,
  isLoopbackUrl,
  TEAMS_CLOUDS,
  type TeamsCloud,
  trustedServiceUrl,
} from '../../adapters/teams/cloud.ts';
import type { TeamsSettings } from '../../adapters/teams/config.ts';
import { parseConfig } from '../../src/config.ts';
import { say } from '../../src/messages/message.ts';
import { type Outgoing, watchOutgoing } from '../support/outgoing.ts';
import { say as answerWith, closed, listenTo } from '../support/teams/answering.ts';
import { addressOf, TO_ISPG } from '../support/teams/bare-teams.ts';
import { type Door, openDoor } from '../support/teams/door.ts';
import { type FakeCloud, startFakeCloud } from '../support/teams/fake-cloud.ts';
import { type Claims, keyNamed, type Signing, tokenOf } from '../support/teams/keys.ts';
import { record } from '../support/teams/records.ts';
import { APP_ID, ISPG_CHANNEL, PROGRAM_CHANNEL, TENANT } from '../support/teams/world.ts';

/** What stands where in each cloud, by hand from the domain reference, section 9.7. */
const TABLE = {
  public: {
    login: 'https://login.microsoftonline.com',
    scope: 'https://api.botframework.com/.default',
    issuer: 'https://api.botframework.com',
    openIdMetadata: 'https://login.botframework.com/v1/.well-known/openidconfiguration',
    channelService: '',
    client: 'https://teams.microsoft.com',
    firstServiceUrl: 'https://smba.trafficmanager.net/teams',
    serviceHosts: ['smba.trafficmanager.net'],
    showsImageUrls: true,
  },
  gcc: {
    login: 'https://login.microsoftonline.com',
    scope: 'https://api.botframework.com/.default',
    issuer: 'https://api.botframework.com',
    openIdMetadata: 'https://login.botframework.com/v1/.well-known/openidconfiguration',
    channelService: '',
    client: 'https://teams.microsoft.com',
    firstServiceUrl: 'https://smba.infra.gcc.teams.microsoft.com/teams',
    serviceHosts: ['smba.infra.gcc.teams.microsoft.com', 'smba.trafficmanager.net'],
    showsImageUrls: true,
  },
  gcch: {
    login: 'https://login.microsoftonline.us',
    scope: 'https://api.botframework.us/.default',
    issuer: 'https://api.botframework.us',
    openIdMetadata: 'https://login.botframework.azure.us/v1/.well-known/openidconfiguration',
    channelService: 'https://botframework.azure.us',
    client: 'https://gov.teams.microsoft.us',
    firstServiceUrl: 'https://smba.infra.gov.teams.microsoft.us/teams',
    serviceHosts: ['smba.infra.gov.teams.microsoft.us'],
    showsImageUrls: false,
  },
  dod: {
    login: 'https://login.microsoftonline.us',
    scope: 'https://api.botframework.us/.default',
    issuer: 'https://api.botframework.us',
    openIdMetadata: 'https://login.botframework.azure.us/v1/.well-known/openidconfiguration',
    channelService: 'https://botframework.azure.us',
    client: 'https://dod.teams.microsoft.us',
    firstServiceUrl: 'https://smba.infra.dod.teams.microsoft.us/teams',
    serviceHosts: ['smba.infra.dod.teams.microsoft.us'],
    showsImageUrls: false,
  },
} as const satisfies Record<TeamsCloud, unknown>;

/** Every host of a cloud that the bot may ever ask something of. */
const HOSTS: Readonly<Record<TeamsCloud, readonly string[]>> = {
  public: ['login.microsoftonline.com', 'login.botframework.com', 'smba.trafficmanager.net'],
  gcc: ['login.microsoftonline.com', 'login.botframework.com', 'smba.infra.gcc.teams.microsoft.com'],
  gcch: ['login.microsoftonline.us', 'login.botframework.azure.us', 'smba.infra.gov.teams.microsoft.us'],
  dod: ['login.microsoftonline.us', 'login.botframework.azure.us', 'smba.infra.dod.teams.microsoft.us'],
};
const COMMERCIAL =
  /(?:microsoftonline|botframework|office|office365|windows|azure|live|skype|microsoft)\.(?:com|net)$|trafficmanager\.net$|cloud\.microsoft$|azureedge\.net$/u;

describe('the clouds', () => {
  it.each(TEAMS_CLOUDS)('stand where Microsoft says: %s', (cloud) => {
    const { frames, ...hosts } = hostsIn(cloud, null);
    expect(hosts).toEqual(TABLE[cloud]);
    expect(frames).toContain(hosts.client);
  });

  it.each(['gcch', 'dod'] as const)('of a government name nothing of the commercial world: %s', (cloud) => {
    for (const address of JSON.stringify(hostsIn(cloud, null)).match(/[\w*-]+(?:\.[\w-]+)+/gu) ?? [])
      expect(address).not.toMatch(COMMERCIAL);
  });

  it('believe no service URL of another', () => {
    for (const cloud of TEAMS_CLOUDS)
      for (const other of TEAMS_CLOUDS) {
        const trust = { hosts: hostsIn(cloud, null), standIn: null, isLocal: false };
        const own: readonly string[] = TABLE[cloud].serviceHosts;
        for (const host of TABLE[other].serviceHosts) {
          const read = trustedServiceUrl(`https://${host}/teams/`, trust);
          expect([cloud, host, read !== null]).toEqual([cloud, host, own.includes(host)]);
        }
      }
  });

  it('in a stand-in’s place keep their names, and are asked nothing', () => {
    for (const cloud of TEAMS_CLOUDS) {
      const { issuer, scope, login, ...hosts } = hostsIn(cloud, 'http://127.0.0.1:4000');
      expect({ issuer, scope, login }).toMatchObject({
        issuer: TABLE[cloud].issuer,
        scope: TABLE[cloud].scope,
        login: TABLE[cloud].login,
      });
      expect(hosts).toMatchObject({
        openIdMetadata: 'http://127.0.0.1:4000/v1/.well-known/openidconfiguration',
        firstServiceUrl: 'http://127.0.0.1:4000/teams',
        serviceHosts: ['127.0.0.1:4000'],
      });
      const trust = {
        hosts: hostsIn(cloud, 'http://127.0.0.1:4000'),
        standIn: 'http://127.0.0.1:4000',
        isLocal: false,
      };
      for (const address of [
        'http://127.0.0.1:4001/teams',
        'https://127.0.0.1:4000/teams',
        TABLE[cloud].firstServiceUrl,
      ])
        expect(trustedServiceUrl(address, trust)).toBeNull();
      expect(trustedServiceUrl('http://127.0.0.1:4000/teams/', trust)).toBe('http://127.0.0.1:4000/teams');
    }
  });

  it('are told from this machine', () => {
    for (const here of [
      'http://localhost',
      'http://localhost:3979/_connector',
      'http://127.8.9.1/',
      'http://[::1]:80',
    ])
      expect([here, isLoopbackUrl(here)]).toEqual([here, true]);
    for (const away of [
      ...[
        'https://localhost',
        'http://localhost.evil.example',
        'http://127.0.0.1.evil.example',
        'http://0.0.0.0',
      ],
      ...[
        'http://me@localhost',
        'http://localhost?x',
        'http://localhost#x',
        'ftp://localhost',
        'localhost',
        '',
      ],
      ...['http://[::2]', 'http://10.0.0.1', 'http://127.evil.example', 'http://[::ffff:10.0.0.1]'],
    ])
      expect([away, isLoopbackUrl(away)]).toEqual([away, false]);
  });
});

const machineFetch = globalThis.fetch;
const machineLookup = dns.lookup;
const BO = 'b0b0b0b0-1111-4222-8333-444455556666';
let outgoing: Outgoing;
let ours: string[] = [];
/** What was asked by `fetch`, with its form or JSON. */
const asked: { readonly address: string; readonly body: string }[] = [];

beforeEach(() => {
  asked.length = 0;
  ours = [];
  outgoing = watchOutgoing();
  globalThis.fetch = async (input, init) => {
    const address = input instanceof Request ? input.url : String(input);
    if (ours.includes(new URL(address).host)) return machineFetch(input, init);
    asked.push({ address, body: String(init?.body ?? '') });
    return Response.json(answerTo(new URL(address).pathname));
  };
  // Nothing leaves this machine, whoever asks.
  dns.lookup = Object.assign((hostname: string, ...rest: readonly unknown[]) => {
    if (hostname === '127.0.0.1') return Reflect.apply(machineLookup, dns, [hostname, ...rest]);
    const tell = rest.at(-1) as (error: Error) => void;
    process.nextTick(tell, Object.assign(new Error('no way out of this test'), { code: 'ENOTFOUND' }));
  }, machineLookup) as typeof dns.lookup;
});
afterEach(() => {
  outgoing.stop();
  globalThis.fetch = machineFetch;
  dns.lookup = machineLookup;
});

/** What every cloud would answer, by path. */
function answerTo(path: string): object {
  if (path.endsWith('/oauth2/v2.0/token'))
    return { token_type: 'Bearer', expires_in: 3_599, access_token: 'a-token-of-a-test' };
  if (path.endsWith('/discovery/v2.0/keys')) return { keys: [keyNamed('people').jwk] };
  if (path.endsWith('/pagedmembers'))
    return { members: [{ id: '29:1bo', aadObjectId: BO, email: 'bo_owner@example.gov', tenantId: TENANT }] };
  if (path.includes('/members/')) return { id: '29:1bo', aadObjectId: BO, email: 'bo_owner@example.gov' };
  return { id: 'a:1conversation', activityId: '1796133600000' };
}

/** All hosts that were asked, by whatever way. */
const wanted = (): readonly string[] => [
  ...new Set([...asked.map(({ address }) => new URL(address).host), ...outgoing.hosts(...ours)]),
];

function settingsIn(cloud: TeamsCloud): TeamsSettings {
  const parsed = parseConfig({
    TEAMS_APP_ID: APP_ID,
    TEAMS_APP_PASSWORD: 'a-client-secret-of-a-test',
    TEAMS_TENANT_ID: TENANT,
    TEAMS_CLOUD: cloud,
    TEAMS_ISPG_CHANNEL: ISPG_CHANNEL,
    TEAMS_PROGRAM_CHANNEL: PROGRAM_CHANNEL,
  });
  if (!parsed.ok) throw new Error(parsed.problems.map(({ name, mend }) => `${name}: ${mend}`).join('\n'));
  if (!parsed.config.teams) throw new Error('Teams is not set up');
  return parsed.config.teams;
}

/** Somebody of whom it is kept where they are reached. */
const keptAt = (serviceUrl: string) => ({
  platform: 'teams' as const,
  id: `person/${TENANT}/${BO}`,
  sealed: JSON.stringify({
    ...{ serviceUrl, conversation: 'a:1kept', member: '29:1bo', roster: null },
    ...{ timeZone: null, locale: null, isRemoved: false },
  }),
});

describe.each(TEAMS_CLOUDS)('a bot in the cloud %s', (cloud) => {
  const { login, issuer, scope, firstServiceUrl, client } = TABLE[cloud];
  let made: FakeCloud;
  let door: Door;
  beforeEach(async () => {
    made = await startFakeCloud({ cloud });
    door = await openDoor({ cloud: made, settings: settingsIn(cloud) });
    ours.push(new URL(door.url).host, new URL(made.url).host);
  });
  afterEach(async () => {
    await door.close();
    await made.stop();
  });

  test('speaks to that cloud alone, whatever it does', async () => {
    const { adapter, lines } = door.bot;
    await vi.waitFor(() => expect(lines.map(({ event }) => event)).toContain('looked around in Teams'));
    const bo = addressOf(BO);
    expect((await adapter.deliver(bo, say('Hello'), 'k1', null)).kind).toBe('delivered');
    expect((await adapter.deliver(bo, say('Hello'), 'k2', 'a:1conversation/1796133600000')).kind).toBe(
      'delivered',
    );
    expect((await adapter.deliver(TO_ISPG, say('Hello'), 'k3', null)).kind).toBe('delivered');
    await door.bot.installations.put(keptAt(firstServiceUrl), new Date());
    expect((await adapter.deliver(bo, say('Hello'), 'k4', null)).kind).toBe('delivered');
    expect((await adapter.profile(`${TENANT}/${BO}`)).kind).toBe('person');
    expect(await adapter.userWithEmail('bo_owner@example.gov')).toBe(`${TENANT}/${BO}`);
    // An activity, whose keys can't be had in this test.
    const serviceUrl = `${firstServiceUrl}/`;
    const exp = Math.floor(Date.now() / 1_000) + 3_600;
    const token = tokenOf(
      { iss: issuer, aud: APP_ID, exp, serviceurl: serviceUrl },
      { key: keyNamed('channel') },
    );
    const told = await fetch(`${door.url}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify(record('message-personal', { serviceUrl })),
    });
    expect(told.status).toBe(503);
    // Somebody at their tab.
    const person = {
      iss: `${login}/${TENANT}/v2.0`,
      aud: APP_ID,
      exp,
      tid: TENANT,
      oid: BO,
      scp: 'access_as_user',
    };
    const signedIn = tokenOf(person, { key: keyNamed('people') });
    const tab = await fetch(`${door.url}/teams/tab/me`, { headers: { authorization: `Bearer ${signedIn}` } });
    expect(tab.status).toBe(200);
    expect(((await tab.json()) as { readonly chatUrl: string }).chatUrl).toMatch(
      new RegExp(`^${client}/l/chat/`, 'u'),
    );
    expect([...wanted()].sort()).toEqual([...HOSTS[cloud]].sort());
    const tokenAsked = asked.filter(({ address }) => address.includes('/oauth2/'));
    expect(tokenAsked.map(({ address }) => address.split('?')[0])).toEqual([
      `${login}/${TENANT}/oauth2/v2.0/token`,
    ]);
    expect(new URLSearchParams(tokenAsked[0]?.body).get('scope')?.split(' ')).toContain(scope);
    for (const { address } of asked) expect(address).toMatch(/^https:\/\//u);
    for (const address of outgoing.addresses.filter((each) => !ours.includes(new URL(each).host)))
      expect(address).toMatch(/^https:\/\//u);
    for (const { address, body } of asked)
      if (body.includes('a-client-secret-of-a-test')) expect(address).toMatch(new RegExp(`^${login}/`, 'u'));
  });

  test('sends nothing to a conversation that was kept from another cloud', async () => {
    await vi.waitFor(() => expect(asked.length).toBeGreaterThan(0));
    for (const other of TEAMS_CLOUDS) {
      const own: readonly string[] = TABLE[cloud].serviceHosts;
      const { host } = new URL(TABLE[other].firstServiceUrl);
      if (own.includes(host)) continue;
      await door.bot.installations.put(keptAt(TABLE[other].firstServiceUrl), new Date());
      expect((await door.bot.adapter.deliver(addressOf(BO), say('Hello'), 'k', null)).kind).toBe('gone');
      expect(await door.bot.adapter.profile(`${TENANT}/${BO}`)).toEqual({ kind: 'unavailable' });
    }
    expect(wanted().filter((host) => !HOSTS[cloud].includes(host))).toEqual([]);
    expect(door.bot.troubles.map(({ code }) => code)).toEqual(['UntrustedServiceUrl']);
    expect(door.bot.troubles[0]?.mend).toContain('TEAMS_CLOUD');
  });

  test('shows its tab to the clients of that cloud alone', async () => {
    const page = await fetch(`${door.url}/teams/tab`);
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toContain(client);
    for (const host of policy.match(/[\w*-]+(?:\.[\w-]+)+/gu) ?? [])
      if (cloud === 'gcch' || cloud === 'dod') expect(host).not.toMatch(COMMERCIAL);
      else expect(host).not.toMatch(/\.us$/u);
  });
});

describe('Microsoft’s own services in the government clouds', () => {
  const SERVICES = 'cab8a31a-1906-4287-a0d8-4eef66b95f6e';
  let directory: Awaited<ReturnType<typeof listenTo>>;
  const paths: string[] = [];
  beforeAll(async () => {
    directory = await listenTo(async (request, response) => {
      paths.push(request.url ?? '');
      const isKeys = request.url === '/keys';
      const body = isKeys ? { keys: [keyNamed('channel').jwk] } : { jwks_uri: `${directory.url}/keys` };
      answerWith(response, { status: 200, body });
    });
  });
  afterAll(() => closed(directory.server));

  const now = Math.floor(Date.now() / 1_000);
  const OWN = { iss: `https://sts.windows.net/${SERVICES}/`, tid: SERVICES, ver: '1.0', exp: now + 3_600 };
  const checked = (cloud: TeamsCloud, claims: Claims, signing: Partial<Signing> = {}) => {
    const hosts = {
      ...hostsIn(cloud, null),
      login: directory.url,
      openIdMetadata: `${directory.url}/open-id`,
    };
    const token = tokenOf(
      { ...OWN, aud: APP_ID, appid: APP_ID, ...claims },
      { key: keyNamed('channel'), ...signing },
    );
    const serviceUrl = `${TABLE[cloud].firstServiceUrl}/`;
    return createTokenCheck({ hosts, appId: APP_ID, tenantId: TENANT }).check(`Bearer ${token}`, {
      serviceUrl,
      channelId: 'msteams',
    });
  };

  it.each(['gcch', 'dod'] as const)(
    'are believed there, by the keys of their directory: %s',
    async (cloud) => {
      expect(await checked(cloud, {})).toBe('genuine');
      expect(paths).toContain(`/${SERVICES}/v2.0/.well-known/openid-configuration`);
    },
  );

  it('are believed in nothing else', async () => {
    for (const [claims, signing] of [
      [{ aud: TENANT }],
      [{ appid: TENANT }],
      [{ appid: undefined }],
      [{ ver: '3.0' }],
      [{ exp: now - 600 }],
      [{ iss: `https://sts.windows.net/${TENANT}/` }],
      [{}, { key: keyNamed('stranger'), kid: keyNamed('channel').kid }],
      [{}, { algorithm: 'none' }],
      [{}, { algorithm: 'HS256' }],
    ] as const)
      expect([claims, await checked('gcch', claims, signing)]).toEqual([claims, 'refused']);
  });

  it.each(['public', 'gcc'] as const)('are nobody elsewhere: %s', async (cloud) => {
    expect(await checked(cloud, {})).toBe('refused');
  });
});
