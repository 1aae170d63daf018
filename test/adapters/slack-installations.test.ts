import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import express from 'express';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createKept } from '../../adapters/slack/installations.ts';
import { installedWorkspaces, type Workspace } from '../../adapters/slack/workspaces.ts';
import type { Installation } from '../../src/ports.ts';
import { keepingLog } from '../support/fakes.ts';
import { bareSlack, settingsFor } from '../support/slack/bare-slack.ts';
import { installed, startFakeSlack } from '../support/slack/fake-slack.ts';
import { settle } from '../support/slack/residents.ts';
import { CLIENT_SECRET, open, sent } from '../support/slack/several.ts';
import { SCOPES } from '../support/slack/world.ts';

const SECRET = 'a-state-secret-that-nobody-can-guess';
const NOW = () => new Date(0);

function memory() {
  const rows = new Map<string, Installation>();
  return {
    rows,
    store: {
      put: async (one: Installation) => void rows.set(one.id, one),
      get: async (_platform: string, id: string) => rows.get(id) ?? null,
      list: async () => [...rows.values()],
      remove: async (_platform: string, id: string) => void rows.delete(id),
    },
  };
}
const workspace: fc.Arbitrary<Workspace> = fc.record({
  id: fc.stringMatching(/^[TE][A-Z0-9]{3,10}$/u),
  token: fc.string({ minLength: 8 }),
  botUserId: fc.string(),
  scopes: fc.constantFrom(null, ['chat:write']),
  appId: fc.constantFrom(null, 'A1'),
});

