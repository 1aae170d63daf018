/** Administrators give roles and take them back; a privileged one needs two of them (domain reference 1.3, 9.8 AC-2). */
import { mayEver } from '../domain/access.ts';
import { actsFor } from '../domain/acting-for.ts';
import type { PersonId } from '../domain/ids.ts';
import type { Person, Role } from '../domain/person.ts';
import { BY_ROSTER, decideGrant, decideRevoke, type GrantStep, wordOf } from '../domain/role-grants.ts';
import {
  granted,
  grantRefused,
  proposalDropped,
  proposed,
  revoked,
  revokeRefused,
  roleGiven,
  roleTaken,
  secondAsked,
  secondSettled,
} from '../messages/copy/people-roles.ts';
import { notYours } from '../messages/copy/refusals.ts';
import { ROLE_RULES } from '../offerings/role-rules.ts';
import { ROLES_LOCK } from './load-people.ts';
import { loadPeople, tellPerson } from './tell.ts';
import { type Answer, answerPrivately, type Work } from './work.ts';

/** The administrator at work for themselves, or for one who is away; null for anybody else. */
function granterOf({ person }: Work): { readonly byId: PersonId; readonly forId: PersonId | null } | null {
  if (!mayEver(person, 'role.grant')) return null;
  return { byId: person.id, forId: actsFor(person, (who) => mayEver(who, 'role.grant')) };
}

/** Gives `role` to the person, proposes it, or says the second yes. The person is known, and their lock is taken here. */
export async function grantRole(work: Work, personId: PersonId, role: Role): Promise<Answer> {
  const granter = granterOf(work);
  if (!granter) return answerPrivately(notYours());
  const person = await lockPerson(work, personId);
  if (!person) return answerPrivately(notYours());
  const administrators = (await work.tx.people.withRole('platform_admin')).map(({ id }) => id);
  const proposedById = await proposerOf(work, person, role);
  const decided = decideGrant({ ...granter, person, role, administrators, proposedById }, ROLE_RULES);
  if (!decided.ok) {
    await note(work, granter.forId, 'role.refuse', person, role, decided.refusal.code);
    return answerPrivately(grantRefused(person, role, decided.refusal));
  }
  const step = decided.value;
  return step.kind === 'propose'
    ? propose(work, wordOf(granter), granter.forId, person, role, step.seconds)
    : give(work, granter, person, role, step);
}

/** Whoever changes somebody's roles holds their lock, as does whatever they say. */
async function lockPerson({ tx }: Work, id: PersonId): Promise<Person | null> {
  await tx.lock(ROLES_LOCK);
  await tx.lock(`person:${id}`);
  return tx.people.get(id);
}

/** Whose first yes to a role that is not held waits for a second; null for nobody's. */
async function proposerOf({ tx }: Work, person: Person, role: Role): Promise<PersonId | null> {
  if (person.roles.includes(role)) return null;
  const words = (await tx.roleGrants.words()).filter(
    (word) => word.personId === person.id && word.role === role,
  );
  return words.at(-1)?.said.byId ?? null;
}

async function propose(
  work: Work,
  byId: PersonId,
  forId: PersonId | null,
  person: Person,
  role: Role,
  seconds: readonly PersonId[],
): Promise<Answer> {
  const { tx, now } = work;
  const id = work.newId();
  await tx.roleGrants.unsay(person.id, role);
  await tx.roleGrants.say({ id, personId: person.id, role, said: { byId, at: now } });
  await note(work, forId, 'role.propose', person, role);
  const people = await loadPeople(work, seconds);
  for (const second of people.keys()) {
    await tellPerson(work, second, {
      key: `role-asked:${id}`,
      kind: 'card',
      message: secondAsked(person, role, work.person.name),
      card: cardOf(person.id, role, second),
    });
  }
  const names = [...people.values()].map(({ name }) => name).toSorted();
  return answerPrivately(proposed(person, role, names));
}

/** One card for each administrator asked: it says what became of it. */
const cardOf = (personId: PersonId, role: Role, reader: PersonId): string =>
  `role:${personId}:${role}:${reader}`;

