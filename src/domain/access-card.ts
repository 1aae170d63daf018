/** Who stands for a party of the Information Card in an engagement (domain reference 1.3, 4.3, 4.5). Pure. */
import {
  anyOf,
  asThemselvesOrStandIn,
  type EngagementScope,
  has,
  isAdvisor,
  isContractorInTime,
  isCor,
  isDelegate,
  isGtl,
  isGuardian,
  isIspg,
  isOwner,
  isServiceIsso,
  type Rule,
} from './access-relations.ts';
import type { CardParty } from './card-template.ts';
import type { Person } from './person.ts';

/** Offices outside the programme are nobody here: whoever follows them up speaks for them. */
const STANDS_FOR: Readonly<Partial<Record<CardParty, Rule>>> = {
  contractor: isContractorInTime,
  roster_owner: anyOf((person) => has(person, 'contractor_lead'), isContractorInTime),
  service_isso: isServiceIsso,
  cor: isCor,
  ispg: isIspg,
  gtl: isGtl,
  business_owner: anyOf(isOwner, isDelegate),
  data_guardian: isGuardian,
  cra: isAdvisor,
};

/**
 * True when `person` is that party of the engagement, or stands in for somebody who is. What a Service ISSO does is theirs alone:
 * nobody stands in for them.
 */
export function isOfParty(person: Person, party: CardParty, scope: EngagementScope): boolean {
  const rule = STANDS_FOR[party];
  if (!rule) return false;
  if (party === 'service_isso') return rule(person, scope);
  return asThemselvesOrStandIn(person, (who) => rule(who, scope));
}
