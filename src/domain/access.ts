/**
 * Who may do what: one pure function, asked by every command, button, form and HTTP route.
 * Membership of the engagement comes first, the role second (domain reference 1.3). Deny by default:
 * the answer for a missing record and a forbidden one is the same, so nobody learns what exists.
 */
import { ENGAGEMENT_RULES, ENGAGEMENT_VERBS, type EngagementVerb, OWN_VERBS } from './access-engagement.ts';
import {
  anyOf,
  asThemselvesOrStandIn,
  type EngagementScope,
  has,
  hasFederal,
  identitiesOf,
  isAdministrator,
  isAdvisor,
  isContractor,
  isContractorInTime,
  isDelegate,
  isDelegateOf,
  isIspg,
  isNamedOwner,
  isOversight,
  isOwner,
  isOwnIssoLead,
  isRequester,
  isServiceIsso,
} from './access-relations.ts';
import { isInForce } from './course.ts';
import type { PersonId } from './ids.ts';
import type { Person, Role } from './person.ts';

export { ENGAGEMENT_VERBS, type EngagementVerb } from './access-engagement.ts';
export {
  MEETING_VERBS,
  type MeetingScope,
  type MeetingVerb,
  mayArrange,
  mayCheckIn,
  mayMeeting,
  mayPickTime,
  mayReadCheckIns,
} from './access-meeting.ts';
export { type EngagementScope, isContractor } from './access-relations.ts';

/** Verbs that need no record. */
export const GENERAL_VERBS = [
  'question.ask',
  'request.file',
  'request.file-for-owner',
  'programme.read',
  'cadence.set',
  'course-dates.set',
  'burn-down.read-all',
  'survey.read-aggregate',
  'training-review.ask',
  'milestone.record-some',
  'satisfaction.ask-some',
  'role.grant',
  'role.review',
  'roster.import',
  'stand-in.name-own',
  'stand-in.name-others',
  'delegate.name',
  'profile.read-all',
  'profile.write-own',
  'profile.confirm',
  'blocker.raise',
  'blocker.work',
  'mail.triage',
  'audit.read',
  'status-note.write',
  'status-report.read',
  'status-report.write',
  'status-report.settle',
  'measures.read',
  'dashboard.read',
  'export.make',
  'records.export',
  'records.hold',
  'records.dispose',
  'marketplace-plan.read',
  'marketplace-plan.write',
  'programme.ask',
] as const;
export type GeneralVerb = (typeof GENERAL_VERBS)[number];

const GENERAL_RULES: Readonly<Record<GeneralVerb, (person: Person) => boolean>> = {
  'question.ask': () => true,
  'request.file': () => true,
  'request.file-for-owner': (person) =>
    hasFederal(person, 'cra', 'bo_delegate') ||
    (person.delegateOf ?? []).some((ownerId) => isDelegateOf(person, ownerId)),
  'programme.read': (person) => hasFederal(person, 'ispg_team', 'gtl', 'cor', 'auditor'),
  'cadence.set': (person) => hasFederal(person, 'ispg_team', 'gtl'),
  'burn-down.read-all': (person) =>
    has(person, 'contractor_lead', 'contractor_coord') ||
    hasFederal(person, 'ispg_team', 'gtl', 'cor', 'auditor'),
  'course-dates.set': (person) => hasFederal(person, 'ispg_team', 'gtl'),
  'survey.read-aggregate': (person) =>
    has(person, 'contractor_lead', 'contractor_coord') ||
    hasFederal(person, 'ispg_team', 'gtl', 'cor', 'auditor'),
  'training-review.ask': (person) => has(person, 'contractor_lead') || hasFederal(person, 'ispg_team', 'gtl'),
  'milestone.record-some': (person) =>
    has(person, 'contractor_lead') || hasFederal(person, 'ispg_team', 'gtl'),
  'satisfaction.ask-some': (person) => !isContractor(person),
  'role.grant': (person) => has(person, 'platform_admin'),
  'role.review': (person) => has(person, 'platform_admin') || hasFederal(person, 'gtl', 'auditor'),
  'roster.import': (person) => has(person, 'platform_admin'),
  'stand-in.name-own': (person) => person.roles.length > 0,
  'stand-in.name-others': (person) => has(person, 'platform_admin') || hasFederal(person, 'gtl'),
  'delegate.name': (person) => hasFederal(person, 'business_owner'),
  'profile.read-all': (person) =>
    has(person, 'contractor_lead', 'contractor_coord', 'service_isso_lead') ||
    hasFederal(person, 'ispg_team', 'gtl', 'cor', 'auditor'),
  'profile.write-own': (person) => has(person, 'service_isso'),
  'profile.confirm': (person) => has(person, 'service_isso_lead', 'contractor_lead'),
  'blocker.raise': () => true,
  'blocker.work': (person) => hasFederal(person, 'gtl', 'ispg_team'),
  'mail.triage': (person) => hasFederal(person, 'ispg_team', 'gtl'),
  'audit.read': (person) => hasFederal(person, 'auditor'),
  'status-note.write': (person) => has(person, 'service_isso', 'service_isso_lead'),
  'status-report.read': (person) =>
    has(person, 'contractor_lead', 'contractor_coord') ||
    hasFederal(person, 'ispg_team', 'gtl', 'cor', 'auditor'),
  'status-report.write': (person) => has(person, 'contractor_lead'),
  'status-report.settle': (person) => hasFederal(person, 'gtl', 'cor'),
  'measures.read': (person) => hasFederal(person, 'ispg_team', 'gtl', 'cor', 'auditor'),
  'dashboard.read': (person) => hasFederal(person, 'ispg_team', 'gtl', 'cor', 'auditor'),
  'export.make': (person) => hasFederal(person, 'ispg_team', 'gtl', 'cor', 'auditor'),
  'records.export': (person) => hasFederal(person, 'records_officer', 'auditor'),
  'records.hold': (person) => hasFederal(person, 'records_officer'),
  'records.dispose': (person) => hasFederal(person, 'records_officer'),
  'marketplace-plan.read': (person) =>
    hasFederal(person, 'ispg_team', 'gtl', 'cor', 'auditor', 'records_officer'),
  'marketplace-plan.write': (person) => hasFederal(person, 'ispg_team', 'gtl'),
  'programme.ask': (person) => hasFederal(person, 'ispg_team', 'gtl', 'cor', 'auditor'),
};

