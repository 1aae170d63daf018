import type { Platform, Store } from '../ports.ts';
import type { RosterPerson } from './read-roster.ts';

/**
 * Puts the roster's people into the store; somebody known keeps their calendar address. With `platform` each is
 * reachable there under their own id, as in the console. Safe to repeat.
 */
export async function loadPeople(
  store: Store,
  people: readonly RosterPerson[],
  platform: Platform | null,
  newToken: () => string,
): Promise<void> {
  await store.transaction(async (tx) => {
    const known = new Map((await tx.people.list()).map((person) => [person.id, person.calendarToken]));
    await tx.people.save(
      people.map((person) => ({ ...person, calendarToken: known.get(person.id) ?? newToken() })),
    );
    if (platform === null) return;
    for (const { id } of people) await tx.people.linkPlatformUser(platform, id, id);
  });
}
