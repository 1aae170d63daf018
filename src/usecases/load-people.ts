import type { Platform, Store, Tx } from '../ports.ts';
import type { RosterPerson } from './read-roster.ts';

/**
 * Puts the roster's people into the store; somebody known keeps their calendar address. Whoever the roster no longer
 * names loses their roles and keeps their history. With `platform` each is reachable there under their own id, as in
 * the console. Safe to repeat, and quick when nothing has changed. Answers whether anything had.
 */
export async function loadPeople(
  store: Store,
  roster: readonly RosterPerson[],
  platform: Platform | null,
  newToken: () => string,
): Promise<boolean> {
  return store.transaction(async (tx) => {
    const before = await tx.people.list();
    const people = await withOwnZones(tx, roster, before);
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
    await welcomeGuests(tx, people, before);
    return true;
  });
}

/** Whoever a platform has known by a mailbox that the roster now names was that person all along. */
async function welcomeGuests(
  tx: Tx,
  people: readonly RosterPerson[],
  before: readonly RosterPerson[],
): Promise<void> {
  const byEmail = new Map(people.map(({ id, email }) => [email?.toLowerCase() ?? '', id]));
  const verified = new Set(await tx.people.verified());
  for (const { id, email, roles } of before) {
    const named = byEmail.get(email?.toLowerCase() ?? '');
    if (email !== null && named !== undefined && named !== id && roles.length === 0 && verified.has(id))
      await tx.people.merge(id, named);
  }
}

/**
 * Whoever has set something for themselves, or whose zone a platform has said, keeps the zone they have: the roster's is
 * only where they began.
 */
async function withOwnZones(
  tx: Tx,
  roster: readonly RosterPerson[],
  before: readonly RosterPerson[],
): Promise<readonly RosterPerson[]> {
  const settings = await tx.contact.settings(roster.map(({ id }) => id));
  const own = new Set([...settings.map(({ personId }) => personId), ...(await tx.people.verified())]);
  const zones = new Map(before.filter(({ id }) => own.has(id)).map(({ id, timeZone }) => [id, timeZone]));
  return roster.map((person) => ({ ...person, timeZone: zones.get(person.id) ?? person.timeZone }));
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
