/** What people type and press about the weekly status report and the notes for it. */
import { mayEver } from '../domain/access.ts';
import type { RawValues } from '../domain/field.ts';
import { findRequestNumber } from '../domain/ids.ts';
import type { WordsPart } from '../domain/status-report-kept.ts';
import { fridayOf, isFriday } from '../domain/status-report-week.ts';
import { addDays, type LocalDate, readLocalDate } from '../domain/time.ts';
import { readDate } from '../forms/read-date.ts';
import type { ButtonPress } from '../messages/button.ts';
import { EMPTY, mendInChat } from '../messages/copy/mends.ts';
import { noAccess, notYours } from '../messages/copy/refusals.ts';
import { typedDay } from '../messages/copy/status-report.ts';
import { noSuchWeek, onlyWords } from '../messages/copy/status-report-news.ts';
import {
  askForNote,
  noteFromDialog,
  noteFromText,
  nothingNew,
  readReportWords,
  showNote,
} from './status-note.ts';
import {
  acknowledgeWeek,
  askForReport,
  editReport,
  numbersOf,
  type ReportRef,
  reportFor,
  returnWeek,
  showReport,
  submitWeek,
} from './status-report.ts';
import { reportNow } from './status-report-kept.ts';
import { type FileKind, sendFile } from './status-report-told.ts';
import { powersOf, thisFriday, viewOf } from './status-report-view.ts';
import { type Answer, answerPrivately, answerWithErrors, programmeToday, type Work } from './work.ts';

const LONGEST = 2_000;
const WEEK_DAYS = 7;

// ------------------------------------------------------------------------------------------ typed

const NOTE = /^note\b[\s:]*(.*)$/isu;
const REPORT = /^(?:status |weekly |weekly status )?report(?: (note|[\w/, -]{1,40}))?$/iu;
const EDIT = /^edit report\b[\s:]*(.*)$/isu;
const SETTLE = /^(submit|acknowledge|return) report\b(.*)$/isu;

/**
 * `report`, `report 12/4/2026`, `report 12/4/2026 as of 12/7/2026`, `report pdf`, `report docx`; `edit report 12/4/2026 risks: …`; `submit`, `acknowledge` and
 * `return report`; `note …`, for those who write notes. Null for anything else.
 */
export async function routeStatusReport(work: Work, typed: string): Promise<Answer | null> {
  const [note, words = ''] = NOTE.exec(typed) ?? [];
  if (note !== undefined)
    return words === '' && mayEver(work.person, 'status-note.write')
      ? showNote(work)
      : noteFromText(work, words);
  const [shown, rest = ''] = REPORT.exec(typed) ?? [];
  if (shown !== undefined) return /^note$/iu.test(rest) ? showNote(work) : reportByWords(work, rest);
  const [edited, edit = ''] = EDIT.exec(typed) ?? [];
  if (edited !== undefined) return editByWords(work, edit);
  const [, verb = '', behind = ''] = SETTLE.exec(typed) ?? [];
  return verb === '' ? null : settleByWords(work, verb.toLowerCase(), behind.trim());
}

/** A word that is no week or file of a report is somebody else's: `report off-boarding …`. */
async function reportByWords(work: Work, rest: string): Promise<Answer | null> {
  const [, before = rest, kind = ''] = /^(.*?)\b(pdf|docx|word|csv)$/iu.exec(rest) ?? [];
  const [, named = before, asOf = ''] = /^(.*?)\bas of (.+)$/iu.exec(before) ?? [];
  const friday = named.trim() === '' ? null : weekNamed(work, named);
  const day = asOf === '' ? null : dayIn(work, asOf);
  if (friday === undefined || (asOf !== '' && (day === null || friday === null)))
    return /^\d/u.test(rest) ? answerPrivately(noSuchWeek(typedDay(thisFriday(work)))) : null;
  if (kind !== '') return sendByWords(work, friday, fileKindOf(kind));
  const isReader = mayEver(work.person, 'status-report.read');
  if (!isReader && mayEver(work.person, 'status-note.write')) return showNote(work);
  return showReport(work, friday, day);
}

