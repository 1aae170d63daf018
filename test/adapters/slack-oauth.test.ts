import fc from 'fast-check';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createKept } from '../../adapters/slack/installations.ts';
import type { Installation } from '../../src/ports.ts';
import { keepingLog } from '../support/fakes.ts';
import { type RunningApp, startProgramme } from '../support/running-app.ts';
import { installed, startFakeSlack } from '../support/slack/fake-slack.ts';
import { SIGNING_SECRET, settle } from '../support/slack/on-slack.ts';
import { slackPerson, type Wire } from '../support/slack/person.ts';

const SECRETS = { client: 'a-client-secret', state: 'a-state-secret-that-nobody-can-guess' };
type Fake = Awaited<ReturnType<typeof startFakeSlack>>;
let slack: Fake;
let app: RunningApp;
let wire: Wire;
beforeAll(async () => {
  slack = await startFakeSlack();
  settle(slack);
  app = await startProgramme({
    SLACK_CLIENT_ID: '1.2',
    SLACK_CLIENT_SECRET: SECRETS.client,
    SLACK_STATE_SECRET: SECRETS.state,
    SLACK_SIGNING_SECRET: SIGNING_SECRET,
    SLACK_API_URL: slack.apiUrl,
    SLACK_ISPG_CHANNEL: 'T0CMSDEMO/C0ISPG',
    SLACK_PROGRAM_CHANNEL: 'T0CMSDEMO/C0PROGRAM',
    PUBLIC_URL: 'https://bot.example.gov',
    CONSOLE: 'on',
  });
  wire = {
    slack,
    botUrl: () => app.url,
    signingSecret: SIGNING_SECRET,
    now: () => performance.timeOrigin + performance.now(),
  };
});
afterAll(async () => {
  await app.stop();
  await slack.stop();
});

