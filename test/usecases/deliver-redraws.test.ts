import { describe, expect, it, vi } from 'vitest';
import { button } from '../../src/messages/button.ts';
import { bundled, markedLate, snoozable } from '../../src/messages/copy/bundle.ts';
import { type Message, say } from '../../src/messages/message.ts';
import type { DeliveryAdapter, NewDelivery, Store } from '../../src/ports.ts';
import { deliverPending } from '../../src/usecases/deliver-pending.ts';
import { redrawPart } from '../../src/usecases/redraw-part.ts';
import { deliveriesOn, enqueue, MINUTE, plus, toBo } from '../support/delivering.ts';
import { recordingAdapter, TUESDAY } from '../support/fakes.ts';

const eastern = (local: string): Date => new Date(`${local}:00-05:00`);
const NIGHT = eastern('2026-12-05T23:30');
const routine = (key: string, facts: Partial<NewDelivery> = {}): NewDelivery =>
  toBo(key, { urgency: 'routine', kind: 'reminder', ...facts });
const wordsOf = (key: string): Message => say(`words of ${key}`);
const withButton = (words: string): Message => ({
  ...say(words),
  buttons: [button('done', 'Done', { verb: 'nudge.done', subject: words }, 'done 1')],
});
const redraw = (store: Store, key: string, message: Message, now = TUESDAY) =>
  store.transaction((tx) => redrawPart({ tx, now }, 'bo', key, message));
const part = (message: Message) => ({ message, lateFor: null });
/** The message of the day as it was sent as `a`. */
const dayOf = (...messages: readonly Message[]): Message =>
  snoozable(bundled(messages.map(part), 'daily'), 'a');

