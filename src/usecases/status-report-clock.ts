/** The rhythm of the weekly status report: Service ISSOs are asked, contract leads reminded, a late one is said (domain reference 6.1, 6.3). */
import type { Closure } from '../domain/calendar.ts';
import { isAssigned } from '../domain/engagement-states.ts';
import type { PersonId } from '../domain/ids.ts';
import { writtenOn } from '../domain/morning.ts';
import { asked } from '../domain/status-note.ts';
import { isOpenReport, newReport } from '../domain/status-report-kept.ts';
import {
  REPORT_STEPS,
  type ReportStep,
  type ReportWeek,
  stepAt,
  weeksAround,
} from '../domain/status-report-week.ts';
import { DAY_MS } from '../domain/time.ts';
import { noteRequest } from '../messages/copy/status-note.ts';
import { draftReady, reportLate } from '../messages/copy/status-report-news.ts';
import { REPORT_TIMES } from '../offerings/programme-timers.ts';
import type { Store } from '../ports.ts';
import { type Reporting, reportedEngagements, writersOf } from './status-report-facts.ts';
import {
  aboutNotes,
  keepNote,
  keepWeek,
  lockReports,
  noteNow,
  noteStillAsked,
  reportNow,
  reportStillIn,
} from './status-report-kept.ts';
import { holdersOf } from './status-report-told.ts';
import { tellPerson } from './tell.ts';
import type { Programme } from './work.ts';

interface Deps {
  readonly store: Store;
  readonly programme: Programme;
}

/** Up to which instant this process has seen to what was due, with the closures of then: others move what is due. */
export interface ReportMemory {
  doneUntil: Date | null;
  closures: readonly Closure[] | null;
}
export const freshReportMemory = (): ReportMemory => ({ doneUntil: null, closures: null });

/** That a report is late is of no use to anybody after so many days. */
const LATE_DAYS = 7;

interface Due {
  readonly week: ReportWeek;
  readonly step: ReportStep;
  readonly at: Date;
}

/** All steps around `now`, in order. */
function stepsAround({ timeZone, calendar }: Programme, now: Date): readonly Due[] {
  const weeks = weeksAround(now, REPORT_TIMES, { zone: timeZone, calendar });
  return weeks
    .flatMap((week) => REPORT_STEPS.map((step) => ({ week, step, at: stepAt(step, week, timeZone) })))
    .toSorted((a, b) => a.at.getTime() - b.at.getTime());
}

/**
 * Does what is due by `now`: each step of a week once, whatever runs twice. A step that comes so late that it has no point is left
 * out. Answers how many steps were done.
 */
export async function followStatusReports(
  { store, programme }: Deps,
  now: Date,
  memory: ReportMemory,
): Promise<number> {
  const { closures } = programme.calendar;
  const doneUntil = memory.closures === closures ? memory.doneUntil : null;
  const due = stepsAround(programme, now).filter(
    ({ at }) => at <= now && (doneUntil === null || at > doneUntil),
  );
  let done = 0;
  for (const each of due) {
    const isDone = await store.transaction((tx) => carryOut({ tx, now, programme }, each));
    if (isDone) done += 1;
  }
  memory.doneUntil = now;
  memory.closures = closures;
  return done;
}

/** When something is due next, from `after` on. */
export const nextReportAt = (programme: Programme, after: Date): Date | null =>
  stepsAround(programme, after).find(({ at }) => at > after)?.at ?? null;

async function carryOut(work: Reporting, { week, step }: Due): Promise<boolean> {
  await lockReports(work);
  switch (step) {
    case 'begin':
      return begin(work, week);
    case 'ask-again':
      return askAgain(work, week);
    case 'remind-lead':
      return tellLeads(work, week, true);
    case 'late':
      return tellLate(work, week);
    default:
      return step satisfies never;
  }
}

