/** What a digest tells: exceptions first, in the order of their weight, then what happened, then what is open. Pure. */
import type { StandingKind } from './card-forecast.ts';
import { countsOf, type OpenCount } from './digest-counts.ts';
import { type DigestException, exceptionsOf, GROUPS } from './digest-exceptions.ts';
import type { Flow } from './digest-flow.ts';
import type { DigestRules } from './digest-rules.ts';
import type { Engagement } from './engagement.ts';
import type { EngagementId, PersonId } from './ids.ts';
import { type KickoffNow, kickoffNow } from './kickoff-stands.ts';
import type { Meeting } from './meeting.ts';

/** An engagement as a digest looks at it: without what was answered in its forms. */
export type DigestEngagement = Pick<
  Engagement,
  | 'id'
  | 'number'
  | 'offering'
  | 'component'
  | 'systemName'
  | 'state'
  | 'requesterId'
  | 'businessOwnerId'
  | 'craId'
  | 'askedBack'
  | 'createdAt'
  | 'submittedAt'
  | 'stateSinceAt'
  | 'triagedById'
  | 'course'
>;

/** What was said last of how an onboarding stands. */
interface SaidStanding {
  readonly is: StandingKind;
  readonly since: Date;
}

/** An open engagement with what a digest needs to know of it. */
export interface EngagementAndMeeting {
  readonly engagement: DigestEngagement;
  /** Its kickoff while that is being arranged; null without one, and afterwards. */
  readonly meeting: Pick<Meeting, 'state' | 'proposed' | 'offeredAt' | 'bookedFor'> | null;
  /** Of its present Service ISSO in onboarding; left out or null: as at first, on track. */
  readonly standing?: SaidStanding | null;
  /** Since when a low satisfaction score waits for a session; left out when none does. */
  readonly attentionSince?: Date;
  /** Its initial meetings and satisfaction sessions that are on offer, or over and not recorded. */
  readonly sessions?: readonly Meeting[];
}

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
  /** What happened since the last one. */
  readonly flow: Flow;
  /** Open engagements by where they stand, in the order of the life cycle; empty ones are left out. */
  readonly counts: readonly OpenCount[];
  /** How the kickoffs stand that are being arranged. */
  readonly kickoffs: ReadonlyMap<EngagementId, KickoffNow>;
  /** Open requests that were not looked at, because there are too many. */
  readonly leftOut: number;
}

/** What a digest is composed of, beside the open engagements. */
interface DigestParts {
  readonly undelivered?: readonly Undelivered[];
  readonly unrecorded?: readonly string[];
  readonly flow?: Flow;
  readonly leftOut?: number;
}

/** Composes the digest of the open engagements as they stand at `now`; `leftOut` more are open than `open` holds. */
export function composeDigest(
  open: readonly EngagementAndMeeting[],
  rules: DigestRules,
  now: Date,
  { undelivered = [], unrecorded = [], flow = [], leftOut = 0 }: DigestParts = {},
): Digest {
  return {
    exceptions: open.flatMap((each) => exceptionsOf(each, rules, now)).toSorted(byWeight),
    undelivered,
    unrecorded,
    flow,
    counts: countsOf(open),
    kickoffs: new Map(
      open.flatMap((each) => {
        const kickoff = kickoffNow(each, now);
        return kickoff ? [[each.engagement.id, kickoff] as const] : [];
      }),
    ),
    leftOut,
  };
}

/** By group, within it the most urgent first and, among equals, the oldest. */
function byWeight(a: DigestException, b: DigestException): number {
  return (
    GROUPS.indexOf(a.group) - GROUPS.indexOf(b.group) ||
    WEIGHTS.indexOf(a.what) - WEIGHTS.indexOf(b.what) ||
    a.since.getTime() - b.since.getTime() ||
    (a.engagement.number < b.engagement.number ? -1 : 1)
  );
}

/** Most urgent first. */
const WEIGHTS: readonly DigestException['what'][] = [
  'triage-overdue',
  'sixty-days-over',
  'attention-asked',
  'kickoff-unrecorded',
  'session-unrecorded',
  'no-kickoff-offer',
  'session-lapsed',
  'step-overdue',
  'forecast-late',
  'at-risk',
  'no-owner',
  'no-service-isso',
  'offer-unanswered',
  'session-unanswered',
  'proposal-waiting',
  'session-proposal',
  'asked-back',
  'unconfirmed',
  'triage-due',
];
