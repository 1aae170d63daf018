/** The real program in a process of its own, in a made-up Teams of this process. */
import { type FakeCloud, startFakeCloud } from '../support/teams/fake-cloud.ts';
import type { Wire } from '../support/teams/wire.ts';
import { ISPG_CHANNEL, PROGRAM_CHANNEL } from '../support/teams/world.ts';
import { type BareApp, startBare } from './bare-app.ts';
import { addressIn, atTheEnd, newDataDir, newServerDatabase, sharedServer } from './databases.ts';
import { type Programme, startProgramme } from './programme.ts';

/** Settings of a bot in that Teams. */
export const teamsEnv = ({ url, app }: FakeCloud): Readonly<Record<string, string>> => ({
  TEAMS_APP_ID: app.appId,
  TEAMS_APP_PASSWORD: app.password,
  TEAMS_TENANT_ID: app.tenantId,
  TEAMS_ISPG_CHANNEL: ISPG_CHANNEL,
  TEAMS_PROGRAM_CHANNEL: PROGRAM_CHANNEL,
  TEAMS_STAND_IN: url,
  LOG_LEVEL: 'error',
});

/** A Teams that ends with the row. */
export async function newTeams(): Promise<FakeCloud> {
  const cloud = await startFakeCloud();
  atTheEnd(() => cloud.stop());
  return cloud;
}

/** How people of that Teams reach the bot at `url`. */
export const wireTo = (cloud: FakeCloud, url: string): Wire => ({
  cloud,
  botUrl: () => url,
  now: () => performance.timeOrigin + performance.now(),
});

export interface BareBotOptions {
  /** An address or a data directory; left out, it has no database. */
  readonly place?: string;
  readonly statements?: number;
  /** False for a bot that was given no app id. */
  readonly hasAppId?: boolean;
}

/** A bare bot on Bot Framework's own adapter, in that Teams. */
export function startBareBot(
  { app, url }: FakeCloud,
  { place = '', statements = 0, hasAppId = true }: BareBotOptions = {},
): Promise<BareApp> {
  const appId = hasAppId ? app.appId : '';
  return startBare(
    'bare-botbuilder-child',
    [place, String(statements), appId, app.password, app.tenantId, url],
    // It writes down whatever it refuses.
    { isSilent: true },
  );
}

export interface OnTeams {
  readonly app: Programme;
  /** Address of its database. */
  readonly database: string;
}

/** The program in that Teams, on a server where there is one: it starts sooner there. */
export async function startInTeams(
  cloud: FakeCloud,
  env: Readonly<Record<string, string>> = {},
): Promise<OnTeams> {
  const settings = { ...teamsEnv(cloud), ...env };
  const server = await sharedServer();
  if (typeof server === 'string') {
    const dataDir = await newDataDir();
    const app = await startProgramme({ env: { ...settings, DATA_DIR: dataDir } });
    return { app, database: await addressIn(dataDir) };
  }
  const database = await newServerDatabase(server);
  return { app: await startProgramme({ env: { ...settings, DATABASE_URL: database } }), database };
}
