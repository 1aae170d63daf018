/** The form in dialog pages: the same questions, the same answers, the same conversation. */
import type { RawValues } from '../domain/field.ts';
import type { ConversationId } from '../domain/ids.ts';
import { fill } from '../forms/conversation.ts';
import { openQuestion } from '../forms/conversation-state.ts';
import { type HalfFilled, keepHalfFilled, readHalfFilled } from '../forms/drafts.ts';
import { fieldsOf, type Page, pageAfter, pages, readPage } from '../forms/pages.ts';
import { startedAfresh } from '../messages/copy/intake.ts';
import { pageSavedLine } from '../messages/copy/intake-dialog.ts';
import { noSensitiveData } from '../messages/copy/mends.ts';
import type { Line } from '../messages/inline.ts';
import type { DialogPage } from '../messages/message.ts';
import { lineText } from '../messages/plain-text.ts';
import { type Intake, saveIntake, untoldAfter } from './intake-context.ts';
import { openPressed } from './intake-from-card.ts';
import { duplicateHold, ownerRefusal } from './move-intake.ts';
import { asideLines, duplicateMessage, presentHere } from './present-intake.ts';
import { type Answer, answer, answerWithDialog, answerWithErrors, type Work } from './work.ts';

/** Opens the page of the form on which the first open question stands; `before` is said above its fields. */
export function openPage(intake: Intake, before: readonly Line[] = []): Answer {
  const open = openQuestion(intake.form, intake.state.answers);
  const all = pages(intake.form, intake.state.answers);
  const page = all.find((each) => each.questions.some(({ key }) => key === open?.key)) ?? all[0];
  if (!page) return answer(presentHere(intake));
  return answerWithDialog(dialogOf(intake, page, intake.afresh ? [startedAfresh(), ...before] : before));
}

/** The page of that key, if it has something to fill in now. */
export const pageBy = ({ form, state }: Intake, pageKey: string): Page | undefined =>
  pages(form, state.answers).find(({ key }) => key === pageKey);

/** How often the page was taken: a dialog carries it as its version. */
export const sentCount = ({ pagesSent }: Intake, pageKey: string): number =>
  Object.hasOwn(pagesSent, pageKey) ? (pagesSent[pageKey] ?? 0) : 0;

/** The dialog of one page, filled with the answers so far, and with what was typed and is no answer yet. */
function dialogOf(intake: Intake, page: Page, before: readonly Line[]): DialogPage {
  const { id } = intake.record;
  return {
    title: `${page.title} (${page.number} of ${page.of})`,
    intro: [...before, noSensitiveData()],
    fields: fieldsOf(page, intake.state.answers, intake.state.drafts),
    sendLabel: page.number < page.of ? 'Save and go on' : 'Save',
    press: { verb: 'intake.page', subject: id, version: sentCount(intake, page.key), choice: page.key },
    opener: { verb: 'intake.form', subject: id },
  };
}

/** "Fill it in as a form". */
export async function openForm(work: Work, id: ConversationId): Promise<Answer> {
  const opened = await openPressed(work, id, 'dialog');
  return opened.ok ? openPage(opened.intake) : opened.answer;
}

/**
 * A page was sent: its answers are kept, and the dialog of the following page comes in its place; after the last one the
 * review is said in chat. Good answers are kept even when others need mending.
 */
export async function savePage(
  work: Work,
  id: ConversationId,
  pageKey: string,
  values: RawValues,
): Promise<Answer> {
  const opened = await openPressed(work, id, 'dialog');
  if (!opened.ok) return opened.answer;
  const { intake } = opened;
  const page = pageBy(intake, pageKey);
  if (!page) return answer(presentHere(intake));
  const read = readPage(page, values, intake.state.answers, intake.context);
  const half = allowed(
    work,
    intake,
    readHalfFilled(page, values, intake.state.answers, intake.context),
    values,
  );
  if (!read.ok || half.errors) {
    const state = keepHalfFilled(intake.form, intake.state, half.halfFilled, intake.context);
    await saveIntake(work, intake, { state, untold: untoldAfter(intake) });
    return answerWithErrors({ ...(read.ok ? {} : read.refusal.errors), ...half.errors });
  }
  const made = fill(intake.form, intake.state, read.value, intake.context);
  const hold = await duplicateHold(work, intake, made, Object.keys(read.value));
  const following = hold ? undefined : pageAfter(intake.form, made.state.answers, pageKey);
  const goesOn = following !== undefined && openQuestion(intake.form, made.state.answers) !== undefined;
  const next = await saveIntake(work, intake, {
    state: made.state,
    hold,
    pagesSent: { ...intake.pagesSent, [pageKey]: sentCount(intake, pageKey) + 1 },
    untold: goesOn ? untoldAfter(intake) : 'no',
  });
  if (hold) return answer(await duplicateMessage(work, next, hold));
  const before = asideLines(intake, next, made);
  if (!goesOn || !following) return answer(presentHere(next, before));
  return answerWithDialog(dialogOf(next, following, [pageSavedLine(page.number, page.of), ...before]));
}

/** The half-filled page without an owner whom this person may not file for: that name is a draft, with its error. */
export function allowed(
  work: Work,
  intake: Intake,
  { kept, typed }: HalfFilled,
  values: RawValues,
): { readonly halfFilled: HalfFilled; readonly errors: Readonly<Record<string, string>> | null } {
  const refusal = ownerRefusal(work, intake, kept);
  if (!refusal) return { halfFilled: { kept, typed }, errors: null };
  const { business_owner: _owner, ...others } = kept;
  return {
    halfFilled: { kept: others, typed: { ...typed, business_owner: values.business_owner ?? null } },
    errors: { business_owner: lineText(refusal, { timeZone: work.person.timeZone }) },
  };
}
