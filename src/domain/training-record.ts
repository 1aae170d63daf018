/**
 * The training record of one Service ISSO, over all their engagements: what they did of the curriculum and what shows it (domain
 * reference 5.1, 5.2). Records are kept at least five years after completion [ARS AT-4]; no version is ever changed. Pure.
 */
import type { Mark } from './course.ts';
import type { PersonId } from './ids.ts';
import { accepted, type Result, refused } from './result.ts';
import type { Area } from './skills.ts';
import type { LocalDate } from './time.ts';
import { COURSE_KEYS, type Course, type CourseKey } from './training-course.ts';

/** Calendar years for which a completed record is kept at least [ARS AT-4]. */
export const TRAINING_KEPT_YEARS = 5;

/** How well somebody says that they know an area: 0 for not at all, to 4 for expert knowledge. */
export const SCORES = [0, 1, 2, 3, 4] as const;
export type Score = (typeof SCORES)[number];
export type Scorecard = Readonly<Record<Area, Score>>;

export const CHOICES = ['yes', 'no', 'later'] as const;
export type Choice = (typeof CHOICES)[number];

/** `reference` names the evidence, such as the number of a certificate; the evidence itself is never here. */
export type CourseState =
  | { readonly is: 'open' }
  | { readonly is: 'done'; readonly on: LocalDate; readonly reference: string | null }
  | { readonly is: 'not_needed'; readonly on: LocalDate; readonly byId: PersonId; readonly why: string };

export interface CourseNote {
  readonly key: CourseKey;
  readonly state: CourseState;
  readonly choice: Choice | null;
  /** Days on which they were there, in order. */
  readonly attendedOn: readonly LocalDate[];
  readonly scores: Scorecard | null;
  readonly hours: number | null;
  /** They are not reminded of it before this day. */
  readonly snoozedUntil: LocalDate | null;
  /** The last change; null while nothing was said. */
  readonly changed: { readonly byId: PersonId | null; readonly at: Date } | null;
}

/** One note for each course, in the order of the curriculum. */
export interface TrainingRecord {
  readonly courses: readonly CourseNote[];
}

const blank = (key: CourseKey): CourseNote => ({
  key,
  state: { is: 'open' },
  choice: null,
  attendedOn: [],
  scores: null,
  hours: null,
  snoozedUntil: null,
  changed: null,
});

/** The record of these notes; courses without one are open. */
export const recordOf = (notes: readonly CourseNote[]): TrainingRecord => ({
  courses: COURSE_KEYS.map((key) => notes.find((note) => note.key === key) ?? blank(key)),
});

export const NEW_RECORD: TrainingRecord = recordOf([]);

export const noteOf = ({ courses }: TrainingRecord, key: CourseKey): CourseNote =>
  courses.find((note) => note.key === key) ?? blank(key);

export const withNote = ({ courses }: TrainingRecord, changed: CourseNote): TrainingRecord => ({
  courses: courses.map((note) => (note.key === changed.key ? changed : note)),
});

/** True when nobody has to do anything more about it. */
export const isCourseSettled = ({ state }: Pick<CourseNote, 'state'>): boolean => state.is !== 'open';

/** What is said of a course. */
export type SaidOfCourse =
  | {
      readonly to: 'done';
      readonly on: LocalDate;
      readonly reference: string | null;
      readonly hours?: number | null;
    }
  | { readonly to: 'attended'; readonly on: LocalDate }
  | { readonly to: 'choice'; readonly choice: Choice }
  | { readonly to: 'scores'; readonly scores: Scorecard }
  | { readonly to: 'not_needed'; readonly why: string }
  /** It was noted by mistake. */
  | { readonly to: 'open' };

export type CourseRefusal =
  | { readonly code: 'still-to-come' | 'reference-needed' | 'not-open' | 'is-open' }
  /** It was done again since, and is renewed from the newest day. */
  | { readonly code: 'done-since' }
  /** What is said of this course: it is answered, or attended, rather than done. */
  | { readonly code: 'said-otherwise'; readonly proof: Course['proof'] };

/** The note after what was said. Refused for a day ahead, without the evidence that it needs, and for what fits another course. */
export function noteCourse(
  course: Course,
  note: CourseNote,
  said: SaidOfCourse,
  { today, by }: { readonly today: LocalDate; readonly by: Mark },
): Result<CourseNote, CourseRefusal> {
  const refusal = refusalFor(course, note, said, today);
  if (refusal) return refused(refusal);
  return accepted({ ...note, ...saidOf(course, note, said, today, by), snoozedUntil: null, changed: by });
}

