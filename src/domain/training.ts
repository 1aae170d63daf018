/**
 * When Service ISSOs' role-based training is due (domain reference 5.2): within 60 days of the assignment, and 365 days after
 * it was done; ISPG and the contract leads may set another day. Pure.
 */
import type { EngagementId, PersonId } from './ids.ts';
import type { Milestone, MilestoneName } from './milestone.ts';
import { addDays, type LocalDate } from './time.ts';

/** From the day onboarding began (domain reference 4.4). */
export const FIRST_TRAINING_DAYS = 60;
/** It is done again after so many days (domain reference 5.2). */
export const RENEWED_AFTER_DAYS = 365;

/** One Service ISSO's part in an engagement, with its dates. */
export interface Assignment {
  readonly engagementId: EngagementId;
  readonly personId: PersonId;
  readonly days: Readonly<Partial<Record<MilestoneName, LocalDate>>>;
}

/** The milestones by engagement and Service ISSO, in the order of their first. */
export function assignmentsOf(milestones: readonly Milestone[]): readonly Assignment[] {
  const found = new Map<string, Assignment>();
  for (const { engagementId, personId, name, on } of milestones) {
    const key = `${engagementId} ${personId}`;
    const before = found.get(key)?.days ?? {};
    found.set(key, { engagementId, personId, days: { ...before, [name]: on } });
  }
  return [...found.values()];
}

/** The day the training is renewed after it was done on `doneOn`. */
export const renewalOf = (doneOn: LocalDate): LocalDate => addDays(doneOn, RENEWED_AFTER_DAYS);

/** The day that was set here; none from before the onboarding began: nothing is overdue that was nobody's to do. */
export function dueSetOn({ days }: Pick<Assignment, 'days'>): LocalDate | undefined {
  const { 'onboarding-began': began, 'training-due': set } = days;
  return set !== undefined && (began === undefined || set >= began) ? set : undefined;
}

/** When the training of this assignment is due next; null where nothing says so. */
export function trainingDueOn({ days }: Pick<Assignment, 'days'>): LocalDate | null {
  const done = days['training-done'];
  const set = dueSetOn({ days });
  // A day that was set before it was done is done with.
  if (set !== undefined && (done === undefined || set > done)) return set;
  const began = days['onboarding-began'];
  if (done !== undefined && (began === undefined || renewalOf(done) >= began)) return renewalOf(done);
  return began === undefined ? null : addDays(began, FIRST_TRAINING_DAYS);
}

export interface TrainingDue {
  readonly personId: PersonId;
  readonly on: LocalDate;
}

/** In the order of their days, and of their ids on one day. */
export const soonestDue = (due: readonly TrainingDue[]): readonly TrainingDue[] =>
  due.toSorted((a, b) => (`${a.on} ${a.personId}` < `${b.on} ${b.personId}` ? -1 : 1));

/** Whose training is due by `until` or overdue, each once with their earliest day, soonest first; not after their work ended. */
export function trainingsDue(
  milestones: readonly Milestone[],
  today: LocalDate,
  until: LocalDate,
): readonly TrainingDue[] {
  const earliest = new Map<PersonId, LocalDate>();
  for (const assignment of assignmentsOf(milestones)) {
    const { personId, days } = assignment;
    const on = trainingDueOn(assignment);
    const endedOn = days['work-ended'];
    if (on === null || on > until || (endedOn !== undefined && endedOn <= today)) continue;
    const before = earliest.get(personId);
    if (before === undefined || on < before) earliest.set(personId, on);
  }
  return soonestDue([...earliest].map(([personId, on]) => ({ personId, on })));
}
