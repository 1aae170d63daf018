/** Messages on their way: written with the change that caused them, claimed with a lease, kept as the record of what was said. */
import { z } from 'zod';
import type { Lease, NewDelivery, PostedCard, PutOff, Store, Tx } from '../ports.ts';
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
      UPDATE delivery SET ${takenBack(reason)}
       WHERE about = ${about} AND wake_at IS NOT NULL AND recalled_because IS NULL
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
           WHERE (state = 'blocked' OR state = 'unreachable') AND ended_at >= ${since.toISOString()}::timestamptz
           ORDER BY sequence`,
      ),
    lastDigestAt: async (channel) =>
      earliestOf(
        await db.$queryRaw`
          SELECT (SELECT coalesce(first_due_at, due_at) FROM delivery
                   WHERE kind = 'digest' AND recipient_kind = 'channel' AND recipient_id = ${channel} AND state = 'sent'
                   ORDER BY sequence DESC LIMIT 1) AS at`,
      ),
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
         older AS (UPDATE delivery SET ${takenBack('superseded')}
                    WHERE card = ${delivery.card} AND wake_at IS NOT NULL AND recalled_because IS NULL
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
    renew: async (lease, until) => {
      const rows = await run(() => prisma.$queryRaw(renew(lease, until.toISOString())));
      return renewedSchema.parse(rows)[0]?.state === 'leased';
    },
    later: async (lease, putOff) => {
      await run(() => prisma.$executeRaw(putBack(lease, putOff)));
    },
    finish: async (lease, state, reason, at) => {
      await run(() => prisma.$executeRaw(end(lease, state, reason, at)));
    },
    nextDueAt: async () => earliestOf(await run(() => prisma.$queryRaw(nextDue))),
    find: async (key) =>
      toDeliveries(
        await run(() => prisma.$queryRaw`SELECT ${deliveryColumns} FROM delivery WHERE key = ${key}`),
      )[0] ?? null,
  };
}

const renewedSchema = z.array(z.object({ state: z.string() }));

/** False for a row that came to an end, and for one that somebody else has claimed since. */
const isHeld = ({ key, attempts }: Lease): Prisma.Sql =>
  Prisma.sql`key = ${key} AND attempts = ${attempts} AND wake_at IS NOT NULL`;

/** What becomes of a leased row: suppressed when it was taken back meanwhile. */
const unlessRecalled = (state: string, wakeAt: Prisma.Sql): Prisma.Sql => Prisma.sql`
  state = CASE WHEN recalled_because IS NULL THEN ${state} ELSE 'suppressed' END,
  wake_at = CASE WHEN recalled_because IS NULL THEN ${wakeAt} END`;

/** A row taken back while it was leased comes to its end here, as its holder is about to send it and has not yet. */
const renew = (lease: Lease, until: string): Prisma.Sql => Prisma.sql`
  UPDATE delivery SET ${unlessRecalled('leased', Prisma.sql`greatest(wake_at, ${until}::timestamptz)`)},
         reason = coalesce(recalled_because, reason)
   WHERE ${isHeld(lease)} AND state = 'leased'
  RETURNING state`;

function putBack(lease: Lease, { kind, dueAt, reason, at }: PutOff): Prisma.Sql {
  const due = Prisma.sql`${dueAt.toISOString()}::timestamptz`;
  const counted =
    kind === 'failed'
      ? Prisma.sql`failures = failures + 1`
      : Prisma.sql`waiting_since = coalesce(waiting_since, ${at.toISOString()}::timestamptz)`;
  return Prisma.sql`
    UPDATE delivery SET ${unlessRecalled('pending', due)}, reason = coalesce(recalled_because, ${storableText(reason)}),
           first_due_at = coalesce(first_due_at, due_at), due_at = ${due}, ${counted}
     WHERE ${isHeld(lease)}`;
}

const end = (lease: Lease, state: string, reason: string, at: Date): Prisma.Sql => Prisma.sql`
  UPDATE delivery SET ${unlessRecalled(state, Prisma.sql`NULL::timestamptz`)},
         reason = coalesce(recalled_because, ${storableText(reason)}), ended_at = ${at.toISOString()}::timestamptz
   WHERE ${isHeld(lease)}`;

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
