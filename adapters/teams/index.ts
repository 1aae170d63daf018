/** Microsoft Teams as a chat platform: what it tells is handed on, what the bot says is posted. Nothing is decided here. */
import { performance } from 'node:perf_hooks';
import { type Request, Router } from 'express';
import { type After, inHand } from '../../src/domain/in-time.ts';
import { isZone } from '../../src/domain/time.ts';
import type { ChatAdapter, Clock, InstallationStore, Log, OwnView, Trouble } from '../../src/ports.ts';
import { createBelow } from './below.ts';
import type { Activity } from './bodies.ts';
import { createTokenCheck } from './bot-framework.ts';
import { type Calls, createCalls } from './calls.ts';
import { hostsIn, type ServiceTrust } from './cloud.ts';
import type { TeamsSettings } from './config.ts';
import { createConnector } from './connector.ts';
import { messagesEndpoint } from './endpoint.ts';
import { carryOut } from './exchange.ts';
import { mendOf } from './failures.ts';
import { type Seen, seenIn, turnOf } from './inbound.ts';
import { TEAMS } from './limits.ts';
import { look, unknownInvoke } from './looks.ts';
import { heed } from './news.ts';
import { createPeople } from './people.ts';
import { createPosting } from './posting.ts';
import { createReferences, type References } from './references.ts';
import { createRepeats } from './repeats.ts';
import type { Answered, ExchangeParts } from './reply.ts';
import { createSignIn } from './sign-in.ts';
import { tabRoutes } from './tab.ts';
import { createTokens, type Tokens } from './tokens.ts';

export interface TeamsOptions {
  readonly settings: TeamsSettings;
  /** Under which people and Teams reach this server, without a slash at the end. */
  readonly publicUrl: string;
  readonly clock: Clock;
  /** The machine's own clock. */
  readonly system: Clock;
  readonly log: Log;
  readonly installations: InstallationStore;
  /** What people may see of their own. */
  readonly own: OwnView;
  /** IANA zone in which channels read times. */
  readonly channelTimeZone: string;
  /** Milliseconds for which one answer of the connector's is waited for; left out: well within the time a delivery is held for. */
  readonly callMs?: number;
  /** Whether a call was made on this very machine, and not passed on. */
  isFromThisMachine(request: Request): boolean;
  /** Tells the administrator what to mend. */
  report(trouble: Trouble): Promise<void>;
}

/** Teams with the routes of its activities (mount them at `/api`) and of its tab (at `/teams`). */
export type Teams = ChatAdapter & {
  readonly messages: Router;
  readonly pages: Router;
  /** Settles when nothing goes on that Teams was answered before. */
  idle(): Promise<void>;
};

const PACE = { atOnce: TEAMS.atOnce, conversation: TEAMS.conversationPace, workspace: TEAMS.tenantPace };

const after: After = (ms, then) => {
  const timer = setTimeout(then, ms);
  return () => clearTimeout(timer);
};

export function createTeams(options: TeamsOptions): Teams {
  const { settings, log, own, system } = options;
  const { app, standIn, channels } = settings;
  const hosts = hostsIn(settings.cloud, standIn);
  const trust: ServiceTrust = { hosts, standIn, isLocal: app === null };
  const tick = (): number => performance.now();
  const tokens = app ? createTokens({ app, hosts, standIn }) : null;
  const calls = createCalls({
    connector: createConnector({ tokens, trust, ...(options.callMs ? { callMs: options.callMs } : {}) }),
    report: options.report,
    log,
    tick,
  });
  const references = createReferences(options.installations, system.now, log);
  const { firstServiceUrl } = hosts;
  const below = createBelow({ calls, settings, store: options.installations, now: system.now, log });
  const posting = createPosting({
    calls,
    below,
    references,
    settings,
    firstServiceUrl,
    now: options.clock.now,
  });
  const people = createPeople({
    connector: calls,
    references,
    open: posting.open,
    tenant: app?.tenantId ?? null,
    channels: [...new Set(Object.values(channels).flatMap((channel) => channel ?? []))],
    firstServiceUrl,
    tick,
  });
  const { goesOn, idle } = inHand((error) => log.warn({ error }, 'Teams did not take all of an answer'));
  let begun: ExchangeParts | null = null;
  const hear = async (activity: Activity, serviceUrl: string): Promise<Answered> => {
    if (!begun) throw new Error('Teams was heard before the bot had started');
    return listen({ parts: begun, settings, references, calls }, activity, serviceUrl);
  };
  return {
    platform: 'teams',
    pace: PACE,
    messages: messagesEndpoint({
      tokens: app ? createTokenCheck({ hosts, appId: app.id, tenantId: app.tenantId }) : null,
      trust,
      tenant: app?.tenantId ?? null,
      log,
      isFromThisMachine: options.isFromThisMachine,
      hear,
    }),
    pages: app ? pagesOf(options, app) : Router(),
    hasChannel: (channel) => channels[channel] !== null,
    hasHome: false,
    findsByEmail: app !== null,
    async start(receive) {
      const { channelTimeZone } = options;
      const repeats = createRepeats(() => system.now().getTime());
      begun = { posting, receive, own, repeats, log, channelTimeZone, goesOn, after };
      // Microsoft may be away at present: the bot starts all the same.
      if (tokens) void lookAround(tokens, calls, log);
    },
    profile: people.profile,
    userWithEmail: people.userWithEmail,
    showHome: async () => undefined,
    deliver: (to, message, key, edits, attachment) =>
      posting.deliver(to, message, key, edits, attachment ?? null),
    // Bots can't read Teams' conversations back. What was begun is known, and completed.
    async findPosted(_to, key) {
      const messageId = await below.begun(key);
      return messageId === null ? { kind: 'cannot-tell' } : { kind: 'partly-posted', messageId };
    },
    async idle() {
      await idle();
      await references.idle();
    },
    async stop() {
      await idle();
      await references.idle();
      begun = null;
    },
  };
}

