/** ISPG decides on a request: accept it, ask back, or decline it. */
import {
  acceptRequest as accept,
  askBack,
  declineRequest as decline,
  partiesOf,
} from '../domain/engagement.ts';
import type { RawValues } from '../domain/field.ts';
import { DECLINE_REASONS, readReason } from '../messages/copy/reasons.ts';
import { engagementRefusal, sensitiveText } from '../messages/copy/refusals.ts';
import { endedNotice } from '../messages/copy/request.ts';
import {
  accepted,
  acceptedWithoutSlots,
  askDialog,
  askedBackCard,
  askedBackDone,
  declineDialog,
  declined,
} from '../messages/copy/triage.ts';
import { say } from '../messages/message.ts';
import { type EngagementRef, openEngagement, saveEngagement } from './change-engagement.ts';
import { sensitiveKinds } from './guard.ts';
import { offerTimes } from './offer-kickoff-times.ts';
import { peopleAround, refreshCards, tellPeople, tellPerson } from './tell.ts';
import { endKickoff } from './withdraw-request.ts';
import { type Answer, answer, answerWithDialog, answerWithErrors, type Work } from './work.ts';

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
  const question = typed.trim();
  if (question.length === 0 || question.length > 1000) {
    const mend = 'Please write your question in 1 to 1,000 characters.';
    return by === 'dialog'
      ? answerWithErrors({ question: mend })
      : answer(say(mend, `For example: ask ${ref.number} Which release is this for?`));
  }
  const kinds = sensitiveKinds(question);
  if (kinds.length > 0) return answer(sensitiveText(kinds));
  const change = askBack(opened.value, question, work.person.id, work.now);
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

/** Opens the dialog that asks for the reason. */
export async function askForDecline(work: Work, ref: EngagementRef): Promise<Answer> {
  const opened = await openEngagement(work, ref, 'request.triage');
  return opened.ok ? answerWithDialog(declineDialog(opened.value)) : opened.answer;
}

/** T24 from the dialog. */
export function declineFromDialog(work: Work, ref: EngagementRef, values: RawValues): Promise<Answer> {
  return declineRequest(work, ref, String(values.reason ?? ''), String(values.note ?? ''), 'dialog');
}

/** T24: declines with a reason code (its code, its number or its words) and an optional note. */
export async function declineRequest(
  work: Work,
  ref: EngagementRef,
  typedReason: string,
  typedNote: string,
  by: 'dialog' | 'chat',
): Promise<Answer> {
  const opened = await openEngagement(work, ref, 'request.triage');
  if (!opened.ok) return opened.answer;
  const reason = readReason(typedReason, DECLINE_REASONS);
  if (!reason) {
    const mend = 'Please pick one of the reasons.';
    if (by === 'dialog') return answerWithErrors({ reason: mend });
    const codes = DECLINE_REASONS.map(({ id, label }) => `${id}: ${label}`);
    return answer(
      say(
        `${mend} Type \`decline ${ref.number} code\`, with your note behind it if you like. The codes:`,
        ...codes,
      ),
    );
  }
  const kinds = sensitiveKinds(typedNote);
  if (kinds.length > 0) return answer(sensitiveText(kinds));
  const change = decline(opened.value, {
    reason,
    note: typedNote.trim().slice(0, 500) || null,
    byId: work.person.id,
    at: work.now,
  });
  if (!change.ok) return answer(engagementRefusal(ref.number, change.refusal));
  const { engagement } = change.value;
  await work.tx.deliveries.suppress(`triage:${engagement.id}`, 'the request was declined');
  await endKickoff(work, engagement);
  await saveEngagement(work, change.value, 'request.decline', { reason });
  await tellPeople(work, partiesOf(engagement), {
    key: `ended:${engagement.id}`,
    kind: 'notice',
    message: endedNotice(engagement, await peopleAround(work, engagement, null)),
  });
  return answer(declined(engagement));
}
