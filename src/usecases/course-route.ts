/** What people press and type about their training: `courses`, `course cfacts done`, `scorecard`, `course dates`, `training review`. */
import { trainingSight } from '../domain/access-training.ts';
import type { RawValues } from '../domain/field.ts';
import { matchName } from '../domain/name-match.ts';
import type { Person } from '../domain/person.ts';
import type { Course } from '../domain/training-course.ts';
import { noteOf, SCORES } from '../domain/training-record.ts';
import type { ButtonPress } from '../messages/button.ts';
import {
  COURSE_DAY,
  COURSE_WHY,
  courseHelp,
  courseUnread,
  NO_COURSE,
  noTrainingOf,
} from '../messages/copy/course-answers.ts';
import { opensDialog } from '../messages/copy/courses.ts';
import { severalCalled } from '../messages/copy/mends.ts';
import { sensitiveText } from '../messages/copy/refusals.ts';
import { scorecardHelp, scorecardShown } from '../messages/copy/training-scorecard.ts';
import { theirs } from '../messages/inline.ts';
import { say } from '../messages/message.ts';
import { CURRICULUM } from '../offerings/curriculum.ts';
import { scorecardOf } from '../offerings/scorecard.ts';
import { courseDates } from './course-dates.ts';
import { chooseCourse, pressCourse, saveScorecard, scorecardEndFrom, submitCourse } from './course-dialog.ts';
import { sayOfCourse } from './course-say.ts';
import { courseNamed, readCourse } from './course-words.ts';
import { sensitiveKinds } from './guard.ts';
import { currentIntake } from './intake-context.ts';
import { keptTraining } from './training-now.ts';
import { showTrainingReview } from './training-review.ts';
import { AREA_NAMES, everyEngagement, showCoursesOf, showOwnCourses } from './training-show.ts';
import { type Answer, answerPrivately, programmeToday, type Work } from './work.ts';

type Route = (work: Work, press: ButtonPress, values: RawValues) => Promise<Answer>;

export const COURSE_PRESSED: readonly (readonly [string, Route])[] = [
  ['course.list', (work) => showOwnCourses(work)],
  ['course.say', (work, press) => pressCourse(work, press.subject)],
  ['course.choose', (work, press) => chooseCourse(work, press.subject, press.choice ?? '')],
];

export const COURSE_SUBMITTED: readonly (readonly [string, Route])[] = [
  ['course.say', (work, press, values) => submitCourse(work, press.subject, values)],
];

const OWN = /^(?:show )?(?:my )?(?:courses|training record)$|^(?:show )?my (?:training|curriculum)$/iu;
/** To anybody else these are a question about the programme. */
const OWN_OF_ISSO = /^(?:training|curriculum)$/iu;
const OF = /^(?:show )?(?:courses|training|training record|scorecards?) of ([^\n]{2,60})$/iu;
/** Without `of` only a name that is a Service ISSO's is meant. */
const NAMED = /^(?:show )?(courses|scorecards?) ([^\n]{2,60})$/iu;
const REVIEW = /^(?:training review|rbt list|rbt review)$/iu;
const DATES = /^course dates?\b[\s:]*([^\n]{0,400})$/iu;
const COURSE = /^course\b[\s:]*([^\n]{0,500})$/iu;
const SCORECARD = /^(?:my )?scorecard(?: (start|end))?(?:[\s:]+(\d[\d ,;]{0,40}))?$/iu;

/** Null for anything else. */
export async function routeCourse(work: Work, typed: string): Promise<Answer | null> {
  const isIsso = work.person.roles.includes('service_isso');
  if (OWN.test(typed) || (isIsso && OWN_OF_ISSO.test(typed))) return showOwnCourses(work);
  if (REVIEW.test(typed)) return showTrainingReview(work);
  const name = OF.exec(typed)?.[1];
  if (name !== undefined) return ofName(work, name, /scorecard/iu.test(typed));
  const [, what = '', called = ''] = NAMED.exec(typed) ?? [];
  if (called !== '' && matchName(await work.tx.people.withRole('service_isso'), called).ok)
    return ofName(work, called, /scorecard/iu.test(what));
  const [dates, days = ''] = DATES.exec(typed) ?? [];
  if (dates !== undefined) return courseDates(work, days);
  const [course, rest = ''] = COURSE.exec(typed) ?? [];
  if (course !== undefined) return typeCourse(work, rest);
  const [scorecard, which = '', levels = ''] = SCORECARD.exec(typed) ?? [];
  return scorecard === undefined ? null : typeScorecard(work, which.toLowerCase(), levels);
}

/** With a form open, words that name no course and nobody may be its answer. */
const isAnswering = async (work: Work): Promise<boolean> =>
  (await currentIntake(work))?.record.status === 'open';

