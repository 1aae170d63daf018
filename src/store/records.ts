/** Rows as records: read out by class, what is due for disposition, and the one place where records are deleted. */
import { z } from 'zod';
import type { RecordPart } from '../domain/record-parts.ts';
import type { RecordScope, RecordStanding, Tx } from '../ports.ts';
import { eachPage } from './cursor.ts';
import { Prisma } from './generated/client.ts';
import { RECORD_SOURCES } from './record-sources.ts';
import { factsSchema } from './stored-shapes.ts';
import type { Session } from './transaction.ts';

const countSchema = z.tuple([z.object({ count: z.coerce.number() })]);
const standingSchema = z.tuple([
  z.object({
    rows: z.coerce.number(),
    due: z.coerce.number(),
    held: z.coerce.number(),
    oldestAt: z.date().nullable(),
    newestAt: z.date().nullable(),
  }),
]);
const notedSchema = z.array(z.object({ at: z.date(), facts: factsSchema }));

export function recordsIn(db: Session): Tx['records'] {
  return {
    standing: (part, before) => standingOf(db, part, before),
    each: async (part, scope, onRows) => {
      // Instants in a row read the same wherever the server stands.
      await db.rows(Prisma.sql`SELECT set_config('TimeZone', 'UTC', true)`);
      return eachPage<{ row: string }>(db, selectRows(part, scope), (rows) =>
        onRows(rows.map(({ row }) => row)),
      );
    },
    count: async (part, scope) => countSchema.parse(await db.rows(countRows(part, scope)))[0].count,
    remove: (part, before) => {
      const { key } = RECORD_SOURCES[part.table];
      return db.changed(Prisma.sql`
        WITH ${decided(part, before)}
        DELETE FROM ${Prisma.raw(part.table)} t USING decided d WHERE ${Prisma.raw(key)} = d.key AND d.is_due`);
    },
    exports: async (recordClass, manifest) =>
      notedSchema
        .parse(
          await db.rows(Prisma.sql`
            SELECT at, facts FROM audit_entry
             WHERE verb = 'records.export' AND facts->>'class' = ${recordClass}
               AND left(facts->>'manifest', ${manifest.length}::int) = ${manifest}
             ORDER BY position DESC LIMIT 2`),
        )
        .map(({ at, facts }) => ({ at, facts })),
  };
}

/** Rows of the part; messages and papers by their kind. */
const isOfPart = ({ kinds }: RecordPart): Prisma.Sql =>
  kinds === null ? Prisma.sql`true` : Prisma.sql`t.kind = ANY(${[...kinds]})`;

/** Their rows as JSON, in the order of their keys. */
function selectRows(part: RecordPart, scope: RecordScope): Prisma.Sql {
  const { key, row = 'to_jsonb(t)' } = RECORD_SOURCES[part.table];
  const table = Prisma.raw(part.table);
  const as = Prisma.raw(`(${row})::text AS row`);
  if (scope.kind === 'all')
    return Prisma.sql`SELECT ${as} FROM ${table} t WHERE ${isOfPart(part)} AND ${isMadeIn(part, scope)} ORDER BY ${Prisma.raw(key)}`;
  return Prisma.sql`
    WITH ${decided(part, scope.before)}
    SELECT ${as} FROM ${table} t JOIN decided d ON ${Prisma.raw(key)} = d.key WHERE d.is_due ORDER BY d.key`;
}

const countRows = (part: RecordPart, scope: RecordScope): Prisma.Sql =>
  scope.kind === 'all'
    ? Prisma.sql`SELECT count(*) AS count FROM ${Prisma.raw(part.table)} t WHERE ${isOfPart(part)} AND ${isMadeIn(part, scope)}`
    : Prisma.sql`WITH ${decided(part, scope.before)} SELECT count(*) AS count FROM decided WHERE is_due`;

