/** What the ISPG channel must see once a day: exceptions first, then counts. Pure. */
import { atBusinessDays, type BusinessHours, type Calendar } from './calendar.ts';
import type { Engagement } from './engagement.ts';
import type { PersonId } from './ids.ts';
import type { Meeting } from './meeting.ts';
import { hasLapsed } from './slots.ts';

/** Something that needs somebody: which request, what is wrong, who has the next move. */
export interface DigestException {
  readonly engagement: Engagement;
  readonly what:
    | 'triage-overdue'
    | 'triage-due'
    | 'asked-back'
    | 'no-kickoff-offer'
    | 'offer-unanswered'
    | 'proposal-waiting'
    | 'kickoff-unrecorded'
    | 'unconfirmed'
    | 'attention-asked'
    | SessionTrouble;
  /** Which of the request's later meetings it is about; left out for the request itself and its kickoff. */
  readonly session?: Meeting;
  readonly since: Date;
  /** The person with the next move; null for ISPG as a whole. */
  readonly nextId: PersonId | null;
}

/** What an initial meeting or a satisfaction session may wait for. */
export type SessionTrouble =
  | 'session-unrecorded'
  | 'session-unanswered'
  /** Its times have passed, or there were none. */
  | 'session-lapsed'
  | 'session-proposal';

/** A message that could not be brought to somebody. */
export interface Undelivered {
  /** Whom it was for; null for a channel. */
  readonly personId: PersonId | null;
  /** The channel it was for; null for a person. */
  readonly channel: 'ispg' | 'issoaas' | null;
  readonly reason: string;
}

export interface Digest {
  readonly exceptions: readonly DigestException[];
  readonly undelivered: readonly Undelivered[];
  /** Meetings of the programme that are over and not recorded, as they are typed. */
  readonly unrecorded: readonly string[];
  /** Requests by where they stand, in the order of the life cycle; empty ones are left out. */
  readonly counts: readonly { readonly label: CountLabel; readonly engagements: readonly Engagement[] }[];
  /** Open requests that were not looked at, because there are too many. */
  readonly leftOut: number;
}

export type CountLabel =
  | 'unconfirmed'
  | 'to-triage'
  | 'kickoff-to-schedule'
  | 'kickoff-booked'
  | 'kickoff-held'
  | 'in-preparation'
  | 'searching'
  | 'candidate'
  | 'onboarding'
  | 'at-work'
  | 'ending';

/** The rules' figures (domain reference 2.3). */
export interface DigestRules {
  readonly calendar: Calendar;
  readonly businessHours: BusinessHours;
  readonly triageBusinessDays: number;
  readonly offerReminderBusinessDays: number;
}

export interface EngagementAndMeeting {
  readonly engagement: Engagement;
  readonly meeting: Meeting | null;
  /** Since when a low satisfaction score waits for a session; left out when none does. */
  readonly attentionSince?: Date;
  /** Its initial meetings and satisfaction sessions that are on offer, or over and not recorded. */
  readonly sessions?: readonly Meeting[];
}

/** Composes the digest of the open requests as they stand at `now`; `leftOut` more are open than `open` holds. */
export function composeDigest(
  open: readonly EngagementAndMeeting[],
  undelivered: readonly Undelivered[],
  rules: DigestRules,
  now: Date,
  leftOut = 0,
  unrecorded: readonly string[] = [],
): Digest {
  const exceptions = open
    .flatMap((each) => [
      exceptionOf(each, rules, now),
      attentionException(each),
      ...(each.sessions ?? []).map((session) => sessionException(each.engagement, session, rules, now)),
    ])
    .filter((exception) => exception !== null);
  return {
    exceptions: exceptions.toSorted(
      (a, b) => URGENCY.indexOf(a.what) - URGENCY.indexOf(b.what) || a.since.getTime() - b.since.getTime(),
    ),
    undelivered,
    unrecorded,
    counts: countsOf(open),
    leftOut,
  };
}

/** Most urgent first. */
const URGENCY: readonly DigestException['what'][] = [
  'triage-overdue',
  'attention-asked',
  'kickoff-unrecorded',
  'session-unrecorded',
  'no-kickoff-offer',
  'session-lapsed',
  'offer-unanswered',
  'session-unanswered',
  'proposal-waiting',
  'session-proposal',
  'asked-back',
  'triage-due',
  'unconfirmed',
];

function attentionException({
  engagement,
  attentionSince: since,
}: EngagementAndMeeting): DigestException | null {
  return since ? { engagement, what: 'attention-asked', since, nextId: engagement.triagedById } : null;
}

