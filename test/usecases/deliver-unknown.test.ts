import { describe, expect, it } from 'vitest';
import { say } from '../../src/messages/message.ts';
import type { Delivered, DeliveryFailure } from '../../src/ports.ts';
import { deliverPending } from '../../src/usecases/deliver-pending.ts';
import { aDelivery, aPerson } from '../store/samples.ts';
import { deliveriesOn, MINUTE, plus, toBo } from '../support/delivering.ts';
import { recordingAdapter, TUESDAY } from '../support/fakes.ts';

describe('a message of which nobody knows whether it came', () => {
  /** The platform takes the first message and does not say so. */
  async function lying() {
    const made = await deliveriesOn(toBo('one'));
    let lies = true;
    made.adapter.answer = (posted) => {
      if (!lies) return null;
      lies = false;
      made.adapter.standing.set(posted.messageId, posted);
      made.adapter.found = { kind: 'posted', messageId: posted.messageId };
      return { kind: 'unknown' };
    };
    return made;
  }

  it('is looked for before it is sent again, and not sent when it is there', async () => {
    const { adapter, run, store } = await lying();
    await run(TUESDAY);
    expect(await store.deliveries.find('one')).toMatchObject({ state: 'pending', unsettledSince: TUESDAY });
    await run(plus(MINUTE));
    expect(adapter.asked).toHaveLength(1);
    expect(await store.deliveries.find('one')).toMatchObject({
      state: 'sent',
      platformMessageId: adapter.asked[0]?.messageId,
    });
  });

  it('is sent again when it is not there', async () => {
    const { adapter, run, store } = await lying();
    await run(TUESDAY);
    adapter.found = { kind: 'not-posted' };
    await run(plus(MINUTE));
    expect(adapter.asked).toHaveLength(2);
    expect(await store.deliveries.find('one')).toMatchObject({ state: 'sent' });
  });

  it('waits as long as nobody can look', async () => {
    const { adapter, run, store } = await lying();
    await run(TUESDAY);
    adapter.found = { kind: 'unavailable' };
    await run(plus(MINUTE));
    expect(adapter.asked).toHaveLength(1);
    expect(await store.deliveries.find('one')).toMatchObject({ state: 'pending', unsettledSince: TUESDAY });
  });

  it('is sent again and marked as a possible repeat where the platform cannot be read back', async () => {
    const { adapter, run, store, log } = await lying();
    await run(TUESDAY);
    adapter.found = { kind: 'cannot-tell' };
    await run(plus(MINUTE));
    expect(adapter.asked).toHaveLength(2);
    expect(await store.deliveries.find('one')).toMatchObject({ state: 'sent', mayRepeat: true });
    expect(log.lines.some(({ event }) => event.includes('without knowing'))).toBe(true);
  });

  it('is looked for after its sender was killed between sending and marking', async () => {
    const { adapter, run, store } = await deliveriesOn(toBo('one'));
    await store.deliveries.claimDue({ now: TUESDAY, limit: 10, leaseMs: 60_000 });
    await adapter.deliver(
      { platform: 'console', id: 'bo', timeZone: 'UTC' },
      say('words of one'),
      'one',
      null,
    );
    await run(plus(61_000));
    expect(adapter.asked).toHaveLength(1);
    expect(await store.deliveries.find('one')).toMatchObject({ state: 'sent' });
  });

  it('is looked for as a bundle when it went out in one', async () => {
    const routine = { urgency: 'routine', kind: 'reminder' } as const;
    const { adapter, run, store } = await deliveriesOn(toBo('a', routine), toBo('b', routine));
    adapter.answer = (posted) => {
      adapter.standing.set(posted.messageId, posted);
      adapter.found = { kind: 'posted', messageId: posted.messageId };
      return { kind: 'unknown' };
    };
    await run(TUESDAY);
    adapter.answer = null;
    await run(plus(MINUTE));
    expect(adapter.asked).toHaveLength(1);
    for (const key of ['a', 'b']) expect(await store.deliveries.find(key)).toMatchObject({ state: 'sent' });
  });
});

