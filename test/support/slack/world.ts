/** What stands in a made-up Slack: workspaces, people, conversations with their messages, views, files. */

export interface SlackUser {
  readonly id: string;
  readonly name: string;
  email: string | null;
  timeZone: string;
  locale: string;
  isDeleted: boolean;
  isBot: boolean;
  isEmailConfirmed: boolean;
}

export interface SlackMessage {
  readonly ts: string;
  readonly user: string;
  readonly threadTs: string | null;
  text: string;
  blocks: readonly unknown[];
  metadata: unknown;
  readonly files: readonly { readonly id: string; readonly name: string }[];
  edits: number;
}

export interface SlackConversation {
  readonly id: string;
  readonly kind: 'channel' | 'im';
  /** The person on the other side of a direct conversation. */
  readonly user: string | null;
  name: string;
  isArchived: boolean;
  isMember: boolean;
  readonly messages: SlackMessage[];
}

export interface SlackViewState {
  readonly id: string;
  readonly user: string;
  view: Record<string, unknown>;
  hash: string;
  isOpen: boolean;
}

export interface SlackFile {
  readonly id: string;
  readonly name: string;
  readonly altText: string | null;
  length: number;
  bytes: Uint8Array | null;
  channel: string | null;
}

export interface SlackToken {
  readonly team: string;
  readonly enterprise: string | null;
  readonly isOrganisation: boolean;
  scopes: readonly string[];
  /** What Slack answers instead of taking it. */
  refusedAs: string | null;
}

export const BOT_USER = 'U0ISSOBOT';
export const BOT_ID = 'B0ISSOBOT';
export const APP_ID = 'A0ISSOBOT';

export interface World {
  readonly team: string;
  readonly users: Map<string, SlackUser>;
  readonly conversations: Map<string, SlackConversation>;
  readonly tokens: Map<string, SlackToken>;
  readonly views: Map<string, SlackViewState>;
  /** Published pages, by user. */
  readonly homes: Map<string, Record<string, unknown>>;
  readonly files: Map<string, SlackFile>;
  /** Triggers that were given out: when, to whom, and whether they were used. */
  readonly triggers: Map<string, { readonly at: number; readonly user: string; isUsed: boolean }>;
  nextTs(): string;
  nextId(prefix: string): string;
  /** The direct conversation with that user, made when it is first asked for. */
  direct(user: string): SlackConversation;
}

export const SCOPES = [
  'app_mentions:read',
  'channels:history',
  'channels:read',
  'chat:write',
  'commands',
  'files:write',
  'groups:history',
  'groups:read',
  'im:history',
  'im:write',
  'users:read',
  'users:read.email',
];

/** A workspace with the bot in it and the two channels of the programme. `now` is the clock by which messages are stamped. */
export function createWorld(team: string, now: () => number): World {
  let ids = 0;
  let lastStamp = 0;
  const world: World = {
    team,
    users: new Map(),
    conversations: new Map(),
    tokens: new Map([
      [
        'xoxb-fake-bot-token',
        { team, enterprise: null, isOrganisation: false, scopes: SCOPES, refusedAs: null },
      ],
    ]),
    views: new Map(),
    homes: new Map(),
    files: new Map(),
    triggers: new Map(),
    nextTs() {
      lastStamp = Math.max(lastStamp + 1, Math.floor(now() * 1_000));
      return `${Math.floor(lastStamp / 1_000_000)}.${String(lastStamp % 1_000_000).padStart(6, '0')}`;
    },
    nextId(prefix) {
      ids += 1;
      return `${prefix}0${ids.toString(36).toUpperCase().padStart(6, '0')}`;
    },
    direct(user) {
      const id = `D${user.slice(1)}`;
      const known = world.conversations.get(id);
      if (known) return known;
      const made = conversation(id, 'im', user, 'directmessage');
      world.conversations.set(id, made);
      return made;
    },
  };
  addUser(world, { id: BOT_USER, name: 'ISSO As A Service', isBot: true });
  for (const [id, name] of [
    ['C0ISPG', 'ispg'],
    ['C0PROGRAM', 'isso-as-a-service'],
  ] as const)
    world.conversations.set(id, conversation(id, 'channel', null, name));
  return world;
}

const conversation = (
  id: string,
  kind: 'channel' | 'im',
  user: string | null,
  name: string,
): SlackConversation => ({ id, kind, user, name, isArchived: false, isMember: true, messages: [] });

/** A message as it stands in a conversation. */
export const aMessage = (
  facts: Partial<SlackMessage> & Pick<SlackMessage, 'ts' | 'user' | 'text'>,
): SlackMessage => ({ threadTs: null, blocks: [], metadata: null, files: [], edits: 0, ...facts });

export function addUser(world: World, facts: Partial<SlackUser> & Pick<SlackUser, 'id' | 'name'>): SlackUser {
  const user: SlackUser = {
    email: null,
    timeZone: 'America/New_York',
    locale: 'en-US',
    isDeleted: false,
    isBot: false,
    isEmailConfirmed: true,
    ...facts,
  };
  world.users.set(user.id, user);
  return user;
}
