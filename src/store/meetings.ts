/** Meetings from the first offer of times to their record. */
import { z } from 'zod';
import { MEETING_STATES, type Meeting, type Slot } from '../domain/meeting.ts';
import { MEETING_KINDS } from '../domain/meeting-kinds.ts';
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
type MeetingRow = Prisma.MeetingGetPayload<object>;

export function meetingsIn(db: Session): Tx['meetings'] {
  const one = (row: MeetingRow | null): Meeting | null => (row ? toMeeting(row) : null);
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
    get: async (id) => one(await (await db.models()).meeting.findUnique({ where: { id } })),
    forChange: async (id) => {
      await db.rows(Prisma.sql`SELECT id FROM meeting WHERE id = ${id} FOR UPDATE`);
      return one(await (await db.models()).meeting.findUnique({ where: { id } }));
    },
    ofEngagement: async (id, kind) =>
      one(
        await (await db.models()).meeting.findFirst({
          where: { engagementId: id, kind },
          orderBy: { ordinal: 'desc' },
        }),
      ),
    kickoffsOf: async (ids) => {
      if (ids.length === 0) return new Map();
      const rows = await (await db.models()).meeting.findMany({
        where: { engagementId: { in: [...ids] }, kind: 'kickoff' },
        orderBy: { ordinal: 'asc' },
      });
      // Of several the last one stands.
      return new Map(
        rows.flatMap((row) => (row.engagementId === null ? [] : [[row.engagementId, toMeeting(row)]])),
      );
    },
    bookedBetween: async (from, to, attendeeIds) => {
      const rows = await (await db.models()).meeting.findMany({
        where: {
          state: 'booked',
          bookedStartsAt: { lt: to },
          bookedEndsAt: { gt: from },
          attendeeIds: { hasSome: [...attendeeIds] },
        },
        orderBy: [{ bookedStartsAt: 'asc' }, { ordinal: 'asc' }],
      });
      return rows.map(toMeeting);
    },
    ofCadence: async (cadenceKey, from) => {
      const rows = await (await db.models()).meeting.findMany({
        where: { cadenceKey, plannedFor: { gte: from } },
        orderBy: { plannedFor: 'asc' },
      });
      return rows.map(toMeeting);
    },
    occurrence: async (cadenceKey, plannedFor) =>
      one(
        await (await db.models()).meeting.findUnique({
          where: { cadenceKey_plannedFor: { cadenceKey, plannedFor } },
        }),
      ),
    heldBefore: async (kind, engagementId, cadenceKey, before, limit) => {
      const rows = await (await db.models()).meeting.findMany({
        where: { kind, engagementId, cadenceKey, state: 'held', bookedStartsAt: { lt: before } },
        orderBy: { bookedStartsAt: 'desc' },
        take: limit,
      });
      return rows.map(toMeeting);
    },
    bookedOf: async (kind, from, to) => {
      const rows = await (await db.models()).meeting.findMany({
        where: { kind, state: 'booked', bookedStartsAt: { gte: from, lt: to } },
        orderBy: [{ bookedStartsAt: 'asc' }, { ordinal: 'asc' }],
      });
      return rows.map(toMeeting);
    },
    heldOf: async (kind, from, to) => {
      const rows = await (await db.models()).meeting.findMany({
        where: { kind, state: 'held', bookedStartsAt: { gte: from, lt: to } },
        orderBy: [{ bookedStartsAt: 'asc' }, { ordinal: 'asc' }],
      });
      return rows.map(toMeeting);
    },
    byToken: async (token) => one(await (await db.models()).meeting.findUnique({ where: { token } })),
    ofPerson: async (id, since) => {
      // A booked time stands while booked, after it was held and when cancelled after booking; a released one until the next.
      const rows = await (await db.models()).meeting.findMany({
        where: {
          attendeeIds: { has: id },
          OR: [{ bookedEndsAt: { gt: since } }, { releasedEndsAt: { gt: since } }],
        },
        orderBy: [{ bookedStartsAt: 'asc' }, { ordinal: 'asc' }],
        take: mostOfPerson,
      });
      return rows.map(toMeeting);
    },
    unsettled: async (now, limit) => {
      const rows = await (await db.models()).meeting.findMany({
        where: {
          kind: { notIn: ['kickoff', 'forum'] },
          OR: [{ state: 'offered' }, { state: 'booked', bookedEndsAt: { lte: now } }],
        },
        orderBy: { ordinal: 'desc' },
        take: limit,
      });
      return rows.map(toMeeting);
    },
    inStates: async (states, limit) => {
      const rows = await (await db.models()).meeting.findMany({
        where: { state: { in: [...states] } },
        orderBy: { ordinal: 'asc' },
        take: limit,
      });
      return rows.map(toMeeting);
    },
  };
}

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
  const { ordinal: _ordinal, bookedStartsAt, bookedEndsAt, releasedStartsAt, releasedEndsAt, ...facts } = row;
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
