/** The weekly status reports of the last weeks: drafted, submitted and acknowledged on what was so on those days (domain reference 6.3). */
import { nextBusinessDay } from '../../domain/calendar.ts';
import type { Engagement } from '../../domain/engagement.ts';
import type { PersonId } from '../../domain/ids.ts';
import type { Paper } from '../../domain/paper.ts';
import { answered, asked, type StatusNote } from '../../domain/status-note.ts';
import { statusReport } from '../../domain/status-report.ts';
import {
  acknowledgeReport,
  editWords,
  type KeptReport,
  newReport,
  submitReport,
} from '../../domain/status-report-kept.ts';
import { fridayOf, type ReportWeek, reportWeek } from '../../domain/status-report-week.ts';
import { addDays, instantOf, type LocalDate, type LocalTime } from '../../domain/time.ts';
import { saidWords } from '../../messages/copy/status-report-words.ts';
import { REPORT_TIMES } from '../../offerings/programme-timers.ts';
import { REPORTED, writersOf } from '../status-report-facts.ts';
import { factsOn } from './report-facts.ts';
import { holders, latestPaper, noteApart, personOf, type World, writePaper } from './world.ts';

/** Weeks back in which reports were submitted. */
const WEEKS = 3;
const NOTED: LocalTime = '14:20';
const SUBMITTED: LocalTime = '10:40';
const ACKNOWLEDGED: LocalTime = '09:50';
const FORM_VERSION = 1;

/** Something that is written at an instant between the steps of the stories. */
interface ReportMoment {
  readonly at: Date;
  happens(): void;
}

/** All that was written for the reports that were due before today, in order; the newest one is not acknowledged yet. */
export function reportMoments(world: World): readonly ReportMoment[] {
  const weeks = weeksBefore(world);
  return weeks.flatMap((week, place) => {
    const isNewest = place === weeks.length - 1;
    return [
      momentOn(world, week.askOn, '00:00', (at) => begin(world, week, at)),
      momentOn(world, week.askOn, NOTED, (at) => writeNotes(world, week, place, at)),
      momentOn(world, week.dueOn, SUBMITTED, (at) => submit(world, week, place, at)),
      ...(isNewest ? [] : [acknowledgement(world, week)]),
    ];
  });
}

function weeksBefore({ when }: World): readonly ReportWeek[] {
  const { today, timeZone: zone, calendar } = when;
  const friday = fridayOf(today);
  return Array.from({ length: WEEKS + 1 }, (_, back) => addDays(friday, -7 * (WEEKS - back)))
    .map((each) => reportWeek(each, REPORT_TIMES, { zone, calendar }))
    .filter(({ dueOn }) => dueOn < today)
    .slice(-WEEKS);
}

function momentOn(
  { when }: World,
  on: LocalDate,
  time: LocalTime,
  happens: (at: Date) => void,
): ReportMoment {
  const at = instantOf(on, time, when.timeZone);
  return { at, happens: () => happens(at) };
}

const acknowledgement = (world: World, { friday, dueOn }: ReportWeek): ReportMoment =>
  momentOn(world, nextBusinessDay(dueOn, world.when.calendar), ACKNOWLEDGED, (at) => {
    const [byId = ''] = holders(world, 'gtl');
    const made = acknowledgeReport(reportOf(world, friday), { byId, at });
    if (!made.ok) throw new Error(`the report of ${friday} can't be acknowledged`);
    keepReport(world, friday, made.value, { byId, at, verb: 'status-report.acknowledge' });
  });

function reportOf(world: World, friday: LocalDate): KeptReport {
  const paper = latestPaper(world, 'status-report', friday);
  if (!paper) throw new Error(`there is no report of ${friday}`);
  return paper.answers as unknown as KeptReport;
}

interface Writing {
  readonly byId: PersonId | null;
  readonly at: Date;
  /** Left out: nobody did it. */
  readonly verb?: string;
}

function keepReport(world: World, friday: LocalDate, report: KeptReport, { byId, at, verb }: Writing): void {
  const paper = { kind: 'status-report', subject: friday, formVersion: FORM_VERSION, byId } as const;
  writePaper({ world, at }, { ...paper, answers: { ...report } });
  if (verb) noteApart(world, { verb, byId, at, to: null, facts: { week: friday, state: report.state } });
}

const reported = (world: World): readonly Engagement[] =>
  [...world.engagements.values()].filter(({ state }) => REPORTED.includes(state));

/** The bot begins the draft and asks the Service ISSOs. */
function begin(world: World, { friday }: ReportWeek, at: Date): void {
  keepReport(world, friday, newReport(), { byId: null, at });
  for (const id of writersOf(reported(world)).keys())
    keepNote(world, friday, id, asked(null), { byId: null, at });
}

function writeNotes(world: World, { friday }: ReportWeek, place: number, at: Date): void {
  const writers = writersOf(reported(world));
  for (const [byId, words] of Object.entries(world.data.reports.notes.at(place - WEEKS) ?? {})) {
    if (!writers.has(byId)) continue;
    keepNote(world, friday, byId, answered(null, words), { byId, at });
    noteApart(world, { verb: 'status-note.write', byId, at, to: null, facts: { week: friday } });
  }
}

function keepNote(
  world: World,
  friday: LocalDate,
  id: PersonId,
  note: StatusNote,
  { byId, at }: Writing,
): void {
  const paper = { kind: 'status-note', subject: `${friday}/${id}`, formVersion: FORM_VERSION, byId } as const;
  writePaper({ world, at }, { ...paper, answers: { ...note } });
}

/** The contract lead adds a remark and submits. */
function submit(world: World, { friday }: ReportWeek, place: number, at: Date): void {
  const [byId = ''] = holders(world, 'contractor_lead');
  let report = reportOf(world, friday);
  for (const [key, words] of Object.entries(world.data.reports.remarks.at(place - WEEKS) ?? {})) {
    const engagement = world.engagements.get(key);
    const made = engagement && editWords(report, { number: engagement.number }, words);
    if (!made?.ok) continue;
    report = made.value;
    keepReport(world, friday, report, { byId, at, verb: 'status-report.edit' });
  }
  const engagements = reported(world);
  const numbers = statusReport(factsOn(world, engagements, at));
  const notes = [...writersOf(engagements)].flatMap(([id, records]) => {
    const note = latestPaper(world, 'status-note', `${friday}/${id}`)?.answers as StatusNote | undefined;
    return note?.state === 'written'
      ? [{ name: personOf(world, id).name, numbers: records, words: note.words }]
      : [];
  });
  const made = submitReport(report, {
    by: { byId, at },
    numbers,
    ...saidWords(numbers, notes, report.words),
  });
  if (!made.ok) throw new Error(`the report of ${friday} can't be submitted`);
  keepReport(world, friday, made.value, { byId, at, verb: 'status-report.submit' });
}

/** With the names that the blockers were given when they were saved; told in memory, they are numbered as they were raised. */
export function withBlockerNames(paper: Paper, names: ReadonlyMap<string, string>): Paper {
  if (paper.kind !== 'status-report') return paper;
  const report = paper.answers as unknown as KeptReport;
  if (!report.submitted) return paper;
  const { numbers } = report.submitted;
  const blockers = numbers.blockers.map((each) => ({ ...each, name: names.get(each.name) ?? each.name }));
  return {
    ...paper,
    answers: { ...report, submitted: { ...report.submitted, numbers: { ...numbers, blockers } } },
  };
}
