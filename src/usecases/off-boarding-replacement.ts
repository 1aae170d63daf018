/** Whether somebody can be named to take a Service ISSO's place: on the roster, with hours that are free. */
import type { Engagement } from '../domain/engagement.ts';
import type { PersonId } from '../domain/ids.ts';
import {
  IS_OUTGOING,
  NO_PROFILE,
  NOT_A_SERVICE_ISSO,
  tooFewHours,
  WAS_DECLINED,
} from '../messages/copy/off-boarding-change.ts';
import { skillProfileOf } from '../offerings/skill-profile.ts';
import { allProfiles } from './isso-profiles.ts';
import { paperNow } from './paper.ts';
import type { Work } from './work.ts';
import { workloads } from './workload.ts';

/** Hours a week; `free` null while nobody knows. */
export interface Hours {
  readonly free: number | null;
  readonly needed: number;
}

/** What the person has left beside other engagements, and what this one needs. What they are named for here counts as free. */
export async function freeHoursFor(work: Work, engagement: Engagement, personId: PersonId): Promise<Hours> {
  const needed = await neededHours(work, engagement);
  const held = (await allProfiles(work)).get(personId);
  if (held?.state !== 'confirmed') return { free: null, needed };
  const { loadHours, promisedHours } = (await workloads(work))(personId);
  const isNamedHere = engagement.course.reassignment?.replacement?.personId === personId;
  const promised = isNamedHere ? promisedHours - needed : promisedHours;
  return { free: Math.max(0, held.profile.capacityHours - loadHours - promised), needed };
}

async function neededHours(work: Work, engagement: Engagement): Promise<number> {
  const { term } = engagement.course;
  if (term) return term.hoursPerWeek;
  return skillProfileOf((await paperNow(work, engagement, 'skill-profile')).answers).hoursPerWeek;
}

/** Why that person can't be named, as a mend beside the field; null when they can. */
export async function whyNotReplacement(
  work: Work,
  engagement: Engagement,
  personId: PersonId,
): Promise<string | null> {
  const person = await work.tx.people.get(personId);
  if (!person?.roles.includes('service_isso')) return NOT_A_SERVICE_ISSO;
  const { serviceIssoId, passedOver } = engagement.course;
  if (personId === serviceIssoId) return IS_OUTGOING;
  if (passedOver.some((each) => each.personId === personId)) return WAS_DECLINED;
  const { free, needed } = await freeHoursFor(work, engagement, personId);
  if (free === null) return NO_PROFILE;
  return free < needed ? tooFewHours(free, needed) : null;
}
