/** The whole program as an app that is installed into several workspaces of a made-up Slack, and a browser to install it with. */
import pg from 'pg';
import type { Clock } from '../../../src/ports.ts';
import { type RunningApp, startProgramme } from '../running-app.ts';
import { slackDriver } from '../slack-driver.ts';
import { type FakeSlack, installed, startFakeSlack } from './fake-slack.ts';
import { type OnSlack, SIGNING_SECRET } from './on-slack.ts';
import type { Wire } from './person.ts';
import { settle } from './residents.ts';
import { SCOPES } from './world.ts';

export const CLIENT_SECRET = 'a-client-secret';
export const STATE_SECRET = 'a-state-secret-that-nobody-can-guess';

/** Where the bot's pages are. */
interface At {
  readonly app: Pick<RunningApp, 'url'>;
}

/** What a browser was answered. */
export interface Page {
  readonly status: number;
  readonly text: string;
  readonly location: URL | null;
  /** Name and value of the first cookie that was set; empty for none. */
  readonly cookie: string;
}

/** The bot with the settings for installing; `settings` are environment variables beside those. */
export async function startForSeveral(
  settings: Readonly<Record<string, string>> = {},
  system?: Clock,
): Promise<OnSlack> {
  const slack = await startFakeSlack();
  settle(slack);
  const app = await startProgramme(
    {
      SLACK_CLIENT_ID: '1.2',
      SLACK_CLIENT_SECRET: CLIENT_SECRET,
      SLACK_STATE_SECRET: STATE_SECRET,
      SLACK_SIGNING_SECRET: SIGNING_SECRET,
      SLACK_API_URL: slack.apiUrl,
      SLACK_ISPG_CHANNEL: 'T0CMSDEMO/C0ISPG',
      SLACK_PROGRAM_CHANNEL: 'T0CMSDEMO/C0PROGRAM',
      PUBLIC_URL: 'https://bot.example.gov',
      CONSOLE: 'on',
      ...settings,
    },
    system,
  );
  const wire = wireFrom(slack, app, slack.world.team, system);
  return {
    slack,
    app,
    wire,
    driver: slackDriver(app, wire),
    async stop() {
      await app.stop();
      await slack.stop();
    },
  };
}

/** How people of the workspace called `team` reach the bot. */
export const wireFrom = (slack: FakeSlack, app: RunningApp, team: string, system?: Clock): Wire => ({
  slack: { ...slack, world: { ...slack.world, team } },
  botUrl: () => app.url,
  signingSecret: SIGNING_SECRET,
  now: () => system?.now().getTime() ?? performance.timeOrigin + performance.now(),
});

/** Opens a page of the bot. */
export async function open({ app }: At, path: string, cookie = ''): Promise<Page> {
  const response = await fetch(`${app.url}${path}`, {
    redirect: 'manual',
    headers: cookie ? { cookie } : {},
  });
  const location = response.headers.get('location');
  return {
    status: response.status,
    text: await response.text(),
    location: location === null ? null : new URL(location),
    cookie: (response.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '',
  };
}

/** Goes where the bot sends to Slack; with the state it goes there with. */
export async function sent(stage: At, path: string): Promise<Page & { state: string }> {
  const page = await open(stage, path);
  return { ...page, state: page.location?.searchParams.get('state') ?? '' };
}

/** Installs the app into the workspace called `team`, with a token of its own. */
export async function install(stage: Pick<OnSlack, 'app' | 'slack'>, team: string): Promise<Page> {
  const token = `xoxb-fake-token-of-${team}`;
  const { slack } = stage;
  slack.world.tokens.set(token, {
    team,
    enterprise: null,
    isOrganisation: false,
    scopes: SCOPES,
    refusedAs: null,
  });
  slack.codes.set(`code-of-${team}`, installed(token, team));
  const { state, cookie } = await sent(stage, '/slack/install');
  return open(stage, `/slack/oauth/callback?code=code-of-${team}&state=${state}`, cookie);
}

/** Installations as they stand in the database. */
export async function keptIn({
  app,
}: Pick<OnSlack, 'app'>): Promise<readonly { readonly id: string; readonly sealed: string }[]> {
  const database = new pg.Client({ connectionString: await app.databaseUrl() });
  await database.connect();
  try {
    return (await database.query('SELECT id, sealed FROM platform_installation ORDER BY id')).rows;
  } finally {
    await database.end();
  }
}
