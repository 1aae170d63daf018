/** ISPG and the Government Task Lead say when the cohorts of a course begin: `course dates bootcamp 9/10/2027, 12/2/2027`. */
import { mayEver } from '../domain/access.ts';
import { nextVersion } from '../domain/paper.ts';
import type { LocalDate } from '../domain/time.ts';
import { readDate } from '../forms/read-date.ts';
import {
  courseDatesKept,
  courseDatesPast,
  courseDatesSame,
  courseDatesShown,
  courseDatesUnread,
} from '../messages/copy/course-answers.ts';
import { notYours } from '../messages/copy/refusals.ts';
import { courseOf } from '../offerings/curriculum.ts';
import { courseNamed } from './course-words.ts';
import { noteDeed } from './note-deed.ts';
import { bootcampStarts, COURSE_DATES, tellFeasibility } from './training-feasible.ts';
import { type Answer, answerPrivately, programmeToday, type Work } from './work.ts';

const MOST_DATES = 20;
/** More onboardings at once than there will be. */
const MOST_ONBOARDINGS = 500;
/** With its year, so that nothing has to be guessed. */
const HAS_YEAR = /\b20\d{2}\b/u;

/** `rest`: what stands behind `course dates`. Without dates it shows them, to anybody. */
export async function courseDates(work: Work, rest: string): Promise<Answer> {
  const course = courseOf('bootcamp');
  const named = courseNamed(rest);
  const words = named ? named.rest : rest.trim();
  if (named && named.course.pace !== 'cohort') return answerPrivately(courseDatesUnread());
  const today = programmeToday(work);
  if (words === '') {
    const ahead = (await bootcampStarts(work)).filter((on) => on >= today);
    return answerPrivately(courseDatesShown(course, ahead));
  }
  if (!mayEver(work.person, 'course-dates.set')) return answerPrivately(notYours());
  const starts = readStarts(words, today);
  if (!named || !starts) return answerPrivately(courseDatesUnread());
  const past = starts.filter((on) => on < today);
  if (past.length > 0) return answerPrivately(courseDatesPast(past));
  await work.tx.lock(COURSE_DATES);
  const before = await bootcampStarts(work);
  const ahead = before.filter((on) => on >= today);
  if (ahead.join() === starts.join()) return answerPrivately(courseDatesSame(course, starts));
  // What began is no longer anybody's to set.
  await keep(work, [...before.filter((on) => on < today), ...starts]);
  const dropped = ahead.filter((on) => !starts.includes(on));
  let told = 0;
  for (const engagement of await work.tx.engagements.inStates(['ONBOARDING'], MOST_ONBOARDINGS))
    if (await tellFeasibility(work, engagement)) told += 1;
  return answerPrivately(courseDatesKept(course, starts, dropped, told));
}

/** The days in order, each once; null when one of them can't be read or has no year, or there are too many. */
function readStarts(words: string, today: LocalDate): readonly LocalDate[] | null {
  if (/^none\.?$/iu.test(words)) return [];
  const parts = words
    .split(/[,;]|\band\b/iu)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  if (parts.length === 0 || parts.length > MOST_DATES) return null;
  const days = new Set<LocalDate>();
  for (const part of parts) {
    const read = HAS_YEAR.test(part) ? readDate(part, today) : null;
    if (!read?.ok) return null;
    days.add(read.value);
  }
  return [...days].toSorted();
}

/** The dates are locked. */
async function keep(work: Work, starts: readonly LocalDate[]): Promise<void> {
  const latest = await work.tx.papers.latest(COURSE_DATES, 'bootcamp');
  const paper = nextVersion(latest, {
    kind: COURSE_DATES,
    subject: 'bootcamp',
    formVersion: 1,
    answers: { starts },
    byId: work.person.id,
    at: work.now,
    reason: null,
  });
  if (!(await work.tx.papers.insert(paper))) throw new Error('the dates changed while they were locked');
  await noteDeed(work, 'course-dates.set', { course: 'bootcamp', starts: String(starts.length) });
}
