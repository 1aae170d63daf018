/** The form in dialog pages: the same questions, the same answers, the same conversation. */
import type { RawValues } from '../domain/field.ts';
import type { ConversationId } from '../domain/ids.ts';
import { fill } from '../forms/conversation.ts';
import { openQuestion } from '../forms/conversation-state.ts';
import { fieldsOf, pageAfter, pages, readPage } from '../forms/pages.ts';
import { pageSaved } from '../messages/copy/intake.ts';
import { noSensitiveData } from '../messages/copy/mends.ts';
import { type DialogPage, say } from '../messages/message.ts';
import { lineText } from '../messages/plain-text.ts';
import { type Intake, saveIntake } from './intake-context.ts';
import { openPressed } from './intake-from-card.ts';
import { duplicateHold, ownerRefusal } from './move-intake.ts';
import { asideLines, duplicateMessage, presentHere } from './present-intake.ts';
import { type Answer, answer, answerWithDialog, answerWithErrors, type Work } from './work.ts';

/** Opens the page of the form on which the first open question stands. */
export function openPage(intake: Intake): Answer {
  const open = openQuestion(intake.form, intake.state.answers);
  const all = pages(intake.form, intake.state.answers);
  const page = all.find((each) => each.questions.some(({ key }) => key === open?.key)) ?? all[0];
  if (!page) return answer(presentHere(intake));
  return answerWithDialog(dialogOf(intake, page.key));
}

/** The dialog of one page, filled with the answers so far. */
function dialogOf(intake: Intake, pageKey: string): DialogPage {
  const page = pages(intake.form, intake.state.answers).find(({ key }) => key === pageKey);
  if (!page) throw new Error(`no page ${pageKey}`);
  return {
    title: `${page.title} (${page.number} of ${page.of})`,
    intro: [noSensitiveData()],
    fields: fieldsOf(page, intake.state.answers),
    sendLabel: page.number < page.of ? 'Save and go on' : 'Save',
    press: { verb: 'intake.page', subject: intake.record.id, choice: page.key },
  };
}

/** "Fill it in as a form". */
export async function openForm(work: Work, id: ConversationId): Promise<Answer> {
  const opened = await openPressed(work, id);
  return opened.ok ? openPage(opened.intake) : opened.answer;
}

/** A page was sent: good answers are kept even when others need mending. */
export async function savePage(
  work: Work,
  id: ConversationId,
  pageKey: string,
  values: RawValues,
): Promise<Answer> {
  const opened = await openPressed(work, id);
  if (!opened.ok) return opened.answer;
  const { intake } = opened;
  const page = pages(intake.form, intake.state.answers).find(({ key }) => key === pageKey);
  if (!page) return answer(presentHere(intake));
  const read = readPage(page, values, intake.state.answers, intake.context);
  if (!read.ok) {
    await saveIntake(work, intake, {
      state: fill(intake.form, intake.state, read.refusal.kept, intake.context).state,
    });
    return answerWithErrors(read.refusal.errors);
  }
  const made = fill(intake.form, intake.state, read.value, intake.context);
  const refusal = ownerRefusal(work, intake, made.state.answers);
  if (refusal)
    return answerWithErrors({ business_owner: lineText(refusal, { timeZone: work.person.timeZone }) });
  const hold = await duplicateHold(work, intake, made);
  const next = await saveIntake(work, intake, { state: made.state, hold });
  if (hold) return answer(await duplicateMessage(work, next, hold));
  const following = pageAfter(next.form, next.state.answers, pageKey);
  const before = asideLines(intake, next, made);
  if (following && openQuestion(next.form, next.state.answers)) {
    const asides = before.length > 0 ? [say(...before)] : [];
    return answer(...asides, pageSaved(page.number, page.of, intake.record.id));
  }
  return answer(presentHere(next, before));
}
