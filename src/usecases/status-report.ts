/** The weekly status report: shown, edited and submitted by the contractor lead; acknowledged or returned by the GTL or the COR. */
import { mayEver } from '../domain/access.ts';
import type { Mark } from '../domain/course.ts';
import type { RequestNumber } from '../domain/ids.ts';
import { forbiddenInReport } from '../domain/report-guard.ts';
import {
  acknowledgeReport,
  editWords,
  type KeptReport,
  type ReportRefusal,
  returnReport,
  submitReport,
  type WordsPart,
} from '../domain/status-report-kept.ts';
import { addDays, instantOf, type LocalDate } from '../domain/time.ts';
import { notYours } from '../messages/copy/refusals.ts';
import { type ReportView, reportMessage } from '../messages/copy/status-report.ts';
import { notSubmittedOn, othersWait } from '../messages/copy/status-report-absent.ts';
import { reportDocument } from '../messages/copy/status-report-document.ts';
import {
  editDialog,
  remarkDialog,
  reportDone,
  reportHolds,
  reportRefused,
  returnDialog,
  wordsEdited,
} from '../messages/copy/status-report-news.ts';
import { linesOf } from '../messages/document.ts';
import type { Message } from '../messages/message.ts';
import { noteDeed } from './note-deed.ts';
import { whyAbsent } from './status-report-absent.ts';
import { reportedEngagements } from './status-report-facts.ts';
import {
  aboutNotes,
  type KeptWeek,
  keepWeek,
  lockReports,
  reportAsOf,
  reportNow,
} from './status-report-kept.ts';
import { tellSettled, tellSubmitted } from './status-report-told.ts';
import {
  draftNow,
  isThere,
  newestSubmitted,
  othersWaiting,
  paperOf,
  powersOf,
  viewOf,
  weekOf,
  weekToWrite,
} from './status-report-view.ts';
import { loadPeople } from './tell.ts';
import { type Answer, answerPrivately, answerWithDialog, answerWithUpdate, type Work } from './work.ts';

/** Which report is meant, and by which card: nulls for typed words without a day, which mean the newest there is. */
export interface ReportRef {
  readonly friday: LocalDate | null;
  readonly version: number | null;
}

/** A day that names a report as it is now, or as it was at the end of `asOf`. */
export async function showReport(
  work: Work,
  friday: LocalDate | null,
  asOf: LocalDate | null = null,
): Promise<Answer> {
  if (!mayEver(work.person, 'status-report.read')) return answerPrivately(notYours());
  if (friday !== null && asOf !== null) return showAsOf(work, friday, asOf);
  const found = await reportFor(work, friday);
  return answerPrivately('view' in found ? reportMessage(found.view, powersOf(work)) : found.absent);
}

/** The report for this reader; else why there is none that they may see. */
export async function reportFor(
  work: Work,
  friday: LocalDate | null,
): Promise<{ readonly view: ReportView } | { readonly absent: Message }> {
  const powers = powersOf(work);
  const of =
    friday === null
      ? await (powers.mayWrite ? weekToWrite(work) : newestSubmitted(work))
      : await reportNow(work, friday);
  const view = of && (await viewOf(work, of, powers));
  return view ? { view } : { absent: whyAbsent(work, of) };
}

async function showAsOf(work: Work, friday: LocalDate, asOf: LocalDate): Promise<Answer> {
  const end = new Date(instantOf(addDays(asOf, 1), '00:00', work.programme.timeZone).getTime() - 1);
  const before = await reportAsOf(work, friday, end);
  const view = before && (await viewOf(work, before, { mayWrite: false }));
  return answerPrivately(
    view
      ? reportMessage(view, { mayWrite: false, maySettle: false })
      : notSubmittedOn(weekOf(work, friday), asOf),
  );
}

type Opened = { readonly of: KeptWeek } | { readonly answer: Answer };

/** Locked for a change, if the person may; a card that is out of date is answered with the report as it is now. */
async function open(
  work: Work,
  ref: ReportRef,
  verb: 'status-report.write' | 'status-report.settle',
): Promise<Opened> {
  if (!mayEver(work.person, verb)) return { answer: answerPrivately(notYours()) };
  await lockReports(work);
  const of = await meant(work, ref, verb);
  if (!of || !isThere(work, of)) return { answer: answerPrivately(whyAbsent(work, of)) };
  if (ref.version !== null && ref.version !== of.version)
    return { answer: await present(work, of, 'update') };
  return { of };
}

async function meant(
  work: Work,
  { friday }: ReportRef,
  verb: 'status-report.write' | 'status-report.settle',
): Promise<KeptWeek | null> {
  if (friday !== null) return reportNow(work, friday);
  return verb === 'status-report.write' ? weekToWrite(work) : newestSubmitted(work);
}

/** The report as it is now, for whoever is at work on it. */
async function present(work: Work, of: KeptWeek, how: 'say' | 'update'): Promise<Answer> {
  const view = await viewOf(work, of, powersOf(work));
  if (!view) return answerPrivately(whyAbsent(work, of));
  const message = reportMessage(view, powersOf(work));
  return how === 'say' ? answerPrivately(message) : { ...answerWithUpdate(message), personal: true };
}

