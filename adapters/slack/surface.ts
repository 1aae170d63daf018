/**
 * What the bot listens to in Slack and what it asks leave for: the one list of it. The manifest is made from it
 * (`manifest.ts`), the code that hears Slack uses its names, and `test/manifest.test.ts` holds the two together.
 */

import type { ButtonPress } from '../../src/messages/button.ts';

/** The slash command. What follows it is heard like words of a direct message. */
export const COMMAND = '/isso';

/** Callback ids of the shortcuts: one in Slack's own menu, one in the menu of each message. */
export const SHORTCUTS = {
  request: 'request-service-isso',
  fromMessage: 'request-from-message',
} as const;

/** What choosing a shortcut says, by its callback id: the same as a button's press. */
export const SHORTCUT_PRESSES: ReadonlyMap<string, ButtonPress> = new Map([
  [SHORTCUTS.request, { verb: 'intake.start-form', subject: 'issoaas' }],
  [SHORTCUTS.fromMessage, { verb: 'intake.start-from', subject: 'issoaas' }],
]);

/** Below the public address. Slack calls the first; people's browsers come to the others. */
export const PATHS = {
  events: '/slack/events',
  install: '/slack/install',
  installed: '/slack/oauth/callback',
  start: '/slack/start',
  started: '/slack/start/callback',
} as const;

/**
 * The events that the bot's user subscribes to, each with its use (docs.slack.dev/reference/events).
 * Missing on purpose: `team_join`, because whoever is new is greeted once they speak, and `member_left_channel`, because
 * Slack sends it to those who stay: the bot learns of its own removal from `channel_left` and `group_left`.
 */
export const EVENTS = {
  app_home_opened: 'Somebody looks at the Home tab, so it is drawn for them.',
  app_mention: 'Somebody speaks to the bot in a channel.',
  'message.im': 'Somebody writes to the bot, or changes what they wrote.',
  user_change: 'Address or time zone of somebody has changed, or their account is closed.',
  channel_left: 'The bot was taken out of a public channel.',
  group_left: 'The bot was taken out of a private channel.',
  channel_archive: 'A public channel was archived and takes no message any more.',
  group_archive: 'A private channel was archived and takes no message any more.',
  app_uninstalled: 'The app was taken out of the workspace.',
  tokens_revoked: 'The leave to act in the workspace was taken back.',
} as const;

export type EventName = keyof typeof EVENTS;

interface ScopeUse {
  /** For whoever approves the app. */
  readonly why: string;
  /** Methods of the Web API that are refused without it. */
  readonly methods: readonly string[];
  /** Events that don't come without it. */
  readonly events: readonly EventName[];
  /** Parts of the app that need it, where neither method nor event does. */
  readonly features?: readonly ('shortcuts' | 'slash_commands')[];
}

/**
 * The bot's scopes, as few as will do: each with its use and with what needs it, by the pages of the methods, events and
 * scopes on docs.slack.dev. Both kinds of channel are in it, because the programme's channels may be public or private.
 */
export const SCOPES = {
  'app_mentions:read': {
    why: 'To hear what is said to the bot in a channel, and nothing else that is said there.',
    methods: [],
    events: ['app_mention'],
  },
  'channels:history': {
    why: "To look in the programme's public channels whether a message of its own stands there, before it sends it again.",
    methods: ['conversations.history', 'conversations.replies'],
    events: [],
  },
  'channels:read': {
    why: "To hear that one of the programme's public channels was archived, or the bot taken out of it.",
    methods: [],
    events: ['channel_left', 'channel_archive'],
  },
  'chat:write': {
    why: 'To answer, to remind, and to redraw or remove messages of its own.',
    methods: ['chat.postMessage', 'chat.update', 'chat.delete'],
    events: [],
  },
  commands: {
    why: `For ${COMMAND} and the shortcuts.`,
    methods: [],
    events: [],
    features: ['shortcuts', 'slash_commands'],
  },
  'files:write': {
    why: 'To send calendar invitations and other files that belong to a message.',
    methods: ['files.getUploadURLExternal', 'files.completeUploadExternal'],
    events: [],
  },
  'groups:history': {
    why: 'The same as channels:history, for private channels that the bot was invited into.',
    methods: ['conversations.history', 'conversations.replies'],
    events: [],
  },
  'groups:read': {
    why: 'The same as channels:read, for private channels that the bot was invited into.',
    methods: [],
    events: ['group_left', 'group_archive'],
  },
  'im:history': {
    why: 'To hear what people write to the bot, and to look whether a message of its own stands there.',
    methods: ['conversations.history', 'conversations.replies'],
    events: ['message.im'],
  },
  'im:write': {
    why: 'To write to somebody first, such as a reminder.',
    methods: ['conversations.open'],
    events: [],
  },
  'users:read': {
    why: 'To know the name and time zone of whoever speaks, and whether they are a person.',
    methods: ['users.info'],
    events: ['user_change'],
  },
  'users:read.email': {
    why: "To find out who of the programme's roster somebody is; nobody is known by a name.",
    methods: ['users.lookupByEmail'],
    events: [],
  },
} as const satisfies Readonly<Record<string, ScopeUse>>;

/**
 * Scopes that people themselves are asked for: only by the start link, which must learn which of Slack's users came
 * (Sign in with Slack, docs.slack.dev/authentication/sign-in-with-slack). No name and no address is asked for with it.
 */
export const USER_SCOPES = ['openid'] as const;

/** The scope of the app-level token of Socket Mode. It is given when the token is made; a manifest can't hold it. */
export const SOCKET_SCOPE = 'connections:write';

/** Methods that need no scope of the bot: they work with its token as it is, with the app's own secret or its app-level token. */
export const METHODS_WITHOUT_SCOPE = [
  'auth.test',
  'auth.revoke',
  'apps.connections.open',
  'oauth.v2.access',
  'openid.connect.token',
  'openid.connect.userInfo',
  'views.open',
  'views.push',
  'views.update',
  'views.publish',
] as const;

/** The bot's scopes that are not among those a token has; none where Slack did not say which it has. */
export const missingScopes = (has: readonly string[] | null): string[] =>
  has === null ? [] : Object.keys(SCOPES).filter((scope) => !has.includes(scope));
