/** Reading the satisfaction survey: one's own answers, those of an engagement, the averages of many. */
import { may, mayEver } from '../domain/access.ts';
import type { Engagement } from '../domain/engagement.ts';
import type { EngagementId, RequestNumber } from '../domain/ids.ts';
import { lastAsked, type Survey, takesAnswers } from '../domain/survey.ts';
import { noAccess, notYours } from '../messages/copy/refusals.ts';
import { noSurvey, notAsked, ownSurvey, satisfactionCard, surveyAnswersOf } from '../messages/copy/survey.ts';
import { answerSurveyFromText } from './answer-survey.ts';
import { record } from './change-engagement.ts';
import { satisfactionNow } from './measures.ts';
import { type Answer, answerPrivately, type Work } from './work.ts';

/** Surveys of one engagement shown to whoever may read them; older ones are left out. */
const SHOWN = 4;

/** `survey NUMBER`: with words behind it the answers to it, without any what stands there. */
export async function surveyByNumber(work: Work, number: RequestNumber, rest: string): Promise<Answer> {
  return rest.trim() === '' ? showSurvey(work, number) : answerSurveyFromText(work, number, rest);
}

/**
 * The owner sees their own, ready to be answered or changed; ISPG, the COR and the auditor read, which is recorded as each
 * look at somebody else's record is. Always in private.
 */
async function showSurvey(work: Work, number: RequestNumber): Promise<Answer> {
  const engagement = await work.tx.engagements.byNumber(number);
  if (!engagement || !may(work.person, 'survey.read', engagement)) return answerPrivately(noAccess(number));
  const surveys = await work.tx.surveys.ofEngagement(engagement.id);
  if (!may(work.person, 'survey.answer', engagement)) {
    const changed = await lastChanges(work, engagement.id);
    await record(work, engagement, { verb: 'survey.read', from: null, to: null });
    return answerPrivately(surveyAnswersOf(engagement, surveys.slice(-SHOWN).toReversed(), changed));
  }
  const last = lastAsked(surveys);
  if (!last) return answerPrivately(notAsked(number));
  const open = takesAnswers(last, surveys, work.now);
  return answerPrivately(ownSurvey(engagement, last, open, work.programme.smallestGroup));
}

/** When each survey's answers were last changed, as the record has it; none for those that never were. */
async function lastChanges({ tx }: Work, id: EngagementId): Promise<ReadonlyMap<string, Date>> {
  const entries = await tx.audit.ofEngagement(id);
  return new Map(
    entries.flatMap(({ verb, facts, at }) =>
      verb === 'survey.change' && facts.survey ? [[facts.survey, at]] : [],
    ),
  );
}

/** `survey`: the newest one that this person can answer or change. */
export async function showOwnSurvey(work: Work): Promise<Answer> {
  const open = await openSurveyOf(work);
  if (!open) return answerPrivately(noSurvey());
  return answerPrivately(ownSurvey(open.engagement, open.survey, true, work.programme.smallestGroup));
}

/** The newest survey that this person can answer or change, with its request; null for none. */
export async function openSurveyOf(
  work: Pick<Work, 'tx' | 'now' | 'person'>,
): Promise<{ readonly engagement: Engagement; readonly survey: Survey } | null> {
  for (const survey of await work.tx.surveys.ofPerson(work.person.id)) {
    const engagement = await work.tx.engagements.get(survey.engagementId);
    if (!engagement || !may(work.person, 'survey.answer', engagement)) continue;
    const all = await work.tx.surveys.ofEngagement(engagement.id);
    if (takesAnswers(survey, all, work.now)) return { engagement, survey };
  }
  return null;
}

/** `satisfaction`: averages over the whole programme, of enough people or none. */
export async function showSatisfaction(work: Work): Promise<Answer> {
  if (!mayEver(work.person, 'survey.read-aggregate')) return answerPrivately(notYours());
  return answerPrivately(satisfactionCard(await satisfactionNow(work), work.programme.smallestGroup));
}
