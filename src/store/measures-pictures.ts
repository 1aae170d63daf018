/** What the pictures of the programme show, each in one statement. */
import { z } from 'zod';
import { OPEN_STATES } from '../domain/engagement-states.ts';
import type { MeasureScope } from '../domain/measures.ts';
import {
  AGE_LIMITS,
  type Ageing,
  type Attendance,
  FUNNEL_STEPS,
  type Funnel,
} from '../domain/programme-pictures.ts';
import type { MeasureRules } from '../ports.ts';
import { Prisma } from './generated/client.ts';
import { businessDaysOf, dayOf, inScope, lives, rulesOf } from './measures-moves.ts';
import { textArray } from './text-array.ts';
import type { Session } from './transaction.ts';

const funnelSchema = z.object({ counts: z.array(z.number().int()).length(FUNNEL_STEPS.length) });

/** Whoever came further came at least so far; up to now, whenever the time was. */
export async function funnelOf(db: Session, scope: MeasureScope, rules: MeasureRules): Promise<Funnel> {
  const [row] = await db.rows(Prisma.sql`
    WITH ${lives(scope, rules)},
    reached AS (
      SELECT CASE WHEN l.active_at IS NOT NULL THEN 6 WHEN l.onboarding_at IS NOT NULL THEN 5 WHEN l.match_at IS NOT NULL THEN 4
                  WHEN l.form_at IS NOT NULL THEN 3 WHEN l.kickoff_at IS NOT NULL THEN 2 WHEN l.accepted_at IS NOT NULL THEN 1
                  ELSE 0 END AS place
        FROM life l CROSS JOIN rules r WHERE l.filed_at >= r.begins AND l.filed_at < r.ends)
    SELECT array_agg(count ORDER BY step) AS counts
      FROM (SELECT step, count(reached.place)::int AS count
              FROM generate_series(0, 6) step LEFT JOIN reached ON reached.place >= step GROUP BY step) steps`);
  const { counts } = funnelSchema.parse(row);
  const { from, until } = scope;
  return { from, until, steps: FUNNEL_STEPS.map((step, place) => ({ step, count: counts[place] ?? 0 })) };
}

const ageingSchema = z.array(
  z.object({ state: z.enum(OPEN_STATES), place: z.number().int(), count: z.number().int() }),
);

/** By how many business days each open engagement had been in its state at the end of the last day. */
export async function ageingOf(db: Session, scope: MeasureScope, rules: MeasureRules): Promise<Ageing> {
  const found = ageingSchema.parse(
    await db.rows(Prisma.sql`
      WITH ${lives(scope, rules)},
      ages AS (
        SELECT s.state, ${businessDaysOf(dayOf(Prisma.sql`s.since`), Prisma.sql`r.last_on`)} AS days
          FROM standing s CROSS JOIN rules r WHERE s.state = ANY(${textArray(OPEN_STATES)}::text[]))
      SELECT state, width_bucket(days - 1, ${textArray(AGE_LIMITS.map(String))}::int[]) AS place, count(*)::int AS count
        FROM ages GROUP BY 1, 2`),
  );
  const columns = [...AGE_LIMITS.keys(), AGE_LIMITS.length];
  const rows = OPEN_STATES.filter((state) => found.some((each) => each.state === state)).map((state) => ({
    state,
    counts: columns.map(
      (column) => found.find((each) => each.state === state && each.place === column)?.count ?? 0,
    ),
  }));
  return { on: scope.until, rows };
}

const attendanceSchema = z.array(
  z.object({
    month: z.string(),
    meetings: z.number().int(),
    invited: z.number().int(),
    present: z.number().int(),
  }),
);

/** By the months of the time; meetings of the programme as a whole count where no component and no offering is asked for. */
export async function attendanceOf(
  db: Session,
  scope: MeasureScope,
  rules: MeasureRules,
): Promise<Attendance> {
  const isWhole = scope.component === null && scope.offering === null;
  const months = attendanceSchema.parse(
    await db.rows(Prisma.sql`
      WITH ${rulesOf(scope, rules)},
      held AS (
        SELECT left(m.held_on, 7) AS month, cardinality(m.attendee_ids) AS invited,
               (SELECT count(*) FROM unnest(m.attendee_ids) who WHERE who = ANY(m.present_ids)) AS present
          FROM meeting m LEFT JOIN engagement e ON e.id = m.engagement_id
         WHERE m.state = 'held' AND m.held_on BETWEEN ${scope.from} AND ${scope.until}
           AND ((m.engagement_id IS NULL AND ${isWhole}::boolean) OR (e.id IS NOT NULL AND ${inScope(scope)})))
      SELECT to_char(begins_on, 'YYYY-MM') AS month, count(held.month)::int AS meetings,
             coalesce(sum(held.invited), 0)::int AS invited, coalesce(sum(held.present), 0)::int AS present
        FROM rules r
       CROSS JOIN LATERAL generate_series(date_trunc('month', r.first_on::timestamp), r.last_on::timestamp, interval '1 month') begins_on
        LEFT JOIN held ON held.month = to_char(begins_on, 'YYYY-MM')
       GROUP BY 1 ORDER BY 1`),
  );
  return { months };
}