describe('a message that is redrawn where it stands', () => {
  it('gets its new words in its place, and nothing is posted for it', async () => {
    const { adapter, run, store } = await deliveriesOn(toBo('one'));
    await run(TUESDAY);
    expect(await redraw(store, 'one', say('new words'))).toBe(true);
    await run(TUESDAY);
    expect(adapter.standing.size).toBe(1);
    expect(adapter.asked.map(({ edits }) => edits)).toEqual([null, 'message-1']);
    expect(adapter.standing.get('message-1')?.message).toEqual(say('new words'));
    expect(await store.deliveries.find('one=1')).toMatchObject({
      state: 'sent',
      platform: 'console',
      platformMessageId: null,
    });
    expect(await store.deliveries.find('one')).toMatchObject({ state: 'sent', message: wordsOf('one') });
  });

  it('is the whole message of the day, in which that part alone has changed', async () => {
    const { adapter, run, store } = await deliveriesOn(
      routine('a'),
      routine('b', { message: withButton('before') }),
      routine('c', { message: withButton('as it was') }),
    );
    await run(TUESDAY);
    const before = [wordsOf('a'), withButton('before'), withButton('as it was')];
    expect(adapter.standing.get('message-1')?.message).toEqual(dayOf(...before));
    await redraw(store, 'b', withButton('after'));
    await run(TUESDAY);
    const drawn = adapter.standing.get('message-1')?.message;
    expect(drawn).toEqual(dayOf(wordsOf('a'), withButton('after'), withButton('as it was')));
    expect(drawn?.buttons.map(({ id }) => id)).toContain('part-2-done');
    expect(adapter.standing.size).toBe(1);
  });

  it('keeps the order in which the parts stand, also where that is not the order of writing', async () => {
    const { adapter, run, store } = await deliveriesOn(
      routine('a'),
      routine('b', { expiresAt: eastern('2026-12-02T00:00') }),
    );
    await run(TUESDAY);
    for (const key of ['b', 'a']) {
      await redraw(store, key, say(`new ${key}`));
      await run(TUESDAY);
    }
    expect(adapter.standing.get('message-1')?.message).toEqual(dayOf(say('new b'), say('new a')));
  });

  it('keeps what the other parts were redrawn with before, and needs one drawing for what changed at one time', async () => {
    const { adapter, run, store } = await deliveriesOn(routine('a'), routine('b'));
    await run(TUESDAY);
    await redraw(store, 'a', say('new a'));
    await run(TUESDAY);
    await redraw(store, 'b', say('new b'));
    await redraw(store, 'b', say('newer b'));
    await run(TUESDAY);
    expect(adapter.asked).toHaveLength(3);
    expect(adapter.standing.get('message-1')?.message).toEqual(dayOf(say('new a'), say('newer b')));
  });

  it('goes at once at night, at a weekend, and after the message of the day', async () => {
    const { adapter, run, store } = await deliveriesOn(routine('a'));
    await run(TUESDAY);
    await redraw(store, 'a', say('new'), NIGHT);
    await run(NIGHT);
    expect(adapter.standing.get('message-1')?.message).toEqual(snoozable(say('new'), 'a'));
    // The day's message is still the one that it was.
    expect(await store.transaction((tx) => tx.deliveries.lastDaily('bo'))).toBe('a');
  });

  it('does not take the place of the message of another day', async () => {
    const { adapter, run, store } = await deliveriesOn(routine('a'));
    const wednesday = eastern('2026-12-02T10:00');
    await run(TUESDAY);
    await redraw(store, 'a', say('new'), wednesday);
    await enqueue(store, routine('b', { dueAt: wednesday }));
    await run(wednesday);
    expect([...adapter.standing.values()].map(({ message }) => message)).toEqual([
      snoozable(say('new'), 'a'),
      snoozable(wordsOf('b'), 'b'),
    ]);
  });

  it('is marked late as it was, and not because it is redrawn late', async () => {
    const { adapter, run, store } = await deliveriesOn(
      routine('a', { dueAt: plus(-60 * MINUTE) }),
      routine('b'),
    );
    await run(TUESDAY);
    await redraw(store, 'b', say('new'));
    await run(NIGHT);
    const drawn = adapter.standing.get('message-1')?.message;
    expect(drawn).toEqual(dayOf(markedLate(wordsOf('a'), plus(-60 * MINUTE)), say('new')));
  });

  it('keeps what waited while the platform was away under its own heading, and in order', async () => {
    const { adapter, run, store } = await deliveriesOn(
      toBo('x', { urgency: 'told' }),
      toBo('y', { urgency: 'told', dueAt: plus(1), expiresAt: plus(90 * MINUTE) }),
    );
    await run(plus(60 * MINUTE));
    await redraw(store, 'x', say('new'));
    await run(plus(61 * MINUTE));
    const late = [
      { message: say('new'), lateFor: TUESDAY },
      { message: wordsOf('y'), lateFor: plus(1) },
    ];
    expect([...adapter.standing.values()].map(({ message }) => message)).toEqual([bundled(late, 'catch-up')]);
  });

  it('is said under the name of its message, by which that is found', async () => {
    const { adapter, run, store } = await deliveriesOn(routine('a'), routine('b'));
    await run(TUESDAY);
    await redraw(store, 'b', say('new'));
    await run(TUESDAY);
    expect(adapter.asked.map(({ key }) => key)).toEqual(['a', 'a']);
  });
});

