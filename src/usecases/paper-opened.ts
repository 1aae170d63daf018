/** One paper of an engagement, opened: who may read and write it, how it is drawn, how a version is written. */
import { may } from '../domain/access.ts';
import type { Engagement } from '../domain/engagement.ts';
import type { RequestNumber } from '../domain/ids.ts';
import type { PaperKind } from '../domain/paper.ts';
import { type LocalDate, sayLocalDate } from '../domain/time.ts';
import { parseAnswers } from '../forms/form.ts';
import type { Answers } from '../forms/question.ts';
import { moveButtons } from '../messages/copy/moves.ts';
import { hasPapers, type PaperWords, paperCard, paperNotOpen, paperWords } from '../messages/copy/paper.ts';
import { noAccess, notYourStep } from '../messages/copy/refusals.ts';
import type { Message } from '../messages/message.ts';
import { record } from './change-engagement.ts';
import { formContext } from './intake-context.ts';
import { afterCardChange } from './nudge-refresh.ts';
import type { PaperForm } from './paper-form.ts';
import { paperForm } from './paper-forms.ts';
import { type Sheet, sheetSections, writeSheet } from './paper-sheet.ts';
import { loadPeople } from './tell.ts';
import { type Answer, answer, type Work } from './work.ts';

/** One paper of an engagement, opened by somebody who may read it. */
export interface Opened extends Sheet {
  readonly engagement: Engagement;
  readonly words: PaperWords;
  readonly of: PaperForm;
}

/** Opens it for somebody who may read it; else the answer that says so. */
export async function open(work: Work, number: RequestNumber, kind: PaperKind): Promise<Opened | Answer> {
  const words = paperWords(kind);
  const engagement = await work.tx.engagements.forChange(number);
  if (!engagement || !may(work.person, words.read, engagement) || !hasPapers(engagement))
    return answer(
      engagement && may(work.person, 'request.read', engagement) ? notYourStep(number) : noAccess(number),
    );
  const of = paperForm(kind);
  const latest = await work.tx.papers.latest(kind, engagement.id);
  const known = latest ? latest.answers : ((await of.prefill?.(work, engagement)) ?? {});
  const part = may(work.person, words.write, engagement)
    ? null
    : (of.part?.(work.person, engagement) ?? null);
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
    ...(part ? { only: part } : {}),
    ...(of.suggest ? { suggest: of.suggest } : {}),
    ...(of.problems ? { problems: of.problems } : {}),
  };
}

export const isAnswer = (opened: Opened | Answer): opened is Answer => 'say' in opened;

/** The paper as its reader sees it; `asOf`: as it was that day, with nothing to do. */
export async function draw(work: Work, opened: Opened, asOf: LocalDate | null = null): Promise<Message> {
  const { engagement, words, of, latest, answers } = opened;
  const byId = latest?.byId ?? null;
  const by = byId === null ? undefined : (await loadPeople(work, [byId])).get(byId);
  const isSettled = of.isSettled(engagement);
  const mayWrite = asOf === null && canWrite(work, opened);
  return paperCard({
    number: engagement.number,
    systemName: engagement.systemName,
    title: asOf === null ? words.title : `${words.title} as of ${sayLocalDate(asOf)}`,
    kind: words.kind,
    typed: words.typed,
    sections: sheetSections(opened),
    latest,
    byName: by?.name ?? null,
    mayWrite,
    isSettled,
    result: (await of.result?.(work, engagement, answers)) ?? [],
    buttons: asOf === null ? moveButtons(engagement, work.person) : [],
  });
}

/** True when this person fills it in, or a part of it, at this step. */
export const canWrite = (work: Work, opened: Opened): boolean =>
  mayFill(work, opened) && opened.words.states.includes(opened.engagement.state);

const mayFill = (work: Work, { engagement, words, only }: Opened): boolean =>
  only !== undefined || may(work.person, words.write, engagement);

/** Why it can't be filled in now. */
export function notOpen(work: Work, opened: Opened): Message {
  const { engagement, words, of } = opened;
  if (!mayFill(work, opened)) return notYourStep(engagement.number);
  return paperNotOpen(words, engagement.number, of.isSettled(engagement));
}

/** Writes the next version with its record, unless nothing has changed. */
export async function save(
  work: Work,
  opened: Opened,
  change: Answers,
  reason: string | null,
): Promise<Opened> {
  const { engagement, kind } = opened;
  const saved = await writeSheet(work, opened, change, reason);
  if (saved === opened) return opened;
  await record(work, engagement, {
    verb: `${kind}.${reason === null ? 'write' : 'correct'}`,
    from: engagement.state,
    to: engagement.state,
    facts: { version: String(saved.latest?.version), changed: Object.keys(change).join(',') },
  });
  // Whoever was asked to prepare is asked no more.
  if (kind === 'preparation') await afterCardChange(work, engagement);
  return saved;
}
