/** Who sees and changes the off-boarding record of a person in an engagement (domain reference 1.3). Pure. */
import { type EngagementScope, may } from './access.ts';
import { hasFederal, isOrWasServiceIsso } from './access-relations.ts';
import type { Ending } from './engagement.ts';
import type { PersonId } from './ids.ts';
import type { Person } from './person.ts';

/** How much somebody sees of a record and may say of it. */
export interface OffBoardingSight {
  /** `state`: how each line stands, and not what its thing is or how it travelled ("read status, no identifiers"). */
  readonly reads: 'all' | 'state';
  /** `property`: what one has to give back oneself. */
  readonly writes: 'all' | 'property' | 'none';
}

/**
 * What `person` sees of the record of `ofId`; null for nothing. One's own is read whole, also after the membership has ended;
 * another Service ISSO of the same engagement sees nothing of it. A closed engagement's record stays as it is.
 */
export function offBoardingSight(
  person: Person,
  ofId: PersonId,
  scope: EngagementScope & { readonly ending: Ending | null },
): OffBoardingSight | null {
  const isOver = scope.ending !== null;
  if (!may(person, 'off-boarding.read', scope)) return null;
  if (person.id === ofId) {
    const writes = !isOver && may(person, 'off-boarding.write-own', scope) ? 'property' : 'none';
    return { reads: 'all', writes };
  }
  if (may(person, 'off-boarding.write', scope)) return { reads: 'all', writes: isOver ? 'none' : 'all' };
  if (isOrWasServiceIsso(person, scope)) return null;
  return { reads: hasFederal(person, 'ispg_team', 'gtl', 'cor') ? 'state' : 'all', writes: 'none' };
}
