/** Papers of an engagement: shown, filled in page by page or by typed words, corrected with a reason. Each save is a version. */
import { may } from '../domain/access.ts';
import type { Engagement } from '../domain/engagement.ts';
import type { FieldErrors, RawValues } from '../domain/field.ts';
import type { RequestNumber } from '../domain/ids.ts';
import { nextVersion, PAPER_KINDS, type Paper, type PaperKind } from '../domain/paper.ts';
import { missing, parseAnswers, questionsOf, settle, visible } from '../forms/form.ts';
import { fieldsOf, type Page, pageAfter, pages, readPage } from '../forms/pages.ts';
import type { Answers, FormContext } from '../forms/question.ts';
import { readSome } from '../forms/read-typed.ts';
import { showAnswer } from '../forms/show-answer.ts';
import { moveButtons } from '../messages/copy/moves.ts';
import {
  correctionNeedsReason,
  hasPapers,
  type PaperSection,
  type PaperWords,
  paperCard,
  paperMends,
  paperNotOpen,
  paperWords,
} from '../messages/copy/paper.ts';
import { noAccess, notYourStep } from '../messages/copy/refusals.ts';
import type { DialogPage, Message } from '../messages/message.ts';
import { record } from './change-engagement.ts';
import { readWords } from './guard.ts';
import { formContext } from './intake-context.ts';
import type { PaperForm } from './paper-form.ts';
import { paperForm } from './paper-forms.ts';
import { loadPeople } from './tell.ts';
import {
  type Answer,
  answer,
  answerPrivately,
  answerWithDialog,
  answerWithErrors,
  type Work,
} from './work.ts';

const LONGEST_REASON = 300;

/** One paper, opened by somebody who may read it. */
interface Opened {
  readonly engagement: Engagement;
  readonly words: PaperWords;
  readonly of: PaperForm;
  readonly latest: Paper | null;
  readonly answers: Answers;
  readonly context: FormContext;
  readonly hidden: ReadonlySet<string>;
}

export const isPaperKind = (kind: string): kind is PaperKind =>
  (PAPER_KINDS as readonly string[]).includes(kind);

async function open(work: Work, number: RequestNumber, kind: PaperKind): Promise<Opened | Answer> {
  const words = paperWords(kind);
  const engagement = await work.tx.engagements.forChange(number);
  if (!engagement || !may(work.person, words.read, engagement) || !hasPapers(engagement))
    return answer(
      engagement && may(work.person, 'request.read', engagement) ? notYourStep(number) : noAccess(number),
    );
  const of = paperForm(kind);
  const latest = await work.tx.papers.latest(kind, engagement.id);
  const known = latest ? latest.answers : ((await of.prefill?.(work, engagement)) ?? {});
  return {
    engagement,
    words,
    of,
    latest,
    answers: parseAnswers(of.form, known).answers,
    context: await formContext(work),
    hidden: of.hidden?.(work.person, engagement) ?? new Set(),
  };
}

const isAnswer = (opened: Opened | Answer): opened is Answer => 'say' in opened;

/** The answers of an engagement's paper as they are now, with what is missing; prefilled where nothing was saved. */
export async function paperNow(
  work: Work,
  engagement: Engagement,
  kind: PaperKind,
): Promise<{ readonly version: number; readonly answers: Answers; readonly missing: readonly string[] }> {
  const of = paperForm(kind);
  const latest = await work.tx.papers.latest(kind, engagement.id);
  const known = latest ? latest.answers : ((await of.prefill?.(work, engagement)) ?? {});
  const { answers } = parseAnswers(of.form, known);
  return {
    version: latest?.version ?? 0,
    answers,
    missing: [
      ...missing(of.form, answers).map(({ key }) => key),
      ...Object.keys(of.problems?.(answers) ?? {}),
    ],
  };
}

/** Shows the paper; the look is written down. */
export async function showPaper(work: Work, number: RequestNumber, kind: PaperKind): Promise<Answer> {
  const opened = await open(work, number, kind);
  if (isAnswer(opened)) return opened;
  await record(work, opened.engagement, { verb: `${kind}.read`, from: null, to: null });
  return answerPrivately(await draw(work, opened));
}

