import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ROLES, type Role } from '../../src/domain/person.ts';
import {
  BY_ROSTER,
  BY_SETTING,
  clashOf,
  decideGrant,
  decideRevoke,
  type RoleGrant,
  rolesByRoster,
  type WantedGrant,
} from '../../src/domain/role-grants.ts';
import { ROLE_RULES } from '../../src/offerings/role-rules.ts';

const AT = new Date('2026-12-01T15:00:00Z');
const CONTRACTOR: readonly Role[] = [
  'contractor_lead',
  'contractor_coord',
  'service_isso_lead',
  'service_isso',
];
const EITHER: readonly Role[] = ['existing_isso', 'platform_admin'];
const isFederal = (role: Role): boolean => !CONTRACTOR.includes(role) && !EITHER.includes(role);

const someRoles = fc.uniqueArray(fc.constantFrom(...ROLES), { maxLength: 4 });
const someone = fc.constantFrom('ann', 'ben', 'cay', 'dan', 'eve');
const wanted: fc.Arbitrary<WantedGrant> = fc.record({
  byId: someone,
  forId: fc.option(someone),
  person: fc.record({
    id: someone,
    roles: someRoles,
    email: fc.constantFrom<string | null>(null, 'x@example.gov'),
  }),
  role: fc.constantFrom(...ROLES),
  administrators: fc.uniqueArray(someone, { maxLength: 4 }),
  proposedById: fc.option(someone),
});

describe('two roles', () => {
  it.each([
    ['platform_admin', 'gtl', 'administers-and-approves'],
    ['platform_admin', 'auditor', 'administers-and-approves'],
    ['contractor_lead', 'ispg_team', 'contractor-and-federal'],
    ['service_isso', 'data_guardian', 'contractor-and-federal'],
    ['service_isso', 'records_officer', 'contractor-and-federal'],
    ['platform_admin', 'contractor_lead', 'administers-and-approves'],
  ] as const)('of %s and %s never go together', (one, other, code) => {
    expect(clashOf([one, other], ROLE_RULES)?.code).toBe(code);
    expect(clashOf([other, one], ROLE_RULES)?.code).toBe(code);
  });

  it.each([
    ['cra', 'ispg_team'],
    ['contractor_lead', 'service_isso_lead'],
    ['existing_isso', 'service_isso'],
    ['existing_isso', 'system_owner'],
    ['platform_admin', 'data_guardian'],
  ] as const)('of %s and %s do', (one, other) => {
    expect(clashOf([one, other], ROLE_RULES)).toBeNull();
  });
});

describe('a grant', () => {
  it('never leaves somebody with roles that do not go together, whatever was asked', () => {
    fc.assert(
      fc.property(wanted, (asked) => {
        fc.pre(clashOf(asked.person.roles, ROLE_RULES) === null);
        const decided = decideGrant(asked, ROLE_RULES);
        if (!decided.ok) return;
        const roles = [...asked.person.roles, asked.role];
        expect(roles.some((role) => CONTRACTOR.includes(role)) && roles.some(isFederal)).toBe(false);
        if (roles.includes('platform_admin'))
          expect(roles.filter((role) => ROLE_RULES.approving.includes(role))).toEqual([]);
      }),
    );
  });

  it('is never to oneself, to whom one stands in for, or to somebody without a mailbox', () => {
    fc.assert(
      fc.property(wanted, (asked) => {
        const { person, byId, forId } = asked;
        if (person.id === byId || person.id === forId || person.email === null)
          expect(decideGrant(asked, ROLE_RULES).ok).toBe(false);
      }),
    );
  });

  it('of a privileged role is given by two, or by the only one there is', () => {
    fc.assert(
      fc.property(wanted, (asked) => {
        const decided = decideGrant(asked, ROLE_RULES);
        if (!decided.ok || decided.value.kind !== 'give') return;
        const { firstId, isByOnlyAdministrator } = decided.value;
        const own = asked.forId ?? asked.byId;
        const others = asked.administrators.filter(
          (id) => id !== own && id !== asked.byId && id !== asked.person.id,
        );
        if (!ROLE_RULES.privileged.includes(asked.role)) {
          expect([firstId, isByOnlyAdministrator]).toEqual([null, false]);
        } else if (isByOnlyAdministrator) expect(others).toEqual([]);
        else {
          expect(firstId).not.toBe(own);
          expect(asked.administrators).toContain(firstId);
        }
      }),
    );
  });

  it('that waits asks administrators other than the granter and the person', () => {
    fc.assert(
      fc.property(wanted, (asked) => {
        const decided = decideGrant(asked, ROLE_RULES);
        if (!decided.ok || decided.value.kind !== 'propose') return;
        expect(ROLE_RULES.privileged).toContain(asked.role);
        expect(decided.value.seconds.length).toBeGreaterThan(0);
        for (const id of decided.value.seconds) {
          expect(asked.administrators).toContain(id);
          expect([asked.byId, asked.forId, asked.person.id]).not.toContain(id);
        }
      }),
    );
  });

  const gtl = (by: Partial<WantedGrant>) =>
    decideGrant(
      {
        byId: 'ann',
        forId: null,
        person: { id: 'x', roles: [], email: 'x@example.gov' },
        role: 'gtl',
        administrators: ['ann', 'ben'],
        proposedById: null,
        ...by,
      },
      ROLE_RULES,
    );

  it('waits for a second administrator, who can’t be the first under another name', () => {
    expect(gtl({})).toEqual({ ok: true, value: { kind: 'propose', seconds: ['ben'] } });
    expect(gtl({ proposedById: 'ann' })).toMatchObject({ refusal: { code: 'same-person' } });
    expect(gtl({ byId: 'cay', forId: 'ann', proposedById: 'ann' })).toMatchObject({
      refusal: { code: 'same-person' },
    });
    expect(gtl({ byId: 'ben', proposedById: 'ann' })).toMatchObject({
      value: { kind: 'give', firstId: 'ann' },
    });
  });

  it('is not helped by the yes of somebody who administers no more', () => {
    expect(gtl({ byId: 'ben', proposedById: 'gone' })).toMatchObject({ value: { kind: 'propose' } });
  });
});