/** True when `person` may do `verb` at all, whatever the record. */
export function mayEver(person: Person, verb: GeneralVerb): boolean {
  return asThemselvesOrStandIn(person, GENERAL_RULES[verb]);
}

/**
 * True when `person` may file a request with `owner` as its Business Owner: for themselves, or on behalf of somebody
 * who holds that role (domain reference 1.3: an advisor or a component's representative; the owner's own delegate).
 */
export function mayFileFor(person: Person, owner: Person): boolean {
  const isForOthers = (who: Person): boolean =>
    hasFederal(who, 'cra', 'bo_delegate') || isDelegateOf(who, owner.id);
  return asThemselvesOrStandIn(
    person,
    (who) => who.id === owner.id || (hasFederal(owner, 'business_owner') && isForOthers(who)),
  );
}

/** True when `person` may do `verb` on this engagement. A missing engagement is answered like a forbidden one. */
export function may(person: Person, verb: EngagementVerb, scope: EngagementScope | null): boolean {
  return scope !== null && actingAs(person, verb, scope) !== undefined;
}

/** As whom they may: as themselves, or as somebody for whom they stand in. */
function actingAs(person: Person, verb: EngagementVerb, scope: EngagementScope): Person | undefined {
  const identities = OWN_VERBS.has(verb) ? [person] : identitiesOf(person);
  return identities.find((who) => ENGAGEMENT_RULES[verb](who, scope));
}

/** How much somebody sees of a Service ISSO's card: its dates, or only how far onboarding is. */
export type CardSight = 'dates' | 'progress';

/**
 * How much `person` sees of the card of the Service ISSO `issoId` in this engagement; null for nothing (domain reference 1.3): all
 * dates on one's own card, for ISPG, oversight, the contractor's leads once the kickoff is set, and the lead of its team; the
 * requesting side and its advisors see how far it is, and a member of the request nothing. Whoever administers the bot sees no card.
 */
export function cardSight(person: Person, issoId: PersonId, scope: EngagementScope): CardSight | null {
  if (isAdministrator(person)) return null;
  const seesDates = anyOf(isIspg, isOversight, isContractorInTime, isOwnIssoLead);
  // One's own card is no right that a stand-in takes over.
  if (person.id === issoId || asThemselvesOrStandIn(person, (who) => seesDates(who, scope))) return 'dates';
  const seesProgress = anyOf(isOwner, isDelegate, isRequester, isAdvisor);
  return asThemselvesOrStandIn(person, (who) => seesProgress(who, scope)) ? 'progress' : null;
}

/**
 * True when `person` reads on that card the references of what is done as well: its own person, the contractor, the lead of its team and
 * an auditor. ISPG and the COR read the status without identifiers (domain reference 1.3).
 */
export function seesCardReferences(person: Person, issoId: PersonId, scope: EngagementScope): boolean {
  if (isAdministrator(person)) return false;
  const sees = anyOf(isContractorInTime, isOwnIssoLead, (who) => hasFederal(who, 'auditor'));
  return person.id === issoId || asThemselvesOrStandIn(person, (who) => sees(who, scope));
}

type RoleUsed = Role | 'requester' | null;

/**
 * The role the record names for what a person did on an engagement (domain reference 2.5). With the verb, the one that allows it:
 * the nearest membership, else the role they hold, or the one of somebody for whom they stand in. Without, the nearest of all.
 */
export function roleUsed(person: Person, scope: EngagementScope, verb?: string): RoleUsed {
  const right = ENGAGEMENT_VERBS.find((each) => each === verb);
  const who = right && actingAs(person, right, scope);
  if (!right || !who) return nearestRole(person, scope);
  const rule = ENGAGEMENT_RULES[right];
  const byPart = rule({ ...who, roles: [] }, scope) ? partOf(who, scope) : null;
  return (
    byPart ?? who.roles.find((role) => rule({ ...who, roles: [role] }, scope)) ?? nearestRole(who, scope)
  );
}

function nearestRole(person: Person, scope: EngagementScope): RoleUsed {
  if (isNamedOwner(person, scope)) return 'business_owner';
  if (isAdministrator(person)) return 'platform_admin';
  if (hasFederal(person, 'gtl')) return 'gtl';
  if (hasFederal(person, 'ispg_team')) return 'ispg_team';
  return partOf(person, scope) ?? person.roles[0] ?? null;
}

/** The part that somebody has in the engagement by being named in it. */
function partOf(person: Person, scope: EngagementScope): RoleUsed {
  if (isNamedOwner(person, scope)) return 'business_owner';
  if (isAdvisor(person, scope)) return 'cra';
  if (isServiceIsso(person, scope)) return 'service_isso';
  const part = scope.memberships.find((each) => each.personId === person.id && isInForce(each));
  if (part) return part.role;
  if (isRequester(person, scope)) return 'requester';
  return isDelegate(person, scope) ? 'bo_delegate' : null;
}
