/**
 * Who may do what: one pure function, asked by every command, button, form and HTTP route.
 * Membership of the engagement comes first, the role second (domain reference 1.3). Deny by default:
 * the answer for a missing record and a forbidden one is the same, so nobody learns what exists.
 */
import { ENGAGEMENT_RULES, type EngagementVerb } from './access-engagement.ts';
import {
  anyOf,
  asThemselvesOrStandIn,
  type EngagementScope,
  has,
  hasFederal,
  isAdvisor,
  isContractor,
  isContractorInTime,
  isIspg,
  isOversight,
  isOwner,
  isRequester,
} from './access-relations.ts';
import type { PersonId } from './ids.ts';
import type { Meeting } from './meeting.ts';
import type { Person, Role } from './person.ts';

export { ENGAGEMENT_VERBS, type EngagementVerb } from './access-engagement.ts';
export { type EngagementScope, isContractor } from './access-relations.ts';

/** Verbs that need no record. */
export const GENERAL_VERBS = [
  'question.ask',
  'request.file',
  'request.file-for-owner',
  'programme.read',
  'cadence.set',
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
] as const;
/** Verbs on one meeting other than a kickoff, with or without a request. */
export const MEETING_VERBS = [
  'meeting.read',
  'meeting.read-minutes',
  'meeting.respond',
  'meeting.propose',
  'meeting.choose',
  'meeting.take',
  'meeting.offer',
  'meeting.move',
  'meeting.skip',
  'meeting.cancel',
  'meeting.record',
  'meeting.close-follow-up',
] as const;

export type GeneralVerb = (typeof GENERAL_VERBS)[number];
export type MeetingVerb = (typeof MEETING_VERBS)[number];

const GENERAL_RULES: Readonly<Record<GeneralVerb, (person: Person) => boolean>> = {
  'question.ask': () => true,
  'request.file': () => true,
  'request.file-for-owner': (person) => has(person, 'cra', 'bo_delegate'),
  'programme.read': (person) => has(person, 'ispg_team', 'gtl', 'cor', 'auditor'),
  'cadence.set': (person) => has(person, 'ispg_team', 'gtl'),
  'survey.read-aggregate': (person) =>
    has(person, 'ispg_team', 'gtl', 'cor', 'auditor', 'contractor_lead', 'contractor_coord'),
  'training-review.ask': (person) => has(person, 'ispg_team', 'gtl', 'contractor_lead'),
  'milestone.record-some': (person) => has(person, 'ispg_team', 'gtl', 'contractor_lead'),
  'satisfaction.ask-some': (person) => !isContractor(person),
  'role.grant': (person) => has(person, 'platform_admin'),
  'role.review': (person) => has(person, 'platform_admin', 'gtl', 'auditor'),
  'roster.import': (person) => has(person, 'platform_admin'),
  'stand-in.name-own': (person) => person.roles.length > 0,
  'stand-in.name-others': (person) => has(person, 'platform_admin', 'gtl'),
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
};

/** True when `person` may do `verb` at all, whatever the record. */
export function mayEver(person: Person, verb: GeneralVerb): boolean {
  return asThemselvesOrStandIn(person, GENERAL_RULES[verb]);
}

/**
 * True when `person` may file a request with `owner` as its Business Owner: for themselves, or on behalf of somebody
 * who holds that role (domain reference 1.3: an advisor or a component's representative).
 */
export function mayFileFor(person: Person, owner: Person): boolean {
  if (person.id === owner.id) return mayEver(person, 'request.file');
  return mayEver(person, 'request.file-for-owner') && owner.roles.includes('business_owner');
}

/** True when `person` may do `verb` on this engagement. A missing engagement is answered like a forbidden one. */
export function may(person: Person, verb: EngagementVerb, scope: EngagementScope | null): boolean {
  return scope !== null && asThemselvesOrStandIn(person, (who) => ENGAGEMENT_RULES[verb](who, scope));
}

/** True when `person` may move, skip or call off this meeting of the programme: its organizer and ISPG. */
export function mayArrange(person: Person, meeting: Pick<Meeting, 'organizerId'>): boolean {
  return person.id === meeting.organizerId || has(person, 'ispg_team', 'gtl');
}

/** True when `person` writes a check-in for this meeting: invited, in one of the roles that are asked. */
export function mayCheckIn(
  person: Person,
  meeting: Pick<Meeting, 'attendeeIds'>,
  askedRoles: readonly Role[],
): boolean {
  return meeting.attendeeIds.includes(person.id) && has(person, ...askedRoles);
}

