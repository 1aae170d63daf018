/** The training records of the demo programme: what its Service ISSOs say of their courses, and what their cards say (domain reference 5.1). */
import { type CardItem, isSettled } from '../../domain/card.ts';
import type { PersonId } from '../../domain/ids.ts';
import { WORKED_IN } from '../../domain/service-isso-now.ts';
import { instantOf, type LocalDate } from '../../domain/time.ts';
import type { CourseKey } from '../../domain/training-course.ts';
import { feasibilityOf, verdictOf } from '../../domain/training-feasibility.ts';
import {
  type CourseNote,
  isCourseSettled,
  NEW_RECORD,
  noteCourse,
  noteOf,
  type SaidOfCourse,
  type TrainingRecord,
  withNote,
} from '../../domain/training-record.ts';
import { CURRICULUM, courseOf, courseOfItem } from '../../offerings/curriculum.ts';
import { scorecardOf } from '../../offerings/scorecard.ts';
import { COURSE_DATES } from '../training-feasible.ts';
import type { DemoProgramme, DemoSaid } from './story.ts';
import { businessDayIn, dayAgo } from './timeline.ts';
import {
  engagementOf,
  holders,
  issoOf,
  latestPaper,
  note,
  noteApart,
  noteHere,
  type Scene,
  type World,
  writePaper,
} from './world.ts';

const KIND = 'training';
const FORM_VERSION = 1;
/** Business days ago on which ISPG said when the boot camps begin: before any onboarding that still goes on. */
const DATES_SET = 90;

/** The record of that person as it is kept; told in memory, the answers of the paper are the record itself. */
export function recordNow(world: Pick<World, 'papers'>, personId: PersonId): TrainingRecord {
  const paper = latestPaper(world, KIND, personId);
  return paper ? (paper.answers as unknown as TrainingRecord) : NEW_RECORD;
}

function keepTraining(scene: Scene, personId: PersonId, record: TrainingRecord, byId: PersonId): void {
  writePaper(scene, {
    kind: KIND,
    subject: personId,
    formVersion: FORM_VERSION,
    answers: { ...record },
    byId,
  });
}

/** The Service ISSO says what they took, as one version; what is settled already, such as in an earlier engagement, is left. */
export function sayOfCourses(scene: Scene, said: Readonly<Partial<Record<CourseKey, DemoSaid>>>): boolean {
  const isso = issoOf(scene);
  const before = recordNow(scene.world, isso);
  let record = before;
  for (const { key } of CURRICULUM) {
    const held = noteOf(record, key);
    const wanted = said[key];
    if (wanted === undefined || isCourseSettled(held)) continue;
    const when = { today: scene.on, by: { byId: isso, at: scene.at } };
    const made = noteCourse(courseOf(key), held, saidOf(scene, wanted), when);
    if (!made.ok) throw new Error(`${scene.story.key}: ${key}: ${JSON.stringify(made.refusal)}`);
    record = withNote(record, made.value);
    noteHere(scene, 'training.change', isso, factsOf(isso, held, made.value));
  }
  if (record !== before) keepTraining(scene, isso, record, isso);
  return record !== before;
}

const factsOf = (person: PersonId, before: CourseNote, after: CourseNote) => ({
  person,
  course: after.key,
  before: before.state.is,
  after: after.state.is,
});

function saidOf({ on, story }: Scene, said: DemoSaid): SaidOfCourse {
  if (said === 'done') return { to: 'done', on, reference: null };
  if (said === 'attended') return { to: 'attended', on };
  if (said === 'yes' || said === 'no' || said === 'later') return { to: 'choice', choice: said };
  const scores = scorecardOf(said);
  if (!scores) throw new Error(`${story.key}: a scorecard has one level for each area`);
  return { to: 'scores', scores };
}

/** A line of the card that is a course as well: what it says is said of the course. */
export function followLine(scene: Scene, isso: PersonId, item: CardItem, byId: PersonId): void {
  const course = courseOfItem(item.key);
  if (!course || !isSettled(item) || item.state.is !== 'done' || item.doneOn === null) return;
  const record = recordNow(scene.world, isso);
  const state = { is: 'done', on: item.doneOn, reference: item.state.reference } as const;
  const followed = { ...noteOf(record, course.key), state, changed: { byId, at: scene.at } };
  keepTraining(scene, isso, withNote(record, followed), byId);
}

/** Role-based training was taken again: the line of the card was done before, and the record has the new certificate. */
export function renewTraining(scene: Scene, byId: PersonId): void {
  const isso = issoOf(scene);
  const record = recordNow(scene.world, isso);
  const said = { to: 'done', on: scene.on, reference: certificateOf(scene) } as const;
  const held = noteOf(record, 'rbt');
  const made = noteCourse(courseOf('rbt'), held, said, { today: scene.on, by: { byId, at: scene.at } });
  if (!made.ok) throw new Error(`${scene.story.key}: rbt: ${JSON.stringify(made.refusal)}`);
  keepTraining(scene, isso, withNote(record, made.value), byId);
  noteHere(scene, 'training.change', byId, factsOf(isso, held, made.value));
}

/** The number of a certificate, as the person gives it. */
export const certificateOf = ({ on, index }: Scene): string => `CERT-${on.replaceAll('-', '')}-${index + 1}`;

/** ISPG says when the boot camps begin: days from the day of loading, negative for those that were. */
export function tellBootcamps(
  world: World,
  { bootcampsInDays }: Pick<DemoProgramme, 'bootcampsInDays'>,
): void {
  const at = instantOf(dayAgo(world.when, DATES_SET), '11:10', world.when.timeZone);
  const [byId = ''] = holders(world, 'ispg_team');
  const starts = bootcampsInDays.map((days) => businessDayIn(world.when, days));
  const paper = {
    kind: COURSE_DATES,
    subject: 'bootcamp',
    formVersion: 1,
    answers: { starts },
    byId,
  } as const;
  writePaper({ world, at }, paper);
  const facts = { course: 'bootcamp', starts: String(starts.length) };
  noteApart(world, { verb: 'course-dates.set', byId, at, to: null, facts });
}

/** On day 0: which of the boot camps that are known by then fits into the onboarding, kept as said. */
export function noteFeasibility(scene: Scene, dayZeroOn: LocalDate): void {
  const paper = latestPaper(scene.world, COURSE_DATES, 'bootcamp');
  const starts = scene.at < (paper?.at ?? scene.at) ? [] : ((paper?.answers.starts ?? []) as LocalDate[]);
  const verdict = verdictOf(feasibilityOf(dayZeroOn, starts, scene.world.when.calendar));
  const facts = { person: issoOf(scene), course: 'bootcamp', verdict };
  note(scene, { verb: 'course.feasibility', byId: null, from: null, to: null, facts });
}

/** Engagements of the story's Service ISSO in which they are trained, by the key of their story. */
export function trainedIn({ world, story }: Scene): readonly string[] {
  const { serviceIssoId } = engagementOf({ world, story }).course;
  return [...world.engagements]
    .filter(([, { course, state }]) => course.serviceIssoId === serviceIssoId && WORKED_IN.includes(state))
    .map(([key]) => key);
}
