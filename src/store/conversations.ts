/** Open forms. That a person has one open or paused at most is a unique index. */
import { z } from 'zod';
import type { ConversationRecord, Tx } from '../ports.ts';
import type { Prisma } from './generated/client.ts';
import { storableValue } from './json.ts';

const statusSchema = z.enum(['open', 'paused', 'finished', 'cancelled']);
type ConversationRow = Prisma.ConversationGetPayload<object>;

export function conversationsIn(db: Prisma.TransactionClient): Tx['conversations'] {
  return {
    current: async (personId) => {
      await db.$queryRaw`
        SELECT id FROM conversation
         WHERE person_id = ${personId} AND (status = 'open' OR status = 'paused') FOR UPDATE`;
      const row = await db.conversation.findFirst({
        where: { personId, status: { in: ['open', 'paused'] } },
      });
      return row && toRecord(row);
    },
    get: async (id) => {
      const row = await db.conversation.findUnique({ where: { id } });
      return row && toRecord(row);
    },
    insert: async (record) => {
      await db.conversation.create({ data: toRow(record) });
    },
    update: async (record) => {
      const { count } = await db.conversation.updateMany({
        where: { id: record.id, version: record.version - 1 },
        data: toRow(record),
      });
      return count === 1;
    },
  };
}

function toRow(record: ConversationRecord): Prisma.ConversationCreateInput {
  return {
    id: record.id,
    personId: record.personId,
    offering: record.offering,
    formVersion: record.formVersion,
    status: record.status,
    version: record.version,
    state: storableValue(record.state),
    amends: record.amends,
    startedAt: record.startedAt,
    updatedAt: record.updatedAt,
  };
}

function toRecord(row: ConversationRow): ConversationRecord {
  return { ...row, status: statusSchema.parse(row.status), state: row.state };
}
