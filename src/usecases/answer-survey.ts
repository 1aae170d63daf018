/** The Business Owner answers the satisfaction survey, in the dialog or in words, and changes their answers. */
import { may } from '../domain/access.ts';
import type { Engagement } from '../domain/engagement.ts';
import type { RawValues } from '../domain/field.ts';
import type { RequestNumber } from '../domain/ids.ts';
import { countNewGroups } from '../domain/satisfaction.ts';
import {
  answerSurvey,
  isLow,
  lastAsked,
  RENEWALS,
  SURVEY_LINES,
  type Survey,
  type SurveyAnswers,
  type SurveyLine,
  takesAnswers,
} from '../domain/survey.ts';
import { fieldsOf, type Page, pages, readPage } from '../forms/pages.ts';
import { attentionLine, attentionNotice, type SessionForScore } from '../messages/copy/low-score.ts';
import { noAccess, notYourStep, sensitiveText } from '../messages/copy/refusals.ts';
import {
  FIVE_SCORES,
  LINE_LABELS,
  notAsked,
  SAY_RENEW,
  surveyClosed,
  surveyDialog,
  surveyKept,
  surveyMends,
} from '../messages/copy/survey.ts';
import { SURVEY_FORM } from '../offerings/survey-questions.ts';
import { record } from './change-engagement.ts';
import { sensitiveKinds } from './guard.ts';
import { formContext } from './intake-context.ts';
import { proposeSatisfactionSession } from './propose-satisfaction.ts';
import { tellChannel, tellPerson, tellRole } from './tell.ts';
import {
  type Answer,
  answer,
  answerPrivately,
  answerWithDialog,
  answerWithErrors,
  programmeToday,
  type Work,
} from './work.ts';

/** Answers enter averages one after the other, whoever gives them. */
const ONE_AT_A_TIME = 'satisfaction';
/** What a record without access is called, as its number must not be told. */
const UNNAMED = 'that survey';

interface OpenSurvey {
  readonly engagement: Engagement;
  readonly survey: Survey;
}
type Opened =
  | { readonly ok: true; readonly value: OpenSurvey }
  | { readonly ok: false; readonly answer: Answer };

/** Opens the dialog, filled with what was answered before. */
export async function askForSurvey(work: Work, surveyId: string): Promise<Answer> {
  const opened = await openById(work, surveyId);
  if (!opened.ok) return opened.answer;
  const { engagement, survey } = opened.value;
  const fields = fieldsOf(thePage(), rawOf(survey.answers));
  return answerWithDialog(surveyDialog(engagement, survey.id, work.programme.smallestGroup, fields));
}

/** Keeps what the dialog was sent with; errors stand beside the fields, every value kept. */
export async function answerSurveyFromDialog(
  work: Work,
  surveyId: string,
  values: RawValues,
): Promise<Answer> {
  const opened = await openById(work, surveyId);
  if (!opened.ok) return opened.answer;
  const read = await readAnswers(work, values);
  return read.ok ? keep(work, opened.value, read.answers) : answerWithErrors(read.errors);
}

/**
 * Keeps what was typed behind `survey NUMBER`: `4 5 3 4 5; renew yes; The words`. What is left out stays as it was
 * answered before.
 */
export async function answerSurveyFromText(work: Work, number: RequestNumber, rest: string): Promise<Answer> {
  const kinds = sensitiveKinds(rest);
  if (kinds.length > 0) return answer(sensitiveText(kinds));
  const opened = await openByNumber(work, number);
  if (!opened.ok) return opened.answer;
  const before = opened.value.survey.answers;
  const typed = readTyped(rest);
  const mends = [
    ...(typed.scores === null && (typed.misread || !before) ? [FIVE_SCORES] : []),
    ...(typed.renew === null && !before ? [SAY_RENEW] : []),
  ];
  if (mends.length > 0) return answerPrivately(surveyMends(number, mends));
  const values = {
    ...rawOf(before),
    ...Object.fromEntries(
      SURVEY_LINES.flatMap((line, index) => (typed.scores ? [[line, typed.scores[index] ?? '']] : [])),
    ),
    ...(typed.renew === null ? {} : { renew: typed.renew }),
    ...(typed.comment === '' ? {} : { comment: typed.comment }),
  };
  const read = await readAnswers(work, values);
  if (read.ok) return keep(work, opened.value, read.answers);
  const names: Readonly<Record<string, string>> = {
    ...LINE_LABELS,
    renew: 'Renew',
    comment: 'In your own words',
  };
  const found = Object.entries(read.errors).map(([key, error]) => `${names[key] ?? key}: ${error}`);
  return answerPrivately(surveyMends(number, found));
}

interface Typed {
  readonly scores: readonly string[] | null;
  /** Numbers stood at the beginning, but not five. */
  readonly misread: boolean;
  readonly renew: string | null;
  readonly comment: string;
}

/** Several numbers at the beginning are the scores, a part that begins with "renew" is that answer, the rest the words. */
function readTyped(rest: string): Typed {
  const numbers = /^\d+(?:[\s,/]+\d+)+/u.exec(rest)?.[0] ?? '';
  const scores = numbers.split(/[\s,/]+/u).filter((each) => each !== '');
  const parts = rest
    .slice(numbers.length)
    .split(/[;\n]/u)
    .map((part) => part.trim());
  const renewal = parts.findIndex((part) => /^renew(?:al)?\b/iu.test(part));
  const renew = renewal < 0 ? null : (parts[renewal] ?? '').replace(/^renew(?:al)?\b[\s:?]*/iu, '');
  return {
    scores: scores.length === SURVEY_LINES.length ? scores : null,
    misread: scores.length > 0 && scores.length !== SURVEY_LINES.length,
    renew,
    comment: parts.filter((part, place) => part !== '' && place !== renewal).join('; '),
  };
}

