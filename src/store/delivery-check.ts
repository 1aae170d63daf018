/** What a claimed delivery's sending depends on, for many rows in one statement. */
import { z } from 'zod';
import { TOPICS } from '../domain/contact.ts';
import { ENGAGEMENT_STATES } from '../domain/engagement.ts';
import { MEETING_STATES } from '../domain/meeting.ts';
import type { DeliveryFacts, Lease } from '../ports.ts';
import { carrierSchema } from './delivery-row.ts';

/**
 * `$1` keys, `$2` the claims' numbers, `$3` until when the rows are to be held. Everything is looked up by index, and only
 * what a row depends on: as joins, the planner would read whole tables for it.
 */
const CHECK = `
  SELECT held.key IS NOT NULL AS is_ours, held.is_short,
         (SELECT g.state FROM engagement g WHERE g.id = held.still_true ->> 'engagementId') AS engagement_state,
         meeting.state AS meeting_state, meeting.version AS meeting_version,
         CASE held.still_true ->> 'kind'
           WHEN 'check-in-open' THEN (
             SELECT c.answered_at FROM check_in c
              WHERE c.meeting_id = held.still_true ->> 'meetingId' AND c.person_id = held.still_true ->> 'personId')
           WHEN 'survey-open' THEN (
             SELECT s.answered_at FROM survey s WHERE s.id = held.still_true ->> 'surveyId')
           END IS NOT NULL AS is_answered,
         held.card, posted.platform AS posted_platform, posted.address_id AS posted_address,
         posted.platform_message_id AS posted_message,
         person.time_zone, person.email, held.recipient_kind, held.recipient_id,
         (SELECT to_jsonb(c) FROM contact_setting c WHERE c.person_id = reader.id) AS contact,
         (SELECT jsonb_agg(jsonb_build_object('platform', u.platform, 'id', u.user_id) ORDER BY u.preference DESC)
            FROM platform_user u WHERE u.person_id = reader.id) AS links,
         (SELECT jsonb_agg(jsonb_build_object('id', v.id, 'fromOn', v.from_on, 'toOn', v.to_on) ORDER BY v.from_on)
            FROM leave v
           WHERE v.person_id = reader.id AND v.to_on >= to_char($3::timestamptz - interval '3 days', 'YYYY-MM-DD'))
           AS leaves,
         daily.day, daily.key AS daily_key
    FROM unnest($1::text[], $2::int[]) WITH ORDINALITY AS lease (key, attempts, place)
    LEFT JOIN LATERAL (
      SELECT d.key, d.card, d.still_true, d.recipient_kind, d.recipient_id,
             d.recalled_because IS NOT NULL OR d.wake_at < $3 AS is_short
        FROM delivery d
       WHERE d.key = lease.key AND d.attempts = lease.attempts AND d.state = 'leased' OFFSET 0) AS held ON true
    LEFT JOIN LATERAL (
      SELECT p.id, p.time_zone, p.email FROM person p
       WHERE held.recipient_kind <> 'channel' AND p.id = held.recipient_id OFFSET 0) AS person ON true
    LEFT JOIN LATERAL (SELECT person.id WHERE held.recipient_kind = 'person' OFFSET 0) AS reader ON true
    LEFT JOIN LATERAL (
      SELECT m.state, m.version FROM meeting m WHERE m.id = held.still_true ->> 'meetingId' OFFSET 0) AS meeting ON true
    LEFT JOIN LATERAL (
      SELECT p.platform, p.address_id, p.platform_message_id FROM delivery p
       WHERE p.card = held.card AND p.platform_message_id IS NOT NULL
       ORDER BY p.sequence DESC LIMIT 1) AS posted ON true
    LEFT JOIN LATERAL (
      SELECT m.day, m.key FROM daily_message m
       WHERE m.person_id = reader.id ORDER BY m.day DESC LIMIT 1) AS daily ON true
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

const contactSchema = z.object({
  work_from: z.string().nullable(),
  work_to: z.string().nullable(),
  quiet_from: z.string().nullable(),
  quiet_to: z.string().nullable(),
  inauguration_day: z.boolean(),
  muted: z.array(z.enum(TOPICS)).nullable(),
});

const rowsSchema = z.array(
  z.object({
    is_ours: z.boolean(),
    is_short: z.boolean().nullable(),
    engagement_state: z.enum(ENGAGEMENT_STATES).nullable(),
    meeting_state: z.enum(MEETING_STATES).nullable(),
    meeting_version: z.number().nullable(),
    is_answered: z.boolean(),
    card: z.string().nullable(),
    posted_platform: carrierSchema.nullable(),
    posted_address: z.string().nullable(),
    posted_message: z.string().nullable(),
    time_zone: z.string().nullable(),
    email: z.string().nullable(),
    contact: contactSchema.nullable(),
    recipient_kind: z.enum(['person', 'mailbox', 'channel']).nullable(),
    recipient_id: z.string().nullable(),
    links: z.array(z.object({ platform: carrierSchema, id: z.string() })).nullable(),
    leaves: z.array(z.object({ id: z.string(), fromOn: z.string(), toOn: z.string() })).nullable(),
    day: z.string().nullable(),
    daily_key: z.string().nullable(),
  }),
);
type Row = z.infer<typeof rowsSchema>[number];

const heldSchema = z.array(z.object({ key: z.string(), is_held: z.boolean() }));

/** What the sending of these rows depends on; `query` asks the database. Rows that are written are few: the lease is long. */
export async function readFacts(
  query: (text: string, values: unknown[]) => Promise<unknown>,
  leases: readonly Lease[],
  until: Date,
): Promise<DeliveryFacts[]> {
  const named = (some: readonly Lease[]): unknown[] => [
    some.map(({ key }) => key),
    some.map(({ attempts }) => attempts),
    until.toISOString(),
  ];
  const rows = rowsSchema.parse(await query(CHECK, named(leases)));
  const short = leases.filter((_, place) => rows[place]?.is_short === true);
  if (short.length === 0) return rows.map(factsOf);
  const held = heldSchema.parse(await query(HOLD, named(short))).filter(({ is_held }) => is_held);
  const stands = new Set(held.map(({ key }) => key));
  return rows.map((row, place) => {
    const isLost = row.is_short === true && !stands.has(leases[place]?.key ?? '');
    return factsOf(isLost ? { ...row, is_ours: false } : row);
  });
}

function factsOf(row: Row): DeliveryFacts {
  return {
    isOurs: row.is_ours,
    engagementState: row.engagement_state,
    meeting:
      row.meeting_state !== null && row.meeting_version !== null
        ? { state: row.meeting_state, version: row.meeting_version }
        : null,
    isAnswered: row.is_answered,
    posted:
      row.card !== null &&
      row.posted_platform !== null &&
      row.posted_address !== null &&
      row.posted_message !== null
        ? {
            card: row.card,
            platform: row.posted_platform,
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
}: Row): DeliveryFacts['addresses'] {
  if (timeZone === null) return [];
  if (kind === 'mailbox') return email === null ? [] : [{ platform: 'email', id: email, timeZone }];
  return (links ?? []).map((link) => ({ ...link, timeZone }));
}

function readerOf(row: Row): DeliveryFacts['reader'] {
  const { time_zone: timeZone, recipient_id: personId, recipient_kind: kind, contact } = row;
  if (timeZone === null || personId === null || kind !== 'person') return null;
  const part = (from: string | null | undefined, to: string | null | undefined) =>
    from && to ? { from, to } : null;
  return {
    timeZone,
    settings: {
      personId,
      workHours: part(contact?.work_from, contact?.work_to),
      quietHours: part(contact?.quiet_from, contact?.quiet_to),
      inaugurationDay: contact?.inauguration_day ?? false,
      muted: contact?.muted ?? [],
    },
    leaves: (row.leaves ?? []).map((leave) => ({ ...leave, personId })),
    lastDaily: row.day !== null && row.daily_key !== null ? { day: row.day, key: row.daily_key } : null,
  };
}
