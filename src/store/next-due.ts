/** When what waits in rows for its time is due next. */
import { z } from 'zod';
import type { NextDues, Store } from '../ports.ts';
import type { Database } from './client.ts';
import { Prisma } from './generated/client.ts';
import { singly } from './statements.ts';

/** Rows held up by a recipient's earlier row are passed over: that row's own instant is the one that matters. */
export const NEXT_DELIVERY = `
  SELECT d.wake_at AS at FROM delivery d
   WHERE d.wake_at IS NOT NULL
     AND (SELECT 1 FROM delivery e
           WHERE e.recipient_kind = d.recipient_kind AND e.recipient_id = d.recipient_id
             AND e.wake_at IS NOT NULL AND e.begun AND e.key <> d.key AND e.wake_at > d.wake_at
             AND (e.state = 'leased' OR e.sequence < d.sequence)
           LIMIT 1) IS NULL
   ORDER BY d.wake_at, d.sequence LIMIT 1`;

const NEXT_DUES = Prisma.raw(`
  SELECT 'delivery' AS kind, next.at FROM (${NEXT_DELIVERY}) AS next
   UNION ALL
  SELECT purpose ->> 'kind', min(next_at) FROM cadence
   WHERE next_at IS NOT NULL AND purpose ->> 'kind' IN ('digest', 'meeting') GROUP BY 1`);

const duesSchema = z.array(z.object({ kind: z.enum(['delivery', 'digest', 'meeting']), at: z.date() }));

/** One statement for all kinds. A cadence of a kind that this program does not know says nothing. */
export function nextDues(database: Database): Store['nextDues'] {
  const { rows } = singly(database);
  return async (): Promise<NextDues> => {
    const found = new Map(duesSchema.parse(await rows(NEXT_DUES)).map(({ kind, at }) => [kind, at] as const));
    const of = (kind: keyof NextDues): Date | null => found.get(kind) ?? null;
    return { delivery: of('delivery'), digest: of('digest'), meeting: of('meeting') };
  };
}
