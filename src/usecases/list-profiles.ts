/** All Service ISSOs with their profiles, for those who may read them. */
import { mayEver } from '../domain/access.ts';
import type { Person } from '../domain/person.ts';
import { type ProfileRow, profileList } from '../messages/copy/profile.ts';
import { notYours } from '../messages/copy/refusals.ts';
import { allProfiles } from './isso-profiles.ts';
import { recordProfile, standingOf } from './profile.ts';
import { type Answer, answerPrivately, type Work } from './work.ts';
import { workloads } from './workload.ts';

/** Everybody who is a Service ISSO now, or has a profile from when they were one; by name. */
export async function serviceIssos(work: Pick<Work, 'tx'>): Promise<readonly Person[]> {
  const now = await work.tx.people.withRole('service_isso');
  const profiles = await allProfiles(work);
  const before = await work.tx.people.some([...profiles.keys()]);
  const all = new Map([...before, ...now].map((person) => [person.id, person]));
  return [...all.values()].toSorted((one, other) => one.name.localeCompare(other.name, 'en-US'));
}

/** `profiles`: whether each is confirmed, and how many hours each has. */
export async function listProfiles(work: Work): Promise<Answer> {
  if (!mayEver(work.person, 'profile.read-all')) return answerPrivately(notYours());
  const profiles = await allProfiles(work);
  const hours = await workloads(work);
  const rows: ProfileRow[] = [];
  for (const person of await serviceIssos(work)) {
    const held = profiles.get(person.id) ?? null;
    rows.push({
      person,
      standing: await standingOf(work, held),
      capacityHours: held?.profile.capacityHours ?? 0,
      loadHours: hours(person.id).loadHours,
      isOnContract: person.roles.includes('service_isso'),
    });
  }
  await recordProfile(work, 'profile.list', { rows: String(rows.length) });
  return answerPrivately(profileList(rows));
}
