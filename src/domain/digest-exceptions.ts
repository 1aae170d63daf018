/** Which open engagements a digest must name, why, and who has the next move. Pure. */
import { atBusinessDays } from './calendar.ts';
import type { DigestEngagement, EngagementAndMeeting } from './digest.ts';
import type { DigestRules } from './digest-rules.ts';
import type { WaitingSide } from './engagement.ts';
import { ASSIGNED_STATES, type EngagementState } from './engagement-states.ts';
import type { PersonId } from './ids.ts';
import { kickoffNow } from './kickoff-stands.ts';
import type { Meeting } from './meeting.ts';
import { nextMoves } from './next-move.ts';
import { ONBOARDING_GOAL_DAYS } from './onboarding.ts';
import { hasLapsed } from './slots.ts';
import { addDays, DAY_MS, instantOf } from './time.ts';

/** In the order in which they are told; `unreachable` is of messages that came to nobody, and stands between them. */
export const GROUPS = ['overdue', 'at-risk', 'unassigned', 'unreachable', 'unanswered', 'waiting'] as const;
export type ExceptionGroup = (typeof GROUPS)[number];

/** What an initial meeting or a satisfaction session may wait for. */
export type SessionTrouble =
  | 'session-unrecorded'
  | 'session-unanswered'
  /** Its times have passed, or there were none. */
  | 'session-lapsed'
  | 'session-proposal';

export type Trouble =
  | 'triage-overdue'
  | 'triage-due'
  | 'asked-back'
  | 'no-kickoff-offer'
  | 'offer-unanswered'
  | 'proposal-waiting'
  | 'kickoff-unrecorded'
  | 'unconfirmed'
  | 'attention-asked'
  /** Its state lasts longer than it may. */
  | 'step-overdue'
  /** The 60 days of its onboarding have passed. */
  | 'sixty-days-over'
  /** By its forecast it will be ready after the 60 days. */
  | 'forecast-late'
  | 'at-risk'
  /** Nobody in ISPG has it in hand. */
  | 'no-owner'
  | 'no-service-isso';

/** Something that needs somebody: which engagement, what is wrong, who has the next move. */
export interface DigestException {
  readonly engagement: DigestEngagement;
  readonly group: ExceptionGroup;
  readonly what: Trouble | SessionTrouble;
  /** Which of the request's later meetings it is about; left out for the request itself and its kickoff. */
  readonly session?: Meeting;
  readonly since: Date;
  /** The person with the next move; null for ISPG as a whole, or for `nextSide`. */
  readonly nextId: PersonId | null;
  /** The side with the next move where that is no one person. */
  readonly nextSide?: WaitingSide;
}

/** All that is to be named of one open engagement at `now`, in no order. */
export function exceptionsOf(
  each: EngagementAndMeeting,
  rules: DigestRules,
  now: Date,
): readonly DigestException[] {
  const { engagement, sessions = [], attentionSince: since } = each;
  const found = [
    requestException(each, rules, now),
    since ? exception(engagement, 'overdue', 'attention-asked', since, engagement.triagedById) : null,
    stepException(each, rules, now),
    onboardingException(each, rules, now),
    unassignedException(engagement, rules),
    ...sessions.map((session) => sessionException(engagement, session, rules, now)),
  ];
  return found.filter((one) => one !== null);
}

function exception(
  engagement: DigestEngagement,
  group: ExceptionGroup,
  what: DigestException['what'],
  since: Date,
  nextId: PersonId | null,
): DigestException {
  return { engagement, group, what, since, nextId };
}

/** With whoever has the next move in the engagement itself. */
function withNext(
  each: EngagementAndMeeting,
  group: ExceptionGroup,
  what: Trouble,
  since: Date,
  now: Date,
): DigestException {
  const { engagement } = each;
  const side = nextMoves(engagement, kickoffNow(each, now))[0]?.side ?? 'ispg';
  if (side === 'ispg') return exception(engagement, group, what, since, engagement.triagedById);
  if (side === 'business_owner') return exception(engagement, group, what, since, engagement.businessOwnerId);
  return { ...exception(engagement, group, what, since, null), nextSide: side };
}

const HOUR_MS = 3_600_000;

/** So many business days are no fewer days; a clock that is set ahead takes an hour of one. */
const isTooSoon = (since: Date, days: number, now: Date): boolean =>
  now.getTime() - since.getTime() < days * DAY_MS - HOUR_MS;

/** What is late is reckoned in the zone's own days, which takes long: most is too soon for it. */
const isLate = (since: Date, days: number, { businessHours, calendar }: DigestRules, now: Date): boolean =>
  !isTooSoon(since, days, now) &&
  atBusinessDays(since, days, businessHours.zone, calendar, businessHours) <= now;

/** Up to the kickoff. */
function requestException(
  { engagement, meeting }: EngagementAndMeeting,
  rules: DigestRules,
  now: Date,
): DigestException | null {
  switch (engagement.state) {
    case 'DRAFT':
      return isLate(engagement.createdAt, rules.triageBusinessDays, rules, now)
        ? exception(engagement, 'unanswered', 'unconfirmed', engagement.createdAt, engagement.businessOwnerId)
        : null;
    case 'REQUESTED':
      return triageException(engagement, rules, now);
    case 'KICKOFF_PENDING':
      return kickoffException(engagement, meeting, rules, now);
    default:
      return null;
  }
}

