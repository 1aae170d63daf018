/** The training record of a Service ISSO as it is kept, and with what is known elsewhere: one paper for each person, a version for every change. */
import { z } from 'zod';
import type { Engagement } from '../domain/engagement.ts';
import type { PersonId } from '../domain/ids.ts';
import { nextVersion, type Paper } from '../domain/paper.ts';
import { presentServiceIsso } from '../domain/service-isso-now.ts';
import { addDays, instantOf, type LocalDate } from '../domain/time.ts';
import { type Assignment, assignmentsOf } from '../domain/training.ts';
import { COURSE_KEYS } from '../domain/training-course.ts';
import {
  CHOICES,
  type CourseNote,
  NEW_RECORD,
  noteOf,
  recordOf,
  type Score,
  type Scorecard,
  type TrainingRecord,
  withNote,
} from '../domain/training-record.ts';
import {
  ownTrainingDueOn,
  type TrainingDates,
  trainingCounted,
  trainingDoneIn,
} from '../domain/training-reminders.ts';
import type { Work } from './work.ts';

const KIND = 'training';
const FORM_VERSION = 1;

const day = z.iso.date();
const score: z.ZodType<Score> = z.union([
  z.literal(0),
  z.literal(1),
  z.literal(2),
  z.literal(3),
  z.literal(4),
]);
const scorecard: z.ZodType<Scorecard> = z.object({
  q_standards: score,
  q_it: score,
  q_disciplines: score,
  q_program: score,
  q_risk: score,
  q_leadership: score,
});
const note: z.ZodType<CourseNote> = z.object({
  key: z.enum(COURSE_KEYS),
  state: z.discriminatedUnion('is', [
    z.object({ is: z.literal('open') }),
    z.object({ is: z.literal('done'), on: day, reference: z.string().nullable() }),
    z.object({ is: z.literal('not_needed'), on: day, byId: z.string(), why: z.string() }),
  ]),
  choice: z.enum(CHOICES).nullable(),
  attendedOn: z.array(day),
  scores: scorecard.nullable(),
  hours: z.number().nullable(),
  snoozedUntil: day.nullable(),
  changed: z.object({ byId: z.string().nullable(), at: z.coerce.date() }).nullable(),
});
const stored = z.object({ courses: z.array(note) });

/** The record that the paper is. Throws (a bug) for another paper. */
const trainingIn = (paper: Pick<Paper, 'answers'>): TrainingRecord =>
  recordOf(stored.parse(paper.answers).courses);

type Reading = Pick<Work, 'tx' | 'now' | 'programme'>;

export interface TrainingNow {
  readonly personId: PersonId;
  /** As it is kept, with what is known elsewhere: training dates of engagements, forums that were held. */
  readonly record: TrainingRecord;
  /** Those in which they are the Service ISSO now, by number. */
  readonly engagements: readonly Engagement[];
  /** The one whose onboarding began last, by which the days of the courses go; null without any. */
  readonly latest: Engagement | null;
  readonly dayZeroOn: LocalDate | null;
  /** Role-based training: when it was done last, and when it is due next; `datedOn`: the last day that an engagement has for it. */
  readonly rbt: TrainingDates & { readonly datedOn: LocalDate | null };
}

/** The training of that person as of `work.now`; `engagements` where they are loaded already. */
export async function trainingNow(
  work: Reading,
  personId: PersonId,
  engagements?: readonly Engagement[],
): Promise<TrainingNow> {
  const own = engagements ?? (await trainedEngagements(work, personId));
  const assignments = await assignmentsIn(work, personId, own);
  const latest = own.reduce<Engagement | null>(
    (last, each) => ((each.course.dayZeroOn ?? '') > (last?.course.dayZeroOn ?? '') ? each : last),
    null,
  );
  const dayZeroOn = latest?.course.dayZeroOn ?? null;
  const kept = await keptTraining(work, personId);
  const datedOn = trainingDoneIn(assignments);
  const record = withForum(
    withTraining(kept, datedOn),
    dayZeroOn === null ? [] : await forumsAttended(work, personId, dayZeroOn),
  );
  const { state } = noteOf(record, 'rbt');
  const doneOn = state.is === 'done' ? state.on : null;
  return {
    personId,
    record,
    engagements: own,
    latest,
    dayZeroOn,
    rbt: { doneOn, dueOn: ownTrainingDueOn(assignments, doneOn), datedOn },
  };
}

/**
 * The person's role-based training as that engagement counts it, wherever they did it; it is due on one day in all in which they are the
 * Service ISSO now. `now`: their training, where it is loaded already; with `isOpenedAgain` what only their record has of it counts no more.
 */
