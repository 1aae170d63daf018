/** A Service ISSO says of a course of their own that it is done, or puts it off (domain reference 5.1). */
import type { LocalDate } from '../domain/time.ts';
import { isCourseSettled, noteOf, withNote } from '../domain/training-record.ts';
import { courseHelp, NO_COURSE } from '../messages/copy/course-answers.ts';
import { CURRICULUM, courseKeyed } from '../offerings/curriculum.ts';
import type { ItemTaken } from './change-item.ts';
import { sayOfCourse } from './course-say.ts';
import { keepTraining, lockTraining } from './training-now.ts';
import type { Work } from './work.ts';

/** The day on which it was done, not ahead; the reference of the certificate where the course has one. */
export interface CourseDone {
  readonly on: LocalDate;
  readonly reference: string | null;
}

/**
 * Notes it in the training record of `work.person`. Refused in words: no such course, a day ahead, no reference where one is
 * needed, a scorecard or the mentorship, which are answered and not done. Errors: `reference`.
 */
export async function courseDone(work: Work, key: string, done: CourseDone): Promise<ItemTaken> {
  const course = courseKeyed(key);
  if (!course) return { say: courseHelp(NO_COURSE, CURRICULUM) };
  return sayOfCourse(work, work.person.id, course, { to: 'done', ...done });
}

/**
 * Puts the reader's own line of that course off until that day, null: no longer. False where there is no such course, or it is
 * settled; role-based training is put off also while what was done last still counts, as what is said then is its renewal.
 */
export async function snoozeCourse(work: Work, key: string, until: LocalDate | null): Promise<boolean> {
  const course = courseKeyed(key);
  if (!course) return false;
  const record = await lockTraining(work, work.person.id);
  const note = noteOf(record, course.key);
  if (isCourseSettled(note) && course.key !== 'rbt') return false;
  return keepTraining(work, work.person.id, withNote(record, { ...note, snoozedUntil: until }));
}
