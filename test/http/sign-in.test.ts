/** Signing in to the dashboard, through a real identity provider over a real socket. */
import { generateKeyPairSync } from 'node:crypto';
import type { JWTPayload } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../src/ports.ts';
import { type BehindLogin, serveBehindLogin } from '../support/dashboard.ts';
import { CLIENT } from '../support/identity-provider.ts';
import { openTestStore } from '../support/open-store.ts';
import { type Got, openReader, type WebReader } from '../support/web-reader.ts';

const GTL = { email: 'grace.tanlopez@demo.cms.example', email_verified: true };
const BO = { email: 'beatriz.okafor@demo.cms.example', email_verified: true };

let store: Store;
let served: BehindLogin;
let reader: WebReader;
beforeEach(async () => {
  store = await openTestStore();
  served = await serveBehindLogin(store);
  served.idp.at = GTL;
  reader = openReader();
});
afterEach(() => served.close());

const signIn = (to = '/dashboard', who = reader): Promise<Got> =>
  who.get(`${served.url}/dashboard/sign-in?to=${encodeURIComponent(to)}`);
const heading = ({ text }: Got): string => /<h1>([^<]*)<\/h1>/u.exec(text)?.[1] ?? '';
/** Only what the log says of refusals. */
const refusals = () =>
  served.log.lines
    .filter(({ event }) => event === 'dashboard.sign-in-refused')
    .map(({ fields }) => fields.why);
const entries = () =>
  store.transaction(async (tx) => (await tx.audit.ofActor('gtl', 50)).map(({ verb }) => verb));
const session = (who = reader): Map<string, string> => who.jar.get(new URL(served.url).host) ?? new Map();
/** Cuts the sign-in off before the provider sends the browser back; answers the address it would be sent to. */
async function halfWay(who = reader): Promise<string> {
  let next = `${served.url}/dashboard/sign-in`;
  for (let steps = 0; steps < 8; steps += 1) {
    const got = await who.peek(next);
    next = new URL(got.headers.get('location') ?? '', next).href;
    if (next.startsWith(`${served.url}/dashboard/signed-in`)) return next;
  }
  throw new Error('the provider sent nobody back');
}

