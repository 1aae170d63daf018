import { describe, expect, it } from 'vitest';
import {
  ENGAGEMENT_VERBS,
  type EngagementScope,
  type EngagementVerb,
  may,
  mayEver,
} from '../../src/domain/access.ts';
import { ENGAGEMENT_STATES, type EngagementState } from '../../src/domain/engagement-states.ts';
import { type Person, ROLES, type Role } from '../../src/domain/person.ts';
import { membership, person, scope } from './access-people.ts';
import { DECISIONS, tableAllows } from './access-table.ts';

const CONTRACTORS: readonly Role[] = [
  'contractor_lead',
  'contractor_coord',
  'service_isso_lead',
  'service_isso',
];
const FEDERAL = ROLES.filter((role) => !CONTRACTORS.includes(role) && role !== 'platform_admin');
/** Signing with one's own name, and saying what one has given back. */
const OWN: readonly EngagementVerb[] = ['letter.sign', 'off-boarding.write-own'];

/** Somebody with a role of their own who stands in for `absent`. */
const standIn = (role: Role, absent: Person): Person => ({
  ...person('stand-in', [role], ['CMCS']),
  standsInFor: [absent],
});
const rights = (who: Person, in_: (state: EngagementState) => EngagementScope): readonly string[] =>
  ENGAGEMENT_STATES.flatMap((state) =>
    ENGAGEMENT_VERBS.filter((verb) => may(who, verb, in_(state))).map((verb) => `${state} ${verb}`),
  );
/** Each person of one engagement who can be away. */
const ABSENT: readonly Person[] = [
  person('owner', ['business_owner'], ['OIT']),
  person('advisor', ['cra'], ['OIT']),
  person('isso', ['service_isso']),
  ...ROLES.map((role) => person(`some-${role}`, [role], ['OIT'])),
];
const sideOf = ({ roles }: Person): string =>
  roles.includes('platform_admin')
    ? 'administrator'
    : roles.some((role) => CONTRACTORS.includes(role))
      ? 'contractor'
      : 'federal';

describe('a stand-in', () => {
  const roles: readonly Role[] = ['business_owner', 'ispg_team', 'contractor_coord', 'platform_admin'];

  it.each(roles)('who is a %s has their own rights and the absent person’s, on one side only', (role) => {
    for (const absent of ABSENT) {
      const who = standIn(role, absent);
      const own = rights({ ...who, standsInFor: [] }, scope);
      const theirs = sideOf(absent) === sideOf(who) ? rights(absent, scope) : [];
      const lent = theirs.filter((right) => !OWN.some((verb) => right.endsWith(` ${verb}`)));
      expect([absent.id, rights(who, scope).toSorted()]).toEqual([
        absent.id,
        [...new Set([...own, ...lent])].toSorted(),
      ]);
    }
  });

  it('who is a contractor decides nothing for a federal employee, nor a federal employee for a contractor', () => {
    for (const federal of FEDERAL) {
      const absent = person('owner', [federal], ['OIT']);
      for (const contractor of CONTRACTORS) {
        const who = standIn(contractor, absent);
        expect(rights(who, scope)).toEqual(rights({ ...who, standsInFor: [] }, scope));
        const other = standIn(federal, person('isso', [contractor]));
        expect(rights(other, scope)).toEqual(rights({ ...other, standsInFor: [] }, scope));
      }
    }
  });

  it('who administers the bot approves nothing and reads no more for somebody who is away', () => {
    const who = standIn('platform_admin', person('gtl', ['gtl']));
    for (const verb of DECISIONS)
      for (const state of ENGAGEMENT_STATES) expect(may(who, verb, scope(state))).toBe(false);
    expect(mayEver(who, 'blocker.work')).toBe(false);
    expect(mayEver(standIn('gtl', person('admin', ['platform_admin'])), 'role.grant')).toBe(false);
    expect(mayEver(standIn('platform_admin', person('admin', ['platform_admin'])), 'role.grant')).toBe(true);
  });

  it('does not inherit for whom the absent person stands in, nor whose delegate they are', () => {
    const gtl = person('gtl', ['gtl']);
    const between: Person = {
      ...person('bo2', ['business_owner']),
      standsInFor: [gtl],
      delegateOf: ['owner'],
    };
    expect(may(between, 'engagement.pause', scope('ACTIVE'))).toBe(true);
    expect(may(between, 'form.read', scope('ACTIVE'))).toBe(true);
    const who = standIn('business_owner', between);
    expect(may(who, 'engagement.pause', scope('ACTIVE'))).toBe(false);
    expect(may(who, 'form.read', scope('ACTIVE'))).toBe(false);
  });
});

describe('a delegate', () => {
  const WAYS: readonly (readonly [string, Person, (state: EngagementState) => EngagementScope])[] = [
    ['of the owner in all', { ...person('who'), delegateOf: ['owner'] }, (state) => scope(state)],
    [
      'in this engagement',
      person('who'),
      (state) => scope(state, { memberships: [membership('who', 'bo_delegate')] }),
    ],
  ];

  it.each(WAYS)('%s drafts and prepares, and neither submits nor accepts', (_, who, in_) => {
    expect(may(who, 'request.amend', in_('DRAFT'))).toBe(true);
    expect(may(who, 'request.amend', in_('REQUESTED'))).toBe(false);
    expect(may(who, 'preparation.write', in_('ONBOARDING'))).toBe(true);
    const never: readonly EngagementVerb[] = [...DECISIONS, 'request.withdraw', 'request.copy', 'ciso.note'];
    for (const verb of never)
      for (const state of ENGAGEMENT_STATES)
        expect([verb, may(who, verb, in_(state))]).toEqual([verb, false]);
  });

  it.each(WAYS)('%s has no more of it as a contractor or an administrator', (_, who, in_) => {
    for (const role of [...CONTRACTORS, 'platform_admin'] as const) {
      const same = { ...who, roles: [role] };
      const stranger = { ...same, id: 'nobody', delegateOf: [] };
      expect(rights(same, in_)).toEqual(rights(stranger, in_));
    }
  });

  it('of another owner has nothing to do with it', () => {
    const who: Person = { ...person('who'), delegateOf: ['bo2'] };
    expect(rights(who, scope)).toEqual(rights(person('who'), scope));
  });
});

describe('a part in an engagement on a High Value Asset', () => {
  it('counts only once a second person has approved it, and until it ends', () => {
    const ended = { byId: 'ispg', at: new Date('2026-12-02T15:00:00Z') };
    const at = (facts: Parameters<typeof membership>[2]) =>
      rights(person('who'), (state) =>
        scope(state, { memberships: [membership('who', 'data_guardian', facts)] }),
      );
    const nothing = rights(person('who'), scope);
    expect(at({ second: null })).toEqual(nothing);
    expect(at({ ended })).toEqual(nothing);
    const whole = at({});
    expect(whole.length).toBeGreaterThan(nothing.length);
    for (const state of ENGAGEMENT_STATES)
      for (const verb of ENGAGEMENT_VERBS)
        expect(whole.includes(`${state} ${verb}`)).toBe(
          tableAllows(verb, 'Data Guardian', state) || tableAllows(verb, 'anybody', state),
        );
  });
});
