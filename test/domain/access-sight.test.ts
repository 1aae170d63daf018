import { describe, expect, it } from 'vitest';
import { cardSight, roleUsed, seesCardReferences } from '../../src/domain/access.ts';
import { trainingSight } from '../../src/domain/access-training.ts';
import type { EngagementState } from '../../src/domain/engagement-states.ts';
import { ROLES } from '../../src/domain/person.ts';
import { CONTRACTOR_LEADS, ISPG, membership, PEOPLE, person, scope } from './access-people.ts';

describe('the role that the record names', () => {
  it.each([
    ['owner', 'business_owner'],
    ['requester', 'requester'],
    ['named advisor', 'cra'],
    ['advisor of the component', 'cra'],
    ['stranger: gtl', 'gtl'],
    ['stranger: ispg_team', 'ispg_team'],
    ['stranger: auditor', 'auditor'],
    ["owner's delegate", 'bo_delegate'],
    ['member', null],
  ])('of the %s is %s', (name, role) => {
    expect(roleUsed(PEOPLE.get(name) ?? person('nobody'), scope('REQUESTED'))).toBe(role);
  });

  it('is the one that allows the verb, of several', () => {
    const both = person('who', ['service_isso', 'contractor_lead']);
    expect(roleUsed(both, scope('MATCHING'), 'candidate.propose')).toBe('contractor_lead');
    const at = scope('ONBOARDING', { course: { serviceIssoId: 'who' } });
    expect(roleUsed(both, at, 'letter.sign')).toBe('service_isso');
    const officer = person('who', ['ispg_team', 'gtl', 'cor']);
    expect(roleUsed(officer, scope('ACTIVE'), 'engagement.pause')).toBe('gtl');
    expect(roleUsed(officer, scope('EXTENSION_REVIEW'), 'engagement.approve-extension-cor')).toBe('cor');
    expect(roleUsed(officer, scope('KICKOFF_HELD', { businessOwnerId: 'who' }), 'form.lock')).toBe(
      'ispg_team',
    );
  });

  it('is the part in the engagement where that allows it', () => {
    const parts = { memberships: [membership('who', 'data_guardian')] };
    expect(roleUsed(person('who'), scope('ONBOARDING', parts), 'preparation.write')).toBe('data_guardian');
    expect(roleUsed(person('who', ['business_owner']), scope('ONBOARDING', parts), 'preparation.write')).toBe(
      'data_guardian',
    );
  });

  it('is the one of the absent person where a stand-in acts for them', () => {
    const standIn = { ...person('bo2', ['business_owner']), standsInFor: [person('gtl', ['gtl'])] };
    expect(roleUsed(standIn, scope('ACTIVE'), 'engagement.pause')).toBe('gtl');
    expect(roleUsed(standIn, scope('ACTIVE', { businessOwnerId: 'bo2' }), 'engagement.ask-change')).toBe(
      'business_owner',
    );
  });

  it('of an administrator with other roles is theirs as administrator, since no other is in force', () => {
    expect(roleUsed(person('who', ['ispg_team', 'platform_admin']), scope('REQUESTED'))).toBe(
      'platform_admin',
    );
  });
});

describe('the card of a Service ISSO', () => {
  const sights = (state: EngagementState) =>
    [...PEOPLE].map(([who, each]) => [who, cardSight(each, 'some-service_isso', scope(state))] as const);
  const dates = [...ISPG, 'stranger: cor', 'stranger: auditor', 'stranger: service_isso'];
  const progress = ['owner', 'requester', 'named advisor', 'advisor of the component', "owner's delegate"];

  it.each([
    ['before the kickoff is set', 'REQUESTED', dates],
    ['once it is set', 'KICKOFF_HELD', [...dates, ...CONTRACTOR_LEADS]],
  ] as const)(
    '%s shows its dates to some, how far it is to the requesting side, and nothing to all others',
    (_, state, readers) => {
      for (const [who, sight] of sights(state)) {
        const due = readers.includes(who) ? 'dates' : progress.includes(who) ? 'progress' : null;
        expect([who, sight]).toEqual([who, due]);
      }
    },
  );

  it('shows another Service ISSO nothing, nor a Service ISSO Lead of another team', () => {
    const other = person('other-isso', ['service_isso', 'service_isso_lead']);
    expect(cardSight(other, 'some-service_isso', scope('KICKOFF_HELD'))).toBe(null);
    const team = scope('ONBOARDING', { memberships: [membership('other-isso', 'service_isso_lead')] });
    expect(cardSight(other, 'some-service_isso', team)).toBe('dates');
  });

  it('shows an administrator nothing, whatever else they are in the engagement', () => {
    for (const role of ROLES) {
      for (const id of ['who', 'owner', 'requester', 'advisor', 'some-service_isso']) {
        const administrator = person(id, [role, 'platform_admin'], ['OIT']);
        expect(cardSight(administrator, 'some-service_isso', scope('ONBOARDING'))).toBe(null);
      }
    }
  });

  it('shows a stand-in what the absent person sees of others’ cards, and not that person’s own', () => {
    const forIspg = { ...person('bo2', ['business_owner']), standsInFor: [person('ispg', ['ispg_team'])] };
    expect(cardSight(forIspg, 'some-service_isso', scope('ONBOARDING'))).toBe('dates');
    const absent = person('some-service_isso', ['service_isso']);
    const forIsso = { ...person('isso2', ['service_isso']), standsInFor: [absent] };
    expect(cardSight(forIsso, 'some-service_isso', scope('ONBOARDING'))).toBe(null);
  });

  it('shows its references to its own person, the contractor, the lead of its team and an auditor; ISPG reads no identifiers', () => {
    const in_ = scope('ONBOARDING', {
      memberships: [membership('some-service_isso_lead', 'service_isso_lead')],
    });
    const readers = [...PEOPLE]
      .filter(([, who]) => seesCardReferences(who, 'some-service_isso', in_))
      .map(([name]) => name);
    expect(readers.toSorted()).toEqual(
      [
        ...CONTRACTOR_LEADS,
        'stranger: service_isso',
        'stranger: service_isso_lead',
        'stranger: auditor',
      ].toSorted(),
    );
    const administrator = person('some-service_isso', ['service_isso', 'platform_admin']);
    expect(seesCardReferences(administrator, 'some-service_isso', in_)).toBe(false);
  });
});

describe('the training record of a Service ISSO', () => {
  /** By hand, from domain reference 1.3. */
  const SIGHTS: Readonly<Record<string, string>> = {
    'stranger: service_isso': 'whole',
    'stranger: contractor_lead': 'whole',
    'stranger: contractor_coord': 'whole',
    'stranger: service_isso_lead': 'whole',
    'stranger: auditor': 'record',
    'stranger: ispg_team': 'status',
    'stranger: gtl': 'status',
    'stranger: cor': 'dates',
    owner: 'summary',
    "owner's delegate": 'summary',
  };
  const sights = (parts: Parameters<typeof scope>[1]) =>
    [...PEOPLE].map(
      ([who, each]) => [who, trainingSight(each, 'some-service_isso', [scope('ONBOARDING', parts)])] as const,
    );

  it('is read by the lead of its team as well, and by nobody who has no part in it', () => {
    const team = { memberships: [membership('some-service_isso_lead', 'service_isso_lead')] };
    for (const [who, sight] of sights(team)) expect([who, sight]).toEqual([who, SIGHTS[who] ?? null]);
  });

  it('is closed to the lead of another team', () => {
    expect(new Map(sights({})).get('stranger: service_isso_lead')).toBe(null);
  });
});
