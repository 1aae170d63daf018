/** What stands in a made-up Microsoft Teams: a tenant, its people, conversations with their messages, open dialogs. */
import { createHash } from 'node:crypto';
import type { Card } from './cards.ts';

export interface TeamsUser {
  /** Their object id in the directory. */
  readonly objectId: string;
  /** `29:…`: their id for this one bot. */
  readonly id: string;
  name: string;
  email: string | null;
  userPrincipalName: string;
  role: 'user' | 'guest' | 'anonymous';
  readonly tenantId: string;
  timeZone: string;
  locale: string;
  /** Whether they have the app in their personal scope. */
  installed: boolean;
  hasBlocked: boolean;
}

export interface TeamsMessage {
  readonly id: string;
  /** Object id of who wrote it; null for the bot. */
  readonly from: string | null;
  /** Head of its thread, its own id where it is that; null outside channels. */
  readonly root: string | null;
  readonly replyTo: string | null;
  readonly at: number;
  text: string;
  summary: string | null;
  card: Card | null;
  /** Everything else that was written into it. */
  activity: Readonly<Record<string, unknown>>;
  edits: number;
  /** Cards that single people were shown in the place of its own, by object id, and how often. */
  readonly seenBy: Map<string, Card>;
  redraws: number;
}

export type Kind = 'personal' | 'channel' | 'groupChat' | 'meeting';

export interface Team {
  readonly id: string;
  readonly name: string;
  readonly groupId: string;
}

export interface TeamsConversation {
  readonly id: string;
  readonly kind: Kind;
  readonly name: string;
  readonly team: Team | null;
  /** Object ids of the people in it. */
  readonly members: Set<string>;
  /** Whether the bot is in it; in a personal conversation the person's `installed` counts. */
  hasBot: boolean;
  readonly messages: TeamsMessage[];
}

/** A dialog that is open for somebody. */
export interface TeamsDialog {
  readonly id: string;
  readonly user: string;
  readonly title: string;
  readonly card: Card;
  /** Where it came from: a card's button, or a command of the message extension. */
  readonly origin:
    | { readonly kind: 'card'; readonly conversation: string; readonly message: string }
    | {
        readonly kind: 'extension';
        readonly commandId: string;
        /** What the client says of the command each time: on which message it was called, if on one. */
        readonly context: Readonly<Record<string, unknown>>;
      };
}

export const TENANT = '72f0c0de-1111-4222-8333-444455556666';
export const APP_ID = '15500b07-aaaa-4bbb-8ccc-dddd0000eeee';
export const BOT_ID = `28:${APP_ID}`;
export const BOT_NAME = 'ISSO As A Service';
export const TEAM: Team = {
  id: '19:generalChannelOfTheProgramme0000000000000001@thread.tacv2',
  name: 'ISSO As A Service',
  groupId: '0c0ffee0-2222-4333-8444-555566667777',
};
export const ISPG_CHANNEL = '19:ispgChannelOfTheDemoTenant000000000000000001@thread.tacv2';
export const PROGRAM_CHANNEL = '19:programmeChannelOfTheDemoTenant0000000000001@thread.tacv2';

export interface World {
  readonly tenant: string;
  /** By object id. */
  readonly users: Map<string, TeamsUser>;
  /** Object ids, by the id for this bot. */
  readonly objectIds: Map<string, string>;
  readonly conversations: Map<string, TeamsConversation>;
  /** The dialog that is open, by object id. */
  readonly dialogs: Map<string, TeamsDialog>;
  /** What a person was last told beside their conversations, such as on a closed dialog, by object id. */
  readonly lastWords: Map<string, string>;
  /** Milliseconds since 1970, later than any before. */
  nextStamp(): number;
  nextId(prefix: string): string;
  /** The personal conversation with that user, made when it is first asked for: the same ever after. */
  personal(objectId: string): TeamsConversation;
}

const long = (text: string): string => createHash('sha512').update(text).digest('base64url');

