/** Legal holds, and the log of what was disposed of. */
import { z } from 'zod';
import { type Disposal, HELD_KINDS, type LegalHold } from '../domain/legal-hold.ts';
import { storableText } from '../domain/storable-text.ts';
import type { Tx } from '../ports.ts';
import { Prisma } from './generated/client.ts';
import type { Session } from './transaction.ts';

const kindSchema = z.enum(HELD_KINDS);
const countsSchema = z.record(z.string(), z.number().int());

export function legalHoldsIn(db: Session): Tx['legalHolds'] {
  return {
    insert: async (hold) => {
      await (await db.models()).legalHold.create({ data: { ...hold, reason: storableText(hold.reason) } });
    },
    release: async (id, releasedById, releasedAt, because) => {
      const more = because === undefined ? '' : `. Released because: ${storableText(because)}`;
      const changed = await db.changed(Prisma.sql`
        UPDATE legal_hold
           SET released_by_id = ${releasedById}, released_at = ${releasedAt.toISOString()}::timestamptz, reason = ${because === undefined ? Prisma.sql`reason` : Prisma.sql`rtrim(reason, '. ') || ${more}`}
         WHERE id = ${id} AND released_at IS NULL`);
      return changed === 1;
    },
    list: async () =>
      (await (await db.models()).legalHold.findMany({ orderBy: [{ placedAt: 'asc' }, { id: 'asc' }] })).map(
        (row): LegalHold => ({ ...row, kind: kindSchema.parse(row.kind) }),
      ),
  };
}

export function disposalsIn(db: Session): Tx['disposals'] {
  return {
    insert: async (disposal) => {
      await (await db.models()).disposal.create({ data: { ...disposal, counts: { ...disposal.counts } } });
    },
    list: async (take) =>
      (await (await db.models()).disposal.findMany({ orderBy: [{ at: 'desc' }, { id: 'asc' }], take })).map(
        (row): Disposal => ({ ...row, counts: countsSchema.parse(row.counts) }),
      ),
  };
}
