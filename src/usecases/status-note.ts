/** What Service ISSOs write for the weekly status report: in the dialog or in words, until the report is submitted. */
import { mayEver } from '../domain/access.ts';
import type { RawValues } from '../domain/field.ts';
import { forbiddenInReport } from '../domain/report-guard.ts';
import { type Result, refused } from '../domain/result.ts';
import {
  answered,
  answerIn,
  earlyFor,
  NOTE_PARTS,
  NOTHING_NEW,
  type NotePart,
  type NoteWords,
  type StatusNote,
  saysAnything,
  withEarly,
} from '../domain/status-note.ts';
import { isOpenReport } from '../domain/status-report-kept.ts';
import { hasBegun } from '../domain/status-report-week.ts';
import { addDays, daysBetween, type LocalDate } from '../domain/time.ts';
import { mendInChat } from '../messages/copy/mends.ts';
import { notYours } from '../messages/copy/refusals.ts';
import {
  NOTHING_IN_NOTE,
  noteDialog,
  noteExample,
  noteKept,
  noteTooLate,
  nothingLate,
  ownNote,
} from '../messages/copy/status-note.ts';
import { mustNotBeIn } from '../messages/copy/status-report-news.ts';
import type { Message } from '../messages/message.ts';
import { readWords } from './guard.ts';
import { noteDeed } from './note-deed.ts';
import { keepNote, lockReports, noteNow, reportNow } from './status-report-kept.ts';
import { thisFriday, weekOf } from './status-report-view.ts';
import { type Answer, answerPrivately, answerWithDialog, answerWithErrors, type Work } from './work.ts';

const LONGEST = 1_000;

/** Where what somebody writes for a week is kept. */
interface Place {
  /** The Friday of the week for which they write. */
  readonly asked: LocalDate;
  /** That of the report for which it counts: a later one once the report of the week is submitted. */
  readonly to: LocalDate;
  /** It answers the question of that report's week; else it comes late or early and stands beside the answer. */
  readonly isAnswer: boolean;
}

async function placeOf(work: Work, asked: LocalDate): Promise<Place> {
  const to = await firstOpen(work, [asked, thisFriday(work)]);
  const isAnswer = to === asked && hasBegun(weekOf(work, to), work.now, work.programme.timeZone);
  return { asked, to, isAnswer };
}

/** The first of these weeks whose report is not submitted; else the week behind the last of them. */
async function firstOpen(work: Work, fridays: readonly LocalDate[]): Promise<LocalDate> {
  for (const friday of fridays) if (isOpenReport((await reportNow(work, friday)).report)) return friday;
  return addDays(fridays.at(-1) ?? thisFriday(work), 7);
}

/** What stands at that place. */
const wordsAt = ({ asked, isAnswer }: Place, own: StatusNote | null): NoteWords | null =>
  isAnswer ? answerIn(own) : earlyFor(own, asked);

const mayWrite = ({ person }: Work): boolean => mayEver(person, 'status-note.write');

/** What they wrote for the present week, with the button that opens the dialog. */
export async function showNote(work: Work): Promise<Answer> {
  if (!mayWrite(work)) return answerPrivately(notYours());
  return answerPrivately(await noteAt(work, await placeOf(work, thisFriday(work))));
}

async function noteAt(work: Work, place: Place): Promise<Message> {
  const { asked, to } = place;
  const own = await noteNow(work, to, work.person.id);
  return ownNote({
    week: weekOf(work, to),
    own,
    missed: to === asked ? null : weekOf(work, asked),
    before: to === asked ? null : answerIn(await noteNow(work, asked, work.person.id)),
    isWritten: wordsAt(place, own) !== null,
  });
}

/** Opens the dialog, filled with what was written before at the same place. */
export async function askForNote(work: Work, friday: LocalDate): Promise<Answer> {
  if (!mayWrite(work)) return answerPrivately(notYours());
  const place = await placeOf(work, friday);
  const words = wordsAt(place, await noteNow(work, place.to, work.person.id));
  return answerWithDialog(noteDialog(weekOf(work, friday), weekOf(work, place.to), words));
}

