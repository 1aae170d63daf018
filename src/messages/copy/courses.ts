/** The training record of a Service ISSO as its reader may see it (domain reference 1.3, 5.1, 5.2). */
import type { TrainingSight } from '../../domain/access-training.ts';
import { type LocalDate, sayLocalDate, sayShortDate } from '../../domain/time.ts';
import type { TrainingClocks } from '../../domain/training-clocks.ts';
import type { Course, CourseDays } from '../../domain/training-course.ts';
import {
  type CourseNote,
  isCourseSettled,
  noteOf,
  TRAINING_KEPT_YEARS,
  type TrainingRecord,
} from '../../domain/training-record.ts';
import { type Button, button } from '../button.ts';
import { type Line, line, link, theirs } from '../inline.ts';
import {
  type Block,
  bullets,
  card,
  type Fact,
  fact,
  facts,
  type Message,
  note,
  paragraph,
  say,
} from '../message.ts';
import { courseStateWords } from './course-answers.ts';
import { bootcampLine, type Feasible } from './course-feasibility.ts';
import { trainingClockFacts } from './training-clocks.ts';
import { type AreaNames, scorecardBlocks } from './training-scorecard.ts';

/** More buttons on one card are hard to read; every course can be typed. */
const MOST_BUTTONS = 8;

interface CoursesShown {
  /** Null for the reader's own. */
  readonly ofName: string | null;
  readonly sight: Exclude<TrainingSight, 'summary'>;
  readonly courses: readonly Course[];
  readonly record: TrainingRecord;
  /** Of each course; none without an onboarding to count from. */
  readonly days: ReadonlyMap<Course['key'], CourseDays>;
  readonly of: { readonly settled: number; readonly all: number };
  /** Null without an onboarding. */
  readonly clocks: TrainingClocks | null;
  readonly feasible: Feasible | null;
  /** When role-based training is due next; null where nothing says so. */
  readonly trainingDueOn: LocalDate | null;
  readonly areaNames: AreaNames;
  readonly today: LocalDate;
}

/** The whole record: courses in the order of the curriculum, clocks, what the dates of live courses allow, scorecards. */
export function coursesCard(shown: CoursesShown): Message {
  const { ofName, sight, courses, of, clocks, feasible, record, trainingDueOn, today } = shown;
  const isOwn = ofName === null;
  const withButtons = isOwn ? dueNow(shown).slice(0, MOST_BUTTONS) : [];
  const rows = courses.map((course, index) =>
    courseRow(shown, course, index + 1, withButtons.includes(course)),
  );
  return card(isOwn ? 'My training' : 'Training record', [
    ...(ofName === null ? [] : [paragraph(line`${theirs(ofName)}`)]),
    paragraph(`${of.settled} of ${of.all} required courses are settled.`),
    facts(rows),
    facts([
      ...(clocks ? trainingClockFacts(clocks, today) : []),
      ...(trainingDueOn === null ? [] : [fact('Role-based training due next', sayLocalDate(trainingDueOn))]),
    ]),
    ...(feasible && !isCourseSettled(noteOf(record, 'bootcamp'))
      ? [paragraph(bootcampLine(feasible.bootcamp))]
      : []),
    ...(sight === 'whole' ? scorecardBlocks(record, shown.areaNames) : []),
    note(
      `Training records are kept at least ${TRAINING_KEPT_YEARS} years after completion [ARS AT-4].${isOwn ? ' Say what you have taken: `course toolkit done`, `course rbt done on 12/3/2026 ref CERT-1`.' : ''}`,
    ),
  ]);
}

/** Open courses whose time has come, soonest due first. */
function dueNow({ courses, record, days, today }: CoursesShown): readonly Course[] {
  const dueOf = ({ key }: Course): string => days.get(key)?.dueOn ?? '9999';
  return courses
    .filter(
      ({ key, pace }) =>
        pace !== 'cohort' &&
        !isCourseSettled(noteOf(record, key)) &&
        (days.get(key)?.startsOn ?? today) <= today,
    )
    .toSorted((a, b) => (dueOf(a) < dueOf(b) ? -1 : dueOf(a) > dueOf(b) ? 1 : 0));
}

function courseRow(shown: CoursesShown, course: Course, place: number, hasButton: boolean): Fact {
  const saved = noteOf(shown.record, course.key);
  const words = line`${stands(shown, course, saved)}${whereWords(course)}`;
  return fact(`${place}. ${course.name}`, words, hasButton ? courseButton(course, place) : undefined);
}

