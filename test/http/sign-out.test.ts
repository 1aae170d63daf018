/** Signing out of the dashboard: for every process that shares the database, and what becomes of rights that are gone. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../src/ports.ts';
import { openStore, storeOn } from '../../src/store/index.ts';
import { cuttableProxy } from '../store/cuttable-proxy.ts';
import { type BehindLogin, serveBehindLogin } from '../support/dashboard.ts';
import { CLIENT } from '../support/identity-provider.ts';
import { openTestDatabase, openTestStore } from '../support/open-store.ts';
import { type Got, openReader, type WebReader } from '../support/web-reader.ts';

const GTL = { email: 'grace.tanlopez@demo.cms.example', email_verified: true };
const sessionKey = 'k'.repeat(40);
const HOUR_MS = 3_600_000;
const CLOSED = 'The dashboard can’t be opened right now';

let store: Store;
let reader: WebReader;
const open: (() => Promise<void>)[] = [];
beforeEach(async () => {
  store = await openTestStore();
  reader = openReader();
});
afterEach(async () => {
  for (const close of open.splice(0).toReversed()) await close();
});

async function serve(
  on: Store = store,
  options: Parameters<typeof serveBehindLogin>[1] = {},
): Promise<BehindLogin> {
  const served = await serveBehindLogin(on, { sessionKey, ...options });
  open.push(() => served.close());
  served.idp.at = GTL;
  return served;
}

const signIn = ({ url }: BehindLogin, who = reader): Promise<Got> => who.get(`${url}/dashboard/sign-in`);
const heading = ({ text }: Got): string => /<h1>([^<]*)<\/h1>/u.exec(text)?.[1] ?? '';
const markIn = ({ text }: Got): string => /name="mark" value="([^"]+)"/u.exec(text)?.[1] ?? '';
/** By the form of a page of theirs. */
const signOut = ({ url }: BehindLogin, page: Got, who = reader): Promise<Got> =>
  who.post(`${url}/dashboard/sign-out`, { mark: markIn(page) });
/** What the browser would send along, as whoever has a copy of it sends it. */
const copied = ({ url }: BehindLogin, who = reader): { readonly cookie: string } => ({
  cookie: `isso-dashboard=${who.jar.get(new URL(url).host)?.get('isso-dashboard')}`,
});
const withCopy = async ({ url }: BehindLogin, copy: { readonly cookie: string }): Promise<number> =>
  (await openReader().get(`${url}/dashboard`, copy)).status;
const endedRows = async (): Promise<readonly { hash: string; until: Date }[]> =>
  (await (await openTestDatabase()).pool.query('SELECT * FROM ended_session')).rows;

describe('whoever signs out', () => {
  it('is out in every process that shares the database, and in those that start later; others stay in', async () => {
    const first = await serve();
    const second = await serve(storeOn(await openTestDatabase()));
    const page = await signIn(first);
    const copy = copied(first);
    const elsewhere = openReader();
    await signIn(first, elsewhere);
    expect(await withCopy(second, copy)).toBe(200);
    expect(heading(await signOut(first, page))).toBe('You are signed out');
    const third = await serve(storeOn(await openTestDatabase()));
    for (const each of [first, second, third]) {
      expect(await withCopy(each, copy)).toBe(401);
      expect(await withCopy(each, copied(first, elsewhere))).toBe(200);
    }
  });

  it('leaves a hash and a time behind until nothing can be opened with it any more, and nothing of who it was', async () => {
    const before = Date.now();
    const served = await serve();
    await signOut(served, await signIn(served));
    const [row, ...others] = await endedRows();
    expect(others).toEqual([]);
    expect(Object.keys(row ?? {}).toSorted()).toEqual(['hash', 'until']);
    expect(row?.hash).toMatch(/^[0-9a-f]{64}$/u);
    expect(row?.until.getTime()).toBeGreaterThan(before + 8 * HOUR_MS);
    served.wait(24 * 60);
    await signOut(served, await signIn(served));
    const later = await endedRows();
    expect(later).toHaveLength(1);
    expect(later[0]?.hash).not.toBe(row?.hash);
  });

  it('is out once, however often the form is sent', async () => {
    const served = await serve();
    const page = await signIn(served);
    const copy = reader.copy();
    await signOut(served, page);
    const again = await signOut(served, page, copy);
    expect([again.status, heading(again)]).toEqual([401, 'Sign in to the dashboard']);
    expect(await endedRows()).toHaveLength(1);
  });
});