describe('somebody who signs in', () => {
  it('is asked to, comes back to the page they wanted, and is known by their verified mailbox', async () => {
    const asked = await reader.get(`${served.url}/dashboard/engagements?component=OIT`);
    expect(asked.status).toBe(401);
    expect(heading(asked)).toBe('Sign in to the dashboard');
    const way = /href="([^"]*sign-in[^"]*)"/u.exec(asked.text)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const got = await reader.get(new URL(way, served.url).href);
    expect(got.status).toBe(200);
    expect(got.url).toBe(`${served.url}/dashboard/engagements?component=OIT`);
    expect(got.text).toContain('Signed in as Grace Tan-Lopez');
    expect(await entries()).toEqual(['dashboard.read', 'dashboard.sign-in']);
  });

  it('is sent with PKCE, state and nonce, and asked for nothing but their mailbox', async () => {
    const got = await reader.peek(`${served.url}/dashboard/sign-in`);
    const url = new URL(got.headers.get('location') ?? '');
    expect(url.origin).toBe(served.idp.issuer);
    const query = Object.fromEntries(url.searchParams);
    expect(query).toMatchObject({
      response_type: 'code',
      code_challenge_method: 'S256',
      scope: 'openid email',
    });
    for (const name of ['state', 'nonce', 'code_challenge']) expect(query[name]).toMatch(/^[\w-]{43}$/u);
  });

  it('goes on to pages of the dashboard only, wherever they are said to go', async () => {
    for (const to of [
      'https://evil.example/',
      '//evil.example',
      '/dashboard/../console',
      '/console',
      '/dashboard\\@x',
    ])
      expect((await signIn(to)).url).toBe(`${served.url}/dashboard`);
  });

  it('keeps a cookie that no script reads, that no other site sends along, and that says nothing', async () => {
    await signIn();
    const line = (await reader.peek(`${served.url}/dashboard`)).headers.getSetCookie().join();
    expect(line).toMatch(
      /^isso-dashboard=eyJ[\w.-]+; Max-Age=1800; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax$/u,
    );
    expect(line).not.toContain(GTL.email);
    const header = line.slice(line.indexOf('=') + 1).split('.')[0] ?? '';
    expect(JSON.parse(Buffer.from(header, 'base64url').toString())).toEqual({ alg: 'dir', enc: 'A256GCM' });
  });

  it('signs out by a form of ours, and a copy of the cookie opens nothing afterwards', async () => {
    const page = await signIn();
    const copy = reader.copy();
    const mark = /name="mark" value="([^"]+)"/u.exec(page.text)?.[1] ?? '';
    const foreign = await reader.post(`${served.url}/dashboard/sign-out`, { mark: 'x' });
    expect(foreign.text).toContain('Signed in as Grace Tan-Lopez');
    const cross = await reader.post(
      `${served.url}/dashboard/sign-out`,
      { mark },
      { 'sec-fetch-site': 'cross-site' },
    );
    expect(cross.text).toContain('Signed in as Grace Tan-Lopez');
    const out = await reader.post(`${served.url}/dashboard/sign-out`, { mark });
    expect(heading(out)).toBe('You are signed out');
    expect((await reader.get(`${served.url}/dashboard`)).status).toBe(401);
    expect((await copy.get(`${served.url}/dashboard`)).status).toBe(401);
  });

  it('is asked again after thirty minutes without a page, and after eight hours in any case', async () => {
    await signIn();
    served.wait(29);
    expect((await reader.get(`${served.url}/dashboard/exports`)).status).toBe(200);
    served.wait(31);
    expect((await reader.get(`${served.url}/dashboard/exports`)).status).toBe(401);
    await signIn('/dashboard/exports');
    for (let minutes = 0; minutes < 480 - 20; minutes += 20) {
      served.wait(20);
      expect((await reader.get(`${served.url}/dashboard/exports`)).status).toBe(200);
    }
    served.wait(20);
    expect((await reader.get(`${served.url}/dashboard/exports`)).status).toBe(401);
  });

  it('loses the dashboard with the next page once the role is taken away, and with it the mailbox', async () => {
    await signIn();
    const person = await store.transaction((tx) => tx.people.get('gtl'));
    if (!person) throw new Error('there is no gtl');
    await store.transaction((tx) => tx.people.save([{ ...person, roles: ['service_isso'] }]));
    const without = await reader.get(`${served.url}/dashboard`);
    expect([without.status, heading(without)]).toEqual([403, 'The dashboard is not open to you']);
    await store.transaction((tx) => tx.people.save([{ ...person, email: 'somebody.else@demo.cms.example' }]));
    const unknown = await reader.get(`${served.url}/dashboard`);
    expect([unknown.status, unknown.text]).toEqual([403, without.text]);
  });
});

