/**
 * Who holds a role by whose word: granting it, taking it back, what an import of the roster leaves of it, and which roles never go
 * together (domain reference 1.1, 1.3, 9.8 AC-2 and AC-5). Pure.
 */
import type { Mark } from './course.ts';
import type { PersonId } from './ids.ts';
import { HOLDERS, type Person, type Role } from './person.ts';
import { accepted, type Result, refused } from './result.ts';

/** What gives roles without being a person: the roster file, and the setting that names the first administrators. No person's id begins so. */
export const BY_ROSTER = '#roster';
export const BY_SETTING = '#setting';
/** True for somebody's own word, false for that of the roster or of a setting. */
export const isByPerson = ({ byId }: Pick<Mark, 'byId'>): boolean => !byId.startsWith('#');

/** A role that somebody holds, or held until it was taken back. */
export interface RoleGrant {
  readonly id: string;
  readonly personId: PersonId;
  readonly role: Role;
  /** By a person, `BY_ROSTER` or `BY_SETTING`. */
  readonly granted: Mark;
  readonly ended: Mark | null;
}

/**
 * Somebody's yes to a role of somebody else: the first of the two that a privileged role needs, the second of them, or that it is
 * kept at an access review. It gives nothing by itself.
 */
export interface RoleWord {
  readonly id: string;
  readonly personId: PersonId;
  readonly role: Role;
  readonly said: Mark;
}

/** What the programme has set about roles (assumed, so it is handed in). */
export interface RoleRules {
  /** Given only with a second administrator's yes, and reviewed each quarter. */
  readonly privileged: readonly Role[];
  /** Roles that decide, approve or look after what others do: whoever administers the bot has none of them. */
  readonly approving: readonly Role[];
}

/** Two roles that nobody may have at the same time. */
export interface Clash {
  readonly code: 'administers-and-approves' | 'contractor-and-federal';
  readonly roles: readonly [Role, Role];
}

/** The first two of these roles that don't go together; null when all do. */
export function clashOf(roles: readonly Role[], { approving }: Pick<RoleRules, 'approving'>): Clash | null {
  const approves = roles.find((role) => approving.includes(role));
  if (roles.includes('platform_admin') && approves)
    return { code: 'administers-and-approves', roles: ['platform_admin', approves] };
  const contractor = roles.find((role) => HOLDERS[role] === 'contractor');
  const federal = roles.find((role) => HOLDERS[role] === 'federal');
  return contractor && federal ? { code: 'contractor-and-federal', roles: [contractor, federal] } : null;
}

/** An administrator at work; `forId` is the administrator they stand in for. */
export interface Granter {
  readonly byId: PersonId;
  readonly forId: PersonId | null;
}
/** Whose yes it is: that of the administrator who is stood in for. */
export const wordOf = ({ byId, forId }: Granter): PersonId => forId ?? byId;

export interface WantedGrant extends Granter {
  readonly person: Pick<Person, 'id' | 'roles' | 'email'>;
  readonly role: Role;
  readonly administrators: readonly PersonId[];
  /** Whose first yes waits for a second; null: nobody's. */
  readonly proposedById: PersonId | null;
}

/** What becomes of a wish to grant. */
export type GrantStep =
  /** It is given; `firstId` said yes before. */
  | { readonly kind: 'give'; readonly firstId: PersonId | null; readonly isByOnlyAdministrator: boolean }
  /** It waits until one of these says yes, too. */
  | { readonly kind: 'propose'; readonly seconds: readonly PersonId[] };

export type GrantRefusal =
  | { readonly code: 'own-role' }
  | { readonly code: 'has-it' }
  /** Whoever has no mailbox that a platform has verified can't be told from others (domain reference 1.3). */
  | { readonly code: 'no-mailbox' }
  | { readonly code: 'same-person' }
  | { readonly code: 'clash'; readonly clash: Clash };

/**
 * What granting the role comes to. A privileged role needs two administrators where there are two who may decide; where there is
 * one, theirs is enough and is said to be so. Whether the granter may grant at all is asked elsewhere.
 */
export function decideGrant(wanted: WantedGrant, rules: RoleRules): Result<GrantStep, GrantRefusal> {
  const { person, role, byId, administrators } = wanted;
  const own = wordOf(wanted);
  if (byId === person.id || own === person.id) return refused({ code: 'own-role' });
  if (person.roles.includes(role)) return refused({ code: 'has-it' });
  if (person.email === null) return refused({ code: 'no-mailbox' });
  const clash = clashOf([...person.roles, role], rules);
  if (clash) return refused({ code: 'clash', clash });
  if (!rules.privileged.includes(role))
    return accepted({ kind: 'give', firstId: null, isByOnlyAdministrator: false });
  // The yes of somebody who administers no more counts for nothing.
  const first = administrators.find((id) => id === wanted.proposedById) ?? null;
  if (first !== null && first !== own)
    return accepted({ kind: 'give', firstId: first, isByOnlyAdministrator: false });
  const seconds = administrators.filter((id) => id !== own && id !== byId && id !== person.id);
  if (seconds.length === 0) return accepted({ kind: 'give', firstId: null, isByOnlyAdministrator: true });
  return first === own ? refused({ code: 'same-person' }) : accepted({ kind: 'propose', seconds });
}

export type RevokeRefusal = { readonly code: 'has-not' } | { readonly code: 'last-administrator' };

/** What taking the role back comes to: a role that is held ends, one that waits for its second yes is not given. */
export function decideRevoke(
  wanted: Pick<WantedGrant, 'role' | 'administrators'> & {
    readonly person: Pick<Person, 'id' | 'roles'>;
    readonly isProposed: boolean;
  },
): Result<'end' | 'drop', RevokeRefusal> {
  const { person, role, administrators, isProposed } = wanted;
  if (!person.roles.includes(role)) return isProposed ? accepted('drop') : refused({ code: 'has-not' });
  const isLast = role === 'platform_admin' && administrators.every((id) => id === person.id);
  return isLast ? refused({ code: 'last-administrator' }) : accepted('end');
}

/** What the roster's roles of one person come to. */
export interface ImportedRoles {
  readonly roles: readonly Role[];
  /** Named by the roster and taken back by an administrator since: not given again. */
  readonly withheld: readonly Role[];
  /** Named by the roster, and at odds with a role that was given in chat: left out. */
  readonly clashing: readonly Clash[];
}

/**
 * The roles somebody has once the roster that names `named` is imported: those, and what administrators gave them. A roster neither
 * takes away what was granted nor gives back what was revoked. `held` are their grants in force, `ended` the last ended of each role.
 */
export function rolesByRoster(
  named: readonly Role[],
  held: readonly RoleGrant[],
  ended: readonly RoleGrant[],
  rules: Pick<RoleRules, 'approving'>,
): ImportedRoles {
  const granted = held.filter((each) => each.granted.byId !== BY_ROSTER).map(({ role }) => role);
  const isWithheld = (role: Role): boolean =>
    !held.some((each) => each.role === role) &&
    ended.some((each) => each.role === role && each.ended !== null && isByPerson(each.ended));
  const wanted = named.filter((role) => !granted.includes(role));
  const withheld = wanted.filter(isWithheld);
  const kept: Role[] = [];
  const clashing: Clash[] = [];
  for (const role of wanted) {
    if (withheld.includes(role) || kept.includes(role)) continue;
    const clash = granted.length > 0 ? clashOf([...granted, role], rules) : null;
    if (clash) clashing.push(clash);
    else kept.push(role);
  }
  return { roles: [...kept, ...granted], withheld, clashing };
}
