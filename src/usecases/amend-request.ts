import { type Engagement, isAmendable } from '../domain/engagement.ts';
import { parseAnswers } from '../forms/form.ts';
import * as copy from '../messages/copy/intake.ts';
import { engagementRefusal } from '../messages/copy/refusals.ts';
import { offeringOf } from '../offerings/catalogue.ts';
import { type EngagementRef, openEngagement } from './change-engagement.ts';
import { currentIntake, openIntake, saveIntake } from './intake-context.ts';
import { presentHere } from './present-intake.ts';
import { type Answer, answer, answerPrivately, type Work } from './work.ts';

/** Opens the request's answers in a form; nothing changes until they are sent. */
export async function amendRequest(work: Work, ref: EngagementRef): Promise<Answer> {
  const opened = await openEngagement(work, ref, 'request.amend');
  if (!opened.ok) return opened.answer;
  const current = await currentIntake(work);
  if (current)
    return answerPrivately(copy.alreadyOpen(current.record.id, current.record.status === 'paused'));
  return amendEngagement(work, opened.value);
}

/** As `amendRequest`, for a request already locked and allowed. */
export async function amendEngagement(work: Work, engagement: Engagement): Promise<Answer> {
  if (!isAmendable(engagement))
    return answer(engagementRefusal(engagement.number, { code: 'wrong-state', state: engagement.state }));
  const offering = offeringOf(work.programme.catalogue, engagement);
  const stored = Object.fromEntries(engagement.answers.map(({ key, value }) => [key, value]));
  const { answers } = parseAnswers(offering.form, stored);
  const intake = await openIntake(work, offering, answers, engagement.id);
  return answerPrivately(presentHere(await saveIntake(work, intake, { sentAs: engagement.number })));
}