describe('nobody gets in', () => {
  const refused = async (got: Got, status: number, title: string): Promise<void> => {
    expect([got.status, heading(got)]).toEqual([status, title]);
    expect((await reader.get(`${served.url}/dashboard`)).status).toBe(401);
    expect(got.text).not.toContain('Engagements by state');
    expect(await entries()).toEqual([]);
  };
  const NOT_IN = 'You are not signed in';

  it('who breaks it off at the provider', async () => {
    served.idp.at = null;
    await refused(await signIn(), 401, NOT_IN);
    expect(refusals()).toEqual(['declined']);
  });

  it('with a mailbox that is not verified, or without one', async () => {
    for (const at of [{ ...GTL, email_verified: false }, { email: GTL.email }, { email_verified: true }]) {
      served.idp.at = at;
      await refused(await signIn('/dashboard', openReader()), 403, 'Your mailbox is not verified');
    }
    expect(refusals()).toEqual(['unverified', 'unverified', 'unverified']);
  });

  it('whom we do not know, or who may not look: both read the same', async () => {
    served.idp.at = { email: 'nobody@demo.cms.example', email_verified: true };
    const unknown = await signIn();
    served.idp.at = BO;
    const forbidden = await signIn('/dashboard', openReader());
    await refused(unknown, 403, 'The dashboard is not open to you');
    expect(forbidden.text).toBe(unknown.text);
    expect(refusals()).toEqual(['not-admitted', 'not-admitted']);
  });

  it.each([
    ['nonce', { nonce: 'another' }],
    ['issuer', { iss: 'https://evil.example' }],
    ['audience', { aud: 'another-client' }],
    ['subject missing', { sub: undefined }],
    ['time: it is too old', { iat: 1_600_000_000, exp: 1_600_000_600 }],
  ])('with a token of another %s', async (_what, change) => {
    served.idp.lie = (claims) => ({ ...claims, ...(change as JWTPayload) });
    await refused(await signIn(), 400, NOT_IN);
    expect(refusals()).toEqual(['not-genuine']);
  });

  it('with a token that somebody else has signed', async () => {
    served.idp.forges = true;
    await refused(await signIn(), 400, NOT_IN);
  });

  it('with another state than was given out, or one of another browser', async () => {
    const back = new URL(await halfWay());
    back.searchParams.set('state', 'x'.repeat(43));
    await refused(await reader.get(back.href), 400, NOT_IN);
    const other = openReader();
    await halfWay(other);
    await refused(await other.get(await halfWay(openReader())), 400, NOT_IN);
    expect(refusals()).toEqual(['not-genuine', 'not-genuine']);
  });

  it('with the answer of another issuer', async () => {
    const back = new URL(await halfWay());
    back.searchParams.set('iss', 'https://evil.example');
    await refused(await reader.get(back.href), 400, NOT_IN);
  });

  it('without having begun here, or more than ten minutes after it', async () => {
    const back = await halfWay();
    await refused(await openReader().get(back), 400, 'That sign-in is out of date');
    served.wait(11);
    await refused(await reader.get(back), 400, 'That sign-in is out of date');
    expect(refusals()).toEqual(['late', 'late']);
  });

  it('with a cookie that was changed, made up, or made for another purpose', async () => {
    await signIn();
    const good = session().get('isso-dashboard') ?? '';
    const begun = openReader();
    await begun.peek(`${served.url}/dashboard/sign-in`);
    const way = session(begun).get('isso-dashboard-way') ?? '';
    expect(way).not.toBe('');
    const changed = `${good.slice(0, -2)}${good.endsWith('AA') ? 'BB' : 'AA'}`;
    const unsealed = `${Buffer.from('{"alg":"none"}').toString('base64url')}.e30.`;
    for (const forged of [changed, way, unsealed, 'x', `${good}.${good}`, 'y'.repeat(9000)]) {
      session().set('isso-dashboard', forged);
      expect((await reader.get(`${served.url}/dashboard`)).status).toBe(401);
    }
  });

  it('while the provider is away, and is told so', async () => {
    await served.idp.close();
    const got = await signIn();
    expect([got.status, heading(got)]).toEqual([503, 'You can’t sign in right now']);
  });
});

describe('a code', () => {
  it('is good once: whoever replays it gets nothing, also with all that the browser kept', async () => {
    const back = await halfWay();
    const copy = reader.copy();
    expect((await reader.get(back)).status).toBe(200);
    const replayed = await copy.get(back);
    expect([replayed.status, heading(replayed)]).toEqual([400, 'You are not signed in']);
    const again = await reader.get(back);
    expect([again.status, heading(again)]).toEqual([400, 'That sign-in is out of date']);
  });
});