async function draw(work: Work, opened: Opened): Promise<Message> {
  const { engagement, words, of, latest, answers } = opened;
  const byId = latest?.byId ?? null;
  const by = byId === null ? undefined : (await loadPeople(work, [byId])).get(byId);
  const isSettled = of.isSettled(engagement);
  const mayWrite = canWrite(work, opened);
  return paperCard({
    number: engagement.number,
    systemName: engagement.systemName,
    title: words.title,
    kind: words.kind,
    typed: words.typed,
    sections: sectionsOf(opened),
    latest,
    byName: by?.name ?? null,
    mayWrite,
    isSettled,
    result: (await of.result?.(work, engagement, answers)) ?? [],
    buttons: moveButtons(engagement, work.person),
  });
}

const canWrite = (work: Work, { engagement, words }: Opened): boolean =>
  may(work.person, words.write, engagement) && words.states.includes(engagement.state);

function sectionsOf({ of, answers, context, hidden }: Opened): readonly PaperSection[] {
  const needed = new Set(missing(of.form, answers).map(({ key }) => key));
  return pages(of.form, answers).flatMap((page) => {
    const questions = page.questions.filter(({ key }) => !hidden.has(key));
    if (questions.length === 0) return [];
    const given = questions.filter(({ key }) => (answers[key] ?? null) !== null);
    return [
      {
        page: page.key,
        title: titleOf(page),
        answered: given.length,
        of: questions.length,
        missing: questions.filter(({ key }) => needed.has(key)).map(({ label }) => label),
        rows: given.map((question) => ({
          label: question.label,
          shown: showAnswer(question, answers[question.key] ?? '', context),
        })),
      },
    ];
  });
}

const titleOf = ({ title, key }: Page): string =>
  key.endsWith('-1') ? title : `${title} (${key.split('-').at(-1)})`;

/** Opens one page of the paper as a dialog. */
export async function openPaperPage(
  work: Work,
  number: RequestNumber,
  kind: PaperKind,
  pageKey: string,
): Promise<Answer> {
  const opened = await open(work, number, kind);
  if (isAnswer(opened)) return opened;
  if (!canWrite(work, opened) || opened.of.isSettled(opened.engagement)) return answer(notOpen(work, opened));
  const page = pages(opened.of.form, opened.answers).find(({ key }) => key === pageKey);
  return page ? answerWithDialog(dialogOf(opened, page)) : answerPrivately(await draw(work, opened));
}

function notOpen(work: Work, { engagement, words, of }: Opened): Message {
  if (!may(work.person, words.write, engagement)) return notYourStep(engagement.number);
  return paperNotOpen(words, engagement.number, of.isSettled(engagement));
}

function dialogOf(
  { engagement, words, answers, hidden }: Opened,
  page: Page,
  values: RawValues = {},
  errors: FieldErrors = {},
): DialogPage {
  const press = { verb: 'paper.page', subject: engagement.number, choice: `${words.kind}/${page.key}` };
  return {
    title: `${titleOf(page)} (${page.number} of ${page.of})`,
    intro: [],
    fields: fieldsOf(page, answers, values, errors).filter(({ id }) => !hidden.has(id)),
    sendLabel: 'Save',
    press,
    opener: press,
  };
}

/** Saves a page that was sent, and opens the next one; after the last the paper is shown. */
export async function savePaperPage(
  work: Work,
  number: RequestNumber,
  kind: PaperKind,
  pageKey: string,
  values: RawValues,
): Promise<Answer> {
  const opened = await open(work, number, kind);
  if (isAnswer(opened)) return opened;
  if (!canWrite(work, opened) || opened.of.isSettled(opened.engagement)) return answer(notOpen(work, opened));
  const { of, answers, hidden, context } = opened;
  const found = pages(of.form, answers).find(({ key }) => key === pageKey);
  if (!found) return answerPrivately(await draw(work, opened));
  const page = { ...found, questions: found.questions.filter(({ key }) => !hidden.has(key)) };
  const read = readPage(page, values, answers, context);
  if (!read.ok) return answerWithErrors(read.refusal.errors);
  const saved = await save(work, opened, read.value, null);
  const wrong = problemsOn(
    saved,
    page.questions.map(({ key }) => key),
  );
  if (Object.keys(wrong).length > 0) return answerWithErrors(wrong);
  const next = pageAfter(of.form, saved.answers, pageKey);
  return next ? answerWithDialog(dialogOf(saved, next)) : answerPrivately(await draw(work, saved));
}

