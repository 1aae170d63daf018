/** What a curriculum consists of, as data, and when its courses are to be taken (domain reference 5.1). Pure. */
import {
  addBusinessDays,
  type Calendar,
  isBusinessDay,
  nextBusinessDay,
  previousBusinessDay,
} from './calendar.ts';
import { addDays, type LocalDate } from './time.ts';

/** In the order of the programme page. */
export const COURSE_KEYS = [
  'role_review',
  'scorecard_start',
  'video_series',
  'activities_overview',
  'toolkit',
  'mentorship',
  'rbt',
  'policies',
  'catalogue',
  'forum',
  'isspa',
  'cfacts_training',
  'bootcamp',
  'scorecard_end',
] as const;
export type CourseKey = (typeof COURSE_KEYS)[number];

/**
 * What shows that a course was taken. `word`: their own word. `areas`: the levels of a scorecard. `choice`: yes, no or later.
 * `reference`: the number of a certificate. `attendance`: the day on which they were there.
 */
type CourseProof = 'word' | 'areas' | 'choice' | 'reference' | 'attendance';

export interface Course {
  readonly key: CourseKey;
  readonly name: string;
  /** Other words people use for it, in small letters. */
  readonly alsoCalled: readonly string[];
  readonly links: readonly CourseLink[];
  /** Whom to ask where there is no public link; null: nobody. */
  readonly contact: string | null;
  /** Calendar days after day 0. */
  readonly startDay: number;
  /** Null: as agreed. */
  readonly dueDay: number | null;
  readonly proof: CourseProof;
  readonly isRequired: boolean;
  /** `self-paced`: at any time. `monthly` and `cohort`: on days that others set. */
  readonly pace: 'self-paced' | 'monthly' | 'cohort';
  /** The line of the Information Card that says the same; null: none does. */
  readonly cardItem: string | null;
}

export interface CourseLink {
  readonly label: string;
  readonly url: string;
}

/** When somebody is to take a course: business days of theirs, the first and the last. */
export interface CourseDays {
  readonly startsOn: LocalDate;
  /** Null: as agreed. */
  readonly dueOn: LocalDate | null;
}

/**
 * The days of a course for somebody whose onboarding began on `dayZeroOn`. `own`: their calendar, with leave, which puts the end off
 * by the business days that it takes from the course. The end is rolled back to a business day, the start forward.
 */
export function courseDays(
  { startDay, dueDay }: Pick<Course, 'startDay' | 'dueDay'>,
  dayZeroOn: LocalDate,
  own: Calendar,
): CourseDays {
  const start = addDays(dayZeroOn, startDay);
  const startsOn = isBusinessDay(start, own) ? start : nextBusinessDay(start, own);
  if (dueDay === null) return { startsOn, dueOn: null };
  const due = addDays(dayZeroOn, dueDay);
  const lost = lostToLeave(start, due, own);
  const planned = rolledBack(due, withoutLeave(own));
  const dueOn = lost > 0 ? addBusinessDays(planned, lost, own) : planned;
  return { startsOn, dueOn: [startsOn, dueOn].toSorted().at(-1) ?? dueOn };
}

/** The day itself when it is a business day, else the last one before. */
export const rolledBack = (day: LocalDate, calendar: Calendar): LocalDate =>
  isBusinessDay(day, calendar) ? day : previousBusinessDay(day, calendar);

const withoutLeave = ({ away: _away, ...programme }: Calendar): Calendar => programme;

/** Business days from `from` to `to`, both included, on which the person is on leave. */
function lostToLeave(from: LocalDate, to: LocalDate, own: Calendar): number {
  const programme = withoutLeave(own);
  let lost = 0;
  for (let day = from; day <= to; day = addDays(day, 1))
    if (isBusinessDay(day, programme) && !isBusinessDay(day, own)) lost += 1;
  return lost;
}