describe('the log', () => {
  it('holds no token, code, secret or mailbox, whatever went wrong', async () => {
    await signIn();
    served.idp.lie = (claims) => ({ ...claims, nonce: 'another' });
    const back = await halfWay();
    await reader.get(back);
    served.idp.lie = null;
    for (const at of [{ ...GTL, email_verified: false }, null, BO]) {
      served.idp.at = at;
      await signIn('/dashboard', openReader());
    }
    await served.idp.close();
    await reader.peek(`${served.url}/dashboard/sign-in`);
    const code = new URL(back).searchParams.get('code') ?? '';
    const cookies = [...session().values()];
    const said = JSON.stringify(served.log.lines, (_key, value: unknown) =>
      value instanceof Error
        ? { ...value, message: value.message, stack: value.stack, cause: value.cause }
        : value,
    );
    expect(served.log.lines.length).toBeGreaterThan(3);
    expect(served.idp.given.length).toBeGreaterThan(4);
    for (const secret of [...served.idp.given, ...cookies, code, GTL.email]) {
      expect(secret.length).toBeGreaterThan(8);
      expect(said).not.toContain(secret);
    }
  });
});

describe('other providers', () => {
  it('that say the mailbox only when asked are asked for it', async () => {
    await served.close();
    served = await serveBehindLogin(store, { saysLater: true });
    served.idp.at = GTL;
    expect((await signIn()).text).toContain('Signed in as Grace Tan-Lopez');
    served.idp.at = { ...GTL, email_verified: false };
    expect((await signIn('/dashboard', openReader())).status).toBe(403);
  });

  it('that name the verified mailbox by another claim are believed for that claim alone', async () => {
    await served.close();
    served = await serveBehindLogin(store, { mailboxClaim: 'verified_mailboxes' });
    served.idp.at = { email: 'nobody@demo.cms.example', verified_mailboxes: [GTL.email] };
    expect((await signIn()).text).toContain('Signed in as Grace Tan-Lopez');
    served.idp.at = GTL;
    const got = await signIn('/dashboard', openReader());
    expect([got.status, heading(got)]).toEqual([403, 'Your mailbox is not verified']);
  });

  it.each([
    ['RSA', () => generateKeyPairSync('rsa', { modulusLength: 2_048 }).privateKey],
    ['P-256', () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey],
  ])(
    'that know us by our own key (%s) and no secret get it signed, and take no other',
    async (_kind, make) => {
      const [key, other] = [make(), make()];
      const asKeeperOf = async (ours: typeof key, keyId: string | null): Promise<Got> => {
        await served.close();
        served = await serveBehindLogin(store, { clientKey: key, proof: { kind: 'key', key: ours, keyId } });
        served.idp.at = GTL;
        return signIn('/dashboard', openReader());
      };
      for (const keyId of [CLIENT.keyId, null])
        expect((await asKeeperOf(key, keyId)).text).toContain('Signed in as Grace Tan-Lopez');
      const got = await asKeeperOf(other, CLIENT.keyId);
      expect([got.status, heading(got)]).toEqual([401, 'You are not signed in']);
      expect(served.log.lines).toContainEqual(
        expect.objectContaining({
          event: 'dashboard.sign-in-refused',
          fields: expect.objectContaining({ code: 'invalid_client' }),
        }),
      );
    },
  );

  it('that go by another name than the one that was set are not believed', async () => {
    await served.close();
    served = await serveBehindLogin(store);
    const other = await serveBehindLogin(store, {
      issuer: served.idp.issuer.replace('127.0.0.1', 'localhost'),
    });
    try {
      const got = await reader.get(`${other.url}/dashboard/sign-in`);
      expect([got.status, heading(got)]).toEqual([503, 'You can’t sign in right now']);
    } finally {
      await other.close();
    }
  });

  it('may share one key, so that whoever is signed in stays so with every process', async () => {
    const sessionKey = 'k'.repeat(40);
    await served.close();
    served = await serveBehindLogin(store, { sessionKey });
    served.idp.at = GTL;
    await signIn();
    const second = await serveBehindLogin(store, { sessionKey });
    const third = await serveBehindLogin(store);
    try {
      const cookie = { cookie: `isso-dashboard=${session().get('isso-dashboard')}` };
      expect((await openReader().get(`${second.url}/dashboard`, cookie)).status).toBe(200);
      expect((await openReader().get(`${third.url}/dashboard`, cookie)).status).toBe(401);
    } finally {
      await second.close();
      await third.close();
    }
  });
});
