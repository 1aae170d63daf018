import { describe, expect, it } from 'vitest';
import {
  cardSight,
  ENGAGEMENT_VERBS,
  type EngagementScope,
  type EngagementVerb,
  GENERAL_VERBS,
  MEETING_VERBS,
  type MeetingScope,
  type MeetingVerb,
  may,
  mayCheckIn,
  mayEver,
  mayMeeting,
  mayReadCheckIns,
  roleUsed,
} from '../../src/domain/access.ts';
import { ENGAGEMENT_STATES, type EngagementState } from '../../src/domain/engagement-states.ts';
import { type Person, ROLES, type Role } from '../../src/domain/person.ts';

const person = (id: string, roles: readonly Role[] = [], components: readonly string[] = []): Person => ({
  id,
  name: id,
  email: null,
  roles,
  components,
  timeZone: 'America/New_York',
  calendarToken: `calendar-${id}`,
});

const scope = (state: EngagementState): EngagementScope => ({
  requesterId: 'requester',
  businessOwnerId: 'owner',
  craId: 'advisor',
  memberIds: ['member'],
  component: 'OIT',
  state,
});

/** Everybody who can stand in relation to a request; those of no relation are strangers with one role each. */
const PEOPLE: ReadonlyMap<string, Person> = new Map([
  ['owner', person('owner', ['business_owner'])],
  ['requester', person('requester')],
  ['named advisor', person('advisor', ['cra'], ['CMCS'])],
  ['advisor of the component', person('other-cra', ['cra'], ['CM', 'OIT'])],
  ['advisor of another component', person('far-cra', ['cra'], ['CMCS'])],
  ['member', person('member')],
  ['stranger without a role', person('stranger')],
  ...ROLES.map(
    (role) => [`stranger: ${role}`, person(`some-${role}`, [role], role === 'cra' ? [] : ['OIT'])] as const,
  ),
]);

const ISPG = ['stranger: ispg_team', 'stranger: gtl'];
const READERS = [
  'owner',
  'requester',
  'member',
  'named advisor',
  'advisor of the component',
  ...ISPG,
  'stranger: cor',
  'stranger: auditor',
];
const CONTRACTORS = ['stranger: contractor_lead', 'stranger: contractor_coord'];

/** The contractor's people come into a request through its kickoff. */
const NO_JOINERS = [...CONTRACTORS, 'stranger: service_isso_lead', 'stranger: service_isso'];

type Who = readonly string[];
/** Domain reference 1.3 and 2.2 (T2, T3, T23, T24), by hand: who may; everybody not named is refused. */
const ALLOWED: Readonly<Record<EngagementVerb, (state: EngagementState) => Who>> = {
  'request.read': (state) =>
    state === 'KICKOFF_PENDING' || state === 'KICKOFF_HELD' ? [...READERS, ...CONTRACTORS] : READERS,
  'request.read-answers': (state) => {
    const readers = READERS.filter((who) => who !== 'member');
    return state === 'KICKOFF_PENDING' || state === 'KICKOFF_HELD' ? [...readers, ...CONTRACTORS] : readers;
  },
  'request.join': () => [...PEOPLE.keys()].filter((who) => !NO_JOINERS.includes(who)),
  'request.amend': () => ['owner', 'requester'],
  'request.confirm': () => ['owner'],
  'request.withdraw': (state) => (state === 'DRAFT' ? ['owner', 'requester'] : ['owner']),
  'request.answer': () => ['owner', 'requester', 'named advisor', 'advisor of the component'],
  'request.triage': () => ISPG,
  'kickoff.choose': () => ['owner', 'requester'],
  'kickoff.offer': () => ISPG,
  'kickoff.reschedule': () => ['owner', 'requester', ...ISPG],
  'kickoff.cancel': () => ['owner', ...ISPG],
  'kickoff.record': () => ISPG,
  'survey.answer': () => ['owner'],
  'survey.read': () => ['owner', ...ISPG, 'stranger: cor', 'stranger: auditor'],
  'milestone.record': (state) =>
    state === 'KICKOFF_PENDING' || state === 'KICKOFF_HELD' ? [...ISPG, 'stranger: contractor_lead'] : ISPG,
  'satisfaction.ask': () => [
    'owner',
    'requester',
    'member',
    'named advisor',
    'advisor of the component',
    ...ISPG,
  ],
  'initial.ask': () => ISPG,
};