function thePage(): Page {
  const [page] = pages(SURVEY_FORM, {});
  if (!page) throw new Error('the survey has no questions');
  return page;
}

/** The answers as the questions have them. */
const rawOf = (answers: SurveyAnswers | null): Readonly<Record<string, string>> =>
  answers === null
    ? {}
    : {
        ...Object.fromEntries(SURVEY_LINES.map((line) => [line, String(answers.scores[line])])),
        renew: answers.renew,
        comment: answers.comment,
      };

type Given = Omit<SurveyAnswers, 'counted'>;
type ReadAnswers =
  | { readonly ok: true; readonly answers: Given }
  | { readonly ok: false; readonly errors: Readonly<Record<string, string>> };

async function readAnswers(work: Work, values: RawValues): Promise<ReadAnswers> {
  const read = readPage(thePage(), values, {}, await formContext(work));
  if (!read.ok) return { ok: false, errors: read.refusal.errors };
  const scores = Object.fromEntries(SURVEY_LINES.map((line) => [line, Number(read.value[line])]));
  const renew = RENEWALS.find((each) => each === read.value.renew) ?? 'undecided';
  const comment = String(read.value.comment ?? '');
  return { ok: true, answers: { scores: scores as Record<SurveyLine, number>, renew, comment } };
}

async function openById(work: Work, id: string): Promise<Opened> {
  await work.tx.lock(ONE_AT_A_TIME);
  const survey = await work.tx.surveys.forChange(id);
  const engagement = survey ? await work.tx.engagements.get(survey.engagementId) : null;
  if (!survey || !engagement || !may(work.person, 'survey.answer', engagement))
    return { ok: false, answer: answerPrivately(noAccess(UNNAMED)) };
  return openSurvey(work, engagement, survey);
}

async function openByNumber(work: Work, number: RequestNumber): Promise<Opened> {
  await work.tx.lock(ONE_AT_A_TIME);
  const engagement = await work.tx.engagements.byNumber(number);
  if (!engagement || !may(work.person, 'survey.answer', engagement)) {
    const readsIt = may(work.person, 'survey.read', engagement);
    return { ok: false, answer: answerPrivately(readsIt ? notYourStep(number) : noAccess(number)) };
  }
  const last = lastAsked(await work.tx.surveys.ofEngagement(engagement.id));
  if (!last) return { ok: false, answer: answerPrivately(notAsked(number)) };
  return openSurvey(work, engagement, (await work.tx.surveys.forChange(last.id)) ?? last);
}

async function openSurvey(work: Work, engagement: Engagement, survey: Survey): Promise<Opened> {
  const all = await work.tx.surveys.ofEngagement(engagement.id);
  if (!takesAnswers(survey, all, work.now))
    return { ok: false, answer: answerPrivately(surveyClosed(engagement.number)) };
  return { ok: true, value: { engagement, survey } };
}

async function keep(work: Work, { engagement, survey }: OpenSurvey, given: Given): Promise<Answer> {
  const answered = answerSurvey(survey, given, work.now);
  await save(work, answered);
  await record(work, engagement, {
    verb: survey.answers ? 'survey.change' : 'survey.answer',
    from: engagement.state,
    to: engagement.state,
    facts: { survey: survey.id, occasion: survey.occasion, version: String(answered.version) },
  });
  const rules = { smallest: work.programme.smallestGroup, now: work.now, today: programmeToday(work) };
  for (const counted of countNewGroups(await work.tx.surveys.waiting(), rules)) await save(work, counted);
  const isNewlyLow = isLow(answered.answers) && !isLow(survey.answers);
  const session = isNewlyLow ? await followUp(work, engagement, answered) : null;
  return answerPrivately(surveyKept(engagement, answered, survey.answers !== null, session));
}

async function save(work: Work, survey: Survey): Promise<void> {
  if (!(await work.tx.surveys.update(survey)))
    throw new Error(`survey ${survey.id} changed while it was locked`);
}

/** A low score: the Business Owner is offered a session, and ISPG is told, without any of the answers. Answers what came of it. */
async function followUp(work: Work, engagement: Engagement, survey: Survey): Promise<SessionForScore> {
  const because = `survey-${survey.id}-${survey.version}`;
  const session = await proposeSatisfactionSession(work, engagement, because);
  await tellChannel(work, 'ispg', {
    key: `attention:${because}`,
    kind: 'notice',
    message: attentionLine(engagement),
  });
  const notice = {
    key: `attention:${because}`,
    kind: 'notice',
    message: attentionNotice(engagement, session),
  } as const;
  if (engagement.triagedById) await tellPerson(work, engagement.triagedById, notice);
  else await tellRole(work, 'ispg_team', notice);
  await record(work, engagement, {
    verb: 'survey.follow-up',
    from: engagement.state,
    to: engagement.state,
    facts: { survey: survey.id, version: String(survey.version), session: session.what },
  });
  return session;
}
