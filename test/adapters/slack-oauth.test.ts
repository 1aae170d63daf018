import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TAKEN } from '../support/slack/fake-slack.ts';
import type { OnSlack } from '../support/slack/on-slack.ts';
import { slackPerson } from '../support/slack/person.ts';
import { type Seat, seatOf } from '../support/slack/seat.ts';
import {
  CLIENT_SECRET,
  install,
  keptIn,
  open,
  STATE_SECRET,
  sent,
  startForSeveral,
  wireFrom,
} from '../support/slack/several.ts';
import { addUser } from '../support/slack/world.ts';

let stage: OnSlack;
beforeAll(async () => {
  stage = await startForSeveral({
    SLACK_WORKSPACES: 'T0PARTNER',
    CONSOLE_START_AT: '2026-12-01T10:00:00-05:00',
  });
});
afterAll(() => stage.stop());

const CALLBACK = '/slack/oauth/callback';
const COOKIE = 'slack-app-oauth-state';
const asked = () => stage.slack.asked.filter(({ method }) => method === 'oauth.v2.access');
const seatIn = (team: string, user: string): Seat => {
  const wire = wireFrom(stage.slack, stage.app, team);
  return seatOf({ ...stage, wire, slack: wire.slack }, user);
};

/** A state as it is signed with that secret, so many seconds old. */
function stateMade(secondsAgo: number, secret = STATE_SECRET, alg = 'HS256'): string {
  const encoded = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');
  const now = new Date(Date.now() - secondsAgo * 1_000).toJSON();
  const redirectUri = `https://bot.example.gov${CALLBACK}`;
  const claims = { installOptions: { scopes: ['chat:write'], redirectUri }, now };
  const text = `${encoded({ alg, typ: 'JWT' })}.${encoded(claims)}`;
  return `${text}.${alg === 'none' ? '' : createHmac('sha256', secret).update(text).digest('base64url')}`;
}

describe('installing', () => {
  it('sends to Slack with the scopes and a state that is bound to the browser', async () => {
    const { status, location, cookie, state } = await sent(stage, '/slack/install');
    expect([status, `${location?.origin}${location?.pathname}`]).toEqual([
      302,
      'https://slack.com/oauth/v2/authorize',
    ]);
    expect(location?.searchParams.get('scope')?.split(',')).toContain('chat:write');
    expect(location?.searchParams.get('client_id')).toBe('1.2');
    expect(location?.searchParams.get('redirect_uri')).toBe(`https://bot.example.gov${CALLBACK}`);
    expect(state).not.toBe('');
    expect(cookie).toBe(`${COOKIE}=${state}`);
  });

  it('refuses a state of another browser, of nobody, or none, and asks Slack nothing', async () => {
    const { state, cookie } = await sent(stage, '/slack/install');
    const other = await sent(stage, '/slack/install');
    for (const [query, with_] of [
      [`code=c&state=${state}`, ''],
      [`code=c&state=${state}`, other.cookie],
      ['code=c&state=nonsense', `${COOKIE}=nonsense`],
      ['code=c', cookie],
      [`state=${state}`, cookie],
      [`error=access_denied&state=${state}`, cookie],
      [`code=c&code=d&state=${state}`, cookie],
      [`code=c&state=${state}&state=${state}`, cookie],
      [`code=%3Cscript%3E&state=${state}`, cookie],
      [`code=${'c'.repeat(3_000)}&state=${state}`, cookie],
      ['code=%3Cscript%3E&state=%0d%0aX:1', other.cookie],
    ] as const) {
      const answer = await open(stage, `${CALLBACK}?${query}`, with_);
      expect([query, answer.status]).toEqual([query, 400]);
      expect(answer.text).not.toContain('<script>');
    }
    expect(asked()).toEqual([]);
    expect(await keptIn(stage)).toEqual([]);
  });

  it.each([
    ['is older than ten minutes', stateMade(11 * 60)],
    ['is signed with another secret', stateMade(1, `${STATE_SECRET}x`)],
    ['is not signed at all', stateMade(1, '', 'none')],
  ])('refuses a state that %s', async (_why, state) => {
    const answer = await open(stage, `${CALLBACK}?code=c&state=${state}`, `${COOKIE}=${state}`);
    expect(answer.status).toBe(400);
    expect(asked()).toEqual([]);
  });

  it('asks Slack for a token with the code, and with its own address and secret', async () => {
    const state = stateMade(9 * 60);
    const answer = await open(stage, `${CALLBACK}?code=unknown.code&state=${state}`, `${COOKIE}=${state}`);
    expect(answer.status).toBe(400);
    expect(asked().map(({ token, args }) => ({ token, args }))).toEqual([
      {
        token: '',
        args: {
          code: 'unknown.code',
          client_id: '1.2',
          client_secret: CLIENT_SECRET,
          redirect_uri: `https://bot.example.gov${CALLBACK}`,
        },
      },
    ]);
    expect(answer.text).not.toContain(CLIENT_SECRET);
    expect(await keptIn(stage)).toEqual([]);
  });

  it.each([['reset'], [{ status: 503 }]] as const)(
    'says so when Slack is away, and keeps nothing: %j',
    async (answers) => {
      const { state, cookie } = await sent(stage, '/slack/install');
      stage.slack.fate = ({ method }) => (method === 'oauth.v2.access' ? { lands: null, answers } : TAKEN);
      const answer = await open(stage, `${CALLBACK}?code=c&state=${state}`, cookie);
      stage.slack.fate = () => TAKEN;
      expect(answer.status).toBe(503);
      expect(answer.text).toContain('Slack does not answer');
      expect(await keptIn(stage)).toEqual([]);
    },
  );

  it('keeps the workspace sealed, counts a code once, and answers in the workspace', async () => {
    const before = await slackPerson(stage.wire, 'U0BO').types('help');
    await stage.app.idle();
    expect(before.status).toBe(200);
    expect(seatIn('T0CMSDEMO', 'U0BO').said()).toEqual([]);
    const answer = await install(stage, 'T0CMSDEMO');
    expect(answer.status).toBe(200);
    const [row, ...others] = await keptIn(stage);
    expect([row?.id, others]).toEqual(['T0CMSDEMO', []]);
    for (const secret of ['xoxb', 'fake-token', CLIENT_SECRET, STATE_SECRET])
      expect(`${answer.text}${row?.sealed}`).not.toContain(secret);
    const { state, cookie } = await sent(stage, '/slack/install');
    expect((await open(stage, `${CALLBACK}?code=code-of-T0CMSDEMO&state=${state}`, cookie)).status).toBe(400);
    expect(await seatIn('T0CMSDEMO', 'U0BO').hears('help')).toContain('What you can do here');
  });
});