describe('who may do what on a request', () => {
  for (const verb of ENGAGEMENT_VERBS) {
    for (const state of ENGAGEMENT_STATES) {
      it(`${verb} while ${state} is open to exactly those the table names`, () => {
        const allowed = [...PEOPLE].filter(([, who]) => may(who, verb, scope(state))).map(([name]) => name);
        expect(allowed.toSorted()).toEqual([...ALLOWED[verb](state)].toSorted());
      });
    }

    it(`${verb} on a request that does not exist is refused to everybody`, () => {
      for (const who of PEOPLE.values()) expect(may(who, verb, null)).toBe(false);
    });
  }

  it('gives the platform administrator, the Service ISSO and whoever has no role nothing but joining', () => {
    for (const name of ['stranger: platform_admin', 'stranger: service_isso', 'stranger without a role']) {
      const who = PEOPLE.get(name) ?? person('nobody');
      for (const verb of ENGAGEMENT_VERBS.filter((each) => each !== 'request.join')) {
        for (const state of ENGAGEMENT_STATES) expect(may(who, verb, scope(state))).toBe(false);
      }
    }
  });

  it('takes the advisor role away with the role, whatever components are left', () => {
    expect(may(person('other-cra', [], ['OIT']), 'request.read', scope('REQUESTED'))).toBe(false);
  });
});

/** Somebody who is in the meeting for each way of being in it, beside those of `PEOPLE`, who are not. */
const IN_MEETING: ReadonlyMap<string, Person> = new Map([
  ['organizer', person('organizer', ['ispg_team'])],
  ['invited', person('invited', ['service_isso'])],
  ['invited lead', person('invited-lead', ['contractor_lead'])],
  ['invited advisor', person('invited-advisor', ['cra'], ['CM'])],
  ['who has a follow-up', person('follower', ['service_isso'])],
]);
const AROUND = new Map([...PEOPLE, ...IN_MEETING]);
const meeting: MeetingScope = {
  organizerId: 'organizer',
  attendeeIds: ['organizer', 'invited', 'invited-lead', 'invited-advisor'],
  followUpOwnerIds: ['follower'],
};
const INVITED = ['organizer', 'invited', 'invited lead', 'invited advisor'];
const ARRANGERS = ['organizer', ...ISPG];
const MEETING_READERS = [
  ...new Set([...INVITED, ...ARRANGERS, 'who has a follow-up', 'stranger: cor', 'stranger: auditor']),
];

/** By hand: who may do what with a meeting of a request, and with one of the programme. */
const MEETING_ALLOWED: Readonly<Record<MeetingVerb, { readonly request: Who; readonly programme: Who }>> = {
  'meeting.read': { request: MEETING_READERS, programme: MEETING_READERS },
  'meeting.read-minutes': {
    request: MEETING_READERS.filter((name) => name !== 'who has a follow-up'),
    programme: MEETING_READERS.filter((name) => name !== 'who has a follow-up'),
  },
  'meeting.respond': { request: INVITED, programme: INVITED },
  'meeting.propose': { request: INVITED, programme: INVITED },
  'meeting.choose': { request: ['owner', 'requester'], programme: ['invited lead'] },
  'meeting.take': { request: ARRANGERS, programme: ARRANGERS },
  'meeting.offer': { request: ARRANGERS, programme: ARRANGERS },
  'meeting.move': { request: ARRANGERS, programme: ARRANGERS },
  'meeting.skip': { request: ARRANGERS, programme: ARRANGERS },
  'meeting.cancel': { request: ARRANGERS, programme: ARRANGERS },
  'meeting.record': { request: ARRANGERS, programme: ARRANGERS },
  'meeting.close-follow-up': {
    request: [...ARRANGERS, 'who has a follow-up'],
    programme: [...ARRANGERS, 'who has a follow-up'],
  },
};

describe('who may do what with a meeting', () => {
  for (const verb of MEETING_VERBS) {
    for (const of of ['request', 'programme'] as const) {
      it(`${verb} for a meeting of the ${of} is open to exactly those the table names`, () => {
        const record = of === 'request' ? scope('KICKOFF_HELD') : null;
        const allowed = [...AROUND].filter(([, who]) => mayMeeting(who, verb, meeting, record));
        expect(allowed.map(([name]) => name).toSorted()).toEqual([...MEETING_ALLOWED[verb][of]].toSorted());
      });
    }

    it(`${verb} on a meeting that does not exist is refused to everybody`, () => {
      for (const who of AROUND.values()) {
        expect(mayMeeting(who, verb, null, scope('KICKOFF_HELD'))).toBe(false);
        expect(mayMeeting(who, verb, null, null)).toBe(false);
      }
    });
  }
});

