import { z } from 'zod';
import { TOPICS } from '../domain/contact.ts';
import {
  DELIVERY_KINDS,
  DELIVERY_STATES,
  type Delivery,
  type Lease,
  type Recipient,
  URGENCIES,
} from '../ports.ts';
import { Prisma } from './generated/client.ts';
import { memberOf } from './rows.ts';
import { attachmentSchema, messageSchema, stillTrueSchema } from './stored-shapes.ts';

const COLUMNS = [
  'key',
  'sequence',
  'recipient_kind',
  'recipient_id',
  'kind',
  'urgency',
  'topic',
  'message',
  'attachment',
  'via',
  'due_at',
  'first_due_at',
  'expires_at',
  'still_true',
  'card',
  'redraws',
  'about',
  'state',
  'attempts',
  'failures',
  'waiting_since',
  'unsettled_since',
  'tried',
  'may_repeat',
  'bundle',
  'reason',
  'sent_at',
  'platform',
  'platform_message_id',
] as const;

/** The columns `toDeliveries` reads, of the table or alias named, for `SELECT` and `RETURNING`. */
export const columnsOf = (table: string): string => COLUMNS.map((column) => `${table}.${column}`).join(', ');
export const deliveryColumns = Prisma.raw(columnsOf('delivery'));

const CARRIERS = ['console', 'slack', 'teams', 'email'] as const;
export const carrierSchema = z.enum(CARRIERS);

/** A row of `COLUMNS` as the driver and Prisma give it; what the database doesn't see to itself is checked in reading it. */
export interface DeliveryRow {
  readonly key: string;
  /** Prisma reads it as a bigint, the driver as text. */
  readonly sequence: bigint | string;
  readonly recipient_kind: string;
  readonly recipient_id: string;
  readonly kind: string;
  readonly urgency: string;
  readonly topic: string | null;
  readonly message: unknown;
  readonly attachment: unknown;
  readonly via: string | null;
  readonly due_at: Date;
  readonly first_due_at: Date | null;
  readonly expires_at: Date | null;
  readonly still_true: unknown;
  readonly card: string | null;
  readonly redraws: string | null;
  readonly about: string | null;
  readonly state: string;
  readonly attempts: number;
  readonly failures: number;
  readonly waiting_since: Date | null;
  readonly unsettled_since: Date | null;
  readonly tried: readonly string[] | null;
  readonly may_repeat: boolean;
  readonly bundle: string | null;
  readonly reason: string | null;
  readonly sent_at: Date | null;
  readonly platform: string | null;
  readonly platform_message_id: string | null;
}

export const carrierIn = memberOf(CARRIERS);
const platformIn = memberOf(['console', 'slack', 'teams'] as const);
const kindIn = memberOf(DELIVERY_KINDS);
const urgencyIn = memberOf(URGENCIES);
const topicIn = memberOf(TOPICS);
const stateIn = memberOf(DELIVERY_STATES);
const channelIn = memberOf(['ispg', 'issoaas'] as const);
const holderIn = memberOf(['person', 'mailbox'] as const);

/**
 * Reads rows of `COLUMNS`; throws when one was not written by this program. There may be thousands a second: the columns' types
 * are the database's business, so only names and stored JSON are looked at.
 */
export const toDeliveries = (rows: readonly DeliveryRow[]): Delivery[] => rows.map(toDelivery);

/** Rows as they are read one by one: what was not written by this program does not keep the others from being read. */
export function readDeliveries<Row extends DeliveryRow>(
  rows: readonly Row[],
  onRead?: (delivery: Delivery, row: Row) => void,
): {
  readonly deliveries: Delivery[];
  readonly unreadable: readonly Lease[];
} {
  const deliveries: Delivery[] = [];
  const unreadable: Lease[] = [];
  for (const row of rows) {
    const read = readOrNull(row);
    if (read) {
      deliveries.push(read);
      onRead?.(read, row);
    } else unreadable.push({ key: row.key, attempts: row.attempts });
  }
  return { deliveries, unreadable };
}

/** Rows to be named, not sent: of one whose content can't be read, whom it was for and what became of it. */
export const nameDeliveries = (rows: readonly DeliveryRow[]): Delivery[] =>
  rows.flatMap((row) => readOrNull(row) ?? readOrNull({ ...row, ...WITHOUT_CONTENT }) ?? []);

const WITHOUT_CONTENT = {
  kind: 'notice',
  urgency: 'told',
  topic: null,
  message: { blocks: [], buttons: [] },
  attachment: null,
  via: null,
  still_true: null,
} as const;

function readOrNull(row: DeliveryRow): Delivery | null {
  try {
    return toDelivery(row);
  } catch {
    return null;
  }
}

function toDelivery(row: DeliveryRow): Delivery {
  return {
    key: row.key,
    sequence: BigInt(row.sequence),
    to: recipientOf(row.recipient_kind, row.recipient_id),
    kind: kindIn(row.kind),
    urgency: urgencyIn(row.urgency),
    topic: row.topic === null ? null : topicIn(row.topic),
    message: messageSchema.parse(row.message),
    attachment: row.attachment === null ? null : attachmentSchema.parse(row.attachment),
    via: row.via === null ? null : platformIn(row.via),
    firstDueAt: row.first_due_at,
    unsettledSince: row.unsettled_since,
    mayRepeat: row.may_repeat,
    tried: (row.tried ?? []).map(carrierIn),
    bundle: row.bundle,
    dueAt: row.due_at,
    expiresAt: row.expires_at,
    stillTrue: row.still_true === null ? null : stillTrueSchema.parse(row.still_true),
    card: row.card,
    redraws: row.redraws,
    about: row.about,
    state: stateIn(row.state),
    attempts: row.attempts,
    failures: row.failures,
    waitingSince: row.waiting_since,
    reason: row.reason,
    sentAt: row.sent_at,
    platform: row.platform === null ? null : carrierIn(row.platform),
    platformMessageId: row.platform_message_id,
  };
}

function recipientOf(kind: string, id: string): Recipient {
  return kind === 'channel' ? { kind, channel: channelIn(id) } : { kind: holderIn(kind), personId: id };
}
