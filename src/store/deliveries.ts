/** Messages on their way, as the change that causes them writes and takes them back. Sending them: `delivery-queue.ts`. */
import { z } from 'zod';
import type { DeliveryKey, PersonId } from '../domain/ids.ts';
import { REDRAW_CARD } from '../domain/redraw.ts';
import type { Message } from '../messages/message.ts';
import {
  DELIVERY_STATES,
  type NewDelivery,
  type PostedCard,
  type Reworded,
  type Tx,
  URGENCIES,
  type Urgency,
} from '../ports.ts';
import {
  carrierSchema,
  type DeliveryRow,
  deliveryColumns,
  nameDeliveries,
  toDeliveries,
} from './delivery-row.ts';
import { Prisma } from './generated/client.ts';
import { storableJson } from './json.ts';
import type { Session } from './transaction.ts';

const postedSchema = z.array(
  z.object({
    platform: carrierSchema,
    address_id: z.string(),
    platform_message_id: z.string(),
  }),
);

const takenBackSchema = z.array(z.object({ state: z.string(), urgency: z.enum(URGENCIES) }));
const writtenSchema = z.array(z.object({ state: z.string(), urgency: z.enum(URGENCIES).nullable() }));

/** `noteTakenBack` is told of each row that is ended before it was sent, `noteWritten` of each person written to. */
export function deliveriesIn(
  db: Session,
  noteTakenBack: (urgency: Urgency) => void,
  noteWritten: (personId: PersonId) => void,
): Tx['deliveries'] {
  return {
    enqueue: (delivery) => {
      if (delivery.to.kind === 'person') noteWritten(delivery.to.personId);
      return enqueue(db, delivery, noteTakenBack);
    },
    reword: (key, message) => reword(db, key, message, noteTakenBack),
    suppress: async (about, reason, kinds) => {
      const rows = takenBackSchema.parse(
        await db.rows(Prisma.sql`
          UPDATE delivery SET ${takenBack(reason)}
           WHERE about = ${about} AND wake_at IS NOT NULL AND recalled_because IS NULL
             ${kinds ? Prisma.sql`AND kind = ANY(${[...kinds]})` : Prisma.empty}
          RETURNING state, urgency`),
      );
      for (const { state, urgency } of rows) if (state === 'suppressed') noteTakenBack(urgency);
      return rows.length;
    },
    postedCard: async (card): Promise<PostedCard | null> => {
      const [row] = postedSchema.parse(
        await db.rows(Prisma.sql`
          SELECT platform, address_id, platform_message_id FROM delivery
           WHERE card = ${card} AND platform_message_id IS NOT NULL ORDER BY sequence DESC LIMIT 1`),
      );
      if (!row) return null;
      return { card, platform: row.platform, addressId: row.address_id, messageId: row.platform_message_id };
    },
    lastOfCard: async (card) => {
      const [row] = await db.rows<{ key: string }>(Prisma.sql`
        SELECT key FROM delivery WHERE card = ${card} AND card IS NOT NULL ORDER BY sequence DESC LIMIT 1`);
      return row?.key ?? null;
    },
    cardIn: async (platform, messageId, personId) => {
      const [newest] = toDeliveries(
        await db.rows<DeliveryRow>(Prisma.sql`
          SELECT ${deliveryColumns} FROM delivery
           WHERE recipient_kind = 'person' AND recipient_id = ${personId} AND state IN ('pending', 'leased', 'sent')
             AND card = (SELECT card FROM delivery
                          WHERE card IS NOT NULL AND platform_message_id = ${messageId} AND platform = ${platform}
                            AND recipient_kind = 'person' AND recipient_id = ${personId}
                          ORDER BY sequence DESC LIMIT 1)
           ORDER BY sequence DESC LIMIT 1`),
      );
      return newest ?? null;
    },
    undelivered: async (since) =>
      nameDeliveries(
        await db.rows<DeliveryRow>(Prisma.sql`
          SELECT ${deliveryColumns} FROM delivery
           WHERE (state = 'blocked' OR state = 'unreachable') AND ended_at >= ${since.toISOString()}::timestamptz
           ORDER BY sequence`),
      ),
    bundledWith: async (key, personId) =>
      toDeliveries(
        await db.rows(Prisma.sql`
          SELECT ${deliveryColumns} FROM delivery
           WHERE (key = ${key} OR bundle = ${key}) AND state = 'sent'
             AND recipient_kind = 'person' AND recipient_id = ${personId}
           ORDER BY sequence`),
      ),
    lastDaily: async (personId) =>
      (await (await db.models()).dailyMessage.findFirst({ where: { personId }, orderBy: { day: 'desc' } }))
        ?.key ?? null,
  };
}

