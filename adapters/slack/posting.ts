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
import type { Calls } from './calls.ts';
import type { SlackSettings } from './config.ts';
import { failureOf, unfound } from './failures.ts';
import { EVENT_TYPE, findByKey, findParts } from './reading-back.ts';
import { renderMessage, type SlackMessage, type SlackPart } from './render-message.ts';
import { uploadFile } from './upload.ts';
import { type ApiTrouble, textOf } from './web-api.ts';

type Found<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly trouble: ApiTrouble };

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
  /** Redraws a message of the bot. */
  redraw(standing: Standing, message: Message, timeZone: string): Promise<Found<Standing>>;
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
      const below: Below = { key, drawn, attachment };
      const before = edits === null ? null : standingOf(edits);
      const head = before
        ? await redraw(deps.calls, before, drawn, metadataOf(below))
        : await post(deps.calls, where.value, drawn, { metadata: metadataOf(below) });
      if (!head.ok) return failureOf(head.trouble, deps.now());
      // From here on the message stands: what is still missing below it is found by looking, and completed.
      if (!(await complete(deps.calls, head.value, below, before !== null))) return { kind: 'unknown' };
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
      if (head.ok && drawn.thread.length > 0)
        await postParts(deps.calls, { ...head.value, ts: thread ?? head.value.ts }, drawn.thread);
      return head;
    },
    redraw: (standing, message, timeZone) =>
      redraw(deps.calls, standing, renderMessage(message, { timeZone }), undefined),
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

/** A message's head, and what belongs below it. */
interface Below {
  readonly key: string;
  readonly drawn: SlackMessage;
  readonly attachment: Attachment | null;
}

/** What the bot's messages carry unseen: by it an unknown outcome is settled (`reading-back.ts`). */
const metadataOf = ({ key, drawn, attachment }: Below) => ({
  event_type: EVENT_TYPE,
  event_payload: { key, parts: drawn.thread.length, ...(attachment ? { file: attachment.name } : {}) },
});
const partMetadata = (key: string, part: number) => ({
  event_type: EVENT_TYPE,
  event_payload: { key: `${key}#${part}`, part },
});

async function post(
  calls: Calls,
  { workspace, channel }: Conversation,
  { text, blocks }: SlackPart,
  extra: Readonly<Record<string, unknown>>,
): Promise<Found<Standing>> {
  const posted = await calls.call(workspace, 'chat.postMessage', {
    channel,
    text,
    blocks,
    parse: 'none',
    link_names: false,
    unfurl_links: false,
    unfurl_media: false,
    ...extra,
  });
  return posted.ok ? standing(workspace, channel, posted.body) : posted;
}

async function redraw(
  calls: Calls,
  { workspace, channel, ts }: Standing,
  { text, blocks }: SlackPart,
  metadata: unknown,
): Promise<Found<Standing>> {
  const drawn = await calls.call(workspace, 'chat.update', {
    channel,
    ts,
    text,
    blocks,
    parse: 'none',
    link_names: false,
    ...(metadata === undefined ? {} : { metadata }),
  });
  return drawn.ok ? { ok: true, value: { workspace, channel, ts } } : drawn;
}

/** A direct message may be posted under another id than it was sent to. */
function standing(
  workspace: string,
  channel: string,
  body: Readonly<Record<string, unknown>>,
): Found<Standing> {
  const ts = textOf(body.ts);
  if (ts === null) return { ok: false, trouble: { kind: 'unknown' } };
  return { ok: true, value: { workspace, channel: textOf(body.channel) ?? channel, ts } };
}

/**
 * Posts what belongs below the message and is not there yet, and takes away what no longer does; false when some of that could
 * not be done.
 */
async function complete(calls: Calls, head: Standing, below: Below, mayHaveSome: boolean): Promise<boolean> {
  const { key, drawn, attachment } = below;
  if (!mayHaveSome && drawn.thread.length === 0 && attachment === null) return true;
  const there = mayHaveSome ? await findParts(calls, head) : { parts: new Map<number, string>(), files: [] };
  if (there === null) return false;
  for (const [index, part] of drawn.thread.entries()) {
    const ts = there.parts.get(index + 1);
    const made = ts
      ? await redraw(calls, { ...head, ts }, part, partMetadata(key, index + 1))
      : await post(calls, head, part, { thread_ts: head.ts, metadata: partMetadata(key, index + 1) });
    if (!made.ok) return false;
  }
  // What an earlier, longer drawing had beyond that says nothing any more.
  for (const [part, ts] of there.parts) {
    if (part <= drawn.thread.length) continue;
    const deleted = await calls.call(head.workspace, 'chat.delete', { channel: head.channel, ts });
    // A workspace may keep everything that was once posted: such a part stays.
    if (!deleted.ok && deleted.trouble.kind !== 'refused') return false;
  }
  if (attachment === null || there.files.includes(attachment.name)) return true;
  return uploadFile(calls, head, attachment);
}

async function postParts(calls: Calls, head: Standing, parts: readonly SlackPart[]): Promise<void> {
  for (const part of parts) await post(calls, head, part, { thread_ts: head.ts });
}
