import ICAL from 'ical.js';
import { describe, expect, it } from 'vitest';
import type { Meeting } from '../../src/domain/meeting.ts';
import {
  type CalendarMeeting,
  feed,
  type InvitationFacts,
  invitation,
} from '../../src/messages/icalendar.ts';

const now = new Date('2026-11-20T15:00:00Z');
const booked: Meeting = {
  id: 'meeting-1',
  engagementId: 'engagement-1',
  kind: 'kickoff',
  title: null,
  cadenceKey: null,
  plannedFor: null,
  movedFrom: null,
  responses: [],
  minutes: null,
  state: 'booked',
  version: 3,
  uid: 'meeting-1@isso-as-a-service',
  sequence: 1,
  token: 'secret-token',
  organizerId: 'gtl',
  attendeeIds: ['bo', 'cra'],
  offered: [],
  offeredAt: null,
  proposed: [],
  bookedFor: { startsAt: new Date('2026-12-01T18:00:00Z'), endsAt: new Date('2026-12-01T19:00:00Z') },
  released: null,
  heldOn: null,
  presentIds: [],
  notes: null,
};
const entry = (changes: Partial<Meeting> = {}): CalendarMeeting => ({
  meeting: { ...booked, ...changes },
  title: 'Kickoff discussion',
  engagement: { number: 'ISSO-2026-0042', systemName: 'Claims; Payments, and "More" \\ Żółć' },
  agenda: ['Cybersecurity requirements', 'Level of effort', 'Cost and funding activities', 'Onboarding'],
  url: 'https://bot.example.gov/requests/ISSO-2026-0042',
});
const facts = (changes: Partial<InvitationFacts> = {}): InvitationFacts => ({
  ...entry(),
  organizer: { name: 'Task Lead', email: 'lead@example.gov' },
  attendees: [
    { id: 'bo', name: 'Owner, Business', email: 'bo@example.gov' },
    { id: 'cra', name: 'Advisor "A"\r\nATTENDEE:mailto:evil@example.com', email: 'cra@example.gov' },
    { id: 'none', name: 'No Address', email: null },
    { id: 'odd', name: 'Odd', email: 'odd@example.gov\r\nX-EVIL:1' },
  ],
  method: 'REQUEST',
  now,
  ...changes,
});

const calendarOf = (text: string) => new ICAL.Component(ICAL.parse(text));
function eventsOf(text: string) {
  return calendarOf(text)
    .getAllSubcomponents('vevent')
    .map((event) => ({
      event: new ICAL.Event(event),
      value: (name: string) => String(event.getFirstPropertyValue(name)),
      attendees: event.getAllProperties('attendee'),
    }));
}
function eventOf(text: string) {
  const [only] = eventsOf(text);
  if (!only) throw new Error('no event');
  return only;
}

describe('an invitation', () => {
  it('reads back with time, number, agenda and people', () => {
    const text = invitation(facts());
    const { event, value, attendees } = eventOf(text);
    expect(calendarOf(text).getFirstPropertyValue('method')).toBe('REQUEST');
    expect(event.uid).toBe('meeting-1@isso-as-a-service');
    expect(event.startDate.toJSDate()).toEqual(booked.bookedFor?.startsAt);
    expect(event.endDate.toJSDate()).toEqual(booked.bookedFor?.endsAt);
    expect(event.summary).toBe('Kickoff discussion: Claims; Payments, and "More" \\ Żółć');
    expect(event.description).toBe(
      'Request ISSO-2026-0042\n\nAgenda\n- Cybersecurity requirements\n- Level of effort\n- Cost and funding activities\n- Onboarding',
    );
    expect(value('dtstamp')).toBe('2026-11-20T15:00:00Z');
    expect(value('status')).toBe('CONFIRMED');
    expect(value('url')).toBe('https://bot.example.gov/requests/ISSO-2026-0042');
    expect(value('organizer')).toBe('mailto:lead@example.gov');
    expect(attendees.map((attendee) => String(attendee.getFirstValue()).toLowerCase())).toEqual([
      'mailto:bo@example.gov',
      'mailto:cra@example.gov',
    ]);
  });

  it("lets nobody's name or address add lines", () => {
    const text = invitation(facts());
    expect(text).not.toContain('X-EVIL');
    expect(text).not.toMatch(/^ATTENDEE:mailto:evil/mu);
    expect(eventOf(text).attendees).toHaveLength(2);
  });

  it('has lines of at most 75 octets, each ended by CRLF, and no token', () => {
    const text = invitation(facts({ engagement: { number: 'ISSO-2026-0042', systemName: 'ż'.repeat(200) } }));
    expect(text.endsWith('\r\n')).toBe(true);
    expect(text.replace(/\r\n/gu, '')).not.toMatch(/[\r\n]/u);
    for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    expect(eventOf(text).event.summary).toContain('ż'.repeat(200));
    expect(text).not.toContain('secret-token');
  });

  it('is the same text for the same facts', () => {
    expect(invitation(facts())).toBe(invitation(facts()));
  });

  it('keeps its UID and raises its SEQUENCE when the meeting moves or is cancelled', () => {
    const moved = eventOf(invitation(facts(entry({ sequence: 2 }))));
    const dropped = invitation(facts({ ...entry({ sequence: 3, state: 'cancelled' }), method: 'CANCEL' }));
    expect(moved.event.uid).toBe(booked.uid);
    expect(moved.value('sequence')).toBe('2');
    expect(calendarOf(dropped).getFirstPropertyValue('method')).toBe('CANCEL');
    expect(eventOf(dropped).value('status')).toBe('CANCELLED');
    expect(eventOf(dropped).value('sequence')).toBe('3');
    expect(eventOf(dropped).event.uid).toBe(booked.uid);
  });

  it('of a meeting whose time was given up is that time, called off', () => {
    const given = entry({ state: 'offered', sequence: 2, bookedFor: null, released: booked.bookedFor });
    const { event, value } = eventOf(invitation(facts({ ...given, method: 'CANCEL' })));
    expect([value('status'), value('sequence')]).toEqual(['CANCELLED', '2']);
    expect(event.startDate.toJSDate()).toEqual(booked.bookedFor?.startsAt);
    expect(eventOf(feed({ name: 'Bo', meetings: [given], now })).value('status')).toBe('CANCELLED');
  });

  it('of a meeting that was never booked is a mistake of ours', () => {
    expect(() => invitation(facts(entry({ bookedFor: null })))).toThrow(RangeError);
  });
});

describe('a feed', () => {
  const text = feed({
    name: "Business Owner's meetings",
    meetings: [
      entry(),
      entry({ uid: 'meeting-2', state: 'cancelled', sequence: 4 }),
      entry({ uid: 'meeting-3', bookedFor: null, state: 'offered' }),
    ],
    now,
  });

  it('publishes booked meetings and marks cancelled ones', () => {
    expect(calendarOf(text).getFirstPropertyValue('method')).toBe('PUBLISH');
    expect(calendarOf(text).getFirstPropertyValue('x-wr-calname')).toBe("Business Owner's meetings");
    expect(eventsOf(text).map(({ event, value }) => [event.uid, value('status')])).toEqual([
      [booked.uid, 'CONFIRMED'],
      ['meeting-2', 'CANCELLED'],
    ]);
  });

  it('names no e-mail address and no token', () => {
    expect(text).not.toMatch(/mailto:|@example|secret-token/u);
  });

  it('is a whole calendar when there is no meeting', () => {
    expect(eventsOf(feed({ name: 'Nobody', meetings: [], now }))).toEqual([]);
  });
});
