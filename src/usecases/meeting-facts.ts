/** A meeting with all that its messages and its calendar entry say. */
import { type Closure, holidayOn, isWeekend } from '../domain/calendar.ts';
import type { Engagement } from '../domain/engagement.ts';
import { type ExampleTimes, exampleTimes } from '../domain/example-times.ts';
import type { Meeting } from '../domain/meeting.ts';
import { hasOpenFollowUps } from '../domain/meeting-record.ts';
import { addDays, type LocalDate, localDate, sayShortDate, weekday, weekdayName } from '../domain/time.ts';
import { MEETING_WORDS, type MeetingFacts } from '../messages/copy/meeting.ts';
import { PROGRAMME_MEETINGS } from '../offerings/programme-meetings.ts';
import { loadPeople } from './tell.ts';
import { trainingsToReview } from './training-everybody.ts';
import type { Programme, Work } from './work.ts';

/** The invitation's address: unguessable, the same for the meeting's whole life. */
export const invitationAddress = (programme: Programme, meeting: Meeting): string =>
  `${programme.publicUrl}/calendar/meetings/${meeting.token}.ics`;

/**
 * How to type a meeting: kind word, request number where it has one, and its day where there may be several
 * (`weekly Dec 8`, `initial ISSO-2026-0001`). The day is the one in `zone`.
 */
export function typedName(meeting: Meeting, engagement: Engagement | null, zone: string): string {
  const [word] = MEETING_WORDS[meeting.kind];
  const isOneOfMany = engagement === null || meeting.cadenceKey !== null;
  const day =
    isOneOfMany && meeting.bookedFor
      ? sayShortDate(localDate(meeting.bookedFor.startsAt, zone)).replace(/^\w+, /u, '')
      : null;
  return [word, engagement?.number, day].filter((part) => part !== null && part !== undefined).join(' ');
}

/** The day of a booked meeting in `zone`; null unless it is booked. */
const bookedDay = ({ state, bookedFor }: Meeting, zone: string): LocalDate | null =>
  state === 'booked' && bookedFor ? localDate(bookedFor.startsAt, zone) : null;

/** The closure on the day of a booked meeting, where the programme is; null on any other day. */
export function closureOf(
  { calendar, timeZone }: Pick<Programme, 'calendar' | 'timeZone'>,
  meeting: Meeting,
): Closure | null {
  const day = bookedDay(meeting, timeZone);
  return calendar.closures.find(({ on }) => on === day) ?? null;
}

/** Why nobody works on the day of a booked meeting, where the programme is; null on a business day. */
export function closedBecause(
  { calendar, timeZone }: Pick<Programme, 'calendar' | 'timeZone'>,
  meeting: Meeting,
): string | null {
  const day = bookedDay(meeting, timeZone);
  if (day === null) return null;
  return holidayOn(day, calendar) ?? (isWeekend(day) ? weekdayName(weekday(day)) : null);
}

/** Times at which people may write another one, seen from `at`. */
export const examplesAt = (
  { calendar, timeZone }: Pick<Programme, 'calendar' | 'timeZone'>,
  at: Date,
): ExampleTimes => exampleTimes(at, timeZone, calendar);

/** Earlier ones whose follow-ups are looked at: a quarter of weekly meetings. */
const MOST_BEFORE = 13;
/** Reviews come every quarter at least, so they look a quarter ahead. */
const REVIEWED_DAYS_AHEAD = 90;

async function dueForReview(work: Pick<Work, 'tx' | 'now' | 'programme'>) {
  const today = localDate(work.now, work.programme.timeZone);
  const found = await trainingsToReview(work, addDays(today, REVIEWED_DAYS_AHEAD));
  return found.map((each) => ({ ...each, isOverdue: each.on < today }));
}

/** Everything a message about `meeting` says: the people it names, its engagement, what was agreed last time. */
export async function meetingFacts(
  work: Pick<Work, 'tx' | 'now' | 'programme'>,
  meeting: Meeting,
): Promise<MeetingFacts> {
  const { title, agenda } = PROGRAMME_MEETINGS[meeting.kind];
  const engagement = meeting.engagementId ? await work.tx.engagements.get(meeting.engagementId) : null;
  const [before = null, ...earlier] = await work.tx.meetings.heldBefore(
    meeting.kind,
    meeting.engagementId,
    meeting.cadenceKey,
    meeting.bookedFor?.startsAt ?? work.now,
    MOST_BEFORE,
  );
  const stillOpen = earlier.filter(hasOpenFollowUps);
  const due = meeting.kind === 'rbt_review' ? await dueForReview(work) : null;
  const owners = [before, meeting, ...stillOpen].flatMap(
    (each) => each?.minutes?.followUps.map(({ ownerId }) => ownerId) ?? [],
  );
  return {
    meeting,
    engagement,
    title,
    agenda,
    typed: typedName(meeting, engagement, work.programme.timeZone),
    people: await loadPeople(work, [
      meeting.organizerId,
      ...meeting.attendeeIds,
      ...owners,
      ...(due ?? []).map(({ personId }) => personId),
    ]),
    due,
    before,
    closedBecause: closedBecause(work.programme, meeting),
    stillOpen,
    examples: examplesAt(work.programme, work.now),
    invitation: invitationAddress(work.programme, meeting),
  };
}