function stands({ sight, days, today }: CoursesShown, course: Course, saved: CourseNote): Line {
  const sees = { references: sight === 'whole' || sight === 'record', words: sight !== 'dates' };
  const state = courseStateWords(saved, sees);
  if (isCourseSettled(saved)) return state;
  const dueOn = days.get(course.key)?.dueOn ?? null;
  const due =
    dueOn === null
      ? course.isRequired
        ? ''
        : ' Optional, as agreed.'
      : dueOn < today
        ? ` Was due by ${sayShortDate(dueOn)}.`
        : ` ${course.isRequired ? 'Due' : 'Optional,'} by ${sayShortDate(dueOn)}.`;
  return line`${state}${due} ${PROOF[course.proof]}.`;
}

const PROOF: Readonly<Record<Course['proof'], string>> = {
  word: 'Your word is enough',
  areas: 'Shown by the levels by area',
  choice: 'Answer yes, no or later',
  reference: 'Shown by the number of the certificate',
  attendance: 'Shown by the day you were there',
};

function whereWords({ links, contact }: Course): Line {
  const pages = links.map(({ label, url }) => line` ${link(label, url)}.`);
  const ask = contact === null ? line`` : line` Ask ${contact}.`;
  return pages.concat([ask]).reduce((all, each) => line`${all}${each}`, line``);
}

/** True when pressing its button opens a dialog: something has to be filled in. */
export const opensDialog = ({ proof }: Course): boolean => proof !== 'word';

/** Says that the reader has taken it, at once or in a dialog; `place` from 1. */
function courseButton(course: Course, place: number): Button {
  const label = course.proof === 'choice' ? 'Answer' : course.proof === 'areas' ? 'Fill in' : 'Done';
  const typed = ((): string => {
    switch (course.proof) {
      case 'areas':
        return 'scorecard';
      case 'choice':
        return `course ${place} later`;
      case 'reference':
        return `course ${place} done ref CERT-1`;
      case 'attendance':
        return `course ${place} attended 12/17/2026`;
      case 'word':
        return `course ${place} done`;
      default:
        return course.proof satisfies never;
    }
  })();
  return button(`course-${course.key}`, label, { verb: 'course.say', subject: course.key }, typed, {
    opensDialog: opensDialog(course),
  });
}

/** All that the requesting side learns. */
export const trainingSummary = (name: string, isOnCourse: boolean): Message =>
  say(
    isOnCourse
      ? line`The training of ${theirs(name)} is on course.`
      : line`The training of ${theirs(name)} is behind its plan; the contractor follows it up.`,
  );

/** Everybody whose role-based training is looked at in a review. */
export interface Reviewed {
  readonly name: string;
  readonly dueOn: LocalDate | null;
  readonly doneOn: LocalDate | null;
  readonly reference: string | null;
  readonly hours: number | null;
}

/** To contract leads and ISPG; `seesReferences`: the contractor. `hours`: the target of a year, null for none. */
export function reviewList(
  reviewed: readonly Reviewed[],
  left: number,
  {
    seesReferences,
    hours,
    today,
  }: { readonly seesReferences: boolean; readonly hours: number | null; readonly today: LocalDate },
): Message {
  const rowOf = (each: Reviewed): Line => {
    const due =
      each.dueOn === null
        ? 'no due day is known'
        : each.dueOn < today
          ? `overdue since ${sayLocalDate(each.dueOn)}`
          : `due by ${sayLocalDate(each.dueOn)}`;
    const done = each.doneOn === null ? 'not done yet' : `last done on ${sayLocalDate(each.doneOn)}`;
    const evidence =
      each.doneOn === null || !seesReferences
        ? line``
        : each.reference === null
          ? line`, no reference`
          : line`, reference ${theirs(each.reference)}`;
    const worked = hours === null || each.doneOn === null ? '' : `, ${each.hours ?? 0} of ${hours} hours`;
    return line`${theirs(each.name)}: ${due}; ${done}${evidence}${worked}`;
  };
  const blocks: readonly Block[] =
    reviewed.length === 0
      ? [paragraph('No Service ISSO is in an engagement now.')]
      : [bullets([...reviewed.map(rowOf), ...(left > 0 ? [`and ${left} more`] : [])])];
  return card('Role-based training: review', [
    ...blocks,
    note('Soonest due first. A meeting about it: `ask for training review`.'),
  ]);
}