/** Other words, or with null those that are drafted again. The words have been looked at by the guard. */
export async function editReport(
  work: Work,
  ref: ReportRef,
  edits: readonly (readonly [WordsPart, string | null])[],
): Promise<Answer> {
  const opened = await open(work, ref, 'status-report.write');
  if ('answer' in opened) return opened.answer;
  let report: KeptReport = opened.of.report;
  for (const [part, words] of edits) {
    const made = editWords(report, part, words);
    if (!made.ok) return refusal(work, opened.of, made.refusal);
    report = made.value;
  }
  const of = await keepWeek(work, opened.of, report);
  await note(work, of, 'edit');
  const shown = await present(work, of, 'say');
  return { ...shown, say: [wordsEdited(), ...shown.say, ...(await olderOnes(work, of))] };
}

/** Hands it to the GTL and the COR with the numbers of this moment. Not while something is in it that must not be. */
export async function submitWeek(work: Work, ref: ReportRef): Promise<Answer> {
  const opened = await open(work, ref, 'status-report.write');
  if ('answer' in opened) return opened.answer;
  const { numbers, said } = await draftNow(work, opened.of);
  const made = submitReport(opened.of.report, { by: byNow(work), numbers, ...said });
  if (!made.ok) return refusal(work, opened.of, made.refusal);
  const view = await viewOf(work, { ...opened.of, report: made.value }, { mayWrite: false });
  if (!view) throw new Error('a submitted report can be shown');
  const kinds = new Set(linesOf(reportDocument(paperOf(view))).flatMap(forbiddenInReport));
  if (kinds.size > 0) return answerPrivately(reportHolds(view.week, [...kinds]));
  const of = await keepWeek(work, opened.of, made.value);
  await note(work, of, 'submit');
  await work.tx.deliveries.suppress(aboutNotes(of.friday), 'the report is submitted');
  await tellSubmitted(work, { ...view, version: of.version });
  return done(work, of, 'submitted');
}

export async function acknowledgeWeek(work: Work, ref: ReportRef): Promise<Answer> {
  const opened = await open(work, ref, 'status-report.settle');
  if ('answer' in opened) return opened.answer;
  const made = acknowledgeReport(opened.of.report, byNow(work));
  if (!made.ok) return refusal(work, opened.of, made.refusal);
  const of = await keepWeek(work, opened.of, made.value);
  return settled(work, of, 'acknowledged');
}

/** The words have been looked at by the guard. */
export async function returnWeek(work: Work, ref: ReportRef, because: string): Promise<Answer> {
  const opened = await open(work, ref, 'status-report.settle');
  if ('answer' in opened) return opened.answer;
  const made = returnReport(opened.of.report, byNow(work), because);
  if (!made.ok) return refusal(work, opened.of, made.refusal);
  const of = await keepWeek(work, opened.of, made.value);
  return settled(work, of, 'returned');
}

async function settled(work: Work, of: KeptWeek, what: 'acknowledged' | 'returned'): Promise<Answer> {
  await note(work, of, what === 'returned' ? 'return' : 'acknowledge');
  const view = await viewOf(work, of, { mayWrite: false });
  if (view) await tellSettled(work, view);
  return done(work, of, what);
}

async function done(
  work: Work,
  of: KeptWeek,
  what: 'submitted' | 'acknowledged' | 'returned',
): Promise<Answer> {
  const shown = await present(work, of, 'update');
  const numbers = { asOf: of.report.submitted?.by.at ?? work.now, zone: work.programme.timeZone };
  return {
    ...shown,
    say: [reportDone(weekOf(work, of.friday), what, numbers), ...(await olderOnes(work, of))],
  };
}

async function refusal(work: Work, of: KeptWeek, { state }: ReportRefusal): Promise<Answer> {
  const { acknowledged } = of.report;
  const people = await loadPeople(work, [acknowledged?.byId ?? null]);
  const by = acknowledged && { name: people.get(acknowledged.byId)?.name ?? 'somebody', at: acknowledged.at };
  const why = reportRefused(weekOf(work, of.friday), state, by);
  return { ...answerPrivately(why), say: [why, ...(await olderOnes(work, of))] };
}

/** Names older ones that wait for the same people; nothing where none does. */
async function olderOnes(work: Work, of: KeptWeek): Promise<readonly Message[]> {
  const { mayWrite } = powersOf(work);
  const fridays = await othersWaiting(work, of, mayWrite ? 'contractor' : 'government');
  return fridays.length === 0 ? [] : [othersWait(fridays, mayWrite ? 'submit' : 'acknowledge')];
}

const byNow = ({ person, now }: Work): Mark => ({ byId: person.id, at: now });

const note = (work: Work, { friday, report }: KeptWeek, what: string): Promise<void> =>
  noteDeed(work, `status-report.${what}`, { week: friday, state: report.state });

/** Opens the dialog for the words, a remark, or the reason why it is returned. */
export async function askForReport(
  work: Work,
  ref: ReportRef,
  what: 'edit' | 'remark' | 'return',
): Promise<Answer> {
  const opened = await open(work, ref, what === 'return' ? 'status-report.settle' : 'status-report.write');
  if ('answer' in opened) return opened.answer;
  const view = await viewOf(work, opened.of, powersOf(work));
  if (!view) return answerPrivately(whyAbsent(work, opened.of));
  if (what === 'edit') return answerWithDialog(editDialog(view));
  return answerWithDialog(what === 'return' ? returnDialog(view) : remarkDialog(view, await numbersOf(work)));
}

/** Engagements that a remark can be about. */
export const numbersOf = async (work: Work): Promise<readonly RequestNumber[]> =>
  (await reportedEngagements(work)).map(({ number }) => number).toSorted();
