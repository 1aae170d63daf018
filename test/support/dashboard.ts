/** The dashboard on a real socket over a real database, with the demo programme's people. */

import { openDashboard } from '../../src/http/dashboard/open.ts';
import { createHttp } from '../../src/http/server.ts';
import type { SignInSettings } from '../../src/http/sign-in-config.ts';
import type { Papermaker, Pictures, Store } from '../../src/ports.ts';
import { type Bot, startBot } from './bot.ts';
import { freePort } from './child-bot.ts';
import { keepingLog, standingClock } from './fakes.ts';
import {
  CLIENT,
  type IdentityProvider,
  type ProviderOptions,
  startIdentityProvider,
} from './identity-provider.ts';

export interface RunningDashboard {
  readonly url: string;
  readonly bot: Bot;
  readonly log: ReturnType<typeof keepingLog>;
  /** Lets time go by for the sessions; the bot's own clock stands. */
  wait(minutes: number): void;
  close(): Promise<void>;
}

export interface Served {
  readonly now?: Date;
  readonly signIn?: SignInSettings | null;
  readonly withConsole?: boolean;
  readonly port?: number;
  readonly pictures?: Pictures;
  readonly papermaker?: Papermaker;
}

const DRAWS: Pictures = { burnDown: async () => 'QQ==', programme: async () => 'QQ==' };
const MAKES: Papermaker = {
  pdf: async () => 'QQ==',
  docx: async () => 'QQ==',
  xlsx: async () => 'QQ==',
  csv: (rows) => rows.map((row) => row.join()).join('\n'),
};

/** Serves it; sessions go by the machine's clock from now on. */
export async function serveDashboard(store: Store, served: Served = {}): Promise<RunningDashboard> {
  const { signIn = null, withConsole = true, port = 0, pictures = DRAWS, papermaker = MAKES } = served;
  const log = keepingLog();
  const system = standingClock(new Date());
  const http = createHttp({ log, ready: async () => [] });
  const listening = await http.listen({ host: '127.0.0.1', port });
  const url = `http://127.0.0.1:${listening.port}`;
  const bot = await startBot(store, {
    ...(served.now ? { now: served.now } : {}),
    programme: { publicUrl: url },
  });
  const { clock, programme } = bot;
  const deps = { store, clock, programme };
  const routes = await openDashboard({ deps, signIn, withConsole, system, log, pictures, papermaker });
  if (routes) http.mount('/dashboard', routes);
  return {
    url,
    bot,
    log,
    wait: (minutes) => system.set(new Date(system.now().getTime() + minutes * 60_000)),
    close: () => http.close(),
  };
}

export interface BehindLogin extends RunningDashboard {
  readonly idp: IdentityProvider;
}

/** The dashboard behind an identity provider of its own. */
export async function serveBehindLogin(
  store: Store,
  options: Partial<SignInSettings> & ProviderOptions = {},
): Promise<BehindLogin> {
  const { saysLater, endsSessions, clientKey, ...changed } = options;
  const port = await freePort();
  const idp = await startIdentityProvider(`http://127.0.0.1:${port}/dashboard/signed-in`, {
    ...(saysLater === undefined ? {} : { saysLater }),
    ...(endsSessions === undefined ? {} : { endsSessions }),
    ...(clientKey === undefined ? {} : { clientKey }),
  });
  const signIn: SignInSettings = {
    issuer: idp.issuer,
    clientId: CLIENT.id,
    proof: { kind: 'secret', secret: CLIENT.secret },
    mailboxClaim: 'email',
    sessionKey: null,
    ...changed,
  };
  const served = await serveDashboard(store, { signIn, withConsole: false, port });
  return {
    ...served,
    idp,
    close: async () => {
      await served.close();
      await idp.close();
    },
  };
}
