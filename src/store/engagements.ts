/** Requests and what became of them. */

import { z } from 'zod';
import { assignedIdsOf, type Engagement } from '../domain/engagement.ts';
import { ENGAGEMENT_STATES, OPEN_STATES } from '../domain/engagement-states.ts';
import { storableText } from '../domain/storable-text.ts';
import type { Tx } from '../ports.ts';
import { Prisma } from './generated/client.ts';
import { storableValue } from './json.ts';
import { lockName } from './lock-name.ts';
import { courseOf, membershipsSchema } from './stored-course.ts';
import { answersSchema, askedBackSchema, endingSchema } from './stored-shapes.ts';
import type { Session } from './transaction.ts';

const stateSchema = z.enum(ENGAGEMENT_STATES);
const numberSchema = z.tuple([z.object({ last: z.number() })]);
const mostOfPerson = 50;
type EngagementRow = Prisma.EngagementGetPayload<object>;

export function engagementsIn(db: Session): Tx['engagements'] {
  const one = (row: EngagementRow | null): Engagement | null => (row ? toEngagement(row) : null);
  return {
    nextNumber: async (prefix, year) => {
      const [{ last }] = numberSchema.parse(
        await db.rows(Prisma.sql`
          INSERT INTO request_counter (prefix, year, last) VALUES (${prefix}, ${year}, 1)
          ON CONFLICT (prefix, year) DO UPDATE SET last = request_counter.last + 1 RETURNING last`),
      );
      return last;
    },
    insert: async (engagement) => {
      await (await db.models()).engagement.create({ data: toRow(engagement) });
    },
    update: async (engagement) => {
      const { count } = await (await db.models()).engagement.updateMany({
        where: { id: engagement.id, version: engagement.version - 1 },
        data: toRow(engagement),
      });
      return count === 1;
    },
    get: async (id) => one(await (await db.models()).engagement.findUnique({ where: { id } })),
    forChange: async (number) => {
      await db.rows(Prisma.sql`SELECT id FROM engagement WHERE number = ${number} FOR UPDATE`);
      return one(await (await db.models()).engagement.findUnique({ where: { number } }));
    },
    byNumber: async (number) => one(await (await db.models()).engagement.findUnique({ where: { number } })),
    openForSystem: async (offering, systemKey) => {
      // A row that does not exist can't be locked; the name can.
      await lockName(db, `system:${offering}:${systemKey}`);
      return one(
        await (await db.models()).engagement.findFirst({
          where: { offering, systemKey, state: { in: [...OPEN_STATES] } },
          orderBy: { number: 'asc' },
        }),
      );
    },
    ofPerson: async (id) => {
      const rows = await (await db.models()).engagement.findMany({
        where: {
          OR: [
            { requesterId: id },
            { businessOwnerId: id },
            { craId: id },
            { memberIds: { has: id } },
            { assignedIds: { has: id } },
          ],
        },
        orderBy: [{ createdAt: 'desc' }, { number: 'desc' }],
        take: mostOfPerson,
      });
      return rows.map(toEngagement);
    },
    inStates: async (states, limit) => {
      const rows = await (await db.models()).engagement.findMany({
        where: { state: { in: [...states] } },
        orderBy: { number: 'asc' },
        take: limit,
      });
      return rows.map(toEngagement);
    },
    assignedTo: async (id) => {
      const rows = await (await db.models()).engagement.findMany({
        where: { assignedIds: { has: id } },
        orderBy: { number: 'asc' },
      });
      return rows.map(toEngagement);
    },
    find: async ({ states, component, ofPersonId, after, limit }) => {
      const rows = await (await db.models()).engagement.findMany({
        where: {
          ...(states ? { state: { in: [...states] } } : {}),
          ...(component ? { component } : {}),
          ...(after ? { number: { gt: after } } : {}),
          ...(ofPersonId
            ? {
                OR: [
                  { requesterId: ofPersonId },
                  { businessOwnerId: ofPersonId },
                  { craId: ofPersonId },
                  { memberIds: { has: ofPersonId } },
                  { assignedIds: { has: ofPersonId } },
                ],
              }
            : {}),
        },
        orderBy: { number: 'asc' },
        take: limit,
      });
      return rows.map(toEngagement);
    },
    countByState: async () => {
      const groups = await (await db.models()).engagement.groupBy({ by: ['state'], _count: true });
      return new Map(groups.map((group) => [stateSchema.parse(group.state), group._count]));
    },
  };
}

function toRow(engagement: Engagement): Prisma.EngagementCreateManyInput {
  return {
    id: engagement.id,
    number: engagement.number,
    offering: engagement.offering,
    formVersion: engagement.formVersion,
    version: engagement.version,
    state: engagement.state,
    component: engagement.component,
    systemName: storableText(engagement.systemName),
    systemKey: storableText(engagement.systemKey),
    answers: storableValue(engagement.answers),
    requesterId: engagement.requesterId,
    businessOwnerId: engagement.businessOwnerId,
    craId: engagement.craId,
    memberIds: [...engagement.memberIds],
    askedBack: engagement.askedBack ? storableValue(engagement.askedBack) : Prisma.DbNull,
    ending: engagement.ending ? storableValue(engagement.ending) : Prisma.DbNull,
    createdAt: engagement.createdAt,
    submittedAt: engagement.submittedAt,
    stateSinceAt: engagement.stateSinceAt,
    triagedById: engagement.triagedById,
    course: storableValue(engagement.course),
    memberships: storableValue(engagement.memberships),
    assignedIds: [...assignedIdsOf(engagement)],
  };
}

/** The engagement that a row is. Throws (a bug) for one that can't be read. */
export function toEngagement({ assignedIds: _found, ...row }: EngagementRow): Engagement {
  const facts = {
    ...row,
    answers: answersSchema.parse(row.answers),
    askedBack: row.askedBack === null ? null : askedBackSchema.parse(row.askedBack),
    course: courseOf(row.course),
    memberships: membershipsSchema.parse(row.memberships),
  };
  const state = stateSchema.parse(row.state);
  if (state === 'WITHDRAWN' || state === 'DECLINED' || state === 'CLOSED') {
    return { ...facts, state, ending: endingSchema.parse(row.ending) };
  }
  return { ...facts, state, ending: null };
}
