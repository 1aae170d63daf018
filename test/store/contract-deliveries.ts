import { expect, test } from 'vitest';
import { digestCard } from '../../src/domain/digest-mark.ts';
import { say } from '../../src/messages/message.ts';
import type { Delivery, Lease, NewDelivery, Store } from '../../src/ports.ts';
import { leasesContract } from './contract-leases.ts';
import { aDelivery, aPerson, at } from './samples.ts';

const toBo = { to: { kind: 'person', personId: 'bo' } } as const;
const address = { platform: 'slack', id: 'D1', timeZone: 'UTC' } as const;

/** A message is written once, claimed by one, in its recipient's order, and its end is kept. */
export function deliveriesContract(store: () => Store): void {
  const enqueue = (...deliveries: NewDelivery[]): Promise<boolean[]> =>
    store().transaction(async (tx) => {
      const answers: boolean[] = [];
      for (const delivery of deliveries) answers.push(await tx.deliveries.enqueue(delivery));
      return answers;
    });
  const claim = (minutes: number, limit = 10): Promise<Delivery[]> =>
    store().deliveries.claimDue({ now: at(minutes), limit, leaseMs: 60_000 });
  const later = (lease: Lease, minutes: number): Promise<void> =>
    store().deliveries.later(lease, { kind: 'failed', dueAt: at(minutes), reason: 'not now', at: at(0) });
  /** The lease of a row claimed for the first time. */
  const first = (key: string): Lease => ({ key, attempts: 1 });
  const keys = (deliveries: readonly Delivery[]): string[] => deliveries.map(({ key }) => key);

  test('a key is written once, and reads back as it was written', async () => {
    const first = aDelivery('k', {
      kind: 'reminder',
      expiresAt: at(60),
      stillTrue: { kind: 'meeting-in', meetingId: 'm1', states: ['booked'], version: null },
      about: 'meeting:m1',
    });
    expect(await enqueue(first, aDelivery('k', { message: say('Other.') }))).toEqual([true, false]);
    const found = await store().deliveries.find('k');
    expect(found).toMatchObject({ ...first, state: 'pending', attempts: 0, reason: null, sentAt: null });
    expect(await store().deliveries.find('none')).toBeNull();
  });

  test('only what is due is claimed, in order, and not twice while the lease lasts', async () => {
    await enqueue(aDelivery('later', { dueAt: at(5) }), aDelivery('b'), aDelivery('a'));
    expect(keys(await claim(0))).toEqual(['b', 'a']);
    expect(await claim(0)).toEqual([]);
    const again = await claim(1);
    expect(keys(again)).toEqual(['b', 'a']);
    expect(again[0]).toMatchObject({ state: 'leased', attempts: 2 });
    expect(keys(await claim(5, 1))).toEqual(['b']);
  });

  test('claimers at the same moment share the work without sharing a row', async () => {
    await enqueue(...Array.from({ length: 60 }, (_, index) => aDelivery(`share-${index}`)));
    const claims = await Promise.all(Array.from({ length: 8 }, () => claim(0, 10)));
    const claimed = claims.flatMap(keys);
    expect(new Set(claimed).size).toBe(claimed.length);
    expect([...claimed, ...keys(await claim(0, 100))]).toHaveLength(60);
  });

  test("a recipient's messages are claimed together and in order, and by one run only", async () => {
    await enqueue(aDelivery('1', toBo), aDelivery('2', toBo), aDelivery('3', toBo), aDelivery('other'));
    expect(keys(await claim(0))).toEqual(['1', '2', '3', 'other']);
    await enqueue(aDelivery('4', toBo), aDelivery('another'));
    expect(keys(await claim(0))).toEqual(['another']);
    for (const key of ['1', '2', '3']) await store().deliveries.sent(key, address, `slack-${key}`, at(0));
    expect(keys(await claim(0))).toEqual(['4']);
  });

  test('a message that has to wait keeps those behind it waiting, and nobody else', async () => {
    await enqueue(aDelivery('1', toBo), aDelivery('other'));
    await claim(0);
    await later(first('1'), 10);
    await enqueue(aDelivery('2', toBo));
    expect(await claim(0)).toEqual([]);
    expect(await store().deliveries.nextDueAt()).toEqual(at(1)); // the lease of the other one
    await store().deliveries.finish(first('other'), 'expired', 'too late', at(0));
    expect(await store().deliveries.nextDueAt()).toEqual(at(10));
    expect(keys(await claim(10))).toEqual(['1', '2']);
  });

  test('what was begun comes before what waited behind it, also when more is due than is claimed at once', async () => {
    await enqueue(...['1', '2', '3', '4'].map((key) => aDelivery(key, { ...toBo, dueAt: at(0) })));
    expect(keys(await claim(0, 2))).toEqual(['1', '2']);
    await store().deliveries.sent('1', address, 'slack-1', at(0));
    // The lease of 2 has ended: it is due since then, 3 and 4 have been all along.
    expect(keys(await claim(2, 2))).toEqual(['2', '3']);
    await later({ key: '2', attempts: 2 }, 3);
    await store().deliveries.later(first('3'), { kind: 'paced', dueAt: at(3), reason: 'waits', at: at(2) });
    expect(keys(await claim(4, 1))).toEqual(['2']);
  });

  test('a message that is held for its hour holds nobody up', async () => {
    await enqueue(aDelivery('1', toBo));
    await claim(0);
    await store().deliveries.later(first('1'), {
      kind: 'held',
      dueAt: at(600),
      reason: 'quiet hours',
      at: at(0),
    });
    await enqueue(aDelivery('2', toBo));
    expect(keys(await claim(0))).toEqual(['2']);
    expect(await store().deliveries.find('1')).toMatchObject({
      dueAt: at(600),
      firstDueAt: null,
      failures: 0,
    });
  });

  test('what was in hand when its lease ended is claimed as unsettled, and stays so until it is known', async () => {
    await enqueue(aDelivery('1', toBo));
    expect((await claim(0))[0]).toMatchObject({ unsettledSince: null });
    expect((await claim(2))[0]).toMatchObject({ unsettledSince: at(2), attempts: 2 });
    const put = { kind: 'asked-to-wait', dueAt: at(3), reason: 'away', at: at(2) } as const;
    await store().deliveries.later({ key: '1', attempts: 2 }, put);
    expect((await claim(3))[0]).toMatchObject({ unsettledSince: at(2) });
    await store().deliveries.later({ key: '1', attempts: 3 }, { ...put, dueAt: at(4), isSettled: true });
    expect((await claim(4))[0]).toMatchObject({ unsettledSince: null });
  });

  test("a person's routine messages that come due are claimed for one bundle, which is the message of the day", async () => {
    const routine = (key: string, minutes: number) =>
      aDelivery(key, { ...toBo, urgency: 'routine', dueAt: at(minutes) });
    await enqueue(
      routine('now', 0),
      routine('soon', 60),
      routine('tomorrow', 1440),
      aDelivery('told', { ...toBo, dueAt: at(60) }),
    );
    const [leader] = await claim(0);
    const ahead = await store().deliveries.claimForBundle({
      personId: 'bo',
      before: at(900),
      limit: 10,
      leaseUntil: at(1),
    });
    expect(keys(ahead)).toEqual(['soon']);
    if (!leader) throw new Error('nothing was claimed');
    await store().transaction((tx) => tx.people.save([aPerson()]));
    await store().deliveries.bundle(leader, [leader, ...ahead], { personId: 'bo', day: '2026-03-02' });
    const [facts] = await store().deliveries.check([leader], at(1));
    expect(facts?.reader).toMatchObject({ lastDaily: { day: '2026-03-02', key: 'now' } });
    expect(await store().deliveries.find('soon')).toMatchObject({ bundle: 'now', state: 'leased' });
  });

  test('a message for tomorrow does not hold up one for today', async () => {
    await enqueue(aDelivery('tomorrow', { ...toBo, dueAt: at(1440) }), aDelivery('today', toBo));
    expect(keys(await claim(0))).toEqual(['today']);
    await store().deliveries.sent('today', address, 'x', at(0));
    expect(await store().deliveries.nextDueAt()).toEqual(at(1440));
  });

  test('what was sent stays sent', async () => {
    await enqueue(aDelivery('k'));
    await claim(0);
    await store().deliveries.sent('k', address, 'slack-7', at(1));
    await later(first('k'), 9);
    await store().deliveries.finish(first('k'), 'expired', 'too late', at(9));
    expect(await store().deliveries.find('k')).toMatchObject({
      state: 'sent',
      reason: null,
      sentAt: at(1),
      platform: 'slack',
      platformMessageId: 'slack-7',
    });
    expect(await store().deliveries.nextDueAt()).toBeNull();
  });

  test('the newest pending state of a card is the only one that goes out', async () => {
    await enqueue(aDelivery('v1', { ...toBo, card: 'card' }), aDelivery('v2', { ...toBo, card: 'card' }));
    expect(keys(await claim(0))).toEqual(['v2']);
    expect(await store().deliveries.find('v1')).toMatchObject({ state: 'suppressed', reason: 'superseded' });
    expect(await enqueue(aDelivery('v1', { ...toBo, card: 'card' }))).toEqual([false]);
    expect(await store().deliveries.find('v2')).toMatchObject({ state: 'leased' });
  });

  test('where a card stands is known from its last sending', async () => {
    await enqueue(aDelivery('v1', { card: 'card' }));
    const posted = () => store().transaction((tx) => tx.deliveries.postedCard('card'));
    expect(await posted()).toBeNull();
    await store().deliveries.sent('v1', address, 'slack-1', at(0));
    const expected = { card: 'card', platform: 'slack', addressId: 'D1', messageId: 'slack-1' };
    expect(await posted()).toEqual(expected);
    await enqueue(aDelivery('v2', { card: 'card' }));
    expect(await posted()).toEqual(expected);
  });

  test('all that is pending about a subject is suppressed at once', async () => {
    const about = { about: 'meeting:m1' };
    await enqueue(
      aDelivery('reminder', { ...about, kind: 'reminder' }),
      aDelivery('notice', about),
      aDelivery('else', { about: 'meeting:m2' }),
    );
    const suppress = (kinds?: readonly ['reminder']) =>
      store().transaction((tx) => tx.deliveries.suppress('meeting:m1', 'cancelled', kinds));
    expect(await suppress(['reminder'])).toBe(1);
    expect(await suppress()).toBe(1);
    expect(await suppress()).toBe(0);
    expect(keys(await claim(0))).toEqual(['else']);
    expect(await store().deliveries.find('notice')).toMatchObject({
      state: 'suppressed',
      reason: 'cancelled',
    });
  });

  test('what nobody could be told is listed for somebody to see, by when it was given up', async () => {
    const { deliveries } = store();
    const given = ['old', 'blocked', 'unreachable', 'expired'];
    await enqueue(...given.map((key) => aDelivery(key)));
    await claim(0);
    await deliveries.finish(first('old'), 'blocked', 'x', at(0));
    await deliveries.finish(first('blocked'), 'blocked', 'x', at(1));
    await deliveries.finish(first('unreachable'), 'unreachable', 'x', at(2));
    await deliveries.finish(first('expired'), 'expired', 'x', at(2));
    const listed = await store().transaction((tx) => tx.deliveries.undelivered(at(1)));
    expect(keys(listed)).toEqual(['blocked', 'unreachable']);
  });

  test('a digest was told once it, or what took its place, was sent; its words are those it was given last', async () => {
    const { deliveries } = store();
    const told = (key: string) => store().transaction((tx) => tx.digestFacts.told(key));
    const digest = {
      to: { kind: 'channel', channel: 'ispg' },
      kind: 'digest',
      card: digestCard('first'),
    } as const;
    expect(await told('first')).toBeNull();
    await enqueue(aDelivery('first', { ...digest, message: say('as it was') }));
    expect(await told('first')).toEqual({ isSent: false, message: say('as it was') });
    await enqueue(aDelivery('first=1', { ...digest, kind: 'card', message: say('as it is') }));
    expect(await told('first')).toEqual({ isSent: false, message: say('as it is') });
    await claim(0);
    await deliveries.sent('first=1', address, 'first=1', at(0));
    expect((await told('first'))?.isSent).toBe(true);
  });

  test('a message knows what went out with it, for the one who got it only', async () => {
    const { deliveries } = store();
    const routine = { urgency: 'routine', kind: 'reminder' } as const;
    await enqueue(
      aDelivery('lead', { ...toBo, ...routine }),
      aDelivery('part', { ...toBo, ...routine }),
      aDelivery('lost', { ...toBo, ...routine }),
      aDelivery('alone', toBo),
    );
    const parts = await claim(0);
    const last = () => store().transaction((tx) => tx.deliveries.lastDaily('bo'));
    const sentWith = (key: string, personId = 'bo') =>
      store().transaction(async (tx) => keys(await tx.deliveries.bundledWith(key, personId)));
    expect(await last()).toBeNull();
    const together = parts.slice(0, 3);
    await deliveries.bundle(first('lead'), together, { personId: 'bo', day: '2026-12-01' });
    expect(await sentWith('lead')).toEqual([]);
    for (const key of ['lead', 'part', 'alone']) await deliveries.sent(key, address, 'message', at(0));
    await deliveries.finish(first('lost'), 'expired', 'x', at(0));
    expect(await sentWith('lead')).toEqual(['lead', 'part']);
    expect(await sentWith('alone')).toEqual(['alone']);
    expect(await sentWith('lead', 'bo2')).toEqual([]);
    expect(await last()).toBe('lead');
  });
  leasesContract(store);
}
