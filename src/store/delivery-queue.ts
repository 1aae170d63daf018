/**
 * Sending what is due: rows are claimed with a lease, checked shortly before they are sent, and keep their outcome. Every
 * statement handles many rows, and goes past Prisma, whose own work for each would cost more than the database's.
 */

import type { QueryResultRow } from 'pg';
import { z } from 'zod';
import type { DeliveryKey } from '../domain/ids.ts';
import { storableText } from '../domain/storable-text.ts';
import type { Address, Carrier, Delivery, DeliveryMeasures, Lease, PutOff, Store } from '../ports.ts';
import { inBatches } from './batch.ts';
import type { Database } from './client.ts';
import { factsOrNull, type Query, readFacts } from './delivery-check.ts';
import { claimRows } from './delivery-claim.ts';
import { carrierSchema, columnsOf, type DeliveryRow, readDeliveries, toDeliveries } from './delivery-row.ts';
import { standingMessage } from './delivery-standing.ts';
import { isCollision, isRowFault } from './faults.ts';
import { NEXT_DELIVERY } from './next-due.ts';
import { asQuery } from './statements.ts';
import { textArray } from './text-array.ts';

/** How many outcomes go into one statement, and how long anybody waits for a turn at the database. */
const atOnce = 500;
const patienceMs = 30_000;
/** How often a statement is made again that collided with another. */
const mostAttempts = 5;
/** Why a row is given up that this program did not write, or wrote wrongly. */
const UNREADABLE = 'a mistake of ours: its row could not be read';

const LEASE_FOR_BUNDLE = `
  WITH part AS (
    SELECT d.key FROM delivery d
     WHERE d.recipient_kind = 'person' AND d.recipient_id = $1 AND d.wake_at < $2
       AND d.state = 'pending' AND d.urgency = 'routine' AND d.card IS NULL
     ORDER BY d.wake_at, d.sequence LIMIT $3
     FOR UPDATE SKIP LOCKED)
  UPDATE delivery AS d SET state = 'leased', wake_at = $4, attempts = d.attempts + 1, begun = true
    FROM part WHERE d.key = part.key
  RETURNING ${columnsOf('d')}`;

/** Nothing else counts as part of the message any more: what was, in an attempt that never came, is looked for by itself. */
const BUNDLE = `
  WITH daily AS (
    INSERT INTO daily_message (person_id, day, key)
    SELECT $3, $4, $1 WHERE $3::text IS NOT NULL
    ON CONFLICT (person_id, day) DO NOTHING),
  others AS (
    UPDATE delivery AS d SET bundle = NULL FROM delivery AS leader
     WHERE leader.key = $1 AND d.recipient_kind = leader.recipient_kind AND d.recipient_id = leader.recipient_id
       AND d.wake_at IS NOT NULL AND d.bundle = $1 AND d.key <> ALL($2::text[]))
  UPDATE delivery SET bundle = $1 WHERE key = ANY($2::text[]) AND state = 'leased'`;

const SENT = `
  UPDATE delivery SET state = 'sent', wake_at = NULL, begun = false, reason = NULL, unsettled_since = NULL,
         sent_at = $4, platform = $5, address_id = mark.address_id,
         platform_message_id = mark.message_id, may_repeat = delivery.may_repeat OR $6
    FROM unnest($1::text[], $2::text[], $3::text[]) AS mark (key, address_id, message_id)
   WHERE delivery.key = mark.key AND delivery.state <> 'sent'`;

/** Of rows that are still the caller's; one that was taken back meanwhile ends as suppressed. */
const LATER = `
  UPDATE delivery AS d
     SET state = CASE WHEN d.recalled_because IS NULL THEN 'pending' ELSE 'suppressed' END,
         wake_at = CASE WHEN d.recalled_because IS NULL THEN put.due_at END,
         reason = coalesce(d.recalled_because, put.reason),
         first_due_at = CASE put.kind WHEN 'held' THEN d.first_due_at ELSE coalesce(d.first_due_at, d.due_at) END,
         due_at = put.due_at,
         begun = put.kind <> 'held' AND d.recalled_because IS NULL,
         failures = d.failures + CASE put.kind WHEN 'failed' THEN 1 ELSE 0 END,
         waiting_since = CASE WHEN put.kind IN ('asked-to-wait', 'unknown') THEN coalesce(d.waiting_since, put.at)
                              ELSE d.waiting_since END,
         unsettled_since = CASE WHEN put.kind IN ('unknown', 'failed') THEN coalesce(d.unsettled_since, put.at)
                                WHEN put.settled THEN NULL ELSE d.unsettled_since END,
         tried = CASE WHEN put.platform IS NULL THEN d.tried ELSE array_append(d.tried, put.platform) END
    FROM unnest($1::text[], $2::int[], $3::text[], $4::timestamptz[], $5::text[], $6::timestamptz[], $7::text[],
                $8::boolean[]) AS put (key, attempts, kind, due_at, reason, at, platform, settled)
   WHERE d.key = put.key AND d.attempts = put.attempts AND d.wake_at IS NOT NULL`;

