/** A weekly status report as its readers see it: as it was submitted, or drafted from the cards as they are now. */
import { mayEver } from '../domain/access.ts';
import { statusReport } from '../domain/status-report.ts';
import { isOpenReport, type SubmittedReport } from '../domain/status-report-kept.ts';
import { fridayOf, hasBegun, type ReportWeek, reportWeek } from '../domain/status-report-week.ts';
import { addDays, type LocalDate } from '../domain/time.ts';
import {
  type ReportPowers,
  type ReportView,
  reportHead,
  statusLines,
} from '../messages/copy/status-report.ts';
import type { ReportPaper } from '../messages/copy/status-report-document.ts';
import { saidWords, type WrittenNote } from '../messages/copy/status-report-words.ts';
import { REPORT_TIMES } from '../offerings/programme-timers.ts';
import { type Reporting, reportedEngagements, reportFacts, writersOf } from './status-report-facts.ts';
import { type KeptWeek, notesOf, reportNow, reportsOf } from './status-report-kept.ts';
import { loadPeople } from './tell.ts';
import { type Programme, programmeToday, type Work } from './work.ts';

/** The week of that Friday in the programme. */
export const weekOf = ({ programme }: { readonly programme: Programme }, friday: LocalDate): ReportWeek =>
  reportWeek(friday, REPORT_TIMES, { zone: programme.timeZone, calendar: programme.calendar });

/** The Friday of the present week. */
export const thisFriday = (work: Pick<Work, 'now' | 'programme'>): LocalDate =>
  fridayOf(programmeToday(work));

export const powersOf = ({ person }: Pick<Work, 'person'>): ReportPowers => ({
  mayWrite: mayEver(person, 'status-report.write'),
  maySettle: mayEver(person, 'status-report.settle'),
});

/** Numbers and words that are as they will be submitted, at the instant of `work`. */
export async function draftNow(work: Reporting, { friday, report }: KeptWeek) {
  const engagements = await reportedEngagements(work);
  const writers = writersOf(engagements);
  const written = await notesOf(work, friday, [...writers.keys()]);
  const people = await loadPeople(work, written.keys());
  const notes = [...writers].flatMap(([id, numbers]): readonly WrittenNote[] => {
    const words = written.get(id);
    return words ? [{ name: people.get(id)?.name ?? 'not named', numbers, words }] : [];
  });
  const numbers = statusReport(await reportFacts(work, engagements));
  return { numbers, said: saidWords(numbers, notes, report.words) };
}

/** Live for whoever writes it while it is open; else as it was submitted last, and null where it never was. */
export async function viewOf(
  work: Reporting,
  of: KeptWeek,
  { mayWrite }: Pick<ReportPowers, 'mayWrite'>,
): Promise<ReportView | null> {
  const { report, friday, version } = of;
  const isLive = mayWrite && isOpenReport(report) && isThere(work, of);
  if (!isLive && !report.submitted) return null;
  const shown =
    isLive || !report.submitted
      ? { ...(await draftNow(work, of)), asOf: work.now }
      : frozen(report.submitted);
  const marks = [report.submitted?.by, report.acknowledged, report.returned];
  return {
    ...shown,
    week: weekOf(work, friday),
    kept: report,
    version,
    people: await loadPeople(
      work,
      marks.map((each) => each?.byId ?? null),
    ),
    zone: work.programme.timeZone,
    now: work.now,
  };
}

const frozen = ({ numbers, risks, help, remarks, by }: SubmittedReport) => ({
  numbers,
  said: { risks, help, remarks },
  asOf: by.at,
});

/** What a file of it says. */
export const paperOf = (view: ReportView): ReportPaper => ({
  title: reportHead(view),
  at: view.asOf,
  status: statusLines(view),
  numbers: view.numbers,
  said: view.said,
});

/** Weeks back in which something may still wait. */
const WEEKS_BACK = 4;

/** What is said of the last weeks is read at an instant of the programme. */
type Weekly = Pick<Work, 'tx' | 'now' | 'programme'>;

/** The present week's report: the newest that was begun; where none was, this week's, which is still to begin. */
export async function weekToWrite(work: Weekly): Promise<KeptWeek> {
  const friday = thisFriday(work);
  const reports = await reportsOf(work, weeksBack(friday));
  const begun = reports.findLast((each) => isThere(work, each));
  const present = await reportNow(work, friday);
  return begun === undefined || (isThere(work, present) && present.friday > begun.friday) ? present : begun;
}

/**
 * Whether there is a report: its draft was kept, or its week is not over and has begun. No draft can be kept afterwards, for numbers
 * of then are not known.
 */
export function isThere(work: Weekly, { version, friday }: KeptWeek): boolean {
  if (version > 0) return true;
  return friday >= thisFriday(work) && hasBegun(weekOf(work, friday), work.now, work.programme.timeZone);
}

/** Other weeks of the last ones whose report waits for the same people, oldest first. */
export async function othersWaiting(
  work: Weekly,
  { friday }: KeptWeek,
  whom: 'contractor' | 'government',
): Promise<readonly LocalDate[]> {
  const reports = await reportsOf(work, weeksBack(thisFriday(work)));
  return reports
    .filter((each) => each.friday < friday)
    .filter(({ report }) => (whom === 'contractor' ? isOpenReport(report) : report.state === 'submitted'))
    .map((each) => each.friday);
}

/** The newest that was submitted in the last weeks; null for none. */
export async function newestSubmitted(work: Weekly): Promise<KeptWeek | null> {
  const reports = await reportsOf(work, weeksBack(thisFriday(work)));
  return reports.findLast(({ report }) => report.submitted !== null) ?? null;
}

/** The Fridays, oldest first, with the one after, whose report may be due this week. */
const weeksBack = (friday: LocalDate): readonly LocalDate[] =>
  Array.from({ length: WEEKS_BACK + 2 }, (_, index) => addDays(friday, 7 * (index - WEEKS_BACK)));
