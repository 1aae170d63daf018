/** Stand-ins for the outside world: a clock that stands, a log that keeps its lines, a platform that notes what it is asked. */
import type { PlatformMessageId } from '../../src/domain/ids.ts';
import { type Pace, UNLIMITED } from '../../src/domain/pace.ts';
import type { Message } from '../../src/messages/message.ts';
import { plainText } from '../../src/messages/plain-text.ts';
import {
  type Address,
  type Attachment,
  type ChatAdapter,
  type Clock,
  type Delivered,
  type DeliveryFailure,
  type FoundPost,
  type Log,
  type Platform,
  ROSTER_ALONE,
} from '../../src/ports.ts';

export const TUESDAY = new Date('2026-12-01T10:00:00-05:00');
const READER = { timeZone: 'America/New_York' };

/** A clock that stands until it is set. */
export function standingClock(start: Date): Clock & { set(at: Date): void } {
  let at = start;
  return {
    now: () => at,
    set(next) {
      at = next;
    },
  };
}

export interface LogLine {
  readonly level: 'info' | 'warn' | 'error';
  readonly event: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** A log that keeps its lines. */
export function keepingLog(): Log & { readonly lines: LogLine[] } {
  const lines: LogLine[] = [];
  return {
    lines,
    info: (fields, event) => lines.push({ level: 'info', event, fields }),
    warn: (fields, event) => lines.push({ level: 'warn', event, fields }),
    error: (fields, event) => lines.push({ level: 'error', event, fields }),
  };
}

export interface Posted {
  readonly to: Address;
  readonly message: Message;
  readonly text: string;
  readonly key: string;
  readonly edits: PlatformMessageId | null;
  readonly attachment: Attachment | null;
  readonly messageId: PlatformMessageId;
}

type Outcome = Delivered | DeliveryFailure;
export interface RecordingAdapter extends Omit<ChatAdapter, 'pace'> {
  pace: Pace;
  /** Every request, also those that were not taken. */
  readonly asked: Posted[];
  /** What stands on the platform, by message. */
  readonly standing: Map<PlatformMessageId, Posted>;
  /** What the platform answers from now on; null: it takes everything. */
  answer: ((asked: Posted) => Outcome | null | Promise<Outcome | null>) | null;
  /** What it answers to whoever looks for a message; null: the truth. */
  found: FoundPost | null;
}

/** A platform that notes what it is asked and, like a real one that can tell, posts one key once. */
export function recordingAdapter(platform: Platform = 'console'): RecordingAdapter {
  const byKey = new Map<string, PlatformMessageId>();
  const adapter: RecordingAdapter = {
    platform,
    pace: UNLIMITED,
    ...ROSTER_ALONE,
    asked: [],
    standing: new Map(),
    answer: null,
    found: null,
    start: async () => undefined,
    stop: async () => undefined,
    async deliver(to, message, key, edits, attachment = null) {
      const messageId = edits ?? byKey.get(key) ?? `message-${adapter.asked.length + 1}`;
      const posted = { to, message, text: plainText(message, READER), key, edits, attachment, messageId };
      adapter.asked.push(posted);
      const outcome = (await adapter.answer?.(posted)) ?? null;
      if (outcome) return outcome;
      if (edits !== null || !byKey.has(key)) adapter.standing.set(messageId, posted);
      byKey.set(key, messageId);
      return { kind: 'delivered', messageId };
    },
    async findPosted(_to, key) {
      if (adapter.found) return adapter.found;
      const messageId = byKey.get(key);
      return messageId ? { kind: 'posted', messageId } : { kind: 'not-posted' };
    },
  };
  return adapter;
}
