/** What people are asked ahead of and after meetings: check-ins and satisfaction surveys. */
import type { CheckIn } from '../domain/check-in.ts';
import type { Survey } from '../domain/survey.ts';
import type { Tx } from '../ports.ts';
import { Prisma } from './generated/client.ts';
import { storableValue } from './json.ts';
import { checkInAnswersSchema, surveyAnswersSchema } from './stored-shapes.ts';
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
  };
}

const toRow = (survey: Survey): Prisma.SurveyCreateManyInput => ({
  ...survey,
  answers: survey.answers ? storableValue(survey.answers) : Prisma.DbNull,
});

const toSurvey = (row: Prisma.SurveyGetPayload<object>): Survey => ({
  ...row,
  answers: row.answers === null ? null : surveyAnswersSchema.parse(row.answers),
});