const get = async (path: string, cookie = '') => {
  const response = await fetch(`${app.url}${path}`, {
    redirect: 'manual',
    headers: cookie ? { cookie } : {},
  });
  return {
    status: response.status,
    text: await response.text(),
    location: response.headers.get('location') ?? '',
    cookie: (response.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '',
  };
};
const rows = async (): Promise<{ id: string; sealed: string }[]> => {
  const database = new pg.Client({ connectionString: await app.databaseUrl() });
  await database.connect();
  try {
    return (await database.query('SELECT id, sealed FROM platform_installation ORDER BY id')).rows;
  } finally {
    await database.end();
  }
};

describe('installing', () => {
  it('sends to Slack with the scopes and a state that is bound to the browser', async () => {
    const { status, location, cookie } = await get('/slack/install');
    const address = new URL(location);
    expect([status, address.origin + address.pathname]).toEqual([
      302,
      'https://slack.com/oauth/v2/authorize',
    ]);
    expect(address.searchParams.get('scope')).toContain('chat:write');
    expect(address.searchParams.get('redirect_uri')).toBe('https://bot.example.gov/slack/oauth/callback');
    expect(cookie).toContain(address.searchParams.get('state') ?? 'none');
  });

  it('refuses a state of another browser, of nobody, or none, and asks Slack nothing', async () => {
    const { location } = await get('/slack/install');
    const state = new URL(location).searchParams.get('state') ?? '';
    const other = await get('/slack/install');
    const asked = slack.asked.length;
    for (const [query, cookie] of [
      [`code=c&state=${state}`, ''],
      [`code=c&state=${state}`, other.cookie],
      [`code=c&state=nonsense`, other.cookie],
      ['code=c', ''],
      ['error=access_denied&state=x', ''],
      [`code=c&code=d&state=${state}`, ''],
      ['code=%3Cscript%3E&state=%0d%0aX:1', ''],
    ] as const) {
      const answer = await get(`/slack/oauth/callback?${query}`, cookie);
      expect(answer.status, query).toBeGreaterThanOrEqual(400);
      expect(answer.status, query).toBeLessThan(500);
      expect(answer.text).not.toContain('<script>');
    }
    expect(slack.asked.length).toBe(asked);
    expect(await rows()).toEqual([]);
  });

  it('keeps the workspace sealed, and answers in it', async () => {
    const bo = slackPerson(wire, 'U0BO');
    const { location, cookie } = await get('/slack/install');
    const state = new URL(location).searchParams.get('state') ?? '';
    slack.codes.set('good', installed('xoxb-fake-bot-token', 'T0CMSDEMO'));
    const answer = await get(`/slack/oauth/callback?code=good&state=${state}`, cookie);
    expect(answer.status).toBe(200);
    const [row] = await rows();
    expect(row?.id).toBe('T0CMSDEMO');
    expect(row?.sealed).not.toContain('xoxb');
    expect(answer.text + row?.sealed).not.toContain(SECRETS.client);
    // A code counts once.
    expect((await get(`/slack/oauth/callback?code=good&state=${state}`, cookie)).status).toBe(400);
    await bo.types('help');
    await app.idle();
    expect(slack.world.direct('U0BO').messages.at(-1)?.text).toContain('What you can do here');
  });

  it('is asked for again once Slack says that the app was taken out', async () => {
    await slackPerson(wire, 'U0BO').event({ type: 'app_uninstalled', event_ts: '1.1' });
    await app.idle();
    expect(await rows()).toEqual([]);
    const { location, cookie } = await get('/slack/install');
    slack.codes.set('again', installed('xoxb-fake-bot-token', 'T0CMSDEMO'));
    const state = new URL(location).searchParams.get('state') ?? '';
    expect((await get(`/slack/oauth/callback?code=again&state=${state}`, cookie)).status).toBe(200);
  });
});

describe('the link with a start parameter', () => {
  const begin = async (query: string) => {
    const sent = await get(`/slack/start?${query}`);
    return { ...sent, state: new URL(sent.location).searchParams.get('state') ?? '' };
  };

  it('asks Slack who came, begins what it is for, and leads into Slack', async () => {
    const { status, location, state, cookie } = await begin('with=issoaas');
    const address = new URL(location);
    expect([status, address.origin + address.pathname]).toEqual([
      302,
      'https://slack.com/openid/connect/authorize',
    ]);
    expect(address.searchParams.get('scope')).toBe('openid');
    slack.codes.set('who', { access_token: 'xoxp-of-somebody' });
    slack.codes.set('xoxp-of-somebody', {
      'https://slack.com/user_id': 'U0BO2',
      'https://slack.com/team_id': 'T0CMSDEMO',
    });
    const came = await get(`/slack/start/callback?code=who&state=${state}`, cookie);
    expect([came.status, came.location]).toEqual([
      302,
      'https://slack.com/app_redirect?app=A0ISSOBOT&team=T0CMSDEMO',
    ]);
    await app.idle();
    const said = slack.world.direct('U0BO2').messages.map(({ text }) => text);
    expect(said.some((text) => text.includes('Question 1'))).toBe(true);
  });

  it('begins nothing for another browser, an unknown workspace, or whoever only fetches it', async () => {
    const { state, cookie } = await begin('with=issoaas');
    expect((await get(`/slack/start/callback?code=who&state=${state}`)).status).toBe(400);
    expect((await get(`/slack/start/callback?code=who&state=${state}x`, cookie)).status).toBe(400);
    expect((await get('/slack/start/callback?code=who&state=a.b', cookie)).status).toBe(400);
    slack.codes.set('foreign', { access_token: 'xoxp-foreign' });
    slack.codes.set('xoxp-foreign', {
      'https://slack.com/user_id': 'U0X',
      'https://slack.com/team_id': 'T0ELSEWHERE',
    });
    expect((await get(`/slack/start/callback?code=foreign&state=${state}`, cookie)).status).toBe(400);
  });

  it('takes only a plain word as its parameter, and never leads elsewhere', async () => {
    for (const hostile of [
      'with=https://evil.example',
      'with=%0d%0aX:1',
      'with=<script>',
      'with=a&with=b',
      '',
    ]) {
      const { location } = await begin(hostile);
      expect(new URL(location).hostname).toBe('slack.com');
      expect(location).not.toContain('evil');
    }
  });
});

describe('a sealed installation', () => {
  const memory = () => {
    const kept = new Map<string, Installation>();
    return {
      kept,
      store: {
        put: async (one: Installation) => void kept.set(one.id, one),
        get: async (_platform: string, id: string) => kept.get(id) ?? null,
        list: async () => [...kept.values()],
        remove: async (_platform: string, id: string) => void kept.delete(id),
      },
    };
  };
  const workspace = fc.record({
    id: fc.stringMatching(/^[TE][A-Z0-9]{3,10}$/u),
    token: fc.string({ minLength: 8 }),
    botUserId: fc.string(),
    scopes: fc.constantFrom(null, ['chat:write']),
    appId: fc.constantFrom(null, 'A1'),
  });

  it('opens with its secret and under its id, and with nothing else', async () => {
    await fc.assert(
      fc.asyncProperty(workspace, fc.nat(), async (one, place) => {
        const { kept, store } = memory();
        const log = keepingLog();
        const own = createKept(store, SECRETS.state, () => new Date(0), log);
        await own.put(one);
        const sealed = kept.get(one.id)?.sealed ?? '';
        expect(sealed).not.toContain(one.token);
        expect(await own.get(one.id)).toEqual(one);
        expect(await createKept(store, `${SECRETS.state}x`, () => new Date(0), log).get(one.id)).toBeNull();
        const at = 3 + (place % (sealed.length - 3));
        const flipped = `${sealed.slice(0, at)}${sealed[at] === 'A' ? 'B' : 'A'}${sealed.slice(at + 1)}`;
        kept.set(one.id, { platform: 'slack', id: one.id, sealed: flipped });
        expect(await own.get(one.id)).toBeNull();
        kept.set('T0OTHER', { platform: 'slack', id: 'T0OTHER', sealed });
        expect(one.id === 'T0OTHER' || (await own.get('T0OTHER')) === null).toBe(true);
        expect(JSON.stringify(log.lines)).not.toContain(one.token);
      }),
      { numRuns: 60 },
    );
  });
});
