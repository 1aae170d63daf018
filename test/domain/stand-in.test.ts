import { describe, expect, it } from 'vitest';
import { mayEver } from '../../src/domain/access.ts';
import { actedAs, actsFor } from '../../src/domain/acting-for.ts';
import type { Person, Role } from '../../src/domain/person.ts';
import { checkDelegate, checkStandIn, isStandingIn, type StandIn } from '../../src/domain/stand-in.ts';
import { ROLE_RULES } from '../../src/offerings/role-rules.ts';
import { anEngagement, aPerson, at } from '../store/samples.ts';

const person = (id: string, ...roles: Role[]): Person => aPerson({ id, roles, components: ['OIT'] });
const TODAY = '2026-12-01';
const days = (fromOn: string, toOn: string) => ({ fromOn, toOn });
const check = (
  acting: Person,
  absent: Person,
  on = days('2026-12-21', '2027-01-04'),
  known: StandIn[] = [],
) => {
  const made = checkStandIn(acting, absent, on, { today: TODAY, known, rules: ROLE_RULES });
  return made.ok ? 'ok' : made.refusal.code;
};
const standIn = (facts: Partial<StandIn> = {}): StandIn => ({
  id: 's',
  kind: 'stand-in',
  personId: 'cra',
  forId: 'bo',
  fromOn: '2026-12-21',
  toOn: '2027-01-04',
  named: { byId: 'bo', at: at(0) },
  endedAt: null,
  ...facts,
});

describe('a stand-in', () => {
  it('is somebody else with a role, on the same side', () => {
    const bo = person('bo', 'business_owner');
    expect(check(person('cra', 'cra'), bo)).toBe('ok');
    expect(check(bo, bo)).toBe('same-person');
    expect(check(person('guest'), bo)).toBe('no-role');
    expect(check(person('cra', 'cra'), person('guest'))).toBe('no-role');
    expect(check(person('lead', 'contractor_lead'), bo)).toBe('other-side');
    expect(check(person('cra', 'cra'), person('lead', 'contractor_lead'))).toBe('other-side');
  });

  it('never gets roles together that don’t go together', () => {
    expect(check(person('gtl', 'gtl'), person('admin', 'platform_admin'))).toBe('clash');
    expect(check(person('admin', 'platform_admin'), person('gtl', 'gtl'))).toBe('clash');
    expect(check(person('admin2', 'platform_admin'), person('admin', 'platform_admin'))).toBe('ok');
  });

  it('has days that are not over, in order, and not too far ahead', () => {
    const [cra, bo] = [person('cra', 'cra'), person('bo', 'business_owner')];
    expect(check(cra, bo, days('2026-12-05', '2026-12-04'))).toBe('ends-before-start');
    expect(check(cra, bo, days('2026-11-01', '2026-11-30'))).toBe('past');
    expect(check(cra, bo, days('2026-11-30', TODAY))).toBe('ok');
    expect(check(cra, bo, days('2026-12-05', '2027-12-02'))).toBe('ok');
    expect(check(cra, bo, days('2026-12-05', '2027-12-03'))).toBe('too-far');
  });

  it('is named once for the same days', () => {
    const [cra, bo] = [person('cra', 'cra'), person('bo', 'business_owner')];
    expect(check(cra, bo, days('2027-01-04', '2027-01-05'), [standIn()])).toBe('already');
    expect(check(cra, bo, days('2027-01-05', '2027-01-06'), [standIn()])).toBe('ok');
    expect(check(cra, bo, days('2027-01-04', '2027-01-05'), [standIn({ endedAt: at(0) })])).toBe('ok');
    expect(check(cra, bo, days('2027-01-04', '2027-01-05'), [standIn({ personId: 'gtl' })])).toBe('ok');
  });

  it('counts on its first and last day, and not beside them or once it has ended', () => {
    const on = (day: string, facts: Partial<StandIn> = {}) => isStandingIn(standIn(facts), day);
    expect([on('2026-12-20'), on('2026-12-21'), on('2027-01-04'), on('2027-01-05')]).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect(on('2030-01-01', { toOn: null })).toBe(true);
    expect(on('2026-12-25', { endedAt: at(0) })).toBe(false);
  });
});

describe('a delegate', () => {
  const bo = person('bo', 'business_owner');
  const delegate = (acting: Person, known: StandIn[] = []) => {
    const made = checkDelegate(acting, bo, known);
    return made.ok ? 'ok' : made.refusal.code;
  };

  it('is a federal employee of the Business Owner’s component who administers nothing', () => {
    expect(delegate(person('guardian', 'data_guardian'))).toBe('ok');
    expect(delegate(bo)).toBe('same-person');
    expect(delegate(person('isso', 'service_isso'))).toBe('other-side');
    expect(delegate(person('admin', 'platform_admin'))).toBe('clash');
    expect(delegate({ ...person('far', 'data_guardian'), components: ['CMCS'] })).toBe('other-component');
  });

  it('is named once', () => {
    const known = [standIn({ kind: 'delegate', personId: 'guardian', toOn: null })];
    expect(delegate(person('guardian', 'data_guardian'), known)).toBe('already');
  });
});

describe('in whose name somebody acts', () => {
  const engagement = anEngagement({ businessOwnerId: 'bo', requesterId: 'bo', state: 'ACTIVE' });
  const bo = { id: 'bo', roles: ['business_owner'] as const, components: ['OIT'] };
  const cra = person('cra2', 'cra');

  it('is their own wherever they may themselves', () => {
    const ispg = { ...person('ispg', 'ispg_team'), standsInFor: [bo] };
    expect(actedAs(ispg, 'member.grant', engagement)).toEqual({ forId: null, role: 'ispg_team' });
  });

  it('is that of whom they stand in for where only that gives the right', () => {
    const acting = { ...cra, components: [], standsInFor: [bo] };
    expect(actedAs(acting, 'candidate.accept', { ...engagement, state: 'CANDIDATE_PROPOSED' })).toEqual({
      forId: 'bo',
      role: 'business_owner',
    });
  });

  it('is the Business Owner’s for a delegate', () => {
    const acting = { ...person('guardian', 'data_guardian'), delegateOf: ['bo'] };
    expect(actedAs(acting, 'preparation.write', engagement)).toEqual({ forId: 'bo', role: 'bo_delegate' });
  });

  it('is that of the first whose right it takes, where no record is concerned', () => {
    const gtl = { id: 'gtl', roles: ['gtl'] as const, components: [] };
    const acting = { ...person('ispg', 'ispg_team'), standsInFor: [bo, gtl] };
    const names = (who: Person) => mayEver(who, 'stand-in.name-others');
    expect(actsFor(acting, names)).toBe('gtl');
    expect(actsFor({ ...acting, roles: ['gtl'] }, names)).toBeNull();
  });
});
