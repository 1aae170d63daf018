/** The training record of a Service ISSO, as far as its reader may see it (domain reference 1.3, 5.1). */
import { trainingSight } from '../domain/access-training.ts';
import type { Engagement } from '../domain/engagement.ts';
import type { PersonId } from '../domain/ids.ts';
import type { Person } from '../domain/person.ts';
import type { LocalDate } from '../domain/time.ts';
import { type TrainingClocks, trainingClocks } from '../domain/training-clocks.ts';
import { type CourseDays, type CourseKey, courseDays } from '../domain/training-course.ts';
import { isCourseSettled, noteOf, requiredCount } from '../domain/training-record.ts';
import { noTraining, noTrainingOf } from '../messages/copy/course-answers.ts';
import { coursesCard, trainingSummary } from '../messages/copy/courses.ts';
import type { AreaNames } from '../messages/copy/training-scorecard.ts';
import type { Message } from '../messages/message.ts';
import { CURRICULUM } from '../offerings/curriculum.ts';
import { QUALIFICATION_AREAS } from '../offerings/nice.ts';
import { noteDeed } from './note-deed.ts';
import { ownCalendar } from './own-calendar.ts';
import { feasibleFor } from './training-feasible.ts';
import { type TrainingNow, trainingNow, trainingOf } from './training-now.ts';
import { type Answer, answerPrivately, programmeToday, type Work } from './work.ts';

type Reading = Pick<Work, 'tx' | 'now' | 'programme'>;

/** The two clocks of that person's first training in an engagement; null before its onboarding began. */
async function trainingClocksNow(
  work: Reading,
  engagement: Engagement,
  personId: PersonId,
): Promise<TrainingClocks | null> {
  const { course } = engagement;
  if (course.serviceIssoId !== personId || course.dayZeroOn === null) return null;
  const { doneOn } = await trainingOf(work, engagement, personId);
  return trainingClocks({ dayZeroOn: course.dayZeroOn, appointedOn: course.letter.ciso, doneOn });
}

/** `courses`: one's own. */
export async function showOwnCourses(work: Work): Promise<Answer> {
  const now = await trainingNow(work, work.person.id);
  const isIsso = work.person.roles.includes('service_isso') || now.engagements.length > 0;
  return answerPrivately(isIsso ? await drawOwn(work, now) : noTraining());
}

const drawOwn = (work: Work, now: TrainingNow): Promise<Message> => draw(work, now, null, 'whole');

/** `courses of Ines Sorensen`, as far as the reader may see them; a look at a record is written down. */
export async function showCoursesOf(work: Work, person: Person): Promise<Answer> {
  if (person.id === work.person.id) return showOwnCourses(work);
  const sight = trainingSight(work.person, person.id, await everyEngagement(work, person.id));
  if (!sight) return answerPrivately(noTrainingOf(person.name));
  const now = await trainingNow(work, person.id);
  if (sight === 'summary') return answerPrivately(trainingSummary(person.name, await isOnCourse(work, now)));
  await noteDeed(
    work,
    'training.read',
    { person: person.id },
    now.latest ? { engagementId: now.latest.id } : {},
  );
  return answerPrivately(await draw(work, now, person.name, sight));
}

/** Those of now and before: a record outlives the engagement. */
export async function everyEngagement(
  { tx }: Pick<Work, 'tx'>,
  personId: PersonId,
): Promise<readonly Engagement[]> {
  const found = new Map((await tx.engagements.assignedTo(personId)).map((each) => [each.id, each]));
  for (const milestone of await tx.milestones.named(['onboarding-began'])) {
    if (milestone.personId !== personId || found.has(milestone.engagementId)) continue;
    const engagement = await tx.engagements.get(milestone.engagementId);
    if (engagement) found.set(engagement.id, engagement);
  }
  return [...found.values()];
}

async function draw(
  work: Work,
  now: TrainingNow,
  ofName: string | null,
  sight: 'whole' | 'record' | 'status' | 'dates',
): Promise<Message> {
  const { personId, record, dayZeroOn, latest, rbt } = now;
  const clocks = latest && (await trainingClocksNow(work, latest, personId));
  return coursesCard({
    ofName,
    sight,
    courses: CURRICULUM,
    record,
    days: await daysOf(work, now),
    of: requiredCount(CURRICULUM, record),
    clocks,
    feasible:
      latest?.state === 'ONBOARDING' && dayZeroOn !== null
        ? await feasibleFor(work, personId, dayZeroOn)
        : null,
    trainingDueOn: rbt.dueOn,
    areaNames: AREA_NAMES,
    today: programmeToday(work),
  });
}

/** By the person's own calendar; role-based training by its own clock. */
async function daysOf(
  work: Reading,
  { personId, dayZeroOn, rbt }: TrainingNow,
): Promise<ReadonlyMap<CourseKey, CourseDays>> {
  if (dayZeroOn === null) return new Map();
  const own = await ownCalendar(work, personId, dayZeroOn);
  const days = new Map(CURRICULUM.map((course) => [course.key, courseDays(course, dayZeroOn, own)]));
  const training = days.get('rbt');
  if (training) days.set('rbt', { ...training, dueOn: rbt.dueOn ?? training.dueOn });
  return days;
}

/** True while nothing required is past its day. */
async function isOnCourse(work: Reading, now: TrainingNow): Promise<boolean> {
  const today = programmeToday(work);
  const days = await daysOf(work, now);
  const isLate = (on: LocalDate | null | undefined): boolean => on !== null && on !== undefined && on < today;
  if (isLate(now.rbt.dueOn)) return false;
  return !CURRICULUM.some(
    ({ key, isRequired }) =>
      isRequired && !isCourseSettled(noteOf(now.record, key)) && isLate(days.get(key)?.dueOn),
  );
}

/** What the areas of the scorecard are called. */
export const AREA_NAMES: AreaNames = {
  q_standards: QUALIFICATION_AREAS.q_standards.name,
  q_it: QUALIFICATION_AREAS.q_it.name,
  q_disciplines: QUALIFICATION_AREAS.q_disciplines.name,
  q_program: QUALIFICATION_AREAS.q_program.name,
  q_risk: QUALIFICATION_AREAS.q_risk.name,
  q_leadership: QUALIFICATION_AREAS.q_leadership.name,
};
