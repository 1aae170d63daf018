/** Blockers and requests for change. */
import { z } from 'zod';
import {
  BLOCKER_KINDS,
  BLOCKER_STATES,
  type Blocker,
  type BlockerReply,
  type Holder,
} from '../domain/blocker.ts';
import { storableText } from '../domain/storable-text.ts';
import type { Tx } from '../ports.ts';
import { Prisma } from './generated/client.ts';
import { storableValue } from './json.ts';
import { instant, list, same } from './stored-shapes.ts';
import type { Session } from './transaction.ts';

const holdersSchema = same<readonly Holder[]>()(
  list(z.object({ who: z.enum(['gtl', 'person']), personId: z.string().nullable(), since: instant })),
);
const repliesSchema = same<readonly BlockerReply[]>()(
  list(z.object({ byId: z.string(), at: instant, words: z.string() })),
);
type BlockerRow = Prisma.BlockerGetPayload<object>;

const toBlocker = (row: BlockerRow): Blocker => ({
  ...row,
  kind: z.enum(BLOCKER_KINDS).parse(row.kind),
  state: z.enum(BLOCKER_STATES).parse(row.state),
  holders: holdersSchema.parse(row.holders),
  replies: repliesSchema.parse(row.replies),
});

const toRow = (blocker: Omit<Blocker, 'number'>) => ({
  ...blocker,
  words: storableText(blocker.words),
  holders: storableValue(blocker.holders),
  replies: storableValue(blocker.replies),
});

export function blockersIn(db: Session): Tx['blockers'] {
  const many = async (where: Prisma.BlockerWhereInput, take: number): Promise<Blocker[]> => {
    const rows = await (await db.models()).blocker.findMany({ where, orderBy: { number: 'asc' }, take });
    return rows.map(toBlocker);
  };
  return {
    insert: async (blocker) => toBlocker(await (await db.models()).blocker.create({ data: toRow(blocker) })),
    update: async ({ number: _number, ...blocker }) => {
      const { count } = await (await db.models()).blocker.updateMany({
        where: { id: blocker.id, version: blocker.version - 1 },
        data: toRow(blocker),
      });
      return count === 1;
    },
    forChange: async (number) => {
      await db.rows(Prisma.sql`SELECT id FROM blocker WHERE number = ${number} FOR UPDATE`);
      const row = await (await db.models()).blocker.findUnique({ where: { number } });
      return row ? toBlocker(row) : null;
    },
    open: (limit) => many({ closedAt: null }, limit),
    ofEngagement: (id) => many({ engagementId: id }, 200),
  };
}
