/** Looks what stands in a conversation: whether a message whose outcome is unknown came, and all that belongs to it. */
import { z } from 'zod';
import type { FoundPost } from '../../src/ports.ts';
import { type Conversation, messageId, type Standing } from './address.ts';
import type { Calls } from './calls.ts';
import { unfound } from './failures.ts';

/** Marks what the bot's own messages carry unseen: the delivery key, and what belongs below the message. */
export const EVENT_TYPE = 'isso_delivery';

/** Messages in one answer of Slack's, and how many answers are read at most. */
const ON_A_PAGE = 200;
const PAGES = 25;

const payloadSchema = z.looseObject({
  key: z.string().optional(),
  parts: z.number().optional(),
  of: z.string().optional(),
  part: z.number().optional(),
  is: z.string().optional(),
  file: z.string().optional(),
});
type Payload = z.infer<typeof payloadSchema>;
const messageSchema = z.looseObject({
  ts: z.string(),
  thread_ts: z.string().optional(),
  metadata: z
    .looseObject({
      event_type: z.string(),
      event_payload: payloadSchema,
    })
    .optional()
    .catch(undefined),
  files: z
    .array(z.looseObject({ name: z.string().nullish() }))
    .optional()
    .catch(undefined),
});
type Told = z.infer<typeof messageSchema>;
const pageSchema = z.looseObject({
  messages: z.array(z.unknown()),
  response_metadata: z.looseObject({ next_cursor: z.string().optional() }).optional(),
});

/** The message with that delivery key, posted at `since` or later. */
export async function findByKey(
  calls: Calls,
  where: Conversation,
  key: string,
  since: Date,
): Promise<FoundPost> {
  const read = await readAll(
    calls,
    where,
    'conversations.history',
    {
      oldest: String(since.getTime() / 1_000),
      inclusive: true,
    },
    (message) => payloadOf(message)?.key === key,
  );
  if (!read.ok) return unfound(read.trouble);
  const found = read.messages.find((message) => payloadOf(message)?.key === key);
  const payload = found ? payloadOf(found) : null;
  if (!found || !payload) return { kind: 'not-posted' };
  const head = { ...where, ts: found.ts };
  const id = messageId(head);
  if (!payload.parts && payload.file === undefined) return { kind: 'posted', messageId: id };
  const there = await findBelow(calls, head);
  if (there === null) return { kind: 'unavailable' };
  const isWhole =
    there.parts.size >= (payload.parts ?? 0) &&
    (payload.file === undefined || there.files.includes(payload.file));
  return { kind: isWhole ? 'posted' : 'partly-posted', messageId: id };
}

/** What stands below a message. */
export interface FoundBelow {
  /** The time stamp of the thread's first message: the message itself, unless it stands in a thread. */
  readonly thread: string;
  /** Its parts, by number: where each stands, and how it was drawn where that is known. */
  readonly parts: ReadonlyMap<number, { readonly ts: string; readonly is?: string | undefined }>;
  /** Names of the thread's files. */
  readonly files: readonly string[];
  /** What the message itself carries unseen; null for one that carries nothing. */
  readonly own: Payload | null;
}

/** Looks what stands below a message; null when that can't be read now. */
export async function findBelow(calls: Calls, head: Standing): Promise<FoundBelow | null> {
  const first = await readThread(calls, head, head.ts);
  if (first === null) return null;
  // Of a message that stands in a thread itself, Slack shows only that one: its thread is read instead.
  const self = first.find(({ ts }) => ts === head.ts);
  const thread = self?.thread_ts ?? head.ts;
  const messages = thread === head.ts ? first : await readThread(calls, head, thread);
  if (messages === null) return null;
  const parts = new Map<number, { readonly ts: string; readonly is?: string | undefined }>();
  const files: string[] = [];
  for (const message of messages) {
    if (message.ts === head.ts) continue;
    const payload = payloadOf(message);
    if (payload?.part !== undefined && payload.of === head.ts)
      parts.set(payload.part, { ts: message.ts, is: payload.is });
    for (const { name } of message.files ?? []) if (name) files.push(name);
  }
  return { thread, parts, files, own: self ? payloadOf(self) : null };
}

async function readThread(calls: Calls, where: Conversation, ts: string): Promise<readonly Told[] | null> {
  const read = await readAll(calls, where, 'conversations.replies', { ts }, () => false);
  return read.ok ? read.messages : null;
}

const payloadOf = ({ metadata }: Told): Payload | null =>
  metadata?.event_type === EVENT_TYPE ? metadata.event_payload : null;

/** Reads page by page until `isEnough`. */
async function readAll(
  calls: Calls,
  { workspace, channel }: Conversation,
  method: 'conversations.history' | 'conversations.replies',
  args: Readonly<Record<string, unknown>>,
  isEnough: (message: Told) => boolean,
) {
  const messages: Told[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < PAGES; page += 1) {
    const answered = await calls.call(workspace, method, {
      channel,
      include_all_metadata: true,
      limit: ON_A_PAGE,
      ...args,
      ...(cursor ? { cursor } : {}),
    });
    if (!answered.ok) return answered;
    const read = pageSchema.safeParse(answered.body);
    if (!read.success) return { ok: false as const, trouble: { kind: 'unknown' as const } };
    for (const given of read.data.messages) {
      const message = messageSchema.safeParse(given);
      if (message.success) messages.push(message.data);
    }
    cursor = read.data.response_metadata?.next_cursor;
    if (!cursor || messages.some(isEnough)) break;
  }
  return { ok: true as const, messages };
}
