/** The administrators whom the settings name, so that there is somebody to name all others. */
import type { Person } from '../domain/person.ts';
import { BY_SETTING, clashOf, isByPerson } from '../domain/role-grants.ts';
import { roleGiven } from '../messages/copy/people-roles.ts';
import { ROLE_RULES } from '../offerings/role-rules.ts';
import type { Store, Tx } from '../ports.ts';
import { ROLES_LOCK } from './load-people.ts';
import { tellPerson } from './tell.ts';

const ADMINISTRATOR = 'platform_admin';

/**
 * Why somebody whom the setting names is not made administrator: `clash`, they have a role that does not go with it; `revoked`, an
 * administrator took it back, and there is one.
 */
export interface NotNamed {
  readonly personId: string;
  readonly because: 'clash' | 'revoked';
}

interface Naming {
  readonly now: Date;
  /** Zone of somebody who is not known yet. */
  readonly timeZone: string;
  newId(): string;
  newToken(): string;
}

/**
 * Makes whoever has one of these mailboxes an administrator; somebody unknown becomes known by it. Safe to repeat: whoever is one
 * stays one. Taking a mailbox out of the setting takes nothing back. Answers who was not named.
 */
export async function nameFirstAdministrators(
  store: Store,
  emails: readonly string[],
  naming: Naming,
): Promise<readonly NotNamed[]> {
  if (emails.length === 0) return [];
  return store.transaction(async (tx) => {
    await tx.lock(ROLES_LOCK);
    const refused: NotNamed[] = [];
    for (const email of new Set(emails)) {
      const person = (await tx.people.byEmail(email)) ?? (await addPerson(tx, email, naming));
      if (person.roles.includes(ADMINISTRATOR)) continue;
      const because = await whyNot(tx, person);
      if (because) refused.push({ personId: person.id, because });
      else await nameOne(tx, person, naming);
    }
    return refused;
  });
}

async function whyNot(tx: Tx, person: Person): Promise<NotNamed['because'] | null> {
  if (clashOf([...person.roles, ADMINISTRATOR], ROLE_RULES)) return 'clash';
  const last = (await tx.roleGrants.lastEnded()).find(
    ({ personId, role }) => personId === person.id && role === ADMINISTRATOR,
  );
  const isRevoked = last?.ended ? isByPerson(last.ended) : false;
  // Without any administrator nobody could undo it.
  return isRevoked && (await tx.people.withRole(ADMINISTRATOR)).length > 0 ? 'revoked' : null;
}

async function addPerson(tx: Tx, email: string, naming: Naming): Promise<Person> {
  const person: Person = {
    id: naming.newId(),
    name: nameIn(email),
    email,
    roles: [],
    components: [],
    timeZone: naming.timeZone,
    calendarToken: naming.newToken(),
  };
  await tx.people.save([person]);
  return person;
}

/** `dana.guthrie@…` is Dana Guthrie until a roster says more. */
const nameIn = (email: string): string =>
  email
    .slice(0, email.indexOf('@'))
    .split(/[._-]+/u)
    .filter((part) => part !== '')
    .map((part) => `${part.charAt(0).toUpperCase()}${part.slice(1)}`)
    .join(' ');

async function nameOne(tx: Tx, person: Person, { now, newId }: Naming): Promise<void> {
  const id = newId();
  await tx.roleGrants.insert([
    { id, personId: person.id, role: ADMINISTRATOR, granted: { byId: BY_SETTING, at: now }, ended: null },
  ]);
  await tx.people.save([{ ...person, roles: [...person.roles, ADMINISTRATOR] }]);
  await tx.audit.append({
    at: now,
    actorId: null,
    forId: null,
    role: 'bot',
    verb: 'role.grant',
    engagementId: null,
    from: null,
    to: null,
    reason: 'setting',
    platform: 'bot',
    facts: { person: person.id, role: ADMINISTRATOR },
  });
  await tellPerson({ tx, now }, person.id, {
    key: `role-given:${id}`,
    kind: 'notice',
    message: roleGiven(ADMINISTRATOR, null),
  });
}
