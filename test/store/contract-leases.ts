import { expect, test } from 'vitest';
import type { Delivery, Lease, NewDelivery, PutOff, Store } from '../../src/ports.ts';
import { aDelivery, at } from './samples.ts';

const toBo = { to: { kind: 'person', personId: 'bo' } } as const;
const address = { platform: 'slack', id: 'D1', timeZone: 'UTC' } as const;
const about = { about: 'meeting:m1' } as const;

/** What is in somebody's hands stays theirs until they lose it, and does not come back once it is taken back. */
export function leasesContract(store: () => Store): void {
  const enqueue = (...deliveries: NewDelivery[]): Promise<void> =>
    store().transaction(async (tx) => {
      for (const delivery of deliveries) await tx.deliveries.enqueue(delivery);
    });
  const claim = (minutes: number): Promise<Delivery[]> =>
    store().deliveries.claimDue({ now: at(minutes), limit: 10, leaseMs: 60_000 });
  const later = (lease: Lease, minutes: number, kind: PutOff['kind'] = 'failed'): Promise<void> =>
    store().deliveries.later(lease, { kind, dueAt: at(minutes), reason: 'not now', at: at(minutes - 1) });
  const suppress = (): Promise<number> =>
    store().transaction((tx) => tx.deliveries.suppress('meeting:m1', 'cancelled'));
  const isOurs = async (lease: Lease, until: Date): Promise<boolean | undefined> =>
    (await store().deliveries.check([lease], until))[0]?.isOurs;
  /** The lease of a row claimed for the first time. */
  const first = (key: string): Lease => ({ key, attempts: 1 });
  const keys = (deliveries: readonly Delivery[]): string[] => deliveries.map(({ key }) => key);

  test('who lost the lease changes nothing, and what was posted is posted all the same', async () => {
    await enqueue(aDelivery('k'));
    const [mine] = await claim(0);
    const [theirs] = await claim(1);
    if (!mine || !theirs) throw new Error('claimed twice, as the lease had ended');
    expect(await isOurs(mine, at(5))).toBe(false);
    await later(mine, 9);
    await store().deliveries.finish(mine, 'expired', 'too late', at(1));
    expect(await store().deliveries.find('k')).toMatchObject({ state: 'leased', failures: 0, reason: null });
    expect(await store().deliveries.nextDueAt()).toEqual(at(2));
    expect(await isOurs(theirs, at(5))).toBe(true);
    expect(await store().deliveries.nextDueAt()).toEqual(at(5));
    expect(await claim(4)).toEqual([]);
    await store().deliveries.sent('k', address, 'slack-1', at(1));
    expect(await isOurs(theirs, at(6))).toBe(false);
    expect(await store().deliveries.find('k')).toMatchObject({ state: 'sent', platformMessageId: 'slack-1' });
  });

  test('failing and being asked to wait are counted apart', async () => {
    await enqueue(aDelivery('k'));
    await claim(0);
    await later(first('k'), 1, 'asked-to-wait');
    expect(await store().deliveries.find('k')).toMatchObject({
      failures: 0,
      waitingSince: at(0),
      dueAt: at(1),
    });
    await claim(1);
    await later({ key: 'k', attempts: 2 }, 2, 'asked-to-wait');
    await claim(2);
    await later({ key: 'k', attempts: 3 }, 3);
    expect(await store().deliveries.find('k')).toMatchObject({
      attempts: 3,
      failures: 1,
      waitingSince: at(0),
    });
  });

  const newer = (): Promise<unknown> => enqueue(aDelivery('newer', { ...toBo, card: 'card' }));
  test.each([
    ['a newer one of its card', 'superseded', newer],
    ['the end of its subject', 'cancelled', suppress],
  ])('what is on its way is not tried again after %s, and nothing overtakes it', async (_, reason, ends) => {
    await enqueue(aDelivery('one', { ...toBo, ...about, card: 'card' }));
    await claim(0);
    await ends();
    await enqueue(aDelivery('behind', toBo));
    expect(await claim(0)).toEqual([]);
    expect(await store().deliveries.find('one')).toMatchObject({ state: 'leased', reason: null });
    await later(first('one'), 10);
    expect(await store().deliveries.find('one')).toMatchObject({ state: 'suppressed', reason });
    expect(keys(await claim(0))).toEqual([...(reason === 'superseded' ? ['newer'] : []), 'behind']);
  });

  test('what was taken back while it was leased ends in whichever way its holder goes on', async () => {
    const { deliveries } = store();
    await enqueue(...['renewed', 'finished', 'posted', 'crashed'].map((key) => aDelivery(key, about)));
    await claim(0);
    expect(await suppress()).toBe(4);
    expect(await suppress()).toBe(0);
    expect(await isOurs(first('renewed'), at(5))).toBe(false);
    await deliveries.finish(first('finished'), 'unreachable', 'gone', at(0));
    await deliveries.sent('posted', address, 'slack-1', at(0));
    for (const key of ['renewed', 'finished'])
      expect(await deliveries.find(key)).toMatchObject({ state: 'suppressed', reason: 'cancelled' });
    expect(await deliveries.find('posted')).toMatchObject({ state: 'sent' });
    const [again, ...others] = await claim(1);
    expect([again?.key, others]).toEqual(['crashed', []]);
    expect(await isOurs({ key: 'crashed', attempts: 2 }, at(5))).toBe(false);
    expect(await deliveries.nextDueAt()).toBeNull();
  });
}