function pagesOf(
  { settings, own, publicUrl, system, log }: TeamsOptions,
  app: NonNullable<TeamsSettings['app']>,
): Router {
  const hosts = hostsIn(settings.cloud, settings.standIn);
  const signIn = createSignIn({ hosts, standIn: settings.standIn, app, publicUrl, system, log });
  return tabRoutes({ signIn, own, hosts, appId: app.id });
}

interface Listening {
  readonly parts: ExchangeParts;
  readonly settings: TeamsSettings;
  readonly references: References;
  readonly calls: Calls;
}

async function listen(
  { parts, settings, references, calls }: Listening,
  activity: Activity,
  serviceUrl: string,
): Promise<Answered> {
  const told = turnOf(settings, activity, serviceUrl);
  if (told !== null && !('where' in told) && told.kind !== 'search' && told.kind !== 'refresh') {
    // Where the app was added is where it is reached from now on.
    if (told.kind.endsWith('-back')) note(parts, references, seenIn(activity, serviceUrl), activity.id ?? '');
    parts.goesOn(heed({ references, calls, settings }, told, serviceUrl));
    return { status: 200 };
  }
  note(parts, references, seenIn(activity, serviceUrl), activity.id ?? '');
  if (told === null) return activity.type === 'invoke' ? unknownInvoke(activity.name) : { status: 200 };
  return 'where' in told ? carryOut(parts, told) : look(parts, told, activity.from?.id ?? null);
}

/** Keeps where everybody is reached. Somebody who has moved to another zone or language is looked at anew. */
function note(parts: ExchangeParts, references: References, seen: Seen, activity: string): void {
  const { user, serviceUrl, conversation, isShared, team, isNews } = seen;
  parts.goesOn(references.seeService(serviceUrl));
  if (isShared && conversation !== null)
    parts.goesOn(references.seePlace(conversation, { serviceUrl, team, isRemoved: false }, isNews));
  if (user === null) return;
  const told = {
    ...(seen.timeZone !== null && isZone(seen.timeZone) ? { timeZone: seen.timeZone } : {}),
    ...(seen.locale === null ? {} : { locale: seen.locale }),
  };
  const place = conversation === null ? {} : placeOf(isShared, team ?? conversation, conversation);
  const known = references.seePerson(user, { serviceUrl, member: seen.member, ...place, ...told }, isNews);
  parts.goesOn(
    known.then(async (before) => {
      if (before === null) return;
      const { timeZone, locale } = before;
      const now = { timeZone, locale, ...told };
      if (now.timeZone === timeZone && now.locale === locale) return;
      const from = { platform: 'teams', userId: user, channel: null } as const;
      const eventKey = `profile:${user}:${activity}`;
      const receipt = await parts.receive({ kind: 'profile-changed', from, eventKey }, SILENT_REPLY);
      if (receipt.kind === 'accepted') await receipt.done;
      // Nothing was kept: it counts as news again with their next activity.
      if (receipt.kind === 'not-saved') await references.seePerson(user, { timeZone, locale });
    }),
  );
}

/** In a group they are found in its roster; in their own conversation they are written to. */
const placeOf = (isShared: boolean, roster: string, conversation: string) =>
  isShared ? { roster } : { conversation, isRemoved: false };

const SILENT_REPLY = {
  say: async () => undefined,
  openDialog: async () => undefined,
  rejectDialog: async () => undefined,
  update: async () => undefined,
};

/** Looks once at the start whether Microsoft knows the bot by its secret or certificate. */
async function lookAround(tokens: Tokens, calls: Calls, log: Log): Promise<void> {
  const got = await tokens.token();
  const mend =
    got.ok || got.why === 'unreached' ? null : mendOf({ kind: 'refused', status: 401, code: 'NoToken' });
  if (mend) calls.trouble(mend.code, mend.mend);
  log.info({ signedIn: got.ok }, 'looked around in Teams');
}
