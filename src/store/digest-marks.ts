/** How far digests have told what happened. */
import type { DigestMark } from '../domain/digest-mark.ts';
import type { DeliveryKey } from '../domain/ids.ts';
import type { LocalDate } from '../domain/time.ts';
import type { Tx } from '../ports.ts';
import { Prisma } from './generated/client.ts';
import type { Session } from './transaction.ts';

export function digestMarksIn(db: Session): Tx['digestMarks'] {
  const where = async (condition: Prisma.Sql): Promise<DigestMark[]> =>
    (
      await db.rows<Row>(Prisma.sql`
        SELECT digest, day, delivery_key AS "deliveryKey", position, at, named FROM digest_mark WHERE ${condition}`)
    ).map(toMark);
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
    get: async (digest, day) => (await where(Prisma.sql`digest = ${digest} AND day = ${day}`))[0] ?? null,
    before: async (digest, day) =>
      (await where(Prisma.sql`digest = ${digest} AND day < ${day} ORDER BY day DESC LIMIT 1`))[0] ?? null,
    ofDay: (day) => where(Prisma.sql`day = ${day} ORDER BY digest FOR UPDATE`),
  };
}

interface Row {
  readonly digest: string;
  readonly day: string;
  readonly deliveryKey: string;
  readonly position: string;
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
