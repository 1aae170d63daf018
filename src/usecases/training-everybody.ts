/** Whose training is looked at: the Service ISSOs of all engagements that have one now. */
import type { Engagement } from '../domain/engagement.ts';
import { AFTER_KICKOFF_STATES } from '../domain/engagement-states.ts';
import type { PersonId } from '../domain/ids.ts';
import { MILESTONES, type Milestone } from '../domain/milestone.ts';
import { hasLeft, presentServiceIsso, WORKED_IN } from '../domain/service-isso-now.ts';
import { type LocalDate, localDate } from '../domain/time.ts';
import { soonestDue, type TrainingDue, trainingsDue } from '../domain/training.ts';
import { trainingNow } from './training-now.ts';
import type { Work } from './work.ts';

/** More engagements at once than there will be. */
const MOST = 10_000;

/** In the order of their ids. */
export async function everybodyTrained({ tx }: Pick<Work, 'tx'>): Promise<readonly PersonId[]> {
  const engagements = await tx.engagements.inStates(WORKED_IN, MOST);
  const ids = engagements.flatMap((each) => presentServiceIsso(each) ?? []);
  return [...new Set(ids)].toSorted();
}

/** Dates that are recorded. */
interface Recorded {
  readonly milestones: readonly Milestone[];
  /** Without those of people who are the Service ISSO there no more. */
  readonly trained: readonly Milestone[];
}

/** All that is recorded. */
export async function recordedMilestones({ tx }: Pick<Work, 'tx'>): Promise<Recorded> {
  const engagements = await tx.engagements.inStates(AFTER_KICKOFF_STATES, MOST);
  const byId = new Map<string, Engagement>(engagements.map((each) => [each.id, each]));
  const milestones = await tx.milestones.named(MILESTONES);
  const trained = milestones.filter(({ engagementId, personId }) => {
    const engagement = byId.get(engagementId);
    return !engagement || !hasLeft(engagement, personId);
  });
  return { milestones, trained };
}

/** Whose training is due by `until` or overdue, soonest first: Service ISSOs of now, and those of whom only dates are recorded. */
export async function trainingsToReview(
  work: Pick<Work, 'tx' | 'now' | 'programme'>,
  until: LocalDate,
): Promise<readonly TrainingDue[]> {
  const present = await everybodyTrained(work);
  const due: TrainingDue[] = [];
  for (const personId of present) {
    const on = (await trainingNow(work, personId)).rbt.dueOn;
    if (on !== null && on <= until) due.push({ personId, on });
  }
  const others = (await recordedMilestones(work)).trained.filter(
    ({ personId }) => !present.includes(personId),
  );
  const today = localDate(work.now, work.programme.timeZone);
  return soonestDue([...due, ...trainingsDue(others, today, until)]);
}
