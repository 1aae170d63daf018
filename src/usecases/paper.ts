/** Papers of an engagement: shown, filled in page by page or by typed words, corrected with a reason. Each save is a version. */
import type { Engagement } from '../domain/engagement.ts';
import type { RawValues } from '../domain/field.ts';
import type { RequestNumber } from '../domain/ids.ts';
import { PAPER_KINDS, type PaperKind } from '../domain/paper.ts';
import { missing, parseAnswers } from '../forms/form.ts';
import type { Page } from '../forms/pages.ts';
import type { Answers } from '../forms/question.ts';
import type { ButtonPress } from '../messages/button.ts';
import { paperMends } from '../messages/copy/paper.ts';
import { record } from './change-engagement.ts';
import { showAsOf } from './paper-correct.ts';
import { paperForm } from './paper-forms.ts';
import { canWrite, draw, isAnswer, notOpen, type Opened, open, save } from './paper-opened.ts';
import { pageDialog, pageKeyed, pageTitled, readWritten, takePage } from './paper-sheet.ts';
import { type Answer, answer, answerPrivately, answerWithDialog, type Work } from './work.ts';

export const isPaperKind = (kind: string): kind is PaperKind =>
  (PAPER_KINDS as readonly string[]).includes(kind);

/** The answers of an engagement's paper as they are now, with what is missing in words; prefilled where nothing was saved. */
export async function paperNow(
  work: Pick<Work, 'tx' | 'programme'>,
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
      ...missing(of.form, answers).map(({ label }) => label),
      ...Object.values(of.problems?.(answers) ?? {}),
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
  const [, day] = /^as of (.{1,40})$/iu.exec(rest.trim()) ?? [];
  if (day !== undefined) return showAsOf(work, opened, day);
  const page = pageTitled(opened, rest);
  if (page) return openPaperPage(work, number, kind, page.key);
  if (!canWrite(work, opened) || opened.of.isSettled(opened.engagement)) return answer(notOpen(work, opened));
  const read = readWritten(opened, rest);
  if (!read.ok) return answer(paperMends(opened.words, number, read.refusal));
  const saved = await save(work, opened, read.value, null);
  return answerPrivately(await draw(work, saved));
}

const pressOf = ({ engagement, kind }: Opened, { key }: Page): ButtonPress => ({
  verb: 'paper.page',
  subject: engagement.number,
  choice: `${kind}/${key}`,
});
