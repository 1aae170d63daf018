/** Meetings from the first offer of times to their record. */
import { z } from 'zod';
import { MEETING_STATES, type Meeting, type MeetingState, type Slot } from '../domain/meeting.ts';
import { MEETING_KINDS, type MeetingKind } from '../domain/meeting-kinds.ts';
import type { Tx } from '../ports.ts';
import { Prisma } from './generated/client.ts';
import { storableValue } from './json.ts';
import {
  kickoffNotesSchema,
  minutesSchema,
  movedFromSchema,
  responsesSchema,
  slotsSchema,
} from './stored-shapes.ts';
import type { Session } from './transaction.ts';

const stateSchema = z.enum(MEETING_STATES);
const kindSchema = z.enum(MEETING_KINDS);
const mostOfPerson = 200;
type MeetingRow = Omit<Prisma.MeetingGetPayload<object>, 'ordinal'>;

/** What `toMeeting` reads. */
const columns = Prisma.raw(
  `id, engagement_id AS "engagementId", kind, title, cadence_key AS "cadenceKey", planned_for AS "plannedFor",
   moved_from AS "movedFrom", state, version, uid, sequence, token, organizer_id AS "organizerId", attendee_ids AS "attendeeIds",
   offered, offered_at AS "offeredAt", proposed, booked_starts_at AS "bookedStartsAt", booked_ends_at AS "bookedEndsAt",
   released_starts_at AS "releasedStartsAt", released_ends_at AS "releasedEndsAt", held_on AS "heldOn",
   present_ids AS "presentIds", notes, responses, minutes`,
);

export function meetingsIn(db: Session): Tx['meetings'] {
  const where = async (condition: Prisma.Sql): Promise<Meeting[]> =>
    (await db.rows<MeetingRow>(Prisma.sql`SELECT ${columns} FROM meeting WHERE ${condition}`)).map(toMeeting);
  const one = async (condition: Prisma.Sql): Promise<Meeting | null> => (await where(condition))[0] ?? null;
  return {
    insert: async (meeting) => {
      await (await db.models()).meeting.create({ data: toRow(meeting) });
    },
    update: async (meeting) => {
      const { count } = await (await db.models()).meeting.updateMany({
        where: { id: meeting.id, version: meeting.version - 1 },
        data: toRow(meeting),
      });
      return count === 1;
    },
    get: (id) => one(Prisma.sql`id = ${id}`),
    forChange: (id) => one(Prisma.sql`id = ${id} FOR UPDATE`),
    ofEngagement: (id, kind) =>
      one(Prisma.sql`engagement_id ${is(id)} AND kind = ${kind} ORDER BY ordinal DESC LIMIT 1`),
    kickoffsOf: async (ids) => {
      if (ids.length === 0) return new Map();
      const kickoffs = await where(Prisma.sql`
        engagement_id = ANY(${[...ids]}::text[]) AND kind = 'kickoff' ORDER BY ordinal`);
      // Of several the last one stands.
      return new Map(
        kickoffs.flatMap((each) => (each.engagementId === null ? [] : [[each.engagementId, each]])),
      );
    },
    bookedBetween: (from, to, attendeeIds) =>
      where(Prisma.sql`
        state = 'booked' AND booked_starts_at < ${to} AND booked_ends_at > ${from}
        AND attendee_ids && ${[...attendeeIds]}::text[] ORDER BY booked_starts_at, ordinal`),
    ofCadence: (cadenceKey, from) =>
      where(Prisma.sql`cadence_key = ${cadenceKey} AND planned_for >= ${from} ORDER BY planned_for`),
    occurrence: (cadenceKey, plannedFor) =>
      one(Prisma.sql`cadence_key = ${cadenceKey} AND planned_for = ${plannedFor}`),
    heldBefore: (kind, engagementId, cadenceKey, before, limit) =>
      where(Prisma.sql`
        kind = ${kind} AND engagement_id ${is(engagementId)} AND cadence_key ${is(cadenceKey)}
        AND state = 'held' AND booked_starts_at < ${before} ORDER BY booked_starts_at DESC LIMIT ${limit}`),
    lastHeld: (kind, engagementId, cadenceKey, before) =>
      one(Prisma.sql`
        kind = ${kind} AND engagement_id ${is(engagementId)} AND (cadence_key IS NULL OR cadence_key = ${cadenceKey})
        AND state = 'held' AND booked_starts_at < ${before}
        ORDER BY booked_starts_at DESC, cadence_key NULLS FIRST LIMIT 1`),
    bookedOf: (kind, from, to) => where(startingBetween('booked', kind, from, to)),
    bookedOfEach: async (kinds, from, to) => {
      const found = await where(Prisma.sql`
        kind = ANY(${[...kinds]}::text[]) AND state = 'booked' AND booked_starts_at >= ${from} AND booked_starts_at < ${to}
        ORDER BY booked_starts_at, ordinal`);
      return kinds.flatMap((kind) => found.filter((meeting) => meeting.kind === kind));
    },
    heldOf: (kind, from, to) => where(startingBetween('held', kind, from, to)),
    byToken: (token) => one(Prisma.sql`token = ${token}`),
    // A booked time stands while booked, after it was held and when cancelled after booking; a released one until the next.
    ofPerson: (id, since) =>
      where(Prisma.sql`
        attendee_ids @> ${[id]}::text[] AND (booked_ends_at > ${since} OR released_ends_at > ${since})
        ORDER BY booked_starts_at, ordinal LIMIT ${mostOfPerson}`),
    unsettled: (now, limit) =>
      where(Prisma.sql`
        kind NOT IN ('kickoff', 'forum') AND (state = 'offered' OR (state = 'booked' AND booked_ends_at <= ${now}))
        ORDER BY ordinal DESC LIMIT ${limit}`),
    inStates: (states, limit) =>
      where(Prisma.sql`state = ANY(${[...states]}::text[]) ORDER BY ordinal LIMIT ${limit}`),
  };
}