describe('a redrawing never becomes a message of its own', () => {
  it.each([
    ['was deleted', { kind: 'gone' }],
    ['may not be edited', { kind: 'forbidden', need: 'chat:write' }],
  ] as const)('where the message %s', async (_, refusal) => {
    const { adapter, run, store } = await deliveriesOn(routine('a'));
    await run(TUESDAY);
    await redraw(store, 'a', say('new'));
    adapter.answer = () => refusal;
    await run(TUESDAY);
    expect(adapter.asked.map(({ edits }) => edits)).toEqual([null, 'message-1']);
    expect(await store.deliveries.find('a=1')).toMatchObject({ state: 'suppressed' });
    expect(await store.transaction((tx) => tx.deliveries.undelivered(new Date(0)))).toEqual([]);
    expect(await store.deliveries.nextDueAt()).toBeNull();
  });

  it('where its reader is not reached under that address any more, nor on that platform', async () => {
    const { adapter, deps, run, store } = await deliveriesOn(routine('a'));
    const slack = recordingAdapter('slack');
    await run(TUESDAY);
    await redraw(store, 'a', say('new'));
    await store.transaction((tx) => tx.people.linkPlatformUser('slack', 'U1', 'bo'));
    await deliverPending({ ...deps, adapters: [slack] }, TUESDAY);
    expect([slack.asked, adapter.asked.length]).toEqual([[], 1]);
    expect(await store.deliveries.find('a=1')).toMatchObject({ state: 'suppressed' });
    const elsewhere = await deliveriesOn(routine('a'));
    await elsewhere.store.deliveries.sent(
      'a',
      { platform: 'console', id: 'before', timeZone: 'UTC' },
      'm1',
      TUESDAY,
    );
    await redraw(elsewhere.store, 'a', say('new'));
    await elsewhere.run(TUESDAY);
    expect(elsewhere.adapter.asked).toEqual([]);
    expect(await elsewhere.store.deliveries.find('a=1')).toMatchObject({ state: 'suppressed' });
  });

  it('where the message went by mail', async () => {
    const { adapter, run, store } = await deliveriesOn(
      routine('a', { to: { kind: 'mailbox', personId: 'bo' } }),
    );
    await store.deliveries.sent('a', { platform: 'email', id: 'bo@x', timeZone: 'UTC' }, 'm1', TUESDAY);
    expect(await redraw(store, 'a', say('new'))).toBe(true);
    await run(TUESDAY);
    expect(adapter.asked).toEqual([]);
    expect(await store.deliveries.find('a=1')).toMatchObject({ state: 'suppressed' });
  });

  it('where the message is somebody else’s', async () => {
    const { adapter, run, store } = await deliveriesOn(
      routine('a', { to: { kind: 'person', personId: 'bo2' } }),
    );
    await run(TUESDAY);
    await redraw(store, 'a', say('new'));
    await run(TUESDAY);
    expect(adapter.asked).toHaveLength(1);
    expect(await store.deliveries.find('a=1')).toMatchObject({ state: 'suppressed' });
  });

  it('when the platform takes nothing for days', async () => {
    const { adapter, run, store } = await deliveriesOn(routine('a'));
    await run(TUESDAY);
    await redraw(store, 'a', say('new'));
    adapter.answer = () => ({ kind: 'unavailable' });
    for (let due = await store.deliveries.nextDueAt(); due; due = await store.deliveries.nextDueAt())
      await run(new Date(due.getTime() + 360 * MINUTE));
    expect(await store.deliveries.find('a=1')).toMatchObject({ state: 'suppressed' });
    expect(adapter.asked.every(({ edits }, place) => place === 0 || edits === 'message-1')).toBe(true);
    expect(await store.transaction((tx) => tx.deliveries.undelivered(new Date(0)))).toEqual([]);
  });
});

describe('new words for a message that is in hand at that moment', () => {
  /** The person's message gets other words while the platform is asked to take it, and then answers this. */
  async function crossed(answer: Awaited<ReturnType<DeliveryAdapter['deliver']>> | null) {
    const made = await deliveriesOn(routine('a'));
    made.adapter.answer = async () => {
      made.adapter.answer = null;
      expect(await redraw(made.store, 'a', say('new'))).toBe(true);
      return answer;
    };
    await made.run(TUESDAY);
    return made;
  }

  it('follow it at once when it was taken', async () => {
    const { adapter, store } = await crossed(null);
    expect(adapter.asked.map(({ edits }) => edits)).toEqual([null, 'message-1']);
    expect(adapter.standing.get('message-1')?.message).toEqual(snoozable(say('new'), 'a'));
    expect(await store.deliveries.nextDueAt()).toBeNull();
  });

  it('go out with it when it was not', async () => {
    const { adapter, run, store } = await crossed({ kind: 'unavailable' });
    await run(plus(10 * MINUTE));
    expect(adapter.asked.slice(1).every(({ text }) => text.includes('new'))).toBe(true);
    const stand = [...adapter.standing.values()].map(({ message }) => message);
    expect(stand).toEqual([snoozable(say('new'), 'a')]);
    expect(await store.deliveries.nextDueAt()).toBeNull();
  });

  it('go out with it when it waits for its hour, and nothing is drawn over it', async () => {
    const { adapter, run, store } = await deliveriesOn(routine('a'));
    await store.deliveries.claimDue({ now: TUESDAY, limit: 10, leaseMs: 60_000 });
    await redraw(store, 'a', say('new'));
    const hour = plus(10 * MINUTE);
    const held = { kind: 'held', dueAt: hour, reason: 'quiet hours', at: TUESDAY } as const;
    await store.deliveries.later({ key: 'a', attempts: 1 }, held);
    await run(TUESDAY);
    expect(await store.deliveries.find('a=1')).toMatchObject({ state: 'suppressed' });
    await run(hour);
    expect(adapter.asked.map(({ edits }) => edits)).toEqual([null]);
    expect(adapter.asked[0]?.message).toEqual(snoozable(say('new'), 'a'));
  });

  it.each([
    ['had come', { kind: 'posted', messageId: 'message-1' }, [null, 'message-1']],
    ['had not come', { kind: 'not-posted' }, [null, null, 'message-2']],
  ] as const)('wait until it is known whether it came, when it %s', async (_, found, edits) => {
    const { adapter, run, store } = await crossed({ kind: 'unknown' });
    adapter.found = found;
    expect(adapter.asked).toHaveLength(1);
    for (let due = await store.deliveries.nextDueAt(); due; due = await store.deliveries.nextDueAt())
      await run(due);
    expect(adapter.asked.map((each) => each.edits)).toEqual(edits);
    expect(adapter.asked.at(-1)?.message).toEqual(snoozable(say('new'), 'a'));
  });

  it('do not go before one that may have come and is held overnight', async () => {
    const { adapter, run, store } = await crossed({ kind: 'unknown' });
    adapter.found = { kind: 'posted', messageId: 'message-1' };
    await run(NIGHT);
    expect(await store.deliveries.find('a')).toMatchObject({ state: 'pending', unsettledSince: TUESDAY });
    expect(await store.deliveries.find('a=1')).toMatchObject({ state: 'pending' });
    for (let due = await store.deliveries.nextDueAt(); due; due = await store.deliveries.nextDueAt())
      await run(due);
    expect(adapter.asked.map(({ edits }) => edits)).toEqual([null, 'message-1']);
    expect(adapter.asked.at(-1)?.text).toContain('new');
  });
});

