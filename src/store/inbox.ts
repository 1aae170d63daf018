/** What the platforms told us, kept before it is acknowledged. */

import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { z } from 'zod';
import { storableText } from '../domain/storable-text.ts';
import type { AcceptedEvent, Store, Tx } from '../ports.ts';
import { inBatches } from './batch.ts';
import type { Database } from './client.ts';
import { isRowFault } from './faults.ts';
import { Prisma } from './generated/client.ts';
import { storableJson } from './json.ts';
import { singly } from './statements.ts';
import { inboundSchema, messagesSchema } from './stored-shapes.ts';
import type { Session } from './transaction.ts';

/** Platforms want their answer within three seconds; a person is told "not saved" before that. */
const acceptMs = 2_000;
const eventsAtOnce = 200;

const keptSchema = z.array(z.object({ key: z.string(), attempt: z.string() }));
const acceptedSchema = z.object({ key: z.string(), event: inboundSchema, received_at: z.date() });
const unsaidSchema = acceptedSchema.extend({ answers: messagesSchema });

interface Arrival {
  readonly key: string;
  readonly event: string;
  readonly receivedAt: string;
  readonly attempt: string;
}
type Kept = 'accepted' | 'duplicate';

export function inboxIn(db: Session): Tx['inbox'] {
  return {
    finish: async (key, answers, at) => {
      const instant = at.toISOString();
      // Nothing to say is as good as said.
      const saidAt = answers.length === 0 ? instant : null;
      const changed = await db.changed(Prisma.sql`
        UPDATE inbox_event SET done_at = ${instant}::timestamptz, answers = ${storableJson(answers)}::jsonb,
                               said_at = ${saidAt}::timestamptz
         WHERE key = ${storableText(key)} AND done_at IS NULL`);
      return changed === 1;
    },
  };
}

export function inbox(database: Database): Store['inbox'] {
  const { inboxPool } = database;
  const { rows, changed } = singly(database);
  const keep = inBatches<Arrival, Kept>((arrivals) => insert(inboxPool, arrivals), {
    size: eventsAtOnce,
    parallel: 2,
    blamesRow: isRowFault,
  });
  return {
    accept: (event) => accept(inboxPool, keep, event),
    unfinished: async (before, limit) => {
      const found = await rows(Prisma.sql`
        SELECT key, event, received_at FROM inbox_event
         WHERE done_at IS NULL AND received_at < ${before.toISOString()}::timestamptz
         ORDER BY received_at, key LIMIT ${limit}`);
      return readable(acceptedSchema, found).map(toAccepted);
    },
    markSaid: async (key) => {
      await changed(Prisma.sql`
        UPDATE inbox_event SET said_at = now() WHERE key = ${storableText(key)} AND said_at IS NULL`);
    },
    unsaid: async (before, limit) => {
      const found = await rows(Prisma.sql`
        SELECT key, event, received_at, answers FROM inbox_event
         WHERE said_at IS NULL AND done_at < ${before.toISOString()}::timestamptz
         ORDER BY done_at, key LIMIT ${limit}`);
      return readable(unsaidSchema, found).map((row) => ({
        accepted: toAccepted(row),
        answers: row.answers,
      }));
    },
  };
}

/**
 * A write that comes through after "not saved" was said is taken back, unless the platform has sent the event again
 * meanwhile and was told that we have it.
 */
async function accept(
  pool: pg.Pool,
  keep: (arrival: Arrival) => Promise<Kept>,
  event: AcceptedEvent,
): Promise<Kept | 'not-saved'> {
  const arrival: Arrival = {
    key: storableText(event.key),
    event: storableJson(event.event),
    receivedAt: event.receivedAt.toISOString(),
    attempt: randomUUID(),
  };
  const kept = keep(arrival).catch((): 'not-saved' => 'not-saved');
  const answer = await within(acceptMs, kept);
  if (answer !== null) return answer;
  void kept.then(async (late) => {
    if (late === 'accepted') await takeBack(pool, arrival).catch(() => {});
  });
  return 'not-saved';
}

async function takeBack(pool: pg.Pool, { key, attempt }: Arrival): Promise<void> {
  await pool.query(
    'DELETE FROM inbox_event WHERE key = $1 AND attempt = $2 AND repeats = 0 AND done_at IS NULL',
    [key, attempt],
  );
}

/** Sorted, so that two batches that share keys can't wait for each other in a circle. */
async function insert(pool: pg.Pool, arrivals: readonly Arrival[]): Promise<Kept[]> {
  const first = new Map<string, Arrival>();
  for (const arrival of arrivals) if (!first.has(arrival.key)) first.set(arrival.key, arrival);
  const rows = [...first.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
  const result = await pool.query(insertEvents, [
    rows.map((row) => row.key),
    rows.map((row) => row.event),
    rows.map((row) => row.receivedAt),
    rows.map((row) => row.attempt),
  ]);
  const keptBy = new Map(keptSchema.parse(result.rows).map((row) => [row.key, row.attempt]));
  return arrivals.map(({ key, attempt }) => (keptBy.get(key) === attempt ? 'accepted' : 'duplicate'));
}

const insertEvents = `
  INSERT INTO inbox_event (key, event, received_at, attempt)
  SELECT key, event::jsonb, received_at, attempt
    FROM unnest($1::text[], $2::text[], $3::timestamptz[], $4::uuid[]) AS arrived (key, event, received_at, attempt)
  ON CONFLICT (key) DO UPDATE SET repeats = inbox_event.repeats + 1
  RETURNING key, attempt`;

/** The promise's value, or null when it takes longer. */
function within<T>(ms: number, promise: Promise<T>): Promise<T | null> {
  return new Promise((resolve, reject) => {
    const patience = setTimeout(() => resolve(null), ms);
    promise.then(resolve, reject).finally(() => clearTimeout(patience));
  });
}

/** The rows this version can read; one that it can't must not hold up the others. */
function readable<T>(schema: z.ZodType<T>, rows: unknown): T[] {
  return z
    .array(z.unknown())
    .parse(rows)
    .flatMap((row) => {
      const read = schema.safeParse(row);
      return read.success ? [read.data] : [];
    });
}

function toAccepted(row: z.infer<typeof acceptedSchema>): AcceptedEvent {
  return { key: row.key, event: row.event, receivedAt: row.received_at };
}
