/** What digests and answers about the programme are made of, each in one statement however many engagements there are. */
import { z } from 'zod';
import { STANDING_KINDS } from '../domain/card-forecast.ts';
import type { EngagementAndMeeting } from '../domain/digest.ts';
import { FLOW_STATES } from '../domain/digest-flow.ts';
import { digestCard } from '../domain/digest-mark.ts';
import { ENGAGEMENT_STATES, OPEN_STATES } from '../domain/engagement-states.ts';
import { MEETING_STATES } from '../domain/meeting.ts';
import { redrawCard } from '../domain/redraw.ts';
import type { Tx } from '../ports.ts';
import { Prisma } from './generated/client.ts';
import { courseOf } from './stored-course.ts';
import { askedBackSchema, messageSchema, slotsSchema } from './stored-shapes.ts';
import type { Session } from './transaction.ts';

const stateSchema = z.enum(ENGAGEMENT_STATES);
const openSchema = z.array(
  z.object({
    id: z.string(),
    number: z.string(),
    offering: z.string(),
    component: z.string(),
    systemName: z.string(),
    state: stateSchema,
    requesterId: z.string(),
    businessOwnerId: z.string(),
    craId: z.string().nullable(),
    askedBack: askedBackSchema.nullable(),
    createdAt: z.date(),
    submittedAt: z.date().nullable(),
    stateSinceAt: z.date(),
    triagedById: z.string().nullable(),
    course: z.unknown(),
    kickoffState: z.enum(MEETING_STATES).nullable(),
    proposed: slotsSchema.nullable(),
    offeredAt: z.date().nullable(),
    startsAt: z.date().nullable(),
    endsAt: z.date().nullable(),
    standing: z.enum(STANDING_KINDS).nullable().catch(null),
    standingAt: z.date().nullable(),
  }),
);
const stepsSchema = z.array(
  z.object({
    position: z.coerce.number(),
    number: z.string(),
    systemName: z.string(),
    component: z.string(),
    from: stateSchema.nullable().catch(null),
    to: z.enum(FLOW_STATES),
  }),
);
const placeSchema = z.tuple([z.object({ place: z.coerce.number() })]);
const attentionSchema = z.array(z.object({ id: z.string(), since: z.date() }));
const toldSchema = z.array(z.object({ isSent: z.boolean(), message: messageSchema }));

const ofComponents = (components: readonly string[] | 'all'): Prisma.Sql =>
  components === 'all' ? Prisma.empty : Prisma.sql`AND e.component = ANY(${[...components]})`;

export function digestFactsIn(db: Session): Tx['digestFacts'] {
  return {
    open: async (components, limit) => {
      const rows = openSchema.parse(
        await db.rows(Prisma.sql`
          SELECT e.id, e.number, e.offering, e.component, e.system_name AS "systemName", e.state,
                 e.requester_id AS "requesterId", e.business_owner_id AS "businessOwnerId", e.cra_id AS "craId",
                 e.asked_back AS "askedBack", e.created_at AS "createdAt", e.submitted_at AS "submittedAt",
                 e.state_since_at AS "stateSinceAt", e.triaged_by_id AS "triagedById", e.course,
                 k.state AS "kickoffState", k.proposed, k.offered_at AS "offeredAt",
                 k.booked_starts_at AS "startsAt", k.booked_ends_at AS "endsAt",
                 s.standing, s.at AS "standingAt"
            FROM engagement e
            LEFT JOIN LATERAL (
              SELECT m.state, m.proposed, m.offered_at, m.booked_starts_at, m.booked_ends_at FROM meeting m
               WHERE e.state = 'KICKOFF_PENDING' AND m.engagement_id = e.id AND m.kind = 'kickoff'
               ORDER BY m.ordinal DESC LIMIT 1) k ON true
            LEFT JOIN LATERAL (
              SELECT a.facts ->> 'to' AS standing, a.at FROM audit_entry a
               WHERE e.state = 'ONBOARDING' AND a.verb = 'card.standing' AND a.engagement_id = e.id
                 AND a.facts ->> 'person' = e.course ->> 'serviceIssoId'
               ORDER BY a.sequence DESC LIMIT 1) s ON true
           WHERE e.state = ANY(${[...OPEN_STATES]}) ${ofComponents(components)}
           ORDER BY e.number LIMIT ${limit}::int`),
      );
      return rows.map(toFacts);
    },
    steps: async (after, until, components) =>
      stepsSchema.parse(
        await db.rows(Prisma.sql`
          SELECT a.position, e.number, e.system_name AS "systemName", e.component, a.from_state AS "from", a.to_state AS "to"
            FROM audit_entry a JOIN engagement e ON e.id = a.engagement_id
           WHERE a.position > ${after}::bigint AND a.position <= ${until}::bigint
             AND a.to_state = ANY(${[...FLOW_STATES]}) AND a.from_state IS DISTINCT FROM a.to_state
             ${ofComponents(components)}
           ORDER BY a.position`),
      ),
    placeBefore: async (at) => {
      const [{ place }] = placeSchema.parse(
        await db.rows(Prisma.sql`
          SELECT coalesce(max(position), 0) AS place FROM audit_entry WHERE at < ${at.toISOString()}::timestamptz`),
      );
      return place;
    },
    attention: async (from, until, lowest) => {
      const rows = attentionSchema.parse(
        await db.rows(Prisma.sql`
          SELECT s.id, s.since FROM (
            SELECT DISTINCT ON (engagement_id) engagement_id AS id, answers -> 'scores' AS scores, answered_at AS since
              FROM survey
             WHERE answered_at >= ${from.toISOString()}::timestamptz AND answered_at < ${until.toISOString()}::timestamptz
             ORDER BY engagement_id, answered_at DESC, asked_at DESC) s
           WHERE EXISTS (SELECT 1 FROM jsonb_each_text(s.scores) AS line(name, score) WHERE score::numeric <= ${lowest}::int)
             AND NOT EXISTS (SELECT 1 FROM meeting m
                              WHERE m.engagement_id = s.id AND m.kind = 'satisfaction' AND m.state = 'held'
                                AND m.booked_starts_at > s.since)`),
      );
      return new Map(rows.map(({ id, since }) => [id, since]));
    },
    told: async (key) => {
      const [found] = toldSchema.parse(
        await db.rows(Prisma.sql`
          WITH said AS (
            SELECT sequence, state, message FROM delivery WHERE key = ${key}
            UNION
            SELECT sequence, state, message FROM delivery WHERE card = ANY(${[digestCard(key), redrawCard(key)]}))
          SELECT bool_or(state = 'sent') OVER () AS "isSent", message FROM said ORDER BY sequence DESC LIMIT 1`),
      );
      return found ?? null;
    },
  };
}

type OpenRow = z.infer<typeof openSchema>[number];

function toFacts({
  kickoffState,
  proposed,
  offeredAt,
  startsAt,
  endsAt,
  standing,
  standingAt,
  course,
  ...facts
}: OpenRow): EngagementAndMeeting {
  const bookedFor = startsAt && endsAt ? { startsAt, endsAt } : null;
  return {
    engagement: { ...facts, course: courseOf(course) },
    meeting: kickoffState && { state: kickoffState, proposed: proposed ?? [], offeredAt, bookedFor },
    standing: standing && standingAt ? { is: standing, since: standingAt } : null,
  };
}
