/**
 * How the rows of each table are read as records: what names a row, when it was made and when it ended, and whom and what it is about.
 * Fragments of SQL over the row `t`; nothing of them comes from outside.
 */
import type { RecordTable } from '../domain/record-parts.ts';

export interface RecordSource {
  /** A text that no other row of the table has. */
  readonly key: string;
  readonly madeAt: string;
  /** When it came to its own end; NULL while it is in use. It ends with the engagement it is about, where that is later. */
  readonly endedAt: string;
  /** Ids of engagements it is about. */
  readonly engagements: string;
  /** Ids of people it is of, to, by or about. */
  readonly persons: string;
  /** Text in which the number of an engagement that is held is looked for. */
  readonly mentions: string;
  /** Rows of one group go together or not at all; left out: each row by itself. */
  readonly group?: string;
  /** What must hold besides before it can go. */
  readonly free?: string;
  /** The row as it is read out; left out: all of it. */
  readonly row?: string;
}

const NONE = `'{}'::text[]`;
const IN_USE = 'NULL::timestamptz';
/** It has no end of its own: the engagement's counts. */
const WITH_ENGAGEMENT = `'-infinity'::timestamptz`;
const dayAt = (day: string): string => `(${day})::timestamp AT TIME ZONE 'UTC'`;

/** Engagements whose id, or that of one of their meetings, surveys or blockers, stands in the text between other signs. */
const engagementsIn = (text: string): string => `ARRAY(
  SELECT e.id FROM regexp_split_to_table(${text}, '[^A-Za-z0-9-]+') AS named(id) JOIN engagement e ON e.id = named.id
  UNION SELECT m.engagement_id FROM regexp_split_to_table(${text}, '[^A-Za-z0-9-]+') AS named(id)
          JOIN meeting m ON m.id = named.id WHERE m.engagement_id IS NOT NULL
  UNION SELECT s.engagement_id FROM regexp_split_to_table(${text}, '[^A-Za-z0-9-]+') AS named(id) JOIN survey s ON s.id = named.id
  UNION SELECT b.engagement_id FROM regexp_split_to_table(${text}, '[^A-Za-z0-9-]+') AS named(id)
          JOIN blocker b ON b.id = named.id WHERE b.engagement_id IS NOT NULL)`;

/** A meeting of the programme ends when it was held or called off, one of an engagement with the engagement. */
const meetingOver = (m: string): string => `CASE
  WHEN ${m}.engagement_id IS NOT NULL THEN coalesce(${m}.booked_ends_at, ${m}.released_ends_at, ${WITH_ENGAGEMENT})
  WHEN ${m}.state IN ('held', 'cancelled')
    THEN coalesce(${m}.booked_ends_at, ${m}.released_ends_at, ${m}.offered_at, ${dayAt(`${m}.planned_for`)}) END`;
const engagementOf = (id: string): string => `CASE WHEN ${id} IS NULL THEN ${NONE} ELSE ARRAY[${id}] END`;

const DELIVERY_NAMES = `concat_ws(' ', t.about, t.card, t.key, t.still_true::text)`;
/** A file that was sent as an export is named by its hash: it was read out before, and would grow with each export. */
const DELIVERY_ROW = `CASE WHEN t.key LIKE 'export:%' OR t.key LIKE 'records:%'
  THEN jsonb_set(to_jsonb(t), '{attachment,content}',
         to_jsonb('sha256:' || encode(sha256(convert_to(coalesce(t.attachment->>'content', ''), 'UTF8')), 'hex')), false)
  ELSE to_jsonb(t) END`;

/** The same of the console, which keeps a file as an address with all its bytes: the hash is that of the whole card. */
const CONSOLE_ROW = `CASE WHEN t.card::text LIKE '%;base64,%'
  THEN to_jsonb(t) || jsonb_build_object(
         'card', regexp_replace(t.card::text, '"data:([^";]*);base64,[^"]*"', '"data:\\1;left-out"', 'g')::jsonb,
         'card_sha256', encode(sha256(convert_to(t.card::text, 'UTF8')), 'hex'))
  ELSE to_jsonb(t) END`;