describe('a bundle of which nobody knows whether it came, and which is claimed again in two parts', () => {
  /** Two rows of one bundle, in doubt; the claim that brings the first is full before it comes to the second. */
  async function parted() {
    const routine = { urgency: 'routine', kind: 'reminder' } as const;
    const made = await deliveriesOn(toBo('a', routine), toBo('b', routine));
    made.adapter.answer = () => ({ kind: 'unknown' });
    await made.run(TUESDAY);
    made.adapter.answer = null;
    const { store } = made;
    let claims = 0;
    const deliveries: typeof store.deliveries = {
      ...store.deliveries,
      claimDue: (options) => {
        claims += 1;
        return store.deliveries.claimDue(claims === 1 ? { ...options, limit: 1 } : options);
      },
    };
    return { ...made, deps: { ...made.deps, store: { ...store, deliveries } } };
  }

  it('is said whole in the end, each part once, when it did not come', async () => {
    const { adapter, deps, store } = await parted();
    await deliverPending(deps, plus(2 * MINUTE));
    // The day's message was said without the second, which comes with the next day's.
    for (let due = await store.deliveries.nextDueAt(); due; due = await store.deliveries.nextDueAt())
      await deliverPending(deps, due);
    const texts = [...adapter.standing.values()].map(({ text }) => text).join('\n');
    for (const key of ['a', 'b']) {
      expect(texts.split(`words of ${key}`)).toHaveLength(2);
      expect(await store.deliveries.find(key)).toMatchObject({ state: 'sent' });
    }
  });
});

describe('a message that was part of a bundle which never came, and goes out by itself', () => {
  it('is looked for by itself when its sender is killed', async () => {
    const { adapter, run, store } = await deliveriesOn(
      toBo('a', { kind: 'notice', about: 'request', dueAt: plus(-60 * MINUTE) }),
      toBo('b', { kind: 'notice', dueAt: plus(-60 * MINUTE) }),
    );
    adapter.answer = () => ({ kind: 'unknown' });
    await run(TUESDAY);
    expect(await store.deliveries.find('b')).toMatchObject({ bundle: 'a' });
    await store.transaction((tx) => tx.deliveries.suppress('request', 'it is over'));
    // It is posted, and its sender dies before it can say so.
    adapter.answer = () => {
      throw new Error('killed');
    };
    const posted = adapter.asked.length;
    await run(plus(2 * MINUTE));
    expect(adapter.asked.slice(posted).map(({ key }) => key)).toEqual(['b']);
    const looked: string[] = [];
    adapter.answer = null;
    const { findPosted } = adapter;
    adapter.findPosted = (to, key, since) => {
      looked.push(key);
      return findPosted(to, key, since);
    };
    await run(plus(10 * MINUTE));
    expect(looked).toEqual(['b']);
    expect(await store.deliveries.find('b')).toMatchObject({ state: 'sent' });
  });
});

describe('somebody who has two platforms', () => {
  it.each<Delivered | DeliveryFailure>([
    { kind: 'gone' },
    { kind: 'forbidden', need: 'the app to be installed' },
  ])('is reached on the other one when the first answers $kind', async (failure) => {
    const { adapter, deps, store } = await deliveriesOn(toBo('one'));
    const teams = recordingAdapter('teams');
    await store.transaction((tx) => tx.people.linkPlatformUser('teams', 'bo@teams', 'bo'));
    teams.answer = () => failure;
    await deliverPending({ ...deps, adapters: [adapter, teams] }, TUESDAY);
    expect(teams.asked).toHaveLength(1);
    expect(adapter.asked.map(({ to }) => to.id)).toEqual(['bo']);
    expect(await store.deliveries.find('one')).toMatchObject({
      state: 'sent',
      platform: 'console',
      tried: ['teams'],
    });
  });
});

describe('a platform that another process was told to leave alone', () => {
  it('is asked nothing more by a run that began before', async () => {
    const toBo2 = { to: { kind: 'person', personId: 'bo2' } } as const;
    const { adapter, deps, store } = await deliveriesOn(toBo('first'), toBo('second', toBo2));
    const until = plus(10 * MINUTE);
    let claims = 0;
    const claimDue: typeof store.deliveries.claimDue = async (options) => {
      claims += 1;
      if (claims === 2) await store.deliveries.pause('console', until);
      return store.deliveries.claimDue({ ...options, limit: 1 });
    };
    await deliverPending(
      { ...deps, store: { ...store, deliveries: { ...store.deliveries, claimDue } } },
      TUESDAY,
    );
    expect(adapter.asked.map(({ key }) => key)).toEqual(['first']);
    expect(await store.deliveries.find('second')).toMatchObject({ state: 'pending', dueAt: until });
  });
});

