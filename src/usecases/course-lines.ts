/** What is said to somebody about their courses, as lines of their nudge (domain reference 5.1, 5.2). */
import type { Calendar } from '../domain/calendar.ts';
import { isSettled, itemOf } from '../domain/card.ts';
import type { EngagementState } from '../domain/engagement-states.ts';
import type { PersonId } from '../domain/ids.ts';
import type { NudgeLine } from '../domain/nudge.ts';
import { ONBOARDING_GOAL_DAYS } from '../domain/onboarding.ts';
import { addDays, type LocalDate } from '../domain/time.ts';
import { type Course, courseDays, rolledBack } from '../domain/training-course.ts';
import { isCourseSettled, noteOf } from '../domain/training-record.ts';
import { isReminderDay } from '../domain/training-reminders.ts';
import { CURRICULUM, courseOf, TRAINING_REMINDERS } from '../offerings/curriculum.ts';
import { cardNow } from './information-card.ts';
import { ownCalendar } from './own-calendar.ts';
import { firstForumOn, type TrainingNow, trainingNow } from './training-now.ts';
import type { Work } from './work.ts';

type Reading = Pick<Work, 'tx' | 'now' | 'programme'>;

/** While somebody is onboarded, and for what stayed open when work began. */
const NUDGED_IN: readonly EngagementState[] = ['ONBOARDING', 'ACTIVE', 'EXTENSION_REVIEW'];

/**
 * The courses that are to be said to the person on `today`, a business day of theirs, as `about: { kind: 'course', key }`. What
 * they put off is among them with `snoozedUntil`. Empty for somebody who is no Service ISSO now, and while all their engagements
 * pause. `saidFrom` is today or earlier. `rbt` is there on its reminder days, and each day from the day on which it is due; other
 * courses from their first day until they are settled, as long as the line of the card that stands for them all is open. A course
 * that is a line of the card as well is said by that line.
 */
export async function courseLinesOf(
  work: Reading,
  personId: PersonId,
  today: LocalDate,
): Promise<readonly NudgeLine[]> {
  const now = await trainingNow(work, personId);
  if (now.engagements.every(({ state }) => state === 'PAUSED')) return [];
  const own = await ownCalendar(work, personId, now.dayZeroOn ?? today);
  return [...trainingLine(now, own, today), ...(await curriculumLines(work, now, own, today))];
}

function trainingLine({ record, rbt: { dueOn } }: TrainingNow, own: Calendar, today: LocalDate): NudgeLine[] {
  if (dueOn === null || !isReminderDay(dueOn, today, TRAINING_REMINDERS, own)) return [];
  const { name, key } = courseOf('rbt');
  return [
    {
      about: { kind: 'course', key },
      name,
      part: null,
      dueOn,
      saidFrom: today,
      snoozedUntil: noteOf(record, key).snoozedUntil,
      waitsFor: null,
    },
  ];
}

async function curriculumLines(
  work: Reading,
  now: TrainingNow,
  own: Calendar,
  today: LocalDate,
): Promise<readonly NudgeLine[]> {
  const { latest, dayZeroOn, record } = now;
  const kept = latest && (await cardNow(work, latest));
  // A card that nobody keeps says nothing about what is open.
  const item = kept && kept.version > 0 ? itemOf(kept.card, 'curriculum') : undefined;
  if (!latest || !NUDGED_IN.includes(latest.state) || dayZeroOn === null || !item || isSettled(item))
    return [];
  const forumOn = await firstForumOn(work, dayZeroOn, addDays(dayZeroOn, ONBOARDING_GOAL_DAYS));
  const lineOf = (course: Course): NudgeLine[] => {
    const note = noteOf(record, course.key);
    const { startsOn, dueOn } = courseDays(course, dayZeroOn, own);
    const saidFrom = course.key === 'forum' ? (forumOn ?? startsOn) : startsOn;
    if (isCourseSettled(note) || course.cardItem !== null || dueOn === null || saidFrom > today) return [];
    // What is optional is never late.
    if (!course.isRequired && dueOn < today) return [];
    return [
      {
        about: { kind: 'course', key: course.key },
        name: course.name,
        part: null,
        dueOn: dueOn < saidFrom ? rolledBack(saidFrom, own) : dueOn,
        saidFrom,
        snoozedUntil: note.snoozedUntil,
        waitsFor: null,
      },
    ];
  };
  return CURRICULUM.flatMap(lineOf);
}
