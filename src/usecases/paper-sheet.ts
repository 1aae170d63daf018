/** A paper as somebody works on it, whoever or whatever it is about: its pages as dialogs, its typed words, its next version. */
import type { FieldErrors, RawValues } from '../domain/field.ts';
import { nextVersion, type Paper, type PaperKind, type PaperSubject } from '../domain/paper.ts';
import type { Result } from '../domain/result.ts';
import { refused } from '../domain/result.ts';
import { type Form, missing, parseAnswers, questionsOf, settle, visible } from '../forms/form.ts';
import { fieldsOf, type Page, pageAfter, pages, readPage } from '../forms/pages.ts';
import type { Answers, FormContext, Question } from '../forms/question.ts';
import { readSome } from '../forms/read-typed.ts';
import { showAnswer } from '../forms/show-answer.ts';
import type { ButtonPress } from '../messages/button.ts';
import { notAskedNow, type PaperSection } from '../messages/copy/paper.ts';
import type { DialogPage } from '../messages/message.ts';
import { type Answer, answerWithDialog, answerWithErrors, type Work } from './work.ts';

/** The paper in hand. */
export interface Sheet {
  readonly kind: PaperKind;
  readonly subject: PaperSubject;
  readonly form: Form;
  /** Null while nothing was saved. */
  readonly latest: Paper | null;
  readonly answers: Answers;
  readonly context: FormContext;
  /** Keys of questions that whoever works on it neither sees nor fills in. */
  readonly hidden: ReadonlySet<string>;
  /** Keys of the questions that whoever works on it may fill in; left out: all that they see. */
  readonly only?: ReadonlySet<string>;
  /** Fills in what the answers so far suggest, for people to confirm. */
  readonly suggest?: (answers: Answers) => Answers;
  /** What does not fit together, by question key. */
  readonly problems?: (answers: Answers) => FieldErrors;
}

const seen = ({ hidden }: Sheet, questions: readonly Question[]): readonly Question[] =>
  questions.filter(({ key }) => !hidden.has(key));

const fillable = (sheet: Sheet, questions: readonly Question[]): readonly Question[] =>
  seen(sheet, questions).filter(({ key }) => sheet.only?.has(key) ?? true);

/** Its pages with their answers and what is still needed; pages with nothing to see are left out. */
export function sheetSections(sheet: Sheet): readonly PaperSection[] {
  const { form, answers, context } = sheet;
  const needed = new Set(missing(form, answers).map(({ key }) => key));
  return pages(form, answers).flatMap((page) => {
    const questions = seen(sheet, page.questions);
    if (questions.length === 0) return [];
    const given = questions.filter(({ key }) => (answers[key] ?? null) !== null);
    return [
      {
        page: page.key,
        title: pageTitle(page),
        answered: given.length,
        of: questions.length,
        isFillable: fillable(sheet, questions).length > 0,
        missing: questions.filter(({ key }) => needed.has(key)).map(({ label }) => label),
        rows: given.map((question) => ({
          label: question.label,
          shown: showAnswer(question, answers[question.key] ?? '', context),
        })),
      },
    ];
  });
}

/** Pages of one section are told apart by a number behind its title. */
const pageTitle = ({ title, key }: Page): string =>
  key.endsWith('-1') ? title : `${title} (${key.split('-').at(-1)})`;

export const pageKeyed = ({ form, answers }: Sheet, key: string): Page | undefined =>
  pages(form, answers).find((page) => page.key === key);

/** The page that `words` name by its title. */
export const pageTitled = (
  { form, answers }: Pick<Sheet, 'form' | 'answers'>,
  words: string,
): Page | undefined =>
  pages(form, answers).find((page) => pageTitle(page).toLowerCase() === words.trim().toLowerCase());

/** The page as a dialog; `press` opens it and is what sending it says. */
export const pageDialog = (sheet: Sheet, page: Page, press: ButtonPress): DialogPage => ({
  title: `${pageTitle(page)} (${page.number} of ${page.of})`,
  intro: [],
  fields: fieldsOf({ ...page, questions: fillable(sheet, page.questions) }, sheet.answers),
  sendLabel: 'Save',
  press,
  opener: press,
});

/** What is particular to a paper when one of its pages was sent. */
interface PageWays<S extends Sheet> {
  save(change: Answers): Promise<S>;
  pressOf(page: Page): ButtonPress;
  /** After the last page. */
  done(saved: S): Promise<Answer>;
}

/**
 * Takes in a page that was sent: good answers are saved and the next page opens. With something to mend nothing is saved; what only
 * doesn't go together is, and is marked.
 */
export async function takePage<S extends Sheet>(
  sheet: S,
  page: Page,
  values: RawValues,
  ways: PageWays<S>,
): Promise<Answer> {
  const questions = fillable(sheet, page.questions);
  const read = readPage({ ...page, questions }, values, sheet.answers, sheet.context);
  if (!read.ok) return answerWithErrors(read.refusal.errors);
  const saved = await ways.save(read.value);
  const wrong = problemsAmong(
    saved,
    saved.answers,
    questions.map(({ key }) => key),
  );
  if (Object.keys(wrong).length > 0) return answerWithErrors(wrong);
  const next = pageAfter(saved.form, saved.answers, page.key);
  const goesOn = next !== undefined && fillable(saved, next.questions).length > 0;
  return goesOn ? answerWithDialog(pageDialog(saved, next, ways.pressOf(next))) : ways.done(saved);
}

const problemsAmong = ({ problems }: Sheet, answers: Answers, keys: readonly string[]): FieldErrors =>
  Object.fromEntries(Object.entries(problems?.(answers) ?? {}).filter(([key]) => keys.includes(key)));

/** Reads `name: answer; other: answer`; one may open the question that the next answers. Refused with what to mend. */
export function readWritten(sheet: Sheet, text: string): Result<Answers, FieldErrors> {
  const questions = questionsOf(sheet.form);
  const read = readSome(fillable(sheet, questions), text, sheet.context);
  if (!read.ok) return read;
  const asked = new Set(visible(sheet.form, { ...sheet.answers, ...read.value }).map(({ key }) => key));
  const idle = questions.filter(({ key }) => Object.hasOwn(read.value, key) && !asked.has(key));
  if (idle.length > 0)
    return refused(Object.fromEntries(idle.map(({ key, label }) => [key, notAskedNow(label)])));
  const wrong = problemsAmong(sheet, { ...sheet.answers, ...read.value }, Object.keys(read.value));
  return Object.keys(wrong).length > 0 ? refused(wrong) : read;
}

/** Writes the next version with `change` in it, unless nothing has changed: then the sheet is as it was. */
export async function writeSheet<S extends Sheet>(
  work: Pick<Work, 'tx' | 'now' | 'person'>,
  sheet: S,
  change: Answers,
  reason: string | null,
): Promise<S> {
  const { kind, subject, form, latest, context, suggest } = sheet;
  const given = { ...sheet.answers, ...change };
  // A correction leaves what was settled as it is, also a day that has passed since.
  const { answers } =
    reason === null ? settle(form, suggest?.(given) ?? given, context) : parseAnswers(form, given);
  if (latest && JSON.stringify(answers) === JSON.stringify(sheet.answers)) return sheet;
  const paper = nextVersion(latest, {
    kind,
    subject,
    formVersion: form.version,
    answers,
    byId: work.person.id,
    at: work.now,
    reason,
  });
  if (!(await work.tx.papers.insert(paper))) throw new Error(`${kind} changed while it was locked`);
  return { ...sheet, latest: paper, answers };
}