/** `course 5 done`, `course bootcamp of Ines Sorensen not needed because …`. */
async function typeCourse(work: Work, rest: string): Promise<Answer | null> {
  const named = courseNamed(rest);
  if (!named) {
    return (await isAnswering(work)) ? null : answerPrivately(courseHelp(NO_COURSE, CURRICULUM));
  }
  const kinds = sensitiveKinds(rest);
  if (kinds.length > 0) return answerPrivately(sensitiveText(kinds));
  const whose = await whoseIn(work, named.rest);
  if ('say' in whose) return whose;
  if (whose.rest === '') return showNamed(work, named.course, whose.person);
  const read = readCourse(whose.rest, programmeToday(work));
  if (read.kind !== 'said')
    return answerPrivately(courseHelp(mendFor(read.kind, named.course.name), CURRICULUM));
  const taken = await sayOfCourse(work, whose.person.id, named.course, read.said);
  return answerPrivately('errors' in taken ? say(...Object.values(taken.errors)) : taken.say);
}

/** A course alone opens what its button would, where that is a dialog; else the record is shown. */
const showNamed = (work: Work, course: Course, person: Person): Promise<Answer> =>
  person.id === work.person.id && opensDialog(course)
    ? pressCourse(work, course.key)
    : showCoursesOf(work, person);

function mendFor(kind: 'no-words' | 'no-day' | 'unread', name: string): string {
  switch (kind) {
    case 'no-words':
      return COURSE_WHY;
    case 'no-day':
      return COURSE_DAY;
    case 'unread':
      return courseUnread(name);
    default:
      return kind satisfies never;
  }
}

const STATE_WORDS = /\s(?:is|was|done|finished|completed?|taken|attended|yes|no|later|not)\b/iu;

/** Whose course: the person behind `of`, as far as the reader may see their record, else the reader. */
async function whoseIn(work: Work, rest: string): Promise<Answer | { person: Person; rest: string }> {
  if (!/^of\s/iu.test(rest)) return { person: work.person, rest };
  const behind = rest.slice(2);
  const at = behind.search(STATE_WORDS);
  const name = (at < 0 ? behind : behind.slice(0, at)).trim();
  const person = await seenPerson(work, name);
  return 'say' in person ? person : { person, rest: at < 0 ? '' : behind.slice(at).trim() };
}

/** The same words for somebody who is not there and for a record that is not to be seen. */
async function seenPerson(work: Work, name: string): Promise<Person | Answer> {
  const match = matchName(await work.tx.people.withRole('service_isso'), name);
  if (!match.ok)
    return answerPrivately(
      match.refusal.code === 'several' ? say([theirs(severalCalled(match.refusal))]) : noTrainingOf(name),
    );
  const sight = trainingSight(work.person, match.value.id, await everyEngagement(work, match.value.id));
  return sight ? match.value : answerPrivately(noTrainingOf(name));
}

async function ofName(work: Work, name: string, isScorecard: boolean): Promise<Answer | null> {
  const person = await seenPerson(work, name);
  if ('say' in person) return (await isAnswering(work)) ? null : person;
  if (!isScorecard) return showCoursesOf(work, person);
  const sight = trainingSight(work.person, person.id, await everyEngagement(work, person.id));
  if (sight !== 'whole') return answerPrivately(noTrainingOf(name));
  const whose = person.id === work.person.id ? null : person.name;
  return answerPrivately(scorecardShown(whose, await keptTraining(work, person.id), AREA_NAMES));
}

/** Without levels it opens the one that is open, the first before the last; it shows them when none is to be filled in now. */
async function typeScorecard(work: Work, which: string, levels: string): Promise<Answer> {
  const record = await keptTraining(work, work.person.id);
  const [hasStart, hasEnd] = (['scorecard_start', 'scorecard_end'] as const).map(
    (each) => noteOf(record, each).scores !== null,
  );
  const isNext = which === '' && hasStart === true;
  const key = which === 'end' || isNext ? ('scorecard_end' as const) : ('scorecard_start' as const);
  if (levels.trim() === '') {
    const fromOn = await scorecardEndFrom(work);
    const isToCome = fromOn !== null && programmeToday(work) < fromOn;
    return isNext && (hasEnd === true || isToCome)
      ? answerPrivately(scorecardShown(null, record, AREA_NAMES))
      : pressCourse(work, key);
  }
  const digits = levels.split(/[\s,;]+/u).filter((each) => each !== '');
  const scores = scorecardOf(digits.map((each) => SCORES.find((score) => String(score) === each)));
  return scores ? saveScorecard(work, key, scores) : answerPrivately(scorecardHelp(AREA_NAMES));
}
