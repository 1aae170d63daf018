/** When people want to be written to, and when they are away. */
import { z } from 'zod';
import { type ContactSettings, RHYTHMS, TOPICS } from '../domain/contact.ts';
import type { Tx } from '../ports.ts';
import { Prisma } from './generated/client.ts';
import type { Session } from './transaction.ts';

const mutedSchema = z.array(z.enum(TOPICS));
const rhythmSchema = z.enum(RHYTHMS).nullable();
type SettingRow = Prisma.ContactSettingGetPayload<object>;
/** One of somebody's leaves beside their settings: nulls where they have none. */
interface DayRow {
  readonly ofId: string;
  readonly leaveId: string | null;
  readonly fromOn: string | null;
  readonly toOn: string | null;
}
type LeaveRow = Prisma.LeaveGetPayload<object>;

export function contactIn(db: Session): Tx['contact'] {
  return {
    settings: async (ids) => {
      const rows = await db.rows<SettingRow>(Prisma.sql`
        SELECT person_id AS "personId", work_from AS "workFrom", work_to AS "workTo", quiet_from AS "quietFrom",
               quiet_to AS "quietTo", inauguration_day AS "inaugurationDay", muted, rhythm
          FROM contact_setting WHERE person_id = ANY(${[...ids]}::text[])`);
      return rows.map(toSettings);
    },
    save: async (settings) => {
      const { personId, workHours, quietHours, inaugurationDay, muted, rhythm } = settings;
      const facts = {
        workFrom: workHours?.from ?? null,
        workTo: workHours?.to ?? null,
        quietFrom: quietHours?.from ?? null,
        quietTo: quietHours?.to ?? null,
        inaugurationDay,
        muted: [...muted],
        rhythm,
      };
      await (await db.models()).contactSetting.upsert({
        where: { personId },
        create: { personId, ...facts },
        update: facts,
      });
    },
    leaves: (ids, since) =>
      db.rows<LeaveRow>(Prisma.sql`
        SELECT id, person_id AS "personId", from_on AS "fromOn", to_on AS "toOn" FROM leave
         WHERE person_id = ANY(${[...ids]}::text[]) AND to_on >= ${since} ORDER BY from_on, id`),
    days: async (ids, since) => {
      const rows = await db.rows<SettingRow & DayRow>(Prisma.sql`
        SELECT wanted.id AS "ofId", s.person_id AS "personId", s.work_from AS "workFrom", s.work_to AS "workTo",
               s.quiet_from AS "quietFrom", s.quiet_to AS "quietTo", s.inauguration_day AS "inaugurationDay", s.muted,
               s.rhythm, l.id AS "leaveId", l.from_on AS "fromOn", l.to_on AS "toOn"
          FROM (SELECT DISTINCT unnest(${[...ids]}::text[]) AS id) wanted
          LEFT JOIN contact_setting s ON s.person_id = wanted.id
          LEFT JOIN leave l ON l.person_id = wanted.id AND l.to_on >= ${since}
         ORDER BY l.from_on, l.id`);
      const bySetter = new Map(rows.flatMap((row) => (row.personId === null ? [] : [[row.ofId, row]])));
      return {
        settings: [...bySetter.values()].map(toSettings),
        leaves: rows.flatMap(({ ofId, leaveId, fromOn, toOn }) =>
          leaveId === null || fromOn === null || toOn === null
            ? []
            : [{ id: leaveId, personId: ofId, fromOn, toOn }],
        ),
      };
    },
    addLeave: async (leave) => {
      await (await db.models()).leave.create({ data: { ...leave } });
    },
    removeLeave: async (personId, id) =>
      (await (await db.models()).leave.deleteMany({ where: { personId, id } })).count === 1,
  };
}

function toSettings(row: SettingRow): ContactSettings {
  const part = (from: string | null, to: string | null) =>
    from !== null && to !== null ? { from, to } : null;
  return {
    personId: row.personId,
    workHours: part(row.workFrom, row.workTo),
    quietHours: part(row.quietFrom, row.quietTo),
    inaugurationDay: row.inaugurationDay,
    muted: mutedSchema.parse(row.muted),
    rhythm: rhythmSchema.parse(row.rhythm),
  };
}
