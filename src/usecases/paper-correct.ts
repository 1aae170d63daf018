/** What was settled, corrected with a reason, and read as it was on any day. */
import { may } from '../domain/access.ts';
import { notePaperCorrected } from '../domain/engagement-scoping.ts';
import type { RequestNumber } from '../domain/ids.ts';
import type { PaperKind } from '../domain/paper.ts';
import { addDays, instantOf, localDate } from '../domain/time.ts';
import { type Form, missing, parseAnswers } from '../forms/form.ts';
import type { Answers } from '../forms/question.ts';
import { GIVE_AS_OF } from '../messages/copy/card-items.ts';
import { correctionLeavesGap, correctionNeedsReason, paperMends } from '../messages/copy/paper.ts';
import { notYourStep } from '../messages/copy/refusals.ts';
import { say } from '../messages/message.ts';
import { record, saveEngagement } from './change-engagement.ts';
import { readWords } from './guard.ts';
import { readDayNear } from './meeting-words.ts';
import { draw, isAnswer, notOpen, type Opened, open, save } from './paper-opened.ts';
import { readWritten } from './paper-sheet.ts';
import { type Answer, answer, answerPrivately, type Work } from './work.ts';

const LONGEST_REASON = 300;

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
  const at = rest.toLowerCase().lastIndexOf('reason:');
  const before = at < 0 ? '' : rest.slice(0, at).replace(/[;\s]$/u, '');
  const reason = readWords(at < 0 ? '' : rest.slice(at + 'reason:'.length), LONGEST_REASON);
  if (before.trim() === '' || !reason.ok) return answer(correctionNeedsReason(words, number));
  const read = readWritten(opened, before);
  if (!read.ok) return answer(paperMends(words, number, read.refusal));
  const taken = lostBy(of.form, answers, read.value);
  if (taken.length > 0) return answer(paperMends(words, number, { needed: correctionLeavesGap(taken) }));
  const saved = await save(work, opened, read.value, reason.value);
  await noteCorrected(work, saved);
  return answerPrivately(await draw(work, saved));
}

/** Labels of what is needed and would be there no more, or that the change makes needed. */
function lostBy(form: Form, answers: Answers, change: Answers): readonly string[] {
  const before = new Set(missing(form, answers).map(({ key }) => key));
  const after = missing(form, parseAnswers(form, { ...answers, ...change }).answers);
  return after.filter(({ key }) => !before.has(key)).map(({ label }) => label);
}

/** What was settled is the corrected version from now on. */
async function noteCorrected(work: Work, { engagement, words, latest }: Opened): Promise<void> {
  const { kind } = words;
  if (!latest || (kind !== 'request-form' && kind !== 'skill-profile')) return;
  const noted = notePaperCorrected(engagement, kind, latest.version);
  if (noted.ok)
    await saveEngagement(work, noted.value, `${kind}.settle`, { facts: { version: String(latest.version) } });
}

/** `form ISSO-2026-0042 as of 12/1/2026`: as it was at the end of that day. */
export async function showAsOf(work: Work, opened: Opened, words: string): Promise<Answer> {
  const { engagement, of } = opened;
  const { now, programme } = work;
  const day = readDayNear(words, localDate(now, programme.timeZone));
  if (!day) return answerPrivately(say(GIVE_AS_OF));
  const at = new Date(instantOf(addDays(day, 1), '00:00', programme.timeZone).getTime() - 1);
  const latest = await work.tx.papers.asOf(opened.words.kind, engagement.id, at);
  const answers = latest ? parseAnswers(of.form, latest.answers).answers : {};
  await record(work, engagement, {
    verb: `${opened.words.kind}.read`,
    from: null,
    to: null,
    facts: { asOf: day, version: String(latest?.version ?? 0) },
  });
  return answerPrivately(await draw(work, { ...opened, latest, answers }, day));
}
