/** Slack as a chat platform: what it tells is handed on, what the bot says is posted. Nothing is decided here. */
import { performance } from 'node:perf_hooks';
import { Router } from 'express';
import { type After, inHand } from '../../src/domain/in-time.ts';
import type { ChatAdapter, Clock, InstallationStore, Log, Trouble } from '../../src/ports.ts';
import { placeOf } from './address.ts';
import { type Calls, createCalls } from './calls.ts';
import { isOwnAddress } from './cloud.ts';
import type { SlackSettings } from './config.ts';
import { createDrafts } from './drafts.ts';
import { carryOut } from './exchange.ts';
import { mendOf, scopeMend } from './failures.ts';
import { httpReceiver } from './http-receiver.ts';
import { type News, turnOfStart } from './inbound.ts';
import { createKept } from './installations.ts';
import { createListener } from './listener.ts';
import { oauthRoutes } from './oauth.ts';
import { profileOf, userWithEmail } from './people.ts';
import { createPosting } from './posting.ts';
import { renderHome } from './render-home.ts';
import { type ExchangeParts, replyTo } from './reply.ts';
import { type SocketReceiver, socketReceiver } from './socket-receiver.ts';
import { startRoutes } from './start-link.ts';
import { missingScopes } from './surface.ts';
import { createWebApi, type WebApi } from './web-api.ts';
import { installedWorkspaces, tokenWorkspace } from './workspaces.ts';

export interface SlackOptions {
  readonly settings: SlackSettings;
  /** Under which people and Slack reach this server, without a slash at the end. */
  readonly publicUrl: string;
  readonly clock: Clock;
  /** The machine's own clock. */
  readonly system: Clock;
  readonly log: Log;
  readonly installations: InstallationStore;
  /** IANA zone in which channels read times. */
  readonly channelTimeZone: string;
  /** Milliseconds for which one answer of Slack's is waited for; left out: well within the time a delivery is held for. */
  readonly callMs?: number;
  /** Tells the administrator what to mend. */
  report(trouble: Trouble): Promise<void>;
}

/** Slack with the routes of its requests and installation (mount them at `/slack`). */
export type Slack = ChatAdapter & {
  readonly router: Router;
  /** Settles when nothing goes on that Slack was answered before. */
  idle(): Promise<void>;
};

/** A posting a second and channel, with a few more at once; what else there is to heed Slack says itself (features reference 5.1). */
const PACE = { atOnce: 12, conversation: [{ messages: 1, ms: 1_050 }], workspace: [] };

const after: After = (ms, then) => {
  const timer = setTimeout(then, ms);
  return () => clearTimeout(timer);
};