describe('a sealed installation', () => {
  it('opens with its secret and under its id, whatever is in it', async () => {
    await fc.assert(
      fc.asyncProperty(workspace, async (one) => {
        const { rows, store } = memory();
        const own = createKept(store, SECRET, NOW, keepingLog());
        await own.put(one);
        expect(rows.get(one.id)?.sealed).not.toContain(one.token);
        expect(await own.get(one.id)).toEqual(one);
        expect(await own.list()).toEqual([one]);
      }),
      { numRuns: 100 },
    );
  });

  it('never looks the same twice', async () => {
    const { rows, store } = memory();
    const own = createKept(store, SECRET, NOW, keepingLog());
    const one = { id: 'T0A', token: 'xoxb-1-secret', botUserId: 'U0', scopes: null, appId: null };
    await own.put(one);
    const first = rows.get('T0A')?.sealed;
    await own.put(one);
    expect(rows.get('T0A')?.sealed).not.toBe(first);
    expect(await own.get('T0A')).toEqual(one);
  });

  it('does not open once any character is changed, and the log says so without what is in it', async () => {
    await fc.assert(
      fc.asyncProperty(
        workspace,
        fc.nat(),
        fc.constantFrom('A', 'B', '=', '.', ''),
        async (one, at, other) => {
          const { rows, store } = memory();
          const log = keepingLog();
          const own = createKept(store, SECRET, NOW, log);
          await own.put(one);
          const sealed = rows.get(one.id)?.sealed ?? '';
          const place = at % sealed.length;
          const changed = `${sealed.slice(0, place)}${other}${sealed.slice(place + 1)}`;
          fc.pre(changed !== sealed);
          rows.set(one.id, { platform: 'slack', id: one.id, sealed: changed });
          expect(await own.get(one.id)).toBeNull();
          expect(await own.list()).toEqual([]);
          expect(log.lines.map(({ level, fields }) => [level, fields])).toEqual([
            ['warn', { workspace: one.id }],
            ['warn', { workspace: one.id }],
          ]);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('opens neither under another id nor with another secret', async () => {
    await fc.assert(
      fc.asyncProperty(workspace, workspace, fc.string({ minLength: 1 }), async (one, { id }, more) => {
        fc.pre(id !== one.id);
        const { rows, store } = memory();
        const own = createKept(store, SECRET, NOW, keepingLog());
        await own.put(one);
        rows.set(id, { platform: 'slack', id, sealed: rows.get(one.id)?.sealed ?? '' });
        expect(await own.get(id)).toBeNull();
        expect(await createKept(store, SECRET + more, NOW, keepingLog()).get(one.id)).toBeNull();
      }),
      { numRuns: 100 },
    );
  });
});

describe('installed workspaces', () => {
  const one: Workspace = { id: 'T0A', token: 'xoxb-1', botUserId: 'U0', scopes: null, appId: null };
  const bench = () => {
    const kept = new Map([[one.id, one]]);
    const state = { at: 0, isAway: false, asked: 0 };
    const workspaces = installedWorkspaces(
      {
        async get(id) {
          state.asked += 1;
          if (state.isAway) throw new Error('the database is away');
          return kept.get(id) ?? null;
        },
        list: async () => [...kept.values()],
        remove: async (id) => void kept.delete(id),
      },
      () => state.at,
      1_000,
    );
    return { kept, state, workspaces };
  };
  const refused = { ok: false, trouble: { kind: 'refused', code: 'no_installation', needed: null } };

  it('are remembered for a while, and then asked for anew: another process may have changed them', async () => {
    const { kept, state, workspaces } = bench();
    expect(await workspaces.find('T0A')).toEqual({ ok: true, workspace: one });
    const newer = { ...one, token: 'xoxb-2' };
    kept.set('T0A', newer);
    state.at = 999;
    expect(await workspaces.find('T0A')).toEqual({ ok: true, workspace: one });
    expect(state.asked).toBe(1);
    state.at = 1_000;
    expect(await workspaces.find('T0A')).toEqual({ ok: true, workspace: newer });
    kept.delete('T0A');
    state.at = 2_000;
    expect(await workspaces.find('T0A')).toEqual(refused);
  });

  it('go on while the database is away, where they were known before', async () => {
    const { state, workspaces } = bench();
    await workspaces.find('T0A');
    state.at = 60_000;
    state.isAway = true;
    expect(await workspaces.find('T0A')).toEqual({ ok: true, workspace: one });
    expect(await workspaces.find('T0B')).toEqual({ ok: false, trouble: { kind: 'unreached' } });
  });

  it('are gone at once when the app is taken out', async () => {
    const { workspaces } = bench();
    await workspaces.find('T0A');
    await workspaces.remove('T0A');
    expect(await workspaces.find('T0A')).toEqual(refused);
  });
});

describe('an organisation that takes the app for all of its workspaces', () => {
  it('is kept as one, and spoken to with its token; no secret is told on the way', async () => {
    const slack = await startFakeSlack();
    settle(slack);
    const token = 'xoxb-of-the-organisation';
    const facts = { team: 'T0CMSDEMO', enterprise: 'E0HHS', isOrganisation: true };
    slack.world.tokens.set(token, { ...facts, scopes: SCOPES, refusedAs: null });
    slack.codes.set('code', installed(token, null, 'E0HHS'));
    const access = {
      kind: 'oauth',
      clientId: '1.2',
      clientSecret: CLIENT_SECRET,
      stateSecret: SECRET,
    } as const;
    const settings = settingsFor(slack.apiUrl, { access, trusted: ['E0HHS'] });
    const { adapter, lines } = bareSlack({ settings });
    const server = express().use('/slack', adapter.router).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const at = { app: { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` } };
    const { state, cookie } = await sent(at, '/slack/install');
    const refused = await open(at, `/slack/oauth/callback?code=nobody-knows&state=${state}`, cookie);
    const answer = await open(at, `/slack/oauth/callback?code=code&state=${state}`, cookie);
    expect([refused.status, answer.status]).toEqual([400, 200]);
    expect(await adapter.profile('E0HHS/U0GTL')).toMatchObject({
      kind: 'person',
      profile: { email: 'grace.tanlopez@demo.cms.example' },
    });
    expect(slack.asked.at(-1)).toMatchObject({ method: 'users.info', token });
    expect(await adapter.profile('T0CMSDEMO/U0GTL')).toEqual({ kind: 'unavailable' });
    expect(lines.map(({ event }) => event)).toContain('the app was not installed');
    for (const secret of [token, CLIENT_SECRET, SECRET, state, 'nobody-knows'])
      expect(JSON.stringify(lines) + refused.text + answer.text).not.toContain(secret);
    server.closeAllConnections();
    server.close();
    await slack.stop();
  });
});