function isMadeIn(
  { table }: RecordPart,
  { from, until }: Extract<RecordScope, { readonly kind: 'all' }>,
): Prisma.Sql {
  const madeAt = Prisma.raw(RECORD_SOURCES[table].madeAt);
  // What has no instant of its own, such as a person, belongs to any time.
  const since =
    from === null
      ? Prisma.empty
      : Prisma.sql`AND coalesce(${madeAt} >= ${from.toISOString()}::timestamptz, true)`;
  const to =
    until === null
      ? Prisma.empty
      : Prisma.sql`AND coalesce(${madeAt} < ${until.toISOString()}::timestamptz, true)`;
  return Prisma.sql`true ${since} ${to}`;
}

/**
 * What becomes of each row that ended before `before`: whether it is held, and whether it is due. A row is due that no hold keeps and
 * that is about no engagement which is open or ended later; one of a group only with the whole group.
 */
function decided(part: RecordPart, before: Date): Prisma.Sql {
  const source = RECORD_SOURCES[part.table];
  const raw = (sql: string): Prisma.Sql => Prisma.raw(sql);
  const instant = Prisma.sql`${before.toISOString()}::timestamptz`;
  const { group = 'NULL::text', free = 'true' } = source;
  // A row of a group that is too young keeps its group, so it has to be looked at as well.
  const isLookedAt = Prisma.sql`(${raw(source.endedAt)} < ${instant} OR ${raw(group)} IS NOT NULL)`;
  return Prisma.sql`
    looked AS (
      SELECT ${raw(source.key)} AS key, ${raw(source.madeAt)} AS made_at, ${raw(group)} AS grouped,
             coalesce(${raw(source.endedAt)} < ${instant}, false) AS is_over,
             ${raw(free)} AS is_free, ${raw(source.engagements)} AS engagements, ${raw(source.persons)} AS persons,
             ${raw(source.mentions)} AS mentions
        FROM ${raw(part.table)} t WHERE ${isOfPart(part)} AND ${isLookedAt}),
    judged AS (
      SELECT key, made_at, grouped,
             is_over AND is_free AND NOT EXISTS (
               SELECT 1 FROM engagement e WHERE e.id = ANY(engagements)
                  AND (e.state NOT IN ('CLOSED', 'WITHDRAWN', 'DECLINED') OR e.state_since_at >= ${instant})) AS is_old,
             EXISTS (
               SELECT 1 FROM legal_hold h LEFT JOIN engagement e ON h.kind = 'engagement' AND e.id = h.subject
                WHERE h.released_at IS NULL
                  AND (h.kind = 'class' AND h.subject = ${part.class}
                    OR h.kind = 'person' AND h.subject = ANY(persons)
                    OR h.kind = 'engagement' AND (h.subject = ANY(engagements) OR position(e.number IN mentions) > 0))) AS is_held
        FROM looked),
    decided AS (
      SELECT key, made_at, is_old AND is_held AS is_held,
             CASE WHEN grouped IS NULL THEN is_old AND NOT is_held
                  ELSE bool_and(is_old AND NOT is_held) OVER (PARTITION BY grouped) END AS is_due
        FROM judged)`;
}

async function standingOf(db: Session, part: RecordPart, before: Date | null): Promise<RecordStanding> {
  const table = Prisma.raw(part.table);
  const rows = Prisma.sql`(SELECT count(*) FROM ${table} t WHERE ${isOfPart(part)}) AS rows`;
  const [standing] = standingSchema.parse(
    await db.rows(
      before === null
        ? Prisma.sql`SELECT ${rows}, 0 AS due, 0 AS held, NULL::timestamptz AS "oldestAt", NULL::timestamptz AS "newestAt"`
        : Prisma.sql`
          WITH ${decided(part, before)}
          SELECT ${rows}, count(*) FILTER (WHERE is_due) AS due, count(*) FILTER (WHERE is_held) AS held,
                 min(made_at) FILTER (WHERE is_due) AS "oldestAt", max(made_at) FILTER (WHERE is_due) AS "newestAt"
            FROM decided`,
    ),
  );
  return standing;
}