const FINISH = `
  UPDATE delivery AS d
     SET state = CASE WHEN d.recalled_because IS NULL THEN ending.state ELSE 'suppressed' END,
         wake_at = NULL, begun = false, reason = coalesce(d.recalled_because, ending.reason), ended_at = ending.at
    FROM unnest($1::text[], $2::int[], $3::text[], $4::text[], $5::timestamptz[])
      AS ending (key, attempts, state, reason, at)
   WHERE d.key = ending.key AND d.attempts = ending.attempts AND d.wake_at IS NOT NULL`;

const MEASURES = `
  SELECT state, count(*)::int AS count, count(*) FILTER (WHERE state = 'pending' AND wake_at <= $1)::int AS due,
         min(wake_at) FILTER (WHERE state = 'pending' AND wake_at <= $1) AS oldest
    FROM delivery WHERE wake_at IS NOT NULL GROUP BY state
  UNION ALL
  SELECT state, count(*)::int, 0, NULL FROM delivery
   WHERE state = 'blocked' OR state = 'unreachable' GROUP BY state`;

const instantsSchema = z.array(z.object({ at: z.date() }));
const pausesSchema = z.array(z.object({ platform: carrierSchema, until: z.date() }));
const measuresSchema = z.array(
  z.object({
    state: z.enum(['pending', 'leased', 'blocked', 'unreachable']),
    count: z.number(),
    due: z.number(),
    oldest: z.date().nullable(),
  }),
);

interface SentMark {
  readonly key: string;
  readonly platform: string;
  readonly addressId: string;
  readonly messageId: string | null;
  readonly at: string;
  readonly mayRepeat: boolean;
}
type Ending = readonly [lease: Lease, state: string, reason: string, at: Date];

