/** What a claimed delivery's sending depends on, for many rows in one statement. */
import type { QueryResultRow } from 'pg';
import { z } from 'zod';
import { TOPICS } from '../domain/contact.ts';
import { ENGAGEMENT_STATES } from '../domain/engagement-states.ts';
import { MEETING_STATES } from '../domain/meeting.ts';
import type { DeliveryFacts, Lease } from '../ports.ts';
import { carrierIn } from './delivery-row.ts';
import { memberOf } from './rows.ts';
import { textArray } from './text-array.ts';

/** Leaves that ended so long ago count: it may still be that day somewhere, and an instant is checked shortly after. */
const LEAVES_BACK_MS = 3 * 86_400_000;

/**
 * What the sending of a row `held` depends on, for the SELECT list and for FROM. `$4` is the first day of leaves that count.
 * Everything is looked up by index, and only what a row depends on: as joins, the planner would read whole tables for it.
 */
export const FACTS = `
  (SELECT g.state FROM engagement g WHERE g.id = held.still_true ->> 'engagementId') AS engagement_state,
  meeting.state AS meeting_state, meeting.version AS meeting_version, meeting.sequence AS meeting_sequence,
  CASE held.still_true ->> 'kind'
    WHEN 'check-in-open' THEN (
      SELECT c.answered_at FROM check_in c
       WHERE c.meeting_id = held.still_true ->> 'meetingId' AND c.person_id = held.still_true ->> 'personId')
    WHEN 'survey-open' THEN (
      SELECT s.answered_at FROM survey s WHERE s.id = held.still_true ->> 'surveyId')
    END IS NOT NULL AS is_answered,
  CASE held.still_true ->> 'kind' WHEN 'paper-in' THEN (
    SELECT p.answers ->> 'state' FROM paper p
     WHERE p.kind = held.still_true ->> 'paper' AND p.subject = held.still_true ->> 'subject'
     ORDER BY p.version DESC LIMIT 1) END AS paper_state,
  CASE held.still_true ->> 'kind' WHEN 'item-open' THEN (
    SELECT jsonb_path_query_first(p.answers, '$.items[*] ? (@.key == $key)',
                                  jsonb_build_object('key', held.still_true ->> 'item'))
      FROM paper p
     WHERE p.kind = 'information-card'
       AND p.subject = (held.still_true ->> 'engagementId') || '/' || (held.still_true ->> 'personId')
     ORDER BY p.version DESC LIMIT 1) END AS card_item,
  posted.platform AS posted_platform, posted.address_id AS posted_address,
  posted.platform_message_id AS posted_message,
  person.time_zone, person.email,
  contact.work_from, contact.work_to, contact.quiet_from, contact.quiet_to, contact.inauguration_day, contact.muted,
  (SELECT jsonb_agg(jsonb_build_object('platform', u.platform, 'id', u.user_id)
                    ORDER BY u.platform = 'console', u.preference DESC)
     FROM platform_user u WHERE u.person_id = reader.id AND u.unlinked_at IS NULL) AS links,
  (SELECT jsonb_agg(jsonb_build_object('id', v.id, 'fromOn', v.from_on, 'toOn', v.to_on) ORDER BY v.from_on)
     FROM leave v
    WHERE v.person_id = reader.id AND v.to_on >= $4)
    AS leaves,
  daily.day, daily.key AS daily_key`;
