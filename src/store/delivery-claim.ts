/** Claiming what is due: of each recipient by one process only, and in order. */
import type { QueryResult, QueryResultRow } from 'pg';
import type { Database } from './client.ts';
import { FACTS, FACTS_FROM, type FactsRow, leavesSince } from './delivery-check.ts';
import { columnsOf, type DeliveryRow } from './delivery-row.ts';
import { asQuery } from './statements.ts';
import { textArray } from './text-array.ts';

/** How long anybody waits for a turn at the database. */
const patienceMs = 30_000;

/** In order, or a database without statistics would read the table for the first row that is due. */
const LOOK = 'SELECT 1 FROM delivery WHERE wake_at <= $1 ORDER BY wake_at, sequence LIMIT 1';

/** Rows of a recipient that somebody has had in hand, or tried in vain: they come before later ones. */
const begunBy = (recipient: string): string => `
  FROM delivery e
 WHERE e.recipient_kind = ${recipient}.recipient_kind AND e.recipient_id = ${recipient}.recipient_id
   AND e.wake_at IS NOT NULL AND e.begun`;

/**
 * Candidates whose recipient nobody else is claiming at this instant. The lock on the recipient lasts until the leases are
 * committed, so whoever gets it next sees them. (Written as <> 1, since of IS NULL the planner thinks that hardly any row passes, and
 * reads the whole backlog for a hundred; and with greatest, since it thinks as much of instants to come, and reads all that is in
 * hand for each. Without a name, for a plan for any limit would be one for a large one.)
 */
const CANDIDATES = `
  SELECT key, recipient_kind, recipient_id, sequence FROM (
    SELECT d.key, d.recipient_kind, d.recipient_id, d.sequence FROM delivery d
     WHERE d.wake_at <= $1
       AND coalesce((SELECT 1 ${begunBy('d')} AND greatest(e.wake_at, $1) > $1
                        AND (e.state = 'leased' OR e.sequence < d.sequence) LIMIT 1), 0) <> 1
     ORDER BY d.wake_at, d.sequence LIMIT $2) AS candidate
   WHERE pg_try_advisory_xact_lock(hashtextextended(recipient_kind || ' ' || recipient_id, 20261124))`;

/**
 * What was begun of the candidates' recipients, in order, seen with the locks held. Each recipient ($2 and $3) is asked about once,
 * however many rows they have, for the index keeps what was just sent for a while. (OFFSET 0 keeps the planner from reading all
 * that was ever begun instead.)
 */
const BEGUN = `
  SELECT e.key, e.recipient_kind, e.recipient_id, e.sequence, e.wake_at <= $1 AS is_due, e.state = 'leased' AS is_leased
    FROM unnest($2::text[], $3::text[]) AS r (recipient_kind, recipient_id),
         LATERAL (SELECT * ${begunBy('r')} OFFSET 0) AS e
   ORDER BY e.sequence`;

/**
 * Leases those rows. One whose lease ended is claimed anew: nobody knows whether its message was posted. What the sending
 * depends on is read along with it.
 */
const LEASE = `
  WITH held AS (
    UPDATE delivery AS d
       SET state = 'leased', wake_at = $2, attempts = d.attempts + 1, begun = true,
           unsettled_since = CASE d.state WHEN 'leased' THEN coalesce(d.unsettled_since, $1) ELSE d.unsettled_since END
     WHERE d.key = ANY($3::text[]) AND d.wake_at <= $1
    RETURNING ${columnsOf('d')}, d.recalled_because IS NOT NULL AS is_short)
  SELECT ${columnsOf('held')}, true AS is_ours, held.is_short, ${FACTS} FROM held ${FACTS_FROM}`;

/** A row with what its sending depends on, as of its claim. */
export type ClaimedRow = DeliveryRow & FactsRow;
interface Candidate {
  readonly key: string;
  readonly recipient_kind: string;
  readonly recipient_id: string;
  /** Of 64 bits: the driver gives text. */
  readonly sequence: string;
}
interface Begun extends Candidate {
  readonly is_due: boolean;
  readonly is_leased: boolean;
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
      // The following statements see what was committed before the recipients were locked.
      const leased =
        candidates.length === 0
          ? []
          : await leaseOf(candidates, limit, at, until, (text, values) =>
              client.query(asQuery(nameOf, text, values)),
            );
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

/** Leases the candidates that are in turn, and what of their recipients' comes before them. */
async function leaseOf(
  candidates: readonly Candidate[],
  limit: number,
  at: string,
  until: Date,
  query: <Row extends QueryResultRow>(text: string, values: unknown[]) => Promise<QueryResult<Row>>,
): Promise<ClaimedRow[]> {
  const recipients = [...new Map(candidates.map((each) => [nameOfRecipient(each), each])).values()];
  const kinds = textArray(recipients.map(({ recipient_kind: kind }) => kind));
  const ids = textArray(recipients.map(({ recipient_id: id }) => id));
  const { rows: begun } = await query<Begun>(BEGUN, [at, kinds, ids]);
  const keys = textArray(keysInTurn(candidates, begun, limit));
  return (await query<ClaimedRow>(LEASE, [at, until.toISOString(), keys, leavesSince(until)])).rows;
}

/** One name for each recipient. */
const nameOfRecipient = ({ recipient_kind: kind, recipient_id: id }: Candidate): string => `${kind} ${id}`;

/**
 * The keys of at most `limit` rows: what was begun and is due, then the candidates; nothing that something of its recipient's
 * stands before. What was begun became due again only after its lease or its wait, later than what has stood behind it
 * all the time, which may have taken all room among the candidates.
 */
function keysInTurn(candidates: readonly Candidate[], begun: readonly Begun[], limit: number): string[] {
  /** The first that waits; nothing goes while something is in hand. */
  const waiting = new Map<string, bigint>();
  for (const one of begun.filter((each) => !each.is_due)) {
    const name = nameOfRecipient(one);
    if (one.is_leased) waiting.set(name, -1n);
    else if (!waiting.has(name)) waiting.set(name, BigInt(one.sequence));
  }
  const isInTurn = (one: Candidate): boolean => {
    const first = waiting.get(nameOfRecipient(one));
    return first === undefined || BigInt(one.sequence) < first;
  };
  const due = begun.filter((one) => one.is_due);
  return [...new Set([...due, ...candidates].filter(isInTurn).map(({ key }) => key))].slice(0, limit);
}
