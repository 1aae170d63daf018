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
  const where = async (condition: Prisma.Sql): Promise<CheckIn[]> =>
    (
      await db.rows<CheckInRow>(Prisma.sql`
        SELECT meeting_id AS "meetingId", person_id AS "personId", asked_at AS "askedAt", answers, answered_at AS "answeredAt"
          FROM check_in WHERE ${condition}`)
    ).map(toCheckIn);
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
    get: async (meetingId, personId) =>
      (await where(Prisma.sql`meeting_id = ${meetingId} AND person_id = ${personId}`))[0] ?? null,
    ofMeetings: (meetingIds) =>
      where(Prisma.sql`meeting_id = ANY(${[...meetingIds]}::text[]) ORDER BY answered_at, person_id`),
  };
}

type CheckInRow = Prisma.CheckInGetPayload<object>;
const toCheckIn = (row: CheckInRow): CheckIn => ({
  ...row,
  answers: row.answers === null ? null : checkInAnswersSchema.parse(row.answers),
});

export function surveysIn(db: Session): Tx['surveys'] {
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
    forChange: async (id) => (await surveysWhere(db, Prisma.sql`id = ${id} FOR UPDATE`))[0] ?? null,
    ofEngagement: (engagementId) =>
      surveysWhere(db, Prisma.sql`engagement_id = ${engagementId} ORDER BY asked_at, id`),
    ofEngagements: (engagementIds) =>
      surveysWhere(db, Prisma.sql`engagement_id = ANY(${[...engagementIds]}::text[]) ORDER BY asked_at, id`),
    ofPerson: (personId) => surveysWhere(db, Prisma.sql`person_id = ${personId} ORDER BY asked_at DESC, id`),
    answeredBetween: (from, to) =>
      surveysWhere(db, Prisma.sql`answered_at >= ${from} AND answered_at < ${to} ORDER BY answered_at, id`),
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
  const surveys = await surveysWhere(
    db,
    Prisma.sql`id = ANY(${[...about.keys()]}::text[]) ORDER BY answered_at, id`,
  );
  return surveys.map((survey) => {
    const { component = '', atWork = 0 } = about.get(survey.id) ?? {};
    return { survey, component, atWork };
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

type SurveyRow = Prisma.SurveyGetPayload<object>;

const surveysWhere = async ({ rows }: Pick<Session, 'rows'>, condition: Prisma.Sql): Promise<Survey[]> =>
  (
    await rows<SurveyRow>(Prisma.sql`
      SELECT id, engagement_id AS "engagementId", person_id AS "personId", occasion, asked_at AS "askedAt", version, answers,
             answered_at AS "answeredAt"
        FROM survey WHERE ${condition}`)
  ).map(toSurvey);

const toSurvey = (row: SurveyRow): Survey => ({
  ...row,
  answers: row.answers === null ? null : surveyAnswersSchema.parse(row.answers),
});