/** `word` is what people call the Word file. */
function fileKindOf(named: string | undefined): FileKind {
  switch (named?.toLowerCase()) {
    case 'csv':
      return 'csv';
    case 'docx':
    case 'word':
      return 'docx';
    default:
      return 'pdf';
  }
}

async function sendByWords(work: Work, friday: LocalDate | null, kind: FileKind): Promise<Answer> {
  if (!mayEver(work.person, 'status-report.read')) return answerPrivately(notYours());
  const found = await reportFor(work, friday);
  return 'view' in found ? sendFile(work, found.view, kind) : answerPrivately(found.absent);
}

const dayIn = (work: Work, words: string): LocalDate | null => {
  const read = readDate(words.trim(), programmeToday(work));
  return read.ok ? read.value : null;
};

/** The Friday of the week that the day lies in; undefined for words that name no day. */
const weekNamed = (work: Work, words: string): LocalDate | undefined => {
  if (/^last(?: week)?$/iu.test(words.trim())) return addDays(thisFriday(work), -WEEK_DAYS);
  const day = dayIn(work, words);
  return day === null ? undefined : fridayOf(day);
};

const AS_DRAFTED = /^as drafted\.?$/iu;
/** `12/4/2026 risks: …` */
const OF_DAY = /^(\d[\d/-]{4,9})[ ](.*)$/isu;
const PART = /^(risks?|help|remark)\b[\s:]*(.*)$/isu;

async function editByWords(work: Work, typed: string): Promise<Answer> {
  if (!mayEver(work.person, 'status-report.write')) return answerPrivately(notYours());
  const [, named = '', rest = typed] = OF_DAY.exec(typed) ?? [];
  const friday = named === '' ? null : weekNamed(work, named);
  if (friday === undefined) return answerPrivately(noSuchWeek(typedDay(thisFriday(work))));
  const [, part = '', words = ''] = PART.exec(rest) ?? [];
  if (part === '') return answerPrivately(onlyWords());
  const ref: ReportRef = { friday, version: null };
  if (part.toLowerCase() !== 'remark')
    return editPart(work, ref, /^help$/iu.test(part) ? 'help' : 'risks', words);
  const [, about = '', remark = ''] = /^([a-z]{2,8}-20\d{2}-\d{1,6})\b[\s:]*(.*)$/isu.exec(words) ?? [];
  const number = findRequestNumber(about);
  if (!number) return answerPrivately(onlyWords());
  if (!(await numbersOf(work)).includes(number)) return answerPrivately(noAccess(number));
  return editPart(work, ref, { number }, remark);
}

function editPart(work: Work, ref: ReportRef, part: WordsPart, typed: string): Promise<Answer> | Answer {
  if (AS_DRAFTED.test(typed)) return editReport(work, ref, [[part, null]]);
  const read = readReportWords(typed, LONGEST);
  return read.ok
    ? editReport(work, ref, [[part, read.value]])
    : answerPrivately(
        mendInChat(read.refusal, 'edit report risks: The badge office is closed until Monday.'),
      );
}

function settleByWords(work: Work, verb: string, behind: string): Promise<Answer> | Answer {
  const [, named = behind, because = ''] = /^(.*?)(?:\bbecause\b|:)(.*)$/isu.exec(behind) ?? [];
  const friday = named.trim() === '' ? null : weekNamed(work, named);
  if (friday === undefined) return answerPrivately(noSuchWeek(typedDay(thisFriday(work))));
  const ref: ReportRef = { friday, version: null };
  if (verb === 'submit') return submitWeek(work, ref);
  return verb === 'acknowledge' ? acknowledgeWeek(work, ref) : returnByWords(work, ref, because);
}

function returnByWords(work: Work, ref: ReportRef, because: string): Promise<Answer> | Answer {
  if (!mayEver(work.person, 'status-report.settle')) return answerPrivately(notYours());
  const read = readReportWords(because, LONGEST);
  return read.ok
    ? returnWeek(work, ref, read.value)
    : answerPrivately(mendInChat(read.refusal, 'return report because The end dates are missing.'));
}