function exceptionOf(
  { engagement, meeting }: EngagementAndMeeting,
  rules: DigestRules,
  now: Date,
): DigestException | null {
  const late = lateAt(rules, now);
  switch (engagement.state) {
    case 'DRAFT':
      if (!late(engagement.createdAt, rules.triageBusinessDays)) return null;
      return {
        engagement,
        what: 'unconfirmed',
        since: engagement.createdAt,
        nextId: engagement.businessOwnerId,
      };
    case 'REQUESTED':
      return triageException(engagement, late, rules);
    case 'KICKOFF_PENDING':
      return kickoffException(engagement, meeting, late, rules, now);
    default:
      return null;
  }
}

type Late = (since: Date, days: number) => boolean;

const lateAt =
  ({ businessHours, calendar }: DigestRules, now: Date): Late =>
  (since, days) =>
    atBusinessDays(since, days, businessHours.zone, calendar, businessHours) <= now;

/** An initial meeting or a satisfaction session, as the kickoff is looked at. */
function sessionException(
  engagement: Engagement,
  session: Meeting,
  rules: DigestRules,
  now: Date,
): DigestException | null {
  const nextId = engagement.triagedById;
  const trouble = (what: SessionTrouble, since: Date, next = nextId): DigestException => ({
    engagement,
    what,
    since,
    nextId: next,
    session,
  });
  const { state, bookedFor, proposed, offeredAt } = session;
  if (state === 'booked' && bookedFor && bookedFor.endsAt <= now)
    return trouble('session-unrecorded', bookedFor.endsAt);
  if (state !== 'offered') return null;
  const since = offeredAt ?? engagement.stateSinceAt;
  if (proposed.some(({ startsAt }) => startsAt > now)) return trouble('session-proposal', since);
  if (hasLapsed(session, now)) return trouble('session-lapsed', since);
  return lateAt(rules, now)(since, rules.offerReminderBusinessDays)
    ? trouble('session-unanswered', since, engagement.businessOwnerId)
    : null;
}

function triageException(engagement: Engagement, late: Late, rules: DigestRules): DigestException {
  const since = engagement.submittedAt ?? engagement.createdAt;
  const asked = engagement.askedBack;
  if (asked && asked.answer === null) {
    return { engagement, what: 'asked-back', since: asked.at, nextId: engagement.requesterId };
  }
  const what = late(since, rules.triageBusinessDays) ? 'triage-overdue' : 'triage-due';
  return { engagement, what, since, nextId: null };
}

function kickoffException(
  engagement: Engagement,
  meeting: Meeting | null,
  late: Late,
  rules: DigestRules,
  now: Date,
): DigestException | null {
  const nextId = engagement.triagedById;
  if (!meeting || meeting.state === 'cancelled') {
    return { engagement, what: 'no-kickoff-offer', since: engagement.stateSinceAt, nextId };
  }
  if (meeting.state === 'booked' && meeting.bookedFor && meeting.bookedFor.endsAt <= now) {
    return { engagement, what: 'kickoff-unrecorded', since: meeting.bookedFor.endsAt, nextId };
  }
  const offeredAt = meeting.offeredAt ?? engagement.stateSinceAt;
  if (meeting.state !== 'offered') return null;
  if (meeting.proposed.length > 0) return { engagement, what: 'proposal-waiting', since: offeredAt, nextId };
  if (!late(offeredAt, rules.offerReminderBusinessDays)) return null;
  return { engagement, what: 'offer-unanswered', since: offeredAt, nextId: engagement.businessOwnerId };
}

function countsOf(open: readonly EngagementAndMeeting[]): Digest['counts'] {
  const labels: readonly CountLabel[] = [
    'unconfirmed',
    'to-triage',
    'kickoff-to-schedule',
    'kickoff-booked',
    'kickoff-held',
    'in-preparation',
    'searching',
    'candidate',
    'onboarding',
    'at-work',
    'ending',
  ];
  return labels
    .map((label) => ({
      label,
      engagements: open.filter((each) => labelOf(each) === label).map(({ engagement }) => engagement),
    }))
    .filter(({ engagements }) => engagements.length > 0);
}

function labelOf({ engagement, meeting }: EngagementAndMeeting): CountLabel | null {
  switch (engagement.state) {
    case 'DRAFT':
      return 'unconfirmed';
    case 'REQUESTED':
      return 'to-triage';
    case 'KICKOFF_PENDING':
      return meeting?.state === 'booked' ? 'kickoff-booked' : 'kickoff-to-schedule';
    case 'KICKOFF_HELD':
      return 'kickoff-held';
    case 'FORM_COMPLETE':
    case 'CONTEXT_ASSESSED':
    case 'SKILLS_CATEGORIZED':
      return 'in-preparation';
    case 'MATCHING':
      return 'searching';
    case 'CANDIDATE_PROPOSED':
      return 'candidate';
    case 'ISSO_IDENTIFIED':
    case 'ONBOARDING':
      return 'onboarding';
    case 'ACTIVE':
    case 'PAUSED':
    case 'EXTENSION_REVIEW':
    case 'REASSIGNING':
      return 'at-work';
    case 'OFFBOARDING':
      return 'ending';
    default:
      return null;
  }
}
