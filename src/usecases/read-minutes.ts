/** What was decided and agreed, as people type it: one line each, "Leila sends the roster by Dec 15". */
import type { FollowUp, Minutes } from '../domain/meeting.ts';
import { matchName, matchWholeName } from '../domain/name-match.ts';
import type { Person } from '../domain/person.ts';
import { accepted, type Result, refused } from '../domain/result.ts';
import type { LocalDate } from '../domain/time.ts';
import { readDate } from '../forms/read-date.ts';
import { dayIsOver, nobodyCalled, noSuchDay, severalCalled, tooManyLines } from '../messages/copy/mends.ts';
import { readWords } from './guard.ts';
import { readDayNear } from './meeting-words.ts';

const LONGEST_NOTES = 2_000;
const LONGEST_LINE = 500;
const MOST_LINES = 20;
/** Names are looked for in so many words at the beginning of a sentence. */
const LONGEST_NAME_WORDS = 4;

/** The people a follow-up may be given to, and the day from which "by Friday" counts. */
export interface MinutesReader {
  /** Who was invited: meant first where others are called the same. */
  readonly people: readonly Person[];
  /** Everybody on the roster. */
  readonly roster: readonly Person[];
  readonly today: LocalDate;
}

/** Words of a record as they were typed; each may be empty. */
export interface TypedMinutes {
  readonly notes: string;
  readonly decisions: readonly string[];
  readonly followUps: readonly string[];
}

/** The minutes, or what to mend in which part. */
export function readMinutes(
  typed: TypedMinutes,
  reader: MinutesReader,
): Result<Minutes, Partial<Record<keyof TypedMinutes, string>>> {
  const errors: Partial<Record<keyof TypedMinutes, string>> = {};
  const notes = typed.notes.trim() === '' ? accepted('') : readWords(typed.notes, LONGEST_NOTES);
  if (!notes.ok) errors.notes = notes.refusal;
  const decisions = readLines(typed.decisions, (line) => readWords(line, LONGEST_LINE));
  if (!decisions.ok) errors.decisions = decisions.refusal;
  const followUps = readLines(typed.followUps, (line) => readFollowUp(line, reader));
  if (!followUps.ok) errors.followUps = followUps.refusal;
  return notes.ok && decisions.ok && followUps.ok
    ? accepted({ notes: notes.value, decisions: decisions.value, followUps: followUps.value })
    : refused(errors);
}

/** Lines of a field, without the empty ones. */
export const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.replace(/^[\s*•-]+/u, '').trim())
    .filter((line) => line !== '');

function readLines<T>(
  lines: readonly string[],
  read: (line: string) => Result<T, string>,
): Result<T[], string> {
  if (lines.length > MOST_LINES) return refused(tooManyLines(MOST_LINES));
  const made: T[] = [];
  for (const line of lines) {
    const one = read(line);
    if (!one.ok) return one;
    made.push(one.value);
  }
  return accepted(made);
}

/**
 * `Leila: send the roster by Dec 15` or `Leila sends the roster by Dec 15`. With the colon somebody must be called so; in
 * a sentence that begins with nobody's name, nobody has it. A day behind the last "by" is when it is due, and not over.
 */
export function readFollowUp(line: string, reader: MinutesReader): Result<FollowUp, string> {
  const words = readWords(line, LONGEST_LINE);
  if (!words.ok) return words;
  const due = readDue(words.value, reader.today);
  if (!due.ok) return due;
  const { text, dueOn } = due.value;
  const [, named = '', what = ''] = /^([^:]{1,60}):(?!\d)\s*(.+)$/su.exec(text) ?? [];
  if (named !== '') {
    const owner = findOwner(reader, named);
    if (!owner.ok)
      return refused(owner.refusal.code === 'several' ? severalCalled(owner.refusal) : nobodyCalled(named));
    return accepted({ text: what, ownerId: owner.value.id, dueOn, doneAt: null });
  }
  const owner = ownerOfSentence(text, reader);
  if (!owner.ok) return owner;
  return accepted({ text, ownerId: owner.value, dueOn, doneAt: null });
}

/** Who is called `named`: somebody who was invited, or else somebody of the roster. */
export function findOwner(
  { people, roster }: Pick<MinutesReader, 'people' | 'roster'>,
  named: string,
  match: typeof matchName = matchName,
): ReturnType<typeof matchName> {
  const invited = match(people, named);
  return invited.ok || invited.refusal.code === 'several' ? invited : match(roster, named);
}

/** The longest name the sentence begins with, in whole words; null for none. */
function ownerOfSentence(text: string, reader: MinutesReader): Result<string | null, string> {
  const words = text.split(/\s+/u);
  for (let count = Math.min(LONGEST_NAME_WORDS, words.length); count > 0; count -= 1) {
    const found = findOwner(reader, words.slice(0, count).join(' '), matchWholeName);
    if (found.ok) return accepted(found.value.id);
    if (count === 1 && found.refusal.code === 'several') return refused(severalCalled(found.refusal));
  }
  return accepted(null);
}

function readDue(
  words: string,
  today: LocalDate,
): Result<{ readonly text: string; readonly dueOn: LocalDate | null }, string> {
  const [, text = '', day = ''] = /^(.*\S)\s+by\s+([^:;]{1,60})$/isu.exec(words) ?? [];
  if (day === '') return accepted({ text: words, dueOn: null });
  const read = readDate(day.replace(/(?<![.!])[.!]+$/u, ''), today);
  if (read.ok) {
    // "By Dec 1" on December 5 means the one just past, not next year's.
    const dueOn = readDayNear(day, today) ?? read.value;
    return dueOn < today ? refused(dayIsOver(day, dueOn)) : accepted({ text, dueOn });
  }
  // "written by Leila" names no day; "by Feb 30" means one that is none.
  return read.refusal === 'absent' && !/\d/u.test(day)
    ? accepted({ text: words, dueOn: null })
    : refused(noSuchDay(day));
}
