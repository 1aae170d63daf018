import { describe, expect, it } from 'vitest';
import {
  GENERAL_VERBS,
  MEETING_VERBS,
  type MeetingScope,
  type MeetingVerb,
  mayCheckIn,
  mayEver,
  mayFileFor,
  mayMeeting,
  mayReadCheckIns,
} from '../../src/domain/access.ts';
import type { Person } from '../../src/domain/person.ts';
import { CONTRACTOR_LEADS, ISPG, PEOPLE, person, scope } from './access-people.ts';

const ADMINISTRATOR = 'stranger: platform_admin';

type Who = readonly string[];

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

describe('a stand-in in a meeting', () => {
  const standIn = {
    ...person('stand-in', ['business_owner']),
    standsInFor: [person('organizer', ['ispg_team'])],
  };

  it('arranges it for its absent organizer, and says for nobody else whether they come', () => {
    const allowed = MEETING_VERBS.filter((verb) => mayMeeting(standIn, verb, meeting, null));
    const refused = ['meeting.respond', 'meeting.propose', 'meeting.choose'];
    expect(allowed).toEqual(MEETING_VERBS.filter((verb) => !refused.includes(verb)));
  });
});

describe('who may do what without a request', () => {
  const everybody = [...PEOPLE.keys()];
  const OVERSIGHT = ['stranger: cor', 'stranger: auditor'];
  const GENERAL: Readonly<Record<(typeof GENERAL_VERBS)[number], Who>> = {
    'question.ask': everybody,
    'request.file': everybody,
    'request.file-for-owner': [
      'named advisor',
      'advisor of the component',
      'advisor of another component',
      "owner's delegate",
      'stranger: cra',
      'stranger: bo_delegate',
    ],
    'programme.read': [...ISPG, ...OVERSIGHT],
    'cadence.set': ISPG,
    'course-dates.set': ISPG,
    'burn-down.read-all': [...ISPG, ...OVERSIGHT, ...CONTRACTOR_LEADS],
    'survey.read-aggregate': [...ISPG, ...OVERSIGHT, ...CONTRACTOR_LEADS],
    'training-review.ask': [...ISPG, 'stranger: contractor_lead'],
    'milestone.record-some': [...ISPG, 'stranger: contractor_lead'],
    'satisfaction.ask-some': everybody.filter((name) => !/contractor|service_isso/u.test(name)),
    'role.grant': [ADMINISTRATOR],
    'role.review': [ADMINISTRATOR, 'stranger: gtl', 'stranger: auditor'],
    'roster.import': [ADMINISTRATOR],
    'stand-in.name-own': everybody.filter((name) => (PEOPLE.get(name)?.roles.length ?? 0) > 0),
    'stand-in.name-others': [ADMINISTRATOR, 'stranger: gtl'],
    'delegate.name': ['owner', 'stranger: business_owner'],
    'profile.read-all': [...ISPG, ...OVERSIGHT, ...CONTRACTOR_LEADS, 'stranger: service_isso_lead'],
    'profile.write-own': ['stranger: service_isso'],
    'profile.confirm': ['stranger: contractor_lead', 'stranger: service_isso_lead'],
    'blocker.raise': everybody,
    'blocker.work': ISPG,
    'mail.triage': ISPG,
    'audit.read': ['stranger: auditor'],
    'status-note.write': ['stranger: service_isso', 'stranger: service_isso_lead'],
    'status-report.read': [...ISPG, ...OVERSIGHT, ...CONTRACTOR_LEADS],
    'status-report.write': ['stranger: contractor_lead'],
    'status-report.settle': ['stranger: gtl', 'stranger: cor'],
    'measures.read': [...ISPG, ...OVERSIGHT],
    'dashboard.read': [...ISPG, ...OVERSIGHT],
    'export.make': [...ISPG, ...OVERSIGHT],
    'records.export': ['stranger: records_officer', 'stranger: auditor'],
    'records.hold': ['stranger: records_officer'],
    'records.dispose': ['stranger: records_officer'],
    'marketplace-plan.read': [...ISPG, ...OVERSIGHT, 'stranger: records_officer'],
    'marketplace-plan.write': ISPG,
    'programme.ask': [...ISPG, ...OVERSIGHT],
  };
  it.each(GENERAL_VERBS)('%s is open to exactly those the table names', (verb) => {
    const allowed = [...PEOPLE].filter(([, who]) => mayEver(who, verb)).map(([name]) => name);
    expect(allowed.toSorted()).toEqual([...GENERAL[verb]].toSorted());
  });

  it.each(GENERAL_VERBS)(
    '%s is no more open to a contractor or an administrator for having a federal role too',
    (verb) => {
      for (const role of ['contractor_lead', 'service_isso', 'platform_admin'] as const) {
        const alone = mayEver(person('who', [role]), verb);
        for (const federal of ['ispg_team', 'gtl', 'cor', 'auditor', 'cra', 'business_owner'] as const)
          expect([federal, mayEver(person('who', [federal, role]), verb)]).toEqual([federal, alone]);
      }
    },
  );
});

describe('filing for somebody', () => {
  const owner = person('owner', ['business_owner'], ['OIT']);

  it('is open for oneself, and for a Business Owner to an advisor, a representative and their own delegate', () => {
    const filers = [...PEOPLE].filter(([, who]) => mayFileFor(who, owner)).map(([name]) => name);
    expect(filers.toSorted()).toEqual(
      [
        'owner',
        'named advisor',
        'advisor of the component',
        'advisor of another component',
        "owner's delegate",
        'stranger: cra',
        'stranger: bo_delegate',
      ].toSorted(),
    );
  });

  it('is not open to another owner’s delegate, nor for somebody whose role as Business Owner is not in force', () => {
    expect(mayFileFor({ ...person('who'), delegateOf: ['bo2'] }, owner)).toBe(false);
    const advisor = person('who', ['cra']);
    expect(mayFileFor(advisor, person('other'))).toBe(false);
    expect(mayFileFor(advisor, person('other', ['business_owner', 'contractor_lead']))).toBe(false);
    expect(mayFileFor(advisor, person('other', ['business_owner', 'platform_admin']))).toBe(false);
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