const problemsOn = ({ of, answers }: Opened, keys: readonly string[]): FieldErrors =>
  Object.fromEntries(Object.entries(of.problems?.(answers) ?? {}).filter(([key]) => keys.includes(key)));

/** Writes the next version, unless nothing has changed. */
async function save(work: Work, opened: Opened, change: Answers, reason: string | null): Promise<Opened> {
  const { engagement, of, latest, words, context } = opened;
  const given = { ...opened.answers, ...change };
  const { answers } = settle(of.form, of.suggest?.(given) ?? given, context);
  if (latest && JSON.stringify(answers) === JSON.stringify(opened.answers)) return opened;
  const paper = nextVersion(latest, {
    kind: words.kind,
    subject: engagement.id,
    formVersion: of.form.version,
    answers,
    byId: work.person.id,
    at: work.now,
    reason,
  });
  if (!(await work.tx.papers.insert(paper))) throw new Error(`${words.kind} changed while it was locked`);
  await record(work, engagement, {
    verb: `${words.kind}.${reason === null ? 'write' : 'correct'}`,
    from: engagement.state,
    to: engagement.state,
    facts: { version: String(paper.version), changed: Object.keys(change).join(',') },
  });
  return { ...opened, latest: paper, answers };
}

/** `form ISSO-2026-0042`, with answers behind the number or without, or the title of the page to fill in. */
export async function typePaper(
  work: Work,
  number: RequestNumber,
  kind: PaperKind,
  rest: string,
): Promise<Answer> {
  if (rest.trim() === '') return showPaper(work, number, kind);
  const opened = await open(work, number, kind);
  if (isAnswer(opened)) return opened;
  const { of, answers, words, hidden, context } = opened;
  const page = pages(of.form, answers).find(
    (each) => titleOf(each).toLowerCase() === rest.trim().toLowerCase(),
  );
  if (page) return openPaperPage(work, number, kind, page.key);
  if (!canWrite(work, opened) || of.isSettled(opened.engagement)) return answer(notOpen(work, opened));
  const asked = visible(of.form, answers).filter(({ key }) => !hidden.has(key));
  const read = readSome(asked, rest, context);
  if (!read.ok) return answer(paperMends(words, number, read.refusal));
  const problems = of.problems?.({ ...answers, ...read.value }) ?? {};
  const wrong = Object.entries(problems).filter(([key]) => Object.hasOwn(read.value, key));
  if (wrong.length > 0) return answer(paperMends(words, number, Object.fromEntries(wrong)));
  const saved = await save(work, opened, read.value, null);
  return answerPrivately(await draw(work, saved));
}

/** T26: `correct form ISSO-2026-0042 poam open: 12; reason: miscounted`: the old value stays in the versions before. */
export async function correctPaper(
  work: Work,
  number: RequestNumber,
  kind: PaperKind,
  rest: string,
): Promise<Answer> {
  const opened = await open(work, number, kind);
  if (isAnswer(opened)) return opened;
  const { engagement, of, answers, words, hidden, context } = opened;
  if (!may(work.person, words.write, engagement)) return answer(notYourStep(number));
  if (!of.isSettled(engagement) || engagement.ending) return answer(notOpen(work, opened));
  const [, before = '', typedReason = ''] = /^(.*?)[;\n]?\s*reason:\s*(.+)$/isu.exec(rest) ?? [];
  const reason = readWords(typedReason, LONGEST_REASON);
  if (before.trim() === '' || !reason.ok) return answer(correctionNeedsReason(words, number));
  const asked = questionsOf(of.form).filter(({ key }) => !hidden.has(key));
  const read = readSome(asked, before, context);
  if (!read.ok) return answer(paperMends(words, number, read.refusal));
  const saved = await save(work, opened, read.value, reason.value);
  if (missing(of.form, saved.answers).length > missing(of.form, answers).length)
    throw new Error('a correction may not take an answer away that is needed');
  return answerPrivately(await draw(work, saved));
}
