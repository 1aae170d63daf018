/** How often people were shown the way to a service that others take requests for. */
import { z } from 'zod';
import type { Tx } from '../ports.ts';
import { Prisma } from './generated/client.ts';
import type { Session } from './transaction.ts';

const countedSchema = z.array(z.object({ offering: z.string(), count: z.coerce.number() }));

export const referralsIn = (db: Session): Tx['referrals'] => ({
  counts: async (from, before) =>
    new Map(
      countedSchema
        .parse(
          await db.rows(Prisma.sql`
            SELECT facts->>'offering' AS offering, count(*) AS count
              FROM audit_entry
             WHERE verb = 'offering.refer' AND at >= ${from} AND at < ${before} AND facts->>'offering' IS NOT NULL
             GROUP BY facts->>'offering'`),
        )
        .map(({ offering, count }) => [offering, count] as const),
    ),
});