/** A tenant with the two channels of the programme in a team that the bot is in. */
export function createWorld(now: () => number): World {
  let ids = 0;
  let lastStamp = 0;
  const world: World = {
    tenant: TENANT,
    users: new Map(),
    objectIds: new Map(),
    conversations: new Map(),
    dialogs: new Map(),
    lastWords: new Map(),
    nextStamp() {
      lastStamp = Math.max(lastStamp + 1, Math.floor(now()));
      return lastStamp;
    },
    nextId(prefix) {
      ids += 1;
      return `${prefix}${long(`${prefix} ${ids}`).slice(0, 40)}`;
    },
    personal(objectId) {
      const id = `a:1${long(`personal ${objectId}`)}`;
      return (
        world.conversations.get(id) ?? addConversation(world, { id, kind: 'personal', members: [objectId] })
      );
    },
  };
  addConversation(world, { id: TEAM.id, kind: 'channel', name: 'General', team: TEAM });
  addConversation(world, { id: ISPG_CHANNEL, kind: 'channel', name: 'ispg', team: TEAM });
  addConversation(world, { id: PROGRAM_CHANNEL, kind: 'channel', name: 'isso-as-a-service', team: TEAM });
  return world;
}

type ConversationFacts = Partial<Omit<TeamsConversation, 'members' | 'messages'>> & {
  readonly id: string;
  readonly kind: Kind;
  readonly members?: Iterable<string>;
};

export function addConversation(world: World, facts: ConversationFacts): TeamsConversation {
  const made: TeamsConversation = {
    name: '',
    team: null,
    hasBot: true,
    ...facts,
    members: new Set(facts.members ?? []),
    messages: [],
  };
  world.conversations.set(made.id, made);
  return made;
}

/** A group chat or the chat of a meeting, under an id as Teams gives it. */
export function addChat(
  world: World,
  kind: 'groupChat' | 'meeting',
  members: Iterable<string>,
): TeamsConversation {
  const name = world.nextId(kind === 'meeting' ? 'meeting_' : '');
  return addConversation(world, { id: `19:${name}@thread.v2`, kind, members });
}

/** The object id that stands for a short name, the same each time. */
export function objectIdOf(name: string): string {
  const hex = createHash('sha256').update(`user ${name}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

export function addUser(
  world: World,
  facts: Partial<TeamsUser> & Pick<TeamsUser, 'objectId' | 'name'>,
): TeamsUser {
  const mailbox = `${facts.name.toLowerCase().replaceAll(/[^a-z]+/gu, '.')}@demo.cms.example`;
  const user: TeamsUser = {
    id: `29:1${long(`user ${facts.objectId}`)}`,
    email: mailbox,
    userPrincipalName: facts.email ?? mailbox,
    role: 'user',
    tenantId: world.tenant,
    timeZone: 'America/New_York',
    locale: 'en-US',
    installed: true,
    hasBlocked: false,
    ...facts,
  };
  world.users.set(user.objectId, user);
  world.objectIds.set(user.id, user.objectId);
  return user;
}

/** The user with that id: for this bot, or of the directory. */
export const userCalled = ({ users, objectIds }: World, id: string): TeamsUser | null =>
  users.get(objectIds.get(id) ?? id.toLowerCase()) ?? null;

/** The id of the conversation, and of the thread it names, if any. */
export function placeOf(id: string): { readonly conversation: string; readonly root: string | null } {
  const [conversation = '', thread] = id.split(';messageid=');
  return { conversation, root: thread ?? null };
}

/** A message as it stands in a conversation. */
export const aMessage = (
  facts: Partial<TeamsMessage> & Pick<TeamsMessage, 'id' | 'from' | 'text' | 'at'>,
): TeamsMessage => ({
  root: null,
  replyTo: null,
  summary: null,
  card: null,
  activity: {},
  edits: 0,
  seenBy: new Map(),
  redraws: 0,
  ...facts,
});

/** The card as that person has it before them. */
export const cardFor = (message: TeamsMessage, objectId: string): Card | null =>
  message.seenBy.get(objectId) ?? message.card;

/** What the bot has written there, oldest first. */
export const saidIn = ({ messages }: TeamsConversation): TeamsMessage[] =>
  messages.filter(({ from }) => from === null);
