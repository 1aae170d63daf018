import { createPrivateKey, X509Certificate } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { hostsIn, TEAMS_CLOUDS } from '../../adapters/teams/cloud.ts';
import type { TeamsCredential } from '../../adapters/teams/config.ts';
import { createTokens } from '../../adapters/teams/tokens.ts';
import { say } from '../../src/messages/message.ts';
import { watchOutgoing } from '../support/outgoing.ts';
import { closed, listenTo } from '../support/teams/answering.ts';
import { addressOf, type BareTeams, bareTeams, settingsFor, TO_ISPG } from '../support/teams/bare-teams.ts';
import { type Certificate, selfSigned } from '../support/teams/certificate.ts';
import {
  APP_PASSWORD,
  type FakeCloud,
  type Fate,
  startFakeCloud,
  TAKEN,
} from '../support/teams/fake-cloud.ts';
import { APP_ID, addUser, objectIdOf, TENANT } from '../support/teams/world.ts';

const BO = objectIdOf('bo');
const HOUR_MS = 3_600_000;
let cloud: FakeCloud;
let certificate: Certificate;
let byCertificate: TeamsCredential;
const byPassword: TeamsCredential = { kind: 'password', password: APP_PASSWORD };
const bots: BareTeams[] = [];
const shown: string[] = [];

beforeAll(async () => {
  certificate = selfSigned();
  const { fingerprint256 } = new X509Certificate(certificate.certificate);
  byCertificate = { kind: 'certificate', ...certificate, thumbprint: fingerprint256.replaceAll(':', '') };
  cloud = await startFakeCloud({ certificate: certificate.certificate });
  addUser(cloud.world, { objectId: BO, name: 'Bo Owner' });
  const streams = console as unknown as Record<'_stdout' | '_stderr', NodeJS.WriteStream>;
  for (const stream of [streams._stdout, streams._stderr])
    vi.spyOn(stream, 'write').mockImplementation((text) => {
      shown.push(String(text));
      return true;
    });
});
afterAll(async () => {
  await cloud.stop();
  vi.restoreAllMocks();
});
beforeEach(() => {
  cloud.fate = () => TAKEN;
  cloud.lifetime = 3_599;
  cloud.forget();
});
afterEach(async () => {
  vi.useRealTimers();
  for (const bot of bots) await bot.adapter.stop();
  // Nothing that opens a door stands in any line of the log, of the administrator's, or on the console.
  const written = JSON.stringify(
    [bots.map(({ lines, troubles }) => [lines, troubles]), shown],
    (_name, value) =>
      value instanceof Error ? `${value.name} ${value.message} ${value.stack} ${String(value.cause)}` : value,
  );
  const [, key = 'no key'] = certificate.privateKey.split('\n');
  for (const secret of [APP_PASSWORD, key, 'bot-token-', 'client_secret', 'client_assertion'])
    expect(written).not.toContain(secret);
  bots.length = 0;
});

const tokensBy = (credential: TeamsCredential, facts: { readonly cloud?: FakeCloud } = {}) =>
  createTokens({
    app: { id: APP_ID, tenantId: TENANT, credential },
    hosts: hostsIn('public', (facts.cloud ?? cloud).url),
    standIn: (facts.cloud ?? cloud).url,
  });
const asked = (what: 'token' | 'create' | 'post') => cloud.asked.filter((each) => each.what === what);
const bot = (credential: TeamsCredential = byPassword): BareTeams => {
  const made = bareTeams({
    settings: settingsFor(cloud.url, { app: { id: APP_ID, tenantId: TENANT, credential } }),
  });
  bots.push(made);
  return made;
};
const onTokens = (answers: Fate['answers']) => {
  cloud.fate = ({ what }) => (what === 'token' ? { lands: null, answers } : TAKEN);
};

