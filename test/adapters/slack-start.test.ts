import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TAKEN } from '../support/slack/fake-slack.ts';
import { type OnSlack, startOnSlack } from '../support/slack/on-slack.ts';
import { saidIn } from '../support/slack/seat.ts';
import {
  CLIENT_SECRET,
  install,
  open,
  STATE_SECRET,
  sent,
  startForSeveral,
} from '../support/slack/several.ts';

/** How far the machine's clock has gone beyond real time. */
let aheadMs = 0;
let stage: OnSlack;
beforeAll(async () => {
  stage = await startForSeveral({}, { now: () => new Date(Date.now() + aheadMs) });
  await install(stage, 'T0CMSDEMO');
});
afterAll(() => stage.stop());

const CALLBACK = '/slack/start/callback';
let comings = 0;
/** A code by which Slack says who came. */
function codeOf(user: string, team = 'T0CMSDEMO'): string {
  comings += 1;
  const token = `xoxp-${comings}`;
  stage.slack.codes.set(`code.${comings}`, { access_token: token });
  stage.slack.codes.set(token, { 'https://slack.com/user_id': user, 'https://slack.com/team_id': team });
  return `code.${comings}`;
}
const come = (code: string, { state, cookie }: { readonly state: string; readonly cookie: string }) =>
  open(stage, `${CALLBACK}?code=${code}&state=${state}`, cookie);
const said = (user: string): string[] => saidIn(stage.slack.world.direct(user)).map(({ text }) => text);
const exchanges = () => stage.slack.asked.filter(({ method }) => method === 'openid.connect.token');

