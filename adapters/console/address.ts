import type { Channel } from '../../src/ports.ts';

/** A conversation of the console: a person's direct messages (`bo`) or a channel (`#ispg`). */
export type Conversation =
  | { readonly kind: 'direct'; readonly id: string; readonly personId: string }
  | { readonly kind: 'channel'; readonly id: string; readonly channel: Channel };

const CHANNELS: readonly Channel[] = ['ispg', 'issoaas'];

/** The channel called `name`, with or without its `#`; null when the programme has none of that name. */
export function channelNamed(name: string): Channel | null {
  const bare = name.startsWith('#') ? name.slice(1) : name;
  return CHANNELS.find((channel) => channel === bare) ?? null;
}

/** The conversation id of a channel. */
export const channelConversation = (channel: Channel): string => `#${channel}`;

/** The conversation that `id` names; a name without `#` is a person's. Null for a channel nobody knows. */
export function conversationOf(id: string): Conversation | null {
  if (!id.startsWith('#')) return { kind: 'direct', id, personId: id };
  const channel = channelNamed(id);
  return channel ? { kind: 'channel', id: channelConversation(channel), channel } : null;
}
