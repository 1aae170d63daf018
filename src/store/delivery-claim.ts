/** Claiming what is due: of each recipient by one process only, and in order. */
import type { Database } from './client.ts';
import { FACTS, FACTS_FROM, type FactsRow, leavesSince } from './delivery-check.ts';
import { columnsOf, type DeliveryRow } from './delivery-row.ts';
import { asQuery } from './statements.ts';
import { textArray } from './text-array.ts';

/** How long anybody waits for a turn at the database. */
const patienceMs = 30_000;

/** In order, or a database without statistics would read the table for the first row that is due. */
const LOOK = 'SELECT 1 FROM delivery WHERE wake_at <= $1 ORDER BY wake_at, sequence LIMIT 1';

/** Rows of a recipient that are in hand, or were tried in vain and come before later ones. */
const begunBy = (recipient: string): string => `
  FROM delivery e
 WHERE e.recipient_kind = ${recipient}.recipient_kind AND e.recipient_id = ${recipient}.recipient_id
   AND e.wake_at IS NOT NULL AND e.begun AND e.wake_at > $1`;

/**
 * Candidates whose recipient nobody else is claiming at this instant. The lock on the recipient lasts until the leases are
 * committed, so whoever gets it next sees them. (Written as <> 1, since of IS NULL the planner thinks that hardly any row passes, and
 * reads the whole backlog for a hundred. Without a name, for a plan for any limit would be one for a large one.)
 */
const CANDIDATES = `
  SELECT key, recipient_kind, recipient_id FROM (
    SELECT d.key, d.recipient_kind, d.recipient_id FROM delivery d
     WHERE d.wake_at <= $1
       AND coalesce((SELECT 1 ${begunBy('d')} AND (e.state = 'leased' OR e.sequence < d.sequence) LIMIT 1), 0) <> 1
     ORDER BY d.wake_at, d.sequence LIMIT $2) AS candidate
   WHERE pg_try_advisory_xact_lock(hashtextextended(recipient_kind || ' ' || recipient_id, 20261124))`;

/**
 * Of the candidates those whose recipients ($5 and $6, each once) are still free, seen with the locks held: each recipient is
 * asked about once, however many rows they have, for the index keeps what was just sent for a while. A row whose
 * lease ended is claimed anew: nobody knows whether its message was posted. What the sending depends on is read along with it.
 */
const LEASE = `
  WITH obstacle AS MATERIALIZED (
    SELECT r.recipient_kind, r.recipient_id, found.in_hand, found.first
      FROM unnest($5::text[], $6::text[]) AS r (recipient_kind, recipient_id),
           LATERAL (SELECT bool_or(e.state = 'leased') AS in_hand, min(e.sequence) AS first ${begunBy('r')}) AS found
     WHERE found.first IS NOT NULL),
  held AS (
    UPDATE delivery AS d
       SET state = 'leased', wake_at = $2, attempts = d.attempts + 1, begun = true,
           unsettled_since = CASE d.state WHEN 'leased' THEN coalesce(d.unsettled_since, $1) ELSE d.unsettled_since END
     WHERE d.key = ANY($3::text[]) AND d.wake_at <= $1
       AND NOT EXISTS (
         SELECT 1 FROM obstacle o
          WHERE o.recipient_kind = d.recipient_kind AND o.recipient_id = d.recipient_id
            AND (o.in_hand OR o.first < d.sequence))
    RETURNING ${columnsOf('d')}, d.recalled_because IS NOT NULL AS is_short)
  SELECT ${columnsOf('held')}, true AS is_ours, held.is_short, ${FACTS} FROM held ${FACTS_FROM}`;

/** A row with what its sending depends on, as of its claim. */
export type ClaimedRow = DeliveryRow & FactsRow;
interface Candidate {
  readonly key: string;
  readonly recipient_kind: string;
  readonly recipient_id: string;
}

/** Looks first, and begins a transaction only when there is something to claim. */
export async function claimRows(
  { pool, gate, nameOf }: Pick<Database, 'pool' | 'gate' | 'nameOf'>,
  now: Date,
  limit: number,
  until: Date,
): Promise<ClaimedRow[]> {
  const at = now.toISOString();
  return gate.run(patienceMs, async () => {
    const client = await pool.connect();
    let broken: Error | undefined;
    try {
      const due = await client.query(asQuery(nameOf, LOOK, [at]));
      if (due.rows.length === 0) return [];
      await client.query('BEGIN');
      const { rows: candidates } = await client.query<Candidate>(CANDIDATES, [at, limit]);
      // The second statement sees what was committed before the recipients were locked.
      const leased =
        candidates.length === 0
          ? []
          : (await client.query<ClaimedRow>(asQuery(nameOf, LEASE, leaseOf(candidates, at, until)))).rows;
      await client.query('COMMIT');
      return leased;
    } catch (error) {
      broken = error instanceof Error ? error : new Error(String(error));
      throw error;
    } finally {
      // A connection in an unknown state is thrown away, and its transaction with it.
      client.release(broken);
    }
  });
}

function leaseOf(candidates: readonly Candidate[], at: string, until: Date): unknown[] {
  const recipients = new Map(candidates.map((each) => [`${each.recipient_kind} ${each.recipient_id}`, each]));
  return [
    at,
    until.toISOString(),
    textArray(candidates.map(({ key }) => key)),
    leavesSince(until),
    textArray([...recipients.values()].map((each) => each.recipient_kind)),
    textArray([...recipients.values()].map((each) => each.recipient_id)),
  ];
}
