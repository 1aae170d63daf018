/** How far digests have told what happened. */
import type { DigestMark } from '../domain/digest-mark.ts';
import type { DeliveryKey } from '../domain/ids.ts';
import type { LocalDate } from '../domain/time.ts';
import type { Tx } from '../ports.ts';
import { Prisma } from './generated/client.ts';
import type { Session } from './transaction.ts';

export function digestMarksIn(db: Session): Tx['digestMarks'] {
  return {
    set: async (mark) => {
      const { digest, day } = mark;
      const row = { ...mark, position: BigInt(mark.position), named: [...mark.named] };
      await (await db.models()).digestMark.upsert({
        where: { digest_day: { digest, day } },
        create: row,
        update: row,
      });
    },
    get: async (digest, day) => {
      const row = await (await db.models()).digestMark.findUnique({ where: { digest_day: { digest, day } } });
      return row ? toMark(row) : null;
    },
    before: async (digest, day) => {
      const row = await (await db.models()).digestMark.findFirst({
        where: { digest, day: { lt: day } },
        orderBy: { day: 'desc' },
      });
      return row ? toMark(row) : null;
    },
    ofDay: async (day) => {
      await db.rows(Prisma.sql`SELECT digest FROM digest_mark WHERE day = ${day} ORDER BY digest FOR UPDATE`);
      const found = await (await db.models()).digestMark.findMany({
        where: { day },
        orderBy: { digest: 'asc' },
      });
      return found.map(toMark);
    },
  };
}

interface Row {
  readonly digest: string;
  readonly day: string;
  readonly deliveryKey: string;
  readonly position: bigint;
  readonly at: Date;
  readonly named: string[];
}

const toMark = (row: Row): DigestMark => ({
  ...row,
  day: row.day as LocalDate,
  deliveryKey: row.deliveryKey as DeliveryKey,
  position: Number(row.position),
  named: row.named as DeliveryKey[],
});
