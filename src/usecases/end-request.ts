/** The two ways in which a request ends before its engagement: its owner withdraws it, or ISPG declines it. */
import type { EngagementVerb } from '../domain/access.ts';
import {
  type Change,
  declineRequest as decline,
  type Engagement,
  partiesOf,
  withdrawRequest as withdraw,
} from '../domain/engagement.ts';
import { isPastKickoff } from '../domain/engagement-states.ts';
import type { FieldErrors, RawValues } from '../domain/field.ts';
import { cancel } from '../domain/meeting.ts';
import { accepted, type Result, refused } from '../domain/result.ts';
import { PICK_REASON } from '../messages/copy/mends.ts';
import { DECLINE_REASONS, readReason, reasonQuestion, WITHDRAW_REASONS } from '../messages/copy/reasons.ts';
import { engagementRefusal } from '../messages/copy/refusals.ts';
import { endedNotice, withdrawDialog, withdrawn } from '../messages/copy/request.ts';
import { declineDialog, declined, withdrawnLine } from '../messages/copy/triage.ts';
import { type DialogPage, type Message, say } from '../messages/message.ts';
import { type EngagementRef, openEngagement, saveEngagement } from './change-engagement.ts';
import { readWords } from './guard.ts';
import { tellKickoff } from './kickoff-cards.ts';
import { saveStep } from './meeting-change.ts';
import { openSession } from './meeting-offer.ts';
import { peopleAround, tellChannel, tellPeople } from './tell.ts';
import { peopleOfSide, settleMoves, stopStepClock } from './tell-step.ts';
import { type Answer, answer, answerWithDialog, answerWithErrors, type Work } from './work.ts';

const LONGEST_NOTE = 500;

/** What differs between the two ways. */
interface Way {
  readonly name: 'withdraw' | 'decline';
  readonly verb: EngagementVerb;
  readonly reasons: readonly { readonly id: string; readonly label: string }[];
  readonly end: typeof withdraw;
  readonly dialog: (engagement: Engagement) => DialogPage;
  readonly done: (engagement: Engagement) => Message;
}

const WITHDRAW: Way = {
  name: 'withdraw',
  verb: 'request.withdraw',
  reasons: WITHDRAW_REASONS,
  end: withdraw,
  dialog: withdrawDialog,
  done: withdrawn,
};

const DECLINE: Way = {
  name: 'decline',
  verb: 'request.decline',
  reasons: DECLINE_REASONS,
  end: decline,
  dialog: declineDialog,
  done: declined,
};

/** Why somebody ends a request, as they typed it. */
export interface TypedEnding {
  /** A reason code, its number in the list, or its words. */
  readonly reason: string;
  readonly note: string;
}

/** The reason and note of a dialog. */
export const endingOf = (values: RawValues): TypedEnding => ({
  reason: String(values.reason ?? ''),
  note: String(values.note ?? ''),
});

export const askForWithdrawal = (work: Work, ref: EngagementRef): Promise<Answer> =>
  openDialog(work, ref, WITHDRAW);
export const askForDecline = (work: Work, ref: EngagementRef): Promise<Answer> =>
  openDialog(work, ref, DECLINE);

/** T23: the Business Owner takes the request back. */
export const withdrawRequest = (
  work: Work,
  ref: EngagementRef,
  typed: TypedEnding,
  by: By,
): Promise<Answer> => endRequest(work, ref, typed, by, WITHDRAW);

/** T24: ISPG does not accept the request. */
export const declineRequest = (work: Work, ref: EngagementRef, typed: TypedEnding, by: By): Promise<Answer> =>
  endRequest(work, ref, typed, by, DECLINE);

type By = 'dialog' | 'chat';

