import { calendarTime, type Meeting } from '../domain/meeting.ts';
import type { Person } from '../domain/person.ts';
import type { CalendarMeeting } from '../messages/icalendar.ts';
import { PROGRAMME_MEETINGS } from '../offerings/programme-meetings.ts';
import type { Store, Tx } from '../ports.ts';

/** A meeting with what a calendar shows of it, beside the address to read more at. */
export interface CalendarEntry extends Omit<CalendarMeeting, 'url'> {
  readonly organizer: Person | null;
  readonly attendees: readonly Person[];
}

const PAST_SHOWN_MS = 90 * 86_400_000;

/** The meeting behind an invitation's address; null for an address that leads nowhere, or to a meeting never booked. */
export async function readInvitation(store: Store, token: string): Promise<CalendarEntry | null> {
  return store.transaction(async (tx) => {
    const meeting = await tx.meetings.byToken(token);
    return meeting && calendarTime(meeting) ? readEntry(tx, meeting) : null;
  });
}

/** A person's own meetings, from ninety days back, with the times that were given up; null for an address that leads nowhere. */
export async function readFeed(
  store: Store,
  token: string,
  now: Date,
): Promise<{ readonly person: Person; readonly entries: readonly CalendarEntry[] } | null> {
  return store.transaction(async (tx) => {
    const person = await tx.people.byCalendarToken(token);
    if (!person) return null;
    const meetings = await tx.meetings.ofPerson(person.id, new Date(now.getTime() - PAST_SHOWN_MS));
    const entries: CalendarEntry[] = [];
    for (const meeting of meetings) entries.push(await readEntry(tx, meeting));
    return { person, entries };
  });
}

/** What a calendar shows of `meeting`, and of whom. */
export async function readEntry(tx: Tx, meeting: Meeting): Promise<CalendarEntry> {
  const engagement = meeting.engagementId ? await tx.engagements.get(meeting.engagementId) : null;
  const people = await peopleOf(tx, meeting);
  const { title, agenda } = PROGRAMME_MEETINGS[meeting.kind];
  return {
    meeting,
    title,
    agenda,
    engagement: engagement && { number: engagement.number, systemName: engagement.systemName },
    organizer: people.find(({ id }) => id === meeting.organizerId) ?? null,
    attendees: people.filter(({ id }) => meeting.attendeeIds.includes(id)),
  };
}

async function peopleOf(tx: Tx, meeting: Meeting): Promise<Person[]> {
  const people: Person[] = [];
  for (const id of new Set([meeting.organizerId, ...meeting.attendeeIds])) {
    const person = await tx.people.get(id);
    if (person) people.push(person);
  }
  return people;
}
