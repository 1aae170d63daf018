/** Whose work in an engagement goes on: only they are trained, nudged and asked for notes (domain reference 2.2, 5.2). Pure. */
import type { Engagement } from './engagement.ts';
import type { EngagementState } from './engagement-states.ts';
import type { PersonId } from './ids.ts';

/** While somebody works in one of these they are trained for it; afterwards nothing is asked of them. */
export const WORKED_IN: readonly EngagementState[] = [
  'ONBOARDING',
  'ACTIVE',
  'PAUSED',
  'EXTENSION_REVIEW',
  'REASSIGNING',
];
/** The reason code of a change by which the Service ISSO is gone already. */
const GONE = 'isso_departed';

type Looked = Pick<Engagement, 'state' | 'course' | 'memberships'>;

/** The Service ISSO who works there now; null before onboarding, once off-boarding began, and when they have left. */
export function presentServiceIsso({ state, course }: Looked): PersonId | null {
  const isGone = state === 'REASSIGNING' && course.reassignment?.reason === GONE;
  return WORKED_IN.includes(state) && !isGone ? course.serviceIssoId : null;
}

/** True of somebody who was the Service ISSO there and is no more: dates that are recorded of them ask for nothing. */
export function hasLeft(engagement: Looked, personId: PersonId): boolean {
  const { state, course, memberships } = engagement;
  if (presentServiceIsso(engagement) === personId) return false;
  const isOver = state === 'OFFBOARDING' || state === 'CLOSED';
  const isAnother = course.serviceIssoId !== null && WORKED_IN.includes(state);
  return (
    isOver ||
    isAnother ||
    memberships.some((each) => each.personId === personId && each.role === 'service_isso' && each.ended)
  );
}
