/** Figures over the whole programme, each computed by the database. */
import { z } from 'zod';
import type { Tx } from '../ports.ts';
import { Prisma } from './generated/client.ts';
import { propertyBack, surveysAnswered } from './measures-people.ts';
import { ageingOf, attendanceOf, funnelOf } from './measures-pictures.ts';
import { measuresOfRecord } from './measures-record.ts';
import type { Session } from './transaction.ts';

const firstSchema = z.tuple([z.object({ day: z.string().nullable() })]);

export function measuresIn(db: Session): Tx['measures'] {
  return {
    of: async (scope, rules) => ({
      scope,
      ...(await measuresOfRecord(db, scope, rules)),
      answered: await surveysAnswered(db, scope, rules),
      property: await propertyBack(db, scope, rules),
    }),
    funnel: (scope, rules) => funnelOf(db, scope, rules),
    ageing: (scope, rules) => ageingOf(db, scope, rules),
    attendance: (scope, rules) => attendanceOf(db, scope, rules),
    firstOn: async (timeZone) => {
      const [{ day }] = firstSchema.parse(
        await db.rows(Prisma.sql`
          SELECT to_char(min(created_at) AT TIME ZONE ${timeZone}::text, 'YYYY-MM-DD') AS day FROM engagement`),
      );
      return day;
    },
  };
}
