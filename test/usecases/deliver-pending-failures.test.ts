import { describe, expect, it } from 'vitest';
import { UNLIMITED } from '../../src/domain/pace.ts';
import { plainText } from '../../src/messages/plain-text.ts';
import { deliverPending } from '../../src/usecases/deliver-pending.ts';
import { composeIspgDigest } from '../../src/usecases/enqueue-digests.ts';
import { aDelivery, anEngagement, aPerson } from '../store/samples.ts';
import { PROGRAMME } from '../support/bot.ts';
import { deliveriesOn, MINUTE, plus, toBo } from '../support/delivering.ts';
import { TUESDAY } from '../support/fakes.ts';

describe('what a platform answers', () => {
  it('rate-limited puts it off to the instant the platform names', async () => {
    const { adapter, run, store } = await deliveriesOn(toBo('one'));
    adapter.answer = () => ({ kind: 'rate-limited', scope: 'conversation', retryAt: plus(30_000) });
    await run(TUESDAY);
    expect(await store.deliveries.find('one')).toMatchObject({
      state: 'pending',
      dueAt: plus(30_000),
      reason: 'the platform asked to wait',
    });
    adapter.answer = null;
    expect(await run(plus(29_999))).toBe(0);
    expect(await run(plus(30_000))).toBe(1);
    expect(await store.deliveries.find('one')).toMatchObject({ state: 'sent' });
  });

  it('rate-limited is asked once in a run, even when the instant it names has passed', async () => {
    const { adapter, run } = await deliveriesOn(toBo('one'));
    let asked = 0;
    adapter.answer = () => {
      asked += 1;
      return asked > 50 ? null : { kind: 'rate-limited', scope: 'conversation', retryAt: plus(-5_000) };
    };
    await run(TUESDAY);
    expect(asked).toBe(1);
  });

  it('rate-limited takes nothing from the tries that an outage has', async () => {
    const { adapter, run, store } = await deliveriesOn(toBo('one'));
    let now = TUESDAY;
    adapter.answer = ({ key }) => ({
      kind: 'rate-limited',
      scope: 'conversation',
      retryAt: new Date(now.getTime() + 1_000),
      key,
    });
    for (let times = 0; times < 12; times += 1) {
      await run(now);
      now = new Date(now.getTime() + 1_000);
    }
    adapter.answer = () => ({ kind: 'unavailable' });
    await run(now);
    expect(await store.deliveries.find('one')).toMatchObject({ state: 'pending' });
  });

  it('rate-limited is asked again within the hour, whatever the platform names, and given up after three days of it', async () => {
    const { adapter, run, store } = await deliveriesOn(toBo('one'));
    adapter.answer = () => ({
      kind: 'rate-limited',
      scope: 'conversation',
      retryAt: new Date('9999-12-31T00:00:00Z'),
    });
    const afterOutage = plus(3 * 24 * 60 * MINUTE);
    let now = afterOutage;
    let asked = 0;
    for (; asked < 100; asked += 1) {
      await run(now);
      const row = await store.deliveries.find('one');
      if (row?.state !== 'pending') break;
      expect(row.dueAt.getTime() - now.getTime()).toBe(60 * MINUTE);
      now = row.dueAt;
    }
    expect(asked).toBe(72);
    expect(await store.deliveries.find('one')).toMatchObject({
      state: 'unreachable',
      failures: 0,
      reason: 'the platform took nothing for three days',
    });
  });

  it('unavailable is tried again more and more rarely, every five minutes at least once the platform counts as away, for three days', async () => {
    const { adapter, run, store } = await deliveriesOn(toBo('one'));
    adapter.answer = () => ({ kind: 'unavailable' });
    const waits: number[] = [];
    let now = TUESDAY;
    for (let tries = 0; tries < 2_000; tries += 1) {
      await run(now);
      const row = await store.deliveries.find('one');
      if (row?.state !== 'pending') break;
      waits.push((row.dueAt.getTime() - now.getTime()) / 1000);
      now = row.dueAt;
    }
    expect(waits.slice(0, 8)).toEqual([30, 60, 30, 60, 120, 240, 300, 300]);
    expect(Math.max(...waits)).toBe(300);
    expect(now.getTime() - TUESDAY.getTime()).toBeGreaterThanOrEqual(3 * 24 * 60 * MINUTE);
    expect(await store.deliveries.find('one')).toMatchObject({
      state: 'unreachable',
      reason: 'the platform took nothing for three days',
    });
    expect(await run(new Date(now.getTime() + 60 * MINUTE))).toBe(0);
  });

  it('gone and forbidden end it at once, each with its reason', async () => {
    const { adapter, run, store } = await deliveriesOn(
      toBo('gone'),
      aDelivery('no', { to: { kind: 'person', personId: 'bo2' }, dueAt: TUESDAY }),
    );
    adapter.answer = ({ key }) =>
      key === 'gone' ? { kind: 'gone' } : { kind: 'forbidden', need: 'chat:write' };
    await run(TUESDAY);
    expect(await store.deliveries.find('gone')).toMatchObject({
      state: 'unreachable',
      reason: 'the conversation is gone',
    });
    expect(await store.deliveries.find('no')).toMatchObject({
      state: 'blocked',
      reason: 'the platform refused: chat:write',
    });
  });
});

