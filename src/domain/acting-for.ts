/** In whose name somebody acts: their own, a Business Owner's whose delegate they are, or that of whom they stand in for. Pure. */
import { ENGAGEMENT_VERBS, type EngagementScope, type EngagementVerb, may, roleUsed } from './access.ts';
import type { PersonId } from './ids.ts';
import type { Person, Role } from './person.ts';

/** What the record says of somebody at work: for whom, null for themselves, and in which role. */
export interface ActedAs {
  readonly forId: PersonId | null;
  readonly role: Role | 'requester' | null;
}

/** Verbs of the record whose right goes by another name. */
const RIGHTS: Readonly<Record<string, EngagementVerb>> = {
  'request.accept': 'request.triage',
  'request.ask-back': 'request.triage',
  'kickoff.invite': 'kickoff.offer',
  'kickoff.book': 'kickoff.choose',
  'kickoff.propose': 'kickoff.choose',
  'request-form.read': 'form.read',
  'request-form.write': 'form.write',
  'context-assessment.read': 'context.read',
  'context-assessment.write': 'context.write',
  'skill-profile.read': 'skills.read',
  'skill-profile.write': 'skills.write',
  'outcome-review.read': 'outcome.read',
  'outcome-review.write': 'outcome.write',
};

/** The right that a verb of the record needs; null for one that is no right of its own. */
function rightOf(verb: string): EngagementVerb | null {
  const plain = verb.replace(/\.follow$/u, '').replace(/\.correct$/u, '.write');
  const named = [verb, plain].flatMap((each) => ENGAGEMENT_VERBS.filter((right) => right === each));
  return RIGHTS[plain] ?? named[0] ?? null;
}

/** One's own right comes first, then a delegate's, then that of whom one stands in for. */
export function actedAs(person: Person, verb: string, scope: EngagementScope): ActedAs {
  const known = rightOf(verb);
  // Whatever is no right of its own goes with reading.
  const right = known ?? 'request.read';
  const roleOf = (who: Person, seen: EngagementScope) => roleUsed(who, seen, known ?? undefined);
  const alone: Person = { ...person, standsInFor: [], delegateOf: [] };
  const own = withoutDelegation(scope, person.id);
  if (may(alone, right, own)) return { forId: null, role: roleOf(alone, own) };
  if (may({ ...person, standsInFor: [] }, right, scope))
    return { forId: scope.businessOwnerId, role: 'bo_delegate' };
  for (const absent of person.standsInFor ?? []) {
    const standing = { ...alone, standsInFor: [absent] };
    if (may(standing, right, scope))
      return { forId: absent.id, role: roleOf({ ...alone, ...absent }, scope) };
  }
  return { forId: null, role: roleOf(alone, scope) };
}

/** The engagement as if the person were named no delegate in it. */
const withoutDelegation = (scope: EngagementScope, id: PersonId): EngagementScope => ({
  ...scope,
  memberships: scope.memberships.filter(({ personId, role }) => !(personId === id && role === 'bo_delegate')),
});

/** For whom somebody does what needs no record: null for themselves, else the first whose right it takes. */
export function actsFor(person: Person, allows: (who: Person) => boolean): PersonId | null {
  const alone: Person = { ...person, standsInFor: [] };
  if (allows(alone)) return null;
  const absent = (person.standsInFor ?? []).find((each) => allows({ ...alone, standsInFor: [each] }));
  return absent?.id ?? null;
}
