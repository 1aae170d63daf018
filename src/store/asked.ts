/** What people are asked ahead of and after meetings: check-ins and satisfaction surveys. */
import { z } from 'zod';
import type { CheckIn } from '../domain/check-in.ts';
import { AT_WORK_STATES } from '../domain/measures.ts';
import type { WaitingAnswer } from '../domain/satisfaction.ts';
import { SURVEY_LINES, type Survey, type SurveyLine } from '../domain/survey.ts';
import type { Tx } from '../ports.ts';
import { Prisma } from './generated/client.ts';
import { storableValue } from './json.ts';
import { checkInAnswersSchema, surveyAnswersSchema } from './stored-shapes.ts';
import { textArray } from './text-array.ts';
import type { Session } from './transaction.ts';

export function checkInsIn(db: Session): Tx['checkIns'] {
  return {
    ask: async (meetingId, personId, askedAt) => {
      const { count } = await (await db.models()).checkIn.createMany({
        data: { meetingId, personId, askedAt },
        skipDuplicates: true,
      });
      return count === 1;
    },
    answer: async ({ meetingId, personId, askedAt, answers, answeredAt }) => {
      const facts = { answers: answers ? storableValue(answers) : Prisma.DbNull, answeredAt };
      await (await db.models()).checkIn.upsert({
        where: { meetingId_personId: { meetingId, personId } },
        create: { meetingId, personId, askedAt, ...facts },
        update: facts,
      });
    },
    get: async (meetingId, personId) => {
      const row = await (await db.models()).checkIn.findUnique({
        where: { meetingId_personId: { meetingId, personId } },
      });
      return row ? toCheckIn(row) : null;
    },
    ofMeetings: async (meetingIds) =>
      (
        await (
          await db.models()
        ).checkIn.findMany({
          where: { meetingId: { in: [...meetingIds] } },
          orderBy: [{ answeredAt: 'asc' }, { personId: 'asc' }],
        })
      ).map(toCheckIn),
  };
}

const toCheckIn = (row: Prisma.CheckInGetPayload<object>): CheckIn => ({
  ...row,
  answers: row.answers === null ? null : checkInAnswersSchema.parse(row.answers),
});

export function surveysIn(db: Session): Tx['surveys'] {
  const one = (row: Prisma.SurveyGetPayload<object> | null): Survey | null => (row ? toSurvey(row) : null);
  return {
    insert: async (survey) => {
      const { count } = await (await db.models()).survey.createMany({
        data: toRow(survey),
        skipDuplicates: true,
      });
      return count === 1;
    },
    update: async (survey) => {
      const { count } = await (await db.models()).survey.updateMany({
        where: { id: survey.id, version: survey.version - 1 },
        data: toRow(survey),
      });
      return count === 1;
    },
    forChange: async (id) => {
      await db.rows(Prisma.sql`SELECT id FROM survey WHERE id = ${id} FOR UPDATE`);
      return one(await (await db.models()).survey.findUnique({ where: { id } }));
    },
    ofEngagement: async (engagementId) =>
      (
        await (
          await db.models()
        ).survey.findMany({ where: { engagementId }, orderBy: [{ askedAt: 'asc' }, { id: 'asc' }] })
      ).map(toSurvey),
    ofEngagements: async (engagementIds) =>
      (
        await (
          await db.models()
        ).survey.findMany({
          where: { engagementId: { in: [...engagementIds] } },
          orderBy: [{ askedAt: 'asc' }, { id: 'asc' }],
        })
      ).map(toSurvey),
    ofPerson: async (personId) =>
      (
        await (
          await db.models()
        ).survey.findMany({ where: { personId }, orderBy: [{ askedAt: 'desc' }, { id: 'asc' }] })
      ).map(toSurvey),
    answeredBetween: async (from, to) =>
      (
        await (
          await db.models()
        ).survey.findMany({
          where: { answeredAt: { gte: from, lt: to } },
          orderBy: [{ answeredAt: 'asc' }, { id: 'asc' }],
        })
      ).map(toSurvey),
    waiting: () => waitingIn(db),
    countedGroups: async () => groupsSchema.parse(await db.rows(GROUPS)),
  };
}

const waitingSchema = z.array(z.object({ id: z.string(), component: z.string(), atWork: z.number() }));

async function waitingIn(db: Session): Promise<WaitingAnswer[]> {
  const found = waitingSchema.parse(
    await db.rows(Prisma.sql`
      SELECT s.id, e.component,
             (SELECT count(*) FROM engagement w
               WHERE w.component = e.component AND w.state = ANY(${textArray(AT_WORK_STATES)}::text[]))::int AS "atWork"
        FROM survey s JOIN engagement e ON e.id = s.engagement_id
       WHERE s.answers IS NOT NULL AND s.answers ->> 'counted' IS NULL`),
  );
  const about = new Map(found.map((each) => [each.id, each]));
  const rows = await (await db.models()).survey.findMany({
    where: { id: { in: [...about.keys()] } },
    orderBy: [{ answeredAt: 'asc' }, { id: 'asc' }],
  });
  return rows.map((row) => {
    const { component = '', atWork = 0 } = about.get(row.id) ?? {};
    return { survey: toSurvey(row), component, atWork };
  });
}

const groupsSchema = z.array(
  z.object({
    on: z.string().nullable(),
    component: z.string().nullable(),
    answers: z.number(),
    personIds: z.array(z.string()),
    engagementIds: z.array(z.string()),
    sums: z.object({
      expertise: z.number(),
      responsiveness: z.number(),
      communication: z.number(),
      fit: z.number(),
      overall: z.number(),
    }),
  }),
);

const sum = (line: SurveyLine): Prisma.Sql => Prisma.sql`${line}::text, sum((c ->> ${line}::text)::int)`;
const GROUPS = Prisma.sql`
  SELECT c ->> 'on' AS "on", c ->> 'component' AS component, count(*)::int AS answers,
         array_agg(DISTINCT person_id) AS "personIds", array_agg(DISTINCT engagement_id) AS "engagementIds",
         jsonb_build_object(${Prisma.join(SURVEY_LINES.map(sum))}) AS sums
    FROM (SELECT person_id, engagement_id, answers -> 'counted' AS c FROM survey
           WHERE jsonb_typeof(answers -> 'counted') = 'object') counted
   GROUP BY 1, 2 ORDER BY 1, 2`;

const toRow = (survey: Survey): Prisma.SurveyCreateManyInput => ({
  ...survey,
  answers: survey.answers ? storableValue(survey.answers) : Prisma.DbNull,
});

const toSurvey = (row: Prisma.SurveyGetPayload<object>): Survey => ({
  ...row,
  answers: row.answers === null ? null : surveyAnswersSchema.parse(row.answers),
});
