/** A dialog that was not sent: what is typed in it stays. */
import type { RawValues } from '../domain/field.ts';
import { openQuestion, restingPlace } from '../forms/conversation-state.ts';
import { keepHalfFilled, readHalfFilled } from '../forms/drafts.ts';
import type { ButtonPress } from '../messages/button.ts';
import { draftKept } from '../messages/copy/intake-dialog.ts';
import { type Intake, intakeById, saveIntake, untoldAfter } from './intake-context.ts';
import { allowed, pageBy, sentCount } from './intake-pages.ts';
import { type Answer, answer, type Work } from './work.ts';

/**
 * Keeps what stands in a half-filled page of a form: good answers as answers, the rest as typed. What comes after its page was
 * sent or its form has ended changes nothing, and so does any other dialog. Said only when the dialog is closed and something
 * in it was kept; a form that was opened as a dialog and closed untouched is gone.
 */
export async function keepDraft(
  work: Work,
  press: ButtonPress,
  values: RawValues,
  isClosed: boolean,
): Promise<Answer> {
  if (press.verb !== 'intake.page') return answer();
  const intake = await intakeById(work, press.subject);
  const pageKey = press.choice ?? '';
  const page = intake ? pageBy(intake, pageKey) : undefined;
  if (!intake || !page || hasEnded(intake)) return answer();
  if ((press.version ?? 0) !== sentCount(intake, pageKey)) return answer();
  const half = readHalfFilled(page, values, intake.state.answers, intake.context);
  const { halfFilled } = allowed(work, intake, half, values);
  const held = keepHalfFilled(intake.form, intake.state, halfFilled, intake.context);
  return isClosed ? closeDraft(work, intake, held) : holdDraft(work, intake, held);
}

const hasEnded = ({ record: { status } }: Intake): boolean => status === 'finished' || status === 'cancelled';

/** Its person goes on typing: nothing is said, and the conversation stays where it is. */
async function holdDraft(work: Work, intake: Intake, held: Intake['state']): Promise<Answer> {
  if (!isSame(held, intake.state))
    await saveIntake(work, intake, { state: held, untold: untoldAfter(intake) });
  return answer();
}

/** Its person goes on in chat, at the question that is open now. */
async function closeDraft(work: Work, intake: Intake, held: Intake['state']): Promise<Answer> {
  if (isSame(held, intake.state) && intake.untold === 'no') return answer();
  if (isUntouched(intake, held)) {
    await saveIntake(work, intake, { status: 'cancelled' });
    return answer();
  }
  const at = restingPlace(intake.form, held.answers);
  const next = await saveIntake(work, intake, { state: { ...held, at, changing: null, failures: 0 } });
  const open = openQuestion(next.form, next.state.answers);
  return answer(draftKept(intake.record.id, ownKeys(next.state).size, open?.ask ?? null));
}

/** Questions with something in them that was not known beforehand. */
function ownKeys({ answers, drafts, prefilled }: Intake['state']): ReadonlySet<string> {
  const answered = Object.keys(answers).filter((key) => answers[key] !== null && !prefilled.includes(key));
  return new Set([...answered, ...Object.keys(drafts)]);
}

/** Nothing was ever filled in of a form that was opened as a dialog. */
const isUntouched = ({ untold, state, pagesSent }: Intake, held: Intake['state']): boolean =>
  untold === 'never-asked' &&
  ownKeys(held).size === 0 &&
  isSame(held.answers, state.answers) &&
  Object.keys(pagesSent).length === 0;

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);
