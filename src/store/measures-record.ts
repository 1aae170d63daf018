/** The measures that the record of engagements tells, in one statement. Their definitions stand in `src/domain/measures.ts`. */
import { z } from 'zod';
import {
  type MeasureScope,
  type ProgrammeMeasures,
  type ReasonCount,
  TIMED_STEPS,
  WITHOUT_TRAINED_ISSO,
} from '../domain/measures.ts';
import { ONBOARDING_GOAL_DAYS } from '../domain/onboarding.ts';
import type { MeasureRules } from '../ports.ts';
import { Prisma } from './generated/client.ts';
import { businessDaysOf, dayIn, dayOf, inScope, lives } from './measures-moves.ts';
import { TRAINING } from './measures-training.ts';
import { textArray } from './text-array.ts';
import type { Session } from './transaction.ts';

const count = z.number().int().nonnegative();
export const shareSchema = z.object({ met: count, of: count });
const rowSchema = z.object({
  adoption: z.object({
    requests: count,
    accepted: count,
    active: count,
    systems: count,
    components: count,
    repeatOwners: count,
  }),
  times: z.array(z.object({ step: z.enum(TIMED_STEPS), count, median: z.number(), p90: z.number() })),
  onTime: shareSchema,
  training: shareSchema,
  ended: z.array(z.object({ state: z.string(), reason: z.string(), count })),
  coverage: shareSchema,
});

type OfRecord = Pick<
  ProgrammeMeasures,
  'adoption' | 'times' | 'onTime' | 'training' | 'declined' | 'withdrawn' | 'coverage'
>;

/** What the record of the scope's engagements says. */
export async function measuresOfRecord(
  db: Session,
  scope: MeasureScope,
  rules: MeasureRules,
): Promise<OfRecord> {
  const [row] = await db.rows(Prisma.sql`
    WITH ${lives(scope, rules)},
    ${adoptionOf(scope)},
    ${TIMES},
    ${ON_TIME},
    ${TRAINING},
    ${coverageOf(scope)}
    SELECT (SELECT to_jsonb(adoption) FROM adoption) AS adoption,
           (SELECT coalesce(jsonb_agg(to_jsonb(times)), '[]') FROM times) AS times,
           (SELECT to_jsonb(on_time) FROM on_time) AS "onTime",
           (SELECT coalesce(jsonb_agg(to_jsonb(reasons)), '[]')
              FROM (SELECT m.state, coalesce(m.reason, 'other') AS reason, count(*)::int AS count
                      FROM moves m CROSS JOIN rules r
                     WHERE m.state IN ('DECLINED', 'WITHDRAWN') AND m.at >= r.begins AND m.at < r.ends
                     GROUP BY 1, 2) reasons) AS ended,
           (SELECT to_jsonb(training) FROM training) AS training,
           (SELECT to_jsonb(coverage) FROM coverage) AS coverage`);
  const { adoption, times, onTime, training, ended, coverage } = rowSchema.parse(row);
  const reasonsOf = (which: string): readonly ReasonCount[] =>
    ended
      .filter(({ state }) => state === which)
      .map(({ reason, count: many }) => ({ reason, count: many }))
      .toSorted((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1));
  const spanOf = (step: (typeof TIMED_STEPS)[number]) => {
    const found = times.find((each) => each.step === step);
    return found ? { count: found.count, median: found.median, p90: found.p90 } : null;
  };
  return {
    adoption,
    times: {
      kickoff: spanOf('kickoff'),
      form: spanOf('form'),
      match: spanOf('match'),
      active: spanOf('active'),
    },
    onTime,
    training,
    declined: reasonsOf('DECLINED'),
    withdrawn: reasonsOf('WITHDRAWN'),
    coverage,
  };
}

/** An owner's second request makes them somebody who came back, whether the first was in the time or before it. */
const adoptionOf = (scope: MeasureScope): Prisma.Sql => Prisma.sql`
  adoption AS (
    SELECT filed.*, working.*
      FROM (SELECT count(*)::int AS requests, count(l.accepted_at)::int AS accepted,
                   (count(DISTINCT l.owner) FILTER (WHERE EXISTS (
                      SELECT 1 FROM engagement e
                       WHERE e.business_owner_id = l.owner AND (e.submitted_at, e.number) < (l.filed_at, l.number) AND ${inScope(scope)})))::int
                     AS "repeatOwners"
              FROM life l CROSS JOIN rules r WHERE l.filed_at >= r.begins AND l.filed_at < r.ends) filed,
           (SELECT count(*)::int AS active, count(DISTINCT p.system_key)::int AS systems,
                   count(DISTINCT p.component)::int AS components
              FROM present p) working)`;

