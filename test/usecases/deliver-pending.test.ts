import { describe, expect, it } from 'vitest';
import { say } from '../../src/messages/message.ts';
import type { Channel, NewDelivery, Store } from '../../src/ports.ts';
import { deliverPending } from '../../src/usecases/deliver-pending.ts';
import { composeIspgDigest } from '../../src/usecases/enqueue-digests.ts';
import { plainText } from '../../src/messages/plain-text.ts';
import { aDelivery, aMeeting, anEngagement, aPerson } from '../store/samples.ts';
import { keepingLog, PROGRAMME, recordingAdapter, TUESDAY } from '../support/bot.ts';
import { openTestStore } from '../support/open-store.ts';

const plus = (ms: number): Date => new Date(TUESDAY.getTime() + ms);
const MINUTE = 60_000;

async function open(...deliveries: readonly NewDelivery[]) {
  const store = await openTestStore();
  await store.transaction(async (tx) => {
    await tx.people.save(['bo', 'bo2', 'ispg'].map((id) => aPerson({ id })));
    for (const id of ['bo', 'bo2', 'ispg']) await tx.people.linkPlatformUser('console', id, id);
    for (const delivery of deliveries) await tx.deliveries.enqueue(delivery);
  });
  const adapter = recordingAdapter();
  const log = keepingLog();
  const deps = {
    store,
    adapters: [adapter],
    log,
    channelAddresses: (channel: Channel) => [{ platform: 'console', id: `#${channel}`, timeZone: 'America/New_York' } as const],
  };
  return { store, adapter, log, deps, run: (now: Date) => deliverPending(deps, now) };
}

const toBo = (key: string, facts: Partial<NewDelivery> = {}): NewDelivery =>
  aDelivery(key, { to: { kind: 'person', personId: 'bo' }, dueAt: TUESDAY, message: say(`words of ${key}`), ...facts });
const enqueue = (store: Store, delivery: NewDelivery) => store.transaction((tx) => tx.deliveries.enqueue(delivery));

describe('sending what is due', () => {
  it('sends to a person, to a channel, and nothing that is not due yet', async () => {
    const { adapter, run, store } = await open(
      toBo('person'),
      aDelivery('channel', { to: { kind: 'channel', channel: 'ispg' }, dueAt: TUESDAY }),
      toBo('tomorrow', { dueAt: plus(1) }),
    );
    expect(await run(TUESDAY)).toBe(2);
    expect(adapter.asked.map(({ to, key }) => [to.id, key]).toSorted()).toEqual([['#ispg', 'channel'], ['bo', 'person']]);
    expect(await store.deliveries.find('person')).toMatchObject({ state: 'sent', sentAt: TUESDAY, platform: 'console', reason: null });
    expect(await store.deliveries.find('tomorrow')).toMatchObject({ state: 'pending', attempts: 0 });
    expect(await run(TUESDAY)).toBe(0);
  });

  it('keeps the order in which things were written for one reader', async () => {
    const keys = Array.from({ length: 60 }, (_, index) => `m${index}`);
    const { adapter, run } = await open(...keys.map((key) => toBo(key)));
    await run(TUESDAY);
    expect(adapter.asked.map(({ key }) => key)).toEqual(keys);
  });

  it('sends nothing after its time, and says so', async () => {
    const { adapter, run, store } = await open(toBo('late', { expiresAt: plus(MINUTE) }), toBo('in time', { expiresAt: plus(MINUTE + 1) }));
    await run(plus(MINUTE));
    expect(adapter.asked.map(({ key }) => key)).toEqual(['in time']);
    expect(await store.deliveries.find('late')).toMatchObject({ state: 'expired', reason: 'its time had passed' });
  });

  it('sends nothing that is no longer true, and keeps the reason', async () => {
    const meeting = { kind: 'meeting-in', meetingId: 'm1', states: ['booked'], version: 3 } as const;
    const { adapter, run, store } = await open(
      toBo('wrong state', { stillTrue: { kind: 'engagement-in', engagementId: 'e1', states: ['DRAFT'] } }),
      toBo('right state', { stillTrue: { kind: 'engagement-in', engagementId: 'e1', states: ['DRAFT', 'REQUESTED'] } }),
      toBo('no such request', { stillTrue: { kind: 'engagement-in', engagementId: 'none', states: ['REQUESTED'] } }),
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
      expect(await store.deliveries.find(key)).toMatchObject({ state: 'suppressed', reason: 'no longer true when it was due' });
    }
  });
});

