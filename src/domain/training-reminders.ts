/** On which days somebody is reminded of role-based training, and its policy clock is said (domain reference 4.4, 5.2). Pure. */
import type { Calendar } from './calendar.ts';
import { addDays, type LocalDate } from './time.ts';
import { type Assignment, dueSetOn, renewalOf, trainingDueOn } from './training.ts';
import { rolledBack } from './training-course.ts';

/**
 * Whether the person is reminded on `today`, a business day of theirs: so many calendar days before `dueOn` (a day they don't work
 * moves to the last one before), and from that day on daily. Each rung is said on one day.
 */
export function isReminderDay(
  dueOn: LocalDate,
  today: LocalDate,
  rungs: readonly number[],
  own: Calendar,
): boolean {
  if (today >= rolledBack(dueOn, own)) return true;
  return rungs.some((days) => rolledBack(addDays(dueOn, -days), own) === today);
}

/** What is to be said of a clock: that it runs out within so many days, or that it has. */
type ClockRung = number | 'run-out';

/**
 * The last rung of the clock that `today` has reached, each on the last business day of `own` up to its day; null before the first.
 * `endsOn` is the clock's last day. What an outage held up is said by the last rung alone.
 */
export function clockRung(
  endsOn: LocalDate,
  today: LocalDate,
  rungs: readonly number[],
  own: Calendar,
): ClockRung | null {
  if (today > endsOn) return 'run-out';
  const reached = rungs.filter((days) => rolledBack(addDays(endsOn, -days), own) <= today);
  return reached.length === 0 ? null : Math.min(...reached);
}

/** When role-based training was done, as far as it counts, and when it is due next; null where nothing says so. */
export interface TrainingDates {
  readonly doneOn: LocalDate | null;
  readonly dueOn: LocalDate | null;
}

/**
 * Role-based training as one assignment counts it. Training is of the person: what was done on `doneOn`, in whatever engagement, is done
 * here, and due again a year later, unless it had lapsed when the onboarding here began. A day that was set here for later holds here;
 * one from before the onboarding does not.
 */
export function trainingCounted(assignment: Assignment, doneOn: LocalDate | null): TrainingDates {
  const { 'onboarding-began': began, 'training-done': doneHereOn } = assignment.days;
  const set = dueSetOn(assignment);
  const last = [doneOn ?? '', doneHereOn ?? ''].toSorted().at(-1) || null;
  const hasLapsed = last !== null && began !== undefined && renewalOf(last) < began;
  const counted = hasLapsed ? null : last;
  if (set !== undefined && (counted === null || set > counted)) return { doneOn: counted, dueOn: set };
  return { doneOn: counted, dueOn: counted === null ? trainingDueOn(assignment) : renewalOf(counted) };
}

/** When one person's role-based training is due next over all their assignments, the earliest; null where nothing says so. */
export const ownTrainingDueOn = (
  assignments: readonly Assignment[],
  doneOn: LocalDate | null,
): LocalDate | null =>
  assignments.flatMap((assignment) => trainingCounted(assignment, doneOn).dueOn ?? []).toSorted()[0] ?? null;

/** The latest day on which the training was done, of these assignments. */
export const trainingDoneIn = (assignments: readonly Assignment[]): LocalDate | null =>
  assignments
    .flatMap(({ days }) => days['training-done'] ?? [])
    .toSorted()
    .at(-1) ?? null;