describe('the bot’s own token', () => {
  it('is asked for by its secret, at its tenant, for the connector', async () => {
    expect(await tokensBy(byPassword).token()).toEqual({
      ok: true,
      token: expect.stringMatching(/^bot-token-/u),
    });
    const [ask] = asked('token');
    expect(ask).toMatchObject({ method: 'POST', tenant: TENANT, token: '', status: 200 });
    expect(ask?.path).toMatch(new RegExp(`^/${TENANT}/oauth2/v2\\.0/token(?:\\?|$)`, 'u'));
    expect(ask?.path).not.toContain(APP_PASSWORD);
    expect(ask?.body).toMatchObject({
      client_id: APP_ID,
      client_secret: APP_PASSWORD,
      scope: cloud.app.scope,
    });
    expect(cloud.faults).toEqual([]);
  });

  it('is asked for by its certificate, and the key stays here', async () => {
    expect(await tokensBy(byCertificate).token()).toMatchObject({ ok: true });
    const [ask] = asked('token');
    expect(ask?.body).not.toHaveProperty('client_secret');
    const sent = JSON.stringify(ask);
    expect(sent).not.toContain('PRIVATE KEY');
    const { d = '' } = createPrivateKey(certificate.privateKey).export({ format: 'jwk' });
    expect(d.length).toBeGreaterThan(100);
    expect(sent).not.toContain(d);
  });

  it('is refused for another certificate, key or secret', async () => {
    const other = selfSigned();
    const { fingerprint256 } = new X509Certificate(other.certificate);
    const thumbprint = fingerprint256.replaceAll(':', '');
    for (const credential of [
      { kind: 'password', password: 'another-secret-of-a-test' },
      { kind: 'certificate', ...other, thumbprint },
      { ...byCertificate, privateKey: other.privateKey },
    ] as const)
      expect(await tokensBy(credential as TeamsCredential).token()).toEqual({ ok: false, why: 'refused' });
  });

  it('is kept until it runs out', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() });
    const tokens = tokensBy(byPassword);
    const first = await tokens.token();
    vi.setSystemTime(Date.now() + HOUR_MS / 2);
    expect(await tokens.token()).toEqual(first);
    expect(asked('token')).toHaveLength(1);
    vi.setSystemTime(Date.now() + HOUR_MS / 2);
    const next = await tokens.token();
    expect(next).toMatchObject({ ok: true });
    expect(next).not.toEqual(first);
    expect(asked('token')).toHaveLength(2);
  });

  it('is another one when it is asked for afresh, and that one is kept', async () => {
    const tokens = tokensBy(byPassword);
    const first = await tokens.token();
    const fresh = await tokens.token(true);
    expect(fresh).not.toEqual(first);
    expect(await tokens.token()).toEqual(fresh);
    expect(asked('token')).toHaveLength(2);
  });

  it.each([
    ['a server error', { status: 500 }, 'unreached'],
    ['too many requests', { status: 429, retryAfter: '7' }, 'unreached'],
    ['a broken connection', 'reset', 'unreached'],
    ['an answer that breaks off', 'truncated', 'unreached'],
    ['no JSON', { status: 200, body: 'x' }, 'unreached'],
    ['JSON without a token', { status: 200, body: {} }, 'refused'],
    ['a refused secret', { status: 401, code: 'invalid_client', message: 'AADSTS7000215' }, 'refused'],
    ['an unknown app', { status: 400, code: 'unauthorized_client', message: 'AADSTS700016' }, 'refused'],
  ] as const)('is none when the sign-in service answers with %s', async (_what, answers, why) => {
    onTokens(answers);
    expect(await tokensBy(byPassword).token()).toEqual({ ok: false, why });
  });

  it('is none when nobody listens at the sign-in service', async () => {
    const gone = await startFakeCloud();
    const tokens = tokensBy(byPassword, { cloud: gone });
    await gone.stop();
    expect(await tokens.token()).toEqual({ ok: false, why: 'unreached' });
  });

  it.each(TEAMS_CLOUDS)('is asked for nowhere but at the sign-in service of its cloud: %s', async (name) => {
    const { login, scope } = hostsIn(name, null);
    const machineFetch = globalThis.fetch;
    const addresses: string[] = [];
    const outgoing = watchOutgoing();
    globalThis.fetch = async (input, init) => {
      addresses.push(String(input));
      expect(String(init?.body)).toContain(encodeURIComponent(scope));
      return Response.json({ token_type: 'Bearer', expires_in: 3_599, access_token: 'a-token' });
    };
    const app = { id: APP_ID, tenantId: TENANT, credential: byPassword };
    const got = await createTokens({ app, hosts: hostsIn(name, null), standIn: null }).token();
    globalThis.fetch = machineFetch;
    outgoing.stop();
    expect(got).toEqual({ ok: true, token: 'a-token' });
    expect(addresses.map((address) => address.split('?')[0])).toEqual([
      `${login}/${TENANT}/oauth2/v2.0/token`,
    ]);
    expect(outgoing.addresses).toEqual([]);
  });
});

