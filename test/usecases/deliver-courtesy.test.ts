import { describe, expect, it } from 'vitest';
import type { NewDelivery } from '../../src/ports.ts';
import { deliveriesOn, enqueue, toBo } from '../support/delivering.ts';
import { TUESDAY } from '../support/fakes.ts';

const eastern = (local: string): Date => new Date(`${local}:00-05:00`);
const routine = (key: string, facts: Partial<NewDelivery> = {}): NewDelivery =>
  toBo(key, { urgency: 'routine', kind: 'reminder', ...facts });

describe('what nobody asked for', () => {
  it('comes as one message a business day, the rest of the day bundled into it', async () => {
    const { adapter, run, store } = await deliveriesOn(
      ...Array.from({ length: 12 }, (_, index) =>
        routine(`reason ${index + 1}`, {
          dueAt: eastern(`2026-12-01T${String(8 + index)}:00`.replace('T8', 'T08').replace('T9', 'T09')),
        }),
      ),
    );
    await run(eastern('2026-12-01T08:30'));
    expect(adapter.asked).toHaveLength(1);
    for (let index = 1; index <= 12; index += 1)
      expect(adapter.asked[0]?.text).toContain(`words of reason ${index}`);
    expect(await store.deliveries.find('reason 12')).toMatchObject({
      state: 'sent',
      bundle: 'reason 1',
      platformMessageId: adapter.asked[0]?.messageId,
    });
  });

  it('waits for the next business day once the message of the day was sent, and is dropped when that is too late', async () => {
    const { adapter, run, store } = await deliveriesOn(routine('first'));
    await run(TUESDAY);
    await enqueue(store, routine('second'));
    await enqueue(store, routine('over by then', { expiresAt: eastern('2026-12-02T08:00') }));
    await run(TUESDAY);
    expect(adapter.asked.map(({ key }) => key)).toEqual(['first']);
    expect(await store.deliveries.find('second')).toMatchObject({
      state: 'pending',
      dueAt: eastern('2026-12-02T08:00'),
      reason: 'the message of the day was sent',
    });
    expect(await store.deliveries.find('over by then')).toMatchObject({
      state: 'suppressed',
      reason: 'the message of the day was sent until it was over',
    });
    await run(eastern('2026-12-02T08:00'));
    expect(adapter.asked.map(({ key }) => key)).toEqual(['first', 'second']);
    expect(adapter.asked[1]?.text).not.toContain('comes late');
  });

  it('holds up neither what was asked for nor what is urgent', async () => {
    const { adapter, run, store } = await deliveriesOn(routine('first'));
    await run(TUESDAY);
    await enqueue(store, routine('second'));
    await enqueue(store, routine('meeting within the hour', { urgency: 'urgent' }));
    await enqueue(store, toBo('asked'));
    await run(TUESDAY);
    expect(adapter.asked.map(({ key }) => key)).toEqual(['first', 'meeting within the hour', 'asked']);
  });

  it('takes along nothing that is no longer true', async () => {
    const { adapter, run, store } = await deliveriesOn(
      routine('open'),
      routine('done', { stillTrue: { kind: 'engagement-in', engagementId: 'none', states: ['DRAFT'] } }),
      routine('open too'),
    );
    await run(TUESDAY);
    expect(adapter.asked).toHaveLength(1);
    expect(adapter.asked[0]?.text).not.toContain('words of done');
    expect(await store.deliveries.find('done')).toMatchObject({ state: 'suppressed' });
  });

  it('is sent whole again when the platform did not take it', async () => {
    const { adapter, run, store } = await deliveriesOn(routine('a'), routine('b'));
    adapter.answer = () => ({ kind: 'unavailable' });
    await run(TUESDAY);
    adapter.answer = null;
    await enqueue(store, routine('c'));
    await run(new Date(TUESDAY.getTime() + 30_000));
    expect(adapter.asked.at(-1)?.text).toContain('words of a');
    expect(adapter.asked.at(-1)?.text).toContain('words of b');
    expect(adapter.asked.at(-1)?.text).toContain('words of c');
    expect(adapter.standing.size).toBe(1);
  });
});

