import dns from 'node:dns';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { isOwnAddress, type SlackCloud } from '../../adapters/slack/cloud.ts';
import { parseConfig } from '../../src/config.ts';
import { bullets, card, say } from '../../src/messages/message.ts';
import { type BareSlack, bareSlack } from '../support/slack/bare-slack.ts';

const DOMAINS = { commercial: 'slack.com', gov: 'slack-gov.com' } as const;
/** Looks like a cloud's own, and is not. */
const ELSEWHERE = ['slack.com', 'slack-gov.com', 'slack-gov.com.evil.example', 'evilslack-gov.com'];
const machineFetch = globalThis.fetch;
const machineLookup = dns.lookup;

/** Hosts that the adapter wanted to speak to, by request or by connection. */
const wanted = new Set<string>();
const methods = new Set<string>();
/** What Slack would answer, in the place of each method. */
let answers: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {};

beforeEach(() => {
  wanted.clear();
  methods.clear();
  const guarded: typeof fetch = async (input) => {
    const { protocol, hostname, pathname } = new URL(input instanceof Request ? input.url : String(input));
    wanted.add(`${protocol}//${hostname}`);
    const method = pathname.replace(/^\/api\//u, '');
    methods.add(method);
    return Response.json({ ok: true, ...answers[method] });
  };
  globalThis.fetch = guarded;
  dns.lookup = Object.assign((hostname: string, ...rest: readonly unknown[]) => {
    // The test's own server listens there; what the adapter asks of it by HTTP is noted above.
    if (hostname === '127.0.0.1') return Reflect.apply(machineLookup, dns, [hostname, ...rest]);
    wanted.add(`https://${hostname}`);
    const tell = rest.at(-1) as (error: Error) => void;
    process.nextTick(tell, Object.assign(new Error('no way out of this test'), { code: 'ENOTFOUND' }));
  }, machineLookup) as typeof dns.lookup;
});
afterEach(() => {
  globalThis.fetch = machineFetch;
  dns.lookup = machineLookup;
});

const INSTALLABLE = {
  SLACK_SIGNING_SECRET: 'a-signing-secret-of-a-test',
  SLACK_CLIENT_ID: '1234567890.1234567890',
  SLACK_CLIENT_SECRET: 'a-client-secret-of-a-test',
  SLACK_STATE_SECRET: 'a-state-secret-of-a-test-that-is-long-enough',
  SLACK_ISPG_CHANNEL: 'T0CMSDEMO/C0ISPG',
  SLACK_PROGRAM_CHANNEL: 'T0CMSDEMO/C0PROGRAM',
  PUBLIC_URL: 'https://isso-bot.example.gov',
};
const WITH_TOKEN = {
  SLACK_SIGNING_SECRET: 'a-signing-secret-of-a-test',
  SLACK_BOT_TOKEN: 'xoxb-fake-bot-token',
  SLACK_ISPG_CHANNEL: 'C0ISPG',
  SLACK_PROGRAM_CHANNEL: 'C0PROGRAM',
};

function botIn(cloud: SlackCloud, settings: Readonly<Record<string, string>>): BareSlack {
  const parsed = parseConfig({ ...settings, ...(cloud === 'gov' ? { SLACK_CLOUD: 'gov' } : {}) });
  if (!parsed.ok) throw new Error(parsed.problems.map(({ name, mend }) => `${name}: ${mend}`).join('\n'));
  if (!parsed.config.slack) throw new Error('Slack is not set up');
  return bareSlack({ settings: parsed.config.slack });
}

/** What that cloud answers: its own addresses, or those of `domain`. */
const answersOf = (domain: string) => ({
  'auth.test': { team_id: 'T0CMSDEMO', user_id: 'U0ISSOBOT', url: `https://cms.${domain}/` },
  'conversations.open': { channel: { id: 'D0BO' } },
  'chat.postMessage': { channel: 'D0BO', ts: '1796137200.000100' },
  'conversations.history': { messages: [] },
  'conversations.replies': { messages: [] },
  'files.getUploadURLExternal': { upload_url: `https://files.${domain}/upload/v1/abc`, file_id: 'F0A' },
  'apps.connections.open': { url: `wss://wss-primary.${domain}/link/?ticket=1` },
  'oauth.v2.access': {
    app_id: 'A0ISSOBOT',
    authed_user: { id: 'U0ADMIN' },
    scope: 'chat:write',
    token_type: 'bot',
    access_token: 'xoxb-another-fake-token',
    bot_user_id: 'U0ISSOBOT',
    team: { id: 'T0CMSDEMO', name: 'CMS demo' },
    enterprise: null,
    is_enterprise_install: false,
  },
  'openid.connect.token': { access_token: 'xoxp-fake-person-token' },
  'openid.connect.userInfo': {
    'https://slack.com/user_id': 'U0BO',
    'https://slack.com/team_id': 'T0CMSDEMO',
  },
});
const isOf = (domain: string) => (origin: string) => {
  const { protocol, hostname } = new URL(origin);
  return protocol === 'https:' && (hostname === domain || hostname.endsWith(`.${domain}`));
};
function expectOnly(domain: string): void {
  expect(wanted.size).toBeGreaterThan(0);
  expect([...wanted].filter((origin) => !isOf(domain)(origin))).toEqual([]);
}

describe.each(['gov', 'commercial'] as const)('a bot in the cloud %s', (cloud) => {
  const domain = DOMAINS[cloud];
  const other = DOMAINS[cloud === 'gov' ? 'commercial' : 'gov'];
  beforeEach(() => {
    answers = answersOf(domain);
  });

  test('speaks to that cloud alone, whatever it does', async () => {
    const { adapter, lines } = botIn(cloud, WITH_TOKEN);
    const bo = { platform: 'slack', id: 'T0CMSDEMO/U0BO', timeZone: 'America/New_York' } as const;
    const file = { name: 'engagements.csv', type: 'text/csv', content: 'number\r\n1\r\n' };
    await adapter.start(async () => ({ kind: 'duplicate' }));
    await vi.waitFor(() => expect(lines.map(({ event }) => event)).toContain('looked around in Slack'));
    const digest = card('Digest', [
      bullets(Array.from({ length: 300 }, (_, index) => `System ${index} waits.`)),
    ]);
    expect((await adapter.deliver(bo, digest, 'k1', null, file)).kind).toBe('delivered');
    await adapter.deliver({ ...bo, id: '#ispg' }, say('Hello'), 'k2', 'T0CMSDEMO/C0ISPG/1796137200.000100');
    await adapter.findPosted(bo, 'k1', new Date());
    await adapter.profile('T0CMSDEMO/U0BO');
    await adapter.userWithEmail('bo_owner@example.gov');
    await adapter.showHome(bo, say('Your page'));
    await adapter.stop();
    expect([...methods].sort()).toEqual(
      expect.arrayContaining([
        '/upload/v1/abc',
        'chat.update',
        'files.completeUploadExternal',
        'users.lookupByEmail',
        'views.publish',
      ]),
    );
    expectOnly(domain);
    expect(wanted).toContain(`https://files.${domain}`);
  });

  test('sends no file to the other cloud', async () => {
    answers = {
      ...answers,
      'files.getUploadURLExternal': { upload_url: `https://files.${other}/upload`, file_id: 'F0A' },
    };
    const { adapter } = botIn(cloud, WITH_TOKEN);
    const file = { name: 'engagements.csv', type: 'text/csv', content: 'number\r\n' };
    const bo = { platform: 'slack', id: 'T0CMSDEMO/U0BO', timeZone: 'America/New_York' } as const;
    expect(await adapter.deliver(bo, say('Hello'), 'k1', null, file)).toEqual({ kind: 'unknown' });
    await adapter.stop();
    expectOnly(domain);
  });

  test('connects by Socket Mode within that cloud', async () => {
    const { adapter } = botIn(cloud, { ...WITH_TOKEN, SLACK_APP_TOKEN: 'xapp-fake-app-token' });
    await adapter.start(async () => ({ kind: 'duplicate' }));
    await vi.waitFor(() => expect(wanted).toContain(`https://wss-primary.${domain}`));
    await adapter.stop();
    expectOnly(domain);
  });

  test('opens no connection to an address of the other cloud', async () => {
    answers = answersOf(other);
    const { adapter, lines } = botIn(cloud, { ...WITH_TOKEN, SLACK_APP_TOKEN: 'xapp-fake-app-token' });
    await adapter.start(async () => ({ kind: 'duplicate' }));
    const refused = 'Socket Mode could not be connected; it is tried again';
    await vi.waitFor(() => expect(lines.map(({ event }) => event)).toContain(refused));
    await adapter.stop();
    expectOnly(domain);
  });
});

describe.each(['gov', 'commercial'] as const)(
  'whoever installs the bot or signs in, in the cloud %s',
  (cloud) => {
    const domain = DOMAINS[cloud];
    let server: Server;
    let base = '';
    let bot: BareSlack;
    beforeEach(async () => {
      answers = answersOf(domain);
      bot = botIn(cloud, INSTALLABLE);
      await bot.adapter.start(async () => ({
        kind: 'accepted',
        heard: { kind: 'joined', from: { platform: 'slack', userId: 'x', channel: null }, eventKey: 'x' },
        done: Promise.resolve(),
      }));
      server = createServer(express().use('/slack', bot.adapter.router));
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack`;
    });
    afterEach(async () => {
      await bot.adapter.stop();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    });

    /** Goes away to Slack from `path`, and comes back with a code. */
    async function goAndComeBack(path: string, back: string) {
      const sent = await machineFetch(`${base}${path}`, { redirect: 'manual' });
      const away = new URL(sent.headers.get('location') ?? 'about:blank');
      const cookie = sent.headers
        .getSetCookie()
        .map((each) => each.split(';')[0])
        .join('; ');
      const state = encodeURIComponent(away.searchParams.get('state') ?? '');
      const came = await machineFetch(`${base}${back}?code=a-code&state=${state}`, {
        redirect: 'manual',
        headers: { cookie },
      });
      return { away, came };
    }

    test('is sent to that cloud and nowhere else, and the bot asks nobody else', async () => {
      const installed = await goAndComeBack('/install', '/oauth/callback');
      expect(`${installed.away.origin}${installed.away.pathname}`).toBe(
        `https://${domain}/oauth/v2/authorize`,
      );
      expect(installed.came.status).toBe(200);
      const begun = await goAndComeBack('/start?with=new-request', '/start/callback');
      expect(`${begun.away.origin}${begun.away.pathname}`).toBe(`https://${domain}/openid/connect/authorize`);
      expect(begun.came.status).toBe(302);
      expect(new URL(begun.came.headers.get('location') ?? '').origin).toBe(`https://${domain}`);
      expect(methods).toContain('oauth.v2.access');
      expect(methods).toContain('openid.connect.userInfo');
      expectOnly(domain);
    });
  },
);

describe('an address that Slack named', () => {
  test.each(ELSEWHERE)('counts as a cloud’s own only where it is: %s', (host) => {
    for (const cloud of ['gov', 'commercial'] as const) {
      const api = `https://${DOMAINS[cloud]}/api/`;
      expect(isOwnAddress(`https://files.${host}/x`, cloud, api)).toBe(host === DOMAINS[cloud]);
      expect(isOwnAddress(`http://files.${host}/x`, cloud, api)).toBe(false);
      expect(isOwnAddress(`https://someone:secret@files.${host}/x`, cloud, api)).toBe(false);
    }
  });
});