export async function noteFromDialog(work: Work, friday: LocalDate, values: RawValues): Promise<Answer> {
  if (!mayWrite(work)) return answerPrivately(notYours());
  const read = readNote((part) => String(values[part] ?? ''));
  if (!read.ok) return answerWithErrors(read.refusal);
  return saysAnything(read.value)
    ? keep(work, friday, read.value)
    : answerWithErrors({ wentOn: NOTHING_IN_NOTE });
}

export const nothingNew = async (work: Work, friday: LocalDate): Promise<Answer> =>
  mayWrite(work) ? keep(work, friday, NOTHING_NEW) : answerPrivately(notYours());

const PART = /(?:^|[;\n])[ ]*(in the way|help)[ ]*:/giu;
const PARTS: ReadonlyMap<string, NotePart> = new Map([
  ['in the way', 'blockers'],
  ['help', 'help'],
]);

/** `note what went on; in the way: …; help: …` in words. Null for whoever writes no notes: it is no word of theirs. */
export async function noteFromText(work: Work, typed: string): Promise<Answer | null> {
  if (!mayWrite(work)) return null;
  const friday = thisFriday(work);
  if (/^nothing(?: new| to add)?\.?$/iu.test(typed)) return keep(work, friday, NOTHING_NEW);
  const given = partsIn(typed);
  const read = readNote((part) => given[part]);
  if (!read.ok) return answerPrivately(mendInChat(Object.values(read.refusal)[0] ?? '', noteExample));
  return saysAnything(read.value) ? keep(work, friday, read.value) : showNote(work);
}

/** What stands before the first name is what went on. */
function partsIn(typed: string): NoteWords {
  const found = [...typed.matchAll(PART)];
  const named = found.map((match, place) => {
    const until = found[place + 1]?.index ?? typed.length;
    const part = PARTS.get((match[1] ?? '').toLowerCase()) ?? 'wentOn';
    return [part, typed.slice(match.index + match[0].length, until).trim()] as const;
  });
  const wentOn = typed.slice(0, found[0]?.index ?? typed.length).trim();
  return { blockers: '', help: '', ...Object.fromEntries(named), wentOn };
}

/** Each part as it may be kept; a refusal says beside each what to mend. */
function readNote(given: (part: NotePart) => string): Result<NoteWords, Readonly<Record<string, string>>> {
  const errors: Record<string, string> = {};
  const words = { wentOn: '', blockers: '', help: '' };
  for (const part of NOTE_PARTS) {
    if (given(part).trim() === '') continue;
    const read = readReportWords(given(part), LONGEST);
    if (read.ok) words[part] = read.value;
    else errors[part] = read.refusal;
  }
  return Object.keys(errors).length === 0 ? { ok: true, value: words } : refused(errors);
}

/** Words that may stand in a report: of that length, and nothing in them that must not be in one. A refusal is what to mend. */
export function readReportWords(typed: string, longest: number): Result<string, string> {
  const read = readWords(typed, longest);
  if (!read.ok) return read;
  const kinds = forbiddenInReport(read.value);
  return kinds.length === 0 ? read : refused(mustNotBeIn(kinds));
}

/**
 * For that week; once its report is submitted, beside what is answered for the next. Nothing new takes no words away that came late,
 * and is nothing to keep there.
 */
async function keep(work: Work, asked: LocalDate, words: NoteWords): Promise<Answer> {
  await lockReports(work);
  if (Math.abs(daysBetween(thisFriday(work), asked)) > 7)
    return answerPrivately(noteTooLate(weekOf(work, asked)));
  const place = await placeOf(work, asked);
  const { to, isAnswer } = place;
  const own = await noteNow(work, to, work.person.id);
  const [week, missed] = [weekOf(work, to), to === asked ? null : weekOf(work, asked)];
  if (missed && words === NOTHING_NEW)
    return answerPrivately(wordsAt(place, own) ? await noteAt(work, place) : nothingLate(missed, week));
  const note = isAnswer ? answered(own, words) : withEarly(own, asked, words);
  await keepNote(work, to, work.person.id, note);
  await noteDeed(work, 'status-note.write', { week: to, ...(missed ? { late: asked } : {}) });
  return answerPrivately(noteKept({ week, missed, words, isAnswer, own: note }));
}
