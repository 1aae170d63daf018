/** A weekly meeting and what its messages say, to be changed by each test. */
import type { Meeting } from '../../src/domain/meeting.ts';
import type { MeetingFacts } from '../../src/messages/copy/meeting.ts';
import { PROGRAMME_MEETINGS } from '../../src/offerings/programme-meetings.ts';

const SLOT = { startsAt: new Date('2026-12-08T15:00:00Z'), endsAt: new Date('2026-12-08T15:30:00Z') };

/** Tuesday, December 8, 2026, 10:00 Eastern, as planned. */
export const aMeeting = (changes: Partial<Meeting> = {}): Meeting => ({
  id: 'meeting-1',
  engagementId: null,
  kind: 'lead_weekly',
  title: null,
  cadenceKey: 'meeting:lead_weekly',
  plannedFor: '2026-12-08T10:00',
  movedFrom: null,
  state: 'booked',
  version: 1,
  uid: 'meeting-1@isso-as-a-service',
  sequence: 1,
  token: 'token-of-meeting-1',
  organizerId: 'ispg',
  attendeeIds: ['ispg', 'issolead'],
  offered: [SLOT],
  offeredAt: null,
  proposed: [],
  bookedFor: SLOT,
  released: null,
  heldOn: null,
  presentIds: [],
  notes: null,
  responses: [],
  minutes: null,
  ...changes,
});

export const factsOf = (meeting: Meeting): MeetingFacts => ({
  meeting,
  engagement: null,
  title: PROGRAMME_MEETINGS[meeting.kind].title,
  agenda: PROGRAMME_MEETINGS[meeting.kind].agenda,
  typed: 'weekly Dec 8',
  people: new Map(),
  due: null,
  before: null,
  closedBecause: null,
  stillOpen: [],
  examples: ['Wed Dec 2 2pm', 'Thu Dec 3 10am'],
  invitation: 'https://bot.example.gov/calendar/meetings/token-of-meeting-1.ics',
});