describe('a message', () => {
  it('goes out with the token, by secret and by certificate', async () => {
    for (const credential of [byPassword, byCertificate]) {
      expect((await bot(credential).adapter.deliver(TO_ISPG, say('Hello'), 'k', null)).kind).toBe(
        'delivered',
      );
      expect(asked('create').at(-1)?.token).toMatch(/^bot-token-/u);
    }
    expect(cloud.faults).toEqual([]);
  });

  it('asks for one new token when the old one was taken back, and no more', async () => {
    const { adapter, troubles } = bot();
    expect((await adapter.deliver(TO_ISPG, say('Hello'), 'k1', null)).kind).toBe('delivered');
    cloud.revoke();
    cloud.forget();
    expect((await adapter.deliver(TO_ISPG, say('Hello'), 'k2', null)).kind).toBe('delivered');
    expect(cloud.asked.map(({ what }) => what)).toEqual(['create', 'token', 'create']);
    expect(troubles).toEqual([]);
    cloud.forget();
    cloud.fate = ({ what }) => (what === 'create' ? { lands: null, answers: { status: 401 } } : TAKEN);
    expect((await adapter.deliver(TO_ISPG, say('Hello'), 'k3', null)).kind).toBe('unavailable');
    expect(cloud.asked.map(({ what }) => what)).toEqual(['create', 'token', 'create']);
    expect(troubles).toHaveLength(1);
  });

  it('waits when the sign-in service refuses the bot: its administrator is told once, and nothing is sent', async () => {
    onTokens({ status: 401, code: 'invalid_client', message: `AADSTS7000215: ${APP_PASSWORD}` });
    const { adapter, troubles } = bot();
    for (const to of [TO_ISPG, addressOf(BO), TO_ISPG])
      expect(await adapter.deliver(to, say('Hello'), 'k', null)).toEqual({ kind: 'unavailable' });
    expect(troubles).toHaveLength(1);
    expect(troubles[0]).toMatchObject({ platform: 'teams', code: 'NoToken' });
    expect(troubles[0]?.mend).toMatch(/renew the secret or certificate.*TEAMS_APP_PASSWORD/u);
    expect(cloud.asked.every(({ what }) => what === 'token')).toBe(true);
    // Once for each message: asking again at once would only be refused again.
    expect(asked('token')).toHaveLength(3);
    cloud.fate = () => TAKEN;
    expect((await adapter.deliver(TO_ISPG, say('Hello'), 'k', null)).kind).toBe('delivered');
  });

  it('waits when the sign-in service is away: nobody can mend it, and nothing is sent', async () => {
    const { adapter, troubles } = bot();
    for (const answers of ['reset', { status: 503 }, { status: 429 }] as const) {
      onTokens(answers);
      expect(await adapter.deliver(TO_ISPG, say('Hello'), 'k', null)).toEqual({ kind: 'unavailable' });
    }
    expect(troubles).toEqual([]);
    expect(cloud.asked.every(({ what }) => what === 'token')).toBe(true);
  });

  it('follows nobody who sends it elsewhere, neither with its secret nor with its token', async () => {
    const strayed: string[] = [];
    const elsewhere = await listenTo(async (request, response) => {
      strayed.push(request.url ?? '');
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"id":"x","access_token":"x"}');
    });
    let sendsOn: 'token' | 'conversations' = 'token';
    const sender = await listenTo(async (request, response) => {
      const { url = '' } = request;
      if (url.includes(sendsOn)) response.writeHead(307, { location: `${elsewhere.url}${url}` }).end();
      else
        response
          .writeHead(200, { 'content-type': 'application/json' })
          .end('{"token_type":"Bearer","expires_in":3599,"access_token":"bot-token-x"}');
    });
    const { adapter } = bareTeams({ settings: settingsFor(sender.url) });
    for (sendsOn of ['token', 'conversations'] as const)
      expect((await adapter.deliver(TO_ISPG, say('Hello'), 'k', null)).kind).not.toBe('delivered');
    expect(strayed).toEqual([]);
    await adapter.stop();
    await closed(sender.server);
    await closed(elsewhere.server);
  });

  it('does not keep the bot from starting: it looks once whether Microsoft knows it', async () => {
    onTokens({ status: 401, code: 'invalid_client', message: 'AADSTS7000215' });
    const refused = bot();
    await refused.adapter.start(async () => ({ kind: 'duplicate' }));
    await vi.waitFor(() => expect(refused.lines).toHaveLength(1));
    expect(refused.troubles.map(({ code }) => code)).toEqual(['NoToken']);
    onTokens('reset');
    const away = bot();
    await away.adapter.start(async () => ({ kind: 'duplicate' }));
    await vi.waitFor(() => expect(away.lines).toHaveLength(1));
    expect(away.lines[0]).toMatchObject({ level: 'info', fields: { signedIn: false } });
    expect(away.troubles).toEqual([]);
  });
});
