/** Meetings that people set on a day that was closed since: the plan moves its own, these wait for whoever arranges them. */
import type { Engagement } from '../domain/engagement.ts';
import type { Meeting } from '../domain/meeting.ts';
import { MEETING_KINDS } from '../domain/meeting-kinds.ts';
import { isPlansOwn } from '../domain/occurrences.ts';
import { DAY_MS } from '../domain/time.ts';
import { dayClosed, dayClosedSettled, kickoffDayClosed } from '../messages/copy/closed-day.ts';
import type { MeetingFacts } from '../messages/copy/meeting.ts';
import type { Message } from '../messages/message.ts';
import type { Store, Tx } from '../ports.ts';
import { remindOfKickoff } from './kickoff-cards.ts';
import { closureOf, meetingFacts, typedName } from './meeting-facts.ts';
import { type MeetingTeller, remind, reminders } from './remind-of-meeting.ts';
import { peopleAround, tellChannel, tellPerson } from './tell.ts';
import type { Programme } from './work.ts';

/** Meetings are looked at so far ahead: people book at most a quarter ahead, and the forum is imported for a year. */
const LOOKED_AHEAD_MS = 2 * 366 * DAY_MS;
/** A day of one meeting that was closed and opened again more often is a mistake in the file. */
const MOST_ROUNDS = 50;

/**
 * Tells whoever arranges a meeting that a person set and whose day is closed now: the ISPG channel for a request's meeting,
 * the organizer for one of the programme. Once for each meeting and closure, however often it runs; taken back when the
 * day is open again. The reminders say it too. One that fails holds up none of the others; the first failure is thrown at the
 * end. Answers how many meetings were told of.
 */
export async function tellClosedDays(
  { store, programme }: { readonly store: Store; readonly programme: Programme },
  now: Date,
): Promise<number> {
  const failures: unknown[] = [];
  const until = new Date(now.getTime() + LOOKED_AHEAD_MS);
  const ids = await store.transaction(async (tx) => {
    const found: string[] = [];
    for (const kind of MEETING_KINDS)
      for (const meeting of await tx.meetings.bookedOf(kind, now, until))
        if (await isOutOfLine(tx, programme, meeting)) found.push(meeting.id);
    return found;
  });
  let told = 0;
  for (const id of ids) {
    try {
      if (await store.transaction((tx) => bringIntoLine({ tx, now, programme }, id))) told += 1;
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
  return told;
}

/** Set by a person, and what was told is not how its day is: looked up without a lock, and asked again with one. */
async function isOutOfLine(tx: Tx, programme: Programme, meeting: Meeting): Promise<boolean> {
  if (isPlansOwn(meeting)) return false;
  return (closureOf(programme, meeting) !== null) !== (await roundOf(tx, meeting)).isTold;
}

async function bringIntoLine(work: MeetingTeller, id: string): Promise<boolean> {
  const meeting = await work.tx.meetings.forChange(id);
  const isToCome = meeting?.bookedFor && meeting.bookedFor.startsAt > work.now;
  if (meeting?.state !== 'booked' || !isToCome || isPlansOwn(meeting)) return false;
  const round = await roundOf(work.tx, meeting);
  const isClosed = closureOf(work.programme, meeting) !== null;
  if (isClosed === round.isTold) return false;
  if (isClosed) await tell(work, meeting, round.count);
  else await settle(work, meeting, round.count);
  await remindAnew(work, meeting, `:${isClosed ? 'closed' : 'open'}-${round.count}`);
  return true;
}

/** The message loses its buttons once the meeting has another time, is called off, or its day is open after all. */
export async function takeBackClosedDay(work: MeetingTeller, meeting: Meeting): Promise<void> {
  if (meeting.state === 'booked' && closureOf(work.programme, meeting) !== null) return;
  const round = await roundOf(work.tx, meeting);
  if (round.isTold) await settle(work, meeting, round.count);
}

const SETTLED = ':settled';
const cardOf = ({ id }: Meeting, round: number): string => `meeting-closed:${id}:${round}`;

/** Which time it is that the meeting's day is closed (from 0), and whether that was told and still stands. */
async function roundOf(
  tx: Tx,
  meeting: Meeting,
): Promise<{ readonly count: number; readonly isTold: boolean }> {
  for (let count = 0; count < MOST_ROUNDS; count += 1) {
    const last = await tx.deliveries.lastOfCard(cardOf(meeting, count));
    if (!last?.includes(SETTLED)) return { count, isTold: last !== null };
  }
  return { count: MOST_ROUNDS, isTold: false };
}

async function tell(work: MeetingTeller, meeting: Meeting, round: number): Promise<void> {
  const closure = closureOf(work.programme, meeting);
  const of = await meetingFacts(work, meeting);
  if (!closure || !meeting.bookedFor) return;
  const card = cardOf(meeting, round);
  await tellArranger(work, of, {
    key: card,
    card,
    about: card,
    stillTrue: { kind: 'meeting-in', meetingId: meeting.id, states: ['booked'], version: null },
    expiresAt: meeting.bookedFor.startsAt,
    message: (typed) =>
      meeting.kind === 'kickoff' && of.engagement
        ? kickoffDayClosed(of.engagement, meeting, closure)
        : dayClosed({ ...of, typed }, closure),
  });
}

async function settle(work: MeetingTeller, meeting: Meeting, round: number): Promise<void> {
  const card = cardOf(meeting, round);
  const isPosted = (await work.tx.deliveries.postedCard(card)) !== null;
  await work.tx.deliveries.suppress(card, 'its day is open, or it has another time');
  const of = await meetingFacts(work, meeting);
  await tellArranger(work, of, {
    key: `${card}${SETTLED}`,
    card,
    about: card,
    message: () => dayClosedSettled(of),
  });
  // What was never said is not taken back in words; the row alone says that this round is over.
  if (!isPosted) await work.tx.deliveries.suppress(card, 'nothing was said that had to be taken back');
}

async function tellArranger(
  work: MeetingTeller,
  of: MeetingFacts,
  {
    message,
    ...telling
  }: Omit<Parameters<typeof tellChannel>[2], 'message' | 'kind'> & {
    readonly message: (typed: string) => Message;
  },
): Promise<void> {
  const { meeting, engagement } = of;
  if (engagement) {
    await tellChannel(work, 'ispg', { ...telling, kind: 'card', message: message(of.typed) });
    return;
  }
  const zone = of.people.get(meeting.organizerId)?.timeZone ?? work.programme.timeZone;
  const typed = typedName(meeting, engagement, zone);
  await tellPerson(work, meeting.organizerId, { ...telling, kind: 'card', message: message(typed) });
}

/** The reminders that are still to come say whether the day is closed. */
async function remindAnew(work: MeetingTeller, meeting: Meeting, again: string): Promise<void> {
  if (meeting.kind !== 'kickoff') {
    await work.tx.deliveries.suppress(reminders(meeting), 'its day was closed or opened');
    await remind(work, await meetingFacts(work, meeting), again);
    return;
  }
  const engagement = await engagementOf(work, meeting);
  if (engagement)
    await remindOfKickoff(work, engagement, meeting, {
      people: await peopleAround(work, engagement, meeting),
      again,
    });
}

const engagementOf = async ({ tx }: MeetingTeller, { engagementId }: Meeting): Promise<Engagement | null> =>
  engagementId ? tx.engagements.get(engagementId) : null;
