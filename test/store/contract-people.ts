import { expect, test } from 'vitest';
import type { Store, Tx } from '../../src/ports.ts';
import { aConversation, aDelivery, aMeeting, anEngagement, aPerson, at } from './samples.ts';

/** Who somebody is on a platform, and what becomes of two people that are one. */
export function peopleContract(store: () => Store): void {
  const within = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => store().transaction(work);

  test('what a platform said of its user is kept with the link, and what was never said is not', async () => {
    await within(async (tx) => {
      await tx.people.save([aPerson()]);
      await tx.people.linkPlatformUser('slack', 'T1/U1', 'bo');
      expect(await tx.people.link('slack', 'T1/U1')).toEqual({
        person: aPerson(),
        verifiedAt: null,
        unlinkedAt: null,
        homeOpenedAt: null,
        locale: null,
      });
      expect(await tx.people.link('slack', 'T1/U2')).toBeNull();
      await tx.people.changeLink('slack', 'T1/U1', { verifiedAt: at(1), locale: 'en-US' });
      await tx.people.changeLink('slack', 'T1/U2', { verifiedAt: at(1) });
      expect(await tx.people.link('slack', 'T1/U1')).toMatchObject({
        verifiedAt: at(1),
        locale: 'en-US',
      });
      expect(await tx.people.verified()).toEqual(['bo']);
    });
  });

  test('an account that was unlinked is no address, and has no page', async () => {
    await within(async (tx) => {
      await tx.people.save([aPerson()]);
      await tx.people.linkPlatformUser('slack', 'T1/U1', 'bo');
      await tx.people.changeLink('slack', 'T1/U1', { homeOpenedAt: at(1) });
      expect((await tx.people.homes('bo')).map(({ id }) => id)).toEqual(['T1/U1']);
      await tx.people.changeLink('slack', 'T1/U1', { unlinkedAt: at(1) });
      expect(await tx.people.addresses('bo')).toEqual([]);
      expect(await tx.people.homes('bo')).toEqual([]);
    });
  });

  test('an account that was found comes after those that were spoken from, and the console after all', async () => {
    await within(async (tx) => {
      await tx.people.save([aPerson()]);
      await tx.people.linkPlatformUser('teams', 'T', 'bo');
      await tx.people.linkFoundUser('slack', 'T1/U1', 'bo');
      await tx.people.linkPlatformUser('console', 'bo', 'bo');
      expect((await tx.people.addresses('bo')).map(({ platform }) => platform)).toEqual([
        'teams',
        'slack',
        'console',
      ]);
      // Nobody takes somebody's account away by finding it.
      await tx.people.save([aPerson({ id: 'other', email: 'other@example.gov' })]);
      await tx.people.linkFoundUser('slack', 'T1/U1', 'other');
      expect((await tx.people.byPlatformUser('slack', 'T1/U1'))?.id).toBe('bo');
    });
  });

  test('people to be found are those with a role and a mailbox who have no account there', async () => {
    await within(async (tx) => {
      await tx.people.save([
        aPerson(),
        aPerson({ id: 'guest', roles: [], email: 'guest@example.gov' }),
        aPerson({ id: 'mailless', email: null }),
        aPerson({ id: 'zoe', email: 'zoe@example.gov' }),
      ]);
      await tx.people.linkPlatformUser('teams', 'T', 'zoe');
      const found = async (after: string, limit: number) =>
        (await tx.people.withoutLink('slack', after, limit)).map(({ id }) => id);
      expect(await found('', 10)).toEqual(['bo', 'zoe']);
      expect(await found('', 1)).toEqual(['bo']);
      expect(await found('bo', 10)).toEqual(['zoe']);
      await tx.people.linkFoundUser('slack', 'T1/U1', 'bo');
      expect(await found('', 10)).toEqual(['zoe']);
    });
  });

  test('a mailbox is that of whoever is on the roster, before anybody else', async () => {
    await within(async (tx) => {
      await tx.people.save([aPerson({ id: 'a-guest', roles: [] }), aPerson({ id: 'bo' })]);
      expect((await tx.people.byEmail('bo_owner@example.gov'))?.id).toBe('bo');
    });
  });

  test('two people that are one become the second, with all the first was part of', async () => {
    await within(async (tx) => {
      await tx.people.save([aPerson({ id: 'guest', roles: [], email: null, calendarToken: 'g' }), aPerson()]);
      await tx.people.linkPlatformUser('slack', 'T1/U1', 'guest');
      await tx.engagements.insert(
        anEngagement({ requesterId: 'guest', businessOwnerId: 'guest', memberIds: ['guest', 'bo'] }),
      );
      await tx.meetings.insert(aMeeting({ attendeeIds: ['guest', 'lead'], organizerId: 'ispg' }));
      await tx.conversations.insert(aConversation({ personId: 'guest' }));
      await tx.contact.addLeave({ id: 'l1', personId: 'guest', fromOn: '2026-12-21', toOn: '2026-12-24' });
      await tx.people.merge('guest', 'bo');
      expect(await tx.people.get('guest')).toBeNull();
      expect((await tx.people.byPlatformUser('slack', 'T1/U1'))?.id).toBe('bo');
      const [engagement] = await tx.engagements.ofPerson('bo');
      expect(engagement).toMatchObject({ requesterId: 'bo', businessOwnerId: 'bo', memberIds: ['bo'] });
      expect((await tx.meetings.get(aMeeting().id))?.attendeeIds).toEqual(['bo', 'lead']);
      expect((await tx.conversations.current('bo'))?.id).toBe(aConversation().id);
      expect(await tx.contact.leaves(['bo'], '2026-12-01')).toHaveLength(1);
    });
  });

  test('where both have something of which there is only one, the second keeps theirs', async () => {
    await within(async (tx) => {
      await tx.people.save([aPerson({ id: 'guest', roles: [], email: null, calendarToken: 'g' }), aPerson()]);
      await tx.conversations.insert(aConversation({ personId: 'guest' }));
      await tx.conversations.insert(aConversation({ id: 'own' }));
      const settings = { workHours: null, quietHours: null, inaugurationDay: false, rhythm: null };
      await tx.contact.save({ ...settings, personId: 'guest', muted: ['surveys'] });
      await tx.contact.save({ ...settings, personId: 'bo', muted: ['check-ins'] });
      await tx.people.merge('guest', 'bo');
      expect((await tx.conversations.current('bo'))?.id).toBe('own');
      expect((await tx.conversations.get(aConversation().id))?.status).toBe('cancelled');
      expect(await tx.contact.settings(['bo'])).toMatchObject([{ muted: ['check-ins'] }]);
    });
  });

  test('an installation is kept as it was sealed, replaced by a newer one, and gone when it is taken out', async () => {
    const { installations } = store();
    await installations.put({ platform: 'slack', id: 'T2', sealed: 'b' }, at(1));
    await installations.put({ platform: 'slack', id: 'T1', sealed: 'a' }, at(1));
    await installations.put({ platform: 'slack', id: 'T1', sealed: 'c' }, at(2));
    expect(await installations.get('slack', 'T1')).toEqual({ platform: 'slack', id: 'T1', sealed: 'c' });
    expect(await installations.get('teams', 'T1')).toBeNull();
    expect((await installations.list('slack')).map(({ id }) => id)).toEqual(['T1', 'T2']);
    await installations.remove('slack', 'T1');
    await installations.remove('slack', 'T9');
    expect((await installations.list('slack')).map(({ id }) => id)).toEqual(['T2']);
  });

  test('whom a change wrote to is told once it is committed, and never of one that was rolled back', async () => {
    const heard: string[] = [];
    store().deliveries.onWritten((personId) => heard.push(personId));
    await within(async (tx) => {
      await tx.deliveries.enqueue(aDelivery('k1', { to: { kind: 'person', personId: 'bo' } }));
      await tx.deliveries.enqueue(aDelivery('k2', { to: { kind: 'person', personId: 'bo' } }));
      expect(heard).toEqual([]);
    });
    expect(heard).toEqual(['bo']);
    await within(async (tx) => {
      await tx.deliveries.enqueue(aDelivery('k3', { to: { kind: 'person', personId: 'lead' } }));
      throw new Error('no');
    }).catch(() => undefined);
    expect(heard).toEqual(['bo']);
  });
}
