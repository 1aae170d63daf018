/** Measures that surveys and off-boarding records tell; none of them names anybody. */
import type { MeasureScope, Share } from '../domain/measures.ts';
import type { MeasureRules } from '../ports.ts';
import { Prisma } from './generated/client.ts';
import { dayIn, dayOf, inScope, rulesOf } from './measures-moves.ts';
import { shareSchema } from './measures-record.ts';
import type { Session } from './transaction.ts';

const share = async (db: Session, statement: Prisma.Sql): Promise<Share> =>
  shareSchema.parse((await db.rows(statement))[0]);

/** Surveys asked in the time, and how many of them were answered by the end of its last day. */
export const surveysAnswered = (db: Session, scope: MeasureScope, rules: MeasureRules): Promise<Share> =>
  share(
    db,
    Prisma.sql`
    WITH ${rulesOf(scope, rules)}
    SELECT count(*)::int AS of, (count(*) FILTER (WHERE s.answered_at < r.ends))::int AS met
      FROM survey s CROSS JOIN rules r JOIN engagement e ON e.id = s.engagement_id
     WHERE s.asked_at >= r.begins AND s.asked_at < r.ends AND ${inScope(scope)}`,
  );

/** Records are read whose last day was so long before the time, which is well more than their business days. */
const ENDED_BEFORE_DAYS = 40;
/** And that were written within so long before it: no end is known longer ahead. */
const KEPT_BEFORE_DAYS = 800;

/**
 * Of the property that had to be back on a day of the time: returned or transferred by that day, as its evidence says, whenever that was
 * written down. What was never handed out does not count; what was lost counts and is not back.
 */
export const propertyBack = (db: Session, scope: MeasureScope, rules: MeasureRules): Promise<Share> =>
  share(
    db,
    Prisma.sql`
    WITH ${rulesOf(scope, rules)},
    newest AS (
      SELECT DISTINCT ON (p.subject) p.subject, p.version, p.at
        FROM paper p WHERE p.kind = 'off-boarding' ORDER BY p.subject, p.version DESC),
    records AS (
      SELECT p.answers
        FROM newest n CROSS JOIN rules r
        JOIN paper p ON p.kind = 'off-boarding' AND p.subject = n.subject AND p.version = n.version
        JOIN engagement e ON e.id = split_part(n.subject, '/', 1)
       WHERE n.at >= r.begins - make_interval(days => ${KEPT_BEFORE_DAYS}::int) AND ${inScope(scope)}
         AND ${dayIn(Prisma.sql`p.answers ->> 'endOn'`)} BETWEEN r.first_on - ${ENDED_BEFORE_DAYS}::int AND r.last_on),
    lines AS (
      SELECT line.value ->> 'state' AS state, ${dayIn(Prisma.sql`line.value -> 'evidence' ->> 'on'`)} AS done_on,
             ${dayOf(Prisma.sql`((line.value ->> 'dueAt')::timestamptz - interval '1 second')`)} AS due_on
        FROM records CROSS JOIN rules r CROSS JOIN LATERAL jsonb_array_elements(records.answers -> 'lines') line
       WHERE line.value ->> 'kind' = 'property' AND line.value ->> 'state' <> 'not_issued')
    SELECT count(*)::int AS of,
           (count(*) FILTER (WHERE state IN ('returned', 'transferred') AND done_on <= due_on))::int AS met
      FROM lines CROSS JOIN rules r WHERE due_on BETWEEN r.first_on AND r.last_on`,
  );
