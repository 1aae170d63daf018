import type { Platform, Store, Tx } from '../ports.ts';
import type { RosterPerson } from './read-roster.ts';

/**
 * Puts the roster's people into the store; somebody known keeps their calendar address. Whoever the roster no longer
 * names loses their roles and keeps their history. With `platform` each is reachable there under their own id, as in
 * the console. Safe to repeat, and quick when nothing has changed. Answers whether anything had.
 */
export async function loadPeople(
  store: Store,
  people: readonly RosterPerson[],
  platform: Platform | null,
  newToken: () => string,
): Promise<boolean> {
  return store.transaction(async (tx) => {
    const before = await tx.people.list();
    const tokens = new Map(before.map((person) => [person.id, person.calendarToken]));
    const named = new Set(people.map(({ id }) => id));
    const gone = before.filter(({ id, roles }) => roles.length > 0 && !named.has(id));
    const known = new Map(before.map((person) => [person.id, person]));
    const isKnown = gone.length === 0 && people.every((person) => isSame(person, known.get(person.id)));
    if (isKnown && (await areReachable(tx, people, platform))) return false;
    await tx.people.save([
      ...gone.map((person) => ({ ...person, roles: [] })),
      ...people.map((person) => ({ ...person, calendarToken: tokens.get(person.id) ?? newToken() })),
    ]);
    if (platform !== null) for (const { id } of people) await tx.people.linkPlatformUser(platform, id, id);
    return true;
  });
}

/** All are made reachable in one transaction, so one of them stands for the rest. */
async function areReachable(
  tx: Tx,
  people: readonly RosterPerson[],
  platform: Platform | null,
): Promise<boolean> {
  const [first] = people;
  if (platform === null || !first) return true;
  return (await tx.people.addresses(first.id)).some((address) => address.platform === platform);
}

function isSame(one: RosterPerson, other: RosterPerson | undefined): boolean {
  const facts = ({ name, email, roles, components, timeZone }: RosterPerson): string =>
    JSON.stringify([name, email, roles, components, timeZone]);
  return other !== undefined && facts(one) === facts(other);
}
