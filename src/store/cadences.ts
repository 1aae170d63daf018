/** When recurring things happen next. */
import { z } from 'zod';
import type { HolidayRule } from '../domain/cadence.ts';
import type { Cadence, Store, Tx } from '../ports.ts';
import type { Database } from './client.ts';
import { Prisma } from './generated/client.ts';
import { storableJson } from './json.ts';
import { earliestOf } from './rows.ts';
import { singly } from './statements.ts';
import { purposeSchema } from './stored-shapes.ts';
import type { Session } from './transaction.ts';

const HOLIDAY_RULES = [
  'next-business-day',
  'previous-business-day',
  'skip',
  'keep',
] as const satisfies readonly HolidayRule[];
const cadencesSchema = z.array(
  z.object({
    key: z.string(),
    cron: z.string(),
    timeZone: z.string(),
    holidayRule: z.enum(HOLIDAY_RULES),
    purpose: purposeSchema,
    nextAt: z.date().nullable(),
  }),
);
const columns = Prisma.sql`
  key, cron, time_zone AS "timeZone", holiday_rule AS "holidayRule", purpose, next_at AS "nextAt"`;

export function cadencesIn(db: Session): Tx['cadences'] {
  return {
    set: async ({ key, cron, timeZone, holidayRule, purpose, nextAt }) => {
      await db.changed(Prisma.sql`
        INSERT INTO cadence (key, cron, time_zone, holiday_rule, purpose, next_at)
        VALUES (${key}, ${cron}, ${timeZone}, ${holidayRule}, ${storableJson(purpose)}::jsonb,
                ${nextAt?.toISOString() ?? null}::timestamptz)
        ON CONFLICT (key) DO UPDATE
          SET cron = excluded.cron, time_zone = excluded.time_zone, holiday_rule = excluded.holiday_rule,
              purpose = excluded.purpose, next_at = excluded.next_at
          WHERE cadence.cron <> excluded.cron OR cadence.time_zone <> excluded.time_zone
             OR cadence.holiday_rule <> excluded.holiday_rule OR cadence.purpose <> excluded.purpose`);
    },
    get: async (key): Promise<Cadence | null> =>
      cadencesSchema.parse(
        await db.rows(Prisma.sql`SELECT ${columns} FROM cadence WHERE key = ${key} FOR UPDATE`),
      )[0] ?? null,
    list: async () =>
      cadencesSchema.parse(await db.rows(Prisma.sql`SELECT ${columns} FROM cadence ORDER BY key`)),
    claimDue: async (now, purpose, limit) =>
      cadencesSchema.parse(
        await db.rows(Prisma.sql`
          SELECT ${columns} FROM cadence
           WHERE next_at <= ${now.toISOString()}::timestamptz AND purpose ->> 'kind' = ${purpose}
           ORDER BY next_at, key LIMIT ${limit} FOR UPDATE SKIP LOCKED`),
      ),
    advance: async (key, nextAt) => {
      await db.changed(Prisma.sql`
        UPDATE cadence SET next_at = ${nextAt?.toISOString() ?? null}::timestamptz WHERE key = ${key}`);
    },
  };
}

export function cadenceTimes(database: Database): Store['cadences'] {
  const { rows } = singly(database);
  return {
    nextDueAt: async (purpose) =>
      earliestOf(
        await rows(Prisma.sql`SELECT min(next_at) AS at FROM cadence WHERE purpose ->> 'kind' = ${purpose}`),
      ),
  };
}
