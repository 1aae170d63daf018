/** Papers of an engagement: shown, filled in page by page or by typed words, corrected with a reason. Each save is a version. */
import { may } from '../domain/access.ts';
import type { Engagement } from '../domain/engagement.ts';
import type { RawValues } from '../domain/field.ts';
import type { RequestNumber } from '../domain/ids.ts';
import { PAPER_KINDS, type PaperKind } from '../domain/paper.ts';
import { missing, parseAnswers, questionsOf } from '../forms/form.ts';
import type { Page } from '../forms/pages.ts';
import type { Answers } from '../forms/question.ts';
import type { ButtonPress } from '../messages/button.ts';
import { moveButtons } from '../messages/copy/moves.ts';
import {
  correctionNeedsReason,
  hasPapers,
  type PaperWords,
  paperCard,
  paperMends,
  paperNotOpen,
  paperWords,
} from '../messages/copy/paper.ts';
import { noAccess, notYourStep } from '../messages/copy/refusals.ts';
import type { Message } from '../messages/message.ts';
import { record } from './change-engagement.ts';
import { readWords } from './guard.ts';
import { formContext } from './intake-context.ts';
import type { PaperForm } from './paper-form.ts';
import { paperForm } from './paper-forms.ts';
import {
  pageDialog,
  pageKeyed,
  pageTitled,
  readWritten,
  type Sheet,
  sheetSections,
  takePage,
  writeSheet,
} from './paper-sheet.ts';
import { loadPeople } from './tell.ts';
import { type Answer, answer, answerPrivately, answerWithDialog, type Work } from './work.ts';

const LONGEST_REASON = 300;

/** One paper of an engagement, opened by somebody who may read it. */
interface Opened extends Sheet {
  readonly engagement: Engagement;
  readonly words: PaperWords;
  readonly of: PaperForm;
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
    kind,
    subject: engagement.id,
    form: of.form,
    latest,
    answers: parseAnswers(of.form, known).answers,
    context: await formContext(work),
    hidden: of.hidden?.(work.person, engagement) ?? new Set(),
    ...(of.suggest ? { suggest: of.suggest } : {}),
    ...(of.problems ? { problems: of.problems } : {}),
  };
}

const isAnswer = (opened: Opened | Answer): opened is Answer => 'say' in opened;

/** The answers of an engagement's paper as they are now, with what is missing; prefilled where nothing was saved. */
export async function paperNow(
  work: Pick<Work, 'tx'>,
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

/**
 * As `paperNow`, for a step that settles the paper: what stands in it by itself and is complete becomes its first version, so
 * that what was settled can be read back.
 */
export async function paperToSettle(
  work: Work,
  engagement: Engagement,
  kind: PaperKind,
): ReturnType<typeof paperNow> {
  const now = await paperNow(work, engagement, kind);
  if (now.version > 0 || now.missing.length > 0) return now;
  const { form } = paperForm(kind);
  const { id: subject } = engagement;
  await work.tx.papers.insert({
    kind,
    subject,
    version: 1,
    formVersion: form.version,
    answers: now.answers,
    byId: work.person.id,
    at: work.now,
    reason: null,
  });
  return { ...now, version: 1 };
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
    sections: sheetSections(opened),
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
  const page = pageKeyed(opened, pageKey);
  return page
    ? answerWithDialog(pageDialog(opened, page, pressOf(opened, page)))
    : answerPrivately(await draw(work, opened));
}

function notOpen(work: Work, { engagement, words, of }: Opened): Message {
  if (!may(work.person, words.write, engagement)) return notYourStep(engagement.number);
  return paperNotOpen(words, engagement.number, of.isSettled(engagement));
}

const pressOf = ({ engagement, kind }: Opened, { key }: Page): ButtonPress => ({
  verb: 'paper.page',
  subject: engagement.number,
  choice: `${kind}/${key}`,
});

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
  const page = pageKeyed(opened, pageKey);
  if (!page) return answerPrivately(await draw(work, opened));
  return takePage(opened, page, values, {
    save: (change) => save(work, opened, change, null),
    pressOf: (next) => pressOf(opened, next),
    done: async (saved) => answerPrivately(await draw(work, saved)),
  });
}

/** Writes the next version with its record, unless nothing has changed. */
async function save(work: Work, opened: Opened, change: Answers, reason: string | null): Promise<Opened> {
  const { engagement, kind } = opened;
  const saved = await writeSheet(work, opened, change, reason);
  if (saved === opened) return opened;
  await record(work, engagement, {
    verb: `${kind}.${reason === null ? 'write' : 'correct'}`,
    from: engagement.state,
    to: engagement.state,
    facts: { version: String(saved.latest?.version), changed: Object.keys(change).join(',') },
  });
  return saved;
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
  const page = pageTitled(opened, rest);
  if (page) return openPaperPage(work, number, kind, page.key);
  if (!canWrite(work, opened) || opened.of.isSettled(opened.engagement)) return answer(notOpen(work, opened));
  const read = readWritten(opened, rest);
  if (!read.ok) return answer(paperMends(opened.words, number, read.refusal));
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
  const { engagement, of, answers, words } = opened;
  if (!may(work.person, words.write, engagement)) return answer(notYourStep(number));
  if (!of.isSettled(engagement) || engagement.ending) return answer(notOpen(work, opened));
  const [, before = '', typedReason = ''] = /^(.*?)[;\n]?\s*reason:\s*(.+)$/isu.exec(rest) ?? [];
  const reason = readWords(typedReason, LONGEST_REASON);
  if (before.trim() === '' || !reason.ok) return answer(correctionNeedsReason(words, number));
  const read = readWritten(opened, before, questionsOf(of.form));
  if (!read.ok) return answer(paperMends(words, number, read.refusal));
  const saved = await save(work, opened, read.value, reason.value);
  if (missing(of.form, saved.answers).length > missing(of.form, answers).length)
    throw new Error('a correction may not take an answer away that is needed');
  return answerPrivately(await draw(work, saved));
}
