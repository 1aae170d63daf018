/** Requests and what became of them. */

import { z } from 'zod';
import { assignedIdsOf, type Engagement } from '../domain/engagement.ts';
import { ENGAGEMENT_STATES, OPEN_STATES } from '../domain/engagement-states.ts';
import type { PersonId } from '../domain/ids.ts';
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
type EngagementRow = Omit<Prisma.EngagementGetPayload<object>, 'assignedIds'>;

/** What `toEngagement` reads. */
const columns = Prisma.raw(
  `id, number, offering, form_version AS "formVersion", version, state, component, system_name AS "systemName",
   system_key AS "systemKey", answers, requester_id AS "requesterId", business_owner_id AS "businessOwnerId", cra_id AS "craId",
   member_ids AS "memberIds", asked_back AS "askedBack", ending, created_at AS "createdAt", submitted_at AS "submittedAt",
   state_since_at AS "stateSinceAt", triaged_by_id AS "triagedById", course, memberships`,
);

/** Engagements in one statement; `rest` is what follows FROM. */
export const engagementsWhere = async (
  { rows }: Pick<Session, 'rows'>,
  rest: Prisma.Sql,
): Promise<Engagement[]> =>
  (await rows<EngagementRow>(Prisma.sql`SELECT ${columns} FROM engagement ${rest}`)).map(toEngagement);

/** Somebody has a part in it. */
const concerns = (id: PersonId): Prisma.Sql => Prisma.sql`(
  requester_id = ${id} OR business_owner_id = ${id} OR cra_id = ${id}
  OR member_ids @> ${[id]}::text[] OR assigned_ids @> ${[id]}::text[])`;

export function engagementsIn(db: Session): Tx['engagements'] {
  const where = (rest: Prisma.Sql): Promise<Engagement[]> => engagementsWhere(db, rest);
  const one = async (condition: Prisma.Sql): Promise<Engagement | null> =>
    (await where(Prisma.sql`WHERE ${condition}`))[0] ?? null;
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
    get: (id) => one(Prisma.sql`id = ${id}`),
    forChange: (number) => one(Prisma.sql`number = ${number} FOR UPDATE`),
    byNumber: (number) => one(Prisma.sql`number = ${number}`),
    openForSystem: async (offering, systemKey) => {
      // A row that does not exist can't be locked; the name can.
      await lockName(db, `system:${offering}:${systemKey}`);
      return one(Prisma.sql`
        offering = ${offering} AND system_key = ${systemKey} AND state = ANY(${[...OPEN_STATES]}::text[])
        ORDER BY number LIMIT 1`);
    },
    ofPerson: (id) =>
      where(Prisma.sql`WHERE ${concerns(id)} ORDER BY created_at DESC, number DESC LIMIT ${mostOfPerson}`),
    inStates: (states, limit) =>
      where(Prisma.sql`WHERE state = ANY(${[...states]}::text[]) ORDER BY number LIMIT ${limit}`),
    assignedTo: (id) => where(Prisma.sql`WHERE assigned_ids @> ${[id]}::text[] ORDER BY number`),
    find: ({ states, component, ofPersonId, after, limit }) => {
      const conditions = [
        ...(states ? [Prisma.sql`state = ANY(${[...states]}::text[])`] : []),
        ...(component ? [Prisma.sql`component = ${component}`] : []),
        ...(after ? [Prisma.sql`number > ${after}`] : []),
        ...(ofPersonId ? [concerns(ofPersonId)] : []),
      ];
      const only =
        conditions.length === 0 ? Prisma.empty : Prisma.sql`WHERE ${Prisma.join(conditions, ' AND ')}`;
      return where(Prisma.sql`${only} ORDER BY number LIMIT ${limit}`);
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
function toEngagement(row: EngagementRow): Engagement {
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