/** An index finds nulls only where they are asked for by name. */
const is = (value: string | null): Prisma.Sql =>
  value === null ? Prisma.sql`IS NULL` : Prisma.sql`= ${value}`;

const startingBetween = (
  state: MeetingState,
  kind: MeetingKind,
  from: Date,
  to: Date,
): Prisma.Sql => Prisma.sql`
  kind = ${kind} AND state = ${state} AND booked_starts_at >= ${from} AND booked_starts_at < ${to}
  ORDER BY booked_starts_at, ordinal`;

function toRow(meeting: Meeting): Prisma.MeetingCreateManyInput {
  return {
    id: meeting.id,
    engagementId: meeting.engagementId,
    kind: meeting.kind,
    title: meeting.title,
    cadenceKey: meeting.cadenceKey,
    plannedFor: meeting.plannedFor,
    movedFrom: meeting.movedFrom ? storableValue(meeting.movedFrom) : Prisma.DbNull,
    state: meeting.state,
    version: meeting.version,
    uid: meeting.uid,
    sequence: meeting.sequence,
    token: meeting.token,
    organizerId: meeting.organizerId,
    attendeeIds: [...meeting.attendeeIds],
    offered: storableValue(meeting.offered),
    offeredAt: meeting.offeredAt,
    proposed: storableValue(meeting.proposed),
    bookedStartsAt: meeting.bookedFor?.startsAt ?? null,
    bookedEndsAt: meeting.bookedFor?.endsAt ?? null,
    releasedStartsAt: meeting.released?.startsAt ?? null,
    releasedEndsAt: meeting.released?.endsAt ?? null,
    heldOn: meeting.heldOn,
    presentIds: [...meeting.presentIds],
    notes: meeting.notes ? storableValue(meeting.notes) : Prisma.DbNull,
    responses: storableValue(meeting.responses),
    minutes: meeting.minutes ? storableValue(meeting.minutes) : Prisma.DbNull,
  };
}

function toMeeting(row: MeetingRow): Meeting {
  const { bookedStartsAt, bookedEndsAt, releasedStartsAt, releasedEndsAt, ...facts } = row;
  return {
    ...facts,
    kind: kindSchema.parse(row.kind),
    state: stateSchema.parse(row.state),
    offered: slotsSchema.parse(row.offered),
    proposed: slotsSchema.parse(row.proposed),
    bookedFor: span(bookedStartsAt, bookedEndsAt),
    released: span(releasedStartsAt, releasedEndsAt),
    notes: row.notes === null ? null : kickoffNotesSchema.parse(row.notes),
    movedFrom: row.movedFrom === null ? null : movedFromSchema.parse(row.movedFrom),
    responses: responsesSchema.parse(row.responses),
    minutes: row.minutes === null ? null : minutesSchema.parse(row.minutes),
  };
}

function span(startsAt: Date | null, endsAt: Date | null): Slot | null {
  return startsAt && endsAt ? { startsAt, endsAt } : null;
}