describe('a card', () => {
  const status = (version: number) => toBo(`status:${version}`, { card: 'status:e1:bo', kind: 'card' });

  it('is edited in place for as long as it stands', async () => {
    const { adapter, run, store } = await open(status(1));
    await run(TUESDAY);
    await enqueue(store, status(2));
    await run(TUESDAY);
    const [first] = adapter.asked;
    expect(adapter.asked[1]).toMatchObject({ edits: first?.messageId });
    expect([...adapter.standing.values()].map(({ text }) => text)).toEqual(['words of status:2']);
  });

  it('is sent once, in its newest form, when it changed before it was sent', async () => {
    const { adapter, run, store } = await open(status(1), status(2), status(3));
    await run(TUESDAY);
    expect(adapter.asked.map(({ key }) => key)).toEqual(['status:3']);
    expect(await store.deliveries.find('status:1')).toMatchObject({ state: 'suppressed', reason: 'superseded' });
  });

  it('is posted anew when somebody deleted it', async () => {
    const { adapter, run, store } = await open(status(1));
    await run(TUESDAY);
    await enqueue(store, status(2));
    adapter.answer = ({ edits }) => (edits === null ? null : { kind: 'gone' });
    await run(TUESDAY);
    expect(adapter.asked.slice(1).map(({ edits }) => edits)).toEqual([adapter.asked[0]?.messageId, null]);
    expect(await store.deliveries.find('status:2')).toMatchObject({ state: 'sent' });
  });

  it('is never sent in its old form once a new one is written, though the old one was on its way', async () => {
    const { adapter, run, store } = await open(status(1));
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

describe('what a platform answers', () => {
  it('rate-limited puts it off to the instant the platform names', async () => {
    const { adapter, run, store } = await open(toBo('one'));
    adapter.answer = () => ({ kind: 'rate-limited', retryAt: plus(30_000) });
    await run(TUESDAY);
    expect(await store.deliveries.find('one')).toMatchObject({ state: 'pending', dueAt: plus(30_000), reason: 'the platform asked to wait' });
    adapter.answer = null;
    expect(await run(plus(29_999))).toBe(0);
    expect(await run(plus(30_000))).toBe(1);
    expect(await store.deliveries.find('one')).toMatchObject({ state: 'sent' });
  });

  it('rate-limited is asked once in a run, even when the instant it names has passed', async () => {
    const { adapter, run } = await open(toBo('one'));
    let asked = 0;
    adapter.answer = () => {
      asked += 1;
      return asked > 50 ? null : { kind: 'rate-limited', retryAt: plus(-5_000) };
    };
    await run(TUESDAY);
    expect(asked).toBe(1);
  });

  it('rate-limited takes nothing from the tries that an outage has', async () => {
    const { adapter, run, store } = await open(toBo('one'));
    let now = TUESDAY;
    adapter.answer = ({ key }) => ({ kind: 'rate-limited', retryAt: new Date(now.getTime() + 1_000), key });
    for (let times = 0; times < 12; times += 1) {
      await run(now);
      now = new Date(now.getTime() + 1_000);
    }
    adapter.answer = () => ({ kind: 'unavailable' });
    await run(now);
    expect(await store.deliveries.find('one')).toMatchObject({ state: 'pending' });
  });

  it('unavailable waits twice as long each time, at most an hour, and after eight tries gives up', async () => {
    const { adapter, run, store } = await open(toBo('one'));
    adapter.answer = () => ({ kind: 'unavailable' });
    const waits: number[] = [];
    let now = TUESDAY;
    for (let tries = 0; tries < 8; tries += 1) {
      await run(now);
      const row = await store.deliveries.find('one');
      if (row?.state !== 'pending') break;
      waits.push(row.dueAt.getTime() - now.getTime());
      now = row.dueAt;
    }
    expect(waits.map((ms) => ms / 1000)).toEqual([30, 60, 120, 240, 480, 960, 1920]);
    expect(await store.deliveries.find('one')).toMatchObject({ state: 'unreachable', attempts: 8, reason: 'the platform did not answer, 8 times' });
    expect(await run(plus(100 * 60 * MINUTE))).toBe(0);
  });

  it('gone and forbidden end it at once, each with its reason', async () => {
    const { adapter, run, store } = await open(toBo('gone'), aDelivery('no', { to: { kind: 'person', personId: 'bo2' }, dueAt: TUESDAY }));
    adapter.answer = ({ key }) => (key === 'gone' ? { kind: 'gone' } : { kind: 'forbidden', need: 'chat:write' });
    await run(TUESDAY);
    expect(await store.deliveries.find('gone')).toMatchObject({ state: 'unreachable', reason: 'the conversation is gone' });
    expect(await store.deliveries.find('no')).toMatchObject({ state: 'blocked', reason: 'the platform refused: chat:write' });
  });
});

describe('a poisoned delivery', () => {
  it('does not stop its neighbours, is tried again, and in the end is named in the digest', async () => {
    const { adapter, run, store, log } = await open(toBo('poison'), aDelivery('fine', { to: { kind: 'person', personId: 'bo2' }, dueAt: TUESDAY }));
    adapter.answer = ({ key }) => {
      if (key === 'poison') throw new Error('secret words');
      return null;
    };
    let now = TUESDAY;
    for (let tries = 0; tries < 8; tries += 1) {
      await run(now);
      now = (await store.deliveries.nextDueAt()) ?? now;
    }
    expect(await store.deliveries.find('fine')).toMatchObject({ state: 'sent', attempts: 1 });
    expect(await store.deliveries.find('poison')).toMatchObject({ state: 'unreachable', attempts: 8 });
    const texts = await store.transaction((tx) => composeIspgDigest(tx, PROGRAMME, now));
    expect(plainText(texts, { timeZone: 'America/New_York' })).toContain('could not be delivered (1) to: Bo Owner');
    expect(log.lines.some(({ event }) => event.includes('secret'))).toBe(false);
  });
});

describe('two runs at once', () => {
  it('never send one key twice', async () => {
    const people = Array.from({ length: 40 }, (_, index) => `p${index}`);
    const { adapter, deps, store } = await open();
    await store.transaction(async (tx) => {
      await tx.people.save(people.map((id) => aPerson({ id })));
      for (const id of people) {
        await tx.people.linkPlatformUser('console', id, id);
        for (const nth of [1, 2, 3]) await tx.deliveries.enqueue(aDelivery(`${id}:${nth}`, { to: { kind: 'person', personId: id }, dueAt: TUESDAY }));
      }
    });
    const counts = await Promise.all([1, 2, 3].map(() => deliverPending(deps, TUESDAY)));
    expect(counts.reduce((sum, each) => sum + each, 0)).toBe(120);
    expect(adapter.asked).toHaveLength(120);
    expect(new Set(adapter.asked.map(({ key }) => key)).size).toBe(120);
  });
});

describe('somebody who cannot be reached', () => {
  it('without an address is unreachable, and the next digest says so', async () => {
    const { adapter, run, store } = await open(aDelivery('lost', { to: { kind: 'person', personId: 'lead' }, dueAt: TUESDAY }));
    await store.transaction((tx) => tx.people.save([aPerson({ id: 'lead', name: 'Leila Haddad' })]));
    await run(TUESDAY);
    expect(adapter.asked).toEqual([]);
    expect(await store.deliveries.find('lost')).toMatchObject({ state: 'unreachable', reason: 'no address on any connected platform' });
    const text = await store.transaction((tx) => composeIspgDigest(tx, PROGRAMME, plus(23 * 60 * MINUTE)));
    expect(plainText(text, { timeZone: 'America/New_York' })).toContain('Leila Haddad');
  });

  it('since the digest of Friday is named in the digest of Monday', async () => {
    const friday = new Date('2026-12-04T11:00:00-05:00');
    const { run, store } = await open(aDelivery('lost', { to: { kind: 'person', personId: 'lead' }, dueAt: friday }));
    await store.transaction((tx) => tx.people.save([aPerson({ id: 'lead', name: 'Leila Haddad' })]));
    await run(friday);
    const monday = await store.transaction((tx) => composeIspgDigest(tx, PROGRAMME, new Date('2026-12-07T09:00:00-05:00')));
    expect(plainText(monday, { timeZone: 'America/New_York' })).toContain('Leila Haddad');
  });
});
