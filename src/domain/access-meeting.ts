/** Who may do what with a meeting of the programme: whoever arranges it, whoever is invited, whoever has something to follow up. */
import {
  asThemselvesOrStandIn,
  type EngagementScope,
  has,
  hasFederal,
  isNamedOwner,
  isRequester,
} from './access-relations.ts';
import type { PersonId } from './ids.ts';
import type { Meeting } from './meeting.ts';
import type { Person, Role } from './person.ts';

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

export type MeetingVerb = (typeof MEETING_VERBS)[number];

/** True when `person` may move, skip or call off this meeting of the programme: its organizer and ISPG. */
export function mayArrange(person: Person, meeting: Pick<Meeting, 'organizerId'>): boolean {
  return asThemselvesOrStandIn(
    person,
    (who) => who.id === meeting.organizerId || hasFederal(who, 'ispg_team', 'gtl'),
  );
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
    hasFederal(person, 'ispg_team', 'gtl') ||
    (meeting.kind === 'lead_weekly' && has(person, 'service_isso_lead'))
  );
}

/** True when `person` picks one of the times on offer: the requesting side, or an invited contractor lead where there is no request. */
export function mayPickTime(
  person: Person,
  meeting: Pick<Meeting, 'attendeeIds'>,
  scope: EngagementScope | null,
): boolean {
  if (scope !== null) return isNamedOwner(person, scope) || isRequester(person, scope);
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
    hasFederal(person, 'cor', 'auditor'),
  // Somebody from outside who was given a follow-up reads that one alone.
  'meeting.read-minutes': (person, meeting, scope) =>
    isInvited(person, meeting, scope) || mayArrange(person, meeting) || hasFederal(person, 'cor', 'auditor'),
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

/** Whether somebody comes, and when they could: nobody else's to say. */
const OWN_ANSWERS: ReadonlySet<MeetingVerb> = new Set(['meeting.respond', 'meeting.propose']);

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
  if (meeting === null) return false;
  const allows = (who: Person): boolean => MEETING_RULES[verb](who, meeting, scope);
  return OWN_ANSWERS.has(verb) ? allows(person) : asThemselvesOrStandIn(person, allows);
}
