/** What the dashboard lists: found, ordered and counted by the database, a page at a time. */
import { z } from 'zod';
import { STANDING_KINDS } from '../domain/card-forecast.ts';
import type { ListFilter, ListOrder } from '../domain/dashboard.ts';
import { ENGAGEMENT_STATES } from '../domain/engagement-states.ts';
import { MEETING_STATES } from '../domain/meeting.ts';
import { MEETING_KINDS } from '../domain/meeting-kinds.ts';
import type { Tx } from '../ports.ts';
import { engagementsWhere } from './engagements.ts';
import { Prisma } from './generated/client.ts';
import type { Session } from './transaction.ts';

const countSchema = z.tuple([z.object({ of: z.coerce.number() })]);
const foundSchema = z.array(z.object({ number: z.string(), standing: z.enum(STANDING_KINDS).nullable() }));
const lookedSchema = z.tuple([z.object({ looked: z.boolean() })]);
const meetingsSchema = z.array(
  z.object({
    kind: z.enum(MEETING_KINDS),
    title: z.string().nullable(),
    state: z.enum(MEETING_STATES),
    startsAt: z.date().nullable(),
    endsAt: z.date().nullable(),
  }),
);

/** The last thing that was said of an onboarding; none before the first, which means that it is on track. */
const STANDING = Prisma.sql`LEFT JOIN LATERAL (
  SELECT a.facts ->> 'to' AS standing FROM audit_entry a
   WHERE e.state = 'ONBOARDING' AND a.verb = 'card.standing' AND a.engagement_id = e.id
     AND a.facts ->> 'person' = e.course ->> 'serviceIssoId'
   ORDER BY a.sequence DESC LIMIT 1) s ON true`;

const ORDERS: Readonly<Record<ListOrder, Prisma.Sql>> = {
  number: Prisma.sql`e.number`,
  system: Prisma.sql`lower(e.system_name)`,
  component: Prisma.sql`e.component`,
  state: Prisma.sql`array_position(${[...ENGAGEMENT_STATES]}::text[], e.state)`,
  since: Prisma.sql`e.state_since_at`,
  filed: Prisma.sql`coalesce(e.submitted_at, e.created_at)`,
};

export function dashboardIn(db: Session): Tx['dashboard'] {
  return {
    count: async (filter) => {
      const standing = filter.standing === null ? Prisma.empty : STANDING;
      const [{ of }] = countSchema.parse(
        await db.rows(Prisma.sql`SELECT count(*) AS of FROM engagement e ${standing} ${whereOf(filter)}`),
      );
      return of;
    },
    list: async (wish) => {
      const way = wish.isDescending ? Prisma.sql`DESC` : Prisma.sql`ASC`;
      const found = foundSchema.parse(
        await db.rows(Prisma.sql`
          SELECT e.number, s.standing FROM engagement e ${STANDING} ${whereOf(wish)}
           ORDER BY ${ORDERS[wish.order]} ${way}, e.number ${way}
           LIMIT ${wish.limit}::int OFFSET ${wish.offset}::int`),
      );
      const engagements = await engagementsWhere(
        db,
        Prisma.sql`WHERE number = ANY(${found.map(({ number }) => number)}::text[])`,
      );
      const known = new Map(engagements.map((engagement) => [engagement.number, engagement]));
      return found.flatMap(({ number, standing }) => {
        const engagement = known.get(number);
        return engagement ? [{ engagement, standing }] : [];
      });
    },
    meetingsOf: async (engagementId, limit) =>
      meetingsSchema.parse(
        await db.rows(Prisma.sql`
          SELECT kind, title, state, booked_starts_at AS "startsAt", booked_ends_at AS "endsAt" FROM meeting
           WHERE engagement_id = ${engagementId} ORDER BY ordinal DESC LIMIT ${limit}::int`),
      ),
    hasLooked: async (personId, { verb, page, engagementId }, since) => {
      const [{ looked }] = lookedSchema.parse(
        await db.rows(Prisma.sql`
          SELECT EXISTS (
            SELECT FROM audit_entry
             WHERE actor_id = ${personId} AND verb = ${verb} AND at >= ${since}
               AND engagement_id IS NOT DISTINCT FROM ${engagementId}::text
               AND facts ->> 'page' = ${page}) AS looked`),
      );
      return looked;
    },
  };
}

function whereOf(filter: ListFilter): Prisma.Sql {
  const { states, component, offering, craId, standing, filedFrom, filedBefore, text } = filter;
  const filed = ORDERS.filed;
  const all = [
    ...(states ? [Prisma.sql`e.state = ANY(${[...states]}::text[])`] : []),
    ...(component === null ? [] : [Prisma.sql`e.component = ${component}`]),
    ...(offering === null ? [] : [Prisma.sql`e.offering = ${offering}`]),
    ...(craId === null ? [] : [Prisma.sql`e.cra_id = ${craId}`]),
    ...(standing === null
      ? []
      : [Prisma.sql`e.state = 'ONBOARDING' AND coalesce(s.standing, 'on-track') = ${standing}`]),
    ...(filedFrom === null ? [] : [Prisma.sql`${filed} >= ${filedFrom}`]),
    ...(filedBefore === null ? [] : [Prisma.sql`${filed} < ${filedBefore}`]),
    ...(text === null
      ? []
      : [Prisma.sql`(e.number ILIKE ${part(text)} OR e.system_name ILIKE ${part(text)})`]),
  ];
  return all.length === 0 ? Prisma.empty : Prisma.sql`WHERE ${Prisma.join(all, ' AND ')}`;
}

/** Somebody's words as they are: nothing in them stands for anything else. */
const part = (words: string): string => `%${words.replace(/[\\%_]/gu, '\\$&')}%`;
