import type { Engagement } from '../domain/engagement.ts';
import { partiesOf, withdrawRequest as withdraw } from '../domain/engagement.ts';
import type { RawValues } from '../domain/field.ts';
import { cancel } from '../domain/meeting.ts';
import { readReason, WITHDRAW_REASONS } from '../messages/copy/reasons.ts';
import { engagementRefusal, sensitiveText } from '../messages/copy/refusals.ts';
import { endedNotice, withdrawDialog, withdrawn } from '../messages/copy/request.ts';
import { withdrawnLine } from '../messages/copy/triage.ts';
import { say } from '../messages/message.ts';
import { type EngagementRef, openEngagement, saveEngagement } from './change-engagement.ts';
import { sensitiveKinds } from './guard.ts';
import { tellKickoff } from './kickoff-cards.ts';
import { peopleAround, tellChannel, tellPeople } from './tell.ts';
import { type Answer, answer, answerWithDialog, answerWithErrors, type Work } from './work.ts';

/** Opens the dialog that asks for the reason. */
export async function askForWithdrawal(work: Work, ref: EngagementRef): Promise<Answer> {
  const opened = await openEngagement(work, ref, 'request.withdraw');
  if (!opened.ok) return opened.answer;
  if (opened.value.ending)
    return answer(engagementRefusal(ref.number, { code: 'wrong-state', state: opened.value.state }));
  return answerWithDialog(withdrawDialog(opened.value));
}

/** T23 from the dialog. */
export function withdrawFromDialog(work: Work, ref: EngagementRef, values: RawValues): Promise<Answer> {
  return withdrawRequest(work, ref, String(values.reason ?? ''), String(values.note ?? ''), 'dialog');
}

/** T23: withdraws; every pending reminder and the kickoff are cancelled in the same transaction. */
export async function withdrawRequest(
  work: Work,
  ref: EngagementRef,
  typedReason: string,
  typedNote: string,
  by: 'dialog' | 'chat',
): Promise<Answer> {
  const opened = await openEngagement(work, ref, 'request.withdraw');
  if (!opened.ok) return opened.answer;
  const reason = readReason(typedReason, WITHDRAW_REASONS);
  if (!reason)
    return by === 'dialog' ? answerWithErrors({ reason: 'Please pick a reason.' }) : answer(askReason(ref));
  const kinds = sensitiveKinds(typedNote);
  if (kinds.length > 0) return answer(sensitiveText(kinds));
  const note = typedNote.trim().slice(0, 500) || null;
  const change = withdraw(opened.value, { reason, note, byId: work.person.id, at: work.now });
  if (!change.ok) return answer(engagementRefusal(ref.number, change.refusal));
  const { engagement } = change.value;
  await work.tx.deliveries.suppress(`triage:${engagement.id}`, 'the request was withdrawn');
  await endKickoff(work, engagement);
  await saveEngagement(work, change.value, 'request.withdraw', { reason });
  const people = await peopleAround(work, engagement, null);
  await tellPeople(
    work,
    partiesOf(engagement).filter((id) => id !== work.person.id),
    {
      key: `ended:${engagement.id}`,
      kind: 'notice',
      message: endedNotice(engagement, people),
    },
  );
  if (engagement.submittedAt) {
    await tellChannel(work, 'ispg', {
      key: `withdrawn:${engagement.id}`,
      kind: 'notice',
      message: withdrawnLine(engagement, people),
    });
  }
  return answer(withdrawn(engagement));
}

/** Cancels the kickoff of a request that ends, if one is offered or booked. */
export async function endKickoff(work: Work, engagement: Engagement): Promise<void> {
  const latest = await work.tx.meetings.ofEngagement(engagement.id, 'kickoff');
  const meeting = latest ? await work.tx.meetings.forChange(latest.id) : null;
  const made = meeting ? cancel(meeting) : null;
  if (!made?.ok) return;
  await work.tx.meetings.update(made.value);
  await tellKickoff(work, engagement, made.value);
}

const askReason = (ref: EngagementRef) =>
  say(
    `Why do you withdraw ${ref.number}? Nothing has changed yet. Type \`withdraw ${ref.number} code\`, with a note behind it if you like. The codes:`,
    ...WITHDRAW_REASONS.map(({ id, label }) => `${id}: ${label}`),
  );
