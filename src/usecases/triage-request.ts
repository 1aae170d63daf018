/** ISPG takes a request on, or asks something first. */
import { acceptRequest as accept, askBack } from '../domain/engagement.ts';
import { mendInChat } from '../messages/copy/mends.ts';
import { engagementRefusal } from '../messages/copy/refusals.ts';
import {
  accepted,
  acceptedWithoutSlots,
  askDialog,
  askedBackCard,
  askedBackDone,
} from '../messages/copy/triage.ts';
import { type EngagementRef, openEngagement, saveEngagement } from './change-engagement.ts';
import { readWords } from './guard.ts';
import { offerTimes } from './offer-kickoff-times.ts';
import { peopleAround, refreshCards, tellPerson } from './tell.ts';
import { type Answer, answer, answerWithDialog, answerWithErrors, type Work } from './work.ts';

const LONGEST_QUESTION = 1_000;

/** T3: accepts the request and offers the Business Owner kickoff times, in one transaction. */
export async function acceptRequest(work: Work, ref: EngagementRef): Promise<Answer> {
  const opened = await openEngagement(work, ref, 'request.triage');
  if (!opened.ok) return opened.answer;
  const change = accept(opened.value, work.person.id, work.now);
  if (!change.ok) return answer(engagementRefusal(ref.number, change.refusal));
  const { engagement } = change.value;
  await work.tx.deliveries.suppress(`triage:${engagement.id}`, 'the request was accepted');
  await saveEngagement(work, change.value, 'request.accept', { meeting: 'unsettled' });
  const meeting = await offerTimes(work, engagement, null);
  if (!meeting) {
    await refreshCards(work, engagement, null);
    return answer(acceptedWithoutSlots(engagement));
  }
  return answer(accepted(engagement, await peopleAround(work, engagement, meeting)));
}

/** Opens the dialog for a question to the requester. */
export async function askForQuestion(work: Work, ref: EngagementRef): Promise<Answer> {
  const opened = await openEngagement(work, ref, 'request.triage');
  return opened.ok ? answerWithDialog(askDialog(opened.value)) : opened.answer;
}

/** Asks the requester something; the request stays where it is. */
export async function askRequester(
  work: Work,
  ref: EngagementRef,
  typed: string,
  by: 'dialog' | 'chat',
): Promise<Answer> {
  const opened = await openEngagement(work, ref, 'request.triage');
  if (!opened.ok) return opened.answer;
  const question = readWords(typed, LONGEST_QUESTION);
  if (!question.ok) {
    return by === 'dialog'
      ? answerWithErrors({ question: question.refusal })
      : answer(mendInChat(question.refusal, `ask ${ref.number} Which release is this for?`));
  }
  const change = askBack(opened.value, question.value, work.person.id, work.now);
  if (!change.ok) return answer(engagementRefusal(ref.number, change.refusal));
  const { engagement } = change.value;
  await saveEngagement(work, change.value, 'request.ask-back', { meeting: null });
  await tellPerson(work, engagement.requesterId, {
    key: `asked:${engagement.id}:${engagement.version}`,
    kind: 'notice',
    message: askedBackCard(engagement),
    card: `asked:${engagement.id}:${engagement.requesterId}`,
  });
  return answer(askedBackDone(engagement, await peopleAround(work, engagement, null)));
}