export function deliveryQueue(database: Database): Omit<Store['deliveries'], 'onTakenBack' | 'onWritten'> {
  const { pool, gate, nameOf } = database;
  const query: Query = <Row extends QueryResultRow>(text: string, values: unknown[]): Promise<Row[]> =>
    untilNoCollision(
      async () => (await gate.run(patienceMs, () => pool.query<Row>(asQuery(nameOf, text, values)))).rows,
    );
  const together = <Item>(run: (items: readonly Item[]) => Promise<unknown>) =>
    inBatches<Item, true>(
      async (items) => {
        await run(items);
        return items.map(() => true);
      },
      { size: atOnce, parallel: 1, blamesRow: isRowFault },
    );
  const mark = together<SentMark>(async (marks) => {
    for (const [{ at, platform, mayRepeat }, alike] of groupsOf(marks)) {
      await query(SENT, [
        textArray(alike.map(({ key }) => key)),
        textArray(alike.map(({ addressId }) => addressId)),
        textArray(alike.map(({ messageId }) => messageId)),
        at,
        platform,
        mayRepeat,
      ]);
    }
  });
  const putOff = together<readonly [Lease, PutOff]>((puts) =>
    query(LATER, [
      puts.map(([{ key }]) => key),
      puts.map(([{ attempts }]) => attempts),
      puts.map(([, { kind }]) => kind),
      puts.map(([, { dueAt }]) => dueAt.toISOString()),
      puts.map(([, { reason }]) => storableText(reason)),
      puts.map(([, { at }]) => at.toISOString()),
      puts.map(([, { platform }]) => platform ?? null),
      puts.map(([, { isSettled }]) => isSettled ?? false),
    ]),
  );
  const end = together<Ending>((endings) =>
    query(FINISH, [
      endings.map(([{ key }]) => key),
      endings.map(([{ attempts }]) => attempts),
      endings.map(([, state]) => state),
      endings.map(([, , reason]) => storableText(reason)),
      endings.map(([, , , at]) => at.toISOString()),
    ]),
  );
  /** A row that can't be read ends here, so that it stands in nobody's way. */
  const readable = async <Row extends DeliveryRow>(
    rows: readonly Row[],
    at: Date,
    onUnreadable?: (key: DeliveryKey) => void,
    onRead?: (delivery: Delivery, row: Row) => void,
  ): Promise<Delivery[]> => {
    const { deliveries, unreadable } = readDeliveries(rows, onRead);
    await Promise.all(unreadable.map((lease) => end([lease, 'unreachable', UNREADABLE, at])));
    for (const { key } of unreadable) onUnreadable?.(key);
    return inSequence(deliveries);
  };
  return {
    claimDue: async ({ now, limit, leaseMs, onUnreadable, onFacts }) => {
      for (;;) {
        const until = new Date(now.getTime() + leaseMs);
        const rows = await untilNoCollision(() => claimRows(database, now, limit, until));
        const deliveries = await readable(rows, now, onUnreadable, (delivery, row) => {
          // One that was taken back in an earlier attempt is looked at again, and then comes to its end.
          const facts = onFacts && row.is_short !== true ? factsOrNull(row) : null;
          if (facts) onFacts?.(delivery, facts);
        });
        if (deliveries.length > 0 || rows.length === 0) return deliveries;
      }
    },
    claimForBundle: async ({ personId, before, limit, leaseUntil, onUnreadable }) => {
      const rows = await query<DeliveryRow>(LEASE_FOR_BUNDLE, [
        personId,
        before.toISOString(),
        limit,
        leaseUntil.toISOString(),
      ]);
      return readable(rows, leaseUntil, onUnreadable);
    },
    check: (leases, until) => readFacts(query, leases, until),
    bundle: async (leader, parts, daily) => {
      await query(BUNDLE, [
        leader.key,
        parts.map(({ key }) => key),
        daily?.personId ?? null,
        daily?.day ?? null,
      ]);
    },
    sent: async (key, to: Address, messageId, at, mayRepeat = false) => {
      const { platform, id } = to;
      await mark({ key, platform, addressId: id, messageId, at: at.toISOString(), mayRepeat });
    },
    standing: (key, personId) => standingMessage(query, key, personId),
    later: async (lease, put) => {
      await putOff([lease, put]);
    },
    finish: async (lease, state, reason, at) => {
      await end([lease, state, reason, at]);
    },
    pauses: async (now): Promise<ReadonlyMap<Carrier, Date>> => {
      const rows = pausesSchema.parse(
        await query('SELECT platform, until FROM platform_pause WHERE until > $1', [now.toISOString()]),
      );
      return new Map(rows.map(({ platform, until }) => [platform, until]));
    },
    pause: async (platform, until) => {
      await query(
        `INSERT INTO platform_pause (platform, until) VALUES ($1, $2)
         ON CONFLICT (platform) DO UPDATE SET until = greatest(platform_pause.until, excluded.until)`,
        [platform, until.toISOString()],
      );
    },
    nextDueAt: async () => instantsSchema.parse(await query(NEXT_DELIVERY, []))[0]?.at ?? null,
    find: async (key) =>
      toDeliveries(
        await query<DeliveryRow>(`SELECT ${columnsOf('d')} FROM delivery d WHERE d.key = $1`, [key]),
      )[0] ?? null,
    measures: async (now): Promise<DeliveryMeasures> => {
      const rows = measuresSchema.parse(await query(MEASURES, [now.toISOString()]));
      const pending = rows.find(({ state }) => state === 'pending');
      return {
        byState: new Map(rows.map(({ state, count }) => [state, count])),
        due: pending?.due ?? 0,
        oldestDueAt: pending?.oldest ?? null,
      };
    },
  };
}

/**
 * Statements that change many rows at once, in this process and others, can wait for each other in a circle: the database
 * ends one of them, which has then changed nothing and is made again.
 */
async function untilNoCollision<T>(attempt: () => Promise<T>): Promise<T> {
  for (let attempts = 1; ; attempts += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (attempts >= mostAttempts || !isCollision(error)) throw error;
    }
  }
}

const inSequence = (rows: Delivery[]): Delivery[] => rows.sort((a, b) => (a.sequence < b.sequence ? -1 : 1));

/** Marks of one platform and instant, each group with its first: nearly always all are one. */
function groupsOf(marks: readonly SentMark[]): Iterable<readonly [SentMark, readonly SentMark[]]> {
  const groups = new Map<string, [SentMark, SentMark[]]>();
  for (const mark of marks) {
    const name = `${mark.platform} ${mark.at} ${mark.mayRepeat}`;
    const group = groups.get(name);
    if (group) group[1].push(mark);
    else groups.set(name, [mark, [mark]]);
  }
  return groups.values();
}
