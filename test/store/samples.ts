/** Records as the rules write them, with only what a test speaks of said out loud. */
import { NEW_COURSE } from '../../src/domain/course.ts';
import type { Engagement, StoredAnswer } from '../../src/domain/engagement.ts';
import type { Meeting } from '../../src/domain/meeting.ts';
import type { Person } from '../../src/domain/person.ts';
import { say } from '../../src/messages/message.ts';
import type { AcceptedEvent, ConversationRecord, NewConsolePost, NewDelivery } from '../../src/ports.ts';

/** Minutes after a fixed Monday, 09:00 in New York. */
export const at = (minutes: number): Date => new Date(Date.UTC(2026, 2, 2, 14, 0) + minutes * 60_000);

export const aPerson = (facts: Partial<Person> = {}): Person => ({
  id: 'bo',
  name: 'Bo Owner',
  email: 'Bo_Owner@example.gov',
  roles: ['business_owner'],
  components: ['OIT'],
  timeZone: 'America/New_York',
  calendarToken: `calendar-${facts.id ?? 'bo'}`,
  ...facts,
});

export const anEvent = (key: string, text = 'hello'): AcceptedEvent => ({
  key,
  event: {
    kind: 'said',
    from: { platform: 'slack', userId: 'U1', channel: null },
    eventKey: key,
    text,
  },
  receivedAt: at(0),
});

const anAnswer: StoredAnswer = {
  key: 'system',
  label: 'System',
  asked: 'Which system?',
  value: { name: 'Ledger', tags: ['a'] },
  shown: 'Ledger',
};

/** The fields of `facts` must fit each other: an ending belongs to a state that ends. */
export const anEngagement = (facts: Partial<Engagement> = {}): Engagement => {
  const { state = 'REQUESTED', ending = null, ...others } = facts;
  const common = {
    id: 'e1',
    number: 'ISSO-2026-0001',
    offering: 'issoaas',
    formVersion: 1,
    version: 1,
    component: 'OIT',
    systemName: 'Ledger',
    systemKey: 'ledger',
    answers: [anAnswer],
    requesterId: 'bo',
    businessOwnerId: 'bo',
    craId: null,
    memberIds: [],
    askedBack: null,
    createdAt: at(0),
    submittedAt: null,
    stateSinceAt: at(0),
    triagedById: null,
    course: NEW_COURSE,
    memberships: [],
    ...others,
  };
  if (state === 'WITHDRAWN' || state === 'DECLINED' || state === 'CLOSED') {
    if (ending === null) throw new Error(`A request that is ${state} has an ending.`);
    return { ...common, state, ending };
  }
  return { ...common, state, ending: null };
};

export const aMeeting = (facts: Partial<Meeting> = {}): Meeting => ({
  id: 'm1',
  engagementId: 'e1',
  kind: 'kickoff',
  title: null,
  cadenceKey: null,
  plannedFor: null,
  movedFrom: null,
  state: 'offered',
  version: 1,
  uid: `uid-${facts.id ?? 'm1'}`,
  sequence: 0,
  token: `token-${facts.id ?? 'm1'}`,
  organizerId: 'gtl',
  attendeeIds: ['bo', 'gtl'],
  offered: [{ startsAt: at(60), endsAt: at(120) }],
  offeredAt: at(0),
  proposed: [],
  bookedFor: null,
  released: null,
  heldOn: null,
  presentIds: [],
  notes: null,
  responses: [],
  minutes: null,
  ...facts,
});

export const aConversation = (facts: Partial<ConversationRecord> = {}): ConversationRecord => ({
  id: 'c1',
  personId: 'bo',
  offering: 'issoaas',
  formVersion: 1,
  status: 'open',
  version: 1,
  state: { shape: 1, answers: { system: 'Ledger' } },
  amends: null,
  startedAt: at(0),
  updatedAt: at(0),
  ...facts,
});

export const aDelivery = (key: string, facts: Partial<NewDelivery> = {}): NewDelivery => ({
  key,
  to: { kind: 'person', personId: `person-${key}` },
  kind: 'notice',
  urgency: 'told',
  topic: null,
  attachment: null,
  via: null,
  message: say('Your request was accepted.'),
  dueAt: at(0),
  expiresAt: null,
  stillTrue: null,
  card: null,
  about: null,
  ...facts,
});

export const aPost = (facts: Partial<NewConsolePost> = {}): NewConsolePost => ({
  to: 'bo',
  from: 'bot',
  at: at(0),
  text: 'Hello',
  card: { type: 'AdaptiveCard' },
  actions: [{ id: 'a', label: 'Yes', press: { verb: 'say', subject: 'yes' }, opensDialog: false }],
  deliveryKey: null,
  ...facts,
});