export function createSlack(options: SlackOptions): Slack {
  const { settings, system, log } = options;
  const { transport, cloud, apiUrl } = settings;
  const api = createWebApi({ apiUrl, ...(options.callMs === undefined ? {} : { callMs: options.callMs }) });
  const tick = (): number => performance.now();
  const { workspaces, installing } = reachOf(options, api, tick);
  const calls = createCalls({
    api,
    workspaces,
    report: options.report,
    log,
    tick,
    isOwn: (address) => isOwnAddress(address, cloud, apiUrl),
  });
  const posting = createPosting({ calls, settings, now: options.clock.now });
  const { goesOn, idle } = inHand((error) => log.warn({ error }, 'Slack did not take all of an answer'));
  let begun: ExchangeParts | null = null;
  const parts = (): ExchangeParts => {
    if (!begun) throw new Error('Slack was heard before the bot had started');
    return begun;
  };
  const hear = createListener({
    settings,
    take: (turn) => carryOut(parts(), turn),
    news: (news) => heed(calls, settings, news),
  });
  const router = Router();
  if (transport.kind === 'http')
    router.use(httpReceiver({ signingSecret: transport.signingSecret, now: system.now, log, hear }));
  if (installing) router.use(oauthRoutes({ settings, ...installing, publicUrl: options.publicUrl, log }));
  router.use(
    startRoutes({
      settings,
      publicUrl: options.publicUrl,
      api,
      workspaces,
      now: system.now,
      begin: async (place, parameter, key) => {
        const answered = await carryOut(parts(), turnOfStart(place, parameter, key));
        return answered.status === 200;
      },
    }),
  );
  let socket: SocketReceiver | null = null;

  return {
    platform: 'slack',
    pace: PACE,
    router,
    hasChannel: () => true,
    hasHome: true,
    findsByEmail: true,
    async start(receive) {
      begun = {
        calls,
        posting,
        receive,
        channelTimeZone: options.channelTimeZone,
        after,
        drafts: createDrafts(receive, (draft) => replyTo(parts(), draft.where, null, null), log, goesOn),
        goesOn,
      };
      if (transport.kind === 'socket') {
        socket = socketReceiver({
          appToken: transport.appToken,
          apiUrl,
          log,
          hear,
          isOwn: (address) => isOwnAddress(address.replace(/^ws/u, 'http'), cloud, apiUrl),
          trouble: calls.trouble,
          after,
        });
        socket.start();
      }
      // Slack may be away at present: the bot starts all the same.
      void lookAround(calls, log);
    },
    profile: (userId) => profileOf(calls, settings.trusted, userId),
    userWithEmail: (email) => userWithEmail(calls, settings.trusted, email),
    async showHome(to, home) {
      const place = placeOf(to.id);
      if (!place) return;
      const shown = await calls.call(place.workspace, 'views.publish', {
        user_id: place.id,
        view: renderHome(home, { timeZone: to.timeZone }),
      });
      if (!shown.ok) throw new Error('Slack did not take the page');
    },
    deliver: (to, message, key, edits, attachment) =>
      posting.deliver(to, message, key, edits, attachment ?? null),
    findPosted: (to, key, since) => posting.findPosted(to, key, since),
    idle,
    async stop() {
      await socket?.stop();
      await idle();
      begun = null;
    },
  };
}

/** The workspaces the bot reaches; and, where it can be installed into more of them, what that takes. */
function reachOf(
  { settings: { access }, installations, system, log }: SlackOptions,
  api: WebApi,
  tick: () => number,
) {
  if (access.kind === 'token') return { workspaces: tokenWorkspace(api, access.botToken), installing: null };
  const kept = createKept(installations, access.stateSecret, system.now, log);
  return { workspaces: installedWorkspaces(kept, tick), installing: { access, kept } };
}

/** Looks once at the start whether Slack knows the tokens, and whether they may do what the bot needs. */
async function lookAround(calls: Calls, log: Log): Promise<void> {
  const only = await calls.workspaces.only();
  const mend = only?.ok === false ? mendOf(only.trouble) : null;
  if (mend) calls.trouble(mend.code, mend.mend);
  for (const { scopes } of await calls.workspaces.all().catch(() => [])) {
    const missing = missingScopes(scopes);
    if (missing.length > 0) calls.trouble('missing_scope', scopeMend(missing.join(', ')));
  }
  log.info({}, 'looked around in Slack');
}

/** The bot was taken out of a workspace or a channel, or a channel was closed: the administrator hears of it at once. */
async function heed(calls: Calls, { channels }: SlackSettings, news: News): Promise<void> {
  if (news.kind === 'bot-removed') {
    await calls.workspaces.remove(news.workspace);
    calls.trouble(
      'app_uninstalled',
      `the app in the workspace ${news.workspace}: install it again, or unset its settings`,
    );
    return;
  }
  for (const [name, { channel }] of Object.entries(channels)) {
    if (channel !== news.channel) continue;
    const setting = name === 'ispg' ? 'SLACK_ISPG_CHANNEL' : 'SLACK_PROGRAM_CHANNEL';
    calls.trouble(
      news.how === 'left' ? 'channel_left' : 'is_archived',
      news.how === 'left'
        ? `the bot in the channel of ${setting}: invite it there again`
        : `the channel of ${setting}: unarchive it, or set another`,
    );
  }
}
