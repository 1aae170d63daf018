/** What digests of engagements are composed of: read once, however many readers there are. */
import type { EngagementAndMeeting, Undelivered } from '../domain/digest.ts';
import type { DigestRules } from '../domain/digest-rules.ts';
import { type EngagementState, OPEN_STATES } from '../domain/engagement-states.ts';
import type { DeliveryKey, EngagementId, PersonId } from '../domain/ids.ts';
import type { Meeting } from '../domain/meeting.ts';
import type { People } from '../domain/person.ts';
import { LOW_SCORE } from '../domain/survey.ts';
import { DAY_MS } from '../domain/time.ts';
import { KICKOFF_OFFER_DAYS, STEP_TIMERS } from '../offerings/programme-timers.ts';
import type { Tx } from '../ports.ts';
import type { Cover } from './digest-cover.ts';
import { typedName } from './meeting-facts.ts';
import { loadPeople } from './tell.ts';
import type { Programme, Work } from './work.ts';

/** A low score is named until somebody met about it, for a quarter at most: then the next survey tells. */
const ATTENTION_DAYS = 92;
/** Far more open requests than the programme can have; beyond it the digest says how many it leaves out. */
const MOST_ENGAGEMENTS = 1_000;
/** Meetings that wait for somebody, looked at by one digest: the newest. */
const MOST_UNSETTLED = 500;
/** Meetings of the programme are named for a month. */
const UNRECORDED_DAYS = 31;

/** What facts are read with. */
export type Reading = Pick<Work, 'tx' | 'programme' | 'now'>;

/** Everything that is open, as it stands now. */
export interface OpenNow {
  readonly open: readonly EngagementAndMeeting[];
  readonly rules: DigestRules;
  /** Those who have something in hand there, or are told of; not Service ISSOs as such. */
  readonly people: People;
  /** The programme's own meetings that were over `at` and are not recorded, as they are typed. */
  unrecorded(at: Date): readonly string[];
  /** Open engagements beyond the most that a digest looks at. */
  readonly leftOut: number;
}

/** Reads all that is open. A fixed number of statements, whatever there is. */
export async function openNow({ tx, programme, now }: Reading): Promise<OpenNow> {
  const facts = await tx.digestFacts.open('all', MOST_ENGAGEMENTS);
  const from = new Date(now.getTime() - ATTENTION_DAYS * DAY_MS);
  const attention = await tx.digestFacts.attention(from, new Date(now.getTime() + 1), LOW_SCORE);
  const unsettled = await tx.meetings.unsettled(now, MOST_UNSETTLED);
  const sessions = byEngagement(unsettled);
  const open = facts.map((each): EngagementAndMeeting => {
    const since = attention.get(each.engagement.id);
    return {
      ...each,
      sessions: sessions.get(each.engagement.id) ?? [],
      ...(since ? { attentionSince: since } : {}),
    };
  });
  const everybody = await loadPeople({ tx }, idsIn(open));
  const present = (id: PersonId): boolean => (everybody.get(id)?.roles.length ?? 0) > 0;
  return {
    open,
    rules: rulesOf(programme, present),
    people: new Map([...everybody].filter(([id]) => ownersIn(open).has(id))),
    unrecorded: (at) => unrecordedOf(unsettled, programme, at),
    leftOut: await leftOut(tx, facts.length),
  };
}

function idsIn(open: readonly EngagementAndMeeting[]): ReadonlySet<PersonId | null> {
  return new Set([...ownersIn(open), ...open.map(({ engagement }) => engagement.course.serviceIssoId)]);
}

const owners = new WeakMap<readonly EngagementAndMeeting[], ReadonlySet<PersonId>>();

/** Who may have the next move in an engagement, other than its Service ISSO. */
function ownersIn(open: readonly EngagementAndMeeting[]): ReadonlySet<PersonId> {
  const known = owners.get(open);
  if (known) return known;
  const found = new Set(
    open.flatMap(({ engagement: { triagedById, businessOwnerId, requesterId } }) =>
      [triagedById, businessOwnerId, requesterId].filter((id) => id !== null),
    ),
  );
  owners.set(open, found);
  return found;
}

/** Business days that each state may last: its first clock (domain reference 2.3). */
const STEP_DAYS: Readonly<Partial<Record<EngagementState, number>>> = Object.fromEntries(
  Object.entries(STEP_TIMERS).flatMap(([state, [first]]) => (first ? [[state, first.businessDays]] : [])),
);

const rulesOf = (
  { calendar, businessHours, triageBusinessDays, offerReminderBusinessDays }: Programme,
  isHere: (id: PersonId) => boolean,
): DigestRules => ({
  calendar,
  businessHours,
  triageBusinessDays,
  offerReminderBusinessDays,
  kickoffOfferBusinessDays: KICKOFF_OFFER_DAYS,
  stepBusinessDays: STEP_DAYS,
  isHere,
});

function byEngagement(meetings: readonly Meeting[]): ReadonlyMap<EngagementId, readonly Meeting[]> {
  const found = new Map<EngagementId, Meeting[]>();
  for (const meeting of meetings) {
    if (meeting.engagementId === null) continue;
    const already = found.get(meeting.engagementId);
    if (already) already.push(meeting);
    else found.set(meeting.engagementId, [meeting]);
  }
  return found;
}

/** The programme's own meetings that were over, soonest first, as they are typed; older ones are past recording. */
function unrecordedOf(unsettled: readonly Meeting[], programme: Programme, at: Date): string[] {
  const from = at.getTime() - UNRECORDED_DAYS * DAY_MS;
  const startMs = ({ bookedFor }: Meeting): number => bookedFor?.startsAt.getTime() ?? 0;
  const isOver = ({ state, bookedFor }: Meeting): boolean =>
    state === 'booked' && bookedFor !== null && bookedFor.endsAt <= at;
  return unsettled
    .filter((each) => each.engagementId === null && isOver(each) && startMs(each) >= from)
    .toSorted((a, b) => startMs(a) - startMs(b))
    .map((each) => typedName(each, null, programme.timeZone));
}

async function leftOut(tx: Tx, lookedAt: number): Promise<number> {
  if (lookedAt < MOST_ENGAGEMENTS) return 0;
  const counts = await tx.engagements.countByState();
  return OPEN_STATES.reduce((sum, state) => sum + (counts.get(state) ?? 0), 0) - lookedAt;
}

/** Messages that came to nobody and that this digest is to name, with their keys and whoever they were for. */
export async function lostNow(
  { tx }: Reading,
  cover: Cover,
): Promise<{
  readonly undelivered: readonly Undelivered[];
  readonly named: readonly DeliveryKey[];
  readonly people: People;
}> {
  const lost = (await tx.deliveries.undelivered(cover.lostSince)).filter(({ key }) => cover.isToName(key));
  const undelivered = lost.map(({ to, reason }) => ({
    personId: to.kind === 'person' ? to.personId : null,
    channel: to.kind === 'channel' ? to.channel : null,
    reason: reason ?? '',
  }));
  return {
    undelivered,
    named: lost.map(({ key }) => key),
    people: await loadPeople(
      { tx },
      undelivered.map(({ personId }) => personId),
    ),
  };
}