describe('a message that belongs where its reader spoke', () => {
  it('goes there, though they are reached elsewhere first; and elsewhere when they are not there any more', async () => {
    const { adapter, deps, store } = await deliveriesOn(
      aDelivery('there', {
        to: { kind: 'person', personId: 'bo' },
        urgency: 'asked',
        dueAt: TUESDAY,
        via: 'console',
      }),
      aDelivery('gone', {
        to: { kind: 'person', personId: 'bo' },
        urgency: 'asked',
        dueAt: TUESDAY,
        via: 'slack',
      }),
    );
    const teams = recordingAdapter('teams');
    await store.transaction((tx) => tx.people.linkPlatformUser('teams', 'bo@teams', 'bo'));
    await deliverPending({ ...deps, adapters: [adapter, teams] }, TUESDAY);
    expect(adapter.asked.map(({ key }) => key)).toEqual(['there']);
    expect(teams.asked.map(({ key }) => key)).toEqual(['gone']);
  });
});

describe('somebody who can not be reached at all', () => {
  it('is named to their lead, once a day', async () => {
    const { adapter, run, store } = await deliveriesOn(
      ...['x', 'y'].map((key) =>
        aDelivery(key, { to: { kind: 'person', personId: 'ines' }, urgency: 'asked', dueAt: TUESDAY }),
      ),
    );
    await store.transaction(async (tx) => {
      await tx.people.save([
        aPerson({ id: 'ines', name: 'Ines Sorensen', roles: ['service_isso'] }),
        aPerson({ id: 'bo2', roles: ['service_isso_lead'] }),
      ]);
    });
    await run(TUESDAY);
    await run(plus(MINUTE));
    expect(adapter.asked.map(({ to, text }) => [to.id, text.includes('Ines Sorensen')])).toEqual([
      ['bo2', true],
    ]);
  });
});

describe('a platform that was away from before nine until one', () => {
  it('leads to one message for each person, in order and marked late, without what is no longer true', async () => {
    const nine = new Date('2026-12-01T09:00:00-05:00');
    const at = (minutes: number): Date => new Date(nine.getTime() + minutes * MINUTE);
    const told = { urgency: 'told', kind: 'notice' } as const;
    const { adapter, run, store } = await deliveriesOn(
      toBo('told at nine', { ...told, dueAt: nine }),
      toBo('daily', { urgency: 'routine', kind: 'reminder', dueAt: nine }),
      toBo('told at ten', { ...told, dueAt: at(60) }),
      toBo('over at eleven', { ...told, dueAt: at(60), expiresAt: at(120) }),
      aDelivery('other', { ...told, to: { kind: 'person', personId: 'bo2' }, dueAt: nine }),
    );
    adapter.answer = () => ({ kind: 'unavailable' });
    for (let now = nine; now < at(240); ) {
      await run(now);
      const next = await store.deliveries.nextDueAt();
      now = next && next > now ? next : new Date(now.getTime() + MINUTE);
    }
    const askedInVain = adapter.asked.length;
    adapter.answer = null;
    for (let minute = 240; minute < 250; minute += 1) await run(at(minute));
    const came = adapter.asked.slice(askedInVain);
    expect(came.map(({ to }) => to.id).toSorted()).toEqual(['bo', 'bo2']);
    const text = came.find(({ to }) => to.id === 'bo')?.text ?? '';
    expect(text.indexOf('words of told at nine')).toBeGreaterThan(-1);
    expect(text.indexOf('words of told at nine')).toBeLessThan(text.indexOf('words of told at ten'));
    expect(text).toContain('words of daily');
    expect(text).toContain('This comes late');
    expect(text).not.toContain('words of over at eleven');
    expect(askedInVain).toBeLessThan(400);
  });
});

describe('a message in doubt', () => {
  it('never takes another with it that was not sent', async () => {
    const told = { urgency: 'told', kind: 'notice' } as const;
    const { adapter, run, store } = await deliveriesOn(toBo('in doubt', told));
    adapter.answer = (posted) => {
      adapter.standing.set(posted.messageId, posted);
      adapter.found = { kind: 'posted', messageId: posted.messageId };
      return { kind: 'unknown' };
    };
    await run(TUESDAY);
    adapter.answer = null;
    await store.transaction((tx) => tx.deliveries.enqueue(toBo('new', { ...told, dueAt: TUESDAY })));
    await run(plus(30 * MINUTE));
    expect(adapter.asked.map(({ key }) => key)).toEqual(['in doubt', 'new']);
  });
});