/**
 * True when `person` reads everybody's check-ins for this meeting: ISPG in it, and in the weekly meeting the Service ISSO
 * Leads. Others see their own only (domain reference 1.3: contractors get their own line).
 */
export function mayReadCheckIns(
  person: Person,
  meeting: Pick<Meeting, 'kind' | 'organizerId' | 'attendeeIds'>,
): boolean {
  const isIn = meeting.organizerId === person.id || meeting.attendeeIds.includes(person.id);
  if (!isIn) return false;
  return (
    has(person, 'ispg_team', 'gtl') || (meeting.kind === 'lead_weekly' && has(person, 'service_isso_lead'))
  );
}

/** How much somebody sees of a Service ISSO's card: its dates, or only how far onboarding is. */
export type CardSight = 'dates' | 'progress';

/**
 * How much `person` sees of the card of the Service ISSO `issoId` in this engagement; null for nothing (domain reference 1.3): all
 * dates on one's own card, for ISPG, oversight, and the contractor's leads once the kickoff is set; the requesting side and its
 * advisors see how far it is, and a member of the request nothing.
 */
export function cardSight(person: Person, issoId: PersonId, scope: EngagementScope): CardSight | null {
  const seesDates = anyOf(isIspg, isOversight, isContractorInTime);
  if (person.id === issoId || seesDates(person, scope)) return 'dates';
  return anyOf(isOwner, isRequester, isAdvisor)(person, scope) ? 'progress' : null;
}

/** True when `person` picks one of the times on offer: the requesting side, or an invited contractor lead where there is no request. */
export function mayPickTime(
  person: Person,
  meeting: Pick<Meeting, 'attendeeIds'>,
  scope: EngagementScope | null,
): boolean {
  if (scope !== null) return isOwner(person, scope) || isRequester(person, scope);
  return meeting.attendeeIds.includes(person.id) && has(person, 'contractor_lead');
}

/** What the rules know of a meeting: who is in it. */
export type MeetingScope = Pick<Meeting, 'organizerId' | 'attendeeIds'> & {
  /** Whose follow-ups it left. */
  readonly followUpOwnerIds: readonly PersonId[];
};

type MeetingRule = (person: Person, meeting: MeetingScope, scope: EngagementScope | null) => boolean;

const isInvited: MeetingRule = (person, meeting) => meeting.attendeeIds.includes(person.id);
const isFollower: MeetingRule = (person, meeting) => meeting.followUpOwnerIds.includes(person.id);

const MEETING_RULES: Readonly<Record<MeetingVerb, MeetingRule>> = {
  'meeting.read': (person, meeting, scope) =>
    isInvited(person, meeting, scope) ||
    mayArrange(person, meeting) ||
    isFollower(person, meeting, scope) ||
    has(person, 'cor', 'auditor'),
  // Somebody from outside who was given a follow-up reads that one alone.
  'meeting.read-minutes': (person, meeting, scope) =>
    isInvited(person, meeting, scope) || mayArrange(person, meeting) || has(person, 'cor', 'auditor'),
  'meeting.respond': isInvited,
  'meeting.propose': isInvited,
  'meeting.choose': mayPickTime,
  'meeting.take': mayArrange,
  'meeting.offer': mayArrange,
  'meeting.move': mayArrange,
  'meeting.skip': mayArrange,
  'meeting.cancel': mayArrange,
  'meeting.record': mayArrange,
  'meeting.close-follow-up': (person, meeting, scope) =>
    isFollower(person, meeting, scope) || mayArrange(person, meeting),
};

/**
 * True when `person` may do `verb` on this meeting; `scope` is its request, null for one of the programme. A missing
 * meeting is answered like a forbidden one.
 */
export function mayMeeting(
  person: Person,
  verb: MeetingVerb,
  meeting: MeetingScope | null,
  scope: EngagementScope | null,
): boolean {
  return meeting !== null && MEETING_RULES[verb](person, meeting, scope);
}

/** The role the record names for what a person did on an engagement: the nearest membership, else the role they hold. */
export function roleUsed(person: Person, scope: EngagementScope): Role | 'requester' | null {
  if (isOwner(person, scope)) return 'business_owner';
  if (has(person, 'gtl')) return 'gtl';
  if (has(person, 'ispg_team')) return 'ispg_team';
  if (isAdvisor(person, scope)) return 'cra';
  if (isRequester(person, scope)) return 'requester';
  return person.roles[0] ?? null;
}
