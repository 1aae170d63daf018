/** How many hours a week people have given away: to the engagements they work in, and to those they are proposed for. */
import { isInForce } from '../domain/course.ts';
import type { Engagement } from '../domain/engagement.ts';
import { ASSIGNED_STATES, type EngagementState } from '../domain/engagement-states.ts';
import type { PersonId } from '../domain/ids.ts';
import { skillProfileOf } from '../offerings/skill-profile.ts';
import { allEngagements } from './pages-of-engagements.ts';
import { paperNow } from './paper.ts';
import type { Work } from './work.ts';

type Looking = Pick<Work, 'tx' | 'programme'>;

/** Hours a week. */
export interface Workload {
  readonly loadHours: number;
  /** Where they are proposed and not identified yet. */
  readonly promisedHours: number;
}

const FREE: Workload = { loadHours: 0, promisedHours: 0 };
const STATES: readonly EngagementState[] = ['CANDIDATE_PROPOSED', ...ASSIGNED_STATES];

/** The hours of everybody who has any, by person; asked for somebody else, nothing. */
export async function workloads(work: Looking): Promise<(id: PersonId) => Workload> {
  const loads = new Map<PersonId, Workload>();
  const add = (id: PersonId, part: keyof Workload, hours: number): void => {
    const before = loads.get(id) ?? FREE;
    loads.set(id, { ...before, [part]: before[part] + hours });
  };
  for (const engagement of await allEngagements(work.tx.engagements.find, STATES)) {
    const hours = await hoursOf(work, engagement);
    for (const id of issosOf(engagement)) add(id, 'loadHours', hours);
    for (const id of proposedIn(engagement)) add(id, 'promisedHours', hours);
  }
  return (id) => loads.get(id) ?? FREE;
}

/** As agreed; before that, as the skill profile asks. */
async function hoursOf(work: Looking, engagement: Engagement): Promise<number> {
  const { term } = engagement.course;
  if (term) return term.hoursPerWeek;
  return skillProfileOf((await paperNow(work, engagement, 'skill-profile')).answers).hoursPerWeek;
}

function issosOf({ course, memberships }: Engagement): ReadonlySet<PersonId> {
  const members = memberships.filter((each) => each.role === 'service_isso' && isInForce(each));
  return new Set([
    ...(course.serviceIssoId === null ? [] : [course.serviceIssoId]),
    ...members.map(({ personId }) => personId),
  ]);
}

/** The candidate, or the replacement who was named. */
function proposedIn({ state, course }: Engagement): readonly PersonId[] {
  if (state === 'CANDIDATE_PROPOSED') return course.candidate ? [course.candidate.personId] : [];
  const replacement = state === 'REASSIGNING' ? course.reassignment?.replacement : null;
  return replacement ? [replacement.personId] : [];
}
