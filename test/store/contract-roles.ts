import { expect, test } from 'vitest';
import { BY_ROSTER, type RoleGrant } from '../../src/domain/role-grants.ts';
import type { StandIn } from '../../src/domain/stand-in.ts';
import type { Store, Tx } from '../../src/ports.ts';
import { aPerson, at } from './samples.ts';

const aGrant = (facts: Partial<RoleGrant> = {}): RoleGrant => ({
  id: 'g1',
  personId: 'bo',
  role: 'gtl',
  granted: { byId: 'admin', at: at(1) },
  ended: null,
  ...facts,
});

const aStandIn = (facts: Partial<StandIn> = {}): StandIn => ({
  id: 's1',
  kind: 'stand-in',
  personId: 'cra',
  forId: 'bo',
  fromOn: '2026-12-21',
  toOn: '2027-01-04',
  named: { byId: 'bo', at: at(1) },
  endedAt: null,
  ...facts,
});

/** Roles by whose word, and who acts for whom. */
export function rolesContract(store: () => Store): void {
  const within = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => store().transaction(work);

  test('a grant is held until it ends, and nobody holds a role twice', async () => {
    const other = aGrant({ id: 'g2', personId: 'cra', role: 'cra', granted: { byId: BY_ROSTER, at: at(0) } });
    await within((tx) => tx.roleGrants.insert([aGrant(), other]));
    await expect(within((tx) => tx.roleGrants.insert([aGrant({ id: 'g3' })]))).rejects.toThrow();
    await within(async (tx) => {
      expect(await tx.roleGrants.held()).toEqual([other, aGrant()]);
      expect(await tx.roleGrants.heldBy('bo')).toEqual([aGrant()]);
      expect(await tx.roleGrants.end(['g1', 'g9'], { byId: 'admin', at: at(5) })).toBe(1);
      expect(await tx.roleGrants.end(['g1'], { byId: 'other', at: at(6) })).toBe(0);
      expect(await tx.roleGrants.end([], { byId: 'other', at: at(6) })).toBe(0);
      expect(await tx.roleGrants.held()).toEqual([other]);
      await tx.roleGrants.insert([aGrant({ id: 'g4', granted: { byId: 'admin', at: at(7) } })]);
    });
  });

  test('of each person and role the grant that ended last is known', async () => {
    const ended = (id: string, minutes: number) =>
      aGrant({ id, ended: { byId: 'admin', at: at(minutes) }, granted: { byId: 'admin', at: at(0) } });
    await within(async (tx) => {
      await tx.roleGrants.insert([ended('g1', 3), ended('g2', 9), ended('g3', 5), aGrant({ id: 'g4' })]);
      expect((await tx.roleGrants.lastEnded()).map(({ id }) => id)).toEqual(['g2']);
    });
  });

  test('a word about a role gives nothing, and is forgotten with the others about it', async () => {
    const word = (id: string, minutes: number) => ({
      id,
      personId: 'bo',
      role: 'gtl' as const,
      said: { byId: 'admin', at: at(minutes) },
    });
    await within(async (tx) => {
      await tx.roleGrants.say(word('w2', 2));
      await tx.roleGrants.say(word('w1', 1));
      await tx.roleGrants.say({ ...word('w3', 3), role: 'cor' });
      await tx.roleGrants.insert([aGrant()]);
      expect(await tx.roleGrants.held()).toEqual([aGrant()]);
      expect(await tx.roleGrants.lastEnded()).toEqual([]);
      expect((await tx.roleGrants.words()).map(({ id }) => id)).toEqual(['w1', 'w2', 'w3']);
      expect((await tx.roleGrants.words())[0]).toEqual(word('w1', 1));
      expect(await tx.roleGrants.unsay('bo', 'gtl')).toBe(2);
      expect((await tx.roleGrants.words()).map(({ id }) => id)).toEqual(['w3']);
      expect(await tx.roleGrants.heldBy('bo')).toEqual([aGrant()]);
    });
  });

  test('whoever speaks comes with their roles, their last day and those for whom they act on that day', async () => {
    const cra = aPerson({ id: 'cra', roles: ['cra'], components: ['OIT', 'CM'], email: 'cra@example.gov' });
    await within(async (tx) => {
      await tx.people.save([
        aPerson(),
        cra,
        aPerson({ id: 'bo2', components: [], email: 'bo2@example.gov' }),
      ]);
      await tx.standIns.insert(aStandIn());
      await tx.standIns.insert(aStandIn({ id: 's2', kind: 'delegate', forId: 'bo2', toOn: null }));
      await tx.standIns.insert(aStandIn({ id: 's3', forId: 'nobody' }));
      await tx.standIns.insert(aStandIn({ id: 's4', forId: 'bo2', endedAt: at(2) }));
      const on = async (day: string) => (await tx.standIns.acting(['cra', 'ghost'], day)).get('cra');
      const base = { roles: ['cra'], components: ['OIT', 'CM'], lastSpokeOn: null };
      expect(await on('2026-12-20')).toEqual({ ...base, standsInFor: [], delegateOf: [] });
      expect(await on('2026-12-21')).toEqual({
        ...base,
        standsInFor: [{ id: 'bo', roles: ['business_owner'], components: ['OIT'] }],
        delegateOf: ['bo2'],
      });
      expect(await on('2027-01-05')).toEqual({ ...base, standsInFor: [], delegateOf: ['bo2'] });
      await tx.people.noteSpoke('cra', '2026-12-01');
      expect((await on('2026-12-20'))?.lastSpokeOn).toBe('2026-12-01');
      expect(await tx.people.lastSpoke()).toEqual(new Map([['cra', '2026-12-01']]));
      expect((await tx.standIns.acting(['ghost'], '2026-12-21')).size).toBe(0);
    });
  });

  test('saving a person keeps the day on which they spoke', async () => {
    await within(async (tx) => {
      await tx.people.save([aPerson()]);
      await tx.people.noteSpoke('bo', '2026-12-01');
      await tx.people.save([aPerson({ name: 'Bo Other' })]);
      expect((await tx.people.lastSpoke()).get('bo')).toBe('2026-12-01');
    });
  });

  test('stand-ins are found by both sides while they have not ended, and by day for whoever is away', async () => {
    const later = aStandIn({ id: 's2', personId: 'gtl', fromOn: '2027-01-05', toOn: '2027-01-08' });
    const delegate = aStandIn({ id: 's3', kind: 'delegate', fromOn: '2026-12-01', toOn: null });
    await within(async (tx) => {
      for (const each of [later, aStandIn(), delegate]) await tx.standIns.insert(each);
      expect(await tx.standIns.get('s1')).toEqual(aStandIn());
      expect(await tx.standIns.ofPerson('bo', '2026-12-01')).toEqual([delegate, aStandIn(), later]);
      expect(await tx.standIns.ofPerson('cra', '2027-01-05')).toEqual([delegate]);
      const forBo = async (day: string) =>
        (await tx.standIns.ofDay(day)).filter(({ forId }) => ['bo', 'x'].includes(forId)).map(({ id }) => id);
      expect(await forBo('2026-12-21')).toEqual(['s1']);
      expect(await forBo('2027-01-06')).toEqual(['s2']);
      expect(await forBo('2027-01-09')).toEqual([]);
      expect(await tx.standIns.end('s1', at(3))).toBe(true);
      expect(await tx.standIns.end('s1', at(4))).toBe(false);
      expect(await tx.standIns.get('s1')).toBeNull();
      expect(await forBo('2026-12-21')).toEqual([]);
    });
  });

  test('of two people that are one, grants and stand-ins are the second’s; a role both hold is held once', async () => {
    await within(async (tx) => {
      await tx.people.save([aPerson({ id: 'guest', email: null, calendarToken: 'g' }), aPerson()]);
      await tx.roleGrants.insert([
        aGrant({ id: 'g1', personId: 'guest' }),
        aGrant({ id: 'g2', personId: 'guest', role: 'cor' }),
        aGrant({ id: 'g3', personId: 'bo', role: 'cor', granted: { byId: 'guest', at: at(2) } }),
      ]);
      await tx.standIns.insert(aStandIn({ personId: 'guest', forId: 'gtl' }));
      await tx.people.merge('guest', 'bo');
      expect((await tx.roleGrants.heldBy('bo')).map(({ id }) => id)).toEqual(['g1', 'g3']);
      expect((await tx.roleGrants.heldBy('bo'))[1]?.granted.byId).toBe('bo');
      expect((await tx.standIns.ofPerson('bo', '2026-12-01')).map(({ personId }) => personId)).toEqual([
        'bo',
      ]);
    });
  });
}
