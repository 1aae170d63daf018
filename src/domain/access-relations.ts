/** How somebody stands to an engagement: membership first, role second (domain reference 1.3). */
import { isInForce, type MemberRole } from './course.ts';
import type { Engagement } from './engagement.ts';
import { AFTER_KICKOFF_STATES, type EngagementState, isAssigned } from './engagement-states.ts';
import type { PersonId } from './ids.ts';
import { HOLDERS, type Person, type Role } from './person.ts';

/** What the rules know of the record: who is in it and where it stands. */
export type EngagementScope = Pick<
  Engagement,
  'requesterId' | 'businessOwnerId' | 'craId' | 'memberIds' | 'component' | 'state' | 'memberships'
> & { readonly course: Pick<Engagement['course'], 'serviceIssoId'> };

export type Rule = (person: Person, scope: EngagementScope) => boolean;

/** True when the person works for the contractor: such people recommend and record, and decide nothing (domain reference 1.1). */
export const isContractor = ({ roles }: Pick<Person, 'roles'>): boolean =>
  roles.some((role) => HOLDERS[role] === 'contractor');

/** True for whoever administers the bot: they have no other role, read no card and approve nothing (domain reference 1.1, ARS AC-5). */
export const isAdministrator = ({ roles }: Pick<Person, 'roles'>): boolean =>
  roles.includes('platform_admin');

/** True for somebody whose federal parts are in force: neither the contractor's people nor whoever administers the bot. */
const actsForGovernment = (person: Pick<Person, 'roles'>): boolean =>
  !isContractor(person) && !isAdministrator(person);

/** True when the person has one of the roles, and it is in force. */
export const has = (person: Pick<Person, 'roles'>, ...wanted: readonly Role[]): boolean =>
  (isAdministrator(person) ? (['platform_admin'] as const) : person.roles).some((role) =>
    wanted.includes(role),
  );

/** A federal role; somebody who also works for the contractor has none in force. */
export const hasFederal = (person: Pick<Person, 'roles'>, ...wanted: readonly Role[]): boolean =>
  !isContractor(person) && has(person, ...wanted);

export const anyOf =
  (...rules: readonly Rule[]): Rule =>
  (person, scope) =>
    rules.some((rule) => rule(person, scope));

export const inStates =
  (rule: Rule, ...states: readonly EngagementState[]): Rule =>
  (person, scope) =>
    states.includes(scope.state) && rule(person, scope);

/** A part that only a federal employee can have. */
const federal =
  (rule: Rule): Rule =>
  (person, scope) =>
    actsForGovernment(person) && rule(person, scope);

/** Has that part in this engagement, and it is in force. */
const hasPart =
  (...wanted: readonly MemberRole[]): Rule =>
  (person, { memberships }) =>
    !isAdministrator(person) &&
    memberships.some((each) => each.personId === person.id && wanted.includes(each.role) && isInForce(each));

/** Named as the Business Owner, whoever that is: what they filed stays theirs to follow and to take back. */
export const isNamedOwner: Rule = (person, scope) => person.id === scope.businessOwnerId;
/** The Business Owner, who decides: a federal part. */
export const isOwner: Rule = federal(isNamedOwner);
export const isRequester: Rule = (person, scope) => person.id === scope.requesterId;
/** Joined the request. */
export const isMember: Rule = (person, scope) => scope.memberIds.includes(person.id);
/** The Cyber Risk Advisor: named in the engagement, or of its component. */
export const isAdvisor: Rule = federal(
  (person, scope) =>
    person.id === scope.craId ||
    (person.roles.includes('cra') && person.components.includes(scope.component)),
);
export const isIspg: Rule = (person) => hasFederal(person, 'ispg_team', 'gtl');
export const isGtl: Rule = (person) => hasFederal(person, 'gtl');
/** Commits money: by the role, which a part in one engagement does not give. */
export const isCor: Rule = (person) => hasFederal(person, 'cor');
export const isOversight: Rule = anyOf(
  (person) => hasFederal(person, 'cor', 'auditor'),
  federal(hasPart('cor')),
);

/** The contractor reads an engagement once its kickoff is set (domain reference 1.3). */
const CONTRACTOR_SEES: ReadonlySet<EngagementState> = new Set(['KICKOFF_PENDING', ...AFTER_KICKOFF_STATES]);
const seenBy =
  (...roles: readonly Role[]): Rule =>
  (person, scope) =>
    has(person, ...roles) && CONTRACTOR_SEES.has(scope.state);
export const isContractorInTime: Rule = seenBy('contractor_lead', 'contractor_coord');
export const isContractorLead: Rule = seenBy('contractor_lead');
/** The Service ISSO Lead whose team this engagement belongs to. */
export const isOwnIssoLead: Rule = hasPart('service_isso_lead');
export const isIssoLead: Rule = anyOf(seenBy('service_isso_lead'), isOwnIssoLead);

/** The Service ISSO of this engagement, now. */
export const isServiceIsso: Rule = (person, scope) =>
  isAssigned(scope.state) &&
  !isAdministrator(person) &&
  (person.id === scope.course.serviceIssoId || hasPart('service_isso')(person, scope));
/** The Service ISSO of this engagement, now or before: what they have to give back stays theirs to tell of. */
export const isOrWasServiceIsso: Rule = (person, scope) =>
  !isAdministrator(person) &&
  (person.id === scope.course.serviceIssoId ||
    scope.memberships.some(
      (each) =>
        each.personId === person.id && each.role === 'service_isso' && isInForce({ ...each, ended: null }),
    ));
export const isSystemOwner: Rule = federal(hasPart('system_owner'));
/** The present ISSO can be one of a contractor. */
export const isPresentIsso: Rule = hasPart('existing_isso');
/** A Data Guardian: named in the engagement, or of its component. */
export const isGuardian: Rule = federal(
  (person, scope) =>
    hasPart('data_guardian')(person, scope) ||
    (person.roles.includes('data_guardian') && person.components.includes(scope.component)),
);
/** Data Guardian, developer or maintainer, system owner or present ISSO, in this engagement. */
export const isOfSystem: Rule = anyOf(
  federal(hasPart('data_guardian', 'developer_maintainer', 'system_owner')),
  isPresentIsso,
);
/** True for somebody who is that Business Owner's delegate today: a federal part. */
export const isDelegateOf = (person: Person, ownerId: PersonId): boolean =>
  actsForGovernment(person) && (person.delegateOf ?? []).includes(ownerId);
/** Prepares and drafts for the Business Owner: named so in this engagement, or their delegate in all. */
export const isDelegate: Rule = anyOf(federal(hasPart('bo_delegate')), (person, scope) =>
  isDelegateOf(person, scope.businessOwnerId),
);

/**
 * Whose rights somebody has now: their own, and those of each absent person for whom they stand in. A contractor never stands
 * in for a federal employee, nor anybody else across that line; an administrator only for another.
 */
export function identitiesOf(person: Person): readonly Person[] {
  const isSameSide = (absent: Pick<Person, 'roles'>): boolean =>
    isContractor(absent) === isContractor(person) && isAdministrator(absent) === isAdministrator(person);
  const absent = (person.standsInFor ?? []).filter(isSameSide);
  return [person, ...absent.map((each) => ({ ...person, ...each, standsInFor: [], delegateOf: [] }))];
}

/** True for the person, or for somebody for whom they stand in now. */
export const asThemselvesOrStandIn = (person: Person, allows: (who: Person) => boolean): boolean =>
  identitiesOf(person).some(allows);