describe('what waited while a platform was away', () => {
  const later = (minutes: number): Date => new Date(TUESDAY.getTime() + minutes * 60_000);

  it.each([
    ['told', 'a', 'b', 'c'],
    ['routine', 'a', 'c', 'b'],
  ] as const)('comes as one, with what fell due between: first %s', async (urgency, ...order) => {
    const { adapter, run, store } = await deliveriesOn(
      toBo('a', { urgency }),
      toBo('b', { urgency: 'told', dueAt: later(58) }),
      toBo('c', { urgency: 'told', dueAt: later(1) }),
    );
    adapter.answer = () => ({ kind: 'unavailable' });
    await run(TUESDAY);
    await run(later(30));
    adapter.answer = null;
    await run(later(60));
    expect(adapter.standing.size).toBe(1);
    const text = adapter.asked.at(-1)?.text;
    expect(text).toMatch(new RegExp(`3 things.*${order.map((key) => `words of ${key}`).join('.*')}`, 's'));
    expect(text?.match(/comes late/g)).toHaveLength(2);
    for (const key of ['a', 'b', 'c'])
      expect(await store.deliveries.find(key)).toMatchObject({ state: 'sent', bundle: 'a' });
  });

  it('does not hold together what fell due after it', async () => {
    const { adapter, run } = await deliveriesOn(
      toBo('a', { urgency: 'told' }),
      toBo('b', { urgency: 'told', dueAt: later(58) }),
      toBo('c', { urgency: 'told', dueAt: later(59) }),
    );
    await run(later(60));
    expect(adapter.asked.map(({ key }) => key)).toEqual(['a', 'b', 'c']);
  });

  it('comes by itself when a file goes with it, so that none is lost', async () => {
    const file = (name: string) => ({ name, type: 'text/csv', content: name });
    const { adapter, run } = await deliveriesOn(
      toBo('a', { urgency: 'told' }),
      toBo('b', { kind: 'notice', attachment: file('b.csv') }),
      toBo('c', { kind: 'notice', attachment: file('c.csv') }),
      toBo('d', { urgency: 'told' }),
    );
    await run(later(60));
    expect(adapter.asked.map(({ key, attachment }) => [key, attachment?.name])).toEqual([
      ['a', undefined],
      ['b', 'b.csv'],
      ['c', 'c.csv'],
      ['d', undefined],
    ]);
  });

  it('goes neither ahead of an answer nor into it', async () => {
    const { adapter, run } = await deliveriesOn(
      toBo('a', { urgency: 'told' }),
      toBo('b', { urgency: 'told' }),
      toBo('answer', { kind: 'answer' }),
      toBo('c', { urgency: 'told' }),
    );
    await run(later(60));
    expect(adapter.asked.map(({ key }) => key)).toEqual(['a', 'answer', 'c']);
  });
});

describe('the hour at which somebody is written to', () => {
  const told = (key: string, dueAt: Date, facts: Partial<NewDelivery> = {}): NewDelivery =>
    toBo(key, { urgency: 'told', dueAt, ...facts });

  it.each([
    ['at 3 in the morning', '2026-12-01T03:00', '2026-12-01T08:00'],
    ['in the evening', '2026-12-01T18:00', '2026-12-02T08:00'],
    ['on a Saturday', '2026-12-05T11:00', '2026-12-07T08:00'],
    ['on Thanksgiving', '2026-11-26T10:00', '2026-11-27T08:00'],
  ])('nothing comes %s', async (_, dueAt, heldUntil) => {
    const { adapter, run, store } = await deliveriesOn(told('news', eastern(dueAt)));
    await run(eastern(dueAt));
    expect(adapter.asked).toEqual([]);
    expect(await store.deliveries.find('news')).toMatchObject({
      state: 'pending',
      dueAt: eastern(heldUntil),
    });
    await run(eastern(heldUntil));
    expect(adapter.asked).toHaveLength(1);
  });

  it('is anytime for an answer and for security', async () => {
    const night = eastern('2026-12-06T03:00');
    const { adapter, run } = await deliveriesOn(
      toBo('asked', { dueAt: night }),
      told('security', night, { urgency: 'security' }),
    );
    await run(night);
    expect(adapter.asked.map(({ key }) => key)).toEqual(['asked', 'security']);
  });

  it('is their own, with leave kept free and muted topics left out', async () => {
    const { adapter, run, store } = await deliveriesOn(
      told('news', TUESDAY),
      told('check-in', TUESDAY, { topic: 'check-ins' }),
      told('over by then', TUESDAY, { expiresAt: eastern('2026-12-08T17:00') }),
    );
    await store.transaction(async (tx) => {
      await tx.contact.addLeave({ id: 'l1', personId: 'bo', fromOn: '2026-12-01', toOn: '2026-12-08' });
      await tx.contact.save({
        personId: 'bo',
        workHours: null,
        quietHours: { from: '16:00', to: '10:30' },
        inaugurationDay: false,
        muted: ['check-ins'],
        rhythm: null,
      });
    });
    await run(TUESDAY);
    expect(adapter.asked).toEqual([]);
    expect(await store.deliveries.find('news')).toMatchObject({
      dueAt: eastern('2026-12-09T10:30'),
      reason: 'a day off',
    });
    expect(await store.deliveries.find('check-in')).toMatchObject({
      state: 'suppressed',
      reason: 'the reader does not want to hear of it',
    });
    expect(await store.deliveries.find('over by then')).toMatchObject({
      state: 'suppressed',
      reason: 'a day off until it was over',
    });
  });
});
