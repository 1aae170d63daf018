/**
 * The figures of the weekly digest as somebody would ask the database for them by hand: one statement that reads the same rows, without
 * domain, words or checks. Ages and times are in days rather than business days; the rows behind them are the same.
 */
export const PLAIN_AGGREGATE = `
  WITH open AS (
    SELECT state, state_since_at, triaged_by_id, course, id FROM engagement
     WHERE state NOT IN ('CLOSED', 'WITHDRAWN', 'DECLINED')),
  standing AS (
    SELECT DISTINCT ON (a.engagement_id) a.facts ->> 'to' AS standing
      FROM audit_entry a JOIN open o ON o.id = a.engagement_id
     WHERE a.verb = 'card.standing' AND o.state = 'ONBOARDING'
     ORDER BY a.engagement_id, a.sequence DESC),
  reached AS (
    SELECT a.engagement_id AS id, a.to_state AS step, min(a.at) AS at
      FROM audit_entry a WHERE a.to_state IS NOT NULL AND a.from_state IS DISTINCT FROM a.to_state
     GROUP BY a.engagement_id, a.to_state),
  filed AS (SELECT id, at FROM reached WHERE step = 'REQUESTED'),
  took AS (
    SELECT r.step, extract(epoch FROM r.at - f.at) / 86400 AS days
      FROM reached r JOIN filed f USING (id)
     WHERE r.step IN ('KICKOFF_HELD', 'FORM_COMPLETE', 'ISSO_IDENTIFIED', 'ACTIVE') AND r.at >= $1::timestamptz),
  began AS (
    SELECT b.at AS began_at, a.at AS active_at FROM reached b LEFT JOIN reached a ON a.id = b.id AND a.step = 'ACTIVE'
     WHERE b.step = 'ONBOARDING' AND (a.at >= $1::timestamptz OR b.at >= $1::timestamptz - interval '60 days')),
  property AS (
    SELECT count(*) AS lines, count(*) FILTER (WHERE line ->> 'state' = 'returned') AS returned FROM (
      SELECT DISTINCT ON (subject) answers FROM paper WHERE kind = 'off-boarding' ORDER BY subject, version DESC) p,
      jsonb_array_elements(p.answers -> 'lines') line
     WHERE line ->> 'kind' = 'property' AND (line ->> 'dueAt')::timestamptz >= $1::timestamptz),
  training AS (
    SELECT count(*) AS people FROM (
      SELECT DISTINCT ON (subject) subject, answers FROM paper WHERE kind = 'training' ORDER BY subject, version DESC) p
     WHERE EXISTS (SELECT 1 FROM jsonb_array_elements(p.answers -> 'courses') c
                    WHERE c ->> 'key' = 'rbt' AND (c -> 'state' ->> 'on')::date > $2::timestamptz - interval '1 year'))
  SELECT
    (SELECT jsonb_object_agg(state, count) FROM (SELECT state, count(*) FROM open GROUP BY state) s) AS open,
    (SELECT count(*) FROM open WHERE state_since_at < $2::timestamptz - interval '10 days') AS old,
    (SELECT jsonb_object_agg(standing, count) FROM (SELECT standing, count(*) FROM standing GROUP BY standing) s) AS standing,
    (SELECT jsonb_object_agg(to_state, count) FROM (
       SELECT to_state, count(*) FROM audit_entry
        WHERE at >= $3::timestamptz AND from_state IS DISTINCT FROM to_state AND to_state IS NOT NULL GROUP BY to_state) s) AS flow,
    (SELECT count(*) FROM delivery WHERE state IN ('blocked', 'unreachable') AND ended_at >= $3::timestamptz) AS undelivered,
    (SELECT count(*) FROM survey WHERE answered_at >= $1::timestamptz AND (answers #>> '{scores,overall}')::int <= 2) AS low,
    (SELECT count(*) FROM filed WHERE at >= $1::timestamptz) AS filed,
    (SELECT jsonb_object_agg(step, times) FROM (
       SELECT step, percentile_cont(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY days) AS times FROM took GROUP BY step) s) AS times,
    (SELECT count(*) FILTER (WHERE active_at <= began_at + interval '60 days') FROM began) AS on_time,
    (SELECT jsonb_object_agg(reason, count) FROM (
       SELECT reason, count(*) FROM audit_entry
        WHERE to_state IN ('DECLINED', 'WITHDRAWN') AND from_state IS DISTINCT FROM to_state AND at >= $1::timestamptz
        GROUP BY reason) s) AS reasons,
    (SELECT count(*) FILTER (WHERE answered_at IS NOT NULL) FROM survey WHERE asked_at >= $1::timestamptz) AS answered,
    (SELECT returned FROM property) AS returned,
    (SELECT people FROM training) AS trained,
    (SELECT count(DISTINCT system_key) FROM engagement WHERE state = 'ACTIVE') AS systems,
    (SELECT count(*) FROM engagement e, jsonb_array_elements(e.answers) a
      WHERE a ->> 'key' = 'current_isso_state' AND a ->> 'value' = 'none' AND e.submitted_at >= $1::timestamptz) AS uncovered`;
