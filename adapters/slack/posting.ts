/** Messages on their way into Slack: a conversation found, a message posted or redrawn, with what belongs to it below it. */
import { remember } from '../../src/domain/remember.ts';
import type { Message } from '../../src/messages/message.ts';
import type { Address, Attachment, Delivered, DeliveryFailure, FoundPost } from '../../src/ports.ts';
import {
  type Conversation,
  channelNamed,
  channelPlace,
  isUser,
  messageId,
  type Place,
  placeOf,
  type Standing,
  standingOf,
} from './address.ts';
import {
  type Below,
  complete,
  completeNew,
  type Found,
  headMetadata,
  post,
  redraw,
  redrawWhole,
} from './below.ts';
import type { Calls } from './calls.ts';
import type { SlackSettings } from './config.ts';
import { failureOf, unfound } from './failures.ts';
import { findByKey } from './reading-back.ts';
import { renderMessage } from './render-message.ts';
import { textOf } from './web-api.ts';

/** Direct conversations that are remembered: they stay what they are. */
const REMEMBERED = 20_000;
/** What is looked for may have been posted a little before it was due, by the other machine's clock. */
const EARLIER_MS = 5 * 60_000;

export interface PostingDeps {
  readonly calls: Calls;
  readonly settings: SlackSettings;
  readonly now: () => Date;
}

export interface Posting {
  /** The conversation an address stands for. */
  conversation(address: string): Promise<Found<Conversation>>;
  deliver(
    to: Address,
    message: Message,
    key: string,
    edits: string | null,
    attachment: Attachment | null,
  ): Promise<Delivered | DeliveryFailure>;
  findPosted(to: Address, key: string, since: Date): Promise<FoundPost>;
  /** Posts an answer; in `thread` where one is named. */
  post(to: Conversation, message: Message, timeZone: string, thread: string | null): Promise<Found<Standing>>;
  /** Redraws a message of the bot, and what stands below it where it `hasReplies`. */
  redraw(
    standing: Standing,
    hasReplies: boolean,
    message: Message,
    timeZone: string,
  ): Promise<Found<Standing>>;
}

export function createPosting(deps: PostingDeps): Posting {
  const direct = new Map<string, string>();
  const conversation = (address: string): Promise<Found<Conversation>> =>
    conversationOf(deps, direct, address);
  return {
    conversation,
    async deliver(to, message, key, edits, attachment) {
      const where = await conversation(to.id);
      if (!where.ok) return failureOf(where.trouble, deps.now());
      const drawn = renderMessage(message, { timeZone: to.timeZone });
      const below: Below = { key, parts: drawn.thread, attachment };
      const before = edits === null ? null : standingOf(edits);
      const head = before
        ? await redraw(deps.calls, before, drawn, headMetadata(below))
        : await post(deps.calls, where.value, drawn, { metadata: headMetadata(below) });
      if (!head.ok) return failureOf(head.trouble, deps.now());
      // From here on the message stands: what is still missing below it is found by looking, and completed.
      const completion = before
        ? await complete(deps.calls, head.value, below)
        : await completeNew(deps.calls, head.value, below, head.value.ts);
      if (completion === 'not-yet') return { kind: 'unknown' };
      return { kind: 'delivered', messageId: messageId(head.value) };
    },
    async findPosted(to, key, since) {
      const where = await conversation(to.id);
      if (!where.ok) return unfound(where.trouble);
      return findByKey(deps.calls, where.value, key, new Date(since.getTime() - EARLIER_MS));
    },
    async post(to, message, timeZone, thread) {
      const drawn = renderMessage(message, { timeZone });
      const head = await post(deps.calls, to, drawn, thread === null ? {} : { thread_ts: thread });
      const below: Below = { key: null, parts: drawn.thread, attachment: null };
      if (head.ok) await completeNew(deps.calls, head.value, below, thread ?? head.value.ts);
      return head;
    },
    redraw(standing, hasReplies, message, timeZone) {
      const drawn = renderMessage(message, { timeZone });
      return hasReplies || drawn.thread.length > 0
        ? redrawWhole(deps.calls, standing, drawn)
        : redraw(deps.calls, standing, drawn, undefined);
    },
  };
}

async function conversationOf(
  { calls, settings }: PostingDeps,
  direct: Map<string, string>,
  address: string,
): Promise<Found<Conversation>> {
  const place = await placeFor(calls, settings, address);
  if (!place.ok) return place;
  const { workspace, id } = place.value;
  if (!isUser(place.value)) return { ok: true, value: { workspace, channel: id } };
  const known = direct.get(address);
  if (known) return { ok: true, value: { workspace, channel: known } };
  const opened = await calls.call(workspace, 'conversations.open', { users: id });
  if (!opened.ok) return opened;
  const { channel } = opened.body as { readonly channel?: { readonly id?: unknown } };
  const channelId = textOf(channel?.id);
  if (channelId === null) return { ok: false, trouble: { kind: 'unknown' } };
  remember(direct, address, channelId, REMEMBERED);
  return { ok: true, value: { workspace, channel: channelId } };
}

async function placeFor(calls: Calls, settings: SlackSettings, address: string): Promise<Found<Place>> {
  const name = channelNamed(address);
  const gone: Found<Place> = {
    ok: false,
    trouble: { kind: 'refused', code: 'channel_not_found', needed: null },
  };
  if (name === null) {
    const place = placeOf(address);
    return place ? { ok: true, value: place } : gone;
  }
  const only = settings.channels[name].workspace === null ? await calls.workspaces.only() : null;
  if (only && !only.ok) return only;
  const place = channelPlace(settings, name, only ? only.workspace.id : null);
  return place ? { ok: true, value: place } : gone;
}
