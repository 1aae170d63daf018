import type { Channel, Speaker } from '../../src/ports.ts';
import type { SlackSettings } from './config.ts';

/** A conversation partner or channel, with the workspace or organisation where the bot is installed. */
export interface Place {
  readonly workspace: string;
  /** A user (`U…`, `W…`) or a conversation (`C…`, `G…`, `D…`). */
  readonly id: string;
}

const PLACE = /^([TE][A-Z0-9]{1,30})\/([UWCGD][A-Z0-9]{1,30})$/u;

/** How an address or a speaker's user id reads: `T0123/U0456`. */
export const placeId = ({ workspace, id }: Place): string => `${workspace}/${id}`;

/** The place an address names; null when it names none of Slack's. */
export function placeOf(address: string): Place | null {
  const [, workspace, id] = PLACE.exec(address) ?? [];
  return workspace && id ? { workspace, id } : null;
}

export const isUser = ({ id }: Place): boolean => id.startsWith('U') || id.startsWith('W');

/** A conversation that can be posted into. */
export interface Conversation {
  readonly workspace: string;
  readonly channel: string;
}

/** Where a message stands: its conversation and its time stamp. */
export interface Standing extends Conversation {
  readonly ts: string;
}

const STANDING = /^([TE][A-Z0-9]{1,30})\/([CGD][A-Z0-9]{1,30})\/(\d{1,16}\.\d{1,16})$/u;

/** The platform's name of a message: `T0123/C0456/1700000000.000100`. */
export const messageId = ({ workspace, channel, ts }: Standing): string => `${workspace}/${channel}/${ts}`;

/** The message a name stands for; null when it is none of Slack's. */
export function standingOf(id: string): Standing | null {
  const [, workspace, channel, ts] = STANDING.exec(id) ?? [];
  return workspace && channel && ts ? { workspace, channel, ts } : null;
}

/** Which of the programme's channels a conversation is; `other` for any other channel or group; null for a direct message. */
export function channelOf(
  { channels }: SlackSettings,
  { workspace, id }: Place,
  isDirect: boolean,
): Speaker['channel'] {
  if (isDirect) return null;
  const found = (['ispg', 'issoaas'] as const).find((name) => {
    const own = channels[name];
    return own.channel === id && (own.workspace === null || own.workspace === workspace);
  });
  return found ?? 'other';
}

const CHANNELS: readonly Channel[] = ['ispg', 'issoaas'];

/** How a channel of the programme reads as an address, wherever it is: `#ispg`. */
const channelId = (name: Channel): string => `#${name}`;

/** The programme's channel that an address names; null when it names none. */
export const channelNamed = (address: string): Channel | null =>
  CHANNELS.find((name) => channelId(name) === address) ?? null;

/** Where a channel of the programme is; `only` is the one workspace of a bot that serves no other. */
export function channelPlace({ channels }: SlackSettings, name: Channel, only: string | null): Place | null {
  const { workspace, channel } = channels[name];
  const where = workspace ?? only;
  return where === null ? null : { workspace: where, id: channel };
}