// ------------------------------------------------------------------------------------------ pressed

type Route = (work: Work, press: ButtonPress, values: RawValues) => Promise<Answer>;

/** A press with the week it names; one that names none does nothing. */
const on =
  (
    go: (
      work: Work,
      ref: ReportRef & { readonly friday: LocalDate },
      press: ButtonPress,
      values: RawValues,
    ) => Promise<Answer>,
  ): Route =>
  async (work, press, values) => {
    const friday = readLocalDate(press.subject);
    return friday !== null && isFriday(friday)
      ? go(work, { friday, version: press.version ?? null }, press, values)
      : answerPrivately(notYours());
  };

export const REPORT_PRESSED: readonly (readonly [string, Route])[] = [
  ['report.show', on((work, { friday }) => showReport(work, friday))],
  ['report.file', on((work, { friday }, { choice }) => sendByWords(work, friday, fileKindOf(choice)))],
  ['report.submit', on(submitWeek)],
  ['report.acknowledge', on(acknowledgeWeek)],
  ['report.edit', on((work, ref) => askForReport(work, ref, 'edit'))],
  ['report.remark', on((work, ref) => askForReport(work, ref, 'remark'))],
  ['report.return', on((work, ref) => askForReport(work, ref, 'return'))],
  ['report.note', on((work, { friday }) => askForNote(work, friday))],
  ['report.nothing', on((work, { friday }) => nothingNew(work, friday))],
];

export const REPORT_SUBMITTED: readonly (readonly [string, Route])[] = [
  ['report.note', on((work, { friday }, _press, values) => noteFromDialog(work, friday, values))],
  ['report.edit', on((work, ref, _press, values) => editFromDialog(work, ref, values))],
  ['report.remark', on((work, ref, _press, values) => remarkFromDialog(work, ref, values))],
  ['report.return', on((work, ref, _press, values) => returnFromDialog(work, ref, values))],
];

/** What is left as it was drafted stays drafted; what is emptied is drafted again. */
async function editFromDialog(
  work: Work,
  ref: ReportRef & { readonly friday: LocalDate },
  values: RawValues,
): Promise<Answer> {
  if (!mayEver(work.person, 'status-report.write')) return answerPrivately(notYours());
  const view = await viewOf(work, await reportNow(work, ref.friday), powersOf(work));
  const edits: [WordsPart, string | null][] = [];
  const errors: Record<string, string> = {};
  for (const part of ['risks', 'help'] as const) {
    const typed = String(values[part] ?? '').trim();
    if (typed === view?.said[part].join('\n')) continue;
    const read = typed === '' ? null : readReportWords(typed, LONGEST);
    if (read && !read.ok) errors[part] = read.refusal;
    else edits.push([part, read ? read.value : null]);
  }
  return Object.keys(errors).length > 0 ? answerWithErrors(errors) : editReport(work, ref, edits);
}

async function remarkFromDialog(work: Work, ref: ReportRef, values: RawValues): Promise<Answer> {
  if (!mayEver(work.person, 'status-report.write')) return answerPrivately(notYours());
  const number = findRequestNumber(String(values.about ?? ''));
  if (!number || !(await numbersOf(work)).includes(number)) return answerWithErrors({ about: EMPTY });
  const typed = String(values.words ?? '').trim();
  const read = typed === '' ? null : readReportWords(typed, LONGEST);
  if (read && !read.ok) return answerWithErrors({ words: read.refusal });
  return editReport(work, ref, [[{ number }, read ? read.value : null]]);
}

async function returnFromDialog(work: Work, ref: ReportRef, values: RawValues): Promise<Answer> {
  const read = readReportWords(String(values.because ?? ''), LONGEST);
  return read.ok ? returnWeek(work, ref, read.value) : answerWithErrors({ because: read.refusal });
}
