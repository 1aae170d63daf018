/** Rows for exports, read page by page with what they name: numbers and names in place of ids. */
import { z } from 'zod';
import { ENGAGEMENT_STATES } from '../domain/engagement-states.ts';
import type { Tx } from '../ports.ts';
import { eachPage } from './cursor.ts';
import { Prisma } from './generated/client.ts';
import { factsSchema } from './stored-shapes.ts';
import type { Session } from './transaction.ts';

const text = z.string().nullable();
const instant = z.date().nullable();
const state = z.enum(ENGAGEMENT_STATES);
const engagementsSchema = z.array(
  z.object({
    number: z.string(),
    offering: z.string(),
    systemName: z.string(),
    component: z.string(),
    state,
    createdAt: z.date(),
    submittedAt: instant,
    stateSinceAt: z.date(),
    businessOwner: text,
    advisor: text,
    triagedBy: text,
    serviceIsso: text,
    kickoffOn: text,
    dayZeroOn: text,
    activeSinceOn: text,
    endOn: text,
    reason: text,
  }),
);
const cardsSchema = z.array(
  z.object({
    number: z.string(),
    offering: z.string(),
    systemName: z.string(),
    component: z.string(),
    state,
    serviceIsso: text,
    at: z.date(),
    answers: z.record(z.string(), z.unknown()),
  }),
);
const deliveriesSchema = z.array(
  z.object({
    sequence: z.coerce.number(),
    kind: z.string(),
    urgency: z.string(),
    topic: text,
    recipientKind: z.string(),
    recipient: z.string(),
    number: text,
    dueAt: z.date(),
    state: z.string(),
    reason: text,
    attempts: z.number(),
    mayRepeat: z.boolean(),
    platform: text,
    sentAt: instant,
  }),
);
const entriesSchema = z.array(
  z.object({
    position: z.coerce.number(),
    at: z.date(),
    actor: text,
    actedFor: text,
    role: text,
    verb: z.string(),
    number: text,
    from: text,
    to: text,
    reason: text,
    platform: z.string(),
    facts: factsSchema,
    hash: z.string(),
  }),
);

export function exportsIn(db: Session): Tx['exports'] {
  return {
    engagements: (onPage) => eachPage(db, ENGAGEMENTS, (rows) => onPage(engagementsSchema.parse(rows))),
    cards: (onPage) => eachPage(db, CARDS, (rows) => onPage(cardsSchema.parse(rows))),
    deliveries: (onPage) => eachPage(db, DELIVERIES, (rows) => onPage(deliveriesSchema.parse(rows))),
    audit: (onlyOf, onPage) =>
      eachPage(
        db,
        Prisma.sql`${ENTRIES} ${onlyOf === null ? Prisma.empty : Prisma.sql`WHERE a.engagement_id IS NOT NULL OR a.actor_id = ${onlyOf}`} ORDER BY a.position`,
        (rows) => onPage(entriesSchema.parse(rows)),
      ),
  };
}

const ENGAGEMENTS = Prisma.sql`
  SELECT e.number, e.offering, e.system_name AS "systemName", e.component, e.state, e.created_at AS "createdAt",
         e.submitted_at AS "submittedAt", e.state_since_at AS "stateSinceAt", owner.name AS "businessOwner",
         cra.name AS advisor, triager.name AS "triagedBy", isso.name AS "serviceIsso", kickoff.held_on AS "kickoffOn",
         e.course->>'dayZeroOn' AS "dayZeroOn", e.course->>'activeSinceOn' AS "activeSinceOn",
         coalesce(e.course->'offBoarding'->>'endOn', e.course->'term'->>'endOn') AS "endOn", e.ending->>'reason' AS reason
    FROM engagement e
    LEFT JOIN person owner ON owner.id = e.business_owner_id
    LEFT JOIN person cra ON cra.id = e.cra_id
    LEFT JOIN person triager ON triager.id = e.triaged_by_id
    LEFT JOIN person isso ON isso.id = e.course->>'serviceIssoId'
    LEFT JOIN (SELECT engagement_id, max(held_on) AS held_on FROM meeting WHERE kind = 'kickoff' GROUP BY engagement_id) kickoff
      ON kickoff.engagement_id = e.id
   ORDER BY e.number`;

/** The newest version of each card: no later one is there. */
const CARDS = Prisma.sql`
  SELECT e.number, e.offering, e.system_name AS "systemName", e.component, e.state, isso.name AS "serviceIsso", p.at, p.answers
    FROM paper p
    JOIN engagement e ON e.id = split_part(p.subject, '/', 1)
    LEFT JOIN person isso ON isso.id = split_part(p.subject, '/', 2)
   WHERE p.kind = 'information-card'
     AND NOT EXISTS (SELECT 1 FROM paper n WHERE n.kind = p.kind AND n.subject = p.subject AND n.version > p.version)
   ORDER BY e.number, p.subject`;

const DELIVERIES = Prisma.sql`
  SELECT d.sequence, d.kind, d.urgency, d.topic, d.recipient_kind AS "recipientKind",
         coalesce(p.name, d.recipient_id) AS recipient, coalesce(e.number, em.number) AS number, d.due_at AS "dueAt", d.state,
         d.reason, d.attempts, d.may_repeat AS "mayRepeat", d.platform, d.sent_at AS "sentAt"
    FROM delivery d
    LEFT JOIN person p ON d.recipient_kind <> 'channel' AND p.id = d.recipient_id
    LEFT JOIN engagement e ON e.id = split_part(d.about, ':', 2)
    LEFT JOIN meeting m ON m.id = split_part(d.about, ':', 2)
    LEFT JOIN engagement em ON em.id = m.engagement_id
   ORDER BY d.sequence`;

const ENTRIES = Prisma.sql`
  SELECT a.position, a.at, actor.name AS actor, other.name AS "actedFor", a.role, a.verb, e.number, a.from_state AS "from",
         a.to_state AS "to", a.reason, a.platform, a.facts, a.hash
    FROM audit_entry a
    LEFT JOIN person actor ON actor.id = a.actor_id
    LEFT JOIN person other ON other.id = a.for_id
    LEFT JOIN engagement e ON e.id = a.engagement_id`;
