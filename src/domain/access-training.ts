/** How much somebody sees of a Service ISSO's training record (domain reference 1.3). */
import { may } from './access.ts';
import {
  type EngagementScope,
  hasFederal,
  identitiesOf,
  isAdministrator,
  isContractor,
  isOwnIssoLead,
} from './access-relations.ts';
import type { PersonId } from './ids.ts';
import type { Person } from './person.ts';

/**
 * `whole`: the person, and the contractor's people who see to it: states, references, scorecards. `record`: an auditor, without the
 * scorecards. `status`: ISPG, without references. `dates`: the COR. `summary`: the Business Owner, whether it is on course.
 */
export type TrainingSight = 'whole' | 'record' | 'status' | 'dates' | 'summary';

/** What `person` sees of the training of `issoId`, whose engagements `scopes` are; null for nothing. */
export function trainingSight(
  person: Person,
  issoId: PersonId,
  scopes: readonly EngagementScope[],
): TrainingSight | null {
  if (person.id === issoId) return 'whole';
  if (isAdministrator(person)) return null;
  const seen = scopes.filter((scope) => may(person, 'training.read', scope));
  if (seen.length > 0) return sightOf(person, seen);
  return scopes.some((scope) => may(person, 'training.read-summary', scope)) ? 'summary' : null;
}

function sightOf(person: Person, seen: readonly EngagementScope[]): TrainingSight {
  const who = identitiesOf(person);
  const isContractors = who.some((each) =>
    seen.some((scope) => isContractor(each) || isOwnIssoLead(each, scope)),
  );
  if (isContractors) return 'whole';
  if (who.some((each) => hasFederal(each, 'auditor'))) return 'record';
  return who.some((each) => hasFederal(each, 'ispg_team', 'gtl')) ? 'status' : 'dates';
}