export const FACTS_FROM = `
  LEFT JOIN LATERAL (
    SELECT p.id, p.time_zone, p.email FROM person p
     WHERE held.recipient_kind <> 'channel' AND p.id = held.recipient_id OFFSET 0) AS person ON true
  LEFT JOIN LATERAL (SELECT person.id WHERE held.recipient_kind = 'person' OFFSET 0) AS reader ON true
  LEFT JOIN LATERAL (
    SELECT c.work_from, c.work_to, c.quiet_from, c.quiet_to, c.inauguration_day, c.muted FROM contact_setting c
     WHERE c.person_id = reader.id OFFSET 0) AS contact ON true
  LEFT JOIN LATERAL (
    SELECT m.state, m.version, m.sequence FROM meeting m WHERE m.id = held.still_true ->> 'meetingId' OFFSET 0) AS meeting ON true
  LEFT JOIN LATERAL (
    SELECT p.platform, p.address_id, p.platform_message_id FROM delivery p
     WHERE p.card = held.card AND p.platform_message_id IS NOT NULL
     ORDER BY p.sequence DESC LIMIT 1) AS posted ON true
  LEFT JOIN LATERAL (
    SELECT m.day, m.key FROM daily_message m
     WHERE m.person_id = reader.id ORDER BY m.day DESC LIMIT 1) AS daily ON true`;

/** `$1` keys, `$2` the claims' numbers, `$3` until when the rows are to be held. */
const CHECK = `
  SELECT held.key IS NOT NULL AS is_ours, held.is_short, held.card, held.recipient_kind, held.recipient_id, ${FACTS}
    FROM unnest($1::text[], $2::int[]) WITH ORDINALITY AS lease (key, attempts, place)
    LEFT JOIN LATERAL (
      SELECT d.key, d.card, d.still_true, d.recipient_kind, d.recipient_id,
             d.recalled_because IS NOT NULL OR d.wake_at < $3 AS is_short
        FROM delivery d
       WHERE d.key = lease.key AND d.attempts = lease.attempts AND d.state = 'leased' OFFSET 0) AS held ON true
    ${FACTS_FROM}
   ORDER BY lease.place`;

/** Writes leases anew that end too soon; a row taken back while it was leased comes to its end. Answers whose leases stand. */
const HOLD = `
  UPDATE delivery AS d
     SET state = CASE WHEN d.recalled_because IS NULL THEN d.state ELSE 'suppressed' END,
         wake_at = CASE WHEN d.recalled_because IS NULL THEN greatest(d.wake_at, $3) END,
         begun = d.recalled_because IS NULL,
         reason = coalesce(d.recalled_because, d.reason)
    FROM unnest($1::text[], $2::int[]) AS lease (key, attempts)
   WHERE d.key = lease.key AND d.attempts = lease.attempts AND d.state = 'leased'
  RETURNING d.key, d.state = 'leased' AS is_held`;

const itemSchema = z
  .object({ state: z.object({ is: z.string() }), reopened: z.number().default(0) })
  .transform(({ state, reopened }) => ({ state: state.is, reopened }));
const engagementStateIn = memberOf(ENGAGEMENT_STATES);
const meetingStateIn = memberOf(MEETING_STATES);
const topicIn = memberOf(TOPICS);

/** `FACTS` with the row's own. The columns' types are the database's business; what the programme's names are is looked at. */
export interface FactsRow {
  readonly is_ours: boolean;
  readonly is_short: boolean | null;
  readonly engagement_state: string | null;
  readonly meeting_state: string | null;
  readonly meeting_version: number | null;
  readonly meeting_sequence: number | null;
  readonly is_answered: boolean;
  readonly paper_state: string | null;
  readonly card_item: unknown;
  readonly card: string | null;
  readonly posted_platform: string | null;
  readonly posted_address: string | null;
  readonly posted_message: string | null;
  readonly time_zone: string | null;
  readonly email: string | null;
  readonly work_from: string | null;
  readonly work_to: string | null;
  readonly quiet_from: string | null;
  readonly quiet_to: string | null;
  readonly inauguration_day: boolean | null;
  readonly muted: readonly string[] | null;
  readonly recipient_kind: string | null;
  readonly recipient_id: string | null;
  readonly links: readonly { readonly platform: string; readonly id: string }[] | null;
  readonly leaves: readonly { readonly id: string; readonly fromOn: string; readonly toOn: string }[] | null;
  readonly day: string | null;
  readonly daily_key: string | null;
}
interface Held {
  readonly key: string;
  readonly is_held: boolean;
}
/** Asks the database. */
export type Query = <Found extends QueryResultRow>(text: string, values: unknown[]) => Promise<Found[]>;

