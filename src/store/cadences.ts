/** When recurring things happen next. */
import { z } from 'zod';
import type { Cadence, Store, Tx } from '../ports.ts';
import type { Prisma, PrismaClient } from './generated/client.ts';
import { earliestOf } from './rows.ts';

const cadencesSchema = z.array(
  z.object({ key: z.string(), cron: z.string(), timeZone: z.string(), nextAt: z.date().nullable() }),
);

export function cadencesIn(db: Prisma.TransactionClient): Tx['cadences'] {
  return {
    set: async ({ key, cron, timeZone, nextAt }) => {
      await db.$executeRaw`
        INSERT INTO cadence (key, cron, time_zone, next_at)
        VALUES (${key}, ${cron}, ${timeZone}, ${nextAt?.toISOString() ?? null}::timestamptz)
        ON CONFLICT (key) DO UPDATE
          SET cron = excluded.cron, time_zone = excluded.time_zone, next_at = excluded.next_at
          WHERE cadence.cron <> excluded.cron OR cadence.time_zone <> excluded.time_zone`;
    },
    get: (key): Promise<Cadence | null> => db.cadence.findUnique({ where: { key } }),
    claimDue: async (now) =>
      cadencesSchema.parse(
        await db.$queryRaw`
          SELECT key, cron, time_zone AS "timeZone", next_at AS "nextAt" FROM cadence
           WHERE next_at <= ${now.toISOString()}::timestamptz
           ORDER BY next_at, key FOR UPDATE SKIP LOCKED`,
      ),
    advance: async (key, nextAt) => {
      await db.cadence.updateMany({ where: { key }, data: { nextAt } });
    },
  };
}

export function cadenceTimes(prisma: PrismaClient): Store['cadences'] {
  return {
    nextDueAt: async () => earliestOf(await prisma.$queryRaw`SELECT min(next_at) AS at FROM cadence`),
  };
}
