import { type CadenceRule, lastOccurrence, nextOccurrence } from '../domain/cadence.ts';
import { composeDigest, type Digest } from '../domain/digest.ts';
import { OPEN_STATES } from '../domain/engagement-states.ts';
import type { EngagementId } from '../domain/ids.ts';
import type { Meeting } from '../domain/meeting.ts';
import { isLow } from '../domain/survey.ts';
import { DAY_MS, localDate, MINUTE_MS } from '../domain/time.ts';
import { digestMessage } from '../messages/copy/digest.ts';
import type { Message } from '../messages/message.ts';
import type { Cadence, Store, Tx } from '../ports.ts';
import { typedName } from './meeting-facts.ts';
import { loadPeople, tellChannel } from './tell.ts';
import type { Programme } from './work.ts';

/** The cadence row of the ISPG channel's digest. */
export const ISPG_DIGEST = 'digest:ispg';
/** A digest that comes so long after its time says that it is late. */
const LATE_MS = 15 * MINUTE_MS;
/** Where a digest begins to look when none ever came. */
const DAYS_BACK = 14;
/** A low score is named until somebody met about it, for a quarter at most: then the next survey tells. */
const ATTENTION_DAYS = 92;
/** Far more open requests than the programme can have; beyond it the digest says how many it leaves out. */
const MOST_ENGAGEMENTS = 1_000;
/** Meetings that wait for somebody, looked at by one digest: the newest. */
const MOST_UNSETTLED = 500;
/** Meetings of the programme are named for a month. */
const UNRECORDED_DAYS = 31;
/** Digests written in one run; the next tick takes what is left. */
const MOST_DIGESTS = 100;

interface Deps {
  readonly store: Store;
  readonly programme: Programme;
}

/** When the channel hears of the day: on business days at the set local time. */
export function digestRule({ digestTime, timeZone, calendar }: Programme): CadenceRule {
  const [hour = '9', minute = '0'] = digestTime.split(':');
  return {
    cron: `${Number(minute)} ${Number(hour)} * * 1-5`,
    zone: timeZone,
    holidayRule: 'skip',
    calendar,
  };
}

const nextAfter = (programme: Programme, after: Date): Date | null =>
  nextOccurrence(digestRule(programme), after)?.at ?? null;

/** The last time before `before` at which a digest should have come; null when there was none. */
const lastBefore = (programme: Programme, before: Date): Date | null =>
  lastOccurrence(digestRule(programme), before)?.at ?? null;

/** Writes the digest's cadence as the settings and closures say; an instant that is due already is kept when nothing changed. */
export async function scheduleDigests({ store, programme }: Deps, now: Date): Promise<void> {
  const { cron, zone, holidayRule } = digestRule(programme);
  const nextAt = nextAfter(programme, now);
  await store.transaction((tx) =>
    tx.cadences.set({
      key: ISPG_DIGEST,
      cron,
      timeZone: zone,
      holidayRule,
      purpose: { kind: 'digest', channel: 'ispg' },
      nextAt,
    }),
  );
  await replanDigests({ store, programme }, now);
}

/** Finds the next digest anew when other days are closed since; one that is due already stays so. */
export async function replanDigests({ store, programme }: Deps, now: Date): Promise<void> {
  await store.transaction(async (tx) => {
    const cadence = await tx.cadences.get(ISPG_DIGEST);
    if (!cadence?.nextAt || cadence.nextAt <= now) return;
    await tx.cadences.advance(ISPG_DIGEST, nextAfter(programme, now));
  });
}

/**
 * Writes the digests that are due. After an outage the last missed one is written, never several. Its key is the day
 * it stands for, so that one caught up before today's does not take the place of today's. A cadence that can't be read
 * holds up none of the others, and is thrown at the end. Answers how many.
 */
export async function enqueueDigests({ store, programme }: Deps, now: Date): Promise<number> {
  const unreadable: string[] = [];
  const written = await store.transaction(async (tx) => {
    let count = 0;
    for (const cadence of await tx.cadences.claimDue(now, 'digest', MOST_DIGESTS, (key) =>
      unreadable.push(key),
    )) {
      if (await writeDigest(tx, programme, cadence, now)) count += 1;
      await tx.cadences.advance(cadence.key, nextAfter(programme, now));
    }
    return count;
  });
  if (unreadable.length > 0) throw new Error(`the cadence ${unreadable[0]} could not be read`);
  return written;
}

async function writeDigest(
  tx: Tx,
  programme: Programme,
  { key, nextAt }: Cadence,
  now: Date,
): Promise<boolean> {
  const dueAt = lastBefore(programme, new Date(now.getTime() + 1)) ?? nextAt ?? now;
  // The day it was planned for is closed since: nothing was due.
  if (nextAt && dueAt < nextAt) return false;
  const since = await lastDigest(tx, programme, dueAt);
  const lateFor = now.getTime() - dueAt.getTime() >= LATE_MS ? dueAt : null;
  return tellChannel({ tx, now }, 'ispg', {
    key: `${key}:${localDate(dueAt, programme.timeZone)}`,
    kind: 'digest',
    message: await compose(tx, programme, { now, since, lateFor }),
  });
}

