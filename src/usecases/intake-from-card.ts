/** Buttons and inputs of an open form. */
import type { RawValue, RawValues } from '../domain/field.ts';
import type { ConversationId } from '../domain/ids.ts';
import { here } from '../forms/conversation.ts';
import { rows } from '../forms/conversation-state.ts';
import type { Move } from '../forms/form-event.ts';
import { answeredQuestion, answersChanged, formClosed } from '../messages/copy/intake.ts';
import { answeredAlready, tickEverything } from '../messages/copy/mends.ts';
import { alreadyReceived } from '../messages/copy/request.ts';
import { askBeforeCancelling, discardIntake, pauseIntake } from './close-intake.ts';
import { type Intake, intakeById, saveIntake, untoldAfter } from './intake-context.ts';
import { settleHold } from './intake-hold.ts';
import { move } from './move-intake.ts';
import { present, presentHere } from './present-intake.ts';
import { type Answer, answer, type Work } from './work.ts';

type Pressed =
  | { readonly ok: true; readonly intake: Intake }
  | { readonly ok: false; readonly answer: Answer };

/**
 * The form a button belongs to: only while it is open, and only for the person whose form it is. A paused one goes on. What a card
 * leads to is said in chat; a dialog says nothing there.
 */
export async function openPressed(
  work: Work,
  id: ConversationId,
  from: 'card' | 'dialog' = 'card',
): Promise<Pressed> {
  const intake = await intakeById(work, id);
  const status = intake?.record.status;
  if (!intake || status === 'cancelled') return { ok: false, answer: answer(formClosed()) };
  if (status === 'finished') {
    return { ok: false, answer: answer(intake.sentAs ? alreadyReceived(intake.sentAs) : formClosed()) };
  }
  const untold = from === 'card' ? 'no' : status === 'paused' ? untoldAfter(intake) : intake.untold;
  const isAsItWas = status === 'open' && untold === intake.untold;
  return {
    ok: true,
    intake: isAsItWas ? intake : await saveIntake(work, intake, { status: 'open', untold }),
  };
}

/** A card's input was sent; when its question is no longer the open one, the open one is asked again. */
export async function answerFromCard(
  work: Work,
  id: ConversationId,
  key: string,
  values: RawValues,
): Promise<Answer> {
  const opened = await openPressed(work, id);
  if (!opened.ok) return opened.answer;
  const { intake } = opened;
  if (intake.hold) return settleHold(work, intake, intake.hold, '');
  if (intake.state.at !== key) return answer(presentHere(intake, [answeredAlready()]));
  const raw: RawValue = values[key] ?? null;
  const made = await move(work, intake, { kind: 'answer', raw });
  const after = await intakeById(work, id);
  const taken = after ? answeredRow(after, key) : null;
  return taken ? { ...made, update: answeredQuestion(taken.label, taken.shown) } : made;
}

/** The row of a question that has just been answered; null when the answer was not taken. */
function answeredRow(after: Intake, key: string): { label: string; shown: string } | null {
  if (after.state.at === key) return null;
  const row = rows(after.form, after.state.answers, after.context).find((each) => each.key === key);
  return row?.shown ? { label: row.label, shown: row.shown } : null;
}

/** "Submit" counts only for the answers that stand on its card. */
export async function submitFromCard(
  work: Work,
  id: ConversationId,
  version: number | null,
): Promise<Answer> {
  const opened = await openPressed(work, id);
  if (!opened.ok) return opened.answer;
  const { intake } = opened;
  if (intake.hold) return settleHold(work, intake, intake.hold, '');
  if (version !== intake.answersVersion) return answer(presentHere(intake, [answersChanged()]));
  return move(work, intake, { kind: 'submit' });
}

/** A button that stands for a typed word. */
export async function moveFromCard(work: Work, id: ConversationId, made: Move): Promise<Answer> {
  const opened = await openPressed(work, id);
  if (!opened.ok) return opened.answer;
  const { intake } = opened;
  if (intake.hold) return settleHold(work, intake, intake.hold, '');
  return move(work, intake, made);
}

/** Skips the question the button stood under; when that is answered already, the open one is asked again. */
export async function skipFromCard(work: Work, id: ConversationId, key: string): Promise<Answer> {
  const opened = await openPressed(work, id);
  if (!opened.ok) return opened.answer;
  const { intake } = opened;
  if (intake.hold) return settleHold(work, intake, intake.hold, '');
  if (intake.state.at !== key) return answer(presentHere(intake, [answeredAlready()]));
  return move(work, intake, { kind: 'skip' });
}

/** Answers with what stands at the question as a draft; when that question is no longer the open one, the open one is asked again. */
export async function answerWithDraft(work: Work, id: ConversationId, key: string): Promise<Answer> {
  const opened = await openPressed(work, id);
  if (!opened.ok) return opened.answer;
  const { intake } = opened;
  if (intake.hold) return settleHold(work, intake, intake.hold, '');
  const { at, drafts } = intake.state;
  if (at !== key || !Object.hasOwn(drafts, key)) return answer(presentHere(intake, [answeredAlready()]));
  return move(work, intake, { kind: 'answer', raw: drafts[key] ?? null });
}

/** The confirmation's checkboxes: every statement must be ticked. */
export async function confirmFromCard(work: Work, id: ConversationId, values: RawValues): Promise<Answer> {
  const opened = await openPressed(work, id);
  if (!opened.ok) return opened.answer;
  const { intake } = opened;
  const event = here(intake.form, intake.state, intake.context);
  if (event.kind !== 'confirm') return answer(presentHere(intake));
  const open = event.statements.filter(({ key }) => values[key] !== true && values[key] !== 'true');
  if (open.length > 0) {
    return answer(present(intake, event, [tickEverything()]));
  }
  return move(work, intake, { kind: 'confirm' });
}

/** Pause, cancel or discard by button. */
export async function closeFromCard(
  work: Work,
  id: ConversationId,
  how: 'pause' | 'cancel' | 'discard',
): Promise<Answer> {
  const opened = await openPressed(work, id);
  if (!opened.ok) return opened.answer;
  const { intake } = opened;
  if (how === 'pause') return pauseIntake(work, intake);
  return how === 'cancel' ? askBeforeCancelling(work, intake) : discardIntake(work, intake);
}

/** The buttons of a hold: join or amend the open request, or name another system. */
export async function settleHoldFromCard(
  work: Work,
  id: ConversationId,
  said: 'join' | 'amend' | 'rename',
): Promise<Answer> {
  const opened = await openPressed(work, id);
  if (!opened.ok) return opened.answer;
  const { intake } = opened;
  return intake.hold ? settleHold(work, intake, intake.hold, said) : answer(presentHere(intake));
}
