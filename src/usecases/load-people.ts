import type { PersonId } from '../domain/ids.ts';
import type { Role } from '../domain/person.ts';
import { BY_ROSTER, type RoleGrant } from '../domain/role-grants.ts';
import { planRoster, type RosterPlan } from '../domain/roster.ts';
import { ROLE_RULES } from '../offerings/role-rules.ts';
import type { Platform, Store, Tx } from '../ports.ts';
import type { RosterPerson } from './read-roster.ts';

/** Held by whatever changes roles, one after the other. */
export const ROLES_LOCK = 'roles';

/** When and by which way a roster is imported; what is handed in so is noted in the record. */
export interface ImportMark {
  readonly at: Date;
  readonly by: 'start' | 'command-line' | 'demo';
  newId(): string;
}

/**
 * Puts the roster's people into the store; somebody known keeps their calendar address and what administrators granted them.
 * Whoever the roster no longer names loses the roles that it gave and keeps their history. With `platform` each is reachable there
 * under their own id, as in the console. Safe to repeat, and quick when nothing has changed. Answers whether anything had.
 */
export async function loadPeople(
  store: Store,
  roster: readonly RosterPerson[],
  platform: Platform | null,
  newToken: () => string,
  mark: ImportMark | null = null,
): Promise<boolean> {
  return store.transaction(async (tx) => {
    await tx.lock(ROLES_LOCK);
    const { plan, guests, tokens } = await compare(tx, roster);
    const { people, gone } = plan;
    if (hasNothingNew(plan, mark) && (await areReachable(tx, people, platform))) return false;
    await tx.people.save([
      ...gone.map(({ before, keeps }) => ({
        ...before,
        roles: keeps,
        calendarToken: tokens.get(before.id) ?? newToken(),
      })),
      ...people.map((person) => ({ ...person, calendarToken: tokens.get(person.id) ?? newToken() })),
    ]);
    if (platform !== null) for (const { id } of people) await tx.people.linkPlatformUser(platform, id, id);
    for (const [guest, named] of guests) await tx.people.merge(guest, named);
    if (mark) await note(tx, plan, mark);
    return true;
  });
}

/** What importing the roster would do, with nothing done. */
export const previewRoster = (store: Store, roster: readonly RosterPerson[]): Promise<RosterPlan> =>
  store.transaction(async (tx) => (await compare(tx, roster)).plan);

interface Compared {
  readonly plan: RosterPlan;
  /** People that turn out to be others of the roster. */
  readonly guests: ReadonlyMap<PersonId, PersonId>;
  readonly tokens: ReadonlyMap<PersonId, string>;
}

async function compare(tx: Tx, roster: readonly RosterPerson[]): Promise<Compared> {
  const before = await tx.people.list();
  const wanted = await withOwnZones(tx, roster, before);
  const held = await tx.roleGrants.held();
  const guests = guestsOf(wanted, before, held, new Set(await tx.people.verified()));
  const own = <T extends { readonly personId: PersonId }>(grants: readonly T[]): T[] =>
    grants.map((each) => ({ ...each, personId: guests.get(each.personId) ?? each.personId }));
  const known = {
    people: before.filter(({ id }) => !guests.has(id)).map(({ calendarToken: _token, ...person }) => person),
    held: own(held),
    ended: own(await tx.roleGrants.lastEnded()),
  };
  return {
    plan: planRoster(wanted, known, ROLE_RULES),
    guests,
    tokens: new Map(before.map((person) => [person.id, person.calendarToken])),
  };
}

const hasNothingNew = (plan: RosterPlan, mark: ImportMark | null): boolean =>
  plan.fresh.length + plan.changed.length + plan.gone.length === 0 &&
  (mark === null || plan.given.length + plan.ended.length === 0);

/** Whoever a platform has known by a mailbox that the roster now names was that person all along; no roster gave them a role. */
function guestsOf(
  people: readonly RosterPerson[],
  before: readonly RosterPerson[],
  held: readonly RoleGrant[],
  verified: ReadonlySet<PersonId>,
): ReadonlyMap<PersonId, PersonId> {
  const byEmail = new Map(people.map(({ id, email }) => [email?.toLowerCase() ?? '', id]));
  const isGranted = (id: PersonId, role: Role): boolean =>
    held.some((each) => each.personId === id && each.role === role && each.granted.byId !== BY_ROSTER);
  const guests = before.flatMap(({ id, email, roles }): [PersonId, PersonId][] => {
    const same = byEmail.get(email?.toLowerCase() ?? '');
    if (email === null || same === undefined || same === id || !verified.has(id)) return [];
    return roles.every((role) => isGranted(id, role)) ? [[id, same]] : [];
  });
  return new Map(guests);
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

/** The file's own word for each role it gives, and one line of the append-only record. */
async function note(tx: Tx, plan: RosterPlan, { at, by, newId }: ImportMark): Promise<void> {
  const mark = { byId: BY_ROSTER, at };
  await tx.roleGrants.end(
    plan.ended.map(({ id }) => id),
    mark,
  );
  await tx.roleGrants.insert(
    plan.given.map(({ personId, role }) => ({ id: newId(), personId, role, granted: mark, ended: null })),
  );
  await tx.audit.append({
    at,
    actorId: null,
    forId: null,
    role: 'bot',
    verb: 'roster.import',
    engagementId: null,
    from: null,
    to: null,
    reason: by,
    platform: 'bot',
    facts: {
      people: String(plan.people.length),
      new: String(plan.fresh.length),
      changed: String(plan.changed.length),
      gone: String(plan.gone.length),
    },
  });
}
