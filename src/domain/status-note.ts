/** What a Service ISSO writes for the weekly status report (domain reference 1.3: they contribute their own line). Plain data. */
import type { LocalDate } from './time.ts';

export const NOTE_PARTS = ['wentOn', 'blockers', 'help'] as const;
export type NotePart = (typeof NOTE_PARTS)[number];
/** Empty where nothing was said. */
export type NoteWords = Readonly<Record<NotePart, string>>;

/** What was written late for another week, or before the week's question: it counts for the same report, beside the answer. */
export interface EarlyNote {
  /** The Friday of the week for which it was written. */
  readonly of: LocalDate;
  readonly words: NoteWords;
}

/** `early`: not asked yet. `asked`: they were asked and have not answered. `written`: `words` are their answer. */
export type StatusNote = { readonly early: readonly EarlyNote[] } & (
  | { readonly state: 'early' | 'asked' }
  | { readonly state: 'written'; readonly words: NoteWords }
);

/** What somebody wrote who has nothing new. */
export const NOTHING_NEW: NoteWords = { wentOn: 'Nothing new.', blockers: '', help: '' };

/** True when there is anything to read in it. */
export const saysAnything = (words: NoteWords): boolean => NOTE_PARTS.some((part) => words[part] !== '');

/** The note once its question was asked; what was written before stays. */
export const asked = (note: StatusNote | null): StatusNote => ({ state: 'asked', early: note?.early ?? [] });

/** The note with that answer in place of the one before. */
export const answered = (note: StatusNote | null, words: NoteWords): StatusNote => ({
  state: 'written',
  words,
  early: note?.early ?? [],
});

/** The note with these words for the week `of`, in place of those for the same week alone; it is answered no more than before. */
export function withEarly(note: StatusNote | null, of: LocalDate, words: NoteWords): StatusNote {
  const others = note?.early.filter((each) => each.of !== of) ?? [];
  return { ...(note ?? { state: 'early' }), early: [...others, { of, words }] };
}

/** The answer; null while there is none. */
export const answerIn = (note: StatusNote | null): NoteWords | null =>
  note?.state === 'written' ? note.words : null;

/** What was written early for the week `of`; null where nothing was. */
export const earlyFor = (note: StatusNote | null, of: LocalDate): NoteWords | null =>
  note?.early.find((each) => each.of === of)?.words ?? null;

/** All that counts for the report, part by part in the order of writing; null where nothing was written. */
export function countedWords(note: StatusNote): NoteWords | null {
  const answer = answerIn(note);
  const all = [...note.early.map(({ words }) => words), ...(answer ? [answer] : [])];
  // Who has nothing new says nothing beside words that say something.
  const told = all.filter(
    (words) => words.wentOn !== NOTHING_NEW.wentOn || words.blockers + words.help !== '',
  );
  const [first, ...more] = told.length > 0 ? told : all.slice(0, 1);
  return first ? more.reduce(joined, first) : null;
}

const joined = (one: NoteWords, other: NoteWords): NoteWords => ({
  wentOn: behind(one.wentOn, other.wentOn),
  blockers: behind(one.blockers, other.blockers),
  help: behind(one.help, other.help),
});

function behind(one: string, other: string): string {
  if (one === '' || other === '') return one + other;
  return `${/[.!?\u2026]$/u.test(one) ? one : `${one}.`} ${other}`;
}