describe('who may do what without a request', () => {
  const everybody = [...PEOPLE.keys()];
  const GENERAL: Readonly<Record<(typeof GENERAL_VERBS)[number], Who>> = {
    'question.ask': everybody,
    'request.file': everybody,
    'request.file-for-owner': [
      'named advisor',
      'advisor of the component',
      'advisor of another component',
      'stranger: cra',
      'stranger: bo_delegate',
    ],
    'programme.read': [...ISPG, 'stranger: cor', 'stranger: auditor'],
    'cadence.set': ISPG,
    'survey.read-aggregate': [...ISPG, 'stranger: cor', 'stranger: auditor', ...CONTRACTORS],
    'training-review.ask': [...ISPG, 'stranger: contractor_lead'],
    'milestone.record-some': [...ISPG, 'stranger: contractor_lead'],
    'satisfaction.ask-some': everybody.filter((name) => !/contractor|service_isso/u.test(name)),
  };
  it.each(GENERAL_VERBS)('%s is open to exactly those the table names', (verb) => {
    const allowed = [...PEOPLE].filter(([, who]) => mayEver(who, verb)).map(([name]) => name);
    expect(allowed.toSorted()).toEqual([...GENERAL[verb]].toSorted());
  });
});

describe('check-ins', () => {
  const meeting = (kind: 'lead_weekly' | 'isso_monthly', attendeeIds: readonly string[]) => ({
    kind,
    organizerId: 'organizer',
    attendeeIds,
  });

  it('are written by those who are invited in a role that is asked, and by nobody else', () => {
    const weekly = meeting('lead_weekly', ['some-service_isso_lead', 'some-ispg_team']);
    const writers = [...PEOPLE.values()].filter((who) => mayCheckIn(who, weekly, ['service_isso_lead']));
    expect(writers.map(({ id }) => id)).toEqual(['some-service_isso_lead']);
  });

  it.each([
    ['lead_weekly', ['some-ispg_team', 'some-gtl', 'some-service_isso_lead']],
    ['isso_monthly', ['some-ispg_team', 'some-gtl']],
  ] as const)('of the %s are read by ISPG in it, and by the leads of the weekly one', (kind, readers) => {
    const everybody = [...PEOPLE.values()];
    const full = meeting(
      kind,
      everybody.map(({ id }) => id),
    );
    const found = everybody.filter((who) => mayReadCheckIns(who, full)).map(({ id }) => id);
    expect(found.toSorted()).toEqual([...readers].toSorted());
    expect(everybody.filter((who) => mayReadCheckIns(who, meeting(kind, [])))).toEqual([]);
    expect(mayReadCheckIns(person('organizer', ['ispg_team']), meeting(kind, []))).toBe(true);
    expect(mayReadCheckIns(person('organizer', ['contractor_lead']), meeting(kind, []))).toBe(false);
  });
});

describe('the role that the record names', () => {
  it.each([
    ['owner', 'business_owner'],
    ['requester', 'requester'],
    ['named advisor', 'cra'],
    ['advisor of the component', 'cra'],
    ['stranger: gtl', 'gtl'],
    ['stranger: ispg_team', 'ispg_team'],
    ['stranger: auditor', 'auditor'],
    ['member', null],
  ])('of the %s is %s', (name, role) => {
    expect(roleUsed(PEOPLE.get(name) ?? person('nobody'), scope('REQUESTED'))).toBe(role);
  });
});

describe('the card of a Service ISSO', () => {
  const sights = (state: EngagementState) =>
    [...PEOPLE].map(([who, each]) => [who, cardSight(each, 'some-service_isso', scope(state))] as const);
  const dates = [...ISPG, 'stranger: cor', 'stranger: auditor', 'stranger: service_isso'];
  const progress = ['owner', 'requester', 'named advisor', 'advisor of the component'];

  it.each([
    ['before the kickoff is set', 'REQUESTED', dates],
    ['once it is set', 'KICKOFF_HELD', [...dates, ...CONTRACTORS]],
  ] as const)(
    '%s shows its dates to some, how far it is to the requesting side, and nothing to all others',
    (_, state, readers) => {
      for (const [who, sight] of sights(state)) {
        const due = readers.includes(who) ? 'dates' : progress.includes(who) ? 'progress' : null;
        expect([who, sight]).toEqual([who, due]);
      }
    },
  );

  it('shows another Service ISSO nothing', () => {
    const other = person('other-isso', ['service_isso', 'service_isso_lead']);
    expect(cardSight(other, 'some-service_isso', scope('KICKOFF_HELD'))).toBe(null);
  });
});
