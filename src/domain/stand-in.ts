/** Who acts for whom: a stand-in for so many days, a Business Owner's delegate until it is taken back (domain reference 1.1). Pure. */
import { isAdministrator, isContractor } from './access-relations.ts';
import type { Mark } from './course.ts';
import type { PersonId } from './ids.ts';
import type { Person } from './person.ts';
import { accepted, type Result, refused } from './result.ts';
import { type Clash, clashOf, type RoleRules } from './role-grants.ts';
import { addDays, type LocalDate } from './time.ts';

export const STAND_IN_KINDS = ['stand-in', 'delegate'] as const;
export type StandInKind = (typeof STAND_IN_KINDS)[number];

export interface StandIn {
  readonly id: string;
  readonly kind: StandInKind;
  /** Who acts. */
  readonly personId: PersonId;
  /** For whom. */
  readonly forId: PersonId;
  /** First and last day, both included, in the programme's zone; without a last one until it is taken back. */
  readonly fromOn: LocalDate;
  readonly toOn: LocalDate | null;
  readonly named: Mark;
  readonly endedAt: Date | null;
}

/** True while it counts on that day. */
export const isStandingIn = ({ fromOn, toOn, endedAt }: StandIn, on: LocalDate): boolean =>
  endedAt === null && fromOn <= on && (toOn === null || on <= toOn);

/** So far ahead, and no longer, somebody may be stood in for. */
const DAYS_AHEAD = 366;

type Someone = Pick<Person, 'id' | 'roles' | 'components'>;
type Days = Pick<StandIn, 'fromOn'> & { readonly toOn: LocalDate };

/** Why somebody can't act for somebody else. */
export type ActingRefusal =
  | { readonly code: 'same-person' }
  /** Whoever acts, or is acted for, has no role in the programme. */
  | { readonly code: 'no-role'; readonly who: 'acting' | 'absent' }
  /** A contractor never decides in the place of a federal employee, nor the other way round; an administrator only of another. */
  | { readonly code: 'other-side' }
  | { readonly code: 'clash'; readonly clash: Clash }
  | { readonly code: 'ends-before-start' }
  | { readonly code: 'past' }
  | { readonly code: 'too-far'; readonly latestOn: LocalDate }
  | { readonly code: 'already'; readonly standIn: StandIn }
  | { readonly code: 'other-component' };

/**
 * Whether `acting` may stand in for `absent`: both have a role, they work on the same side, and the roles of both together are ones
 * that go together. `known` are the stand-ins that have not ended.
 */
export function checkStandIn(
  acting: Someone,
  absent: Someone,
  days: Days,
  facts: {
    readonly today: LocalDate;
    readonly known: readonly StandIn[];
    readonly rules: Pick<RoleRules, 'approving'>;
  },
): Result<null, ActingRefusal> {
  if (acting.id === absent.id) return refused({ code: 'same-person' });
  if (absent.roles.length === 0) return refused({ code: 'no-role', who: 'absent' });
  if (acting.roles.length === 0) return refused({ code: 'no-role', who: 'acting' });
  if (isContractor(acting) !== isContractor(absent)) return refused({ code: 'other-side' });
  const clash = clashOf([...acting.roles, ...absent.roles], facts.rules);
  if (clash) return refused({ code: 'clash', clash });
  if (!isOnSameSide(acting, absent)) return refused({ code: 'other-side' });
  const bad = checkDays(days, facts.today);
  if (bad) return refused(bad);
  const standIn = facts.known.find(
    (each) =>
      each.kind === 'stand-in' &&
      each.personId === acting.id &&
      each.forId === absent.id &&
      each.endedAt === null &&
      each.fromOn <= days.toOn &&
      (each.toOn === null || days.fromOn <= each.toOn),
  );
  return standIn ? refused({ code: 'already', standIn }) : accepted(null);
}

/** As `identitiesOf` has it: contractor staff for contractor staff, administrators for administrators. */
const isOnSameSide = (acting: Pick<Person, 'roles'>, absent: Pick<Person, 'roles'>): boolean =>
  isContractor(acting) === isContractor(absent) && isAdministrator(acting) === isAdministrator(absent);

/** True when the roles that both have by now still allow it: roles change while somebody stands in. */
export const isFitToAct = (
  acting: Pick<Person, 'roles'>,
  absent: Pick<Person, 'roles'>,
  rules: Pick<RoleRules, 'approving'>,
): boolean => isOnSameSide(acting, absent) && clashOf([...acting.roles, ...absent.roles], rules) === null;

function checkDays({ fromOn, toOn }: Days, today: LocalDate): ActingRefusal | null {
  if (toOn < fromOn) return { code: 'ends-before-start' };
  if (toOn < today) return { code: 'past' };
  const latestOn = addDays(today, DAYS_AHEAD);
  return toOn > latestOn ? { code: 'too-far', latestOn } : null;
}

/**
 * Whether `acting` may be a delegate of the Business Owner: a federal employee of one of their components who administers nothing
 * (domain reference 1.1).
 */
export function checkDelegate(
  acting: Someone,
  owner: Someone,
  known: readonly StandIn[],
): Result<null, ActingRefusal> {
  if (acting.id === owner.id) return refused({ code: 'same-person' });
  if (isContractor(acting)) return refused({ code: 'other-side' });
  if (isAdministrator(acting))
    return refused({
      code: 'clash',
      clash: { code: 'administers-and-approves', roles: ['platform_admin', 'bo_delegate'] },
    });
  const standIn = known.find(
    (each) =>
      each.kind === 'delegate' &&
      each.personId === acting.id &&
      each.forId === owner.id &&
      each.endedAt === null,
  );
  if (standIn) return refused({ code: 'already', standIn });
  return acting.components.some((component) => owner.components.includes(component))
    ? accepted(null)
    : refused({ code: 'other-component' });
}
