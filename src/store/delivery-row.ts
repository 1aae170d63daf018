import { z } from 'zod';
import { DELIVERY_STATES, type Delivery } from '../ports.ts';
import { Prisma } from './generated/client.ts';
import { messageSchema, stillTrueSchema } from './stored-shapes.ts';

/** The columns `toDelivery` reads, for `SELECT` and `RETURNING`. */
export const deliveryColumns = Prisma.sql`
  delivery.key, delivery.sequence, delivery.recipient_kind, delivery.recipient_id, delivery.kind, delivery.message,
  delivery.due_at, delivery.expires_at, delivery.still_true, delivery.card, delivery.about, delivery.state,
  delivery.attempts, delivery.failures, delivery.waiting_since, delivery.reason, delivery.sent_at, delivery.platform, delivery.platform_message_id`;

const rowSchema = z.object({
  key: z.string(),
  sequence: z.bigint(),
  recipient_kind: z.enum(['person', 'channel']),
  recipient_id: z.string(),
  kind: z.enum(['answer', 'card', 'notice', 'reminder', 'escalation', 'digest']),
  message: messageSchema,
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
  platform: z.enum(['console', 'slack', 'teams']).nullable(),
  platform_message_id: z.string().nullable(),
});
const channelSchema = z.enum(['ispg', 'issoaas']);

/** Reads rows of `deliveryColumns`; throws when one was not written by this program. */
export function toDeliveries(rows: unknown): Delivery[] {
  return z.array(rowSchema).parse(rows).map(toDelivery);
}

function toDelivery(row: z.infer<typeof rowSchema>): Delivery {
  return {
    key: row.key,
    sequence: row.sequence,
    to:
      row.recipient_kind === 'person'
        ? { kind: 'person', personId: row.recipient_id }
        : { kind: 'channel', channel: channelSchema.parse(row.recipient_id) },
    kind: row.kind,
    message: row.message,
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