/** When the channel last got a digest; before the first one, when it should have got the one before `before`. */
async function lastDigest(tx: Tx, programme: Programme, before: Date): Promise<Date> {
  const last = (await tx.deliveries.lastDigestAt('ispg')) ?? lastBefore(programme, before);
  return last ?? new Date(before.getTime() - DAYS_BACK * DAY_MS);
}

/** The digest for somebody who asks at `now`: also names what was given up in the last day, whether named before or not. */
export async function composeIspgDigest(tx: Tx, programme: Programme, now: Date): Promise<Message> {
  const last = await lastDigest(tx, programme, now);
  const since = new Date(Math.min(last.getTime(), now.getTime() - DAY_MS));
  return compose(tx, programme, { now, since, lateFor: null });
}

interface Composing {
  readonly now: Date;
  /** Undelivered messages are named from here on; older ones were named before. */
  readonly since: Date;
  readonly lateFor: Date | null;
}

async function compose(tx: Tx, programme: Programme, { now, since, lateFor }: Composing): Promise<Message> {
  const open = await tx.engagements.inStates(OPEN_STATES, MOST_ENGAGEMENTS);
  const waiting = await attentionSince(tx, now);
  const unsettled = await tx.meetings.unsettled(now, MOST_UNSETTLED);
  const rows = [];
  for (const engagement of open) {
    const meeting = await tx.meetings.ofEngagement(engagement.id, 'kickoff');
    const since = waiting.get(engagement.id);
    const sessions = unsettled.filter(({ engagementId }) => engagementId === engagement.id);
    rows.push({ engagement, meeting, sessions, ...(since ? { attentionSince: since } : {}) });
  }
  const lost = await tx.deliveries.undelivered(since);
  const undelivered = lost.map(({ to, reason }) => ({
    personId: to.kind === 'person' ? to.personId : null,
    channel: to.kind === 'channel' ? to.channel : null,
    reason: reason ?? '',
  }));
  const unrecorded = unrecordedOf(unsettled, programme, now);
  const digest = composeDigest(rows, undelivered, programme, now, await leftOut(tx, open.length), unrecorded);
  return digestMessage(digest, await loadPeople({ tx }, namedIn(digest)), now, lateFor);
}

/** The programme's own meetings that are over, soonest first, as they are typed; older ones are past recording. */
function unrecordedOf(unsettled: readonly Meeting[], programme: Programme, now: Date): string[] {
  const from = now.getTime() - UNRECORDED_DAYS * DAY_MS;
  const startMs = ({ bookedFor }: Meeting): number => bookedFor?.startsAt.getTime() ?? 0;
  return unsettled
    .filter((each) => each.engagementId === null && each.state === 'booked' && startMs(each) >= from)
    .toSorted((a, b) => startMs(a) - startMs(b))
    .map((each) => typedName(each, null, programme.timeZone));
}

/** Since when a Business Owner's low score waits, by engagement: not longer than a quarter, nor once a session was held since. */
async function attentionSince(tx: Tx, now: Date): Promise<ReadonlyMap<EngagementId, Date>> {
  const from = new Date(now.getTime() - ATTENTION_DAYS * DAY_MS);
  const until = new Date(now.getTime() + 1);
  const answered = await tx.surveys.answeredBetween(from, until);
  const sessions = await tx.meetings.heldOf('satisfaction', from, until);
  const waiting = new Map<EngagementId, Date>();
  for (const { engagementId, answers, answeredAt } of answered) {
    const since = answeredAt ?? now;
    const held = sessions.some(
      ({ engagementId: id, bookedFor }) =>
        id === engagementId && bookedFor !== null && bookedFor.startsAt > since,
    );
    // The answers of an engagement come in order: the newest counts.
    if (isLow(answers) && !held) waiting.set(engagementId, since);
    else waiting.delete(engagementId);
  }
  return waiting;
}

/** Open requests beyond the most that a digest looks at. */
async function leftOut(tx: Tx, lookedAt: number): Promise<number> {
  if (lookedAt < MOST_ENGAGEMENTS) return 0;
  const counts = await tx.engagements.countByState();
  return OPEN_STATES.reduce((sum, state) => sum + (counts.get(state) ?? 0), 0) - lookedAt;
}

function namedIn(digest: Digest): (string | null)[] {
  return [
    ...digest.exceptions.map(({ nextId }) => nextId),
    ...digest.undelivered.map(({ personId }) => personId),
  ];
}