function refusalFor(
  { key, proof, pace }: Course,
  note: CourseNote,
  said: SaidOfCourse,
  today: LocalDate,
): CourseRefusal | null {
  const otherwise: CourseRefusal = { code: 'said-otherwise', proof };
  switch (said.to) {
    case 'done':
      if (proof === 'areas' || proof === 'choice') return otherwise;
      if (said.on > today) return { code: 'still-to-come' };
      if (key === 'rbt' && note.state.is === 'done' && said.on < note.state.on) return { code: 'done-since' };
      return proof === 'reference' && said.reference === null ? { code: 'reference-needed' } : null;
    case 'attended':
      if (pace === 'self-paced') return otherwise;
      return said.on > today ? { code: 'still-to-come' } : null;
    case 'choice':
      return proof === 'choice' || pace === 'cohort' ? null : otherwise;
    case 'scores':
      return proof === 'areas' ? null : otherwise;
    case 'not_needed':
      return isCourseSettled(note) ? { code: 'not-open' } : null;
    case 'open':
      return isCourseSettled(note) ? null : { code: 'is-open' };
    default:
      return said satisfies never;
  }
}

function saidOf(
  { proof }: Course,
  note: CourseNote,
  said: SaidOfCourse,
  today: LocalDate,
  { byId }: Mark,
): Partial<CourseNote> {
  const done = (on: LocalDate): CourseState => ({ is: 'done', on, reference: null });
  switch (said.to) {
    case 'done':
      return {
        state: { is: 'done', on: said.on, reference: said.reference },
        attendedOn: proof === 'attendance' ? withDay(note.attendedOn, said.on) : note.attendedOn,
        hours: said.hours ?? null,
      };
    case 'attended': {
      const attendedOn = withDay(note.attendedOn, said.on);
      // One forum will do; of a boot camp it is the sessions that are noted.
      return proof === 'attendance' && note.state.is === 'open'
        ? { attendedOn, state: done(said.on) }
        : { attendedOn };
    }
    case 'choice':
      return { choice: said.choice, ...(proof === 'choice' ? { state: done(today) } : {}) };
    case 'scores':
      return { scores: said.scores, state: done(today) };
    case 'not_needed':
      return { state: { is: 'not_needed', on: today, byId, why: said.why } };
    case 'open':
      return { state: { is: 'open' }, choice: null, attendedOn: [], hours: null };
    default:
      return said satisfies never;
  }
}

const withDay = (days: readonly LocalDate[], on: LocalDate): readonly LocalDate[] =>
  [...new Set([...days, on])].toSorted();

/** The day on which the last required course was settled; null while one is open. */
export function curriculumDoneOn(courses: readonly Course[], record: TrainingRecord): LocalDate | null {
  const days = courses
    .filter(({ isRequired }) => isRequired)
    .map(({ key }) => {
      const { state } = noteOf(record, key);
      return state.is === 'open' ? null : state.on;
    });
  if (days.some((on) => on === null)) return null;
  return days.reduce((last, on) => (last === null || (on ?? '') > last ? on : last), null);
}

/** Settled required courses, and all required ones. */
export function requiredCount(
  courses: readonly Course[],
  record: TrainingRecord,
): { readonly settled: number; readonly all: number } {
  const required = courses.filter(({ isRequired }) => isRequired);
  return {
    settled: required.filter(({ key }) => isCourseSettled(noteOf(record, key))).length,
    all: required.length,
  };
}

/** The gain by area from the scorecard at the start to the one at the end; null while one of them is open. */
export function gainOf(record: TrainingRecord): Readonly<Record<Area, number>> | null {
  const [start, end] = [noteOf(record, 'scorecard_start').scores, noteOf(record, 'scorecard_end').scores];
  if (!start || !end) return null;
  const gain = (area: Area): number => end[area] - start[area];
  return {
    q_standards: gain('q_standards'),
    q_it: gain('q_it'),
    q_disciplines: gain('q_disciplines'),
    q_program: gain('q_program'),
    q_risk: gain('q_risk'),
    q_leadership: gain('q_leadership'),
  };
}
