/**
 * The append-only record of who did what. Its rows are a chain, and whoever adds one holds the chain's end until the commit: so
 * what a transaction appends is gathered and written as the last thing before it.
 */

import { z } from 'zod';
import type { ChainEnd, ChainedRow } from '../domain/audit.ts';
import { ROLES } from '../domain/person.ts';
import type { AuditEntry, Tx } from '../ports.ts';
import { Prisma } from './generated/client.ts';
import { storableJson } from './json.ts';
import { factsSchema } from './stored-shapes.ts';
import type { Session } from './transaction.ts';

const roleSchema = z.enum([...ROLES, 'requester', 'bot']);
const platformSchema = z.enum(['console', 'slack', 'teams', 'dashboard', 'bot']);
const entriesSchema = z.array(
  z.object({
    at: z.date(),
    actorId: z.string().nullable(),
    forId: z.string().nullable(),
    role: roleSchema.nullable(),
    verb: z.string(),
    engagementId: z.string().nullable(),
    from: z.string().nullable(),
    to: z.string().nullable(),
    reason: z.string().nullable(),
    platform: platformSchema,
    facts: factsSchema,
  }),
);
/** A reason is a code: what people wrote is not for the record, which nobody can take it out of again. */
const REASON = /^[a-z0-9]+(?:[._:-][a-z0-9]+)*$/iu;
const LONGEST_REASON = 64;

const headsSchema = z.array(z.object({ position: z.coerce.number(), hash: z.string() }));
/** As the rows are, whoever wrote them: a reader that stops at a strange one could not name it. */
const chainedSchema = z.array(
  z.object({
    position: z.coerce.number(),
    hash: z.string(),
    at: z.string(),
    actorId: z.string().nullable(),
    forId: z.string().nullable(),
    role: z.string().nullable(),
    verb: z.string(),
    engagementId: z.string().nullable(),
    from: z.string().nullable(),
    to: z.string().nullable(),
    reason: z.string().nullable(),
    platform: z.string(),
    facts: z.unknown(),
  }),
);

const WORDS = Prisma.sql`actor_id AS "actorId", for_id AS "forId", role, verb, engagement_id AS "engagementId",
  from_state AS "from", to_state AS "to", reason, platform, facts`;

/** The record in one transaction. */
export interface GatheredRecord {
  readonly audit: Tx['audit'];
  /** Writes what was appended, in one statement, and takes no more. To be called once, right before the commit. */
  write(): Promise<void>;
}

export function recordIn(db: Session): GatheredRecord {
  const gathered: AuditEntry[] = [];
  let isWritten = false;
  const read = async (where: Prisma.Sql): Promise<AuditEntry[]> =>
    entriesSchema.parse(await db.rows(Prisma.sql`SELECT at, ${WORDS} FROM audit_entry ${where}`));
  const newestFirst = (fits: (entry: AuditEntry) => boolean): AuditEntry[] =>
    gathered.filter(fits).map(asStored).toReversed();
  return {
    audit: {
      append: async (entry) => {
        if (isWritten) throw new Error('The transaction is over: nothing can be added to the record.');
        const { verb, reason } = entry;
        if (reason !== null && (reason.length > LONGEST_REASON || !REASON.test(reason)))
          throw new Error(`The reason of ${verb} is no code.`);
        gathered.push(entry);
      },
      ofEngagement: async (id) => [
        ...(await read(Prisma.sql`WHERE engagement_id = ${id} ORDER BY sequence`)),
        ...newestFirst(({ engagementId }) => engagementId === id).toReversed(),
      ],
      ofActor: async (id, limit) => {
        const own = newestFirst(({ actorId }) => actorId === id);
        const stored = await read(
          Prisma.sql`WHERE actor_id = ${id} ORDER BY sequence DESC LIMIT ${limit}::int`,
        );
        return [...own, ...stored].slice(0, limit);
      },
      lastOf: async (verb) => {
        const [own] = newestFirst((entry) => entry.verb === verb);
        const [stored] = own
          ? [own]
          : await read(Prisma.sql`WHERE verb = ${verb} ORDER BY position DESC LIMIT 1`);
        return stored ?? null;
      },
      page: (after, limit) => pageOf(db, after, limit),
      head: () => headIn(db),
    },
    async write() {
      isWritten = true;
      if (gathered.length > 0) await writeAll(db, gathered);
    },
  };
}

/** Its rows begin by place, whatever places there are: one that was put before the first is read, too. */
async function pageOf(db: Session, after: number | null, limit: number): Promise<ChainedRow[]> {
  const where = after === null ? Prisma.empty : Prisma.sql`WHERE position > ${after}::bigint`;
  return chainedSchema.parse(
    await db.rows(Prisma.sql`
      SELECT position, hash, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at, ${WORDS}
        FROM audit_entry ${where} ORDER BY position LIMIT ${limit}::int`),
  );
}

async function headIn(db: Session): Promise<ChainEnd | null> {
  const [head] = headsSchema.parse(
    await db.rows(Prisma.sql`SELECT position, hash FROM audit_head WHERE id = 1`),
  );
  return head ?? null;
}

/** As it will read once it is written. */
const asStored = (entry: AuditEntry): AuditEntry => ({
  ...entry,
  facts: factsSchema.parse(JSON.parse(storableJson(entry.facts))),
});

/** By hand: the client's own way of writing one row costs more than twice as much. The database gives place and hash. */
async function writeAll(db: Session, entries: readonly AuditEntry[]): Promise<void> {
  const rows = storableJson(entries.map((entry, place) => ({ ...entry, place })));
  await db.changed(Prisma.sql`
    INSERT INTO audit_entry (at, actor_id, for_id, role, verb, engagement_id, from_state, to_state, reason, platform, facts)
    SELECT at, "actorId", "forId", role, verb, "engagementId", "from", "to", reason, platform, facts
      FROM json_to_recordset(${rows}::json) AS entry (
        place int, at timestamptz, "actorId" text, "forId" text, role text, verb text, "engagementId" text,
        "from" text, "to" text, reason text, platform text, facts jsonb)
     ORDER BY place`);
}