export async function trainingOf(
  work: Reading,
  { id, course }: Engagement,
  personId: PersonId,
  now?: TrainingNow,
  isOpenedAgain = false,
): Promise<TrainingDates> {
  const own = assignmentsOf(await work.tx.milestones.ofEngagement(id)).find(
    (each) => each.personId === personId,
  );
  const began = own?.days['onboarding-began'] ?? course.dayZeroOn;
  const days = { ...own?.days, ...(began === null ? {} : { 'onboarding-began': began }) };
  const { rbt, engagements } = now ?? (await trainingNow(work, personId));
  const counted = trainingCounted(
    { engagementId: id, personId, days },
    isOpenedAgain ? rbt.datedOn : rbt.doneOn,
  );
  const isPresent = engagements.some((each) => each.id === id);
  return isPresent && rbt.dueOn !== null ? { ...counted, dueOn: rbt.dueOn } : counted;
}

/** The engagements in which that person is the Service ISSO and trained for it, by number. */
export async function trainedEngagements(
  { tx }: Pick<Work, 'tx'>,
  personId: PersonId,
): Promise<readonly Engagement[]> {
  return (await tx.engagements.assignedTo(personId))
    .filter((each) => presentServiceIsso(each) === personId)
    .toSorted((a, b) => (a.number < b.number ? -1 : 1));
}

async function assignmentsIn(
  { tx }: Pick<Work, 'tx'>,
  personId: PersonId,
  engagements: readonly Engagement[],
): Promise<readonly Assignment[]> {
  const found: Assignment[] = [];
  for (const { id } of engagements)
    found.push(
      ...assignmentsOf(await tx.milestones.ofEngagement(id)).filter((each) => each.personId === personId),
    );
  return found;
}

/** As it is kept; an empty one for somebody of whom nothing is. */
export async function keptTraining({ tx }: Pick<Work, 'tx'>, personId: PersonId): Promise<TrainingRecord> {
  const paper = await tx.papers.latest(KIND, personId);
  return paper ? trainingIn(paper) : NEW_RECORD;
}

/** A later day that an engagement knows counts; the evidence belongs to its own day. */
function withTraining(record: TrainingRecord, doneOn: LocalDate | null): TrainingRecord {
  const before = noteOf(record, 'rbt');
  if (doneOn === null || (before.state.is === 'done' && before.state.on >= doneOn)) return record;
  return withNote(record, { ...before, state: { is: 'done', on: doneOn, reference: null } });
}

function withForum(record: TrainingRecord, days: readonly LocalDate[]): TrainingRecord {
  const before = noteOf(record, 'forum');
  const attendedOn = [...new Set([...before.attendedOn, ...days])].toSorted();
  const [first] = attendedOn;
  if (first === undefined) return record;
  const state =
    before.state.is === 'open' ? ({ is: 'done', on: first, reference: null } as const) : before.state;
  return withNote(record, { ...before, attendedOn, state });
}

/** Forums since day 0 that were held, with that person there. */
async function forumsAttended(
  { tx, now, programme: { timeZone } }: Reading,
  personId: PersonId,
  dayZeroOn: LocalDate,
): Promise<readonly LocalDate[]> {
  const held = await tx.meetings.heldOf('forum', instantOf(dayZeroOn, '00:00', timeZone), now);
  return held
    .filter(({ presentIds }) => presentIds.includes(personId))
    .flatMap(({ heldOn }) => (heldOn === null ? [] : [heldOn]));
}

/** For a change: nobody else changes this record until the transaction ends. Engagements are locked before. */
export async function lockTraining({ tx }: Pick<Work, 'tx'>, personId: PersonId): Promise<TrainingRecord> {
  await tx.lock(`training:${personId}`);
  return keptTraining({ tx }, personId);
}

/** Keeps the record as the next version, unless it is kept so already. It is locked. */
export async function keepTraining(
  { tx, now, person }: Pick<Work, 'tx' | 'now'> & Partial<Pick<Work, 'person'>>,
  personId: PersonId,
  record: TrainingRecord,
): Promise<boolean> {
  const latest = await tx.papers.latest(KIND, personId);
  if (JSON.stringify(latest ? trainingIn(latest) : NEW_RECORD) === JSON.stringify(record)) return false;
  const paper = nextVersion(latest, {
    kind: KIND,
    subject: personId,
    formVersion: FORM_VERSION,
    answers: { ...record },
    byId: person?.id ?? null,
    at: now,
    reason: null,
  });
  if (!(await tx.papers.insert(paper))) throw new Error('the training record changed while it was locked');
  return true;
}

/** The first day of a forum in the 60 days of an onboarding, held or planned; null when none is known. */
export async function firstForumOn(
  { tx, programme: { timeZone } }: Pick<Work, 'tx' | 'programme'>,
  dayZeroOn: LocalDate,
  untilOn: LocalDate,
): Promise<LocalDate | null> {
  const from = instantOf(dayZeroOn, '00:00', timeZone);
  const to = instantOf(addDays(untilOn, 1), '00:00', timeZone);
  const found = [
    ...(await tx.meetings.bookedOf('forum', from, to)),
    ...(await tx.meetings.heldOf('forum', from, to)),
  ];
  return found.flatMap(({ plannedFor }) => plannedFor?.slice(0, 10) ?? []).toSorted()[0] ?? null;
}