describe('a redrawing of which nobody knows what became', () => {
  it('is drawn once more, and nothing is looked for', async () => {
    const { adapter, run, store } = await deliveriesOn(routine('a'));
    await run(TUESDAY);
    adapter.found = { kind: 'not-posted' };
    await redraw(store, 'a', say('new'));
    adapter.answer = () => ({ kind: 'unknown' });
    await run(TUESDAY);
    adapter.answer = null;
    await run(plus(10 * MINUTE));
    expect(adapter.asked.map(({ edits }) => edits)).toEqual([null, 'message-1', 'message-1']);
    expect(adapter.standing.size).toBe(1);
  });

  it('is drawn by somebody else when whoever had it in hand was killed, unless newer words wait', async () => {
    const { adapter, run, store } = await deliveriesOn(routine('a'));
    await run(TUESDAY);
    await redraw(store, 'a', say('new'));
    await store.deliveries.claimDue({ now: TUESDAY, limit: 10, leaseMs: 60_000 });
    await run(plus(2 * MINUTE));
    expect(adapter.asked.at(-1)).toMatchObject({ edits: 'message-1', message: snoozable(say('new'), 'a') });
    await redraw(store, 'a', say('newer'));
    await store.deliveries.claimDue({ now: plus(2 * MINUTE), limit: 10, leaseMs: 60_000 });
    await redraw(store, 'a', say('newest'));
    await run(plus(4 * MINUTE));
    expect(adapter.asked).toHaveLength(3);
    expect(adapter.asked.at(-1)).toMatchObject({
      edits: 'message-1',
      message: snoozable(say('newest'), 'a'),
    });
    expect(await store.deliveries.find('a=2')).toMatchObject({ state: 'suppressed', reason: 'superseded' });
  });

  it('is not drawn when newer words came while it waited for its place', async () => {
    const { adapter, deps, run, store } = await deliveriesOn(routine('a'));
    await run(TUESDAY);
    await redraw(store, 'a', say('new'));
    const now = performance.now.bind(performance);
    let waitedMs = 0;
    const stopwatch = vi.spyOn(performance, 'now').mockImplementation(() => now() + waitedMs);
    const traffic: typeof deps.traffic = {
      ...deps.traffic,
      admit: async (...asked) => {
        if (waitedMs === 0) await redraw(store, 'a', say('newer'));
        // What was read before is out of date by now.
        waitedMs += 10_000;
        return deps.traffic.admit(...asked);
      },
    };
    await deliverPending({ ...deps, traffic }, TUESDAY).finally(() => stopwatch.mockRestore());
    expect(adapter.asked).toHaveLength(2);
    expect(adapter.asked.at(-1)?.message).toEqual(snoozable(say('newer'), 'a'));
  });
});