/** Reports and notes are final when they are written; what belongs to a person or the programme, when its next version comes. */
const PAPER_ENDED = `CASE
  WHEN t.kind IN ('status-report', 'status-note') OR EXISTS (SELECT 1 FROM engagement e WHERE e.id = split_part(t.subject, '/', 1))
    THEN t.at
  ELSE (SELECT min(n.at) FROM paper n WHERE n.kind = t.kind AND n.subject = t.subject AND n.version > t.version) END`;

/** An engagement goes last: while anything of it is there, so is the engagement. */
const NOTHING_LEFT = `t.id NOT IN (SELECT split_part(p.subject, '/', 1) FROM paper p)
  AND NOT EXISTS (SELECT 1 FROM meeting m WHERE m.engagement_id = t.id)
  AND NOT EXISTS (SELECT 1 FROM milestone m WHERE m.engagement_id = t.id)
  AND NOT EXISTS (SELECT 1 FROM survey s WHERE s.engagement_id = t.id)
  AND NOT EXISTS (SELECT 1 FROM blocker b WHERE b.engagement_id = t.id)`;

/** Averages were shown of whole groups of answers: taking one out of its group would show what it said. */
const COUNTED_GROUP = `CASE WHEN jsonb_typeof(t.answers->'counted') = 'object'
  THEN coalesce(t.answers->'counted'->>'on', 'before') END`;

const kept = (key: string, madeAt: string): RecordSource => ({
  key,
  madeAt,
  endedAt: IN_USE,
  engagements: NONE,
  persons: NONE,
  mentions: `''`,
});

