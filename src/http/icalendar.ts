/**
 * Meetings as iCalendar text (RFC 5545): an invitation to open, and a person's feed to subscribe to.
 * Times are UTC, so that every calendar shows them in its owner's zone.
 */
import ical, {
  ICalAttendeeRole,
  ICalAttendeeStatus,
  type ICalCalendar,
  ICalCalendarMethod,
  type ICalEvent,
  ICalEventStatus,
} from 'ical-generator';
import { type CalendarTime, calendarTime, type Meeting } from '../domain/meeting.ts';
import type { Person } from '../domain/person.ts';
import { cleanText } from '../domain/privacy.ts';

/** A meeting with what a calendar shows of it. */
export interface CalendarMeeting {
  readonly meeting: Meeting;
  /** The request number people know, `ISSO-2026-0042`. */
  readonly engagementNumber: string;
  readonly systemName: string;
  /** The topics, in order. */
  readonly agenda: readonly string[];
  /** Where to read more; null when there is no such page. */
  readonly url: string | null;
}

export interface InvitationFacts extends CalendarMeeting {
  readonly organizer: Pick<Person, 'name' | 'email'> | null;
  readonly attendees: readonly Pick<Person, 'name' | 'email'>[];
  /** How calendars take it: a booking or a move, a cancellation, or for information. */
  readonly method: 'REQUEST' | 'CANCEL' | 'PUBLISH';
  readonly now: Date;
}

const PRODUCT = { company: 'ISSO As A Service', product: 'Programme bot', language: 'EN' };
const TITLES: Readonly<Record<Meeting['kind'], string>> = {
  kickoff: 'ISSO As A Service kickoff',
  initial: 'Initial meeting with the Service ISSO',
  satisfaction: 'Satisfaction session',
  lead_weekly: 'Service ISSO Lead check-in',
  isso_monthly: 'Service ISSO check-in',
  rbt_review: 'Contract leads: role-based training',
  forum: 'Cybersecurity Community Forum',
};

/**
 * The invitation of a meeting that has or had a booked time. UID stays and SEQUENCE rises over the meeting's life, so
 * that calendars move or drop what they hold. Throws RangeError for a meeting that was never booked.
 */
export function invitation(facts: InvitationFacts): string {
  const time = calendarTime(facts.meeting);
  if (!time) throw new RangeError('A meeting that was never booked has no invitation');
  const calendar = ical({ prodId: PRODUCT, method: ICalCalendarMethod[facts.method] });
  const event = addEvent(calendar, facts, time, facts.now);
  if (facts.method === 'CANCEL') event.status(ICalEventStatus.CANCELLED);
  const organizer = reachable(facts.organizer);
  if (organizer) event.organizer(organizer);
  for (const person of facts.attendees) {
    const attendee = reachable(person);
    if (!attendee) continue;
    event.createAttendee({
      ...attendee,
      role: ICalAttendeeRole.REQ,
      status: ICalAttendeeStatus.NEEDSACTION,
      rsvp: facts.method === 'REQUEST',
    });
  }
  return ended(calendar.toString());
}

/**
 * A person's meetings, for a calendar that subscribes; cancelled ones and given-up times stay, marked so, for the
 * calendar to drop. Meetings never booked are left out. Nobody's e-mail address is in it.
 */
export function feed(facts: {
  readonly name: string;
  readonly meetings: readonly CalendarMeeting[];
  readonly now: Date;
}): string {
  const calendar = ical({
    prodId: PRODUCT,
    method: ICalCalendarMethod.PUBLISH,
    name: oneLine(facts.name),
    ttl: 3600,
  });
  for (const entry of facts.meetings) {
    const time = calendarTime(entry.meeting);
    if (time) addEvent(calendar, entry, time, facts.now);
  }
  return ended(calendar.toString());
}

function addEvent(calendar: ICalCalendar, entry: CalendarMeeting, time: CalendarTime, now: Date): ICalEvent {
  const { meeting, agenda, url } = entry;
  const number = oneLine(entry.engagementNumber);
  const topics = agenda.map((topic) => `- ${oneLine(topic)}`);
  const description = [`Request ${number}`, ...(topics.length > 0 ? ['', 'Agenda', ...topics] : [])];
  return calendar.createEvent({
    id: meeting.uid,
    sequence: meeting.sequence,
    stamp: now,
    start: time.slot.startsAt,
    end: time.slot.endsAt,
    summary: `${TITLES[meeting.kind]}: ${oneLine(entry.systemName)}`,
    description: description.join('\n'),
    status: time.stands ? ICalEventStatus.CONFIRMED : ICalEventStatus.CANCELLED,
    ...(url ? { url } : {}),
  });
}

/** Name and address as a calendar takes them, or null when there is no usable address. */
function reachable(person: Pick<Person, 'name' | 'email'> | null): { name: string; email: string } | null {
  const email = person?.email ?? '';
  if (!person || !/^[^\s@"<>()[\]\\,;:]{1,64}@[^\s@"<>()[\]\\,;:]{1,255}$/u.test(email)) return null;
  // A quotation mark would end the name's parameter (RFC 5545, 3.2).
  return { name: oneLine(person.name).replace(/"/gu, "'"), email };
}

const oneLine = (text: string): string => cleanText(text).replace(/\s+/gu, ' ').trim();

/** Every content line ends in CRLF, the last one too (RFC 5545, 3.1). */
const ended = (calendar: string): string => (calendar.endsWith('\r\n') ? calendar : `${calendar}\r\n`);
