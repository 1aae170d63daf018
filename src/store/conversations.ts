/** Open forms. That a person has one open or paused at most is a unique index. */
import { z } from 'zod';
import type { ConversationRecord, Tx } from '../ports.ts';
import { Prisma } from './generated/client.ts';
import { storableJson } from './json.ts';
import type { Session } from './transaction.ts';

const statusSchema = z.enum(['open', 'paused', 'finished', 'cancelled']);
const recordsSchema = z.array(
  z.object({
    id: z.string(),
    personId: z.string(),
    offering: z.string(),
    formVersion: z.number(),
    status: statusSchema,
    version: z.number(),
    state: z.unknown(),
    amends: z.string().nullable(),
    startedAt: z.date(),
    updatedAt: z.date(),
  }),
);
const columns = Prisma.raw(
  `id, person_id AS "personId", offering, form_version AS "formVersion", status, version, state, amends,
   started_at AS "startedAt", updated_at AS "updatedAt"`,
);

export function conversationsIn(db: Session): Tx['conversations'] {
  const where = async (condition: Prisma.Sql): Promise<ConversationRecord | null> =>
    recordsSchema.parse(
      await db.rows(Prisma.sql`SELECT ${columns} FROM conversation WHERE ${condition}`),
    )[0] ?? null;
  return {
    current: (personId) =>
      where(Prisma.sql`person_id = ${personId} AND (status = 'open' OR status = 'paused') FOR UPDATE`),
    get: (id) => where(Prisma.sql`id = ${id}`),
    insert: async (record) => {
      const { id, personId, offering, formVersion, status, version, amends, startedAt, updatedAt } = record;
      await db.changed(Prisma.sql`
        INSERT INTO conversation (id, person_id, offering, form_version, status, version, state, amends, started_at, updated_at)
        VALUES (${id}, ${personId}, ${offering}, ${formVersion}, ${status}, ${version}, ${storableJson(record.state)}::jsonb,
                ${amends}, ${startedAt.toISOString()}::timestamptz, ${updatedAt.toISOString()}::timestamptz)`);
    },
    update: async (record) => {
      const { id, personId, offering, formVersion, status, version, amends, startedAt, updatedAt } = record;
      const changed = await db.changed(Prisma.sql`
        UPDATE conversation
           SET person_id = ${personId}, offering = ${offering}, form_version = ${formVersion}, status = ${status},
               version = ${version}, state = ${storableJson(record.state)}::jsonb, amends = ${amends},
               started_at = ${startedAt.toISOString()}::timestamptz, updated_at = ${updatedAt.toISOString()}::timestamptz
         WHERE id = ${id} AND version = ${version - 1}`);
      return changed === 1;
    },
  };
}