describe('each page', () => {
  const PLACES = [
    '',
    '/engagements',
    '/engagements/ISSO-2026-0001',
    '/measures',
    '/catalogue',
    '/exports',
    '/pictures/ageing.png',
    '/nothing',
  ];

  it('looks once whether the session was ended, and not at all for whoever has none', async () => {
    let asked = 0;
    const endedSessions: Store['endedSessions'] = {
      ...store.endedSessions,
      has: (hash) => {
        asked += 1;
        return store.endedSessions.has(hash);
      },
    };
    const served = await serve({ ...store, endedSessions });
    await signIn(served);
    for (const place of PLACES) {
      asked = 0;
      await reader.get(`${served.url}/dashboard${place}`);
      expect([place, asked]).toEqual([place, 1]);
      await openReader().get(`${served.url}/dashboard${place}`);
      expect([place, asked]).toEqual([place, 1]);
    }
  });

  it('looks who it is and what they may: once the role is gone it shows nothing, nor is a file made', async () => {
    const served = await serve();
    const mark = markIn(await signIn(served));
    const person = await store.transaction((tx) => tx.people.get('gtl'));
    if (!person) throw new Error('there is no gtl');
    const save = (roles: typeof person.roles) =>
      store.transaction((tx) => tx.people.save([{ ...person, roles }]));
    await save([]);
    const got = [];
    for (const place of PLACES) got.push(await reader.get(`${served.url}/dashboard${place}`));
    got.push(
      await reader.post(`${served.url}/dashboard/exports`, { mark, key: 'engagements', format: 'csv' }),
    );
    for (const each of got)
      expect([each.url, each.status, heading(each)]).toEqual([
        each.url,
        403,
        'The dashboard is not open to you',
      ]);
    await save(person.roles);
    const made = await reader.post(`${served.url}/dashboard/exports`, {
      mark,
      key: 'engagements',
      format: 'csv',
    });
    expect([made.status, made.headers.get('content-disposition')]).toEqual([
      200,
      expect.stringContaining('attachment'),
    ]);
  });
});

describe('while the database is away', { timeout: 120_000 }, () => {
  it('nobody is let in, nobody is signed out by mistake, and it heals by itself', async () => {
    const proxy = await cuttableProxy((await openTestDatabase()).url);
    open.push(() => proxy.close());
    const behind = await openStore({ database: { kind: 'server', url: proxy.url } });
    open.push(() => behind.close());
    const served = await serve(behind);
    const page = await signIn(served);
    const kept = copied(served);
    await proxy.refuse();
    const refused = await reader.get(`${served.url}/dashboard`);
    expect([refused.status, heading(refused)]).toEqual([503, CLOSED]);
    expect(refused.headers.getSetCookie()).toEqual([]);
    const out = await signOut(served, page);
    expect([out.status, heading(out)]).toEqual([503, CLOSED]);
    expect(out.text).toContain('you may still be signed in');
    expect(copied(served)).toEqual(kept);
    const came = await signIn(served, openReader());
    expect([came.status, heading(came)]).toEqual([503, CLOSED]);
    expect((await openReader().get(`${served.url}/dashboard`)).status).toBe(401);
    expect(served.log.lines.map(({ event }) => event)).toContain('dashboard.database-away');
    await proxy.heal();
    await expect.poll(() => behind.troubles(), { timeout: 30_000 }).toEqual([]);
    expect((await reader.get(`${served.url}/dashboard`)).status).toBe(200);
    expect(heading(await signOut(served, page))).toBe('You are signed out');
    expect(await withCopy(served, kept)).toBe(401);
  });

  it('a sign-out that could not be kept is not said to be one', async () => {
    const endedSessions: Store['endedSessions'] = {
      ...store.endedSessions,
      add: async () => Promise.reject(new Error('no answer')),
    };
    const served = await serve({ ...store, endedSessions });
    const out = await signOut(served, await signIn(served));
    expect([out.status, heading(out)]).toEqual([503, CLOSED]);
    expect((await reader.get(`${served.url}/dashboard`)).status).toBe(200);
  });
});

describe('signing out of the organization', () => {
  const wayThere = ({ text }: Got): string | undefined =>
    /href="([^"]+)">Sign out of your organization as well/u.exec(text)?.[1]?.replaceAll('&amp;', '&');

  it('is offered where the provider has a page for it, naming the client and nobody, and ends what is kept there', async () => {
    const served = await serve();
    const way = wayThere(await signOut(served, await signIn(served))) ?? '';
    const url = new URL(way);
    expect(url.origin).toBe(served.idp.issuer);
    expect(Object.fromEntries(url.searchParams)).toEqual({ client_id: CLIENT.id });
    // There they are still known: nobody asks them anything.
    served.idp.at = null;
    const page = await signIn(served);
    expect(page.text).toContain('Signed in as Grace Tan-Lopez');
    await signOut(served, page);
    const asked = await reader.get(way);
    const xsrf = /name="xsrf" value="([^"]+)"/u.exec(asked.text)?.[1] ?? '';
    const over = await reader.post(`${served.idp.issuer}/session/end/confirm`, { xsrf, logout: 'yes' });
    expect(over.text).toBe('You are signed out here as well.');
    expect((await signIn(served)).status).toBe(401);
  });

  it('is not offered by a provider without one, nor by one that does not answer', async () => {
    const without = await serve(store, { endsSessions: false });
    const out = await signOut(without, await signIn(without));
    expect([heading(out), wayThere(out)]).toEqual(['You are signed out', undefined]);
    const away = await serve();
    await away.idp.close();
    const got = await openReader().get(`${away.url}/dashboard/signed-out`);
    expect([got.status, wayThere(got)]).toEqual([200, undefined]);
  });
});
