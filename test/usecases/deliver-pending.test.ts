import { describe, expect, it } from 'vitest';
import { aDelivery, aMeeting, anEngagement } from '../store/samples.ts';
import { deliveriesOn, enqueue, MINUTE, plus, toBo } from '../support/delivering.ts';
import { TUESDAY } from '../support/fakes.ts';

describe('sending what is due', () => {
  it('sends to a person, to a channel, and nothing that is not due yet', async () => {
    const { adapter, run, store } = await deliveriesOn(
      toBo('person'),
      aDelivery('channel', { to: { kind: 'channel', channel: 'ispg' }, dueAt: TUESDAY }),
      toBo('tomorrow', { dueAt: plus(1) }),
    );
    expect(await run(TUESDAY)).toBe(2);
    expect(adapter.asked.map(({ to, key }) => [to.id, key]).toSorted()).toEqual([
      ['#ispg', 'channel'],
      ['bo', 'person'],
    ]);
    expect(await store.deliveries.find('person')).toMatchObject({
      state: 'sent',
      sentAt: TUESDAY,
      platform: 'console',
      reason: null,
    });
    expect(await store.deliveries.find('tomorrow')).toMatchObject({ state: 'pending', attempts: 0 });
    expect(await run(TUESDAY)).toBe(0);
  });

  it('keeps the order in which things were written for one reader', async () => {
    const keys = Array.from({ length: 60 }, (_, index) => `m${index}`);
    const { adapter, run } = await deliveriesOn(...keys.map((key) => toBo(key)));
    await run(TUESDAY);
    expect(adapter.asked.map(({ key }) => key)).toEqual(keys);
  });

  it('sends nothing after its time, and says so', async () => {
    const { adapter, run, store } = await deliveriesOn(
      toBo('late', { expiresAt: plus(MINUTE) }),
      toBo('in time', { expiresAt: plus(MINUTE + 1) }),
    );
    await run(plus(MINUTE));
    expect(adapter.asked.map(({ key }) => key)).toEqual(['in time']);
    expect(await store.deliveries.find('late')).toMatchObject({
      state: 'expired',
      reason: 'its time had passed',
    });
  });

  it('sends nothing that is no longer true, and keeps the reason', async () => {
    const meeting = { kind: 'meeting-in', meetingId: 'm1', states: ['booked'], version: 3 } as const;
    const { adapter, run, store } = await deliveriesOn(
      toBo('wrong state', { stillTrue: { kind: 'engagement-in', engagementId: 'e1', states: ['DRAFT'] } }),
      toBo('right state', {
        stillTrue: { kind: 'engagement-in', engagementId: 'e1', states: ['DRAFT', 'REQUESTED'] },
      }),
      toBo('no such request', {
        stillTrue: { kind: 'engagement-in', engagementId: 'none', states: ['REQUESTED'] },
      }),
      toBo('right version', { stillTrue: meeting }),
      toBo('any version', { stillTrue: { ...meeting, version: null } }),
      toBo('old version', { stillTrue: { ...meeting, version: 2 } }),
      toBo('meeting elsewhere', { stillTrue: { ...meeting, states: ['offered'] } }),
    );
    await store.transaction(async (tx) => {
      await tx.engagements.insert(anEngagement());
      await tx.meetings.insert(aMeeting({ state: 'booked', version: 3 }));
    });
    await run(TUESDAY);
    expect(adapter.asked.map(({ key }) => key)).toEqual(['right state', 'right version', 'any version']);
    for (const key of ['wrong state', 'no such request', 'old version', 'meeting elsewhere']) {
      expect(await store.deliveries.find(key)).toMatchObject({
        state: 'suppressed',
        reason: 'no longer true when it was due',
      });
    }
  });
});

describe('a card', () => {
  const status = (version: number) => toBo(`status:${version}`, { card: 'status:e1:bo', kind: 'card' });

  it('is edited in place for as long as it stands', async () => {
    const { adapter, run, store } = await deliveriesOn(status(1));
    await run(TUESDAY);
    await enqueue(store, status(2));
    await run(TUESDAY);
    const [first] = adapter.asked;
    expect(adapter.asked[1]).toMatchObject({ edits: first?.messageId });
    expect([...adapter.standing.values()].map(({ text }) => text)).toEqual(['words of status:2']);
  });

  it('is sent once, in its newest form, when it changed before it was sent', async () => {
    const { adapter, run, store } = await deliveriesOn(status(1), status(2), status(3));
    await run(TUESDAY);
    expect(adapter.asked.map(({ key }) => key)).toEqual(['status:3']);
    expect(await store.deliveries.find('status:1')).toMatchObject({
      state: 'suppressed',
      reason: 'superseded',
    });
  });

  it('is posted anew when somebody deleted it', async () => {
    const { adapter, run, store } = await deliveriesOn(status(1));
    await run(TUESDAY);
    await enqueue(store, status(2));
    adapter.answer = ({ edits }) => (edits === null ? null : { kind: 'gone' });
    await run(TUESDAY);
    expect(adapter.asked.slice(1).map(({ edits }) => edits)).toEqual([adapter.asked[0]?.messageId, null]);
    expect(await store.deliveries.find('status:2')).toMatchObject({ state: 'sent' });
  });

  it('is never sent in its old form once a new one is written, though the old one was on its way', async () => {
    const { adapter, run, store } = await deliveriesOn(status(1));
    adapter.answer = async ({ key }) => {
      if (key !== 'status:1') return null;
      await enqueue(store, status(2));
      return { kind: 'unavailable' };
    };
    await run(TUESDAY);
    adapter.answer = null;
    await run(plus(60 * MINUTE));
    expect([...adapter.standing.values()].map(({ text }) => text)).toEqual(['words of status:2']);
    expect(adapter.asked.filter(({ key }) => key === 'status:1')).toHaveLength(1);
  });
});
