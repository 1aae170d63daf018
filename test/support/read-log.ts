/** Every row that the measures are made of, read from a database by plain SELECTs. */
import type { Database } from '../../src/store/client.ts';
import type { ProgrammeLog } from './programme-log.ts';

export async function readLog({ pool }: Pick<Database, 'pool'>): Promise<ProgrammeLog> {
  const rows = async (sql: string) => (await pool.query(sql)).rows;
  return {
    entries: (
      await rows(
        `SELECT sequence, at, verb, engagement_id AS "engagementId", from_state AS "from", to_state AS "to", reason, facts FROM audit_entry`,
      )
    ).map((row) => ({ ...row, sequence: Number(row.sequence) })),
    engagements: await rows(
      `SELECT id, offering, component, system_key AS "systemKey", business_owner_id AS "businessOwnerId", answers FROM engagement`,
    ),
    papers: await rows(
      `SELECT kind, subject, version, at, answers FROM paper WHERE kind IN ('training', 'off-boarding')`,
    ),
    milestones: await rows(
      `SELECT engagement_id AS "engagementId", name, person_id AS "personId", on_day AS "on" FROM milestone`,
    ),
    surveys: await rows(
      `SELECT engagement_id AS "engagementId", asked_at AS "askedAt", answered_at AS "answeredAt" FROM survey`,
    ),
    meetings: await rows(
      `SELECT engagement_id AS "engagementId", state, held_on AS "heldOn", attendee_ids AS "attendeeIds", present_ids AS "presentIds" FROM meeting`,
    ),
  };
}
