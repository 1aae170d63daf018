/**
 * Who may do what: one pure function, asked by every command, button, form and HTTP route.
 * Membership of the engagement comes first, the role second (domain reference 1.3). Deny by default:
 * the answer for a missing record and a forbidden one is the same, so nobody learns what exists.
 */
import type { Engagement, EngagementState } from './engagement.ts';
import type { PersonId } from './ids.ts';
import type { Meeting } from './meeting.ts';
import type { Person, Role } from './person.ts';

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
] as const;
/** Verbs on one engagement. */
export const ENGAGEMENT_VERBS = [
  'request.read',
  'request.read-answers',
  'request.join',
  'request.amend',
  'request.confirm',
  'request.withdraw',
  'request.answer',
  'request.triage',
  'kickoff.choose',
  'kickoff.offer',
  'kickoff.reschedule',
  'kickoff.cancel',
  'kickoff.record',
  'survey.answer',
  'survey.read',
  'milestone.record',
  'satisfaction.ask',
  'initial.ask',
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
export type EngagementVerb = (typeof ENGAGEMENT_VERBS)[number];
export type MeetingVerb = (typeof MEETING_VERBS)[number];

/** What the rules know of the record: who is in it and where it stands. */
export type EngagementScope = Pick<
  Engagement,
  'requesterId' | 'businessOwnerId' | 'craId' | 'memberIds' | 'component' | 'state'
>;

type Rule = (person: Person, scope: EngagementScope) => boolean;

const has = (person: Person, ...roles: readonly Role[]): boolean =>
  roles.some((role) => person.roles.includes(role));

const isOwner: Rule = (person, scope) => person.id === scope.businessOwnerId;
const isRequester: Rule = (person, scope) => person.id === scope.requesterId;
const isMember: Rule = (person, scope) => scope.memberIds.includes(person.id);
const isAdvisor: Rule = (person, scope) =>
  person.id === scope.craId || (has(person, 'cra') && person.components.includes(scope.component));
const isIspg: Rule = (person) => has(person, 'ispg_team', 'gtl');
const isOversight: Rule = (person) => has(person, 'cor', 'auditor');
/** The contractor reads a request once its kickoff is set (domain reference 1.3). */
const isContractorInTime: Rule = (person, scope) =>
  has(person, 'contractor_lead', 'contractor_coord') && KICKOFF_SET.has(scope.state);
const KICKOFF_SET: ReadonlySet<EngagementState> = new Set(['KICKOFF_PENDING', 'KICKOFF_HELD']);

/** Contractors come into a request through its kickoff, never by joining it. */
const isNoContractor: Rule = (person) => !isContractor(person);
const isContractor = (person: Person): boolean =>
  has(person, 'contractor_lead', 'contractor_coord', 'service_isso_lead', 'service_isso');

const anyOf =
  (...rules: readonly Rule[]): Rule =>
  (person, scope) =>
    rules.some((rule) => rule(person, scope));

const ENGAGEMENT_RULES: Readonly<Record<EngagementVerb, Rule>> = {
  'request.read': anyOf(isOwner, isRequester, isMember, isAdvisor, isIspg, isOversight, isContractorInTime),
  'request.read-answers': anyOf(isOwner, isRequester, isAdvisor, isIspg, isOversight, isContractorInTime),
  'request.join': isNoContractor,
  'request.amend': anyOf(isOwner, isRequester),
  'request.confirm': isOwner,
  'request.withdraw': anyOf(
    isOwner,
    (person, scope) => isRequester(person, scope) && scope.state === 'DRAFT',
  ),
  'request.answer': anyOf(isOwner, isRequester, isAdvisor),
  'request.triage': isIspg,
  'kickoff.choose': anyOf(isOwner, isRequester),
  'kickoff.offer': isIspg,
  'kickoff.reschedule': anyOf(isOwner, isRequester, isIspg),
  'kickoff.cancel': anyOf(isOwner, isIspg),
  'kickoff.record': isIspg,
  'survey.answer': isOwner,
  'survey.read': anyOf(isOwner, isIspg, isOversight),
  'milestone.record': (person, scope) =>
    isIspg(person, scope) || (has(person, 'contractor_lead') && isContractorInTime(person, scope)),
  'satisfaction.ask': anyOf(isOwner, isRequester, isMember, isAdvisor, isIspg),
  'initial.ask': isIspg,
};

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
};

/** True when `person` may do `verb` at all, whatever the record. */
export function mayEver(person: Person, verb: GeneralVerb): boolean {
  return GENERAL_RULES[verb](person);
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
  return scope !== null && ENGAGEMENT_RULES[verb](person, scope);
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