export const RECORD_SOURCES: Readonly<Record<RecordTable, RecordSource>> = {
  delivery: {
    key: 't.key',
    madeAt: 'coalesce(t.sent_at, t.due_at)',
    endedAt: 'CASE WHEN t.wake_at IS NULL THEN greatest(t.sent_at, t.ended_at, t.due_at) END',
    engagements: engagementsIn(DELIVERY_NAMES),
    persons: `CASE WHEN t.recipient_kind IN ('person', 'mailbox') THEN ARRAY[t.recipient_id] ELSE ${NONE} END`,
    mentions: `t.message::text`,
    row: DELIVERY_ROW,
  },
  inbox_event: {
    key: 't.key',
    madeAt: 't.received_at',
    endedAt: 't.said_at',
    engagements: NONE,
    persons: `ARRAY(SELECT u.person_id FROM platform_user u
      WHERE u.platform = t.event->'from'->>'platform' AND u.user_id = t.event->'from'->>'userId')`,
    mentions: `concat(t.event::text, t.answers::text)`,
  },
  conversation: {
    key: 't.id',
    madeAt: 't.started_at',
    endedAt: `CASE WHEN t.status IN ('finished', 'cancelled') THEN t.updated_at END`,
    engagements: engagementOf('t.amends'),
    persons: 'ARRAY[t.person_id]',
    mentions: 't.state::text',
  },
  leave: {
    key: 't.id',
    madeAt: dayAt('t.from_on::date'),
    endedAt: dayAt('t.to_on::date + 1'),
    engagements: NONE,
    persons: 'ARRAY[t.person_id]',
    mentions: `''`,
  },
  daily_message: {
    key: `concat(t.person_id, '/', t.day)`,
    madeAt: dayAt('t.day::date'),
    endedAt: dayAt('t.day::date + 1'),
    engagements: NONE,
    persons: 'ARRAY[t.person_id]',
    mentions: `''`,
  },
  console_post: {
    key: 't.id',
    madeAt: 't.at',
    endedAt: 't.at',
    engagements: NONE,
    persons: 'ARRAY[t.conversation, t.author]',
    mentions: 't.text',
    row: CONSOLE_ROW,
  },
  role_grant: {
    key: 't.id',
    madeAt: 't.granted_at',
    endedAt: 't.ended_at',
    engagements: NONE,
    persons: 'ARRAY[t.person_id, t.granted_by]',
    mentions: `''`,
  },
  stand_in: {
    key: 't.id',
    madeAt: 't.named_at',
    endedAt: `coalesce(t.ended_at, ${dayAt('t.to_on::date + 1')})`,
    engagements: NONE,
    persons: 'ARRAY[t.person_id, t.for_id, t.named_by]',
    mentions: `''`,
  },
  check_in: {
    key: `concat(t.meeting_id, '/', t.person_id)`,
    madeAt: 't.asked_at',
    endedAt: `(SELECT greatest(t.asked_at, t.answered_at, m.over)
      FROM (SELECT ${meetingOver('m')} AS over FROM meeting m WHERE m.id = t.meeting_id) m WHERE m.over IS NOT NULL)`,
    engagements: `ARRAY(SELECT m.engagement_id FROM meeting m WHERE m.id = t.meeting_id AND m.engagement_id IS NOT NULL)`,
    persons: 'ARRAY[t.person_id]',
    mentions: 't.answers::text',
  },
  survey: {
    key: 't.id',
    madeAt: 't.asked_at',
    endedAt: 'greatest(t.asked_at, t.answered_at)',
    engagements: 'ARRAY[t.engagement_id]',
    persons: 'ARRAY[t.person_id]',
    mentions: 't.answers::text',
    group: COUNTED_GROUP,
  },
  blocker: {
    key: 't.id',
    madeAt: 't.raised_at',
    endedAt: 't.closed_at',
    engagements: engagementOf('t.engagement_id'),
    persons: 'ARRAY[t.raised_by_id]',
    mentions: 't.words',
  },
  mail_request: {
    key: 't.id',
    madeAt: 't.received_at',
    endedAt: `CASE WHEN t.state <> 'open' THEN greatest(t.received_at, (t.outcome->>'at')::timestamptz) END`,
    engagements: NONE,
    persons: 'ARRAY[t.person_id]',
    mentions: `concat(t.subject, ' ', t.words)`,
  },
  milestone: {
    key: `concat(t.engagement_id, '/', t.name, '/', t.person_id)`,
    madeAt: dayAt('t.on_day::date'),
    endedAt: WITH_ENGAGEMENT,
    engagements: 'ARRAY[t.engagement_id]',
    persons: 'ARRAY[t.person_id]',
    mentions: `''`,
  },
  paper: {
    key: `concat(t.kind, '/', t.subject, '/', lpad(t.version::text, 6, '0'))`,
    madeAt: 't.at',
    endedAt: PAPER_ENDED,
    engagements: `ARRAY(SELECT e.id FROM engagement e WHERE e.id = split_part(t.subject, '/', 1))`,
    persons: `ARRAY[t.by_id] || regexp_split_to_array(t.subject, '[/:]')`,
    mentions: 't.answers::text',
  },
  meeting: {
    key: 't.id',
    madeAt: `coalesce(t.booked_starts_at, t.offered_at, ${dayAt('t.planned_for')})`,
    endedAt: meetingOver('t'),
    engagements: engagementOf('t.engagement_id'),
    persons: 't.attendee_ids || t.present_ids || t.organizer_id',
    mentions: 'concat(t.notes::text, t.minutes::text)',
    free: 'NOT EXISTS (SELECT 1 FROM check_in c WHERE c.meeting_id = t.id)',
    row: `to_jsonb(t) - 'token'`,
  },
  engagement: {
    key: 't.id',
    madeAt: 't.created_at',
    endedAt: `CASE WHEN t.state IN ('CLOSED', 'WITHDRAWN', 'DECLINED') THEN t.state_since_at END`,
    engagements: 'ARRAY[t.id]',
    persons:
      't.member_ids || t.assigned_ids || ARRAY[t.requester_id, t.business_owner_id, t.cra_id, t.triaged_by_id]',
    mentions: `''`,
    free: NOTHING_LEFT,
  },
  platform_user: kept(`concat(t.platform, '/', t.user_id)`, 't.verified_at'),
  // Whoever has the token reads the person's calendar.
  person: { ...kept('t.id', IN_USE), row: `to_jsonb(t) - 'calendar_token'` },
  audit_entry: kept(`lpad(t.position::text, 19, '0')`, 't.at'),
  audit_head: kept('t.id::text', IN_USE),
  legal_hold: kept('t.id', 't.placed_at'),
  disposal: kept('t.id', 't.at'),
};