/** The draft begins and Service ISSOs are asked for their notes; not in a week in which nobody is onboarded or at work. */
async function begin(work: Reporting, week: ReportWeek): Promise<boolean> {
  const engagements = await reportedEngagements(work);
  const of = await reportNow(work, week.friday);
  if (work.now >= week.lateAt || !engagements.some(({ state }) => isAssigned(state))) return false;
  if (of.version === 0) await keepWeek(work, of, newReport());
  if (work.now < week.dueAt && isOpenReport(of.report))
    for (const id of writersOf(engagements).keys()) await askOne(work, week, id);
  return tellLeads(work, week, false);
}

/** Written when the person's day begins, so that it is part of their message of the day. What came before it is no answer to it. */
async function askOne(work: Reporting, week: ReportWeek, id: PersonId): Promise<void> {
  const own = await noteNow(work, week.friday, id);
  const person = await work.tx.people.get(id);
  if (!person || (own !== null && own.state !== 'early')) return;
  await keepNote(work, week.friday, id, asked(own));
  await tellPerson(work, id, {
    ...askingOf(week, id),
    key: `status-note:${week.friday}`,
    message: noteRequest(week, false, own),
    dueAt: later(work.now, writtenOn(week.askOn, person.timeZone)),
  });
}

const later = (one: Date, other: Date): Date => (one > other ? one : other);

const askingOf = (week: ReportWeek, id: PersonId) =>
  ({
    kind: 'reminder',
    urgency: 'routine',
    expiresAt: week.dueAt,
    about: aboutNotes(week.friday),
    stillTrue: noteStillAsked(week.friday, id),
  }) as const;

/** Not once the report is submitted: what is written then is for the next one. */
async function askAgain(work: Reporting, week: ReportWeek): Promise<boolean> {
  const { report } = await reportNow(work, week.friday);
  if (work.now >= week.dueAt || !isOpenReport(report)) return false;
  let count = 0;
  for (const id of writersOf(await reportedEngagements(work)).keys()) {
    const own = await noteNow(work, week.friday, id);
    if (own?.state !== 'asked') continue;
    const isNew = await tellPerson(work, id, {
      ...askingOf(week, id),
      key: `status-note-again:${week.friday}`,
      message: noteRequest(week, true, own),
    });
    if (isNew) count += 1;
  }
  return count > 0;
}

/** While it is not submitted. On the day before there is nothing more to say once its own day has begun. */
async function tellLeads(work: Reporting, week: ReportWeek, isDueDay: boolean): Promise<boolean> {
  const { version } = await reportNow(work, week.friday);
  if (version === 0 || work.now >= week.lateAt) return false;
  const until = isDueDay ? week.lateAt : stepAt('remind-lead', week, work.programme.timeZone);
  if (work.now >= until) return false;
  return tellOnce(work, await holdersOf(work, 'contractor_lead'), {
    key: isDueDay ? `status-report-due:${week.friday}` : `status-report-draft:${week.friday}`,
    kind: 'reminder',
    urgency: 'routine',
    message: draftReady(week, isDueDay),
    expiresAt: until,
    stillTrue: reportStillIn(week.friday, 'draft'),
  });
}

async function tellLate(work: Reporting, week: ReportWeek): Promise<boolean> {
  const expiresAt = new Date(week.lateAt.getTime() + LATE_DAYS * DAY_MS);
  const { version, report } = await reportNow(work, week.friday);
  if (version === 0 || report.state !== 'draft' || work.now >= expiresAt) return false;
  return tellOnce(work, await holdersOf(work, 'contractor_lead', 'gtl', 'cor'), {
    key: `status-report-late:${week.friday}`,
    kind: 'escalation',
    urgency: 'routine',
    message: reportLate(week),
    expiresAt,
    stillTrue: reportStillIn(week.friday, 'draft'),
  });
}

/** Whether anybody is told who was not before. */
async function tellOnce(
  work: Reporting,
  ids: readonly PersonId[],
  telling: Parameters<typeof tellPerson>[2],
): Promise<boolean> {
  let isNew = false;
  for (const id of ids) if (await tellPerson(work, id, telling)) isNew = true;
  return isNew;
}