async function give(
  work: Work,
  { byId, forId }: { readonly byId: PersonId; readonly forId: PersonId | null },
  person: Person,
  role: Role,
  { firstId, isByOnlyAdministrator }: Extract<GrantStep, { readonly kind: 'give' }>,
): Promise<Answer> {
  const { tx, now } = work;
  const own = wordOf({ byId, forId });
  const id = work.newId();
  await tx.roleGrants.unsay(person.id, role);
  await tx.roleGrants.insert([
    { id, personId: person.id, role, granted: { byId: firstId ?? own, at: now }, ended: null },
  ]);
  if (firstId !== null)
    await tx.roleGrants.say({ id: work.newId(), personId: person.id, role, said: { byId: own, at: now } });
  await tx.people.save([{ ...person, roles: [...person.roles, role] }]);
  const why = isByOnlyAdministrator ? 'only-administrator' : null;
  await note(work, forId, firstId === null ? 'role.grant' : 'role.approve', person, role, why);
  await tellPerson(work, person.id, {
    key: `role-given:${id}`,
    kind: 'notice',
    message: roleGiven(role, work.person.name),
  });
  await settleCards(work, person, role, true);
  const first = firstId === null ? null : ((await tx.people.get(firstId))?.name ?? null);
  return answerPrivately(granted(person, role, { isByOnlyAdministrator, firstName: first }));
}

/** Everybody else who was asked sees what became of it. */
async function settleCards(work: Work, person: Person, role: Role, isGiven: boolean): Promise<void> {
  for (const { id } of await work.tx.people.withRole('platform_admin')) {
    const card = cardOf(person.id, role, id);
    if ((await work.tx.deliveries.lastOfCard(card)) === null) continue;
    await tellPerson(work, id, {
      key: `role-settled:${work.newId()}`,
      kind: 'card',
      message: secondSettled(person, role, isGiven, work.person.name),
      card,
    });
  }
}

/** Takes the role back, whoever gave it; one that waits for its second yes is not given. */
export async function revokeRole(work: Work, personId: PersonId, role: Role): Promise<Answer> {
  const granter = granterOf(work);
  if (!granter) return answerPrivately(notYours());
  const person = await lockPerson(work, personId);
  if (!person) return answerPrivately(notYours());
  const administrators = (await work.tx.people.withRole('platform_admin')).map(({ id }) => id);
  const isProposed = (await proposerOf(work, person, role)) !== null;
  const decided = decideRevoke({ person, role, administrators, isProposed });
  if (!decided.ok) return answerPrivately(revokeRefused(person, role, decided.refusal));
  if (decided.value === 'drop') {
    await work.tx.roleGrants.unsay(person.id, role);
    await note(work, granter.forId, 'role.decline', person, role);
    await settleCards(work, person, role, false);
    return answerPrivately(proposalDropped(person, role));
  }
  await end(work, person, role, wordOf(granter));
  await note(work, granter.forId, 'role.revoke', person, role);
  await tellPerson(work, person.id, {
    key: `role-taken:${work.newId()}`,
    kind: 'notice',
    message: roleTaken(role, work.person.name),
  });
  return answerPrivately(revoked(person, role));
}

/** Of a role whose giving was never noted, the end is noted all the same: no roster gives it back. */
async function end({ tx, now, newId }: Work, person: Person, role: Role, byId: PersonId): Promise<void> {
  const held = (await tx.roleGrants.heldBy(person.id)).filter((grant) => grant.role === role);
  const ended = { byId, at: now };
  await tx.roleGrants.unsay(person.id, role);
  if (held.length > 0)
    await tx.roleGrants.end(
      held.map(({ id }) => id),
      ended,
    );
  else
    await tx.roleGrants.insert([
      { id: newId(), personId: person.id, role, granted: { byId: BY_ROSTER, at: now }, ended },
    ]);
  await tx.people.save([{ ...person, roles: person.roles.filter((each) => each !== role) }]);
}

/** One line of the append-only record. */
function note(
  { tx, now, person: actor, from }: Work,
  forId: PersonId | null,
  verb: string,
  person: Person,
  role: Role,
  reason: string | null = null,
): Promise<void> {
  return tx.audit.append({
    at: now,
    actorId: actor.id,
    forId,
    role: 'platform_admin',
    verb,
    engagementId: null,
    from: null,
    to: null,
    reason,
    platform: from.platform,
    facts: { person: person.id, role },
  });
}
