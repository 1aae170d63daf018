/** What belongs below a message: its details and the rest of a long one in its thread, and a file. Brought in line with what was drawn last. */
import { createHash } from 'node:crypto';
import type { Attachment } from '../../src/ports.ts';
import type { Conversation, Standing } from './address.ts';
import type { Calls } from './calls.ts';
import { isFinal } from './failures.ts';
import { EVENT_TYPE, type FoundBelow, findBelow } from './reading-back.ts';
import type { SlackMessage, SlackPart } from './render-message.ts';
import { uploadFile } from './upload.ts';
import { type ApiTrouble, textOf } from './web-api.ts';

export type Found<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly trouble: ApiTrouble };

/** The parts of a message below its head, and the file that goes with it. */
export interface Below {
  /** The delivery key; null for an answer, which is said at once or not at all. */
  readonly key: string | null;
  readonly parts: readonly SlackPart[];
  readonly attachment: Attachment | null;
}

/**
 * `whole`: all stands. `not-yet`: some of it may be missing, and a later attempt can mend that. `refused`: Slack will not take
 * some of it, now or later; the head stands, and the administrator has been told what to mend.
 */
export type Completion = 'whole' | 'not-yet' | 'refused';

/** What the bot's messages carry unseen: by it an unknown outcome is settled (`reading-back.ts`). */
const unseen = (payload: Readonly<Record<string, unknown>>) => ({
  event_type: EVENT_TYPE,
  event_payload: payload,
});
export const headMetadata = ({ key, parts, attachment }: Below) =>
  unseen({ key, parts: parts.length, ...(attachment ? { file: attachment.name } : {}) });
/** A thread may hold the parts of several messages: each says whose it is, and by `is` how it was drawn. */
const partMetadata = (key: string | null, of: string, part: number, is: string) =>
  unseen({ ...(key === null ? {} : { key: `${key}#${part}` }), of, part, is });
/** The same for the same drawing: what has not changed is not drawn again. */
const printOf = (part: SlackPart): string =>
  createHash('sha256').update(JSON.stringify(part)).digest('hex').slice(0, 16);

/** Posts what belongs below a message that has just been posted into `thread`, or begins it. */
export function completeNew(calls: Calls, head: Standing, below: Below, thread: string): Promise<Completion> {
  return draw(calls, head, below, { thread, parts: new Map(), files: [] });
}

/** Posts what belongs below the message and is not there yet, and takes away what no longer does. */
export async function complete(calls: Calls, head: Standing, below: Below): Promise<Completion> {
  const there = await findBelow(calls, head);
  return there === null ? 'not-yet' : draw(calls, head, below, there);
}

/** Redraws a message with all that belongs below it; its delivery key and its file stay. */
export async function redrawWhole(
  calls: Calls,
  standing: Standing,
  { thread: parts, ...drawn }: SlackMessage,
): Promise<Found<Standing>> {
  const there = await findBelow(calls, standing);
  const { key = null, ...own } = there?.own ?? {};
  const metadata = key === null ? undefined : unseen({ ...own, key, parts: parts.length });
  const head = await redraw(calls, standing, drawn, metadata);
  if (head.ok && there) await draw(calls, standing, { key, parts, attachment: null }, there);
  return head;
}

type There = Pick<FoundBelow, 'thread' | 'parts' | 'files'>;

async function draw(calls: Calls, head: Standing, below: Below, there: There): Promise<Completion> {
  const drawn = await drawParts(calls, head, below, there);
  if (drawn !== 'whole') return drawn;
  const { attachment } = below;
  if (attachment === null || there.files.includes(attachment.name)) return 'whole';
  const uploaded = await uploadFile(calls, { ...head, ts: there.thread }, attachment);
  return uploaded.ok ? 'whole' : without(uploaded.trouble);
}

async function drawParts(
  calls: Calls,
  head: Standing,
  { key, parts }: Below,
  there: There,
): Promise<Completion> {
  for (const [index, part] of parts.entries()) {
    const number = index + 1;
    const is = printOf(part);
    const metadata = partMetadata(key, head.ts, number, is);
    const stands = there.parts.get(number);
    if (stands?.is === is) continue;
    const made = stands
      ? await redraw(calls, { ...head, ts: stands.ts }, part, metadata)
      : await post(calls, head, part, { thread_ts: there.thread, metadata });
    if (!made.ok) return without(made.trouble);
  }
  // What an earlier, longer drawing had beyond that says nothing any more.
  for (const [part, { ts }] of there.parts) {
    if (part <= parts.length) continue;
    const deleted = await calls.call(head.workspace, 'chat.delete', { channel: head.channel, ts });
    // A workspace may keep everything that was once posted: such a part stays.
    if (!deleted.ok && deleted.trouble.kind !== 'refused') return 'not-yet';
  }
  return 'whole';
}

const without = (trouble: ApiTrouble): Completion => (isFinal(trouble) ? 'refused' : 'not-yet');

/** Posts one message, with what else Slack is to know of it. */
export async function post(
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

/** Redraws one message where it stands; what it carries unseen stays unless `metadata` takes its place. */
export async function redraw(
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