describe('a poisoned delivery', () => {
  it('does not stop its neighbours, is tried again, and in the end is named in the digest', async () => {
    const { adapter, run, store, log } = await deliveriesOn(
      toBo('poison'),
      aDelivery('fine', { to: { kind: 'person', personId: 'bo2' }, dueAt: TUESDAY }),
    );
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
    expect(plainText(texts, { timeZone: 'America/New_York' })).toContain(
      'could not be delivered (1) to: Bo Owner',
    );
    expect(log.lines.some(({ event }) => event.includes('secret'))).toBe(false);
  });
});

describe('two runs at once', () => {
  it('never send one key twice', async () => {
    const people = Array.from({ length: 40 }, (_, index) => `p${index}`);
    const { adapter, deps, store } = await deliveriesOn();
    await store.transaction(async (tx) => {
      await tx.people.save(people.map((id) => aPerson({ id })));
      for (const id of people) {
        await tx.people.linkPlatformUser('console', id, id);
        for (const nth of [1, 2, 3])
          await tx.deliveries.enqueue(
            aDelivery(`${id}:${nth}`, { to: { kind: 'person', personId: id }, dueAt: TUESDAY }),
          );
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
    const { adapter, run, store } = await deliveriesOn(
      aDelivery('lost', { to: { kind: 'person', personId: 'lead' }, dueAt: TUESDAY }),
    );
    await store.transaction((tx) => tx.people.save([aPerson({ id: 'lead', name: 'Leila Haddad' })]));
    await run(TUESDAY);
    expect(adapter.asked).toEqual([]);
    expect(await store.deliveries.find('lost')).toMatchObject({
      state: 'unreachable',
      reason: 'no address on any connected platform',
    });
    const text = await store.transaction((tx) => composeIspgDigest(tx, PROGRAMME, plus(23 * 60 * MINUTE)));
    expect(plainText(text, { timeZone: 'America/New_York' })).toContain('Leila Haddad');
  });

  it('since the digest of Friday is named in the digest of Monday', async () => {
    const friday = new Date('2026-12-04T11:00:00-05:00');
    const { run, store } = await deliveriesOn(
      aDelivery('lost', { to: { kind: 'person', personId: 'lead' }, dueAt: friday }),
    );
    await store.transaction((tx) => tx.people.save([aPerson({ id: 'lead', name: 'Leila Haddad' })]));
    await run(friday);
    const monday = await store.transaction((tx) =>
      composeIspgDigest(tx, PROGRAMME, new Date('2026-12-07T09:00:00-05:00')),
    );
    expect(plainText(monday, { timeZone: 'America/New_York' })).toContain('Leila Haddad');
  });
});

describe('a run that waits for a slow platform', () => {
  it('sends nothing that was taken back or became untrue while it waited its turn', async () => {
    const { adapter, run, store } = await deliveriesOn(
      toBo('slow'),
      aDelivery('taken back', {
        dueAt: TUESDAY,
        about: 'meeting:m1',
        to: { kind: 'person', personId: 'bo2' },
      }),
      aDelivery('untrue', {
        dueAt: TUESDAY,
        to: { kind: 'person', personId: 'ispg' },
        stillTrue: { kind: 'engagement-in', engagementId: 'e1', states: ['REQUESTED'] },
      }),
    );
    await store.transaction((tx) => tx.engagements.insert(anEngagement()));
    adapter.pace = { ...UNLIMITED, atOnce: 1 };
    adapter.answer = async ({ key }) => {
      if (key !== 'slow') return null;
      await store.transaction(async (tx) => {
        await tx.deliveries.suppress('meeting:m1', 'cancelled');
        await tx.engagements.update(anEngagement({ version: 2, state: 'KICKOFF_PENDING' }));
      });
      await new Promise((resolve) => setTimeout(resolve, 1_100));
      return null;
    };
    await run(TUESDAY);
    expect(adapter.asked.map(({ key }) => key)).toEqual(['slow']);
    expect(await store.deliveries.find('taken back')).toMatchObject({
      state: 'suppressed',
      reason: 'cancelled',
    });
    expect(await store.deliveries.find('untrue')).toMatchObject({ state: 'suppressed' });
  });
});

describe('a run that is slower than its lease', () => {
  it('leaves to another what that one took over while it waited its turn', async () => {
    const { adapter, deps } = await deliveriesOn(
      toBo('slow'),
      aDelivery('next', { to: { kind: 'person', personId: 'bo2' }, dueAt: TUESDAY }),
    );
    let answerSlow = (): void => undefined;
    let begun = (): void => undefined;
    const isAsked = new Promise<void>((resolve) => {
      begun = resolve;
    });
    let first = true;
    adapter.answer = ({ key }) => {
      if (key !== 'slow' || !first) return null;
      first = false;
      begun();
      return new Promise((resolve) => {
        answerSlow = () => resolve(null);
      });
    };
    const slowRun = deliverPending(deps, TUESDAY);
    await isAsked;
    await deliverPending(deps, plus(61_000));
    answerSlow();
    await slowRun;
    expect(adapter.asked.filter(({ key }) => key === 'next')).toHaveLength(1);
  });
});

describe('a message that waited while the bot itself did not run', () => {
  it('is not given up before it was tried a number of times', async () => {
    const { adapter, run, store } = await deliveriesOn(toBo('one'));
    adapter.answer = () => ({ kind: 'unavailable' });
    await run(TUESDAY);
    await run(plus(4 * 24 * 60 * MINUTE));
    expect(await store.deliveries.find('one')).toMatchObject({ state: 'pending', attempts: 2 });
    adapter.answer = null;
    await run(plus(5 * 24 * 60 * MINUTE));
    expect(await store.deliveries.find('one')).toMatchObject({ state: 'sent' });
  });
});

describe('a platform that asks to wait', () => {
  const workspaceWaits = { kind: 'rate-limited', scope: 'workspace', retryAt: plus(30_000) } as const;

  it('for the whole workspace is asked no more in the same run, also not by those that were waiting for their place', async () => {
    const { adapter, run, store } = await deliveriesOn(
      toBo('one'),
      toBo('two', { to: { kind: 'person', personId: 'bo2' } }),
      toBo('three', { to: { kind: 'person', personId: 'ispg' } }),
    );
    adapter.pace = { ...UNLIMITED, atOnce: 1 };
    adapter.answer = () => workspaceWaits;
    await run(TUESDAY);
    expect(adapter.asked).toHaveLength(1);
    adapter.answer = null;
    await run(plus(30_000));
    for (const key of ['one', 'two', 'three'])
      expect(await store.deliveries.find(key)).toMatchObject({ state: 'sent', failures: 0 });
  });

  it('for one conversation is not asked by a message to it that was written before and falls due meanwhile', async () => {
    const { adapter, run, store } = await deliveriesOn(toBo('early', { dueAt: plus(10_000) }), toBo('late'));
    adapter.answer = () => ({ kind: 'rate-limited', scope: 'conversation', retryAt: plus(30_000) });
    await run(TUESDAY);
    adapter.answer = null;
    await run(plus(10_000));
    expect(adapter.asked.map(({ key }) => key)).toEqual(['late']);
    await run(plus(30_000));
    expect(adapter.asked.map(({ key }) => key)).toEqual(['late', 'early', 'late']);
    expect(await store.deliveries.find('early')).toMatchObject({ state: 'sent' });
  });
});
