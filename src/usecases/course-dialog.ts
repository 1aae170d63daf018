/** The buttons of courses: at once, or in the dialog that asks for what shows it; and the ISSO Scorecard. */
import type { RawValues } from '../domain/field.ts';
import { addDays, type LocalDate } from '../domain/time.ts';
import type { Course, CourseKey } from '../domain/training-course.ts';
import { CHOICES, noteOf, type SaidOfCourse, type Scorecard } from '../domain/training-record.ts';
import type { Form } from '../forms/form.ts';
import { fieldsOf, pages, readPage } from '../forms/pages.ts';
import type { Answers } from '../forms/question.ts';
import type { ButtonPress } from '../messages/button.ts';
import { courseHelp, NO_COURSE } from '../messages/copy/course-answers.ts';
import { opensDialog } from '../messages/copy/courses.ts';
import { scorecardSaved, scorecardTooEarly } from '../messages/copy/training-scorecard.ts';
import type { DialogPage, Message } from '../messages/message.ts';
import { oneIn, wordsIn } from '../offerings/answered.ts';
import { courseForm } from '../offerings/course-forms.ts';
import { CURRICULUM, courseKeyed, courseOf, SCORECARD_END_FROM_DAY } from '../offerings/curriculum.ts';
import { SCORECARD, scorecardIn } from '../offerings/scorecard.ts';
import { sayOfCourse } from './course-say.ts';
import { titledAfter } from './dialog-title.ts';
import { formContext } from './intake-context.ts';
import { keptTraining, trainingNow } from './training-now.ts';
import { AREA_NAMES } from './training-show.ts';
import {
  type Answer,
  answerPrivately,
  answerWithDialog,
  answerWithErrors,
  programmeToday,
  type Work,
} from './work.ts';

/** The button of a course of the reader's own: noted at once where their word is enough, else its dialog. */
export async function pressCourse(work: Work, key: string): Promise<Answer> {
  const course = courseKeyed(key);
  if (!course) return answerPrivately(courseHelp(NO_COURSE, CURRICULUM));
  const early = await tooEarly(work, course.key);
  if (early) return answerPrivately(early);
  if (opensDialog(course)) return answerWithDialog(dialogOf(course, await known(work, course)));
  return said(work, course, { to: 'done', on: programmeToday(work), reference: null });
}

/** A choice that stands on a button. */
export async function chooseCourse(work: Work, key: string, chosen: string): Promise<Answer> {
  const course = courseKeyed(key);
  const choice = CHOICES.find((each) => each === chosen);
  return course && choice
    ? said(work, course, { to: 'choice', choice })
    : answerPrivately(courseHelp(NO_COURSE, CURRICULUM));
}

/** Takes what was filled in. */
export async function submitCourse(work: Work, key: string, values: RawValues): Promise<Answer> {
  const course = courseKeyed(key);
  const [page] = course ? pages(formOf(course), {}) : [];
  if (!course || !page) return answerPrivately(courseHelp(NO_COURSE, CURRICULUM));
  const read = readPage(page, values, {}, await formContext(work));
  if (!read.ok) return answerWithErrors(read.refusal.errors);
  const what = saidIn(course, read.value, programmeToday(work));
  return what ? said(work, course, what) : answerPrivately(courseHelp(NO_COURSE, CURRICULUM));
}

async function said(work: Work, course: Course, what: SaidOfCourse): Promise<Answer> {
  if (what.to === 'scores') return saveScorecard(work, course.key, what.scores);
  const taken = await sayOfCourse(work, work.person.id, course, what);
  return 'errors' in taken ? answerWithErrors(taken.errors) : answerPrivately(taken.say);
}

/** Keeps the scorecard and shows what it comes to by area, and what it replaces. */
export async function saveScorecard(work: Work, key: CourseKey, scores: Scorecard): Promise<Answer> {
  const early = await tooEarly(work, key);
  if (early) return answerPrivately(early);
  const before = noteOf(await keptTraining(work, work.person.id), key);
  const taken = await sayOfCourse(work, work.person.id, courseOf(key), { to: 'scores', scores });
  if ('errors' in taken) return answerWithErrors(taken.errors);
  const record = await keptTraining(work, work.person.id);
  // What was refused is said as it was.
  if (noteOf(record, key).scores === null) return answerPrivately(taken.say);
  const which = key === 'scorecard_end' ? 'end' : 'start';
  return answerPrivately(scorecardSaved(record, AREA_NAMES, which, before));
}

/** Why the scorecard at the end can't be given yet; null when it can, and for any other course. */
async function tooEarly(work: Work, key: CourseKey): Promise<Message | null> {
  if (key !== 'scorecard_end') return null;
  const fromOn = await scorecardEndFrom(work);
  return fromOn !== null && programmeToday(work) < fromOn ? scorecardTooEarly(fromOn) : null;
}

/** The day from which the reader fills in the scorecard at the end; null for whoever is no Service ISSO now. */
export async function scorecardEndFrom(work: Work): Promise<LocalDate | null> {
  const { dayZeroOn } = await trainingNow(work, work.person.id);
  return dayZeroOn === null ? null : addDays(dayZeroOn, SCORECARD_END_FROM_DAY);
}

const formOf = (course: Course): Form => (course.proof === 'areas' ? SCORECARD : courseForm(course));

function saidIn(course: Course, answers: Answers, today: string): SaidOfCourse | null {
  const on = wordsIn(answers, 'on') ?? today;
  switch (course.proof) {
    case 'areas': {
      const scores = scorecardIn(answers);
      return scores && { to: 'scores', scores };
    }
    case 'choice': {
      const choice = oneIn(answers, 'choice', CHOICES);
      return choice && { to: 'choice', choice };
    }
    case 'attendance':
      return { to: 'attended', on };
    case 'reference':
    case 'word':
      return { to: 'done', on, reference: wordsIn(answers, 'reference') };
    default:
      return course.proof satisfies never;
  }
}

/** What is filled in beforehand: the scorecard as it was, the answer that was given. */
async function known(work: Work, { key, proof }: Course): Promise<Answers> {
  const { scores, choice } = noteOf(await keptTraining(work, work.person.id), key);
  if (proof === 'choice') return { choice };
  return Object.fromEntries(Object.entries(scores ?? {}).map(([area, score]) => [area, String(score)]));
}

function dialogOf(course: Course, answers: Answers): DialogPage {
  const [page] = pages(formOf(course), {});
  if (!page) throw new Error('the dialog of a course asks nothing');
  const press: ButtonPress = { verb: 'course.say', subject: course.key };
  return {
    ...titledAfter(course.name),
    fields: fieldsOf(page, Object.fromEntries(Object.entries(answers).filter(([, value]) => value !== null))),
    sendLabel: 'Save',
    press,
    opener: press,
  };
}
