/** Who hears of a Service ISSO's profile: whoever confirms it, and its owner. */
import type { PersonId } from '../domain/ids.ts';
import type { Person } from '../domain/person.ts';
import { nameOf } from '../messages/copy/people.ts';
import { profileWaits, profileWasConfirmed, yourProfileConfirmed } from '../messages/copy/profile.ts';
import type { HeldProfile } from './isso-profiles.ts';
import { loadPeople, tellPeople, tellPerson } from './tell.ts';
import type { Work } from './work.ts';

/** One card for each who confirms, redrawn with every version. */
const cardOf = (ownerId: PersonId, readerId: PersonId): string => `profile:${ownerId}:${readerId}`;

/** The Service ISSO Leads; the contractor leads where there is none. Never the owner. */
async function confirmersFor({ tx }: Pick<Work, 'tx'>, ownerId: PersonId): Promise<readonly PersonId[]> {
  for (const role of ['service_isso_lead', 'contractor_lead'] as const) {
    const others = (await tx.people.withRole(role)).filter(({ id }) => id !== ownerId);
    if (others.length > 0) return others.map(({ id }) => id);
  }
  return [];
}

/** A version that is complete waits for its confirmation; one that isn't bothers nobody. */
export async function tellConfirmers(work: Work, owner: Person, held: HeldProfile): Promise<void> {
  if (held.state !== 'unconfirmed') return;
  const { version } = held.profile;
  for (const id of await confirmersFor(work, owner.id))
    await tellPerson(work, id, {
      key: `profile-waits:${owner.id}:${version}`,
      kind: 'card',
      message: profileWaits(owner, version, held.savedAt),
      card: cardOf(owner.id, id),
    });
}

/** The request to confirm is done with, and the owner is told. */
export async function tellConfirmed(work: Work, owner: Person, version: number): Promise<void> {
  for (const id of await confirmersFor(work, owner.id)) {
    if ((await work.tx.deliveries.lastOfCard(cardOf(owner.id, id))) === null) continue;
    await tellPerson(work, id, {
      key: `profile-confirmed-card:${owner.id}:${version}`,
      kind: 'card',
      message: profileWasConfirmed(owner, version),
      card: cardOf(owner.id, id),
    });
  }
  const people = await loadPeople(work, [work.person.id]);
  await tellPeople(work, [owner.id], {
    key: `profile-confirmed:${owner.id}:${version}`,
    kind: 'notice',
    message: yourProfileConfirmed(nameOf(people, work.person.id), version),
  });
}
