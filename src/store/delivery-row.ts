import { z } from 'zod';
import { TOPICS } from '../domain/contact.ts';
import { DELIVERY_STATES, type Delivery, type Lease, type Recipient, URGENCIES } from '../ports.ts';
import { Prisma } from './generated/client.ts';
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
  'due_at',
  'first_due_at',
  'expires_at',
  'still_true',
  'card',
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

export const carrierSchema = z.enum(['console', 'slack', 'teams', 'email']);
const rowSchema = z.object({
  key: z.string(),
  // Prisma reads it as a bigint, the driver as text.
  sequence: z.coerce.bigint(),
  recipient_kind: z.enum(['person', 'mailbox', 'channel']),
  recipient_id: z.string(),
  kind: z.enum(['answer', 'card', 'notice', 'reminder', 'escalation', 'digest', 'invitation']),
  urgency: z.enum(URGENCIES),
  topic: z.enum(TOPICS).nullable(),
  message: messageSchema,
  attachment: attachmentSchema.nullable(),
  first_due_at: z.date().nullable(),
  unsettled_since: z.date().nullable(),
  may_repeat: z.boolean(),
  tried: z.array(carrierSchema).nullable(),
  bundle: z.string().nullable(),
  due_at: z.date(),
  expires_at: z.date().nullable(),
  still_true: stillTrueSchema.nullable(),
  card: z.string().nullable(),
  about: z.string().nullable(),
  state: z.enum(DELIVERY_STATES),
  attempts: z.number(),
  failures: z.number(),
  waiting_since: z.date().nullable(),
  reason: z.string().nullable(),
  sent_at: z.date().nullable(),
  platform: carrierSchema.nullable(),
  platform_message_id: z.string().nullable(),
});
const channelSchema = z.enum(['ispg', 'issoaas']);

const deliverySchema = rowSchema
  .refine(
    ({ recipient_kind: kind, recipient_id: id }) => kind !== 'channel' || channelSchema.safeParse(id).success,
  )
  .transform(toDelivery);

/** Reads rows of `deliveryColumns`; throws when one was not written by this program. */
export function toDeliveries(rows: unknown): Delivery[] {
  return z.array(deliverySchema).parse(rows);
}

/** Rows as they are read one by one: what was not written by this program does not keep the others from being read. */
export function readDeliveries(rows: readonly unknown[]): {
  readonly deliveries: Delivery[];
  readonly unreadable: readonly Lease[];
} {
  const deliveries: Delivery[] = [];
  const unreadable: Lease[] = [];
  for (const row of rows) {
    const read = deliverySchema.safeParse(row);
    if (read.success) deliveries.push(read.data);
    else unreadable.push(leaseSchema.parse(row));
  }
  return { deliveries, unreadable };
}

/** Rows to be named, not sent: of one whose content can't be read, whom it was for and what became of it. */
export function nameDeliveries(rows: readonly unknown[]): Delivery[] {
  return rows.flatMap((row) => {
    const read = deliverySchema.safeParse(row);
    if (read.success) return [read.data];
    const bare = typeof row === 'object' && row !== null ? { ...row, ...WITHOUT_CONTENT } : row;
    const named = deliverySchema.safeParse(bare);
    return named.success ? [named.data] : [];
  });
}

const leaseSchema = z.object({ key: z.string(), attempts: z.number() });
const WITHOUT_CONTENT = {
  kind: 'notice',
  urgency: 'told',
  topic: null,
  message: { blocks: [], buttons: [] },
  attachment: null,
  still_true: null,
};

function toDelivery(row: z.infer<typeof rowSchema>): Delivery {
  return {
    key: row.key,
    sequence: row.sequence,
    to: recipientOf(row.recipient_kind, row.recipient_id),
    kind: row.kind,
    urgency: row.urgency,
    topic: row.topic,
    message: row.message,
    attachment: row.attachment,
    firstDueAt: row.first_due_at,
    unsettledSince: row.unsettled_since,
    mayRepeat: row.may_repeat,
    tried: row.tried ?? [],
    bundle: row.bundle,
    dueAt: row.due_at,
    expiresAt: row.expires_at,
    stillTrue: row.still_true,
    card: row.card,
    about: row.about,
    state: row.state,
    attempts: row.attempts,
    failures: row.failures,
    waitingSince: row.waiting_since,
    reason: row.reason,
    sentAt: row.sent_at,
    platform: row.platform,
    platformMessageId: row.platform_message_id,
  };
}

function recipientOf(kind: 'person' | 'mailbox' | 'channel', id: string): Recipient {
  return kind === 'channel' ? { kind, channel: channelSchema.parse(id) } : { kind, personId: id };
}
