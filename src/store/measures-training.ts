/** Whose role-based training is in date, as pieces of the statement about the record. */
import { WORKED_IN } from '../domain/service-isso-now.ts';
import { FIRST_TRAINING_DAYS, RENEWED_AFTER_DAYS } from '../domain/training.ts';
import { Prisma } from './generated/client.ts';
import { dayIn } from './measures-moves.ts';
import { textArray } from './text-array.ts';

/** The role-based training of each record as it was at the end of the last day. */
const TRAINING_PAPERS = Prisma.sql`
  SELECT p.subject AS person, ${dayIn(Prisma.sql`c.value -> 'state' ->> 'on'`)} AS day
    FROM (SELECT DISTINCT ON (p.subject) p.subject, p.answers
            FROM paper p CROSS JOIN rules r
           WHERE p.kind = 'training' AND p.at < r.ends AND p.subject IN (SELECT person FROM assigned)
           ORDER BY p.subject, p.version DESC) p
   CROSS JOIN LATERAL jsonb_array_elements(p.answers -> 'courses') c
   WHERE c.value ->> 'key' = 'rbt' AND c.value -> 'state' ->> 'is' = 'done'`;

/**
 * `training`, from `lives`. Training was done where the person's own record of that day or any engagement's date says so, and counts in
 * each engagement as `trainingCounted` (domain) counts it; where nothing says when it is due, it is not in date.
 */
export const TRAINING = Prisma.sql`
  assigned AS (
    SELECT s.id, coalesce(i.isso, e.course ->> 'serviceIssoId') AS person,
           coalesce(p.somebody, false) AS at_work
      FROM standing s JOIN engagement e ON e.id = s.id LEFT JOIN present p ON p.id = s.id
      LEFT JOIN LATERAL (SELECT nullif(a.facts ->> 'isso', '') AS isso FROM audit_entry a CROSS JOIN rules r
                          WHERE a.engagement_id = s.id AND a.to_state = 'ONBOARDING' AND a.from_state IS DISTINCT FROM 'ONBOARDING'
                            AND a.at < r.ends ORDER BY a.sequence DESC LIMIT 1) i ON true
     WHERE s.state = ANY(${textArray(WORKED_IN)}::text[]) AND coalesce(p.somebody, true)),
  days AS (
    SELECT t.engagement_id AS id, t.person_id AS person,
           max(${dayIn(Prisma.sql`t.on_day`)}) FILTER (WHERE t.name = 'onboarding-began') AS began,
           max(${dayIn(Prisma.sql`t.on_day`)}) FILTER (WHERE t.name = 'training-due') AS due,
           max(${dayIn(Prisma.sql`t.on_day`)}) FILTER (WHERE t.name = 'training-done') AS done
      FROM milestone t WHERE t.person_id IN (SELECT person FROM assigned) GROUP BY 1, 2),
  done AS (
    SELECT person, max(day) AS day
      FROM (SELECT d.person, d.done AS day FROM days d
            UNION ALL ${TRAINING_PAPERS}) all_done CROSS JOIN rules r
     WHERE day <= r.last_on GROUP BY person),
  counted AS (
    SELECT a.person, a.at_work, d.began,
           CASE WHEN n.day + ${RENEWED_AFTER_DAYS}::int < d.began THEN NULL ELSE n.day END AS done_on,
           CASE WHEN d.began IS NULL OR d.due >= d.began THEN d.due END AS set_on
      FROM assigned a LEFT JOIN days d ON d.id = a.id AND d.person = a.person LEFT JOIN done n ON n.person = a.person),
  due AS (
    SELECT person, at_work, CASE WHEN set_on IS NOT NULL AND (done_on IS NULL OR set_on > done_on) THEN set_on
                                 WHEN done_on IS NOT NULL THEN done_on + ${RENEWED_AFTER_DAYS}::int
                                 ELSE began + ${FIRST_TRAINING_DAYS}::int END AS on_day
      FROM counted),
  issos AS (
    SELECT person, bool_and(coalesce(on_day >= r.last_on, false)) AS in_date
      FROM due CROSS JOIN rules r WHERE person IS NOT NULL GROUP BY person HAVING bool_or(at_work)),
  training AS (
    SELECT (count(*) FILTER (WHERE in_date))::int AS met, count(*)::int AS of FROM issos)`;
