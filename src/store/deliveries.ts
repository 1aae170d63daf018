/** Messages on their way: written with the change that caused them, claimed with a lease, kept as the record of what was said. */
import { z } from 'zod';
import type { NewDelivery, PostedCard, Store, Tx } from '../ports.ts';
import { inBatches } from './batch.ts';
import type { Database } from './client.ts';
import { deliveryColumns, toDeliveries } from './delivery-row.ts';
import { isRowFault } from './faults.ts';
import { Prisma } from './generated/client.ts';
import { storableJson, storableText } from './json.ts';
import { earliestOf } from './rows.ts';

/** How many "sent" marks go into one statement, and how long anybody waits for a turn at the database. */
const marksAtOnce = 500;
const patienceMs = 30_000;

const postedSchema = z.array(
  z.object({
    platform: z.enum(['console', 'slack', 'teams']),
    address_id: z.string(),
    platform_message_id: z.string(),
  }),
);

export function deliveriesIn(db: Prisma.TransactionClient): Tx['deliveries'] {
  return {
    enqueue: (delivery) => enqueue(db, delivery),
    suppress: (about, reason, kinds) => db.$executeRaw`
      UPDATE delivery SET state = 'suppressed', reason = ${reason}, wake_at = NULL
       WHERE about = ${about} AND wake_at IS NOT NULL AND state = 'pending'
         ${kinds ? Prisma.sql`AND kind = ANY(${[...kinds]})` : Prisma.empty}`,
    postedCard: async (card): Promise<PostedCard | null> => {
      const [row] = postedSchema.parse(
        await db.$queryRaw`
          SELECT platform, address_id, platform_message_id FROM delivery
           WHERE card = ${card} AND platform_message_id IS NOT NULL ORDER BY sequence DESC LIMIT 1`,
      );
      if (!row) return null;
      return { card, platform: row.platform, addressId: row.address_id, messageId: row.platform_message_id };
    },
    undelivered: async (since) =>
      toDeliveries(
        await db.$queryRaw`
          SELECT ${deliveryColumns} FROM delivery
           WHERE (state = 'blocked' OR state = 'unreachable') AND due_at >= ${since.toISOString()}::timestamptz
           ORDER BY sequence`,
      ),
  };
}

/** One statement: the new row, and what it makes out of date. Rows written by the statement are not seen by its update. */
async function enqueue(db: Prisma.TransactionClient, delivery: NewDelivery): Promise<boolean> {
  const { to } = delivery;
  const dueAt = delivery.dueAt.toISOString();
  const stillTrue = delivery.stillTrue === null ? null : storableJson(delivery.stillTrue);
  const insert = Prisma.sql`
    INSERT INTO delivery (key, recipient_kind, recipient_id, kind, message, due_at, wake_at, expires_at, still_true,
                          card, about, state)
    VALUES (${delivery.key}, ${to.kind}, ${to.kind === 'person' ? to.personId : to.channel}, ${delivery.kind},
            ${storableJson(delivery.message)}::jsonb, ${dueAt}::timestamptz, ${dueAt}::timestamptz,
            ${delivery.expiresAt?.toISOString() ?? null}::timestamptz, ${stillTrue}::jsonb,
            ${delivery.card}, ${delivery.about}, 'pending')
    ON CONFLICT (key) DO NOTHING`;
  if (delivery.card === null) return (await db.$executeRaw(insert)) === 1;
  const rows: unknown[] = await db.$queryRaw`
    WITH added AS (${insert} RETURNING key),
         older AS (UPDATE delivery SET state = 'suppressed', reason = 'superseded', wake_at = NULL
                    WHERE card = ${delivery.card} AND wake_at IS NOT NULL AND state = 'pending'
                      AND EXISTS (SELECT 1 FROM added))
    SELECT key FROM added`;
  return rows.length === 1;
}

/**
 * In a recipient's order: while one of the recipient's rows is leased nothing else is claimed, and neither is a row behind
 * an earlier one that is due or waits for another attempt. The conditions are written as sub-selects so that each is one
 * look into a small index, whatever the planner believes about the table.
 */