function triageException(engagement: DigestEngagement, rules: DigestRules, now: Date): DigestException {
  const since = engagement.submittedAt ?? engagement.createdAt;
  const asked = engagement.askedBack;
  if (asked && asked.answer === null)
    return exception(engagement, 'unanswered', 'asked-back', asked.at, engagement.requesterId);
  return isLate(since, rules.triageBusinessDays, rules, now)
    ? exception(engagement, 'overdue', 'triage-overdue', since, null)
    : exception(engagement, 'waiting', 'triage-due', since, null);
}

function kickoffException(
  engagement: DigestEngagement,
  meeting: EngagementAndMeeting['meeting'],
  rules: DigestRules,
  now: Date,
): DigestException | null {
  const nextId = engagement.triagedById;
  if (!meeting || meeting.state === 'cancelled') {
    const asked = engagement.submittedAt ?? engagement.stateSinceAt;
    const isOverdue = isLate(asked, rules.kickoffOfferBusinessDays ?? 0, rules, now);
    const group = isOverdue ? 'overdue' : 'waiting';
    return exception(engagement, group, 'no-kickoff-offer', engagement.stateSinceAt, nextId);
  }
  if (meeting.state === 'booked' && meeting.bookedFor && meeting.bookedFor.endsAt <= now)
    return exception(engagement, 'overdue', 'kickoff-unrecorded', meeting.bookedFor.endsAt, nextId);
  if (meeting.state !== 'offered') return null;
  const offeredAt = meeting.offeredAt ?? engagement.stateSinceAt;
  if (meeting.proposed.length > 0)
    return exception(engagement, 'unanswered', 'proposal-waiting', offeredAt, nextId);
  return isLate(offeredAt, rules.offerReminderBusinessDays, rules, now)
    ? exception(engagement, 'unanswered', 'offer-unanswered', offeredAt, engagement.businessOwnerId)
    : null;
}

/** The clock of the state it is in. */
function stepException(each: EngagementAndMeeting, rules: DigestRules, now: Date): DigestException | null {
  const { state, stateSinceAt } = each.engagement;
  const days = rules.stepBusinessDays?.[state];
  if (days === undefined || !isLate(stateSinceAt, days, rules, now)) return null;
  return withNext(each, 'overdue', 'step-overdue', stateSinceAt, now);
}

/** What is over is said before what is going to be. */
function onboardingException(
  each: EngagementAndMeeting,
  { businessHours: { zone } }: DigestRules,
  now: Date,
): DigestException | null {
  const { engagement, standing } = each;
  const { dayZeroOn } = engagement.course;
  if (engagement.state !== 'ONBOARDING' || dayZeroOn === null) return null;
  // Day 60 itself is still in time.
  const overAt = instantOf(addDays(dayZeroOn, ONBOARDING_GOAL_DAYS + 1), '00:00', zone);
  if (overAt <= now) return withNext(each, 'overdue', 'sixty-days-over', overAt, now);
  if (standing?.is === 'late') return withNext(each, 'at-risk', 'forecast-late', standing.since, now);
  return standing?.is === 'at-risk' ? withNext(each, 'at-risk', 'at-risk', standing.since, now) : null;
}

const ASSIGNED: ReadonlySet<EngagementState> = new Set(ASSIGNED_STATES);
const BEFORE_TRIAGE: ReadonlySet<EngagementState> = new Set(['DRAFT', 'REQUESTED']);

/** No owner in ISPG once it was accepted, or no Service ISSO where one is at work. */
function unassignedException(
  engagement: DigestEngagement,
  { isHere = () => true }: DigestRules,
): DigestException | null {
  const { triagedById, course, state, stateSinceAt } = engagement;
  if (!BEFORE_TRIAGE.has(state) && (triagedById === null || !isHere(triagedById)))
    return exception(engagement, 'unassigned', 'no-owner', stateSinceAt, null);
  const { serviceIssoId } = course;
  if (ASSIGNED.has(state) && (serviceIssoId === null || !isHere(serviceIssoId)))
    return {
      ...exception(engagement, 'unassigned', 'no-service-isso', stateSinceAt, null),
      nextSide: 'contractor',
    };
  return null;
}

/** An initial meeting or a satisfaction session, as the kickoff is looked at. */
function sessionException(
  engagement: DigestEngagement,
  session: Meeting,
  rules: DigestRules,
  now: Date,
): DigestException | null {
  const nextId = engagement.triagedById;
  const trouble = (
    group: ExceptionGroup,
    what: SessionTrouble,
    since: Date,
    next = nextId,
  ): DigestException => ({ ...exception(engagement, group, what, since, next), session });
  const { state, bookedFor, proposed, offeredAt } = session;
  if (state === 'booked' && bookedFor && bookedFor.endsAt <= now)
    return trouble('overdue', 'session-unrecorded', bookedFor.endsAt);
  if (state !== 'offered') return null;
  const since = offeredAt ?? engagement.stateSinceAt;
  if (proposed.some(({ startsAt }) => startsAt > now))
    return trouble('unanswered', 'session-proposal', since);
  if (hasLapsed(session, now)) return trouble('overdue', 'session-lapsed', since);
  return isLate(since, rules.offerReminderBusinessDays, rules, now)
    ? trouble('unanswered', 'session-unanswered', since, engagement.businessOwnerId)
    : null;
}
