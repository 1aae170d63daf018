/** When recurring things happen next. */
import { z } from 'zod';
import type { HolidayRule } from '../domain/cadence.ts';
import type { Cadence, Tx } from '../ports.ts';
import { Prisma } from './generated/client.ts';
import { storableJson } from './json.ts';
import { purposeSchema } from './stored-shapes.ts';
import type { Session } from './transaction.ts';

const HOLIDAY_RULES = [
  'next-business-day',
  'previous-business-day',
  'skip',
  'keep',
] as const satisfies readonly HolidayRule[];
const cadenceSchema = z.object({
  key: z.string(),
  cron: z.string(),
  timeZone: z.string(),
  holidayRule: z.enum(HOLIDAY_RULES),
  purpose: purposeSchema,
  nextAt: z.date().nullable(),
});
/** A due row that can't be read is looked at again after this: a newer program may have written it. */
const UNREADABLE_MS = 3_600_000;
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
      read(await db.rows(Prisma.sql`SELECT ${columns} FROM cadence WHERE key = ${key} FOR UPDATE`))
        .cadences[0] ?? null,
    list: async () => read(await db.rows(Prisma.sql`SELECT ${columns} FROM cadence ORDER BY key`)).cadences,
    claimDue: async (now, purpose, limit, onUnreadable) => {
      for (;;) {
        const rows = await db.rows<KeyedRow>(Prisma.sql`
          SELECT ${columns} FROM cadence
           WHERE next_at <= ${now.toISOString()}::timestamptz AND purpose ->> 'kind' = ${purpose}
           ORDER BY next_at, key LIMIT ${limit} FOR UPDATE SKIP LOCKED`);
        const { cadences, unreadable } = read(rows);
        for (const key of unreadable) {
          await advance(db, key, new Date(now.getTime() + UNREADABLE_MS));
          onUnreadable(key);
        }
        if (cadences.length > 0 || rows.length === 0) return cadences;
      }
    },
    advance: (key, nextAt) => advance(db, key, nextAt),
  };
}

interface KeyedRow {
  readonly key: string;
}

/** One that can't be read holds up none of the others. */
function read(rows: readonly KeyedRow[]): {
  readonly cadences: Cadence[];
  readonly unreadable: readonly string[];
} {
  const cadences: Cadence[] = [];
  const unreadable: string[] = [];
  for (const row of rows) {
    const cadence = cadenceSchema.safeParse(row);
    if (cadence.success) cadences.push(cadence.data);
    else unreadable.push(row.key);
  }
  return { cadences, unreadable };
}

async function advance(db: Session, key: string, nextAt: Date | null): Promise<void> {
  await db.changed(Prisma.sql`
    UPDATE cadence SET next_at = ${nextAt?.toISOString() ?? null}::timestamptz WHERE key = ${key}`);
}