/** What the sending of these rows depends on, null where that can't be read; `query` asks the database. Rows that are written are few: the lease is long. */
export async function readFacts(
  query: Query,
  leases: readonly Lease[],
  until: Date,
): Promise<(DeliveryFacts | null)[]> {
  const named = (some: readonly Lease[]): unknown[] => [
    textArray(some.map(({ key }) => key)),
    some.map(({ attempts }) => attempts),
    until.toISOString(),
  ];
  const rows = await query<FactsRow>(CHECK, [...named(leases), leavesSince(until)]);
  const short = leases.filter((_, place) => rows[place]?.is_short === true);
  if (short.length === 0) return rows.map(factsOrNull);
  const held = (await query<Held>(HOLD, named(short))).filter(({ is_held }) => is_held);
  const stands = new Set(held.map(({ key }) => key));
  return rows.map((row, place) => {
    const isLost = row.is_short === true && !stands.has(leases[place]?.key ?? '');
    return factsOrNull(isLost ? { ...row, is_ours: false } : row);
  });
}

/** The first day of leaves that count for what is sent before `until`. */
export const leavesSince = (until: Date): string =>
  new Date(until.getTime() - LEAVES_BACK_MS).toISOString().slice(0, 10);

/** Null for a row that can't be read, which is no reason to hold up the others. */
export function factsOrNull(row: FactsRow): DeliveryFacts | null {
  try {
    return factsOf(row);
  } catch {
    return null;
  }
}

function factsOf(row: FactsRow): DeliveryFacts {
  return {
    isOurs: row.is_ours,
    engagementState: row.engagement_state === null ? null : engagementStateIn(row.engagement_state),
    meeting:
      row.meeting_state !== null && row.meeting_version !== null && row.meeting_sequence !== null
        ? {
            state: meetingStateIn(row.meeting_state),
            version: row.meeting_version,
            sequence: row.meeting_sequence,
          }
        : null,
    isAnswered: row.is_answered,
    paperState: row.paper_state,
    item: row.card_item === null ? null : itemSchema.parse(row.card_item),
    posted:
      row.card !== null &&
      row.posted_platform !== null &&
      row.posted_address !== null &&
      row.posted_message !== null
        ? {
            card: row.card,
            platform: carrierIn(row.posted_platform),
            addressId: row.posted_address,
            messageId: row.posted_message,
          }
        : null,
    addresses: addressesOf(row),
    reader: readerOf(row),
  };
}

function addressesOf({
  time_zone: timeZone,
  recipient_kind: kind,
  email,
  links,
}: FactsRow): DeliveryFacts['addresses'] {
  if (timeZone === null) return [];
  if (kind === 'mailbox') return email === null ? [] : [{ platform: 'email', id: email, timeZone }];
  return (links ?? []).map(({ platform, id }) => ({ platform: carrierIn(platform), id, timeZone }));
}

function readerOf(row: FactsRow): DeliveryFacts['reader'] {
  const { time_zone: timeZone, recipient_id: personId, recipient_kind: kind } = row;
  if (timeZone === null || personId === null || kind !== 'person') return null;
  const part = (from: string | null, to: string | null) => (from && to ? { from, to } : null);
  return {
    timeZone,
    settings: {
      personId,
      workHours: part(row.work_from, row.work_to),
      quietHours: part(row.quiet_from, row.quiet_to),
      inaugurationDay: row.inauguration_day ?? false,
      muted: (row.muted ?? []).map(topicIn),
    },
    leaves: (row.leaves ?? []).map((leave) => ({ ...leave, personId })),
    lastDaily: row.day !== null && row.daily_key !== null ? { day: row.day, key: row.daily_key } : null,
  };
}
