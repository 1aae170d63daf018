import type { Platform, Store } from '../ports.ts';
import type { RosterPerson } from './read-roster.ts';

/**
 * Puts the roster's people into the store; somebody known keeps their calendar address. Whoever the roster no longer
 * names loses their roles and keeps their history. With `platform` each is reachable there under their own id, as in
 * the console. Safe to repeat.
 */
export async function loadPeople(
  store: Store,
  people: readonly RosterPerson[],
  platform: Platform | null,
  newToken: () => string,
): Promise<void> {
  await store.transaction(async (tx) => {
    const before = await tx.people.list();
    const tokens = new Map(before.map((person) => [person.id, person.calendarToken]));
    const named = new Set(people.map(({ id }) => id));
    const gone = before.filter(({ id, roles }) => roles.length > 0 && !named.has(id));
    await tx.people.save([
      ...gone.map((person) => ({ ...person, roles: [] })),
      ...people.map((person) => ({ ...person, calendarToken: tokens.get(person.id) ?? newToken() })),
    ]);
    if (platform === null) return;
    for (const { id } of people) await tx.people.linkPlatformUser(platform, id, id);
  });
}
