import type { Channel, Speaker } from '../../src/ports.ts';
import type { TeamsSettings } from './config.ts';

/** Somebody of a tenant, by their Entra object id: the same for every bot and conversation. */
export interface TeamsUser {
  readonly tenant: string;
  readonly objectId: string;
}

/** Microsoft's own test client has one digit too many. */
export const GUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12,13}';
const USER = new RegExp(`^(${GUID})/(${GUID})$`, 'u');

/** How an address or a speaker's user id reads: `tenant/object id`, in small letters. */
export const userId = ({ tenant, objectId }: TeamsUser): string => `${tenant}/${objectId}`.toLowerCase();

/** The user an address names; null when it names none. */
export function userOf(address: string): TeamsUser | null {
  const [, tenant, objectId] = USER.exec(address) ?? [];
  return tenant && objectId ? { tenant, objectId } : null;
}

/** A message of a conversation. */
export interface Standing {
  readonly conversation: string;
  readonly activity: string;
}

/** Ids are Teams' own words: letters, digits and a few signs, never blanks or slashes. */
export const CONVERSATION_ID = /^[\w:@.;=+-]{1,400}$/u;
export const ACTIVITY_ID = /^[\w:@.;=+|-]{1,300}$/u;
const STANDING = /^([\w:@.;=+-]{1,400})\/([\w:@.;=+|-]{1,300})$/u;

/** The platform's name of a message: `19:abc@thread.tacv2/1700000000000`. */
export const messageId = ({ conversation, activity }: Standing): string => `${conversation}/${activity}`;

/** The message a name stands for; null when it is none of Teams'. */
export function standingOf(id: string): Standing | null {
  const [, conversation, activity] = STANDING.exec(id) ?? [];
  return conversation && activity ? { conversation, activity } : null;
}

/** Whether the message begins a thread of a channel. */
export const beginsThread = ({ conversation, activity }: Standing): boolean =>
  conversation.endsWith(`;messageid=${activity}`);

/** A conversation without the thread of a channel that Teams may name with it. */
export const channelIdOf = (conversation: string): string => conversation.split(';')[0] ?? conversation;

/** Which of the programme's channels a conversation is; `other` for any other channel or group. */
export function channelOf(
  { channels }: TeamsSettings,
  conversation: string,
): Exclude<Speaker['channel'], null> {
  const id = channelIdOf(conversation);
  if (id === channels.ispg) return 'ispg';
  return id === channels.issoaas ? 'issoaas' : 'other';
}

const CHANNELS: readonly Channel[] = ['ispg', 'issoaas'];

/** The programme's channel that an address names, such as `#ispg`; null when it names none. */
export const channelNamed = (address: string): Channel | null =>
  CHANNELS.find((name) => `#${name}` === address) ?? null;