/**
 * Ends what is pending and marks what is leased, for an update of rows that want attention: the lease stays, so that
 * nothing overtakes the attempt in hand, but there is none after it.
 */
const takenBack = (reason: string): Prisma.Sql => Prisma.sql`
  state = CASE state WHEN 'pending' THEN 'suppressed' ELSE state END,
  reason = CASE state WHEN 'pending' THEN ${reason} ELSE reason END,
  wake_at = CASE state WHEN 'pending' THEN NULL ELSE wake_at END,
  recalled_because = ${reason}`;

/** One statement: the new row, and what it makes out of date. Rows written by the statement are not seen by its update. */
async function enqueue(
  db: Session,
  delivery: NewDelivery,
  noteTakenBack: (urgency: Urgency) => void,
): Promise<boolean> {
  const { to, attachment } = delivery;
  const dueAt = delivery.dueAt.toISOString();
  const stillTrue = delivery.stillTrue === null ? null : storableJson(delivery.stillTrue);
  const insert = Prisma.sql`
    INSERT INTO delivery (key, recipient_kind, recipient_id, kind, urgency, topic, message, attachment, via, due_at, wake_at,
                          expires_at, still_true, card, redraws, about, state)
    VALUES (${delivery.key}, ${to.kind}, ${to.kind === 'channel' ? to.channel : to.personId}, ${delivery.kind},
            ${delivery.urgency}, ${delivery.topic}, ${storableJson(delivery.message)}::jsonb,
            ${attachment === null ? null : storableJson(attachment)}::jsonb, ${delivery.via},
            ${dueAt}::timestamptz, ${dueAt}::timestamptz,
            ${delivery.expiresAt?.toISOString() ?? null}::timestamptz, ${stillTrue}::jsonb,
            ${delivery.card}, ${delivery.redraws ?? null}, ${delivery.about}, 'pending')
    ON CONFLICT (key) DO NOTHING`;
  if (delivery.card === null) return (await db.changed(insert)) === 1;
  const rows = writtenSchema.parse(
    await db.rows(Prisma.sql`
    WITH added AS (${insert} RETURNING key),
         older AS (UPDATE delivery SET ${takenBack('superseded')}
                    WHERE card = ${delivery.card} AND wake_at IS NOT NULL AND recalled_because IS NULL
                      AND EXISTS (SELECT 1 FROM added)
                    RETURNING state, urgency)
    SELECT 'added' AS state, NULL::text AS urgency FROM added UNION ALL SELECT state, urgency FROM older`),
  );
  for (const { state, urgency } of rows) if (state === 'suppressed' && urgency) noteTakenBack(urgency);
  return rows.some(({ state }) => state === 'added');
}

const wordedSchema = z.array(z.object({ state: z.enum(DELIVERY_STATES), is_settled: z.boolean() }));

/** Locks the row first, so that two who give it other words come one after the other, and so do their redrawings. */
async function reword(
  db: Session,
  key: DeliveryKey,
  message: Message,
  noteTakenBack: (urgency: Urgency) => void,
): Promise<Reworded> {
  const [row] = wordedSchema.parse(
    await db.rows(Prisma.sql`
      SELECT state, state = 'pending' AND unsettled_since IS NULL AS is_settled FROM delivery
       WHERE key = ${key} AND (state = 'sent' OR (wake_at IS NOT NULL AND recalled_because IS NULL)) FOR UPDATE`),
  );
  if (!row) return 'not-there';
  if (row.state === 'sent') return 'sent';
  await db.changed(
    Prisma.sql`UPDATE delivery SET message = ${storableJson(message)}::jsonb WHERE key = ${key}`,
  );
  if (!row.is_settled) return 'in-hand';
  // What was to be drawn over an attempt that came to nothing would bring older words back.
  const older = takenBackSchema.parse(
    await db.rows(Prisma.sql`
      UPDATE delivery SET ${takenBack('superseded')}
       WHERE card = ${REDRAW_CARD + key} AND wake_at IS NOT NULL AND recalled_because IS NULL
      RETURNING state, urgency`),
  );
  for (const { state, urgency } of older) if (state === 'suppressed') noteTakenBack(urgency);
  return 'reworded';
}