const TIMES = Prisma.sql`
  spans AS (
    SELECT s.step, ${businessDaysOf(dayOf(Prisma.sql`l.filed_at`), Prisma.sql`coalesce(s.day, ${dayOf(Prisma.sql`s.at`)})`)} AS days
      FROM life l CROSS JOIN rules r
     CROSS JOIN LATERAL (VALUES ('kickoff', l.kickoff_at, ${dayIn(Prisma.sql`l.held_on`)}), ('form', l.form_at, NULL),
                                ('match', l.match_at, NULL), ('active', l.active_at, NULL)) AS s (step, at, day)
     WHERE l.filed_at IS NOT NULL AND s.at >= r.begins AND s.at < r.ends),
  times AS (
    SELECT step, count(*)::int AS count, percentile_cont(0.5) WITHIN GROUP (ORDER BY days) AS median,
           percentile_disc(0.9) WITHIN GROUP (ORDER BY days) AS p90
      FROM spans GROUP BY step)`;

/** Each onboarding with its day 0 as it was set last, how it was left, and the day that decided it; all as the record had it at the end of the last day. */
const ON_TIME = Prisma.sql`
  zeros AS (
    SELECT m.id, m.sequence, true AS begins, coalesce(${dayIn(Prisma.sql`m.day`)}, ${dayOf(Prisma.sql`m.at`)}) AS zero_on,
           CASE WHEN m.left_at < r.ends THEN m.left_to END AS state,
           CASE WHEN m.left_at < r.ends THEN ${dayOf(Prisma.sql`m.left_at`)} END AS left_on
      FROM moves m CROSS JOIN rules r WHERE m.state = 'ONBOARDING' AND m.at < r.ends
     UNION ALL
    SELECT a.engagement_id, a.sequence, false, ${dayIn(Prisma.sql`a.facts ->> 'dayZero'`)}, NULL, NULL
      FROM audit_entry a CROSS JOIN rules r
     WHERE a.to_state = 'ONBOARDING' AND a.verb = 'card.move-day-zero' AND a.at < r.ends),
  numbered AS (
    SELECT z.*, count(*) FILTER (WHERE z.begins) OVER (PARTITION BY z.id ORDER BY z.sequence) AS nth FROM zeros z),
  onboardings AS (
    SELECT max(n.state) AS state, max(n.left_on) AS left_on,
           (array_agg(n.zero_on ORDER BY n.sequence DESC) FILTER (WHERE n.zero_on IS NOT NULL))[1]
             + ${ONBOARDING_GOAL_DAYS}::int AS goal_on
      FROM numbered n WHERE n.nth > 0 GROUP BY n.id, n.nth),
  decided AS (
    SELECT o.state = 'ACTIVE' AND o.left_on <= o.goal_on AS in_time,
           CASE WHEN o.left_on IS NULL OR o.left_on > o.goal_on THEN o.goal_on + 1
                WHEN o.state = 'ACTIVE' THEN o.left_on END AS day
      FROM onboardings o),
  on_time AS (
    SELECT (count(*) FILTER (WHERE d.in_time))::int AS met, count(*)::int AS of
      FROM decided d CROSS JOIN rules r WHERE d.day BETWEEN r.first_on AND r.last_on)`;

/** Every request up to the last day counts, however it ended. */
const coverageOf = (scope: MeasureScope): Prisma.Sql => Prisma.sql`
  uncovered AS (
    SELECT DISTINCT e.system_key
      FROM engagement e CROSS JOIN rules r
     WHERE e.submitted_at < r.ends AND ${inScope(scope)}
       AND jsonb_path_exists(e.answers, '$[*] ? (@.key == "current_isso_state" && @.value == $without[*])',
                             jsonb_build_object('without', to_jsonb(${textArray(WITHOUT_TRAINED_ISSO)}::text[])))),
  coverage AS (
    SELECT count(*)::int AS of,
           (count(*) FILTER (WHERE u.system_key IN (SELECT p.system_key FROM present p WHERE p.somebody)))::int AS met
      FROM uncovered u)`;