describe('taking a role back', () => {
  const revoke = (roles: readonly Role[], role: Role, administrators: string[], isProposed = false) =>
    decideRevoke({ person: { id: 'x', roles }, role, administrators, isProposed });

  it('ends what is held, drops what waits, and refuses what is neither', () => {
    expect(revoke(['gtl'], 'gtl', ['ann'])).toEqual({ ok: true, value: 'end' });
    expect(revoke([], 'gtl', ['ann'], true)).toEqual({ ok: true, value: 'drop' });
    expect(revoke([], 'gtl', ['ann'])).toMatchObject({ refusal: { code: 'has-not' } });
  });

  it('leaves at least one administrator', () => {
    expect(revoke(['platform_admin'], 'platform_admin', ['x'])).toMatchObject({
      refusal: { code: 'last-administrator' },
    });
    expect(revoke(['platform_admin'], 'platform_admin', ['x', 'ann']).ok).toBe(true);
  });
});

describe('a roster', () => {
  const grant = (role: Role, byId: string, endedById: string | null = null): RoleGrant => ({
    id: `${role}-${byId}`,
    personId: 'x',
    role,
    granted: { byId, at: AT },
    ended: endedById === null ? null : { byId: endedById, at: AT },
  });

  it('gives its roles, beside those that were granted in chat or by a setting', () => {
    const held = [grant('cra', BY_ROSTER), grant('gtl', 'ann')];
    expect(rolesByRoster(['ispg_team'], held, [], ROLE_RULES).roles).toEqual(['ispg_team', 'gtl']);
    expect(rolesByRoster([], [grant('platform_admin', BY_SETTING)], [], ROLE_RULES).roles).toEqual([
      'platform_admin',
    ]);
  });

  it('never gives back what an administrator took, and gives again what it had only left out', () => {
    const byHand = rolesByRoster(['gtl'], [], [grant('gtl', BY_ROSTER, 'ann')], ROLE_RULES);
    expect(byHand).toMatchObject({ roles: [], withheld: ['gtl'] });
    const byFile = rolesByRoster(['gtl'], [], [grant('gtl', BY_ROSTER, BY_ROSTER)], ROLE_RULES);
    expect(byFile).toMatchObject({ roles: ['gtl'], withheld: [] });
    const anew = rolesByRoster(['gtl'], [grant('gtl', 'ann')], [grant('gtl', 'ann', 'ann')], ROLE_RULES);
    expect(anew).toMatchObject({ roles: ['gtl'], withheld: [] });
  });

  it('gives nothing at odds with what was granted', () => {
    const made = rolesByRoster(['gtl', 'cra'], [grant('platform_admin', 'ann')], [], ROLE_RULES);
    expect(made.roles).toEqual(['platform_admin']);
    expect(made.clashing).toHaveLength(2);
  });

  it('read twice gives the same as read once, and nothing but what is named or granted', () => {
    const grants = fc
      .uniqueArray(fc.constantFrom(...ROLES), { maxLength: 3 })
      .map((roles) => roles.map((role, at) => grant(role, at % 2 === 0 ? 'ann' : BY_ROSTER)));
    fc.assert(
      fc.property(someRoles, grants, grants, (named, held, ended) => {
        const before = ended.map((each) => ({ ...each, ended: { byId: 'ann', at: AT } }));
        const once = rolesByRoster(named, held, before, ROLE_RULES);
        const granted = held.filter((each) => each.granted.byId !== BY_ROSTER).map(({ role }) => role);
        expect(new Set(once.roles).size).toBe(once.roles.length);
        for (const role of once.roles) expect([...named, ...granted]).toContain(role);
        for (const role of granted) expect(once.roles).toContain(role);
        expect(rolesByRoster(named, held, before, ROLE_RULES)).toEqual(once);
      }),
    );
  });
});