describe('the link with a start parameter', () => {
  it('asks Slack who came, begins what it is for, and leads into Slack', async () => {
    const from = exchanges().length;
    const begun = await sent(stage, '/slack/start?with=issoaas');
    const { status, location, cookie, state } = begun;
    expect([status, `${location?.origin}${location?.pathname}`]).toEqual([
      302,
      'https://slack.com/openid/connect/authorize',
    ]);
    const asks = Object.fromEntries(location?.searchParams ?? []);
    expect(asks).toEqual({
      response_type: 'code',
      scope: 'openid',
      client_id: '1.2',
      redirect_uri: `https://bot.example.gov${CALLBACK}`,
      state,
      nonce: cookie.split('=')[1],
    });
    const code = codeOf('U0BO2');
    const came = await come(code, begun);
    expect(came.status).toBe(302);
    expect(came.location?.href).toBe('https://slack.com/app_redirect?app=A0ISSOBOT&team=T0CMSDEMO');
    await stage.app.idle();
    expect(said('U0BO2').filter((text) => text.includes('Question 1'))).toHaveLength(1);
    expect(
      exchanges()
        .slice(from)
        .map(({ token, args }) => ({ token, args })),
    ).toEqual([
      {
        token: '',
        args: {
          client_id: '1.2',
          client_secret: CLIENT_SECRET,
          code,
          redirect_uri: `https://bot.example.gov${CALLBACK}`,
        },
      },
    ]);
  });

  it('begins nothing twice, however often the same browser comes back', async () => {
    const begun = await sent(stage, '/slack/start?with=issoaas');
    const code = codeOf('U0BO');
    for (const each of [code, codeOf('U0BO'), codeOf('U0BO')]) {
      const { status } = await come(each, begun);
      expect(status).toBe(302);
      await stage.app.idle();
    }
    expect((await come(code, begun)).status).toBe(400);
    await stage.app.idle();
    expect(said('U0BO').filter((text) => text.includes('Question 1'))).toHaveLength(1);
    expect(said('U0BO').filter((text) => text.includes('already'))).toEqual([]);
  });

  it('begins nothing for another browser, a state that was changed, or none, and asks Slack nothing', async () => {
    const begun = await sent(stage, '/slack/start?with=issoaas');
    const { state, cookie } = begun;
    const other = await sent(stage, '/slack/start?with=issoaas');
    const [text = '', sign = ''] = state.split('.');
    const changed = Buffer.from(
      Buffer.from(text, 'base64url').toString('utf8').replace('issoaas', 'isso'),
    ).toString('base64url');
    expect(changed).not.toBe(text);
    const from = stage.slack.asked.length;
    for (const [query, with_] of [
      [`code=${codeOf('U0CRA')}&state=${state}`, ''],
      [`code=${codeOf('U0CRA')}&state=${state}`, other.cookie],
      [`code=${codeOf('U0CRA')}&state=${state}x`, cookie],
      [`code=${codeOf('U0CRA')}&state=${changed}.${sign}`, cookie],
      [`code=${codeOf('U0CRA')}&state=a.b`, cookie],
      [`code=${codeOf('U0CRA')}`, cookie],
      [`code=a&code=b&state=${state}`, cookie],
      [`code=%3Cscript%3E&state=${state}`, cookie],
      [`error=access_denied&state=${state}`, cookie],
    ] as const)
      expect([query, (await open(stage, `${CALLBACK}?${query}`, with_)).status]).toEqual([query, 400]);
    expect(stage.slack.asked.slice(from)).toEqual([]);
    expect(said('U0CRA')).toEqual([]);
  });

  it('begins nothing once ten minutes have gone by', async () => {
    const early = await sent(stage, '/slack/start?with=issoaas');
    const late = await sent(stage, '/slack/start?with=issoaas');
    aheadMs = 9 * 60_000;
    expect((await come(codeOf('U0LEAD'), early)).status).toBe(302);
    aheadMs = 11 * 60_000;
    const from = exchanges().length;
    expect((await come(codeOf('U0LEAD'), late)).status).toBe(400);
    aheadMs = 0;
    expect(exchanges()).toHaveLength(from);
    await stage.app.idle();
  });

  it('begins nothing in a workspace without the app, or for whoever only fetches the link', async () => {
    const from = stage.slack.asked.length;
    const begun = await sent(stage, '/slack/start?with=issoaas');
    await stage.app.idle();
    expect(stage.slack.asked.slice(from)).toEqual([]);
    expect((await come(codeOf('U0COR', 'T0NOWHERE'), begun)).status).toBe(400);
    await stage.app.idle();
    expect(said('U0COR')).toEqual([]);
  });

  it.each(['openid.connect.token', 'openid.connect.userInfo'])(
    'says so when Slack is away for %s, and can be followed again',
    async (away) => {
      const begun = await sent(stage, '/slack/start?with=issoaas');
      stage.slack.fate = ({ method }) =>
        method === away ? { lands: null, answers: { status: 503 } } : TAKEN;
      const { status, text } = await come(codeOf('U0GTL'), begun);
      stage.slack.fate = () => TAKEN;
      expect([status, text.includes('Slack does not answer')]).toEqual([503, true]);
      expect((await come(codeOf('U0GTL'), begun)).status).toBe(302);
      await stage.app.idle();
    },
  );

  it('takes only a plain word as its parameter, and never leads elsewhere', async () => {
    for (const hostile of [
      'with=https://evil.example',
      'with=%0d%0aX:1',
      'with=<script>',
      'with=a&with=evil',
      `with=${'evil'.repeat(20)}`,
      '',
    ]) {
      const { location, state } = await sent(stage, `/slack/start?${hostile}`);
      expect(location?.hostname).toBe('slack.com');
      expect(Buffer.from(state.split('.')[0] ?? '', 'base64url').toString('utf8')).toContain(
        '"parameter":""',
      );
      expect(location?.href).not.toContain(STATE_SECRET);
    }
  });
});

it('without the settings for installing, the link says how to begin by hand', async () => {
  const other = await startOnSlack();
  for (const path of ['/slack/start?with=issoaas', `${CALLBACK}?code=c&state=s`]) {
    const { status, text, location } = await open(other, path);
    expect([status, location]).toEqual([200, null]);
    expect(text).toContain('request');
  }
  expect((await open(other, '/slack/install')).status).toBe(404);
  await other.stop();
});
