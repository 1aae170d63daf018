/** Somebody says something of a course: their own, or one of somebody whose record they keep (domain reference 1.3, 5.1). */
import { may } from '../domain/access.ts';
import { isSettled, itemOf } from '../domain/card.ts';
import type { Engagement } from '../domain/engagement.ts';
import type { PersonId } from '../domain/ids.ts';
import type { Course } from '../domain/training-course.ts';
import {
  type CourseNote,
  noteCourse,
  noteOf,
  requiredCount,
  type SaidOfCourse,
  withNote,
} from '../domain/training-record.ts';
import {
  courseNotTheirs,
  courseOnCard,
  courseRefused,
  courseSaved,
  noTraining,
} from '../messages/copy/course-answers.ts';
import type { Message } from '../messages/message.ts';
import { CURRICULUM } from '../offerings/curriculum.ts';
import { applyItem, type ItemTaken } from './change-item.ts';
import { courseErrors } from './course-words.ts';
import { cardNow, followCard } from './information-card.ts';
import { mayChangeItem } from './item-rights.ts';
import { noteDeed } from './note-deed.ts';
import { noteTraining } from './note-training.ts';
import { afterCardChange, afterCourseChange } from './nudge-refresh.ts';
import {
  keepTraining,
  keptTraining,
  lockTraining,
  type TrainingNow,
  trainedEngagements,
  trainingNow,
} from './training-now.ts';
import { programmeToday, type Work } from './work.ts';

/** The training of that person with all their engagements locked, then the record: always in this order. */
async function openTraining(work: Work, personId: PersonId): Promise<TrainingNow> {
  const locked: Engagement[] = [];
  for (const { number } of await trainedEngagements(work, personId)) {
    const engagement = await work.tx.engagements.forChange(number);
    if (engagement) locked.push(engagement);
  }
  await lockTraining(work, personId);
  return trainingNow(work, personId, locked);
}

/**
 * Notes what was said of a course. A course that is a line of the Information Card is done there where the line is open, on all of
 * the person's cards. Refused in words: what is not theirs to say, a day ahead, missing evidence; errors name the field to mend.
 */
export async function sayOfCourse(
  work: Work,
  personId: PersonId,
  course: Course,
  said: SaidOfCourse,
): Promise<ItemTaken> {
  const opened = await openTraining(work, personId);
  if (!maySay(work, opened, said))
    return {
      say:
        personId === work.person.id && opened.engagements.length === 0
          ? noTraining()
          : courseNotTheirs(course),
    };
  const errors = courseErrors(said);
  if (errors) return { errors };
  const { record } = opened;
  const by = { byId: work.person.id, at: work.now };
  const made = noteCourse(course, noteOf(record, course.key), said, { today: programmeToday(work), by });
  if (!made.ok)
    return { say: courseRefused(course, typedName(course), made.refusal, noteOf(record, course.key)) };
  const onCard = await sayOnCard(work, opened, course, said);
  if (onCard) {
    await keepHours(work, personId, course, said);
    return onCard;
  }
  return { say: await keep(work, opened, course, made.value) };
}

/** Short enough to be typed. */
const typedName = ({ key }: Course): string => key.replaceAll('_', ' ');

function maySay(work: Work, { personId, engagements }: TrainingNow, said: SaidOfCourse): boolean {
  const verb = said.to === 'not_needed' ? 'training.waive' : 'training.write';
  if (engagements.some((each) => may(work.person, verb, each))) return true;
  return said.to !== 'not_needed' && personId === work.person.id && engagements.length > 0;
}

/** What the lines of the cards make of it; null for a course that is none, or whose lines are settled. */
async function sayOnCard(
  work: Work,
  { personId, engagements }: TrainingNow,
  course: Course,
  said: SaidOfCourse,
): Promise<ItemTaken | null> {
  const { cardItem: key } = course;
  const [first] = engagements;
  if (key === null || !first) return null;
  if (said.to === 'open') return { say: courseOnCard(course, first.number, key, 'reopen it lapsed') };
  if (said.to === 'not_needed')
    return { say: courseOnCard(course, first.number, key, 'not needed because …') };
  if (said.to !== 'done') return null;
  for (const engagement of engagements) {
    const kept = await cardNow(work, engagement);
    const item = kept && itemOf(kept.card, key);
    if (!kept || !item || isSettled(item) || !mayChangeItem(work, kept, key)) continue;
    // Their other cards follow.
    const change = { to: 'done', on: said.on, reference: said.reference } as const;
    return applyItem(work, kept, { kind: 'change', key, change });
  }
  // The line was done before, and is renewed each year.
  if (course.key === 'rbt') await noteTraining(work, personId, said.on);
  return null;
}

/** The card has no room for hours: they stay with the record, when the card has taken the rest. */
async function keepHours(work: Work, personId: PersonId, { key }: Course, said: SaidOfCourse): Promise<void> {
  if (said.to !== 'done' || !said.hours) return;
  const record = await keptTraining(work, personId);
  const note = noteOf(record, key);
  if (note.state.is === 'done' && note.state.on === said.on)
    await keepTraining(work, personId, withNote(record, { ...note, hours: said.hours }));
}

/** Keeps it, and what follows: the cards' line for all courses, and what the day's nudges say. */
async function keep(
  work: Work,
  { personId, record, engagements, latest }: TrainingNow,
  course: Course,
  noted: CourseNote,
): Promise<Message> {
  const before = noteOf(record, course.key);
  const next = withNote(record, noted);
  await keepTraining(work, personId, next);
  const facts = { person: personId, course: course.key, before: before.state.is, after: noted.state.is };
  await noteDeed(work, 'training.change', facts, latest ? { engagementId: latest.id } : {});
  for (const engagement of engagements) {
    if (await followCard(work, engagement)) await afterCardChange(work, engagement);
  }
  await afterCourseChange(work, personId);
  const [person] = personId === work.person.id ? [] : await work.tx.people.some([personId]);
  return courseSaved(course, noted, requiredCount(CURRICULUM, next), person?.name ?? null);
}