async function openDialog(work: Work, ref: EngagementRef, way: Way): Promise<Answer> {
  const opened = await openEngagement(work, ref, way.verb);
  if (!opened.ok) return opened.answer;
  const { value: engagement } = opened;
  if (engagement.ending) {
    return answer(engagementRefusal(ref.number, { code: 'wrong-state', state: engagement.state }));
  }
  return answerWithDialog(way.dialog(engagement));
}

/** Every pending reminder and the kickoff are cancelled in the same transaction; everybody in it is told once. */
async function endRequest(
  work: Work,
  ref: EngagementRef,
  typed: TypedEnding,
  by: By,
  way: Way,
): Promise<Answer> {
  const opened = await openEngagement(work, ref, way.verb);
  if (!opened.ok) return opened.answer;
  const read = readEnding(typed, way);
  if (!read.ok) {
    if (by === 'dialog') return answerWithErrors(read.refusal);
    const asked = read.refusal.reason
      ? reasonQuestion(way.name, ref.number, way.reasons)
      : say(...Object.values(read.refusal));
    return answer(asked);
  }
  const change = way.end(opened.value, { ...read.value, byId: work.person.id, at: work.now });
  if (!change.ok) return answer(engagementRefusal(ref.number, change.refusal));
  const { engagement } = change.value;
  await work.tx.deliveries.suppress(`triage:${engagement.id}`, 'the request has ended');
  await stopStepClock(work, engagement, 'the request has ended');
  await endKickoff(work, engagement);
  await endSessions(work, engagement);
  await saveEngagement(work, change.value, `request.${way.name}`, { reason: read.value.reason });
  await settleMoves(work, { before: opened.value, engagement, label: null });
  await tellEnded(work, change.value);
  return answer(way.done(engagement));
}

function readEnding(
  typed: TypedEnding,
  way: Way,
): Result<{ readonly reason: string; readonly note: string | null }, FieldErrors> {
  const errors: Record<string, string> = {};
  const reason = readReason(typed.reason, way.reasons);
  if (!reason) errors.reason = PICK_REASON;
  const note = typed.note.trim() === '' ? accepted(null) : readWords(typed.note, LONGEST_NOTE);
  if (!note.ok) errors.note = note.refusal;
  return reason && note.ok ? accepted({ reason, note: note.value }) : refused(errors);
}

/** Cancels what else is on offer or booked for a request that ends. */
async function endSessions(work: Work, engagement: Engagement): Promise<void> {
  for (const kind of ['initial', 'satisfaction'] as const) {
    const open = await openSession(work, kind, engagement);
    const meeting = open ? await work.tx.meetings.forChange(open.id) : null;
    const made = meeting ? cancel(meeting) : null;
    if (made?.ok) await saveStep(work, made.value, engagement, { verb: 'meeting.cancel', before: meeting });
  }
}

/** Cancels the kickoff of a request that ends, if one is offered or booked. */
async function endKickoff(work: Work, engagement: Engagement): Promise<void> {
  const latest = await work.tx.meetings.ofEngagement(engagement.id, 'kickoff');
  const meeting = latest ? await work.tx.meetings.forChange(latest.id) : null;
  const made = meeting ? cancel(meeting) : null;
  if (!made?.ok) return;
  await work.tx.meetings.update(made.value);
  await tellKickoff(work, engagement, made.value);
}

/** Those in it, and the contractor where it had begun to work. */
async function tellEnded(work: Work, { engagement, from }: Change): Promise<void> {
  const people = await peopleAround(work, engagement, null);
  const contractor =
    from !== null && isPastKickoff(from) ? await peopleOfSide(work, engagement, 'contractor') : [];
  const others = [...partiesOf(engagement), ...contractor].filter((id) => id !== work.person.id);
  const key = `ended:${engagement.id}`;
  await tellPeople(work, others, { key, kind: 'notice', message: endedNotice(engagement, people) });
  if (engagement.state !== 'WITHDRAWN' || !engagement.submittedAt) return;
  await tellChannel(work, 'ispg', { key, kind: 'notice', message: withdrawnLine(engagement, people) });
}