describe('several workspaces', () => {
  it('are each answered with their own token', async () => {
    expect((await install(stage, 'T0ELSEWHERE')).status).toBe(200);
    addUser(stage.slack.world, { id: 'U0ELSEWHERE', name: 'Somebody', email: 'somebody@elsewhere.example' });
    const from = stage.slack.asked.length;
    expect(await seatIn('T0ELSEWHERE', 'U0ELSEWHERE').hears('I need an ISSO')).toContain('Question 1');
    const tokens = stage.slack.asked.slice(from).map(({ token }) => token);
    expect([...new Set(tokens)]).toEqual(['xoxb-fake-token-of-T0ELSEWHERE']);
  });

  it('are not all believed: who names a mailbox of the roster in a workspace of their own is a guest', async () => {
    const mailbox = 'grace.tanlopez@demo.cms.example';
    addUser(stage.slack.world, { id: 'U0MALLORY', name: 'Grace Tan-Lopez', email: mailbox });
    expect(await seatIn('T0ELSEWHERE', 'U0MALLORY').hears('digest')).not.toContain('Digest');
    expect(await seatIn('T0CMSDEMO', 'U0GTL').hears('digest')).toContain('Digest');
  });

  it('are believed where the settings name them', async () => {
    await install(stage, 'T0PARTNER');
    addUser(stage.slack.world, {
      id: 'U0PARTNER',
      name: 'Grace Tan-Lopez',
      email: 'grace.tanlopez@demo.cms.example',
    });
    expect(await seatIn('T0PARTNER', 'U0PARTNER').hears('digest')).toContain('Digest');
  });

  it('are looked through for a mailbox only where they are believed', async () => {
    // The first of all by its name, if it were asked.
    await install(stage, 'T0AAA');
    await stage.driver.advance({ advance: 'PT6H' });
    await stage.app.idle();
    const looked = stage.slack.asked.filter(({ method }) => method === 'users.lookupByEmail');
    const tokens = new Set(looked.map(({ token }) => token.replace('xoxb-fake-token-of-', '')));
    expect(tokens).toContain('T0CMSDEMO');
    expect([...tokens].filter((team) => !['T0CMSDEMO', 'T0PARTNER'].includes(team))).toEqual([]);
  });

  it('are forgotten when they take the app out, and the others go on', async () => {
    await seatIn('T0ELSEWHERE', 'U0ELSEWHERE').tells({ type: 'app_uninstalled', event_ts: '1.1' });
    await stage.app.idle();
    expect((await keptIn(stage)).map(({ id }) => id)).toEqual(['T0AAA', 'T0CMSDEMO', 'T0PARTNER']);
    expect(await seatIn('T0ELSEWHERE', 'U0ELSEWHERE').hears('help')).toBe('');
    expect(await seatIn('T0CMSDEMO', 'U0BO').hears('settings')).toContain('Your settings');
    await install(stage, 'T0ELSEWHERE');
    expect(await seatIn('T0ELSEWHERE', 'U0ELSEWHERE').hears('help')).not.toBe('');
  });
});