const claim = (now: string, leaseEnd: string, limit: number): Prisma.Sql => Prisma.sql`
  WITH due AS (
    SELECT d.key FROM delivery d
     WHERE d.wake_at <= ${now}::timestamptz
       AND (SELECT 1 FROM delivery e
             WHERE e.recipient_kind = d.recipient_kind AND e.recipient_id = d.recipient_id
               AND e.wake_at IS NOT NULL AND e.attempts > 0 AND e.key <> d.key
               AND (e.sequence < d.sequence OR (e.state = 'leased' AND e.wake_at > ${now}::timestamptz))
             LIMIT 1) IS NULL
       AND (SELECT 1 FROM delivery e
             WHERE e.recipient_kind = d.recipient_kind AND e.recipient_id = d.recipient_id
               AND e.sequence < d.sequence AND e.wake_at <= ${now}::timestamptz
             ORDER BY e.sequence LIMIT 1) IS NULL
     ORDER BY d.wake_at, d.sequence
     LIMIT ${limit}
     FOR UPDATE OF d SKIP LOCKED)
  UPDATE delivery SET state = 'leased', wake_at = ${leaseEnd}::timestamptz, attempts = delivery.attempts + 1
    FROM due WHERE delivery.key = due.key
  RETURNING ${deliveryColumns}`;

export function deliveryQueue({ prisma, gate }: Database): Store['deliveries'] {
  const run = <T>(work: () => Promise<T>): Promise<T> => gate.run(patienceMs, work);
  const mark = inBatches<SentMark, true>(
    async (marks) => {
      await run(() => markSent(prisma, marks));
      return marks.map(() => true);
    },
    { size: marksAtOnce, parallel: 1, blamesRow: isRowFault },
  );
  return {
    claimDue: async ({ now, limit, leaseMs }) => {
      const leaseEnd = new Date(now.getTime() + leaseMs).toISOString();
      const rows = await run(() => prisma.$queryRaw(claim(now.toISOString(), leaseEnd, limit)));
      return toDeliveries(rows).sort((a, b) => (a.sequence < b.sequence ? -1 : 1));
    },
    sent: async (key, to, messageId, at) => {
      await mark({ key, platform: to.platform, addressId: to.id, messageId, at: at.toISOString() });
    },
    later: async (key, dueAt, reason) => {
      await run(
        () => prisma.$executeRaw`
          UPDATE delivery SET state = 'pending', due_at = ${dueAt.toISOString()}::timestamptz,
                 wake_at = ${dueAt.toISOString()}::timestamptz, reason = ${storableText(reason)}
           WHERE key = ${key} AND wake_at IS NOT NULL`,
      );
    },
    finish: async (key, state, reason) => {
      await run(
        () => prisma.$executeRaw`
          UPDATE delivery SET state = ${state}, wake_at = NULL, reason = ${storableText(reason)}
           WHERE key = ${key} AND wake_at IS NOT NULL`,
      );
    },
    nextDueAt: async () => earliestOf(await run(() => prisma.$queryRaw(nextDue))),
    find: async (key) =>
      toDeliveries(
        await run(() => prisma.$queryRaw`SELECT ${deliveryColumns} FROM delivery WHERE key = ${key}`),
      )[0] ?? null,
  };
}

/** Rows held up by a recipient's earlier row are passed over: that row's own instant is the one that matters. */
const nextDue = Prisma.sql`
  SELECT (SELECT d.wake_at FROM delivery d
           WHERE d.wake_at IS NOT NULL
             AND (SELECT 1 FROM delivery e
                   WHERE e.recipient_kind = d.recipient_kind AND e.recipient_id = d.recipient_id
                     AND e.wake_at IS NOT NULL AND e.attempts > 0 AND e.key <> d.key AND e.wake_at > d.wake_at
                     AND (e.state = 'leased' OR e.sequence < d.sequence)
                   LIMIT 1) IS NULL
           ORDER BY d.wake_at, d.sequence LIMIT 1) AS at`;

interface SentMark {
  readonly key: string;
  readonly platform: string;
  readonly addressId: string;
  readonly messageId: string;
  readonly at: string;
}

/** What was posted is posted, so "sent" overrides any other end. */
function markSent(db: Prisma.TransactionClient, marks: readonly SentMark[]): Promise<number> {
  return db.$executeRaw`
    UPDATE delivery SET state = 'sent', wake_at = NULL, reason = NULL, sent_at = mark.at, platform = mark.platform,
           address_id = mark.address_id, platform_message_id = mark.message_id
      FROM unnest(${marks.map((mark) => mark.key)}::text[], ${marks.map((mark) => mark.platform)}::text[],
                  ${marks.map((mark) => mark.addressId)}::text[], ${marks.map((mark) => mark.messageId)}::text[],
                  ${marks.map((mark) => mark.at)}::timestamptz[]) AS mark (key, platform, address_id, message_id, at)
     WHERE delivery.key = mark.key AND delivery.state <> 'sent'`;
}
