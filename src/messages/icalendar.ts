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
import { sayLocalDate } from '../domain/time.ts';

/** A meeting with what a calendar shows of it. */
export interface CalendarMeeting {
  readonly meeting: Meeting;
  /** What it is called; a title of the meeting's own stands behind it. */
  readonly title: string;
  /** The request number people know, `ISSO-2026-0042`, and its system; null for a meeting of the programme as a whole. */
  readonly engagement: { readonly number: string; readonly systemName: string } | null;
  /** The topics, in order. */
  readonly agenda: readonly string[];
  /** Where to read more; null when there is no such page. */
  readonly url: string | null;
}

export type CalendarMethod = 'REQUEST' | 'CANCEL' | 'PUBLISH';

export interface InvitationFacts extends CalendarMeeting {
  readonly organizer: Pick<Person, 'name' | 'email'> | null;
  readonly attendees: readonly Pick<Person, 'id' | 'name' | 'email'>[];
  /** How calendars take it: a booking or a move, a cancellation, or for information. */
  readonly method: CalendarMethod;
  readonly now: Date;
}

const PRODUCT = { company: 'ISSO As A Service', product: 'Programme bot', language: 'EN' };
const STATUS_OF_ANSWER = {
  accepted: ICalAttendeeStatus.ACCEPTED,
  declined: ICalAttendeeStatus.DECLINED,
} as const;

/** How a calendar is to take the meeting as it stands; null for one that never had a time. */
export function calendarMethod(meeting: Meeting): 'REQUEST' | 'CANCEL' | null {
  const time = calendarTime(meeting);
  return time && (time.stands ? 'REQUEST' : 'CANCEL');
}

/** `kickoff-ISSO-2026-0042.ics`, `lead-weekly.ics`: letters, digits and hyphens alone. */
export function calendarFileName({
  meeting,
  engagement,
}: Pick<CalendarMeeting, 'meeting' | 'engagement'>): string {
  const words = [meeting.kind, engagement?.number ?? ''].filter(Boolean).join('-');
  return `${words.replace(/[^A-Za-z0-9]+/gu, '-')}.ics`;
}

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
    const answer = facts.meeting.responses.find(({ personId }) => personId === person.id)?.answer;
    event.createAttendee({
      ...attendee,
      role: ICalAttendeeRole.REQ,
      status: answer ? STATUS_OF_ANSWER[answer] : ICalAttendeeStatus.NEEDSACTION,
      rsvp: facts.method === 'REQUEST' && !answer,
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
  const { meeting, agenda, url, engagement } = entry;
  const topics = agenda.map((topic) => `- ${oneLine(topic)}`);
  const moved = meeting.movedFrom;
  const parts = [
    engagement ? [`Request ${oneLine(engagement.number)}`] : [],
    moved ? [`Moved from ${sayLocalDate(moved.on)} (${oneLine(moved.because)})`] : [],
    topics.length > 0 ? ['Agenda', ...topics] : [],
  ].filter((part) => part.length > 0);
  const called = [entry.title, engagement?.systemName ?? meeting.title].filter((name) => name !== null);
  return calendar.createEvent({
    id: meeting.uid,
    sequence: meeting.sequence,
    stamp: now,
    start: time.slot.startsAt,
    end: time.slot.endsAt,
    summary: called.map(oneLine).join(': '),
    ...(parts.length > 0 ? { description: parts.map((part) => part.join('\n')).join('\n\n') } : {}),
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
