/** Who takes part in an engagement, in which role, and who let them in (domain reference 1.3; two people for a High Value Asset). */
import { type Course, isInForce, type Mark, type MemberRole, type Membership } from './course.ts';
import { type Changed, type Engagement, moved, wrongState } from './engagement.ts';
import { isFinal } from './engagement-states.ts';
import type { PersonId } from './ids.ts';
import { accepted, refused } from './result.ts';

const isSame = (membership: Membership, personId: PersonId, role: MemberRole): boolean =>
  membership.personId === personId && membership.role === role && membership.ended === null;

/** The Service ISSO comes and goes with the candidate (T10) and the change of the Service ISSO (T20) only. */
const comesByMatching = refused({ code: 'waits-for', side: 'contractor' } as const);

/** Two people have to let somebody in unless both sides have confirmed that it is no High Value Asset (ARS AC-2 HVA item e). */
const needsTwo = ({ context }: Course): boolean =>
  context === null || context.isHva !== false || !context.ispg || !context.contractor;

/** The memberships once it is settled whether it is a High Value Asset; what two people have approved stays as it is. */
export const reckonSeconds = (
  memberships: readonly Membership[],
  isHva: boolean | null,
): readonly Membership[] =>
  memberships.map((each) =>
    each.ended === null && each.second === null ? { ...each, needsSecond: isHva !== false } : each,
  );

/**
 * Somebody is let in by somebody else. On a High Value Asset, and while nobody knows whether it is one, it counts only once a second
 * person has approved it (ARS AC-2 HVA item e).
 */
export function grantMembership(
  engagement: Engagement,
  personId: PersonId,
  role: MemberRole,
  by: Mark,
): Changed {
  if (isFinal(engagement.state)) return wrongState(engagement);
  if (role === 'service_isso') return comesByMatching;
  if (personId === by.byId) return refused({ code: 'same-person' });
  if (engagement.memberships.some((each) => isSame(each, personId, role)))
    return refused({ code: 'already-member' });
  const needsSecond = needsTwo(engagement.course);
  const added: Membership = { personId, role, granted: by, second: null, needsSecond, ended: null };
  return accepted(moved(engagement, { memberships: [...engagement.memberships, added] }));
}

/** A second person approves; refused for the one who granted it and for the one it is about. */
export function approveMembership(
  engagement: Engagement,
  personId: PersonId,
  role: MemberRole,
  by: Mark,
): Changed {
  if (isFinal(engagement.state)) return wrongState(engagement);
  const at = engagement.memberships.findIndex((each) => isSame(each, personId, role));
  const found = engagement.memberships[at];
  if (!found || isInForce(found)) return refused({ code: 'already-done' });
  if (found.granted.byId === by.byId || personId === by.byId) return refused({ code: 'same-person' });
  return accepted(
    moved(engagement, { memberships: engagement.memberships.with(at, { ...found, second: by }) }),
  );
}

/** Somebody takes part no more. */
export function endMembership(
  engagement: Engagement,
  personId: PersonId,
  role: MemberRole,
  by: Mark,
): Changed {
  if (isFinal(engagement.state)) return wrongState(engagement);
  if (role === 'service_isso') return comesByMatching;
  const at = engagement.memberships.findIndex((each) => isSame(each, personId, role));
  const found = engagement.memberships[at];
  if (!found) return refused({ code: 'already-done' });
  return accepted(
    moved(engagement, { memberships: engagement.memberships.with(at, { ...found, ended: by }) }),
  );
}
