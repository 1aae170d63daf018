/** What an import of the roster would do: who is new, changed or gone, and whose roles are not the file's to give. Pure. */
import type { PersonId } from './ids.ts';
import type { Person, Role } from './person.ts';
import { BY_ROSTER, type Clash, type RoleGrant, type RoleRules, rolesByRoster } from './role-grants.ts';

/** Somebody as the file says, without their calendar token, which is not for a file to say. */
export type RosterPerson = Omit<Person, 'calendarToken'>;

/** What is known ahead of an import. */
export interface KnownRoles {
  readonly people: readonly RosterPerson[];
  readonly held: readonly RoleGrant[];
  /** The last ended of each person and role. */
  readonly ended: readonly RoleGrant[];
}

export interface RosterPlan {
  /** Everybody of the file, as they will be. */
  readonly people: readonly RosterPerson[];
  readonly fresh: readonly RosterPerson[];
  readonly changed: readonly {
    readonly before: RosterPerson;
    readonly after: RosterPerson;
  }[];
  /** No longer named: they keep their history, and of their roles what was granted in chat. */
  readonly gone: readonly { readonly before: RosterPerson; readonly keeps: readonly Role[] }[];
  readonly withheld: readonly { readonly personId: PersonId; readonly role: Role }[];
  readonly clashing: readonly { readonly personId: PersonId; readonly clash: Clash }[];
  /** The file's own word for roles, as it is to be noted. */
  readonly given: readonly { readonly personId: PersonId; readonly role: Role }[];
  readonly ended: readonly RoleGrant[];
}

/** Compares the file with what is known. */
export function planRoster(
  roster: readonly RosterPerson[],
  known: KnownRoles,
  rules: Pick<RoleRules, 'approving'>,
): RosterPlan {
  const before = new Map(known.people.map((person) => [person.id, person]));
  const held = byPerson(known.held);
  const ended = byPerson(known.ended);
  const withheld: { personId: PersonId; role: Role }[] = [];
  const clashing: { personId: PersonId; clash: Clash }[] = [];
  const people = roster.map((person) => {
    const { id } = person;
    const made = rolesByRoster(person.roles, held.get(id) ?? [], ended.get(id) ?? [], rules);
    withheld.push(...made.withheld.map((role) => ({ personId: id, role })));
    clashing.push(...made.clashing.map((clash) => ({ personId: id, clash })));
    return { ...person, roles: made.roles };
  });
  const named = new Set(people.map(({ id }) => id));
  const gone = known.people
    .filter(({ id, roles }) => roles.length > 0 && !named.has(id))
    .map((person) => ({
      before: person,
      keeps: rolesByRoster([], held.get(person.id) ?? [], [], rules).roles,
    }))
    .filter(({ before: { roles }, keeps }) => keeps.join() !== roles.join());
  return {
    people,
    fresh: people.filter(({ id }) => !before.has(id)),
    changed: people.flatMap((after) => {
      const was = before.get(after.id);
      return was && !isSame(was, after) ? [{ before: was, after }] : [];
    }),
    gone,
    withheld,
    clashing,
    ...provenance(people, known.held, held),
  };
}

/** Which roles the file gives that were not noted as its own, and which it gives no more. */
function provenance(
  people: readonly RosterPerson[],
  all: readonly RoleGrant[],
  held: ReadonlyMap<PersonId, readonly RoleGrant[]>,
): Pick<RosterPlan, 'given' | 'ended'> {
  const roles = new Map(people.map((person) => [person.id, person.roles]));
  return {
    given: people.flatMap(({ id, roles: named }) =>
      named
        .filter((role) => !held.get(id)?.some((each) => each.role === role))
        .map((role) => ({ personId: id, role })),
    ),
    ended: all.filter(
      ({ personId, role, granted }) =>
        granted.byId === BY_ROSTER && !(roles.get(personId)?.includes(role) ?? false),
    ),
  };
}

function byPerson(grants: readonly RoleGrant[]): ReadonlyMap<PersonId, readonly RoleGrant[]> {
  const found = new Map<PersonId, RoleGrant[]>();
  for (const grant of grants) found.set(grant.personId, [...(found.get(grant.personId) ?? []), grant]);
  return found;
}

/** True when nothing that the file says of somebody is different. */
function isSame(one: RosterPerson, other: RosterPerson): boolean {
  const facts = ({ name, email, roles, components, timeZone }: RosterPerson): string =>
    JSON.stringify([name, email, roles, components, timeZone]);
  return facts(one) === facts(other);
}
