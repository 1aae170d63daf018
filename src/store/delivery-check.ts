/** What a claimed delivery's sending depends on, for many rows in one statement. */
import { z } from 'zod';
import { TOPICS } from '../domain/contact.ts';
import { ENGAGEMENT_STATES } from '../domain/engagement.ts';
import { MEETING_STATES } from '../domain/meeting.ts';
import type { DeliveryFacts } from '../ports.ts';
import { carrierSchema } from './delivery-row.ts';

/**
 * `$1` keys, `$2` the claims' numbers, `$3` until when the rows are to be held. The lease is written anew only where it
 * ends sooner; a row taken back while it was leased comes to its end here.
 */
export const CHECK = `
  WITH lease AS (
    SELECT * FROM unnest($1::text[], $2::int[]) WITH ORDINALITY AS l (key, attempts, place)),
  changed AS (
    UPDATE delivery AS d
       SET state = CASE WHEN d.recalled_because IS NULL THEN d.state ELSE 'suppressed' END,
           wake_at = CASE WHEN d.recalled_because IS NULL THEN greatest(d.wake_at, $3) END,
           begun = d.recalled_because IS NULL,
           reason = coalesce(d.recalled_because, d.reason)
      FROM lease
     WHERE d.key = lease.key AND d.attempts = lease.attempts AND d.state = 'leased'
       AND (d.recalled_because IS NOT NULL OR d.wake_at < $3)
    RETURNING d.key, d.state),
  held AS (
    SELECT lease.place, d.key, d.card, d.still_true, d.recipient_kind, d.recipient_id
      FROM lease JOIN delivery d ON d.key = lease.key LEFT JOIN changed ON changed.key = d.key
     WHERE d.attempts = lease.attempts AND d.state = 'leased' AND coalesce(changed.state, d.state) = 'leased')
  SELECT held.key IS NOT NULL AS is_ours,
         engagement.state AS engagement_state, meeting.state AS meeting_state, meeting.version AS meeting_version,
         coalesce(check_in.answered_at, survey.answered_at) IS NOT NULL AS is_answered,
         posted.card, posted.platform AS posted_platform, posted.address_id AS posted_address,
         posted.platform_message_id AS posted_message,
         person.time_zone, person.email, to_jsonb(contact) AS contact, held.recipient_kind,
         (SELECT jsonb_agg(jsonb_build_object('platform', u.platform, 'id', u.user_id) ORDER BY u.preference DESC)
            FROM platform_user u
           WHERE held.recipient_kind = 'person' AND u.person_id = held.recipient_id) AS links,
         (SELECT jsonb_agg(jsonb_build_object('id', v.id, 'fromOn', v.from_on, 'toOn', v.to_on) ORDER BY v.from_on)
            FROM leave v
           WHERE v.person_id = held.recipient_id AND v.to_on >= to_char($3::timestamptz - interval '3 days', 'YYYY-MM-DD'))
           AS leaves,
         held.recipient_id, daily.day, daily.key AS daily_key
    FROM lease
    LEFT JOIN held ON held.place = lease.place
    LEFT JOIN engagement ON engagement.id = held.still_true ->> 'engagementId'
    LEFT JOIN meeting ON meeting.id = held.still_true ->> 'meetingId'
    LEFT JOIN check_in ON held.still_true ->> 'kind' = 'check-in-open'
          AND check_in.meeting_id = held.still_true ->> 'meetingId'
          AND check_in.person_id = held.still_true ->> 'personId'
    LEFT JOIN survey ON survey.id = held.still_true ->> 'surveyId'
    LEFT JOIN person ON held.recipient_kind <> 'channel' AND person.id = held.recipient_id
    LEFT JOIN contact_setting contact ON contact.person_id = person.id
    LEFT JOIN LATERAL (
      SELECT p.card, p.platform, p.address_id, p.platform_message_id FROM delivery p
       WHERE p.card = held.card AND p.platform_message_id IS NOT NULL
       ORDER BY p.sequence DESC LIMIT 1) AS posted ON held.card IS NOT NULL
    LEFT JOIN LATERAL (
      SELECT m.day, m.key FROM daily_message m
       WHERE m.person_id = person.id ORDER BY m.day DESC LIMIT 1) AS daily ON true
   ORDER BY lease.place`;

const contactSchema = z.object({
  work_from: z.string().nullable(),
  work_to: z.string().nullable(),
  quiet_from: z.string().nullable(),
  quiet_to: z.string().nullable(),
  inauguration_day: z.boolean(),
  muted: z.array(z.enum(TOPICS)).nullable(),
});

const rowSchema = z.object({
  is_ours: z.boolean(),
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
});
type Row = z.infer<typeof rowSchema>;

/** Reads the rows of `CHECK` one by one: null for one that can't be read, which is no reason to hold up the others. */
export function toFacts(rows: readonly unknown[]): (DeliveryFacts | null)[] {
  return rows.map((row) => {
    const read = rowSchema.safeParse(row);
    return read.success ? factsOf(read.data) : null;
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
