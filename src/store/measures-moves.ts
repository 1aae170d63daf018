/** What the record says of the engagements of a scope, as pieces of statements: each change of state, and what follows from them. */
import { ENGAGEMENT_STATES, FINAL_STATES } from '../domain/engagement-states.ts';
import { AT_WORK_STATES, type MeasureScope } from '../domain/measures.ts';
import type { MeasureRules } from '../ports.ts';
import { Prisma } from './generated/client.ts';
import { textArray } from './text-array.ts';

/** Nobody is there any more while somebody else is looked for. */
const GONE = 'isso_departed';

const atWork = Prisma.sql`${textArray(AT_WORK_STATES)}::text[]`;

/** Engagements of the component and the offering; `engagement` stands as `e`. */
export const inScope = ({ component, offering }: Pick<MeasureScope, 'component' | 'offering'>): Prisma.Sql =>
  Prisma.sql`(${component}::text IS NULL OR e.component = ${component})
             AND (${offering}::text IS NULL OR e.offering = ${offering})`;

/** `rules`, one row: the zone, the business days, the first and the last day, and the instants between which they lie. */
export const rulesOf = (
  { from, until }: MeasureScope,
  { timeZone, businessDays }: MeasureRules,
): Prisma.Sql =>
  Prisma.sql`rules AS MATERIALIZED (
    SELECT zone, first_on, last_on, days, first_on::timestamp AT TIME ZONE zone AS begins,
           (last_on + 1)::timestamp AT TIME ZONE zone AS ends
      FROM (SELECT ${timeZone}::text AS zone, ${from}::date AS first_on, ${until}::date AS last_on,
                   ${textArray(businessDays)}::date[] AS days) given)`;

/** The local day of an instant; `rules` must be there as `r`. */
export const dayOf = (instant: Prisma.Sql): Prisma.Sql => Prisma.sql`(${instant} AT TIME ZONE r.zone)::date`;

/** Business days after the one day, up to and with the other; never negative. */
export const businessDaysOf = (from: Prisma.Sql, to: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`greatest(0, width_bucket(${to}, r.days) - width_bucket(${from}, r.days))`;

/** A day that a fact of the record names; null for none. */
export const dayIn = (fact: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`CASE WHEN ${fact} ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' THEN (${fact})::date END`;

/**
 * `moves`: each change of state, with what came next, of the engagements of the scope that had not ended before the time. What leaves
 * the state as it was is none. What follows never joins it with itself: the database would take it for small, and look at all of it
 * for each of its rows.
 */
const movesOf = (scope: MeasureScope, timeZone: string): Prisma.Sql =>
  Prisma.sql`moves AS MATERIALIZED (
    SELECT a.engagement_id AS id, e.component, e.system_key, e.number, e.business_owner_id AS owner, a.sequence, a.at, a.to_state AS state, a.reason,
           CASE a.to_state WHEN 'KICKOFF_HELD' THEN a.facts ->> 'heldOn' WHEN 'ONBOARDING' THEN a.facts ->> 'dayZero' END AS day,
           lead(a.at) OVER lived AS left_at, lead(a.to_state) OVER lived AS left_to
      FROM audit_entry a JOIN engagement e ON e.id = a.engagement_id
     WHERE a.to_state = ANY(${textArray(ENGAGEMENT_STATES)}::text[])
       AND a.to_state IS DISTINCT FROM a.from_state AND ${inScope(scope)}
       AND (e.state <> ALL(${textArray(FINAL_STATES)}::text[]) OR e.state_since_at >= ${scope.from}::date::timestamp AT TIME ZONE ${timeZone}::text)
    WINDOW lived AS (PARTITION BY a.engagement_id ORDER BY a.sequence))`;

/**
 * `rules`, `moves`, and from them: `life`, of each engagement when it first came so far; `standing`, the state in which it was at the
 * end of the last day and since when; `present`, those at work then, and whether their Service ISSO is there.
 */
export const lives = (scope: MeasureScope, rules: MeasureRules): Prisma.Sql =>
  Prisma.sql`${rulesOf(scope, rules)},
  ${movesOf(scope, rules.timeZone)},
  life AS MATERIALIZED (
    SELECT m.id, m.owner, m.number,
           min(m.at) FILTER (WHERE m.state = 'REQUESTED') AS filed_at,
           min(m.at) FILTER (WHERE m.state = 'KICKOFF_PENDING') AS accepted_at,
           min(m.at) FILTER (WHERE m.state = 'KICKOFF_HELD') AS kickoff_at,
           (array_agg(m.day ORDER BY m.sequence) FILTER (WHERE m.state = 'KICKOFF_HELD'))[1] AS held_on,
           min(m.at) FILTER (WHERE m.state = 'FORM_COMPLETE') AS form_at,
           min(m.at) FILTER (WHERE m.state = 'ISSO_IDENTIFIED') AS match_at,
           min(m.at) FILTER (WHERE m.state = 'ONBOARDING') AS onboarding_at,
           min(m.at) FILTER (WHERE m.state = 'ACTIVE') AS active_at
      FROM moves m GROUP BY m.id, m.owner, m.number),
  standing AS MATERIALIZED (
    SELECT m.id, m.component, m.system_key, m.state, m.at AS since, m.reason
      FROM moves m CROSS JOIN rules r WHERE m.at < r.ends AND (m.left_at IS NULL OR m.left_at >= r.ends)),
  present AS (
    SELECT s.id, s.component, s.system_key, NOT (s.state = 'REASSIGNING' AND s.reason IS NOT DISTINCT FROM ${GONE}) AS somebody
      FROM standing s WHERE s.state = ANY(${atWork}))`;
