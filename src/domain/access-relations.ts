/** How somebody stands to an engagement: membership first, role second (domain reference 1.3). */
import { isInForce, type MemberRole } from './course.ts';
import type { Engagement } from './engagement.ts';
import { AFTER_KICKOFF_STATES, type EngagementState } from './engagement-states.ts';
import type { Person, Role } from './person.ts';

/** What the rules know of the record: who is in it and where it stands. */
export type EngagementScope = Pick<
  Engagement,
  'requesterId' | 'businessOwnerId' | 'craId' | 'memberIds' | 'component' | 'state' | 'memberships'
> & { readonly course: Pick<Engagement['course'], 'serviceIssoId'> };

export type Rule = (person: Person, scope: EngagementScope) => boolean;

const CONTRACTOR_ROLES: readonly Role[] = [
  'contractor_lead',
  'contractor_coord',
  'service_isso_lead',
  'service_isso',
];

/** True when the person works for the contractor: such people recommend and record, and decide nothing (domain reference 1.1). */
export const isContractor = ({ roles }: Pick<Person, 'roles'>): boolean =>
  roles.some((role) => CONTRACTOR_ROLES.includes(role));

/**
 * True when the person has one of the roles. Whoever administers the bot has no other: an administrator can't read cards or
 * approve anything (domain reference 1.1, ARS AC-5).
 */
export const has = ({ roles }: Pick<Person, 'roles'>, ...wanted: readonly Role[]): boolean =>
  (roles.includes('platform_admin') ? (['platform_admin'] as const) : roles).some((role) =>
    wanted.includes(role),
  );

/** A federal role; somebody who also works for the contractor has none in force. */
export const hasFederal = (person: Pick<Person, 'roles'>, ...wanted: readonly Role[]): boolean =>
  !isContractor(person) && has(person, ...wanted);

export const isOwner: Rule = (person, scope) => person.id === scope.businessOwnerId;
export const isRequester: Rule = (person, scope) => person.id === scope.requesterId;
/** Joined the request. */
export const isMember: Rule = (person, scope) => scope.memberIds.includes(person.id);
export const isAdvisor: Rule = (person, scope) =>
  person.id === scope.craId || (has(person, 'cra') && person.components.includes(scope.component));
export const isIspg: Rule = (person) => hasFederal(person, 'ispg_team', 'gtl');
export const isGtl: Rule = (person) => hasFederal(person, 'gtl');
export const isCor: Rule = (person) => hasFederal(person, 'cor');
export const isOversight: Rule = (person) => hasFederal(person, 'cor', 'auditor');

/** The contractor reads an engagement once its kickoff is set (domain reference 1.3). */
const CONTRACTOR_SEES: ReadonlySet<EngagementState> = new Set(['KICKOFF_PENDING', ...AFTER_KICKOFF_STATES]);
export const isContractorInTime: Rule = (person, scope) =>
  has(person, 'contractor_lead', 'contractor_coord') && CONTRACTOR_SEES.has(scope.state);
export const isContractorLead: Rule = (person, scope) =>
  has(person, 'contractor_lead') && CONTRACTOR_SEES.has(scope.state);
export const isIssoLead: Rule = (person, scope) =>
  has(person, 'service_isso_lead') && CONTRACTOR_SEES.has(scope.state);

/** The Service ISSO of this engagement, now. */
export const isServiceIsso: Rule = (person, scope) =>
  person.id === scope.course.serviceIssoId || hasPart(person, scope, 'service_isso');
/** Data Guardian, developer or maintainer, system owner or present ISSO, in this engagement. */
export const isOfSystem: Rule = (person, scope) =>
  (['data_guardian', 'developer_maintainer', 'system_owner', 'existing_isso'] as const).some((role) =>
    hasPart(person, scope, role),
  );
/** Prepares and drafts for the Business Owner: named so in this engagement, or their delegate in all. */
export const isDelegate: Rule = (person, scope) =>
  hasPart(person, scope, 'bo_delegate') || (person.delegateOf ?? []).includes(scope.businessOwnerId);

/** True when the person has that part in this engagement, and it is in force. */
export function hasPart(
  { id }: Pick<Person, 'id'>,
  { memberships }: Pick<EngagementScope, 'memberships'>,
  role: MemberRole,
): boolean {
  return memberships.some((each) => each.personId === id && each.role === role && isInForce(each));
}

export const anyOf =
  (...rules: readonly Rule[]): Rule =>
  (person, scope) =>
    rules.some((rule) => rule(person, scope));

export const inStates =
  (rule: Rule, ...states: readonly EngagementState[]): Rule =>
  (person, scope) =>
    states.includes(scope.state) && rule(person, scope);

/** True for the person, or for somebody for whom they stand in now. A contractor never stands in for a federal employee. */
export const asThemselvesOrStandIn = (person: Person, allows: (who: Person) => boolean): boolean =>
  allows(person) ||
  (person.standsInFor ?? []).some(
    (absent) => isContractor(absent) === isContractor(person) && allows({ ...person, ...absent }),
  );
