import { describe, expect, it } from 'vitest';
import { createDispatch, WITHOUT_PLATFORM } from '../src/dispatch.ts';
import type { Message } from '../src/messages/message.ts';
import { plainText } from '../src/messages/plain-text.ts';
import type { AcceptedEvent, Inbound, Reply, Store } from '../src/ports.ts';
import { finishAccepted } from '../src/usecases/finish-accepted.ts';
import { type Bot, PROGRAMME, pressed, said, startBot, submitted } from './support/bot.ts';
import { keepingLog, standingClock, TUESDAY } from './support/fakes.ts';
import { FIRST_PAGE } from './support/first-page.ts';
import { openTestStore } from './support/open-store.ts';

const silent: Reply = {
  say: async () => undefined,
  update: async () => undefined,
  openDialog: async () => undefined,
  rejectDialog: async () => undefined,
};
const unheard = async (): Promise<void> => undefined;
const justAfter = new Date(TUESDAY.getTime() + 1);

/** Accepts `event` with a program that dies before it works on it. */
async function acceptAndDie(store: Store, event: Inbound): Promise<void> {
  const dying = createDispatch({
    ...WITHOUT_PLATFORM,
    store: { ...store, transaction: () => new Promise(() => undefined) },
    clock: standingClock(TUESDAY),
    programme: PROGRAMME,
    log: keepingLog(),
    wake: async () => undefined,
  });
  const receipt = await dying.receive(event, silent);
  expect(receipt.kind).toBe('accepted');
}

/** Another program beside the bot, on the same store. */
const dispatchOn = ({ store, clock }: Bot) =>
  createDispatch({
    ...WITHOUT_PLATFORM,
    store,
    clock,
    programme: PROGRAMME,
    log: keepingLog(),
    wake: async () => undefined,
  });

/** The accepted event as the inbox holds it. */
async function left(store: Store): Promise<AcceptedEvent> {
  const [only] = await store.inbox.unfinished(justAfter, 10);
  if (!only) throw new Error('nothing is left');
  return only;
}

async function progressOf(bot: Bot): Promise<unknown> {
  const record = await bot.store.transaction((tx) => tx.conversations.current('bo'));
  return record && { version: record.version, state: record.state };
}

describe('a crash between accepting and working', () => {
  it('loses nothing: the event is worked on after the restart and every message of its answer is said', async () => {
    const store = await openTestStore();
    const bot = await startBot(store);
    await acceptAndDie(store, said('bo', 'I need an ISSO'));
    expect(await bot.finishLeft()).toBe(1);
    const texts = bot.standing('bo');
    expect(texts).toHaveLength(2);
    expect(texts.join('\n')).toContain('Question 1 of');
    expect(await bot.finishLeft()).toBe(0);
    expect(bot.standing('bo')).toHaveLength(2);
  });

  it('keeps the answers of a form in the order in which they were given', async () => {
    const store = await openTestStore();
    const bot = await startBot(store);
    await bot.say('bo', 'I need an ISSO');
    for (const [second, words] of ['Claims Hub', '2', 'surge'].entries()) {
      const event = said('bo', words);
      await store.inbox.accept({
        key: `left-${second}`,
        event,
        receivedAt: new Date(TUESDAY.getTime() - 9_000 + second * 1_000),
      });
    }
    expect(await bot.finishLeft()).toBe(3);
    const review = await bot.say('bo', 'review');
    expect(review.said.join()).toMatch(/Claims Hub/u);
    expect(review.said.join()).toMatch(/Number of systems: 2/u);
  });

  it('leaves nothing behind when a busy hour left more than is read at once', async () => {
    const store = await openTestStore();
    const bot = await startBot(store);
    const events = Array.from({ length: 230 }, (_, index) => said('bo', `help ${index}`));
    await Promise.all(
      events.map((event) => store.inbox.accept({ key: event.eventKey, event, receivedAt: TUESDAY })),
    );
    const count = await finishAccepted(
      {
        store,
        log: bot.log,
        isInHand: bot.dispatch.isInHand,
        finish: (event) => bot.dispatch.finish(event, unheard),
      },
      justAfter,
      justAfter,
    );
    expect(count).toBe(230);
    expect(await store.inbox.unfinished(justAfter, 10)).toEqual([]);
  });

  it('answers in the channel where it was said', async () => {
    const store = await openTestStore();
    const bot = await startBot(store);
    const number = await bot.fileRequest();
    await acceptAndDie(store, said('ispg', `accept ${number}`, { channel: 'ispg' }));
    await bot.finishLeft();
    expect(bot.standing('#ispg').join()).toContain('is accepted');
  });
});

describe('a crash between a press or a form and its dialog', () => {
  const openForm = { verb: 'intake.start-form', subject: 'issoaas' };

  it('leaves the way to the dialog that was asked for, or that comes next', async () => {
    const store = await openTestStore();
    const bot = await startBot(store);
    await acceptAndDie(store, pressed('bo', openForm));
    await bot.finishLeft();
    expect(bot.standing('bo').at(-1)).toContain('opens as a form');
    const { dialog } = await bot.press('bo', openForm);
    if (!dialog) throw new Error('no dialog came');
    await acceptAndDie(store, submitted('bo', dialog.press, FIRST_PAGE));
    await bot.finishLeft();
    expect(bot.standing('bo').filter((text) => text.includes('opens as a form'))).toHaveLength(2);
  });

  it('says what was wrong with a form that was sent', async () => {
    const store = await openTestStore();
    const bot = await startBot(store);
    const { dialog } = await bot.press('bo', openForm);
    if (!dialog) throw new Error('no dialog came');
    await acceptAndDie(store, submitted('bo', dialog.press, { ...FIRST_PAGE, system_count: 'many' }));
    await bot.finishLeft();
    expect(bot.standing('bo').at(-1)).toContain('open it again and mend this');
  });

  it('is made good when it comes after the work', async () => {
    const store = await openTestStore();
    const bot = await startBot(store);
    const dying = dispatchOn(bot);
    const receipt = await dying.receive(pressed('bo', openForm), {
      ...silent,
      openDialog: () => Promise.reject(new Error('the connection is gone')),
    });
    if (receipt.kind === 'accepted') await receipt.done;
    expect(await bot.finishLeft()).toBe(1);
    expect(bot.standing('bo').at(-1)).toContain('opens as a form');
  });
});

describe('a crash between working and answering', () => {
  it('says every message of the answer once after the restart, and works on nothing again', async () => {
    const store = await openTestStore();
    const bot = await startBot(store);
    const broken = dispatchOn(bot);
    const receipt = await broken.receive(said('bo', 'I need an ISSO'), {
      ...silent,
      say: async () => {
        throw new Error('the connection is gone');
      },
    });
    if (receipt.kind === 'accepted') await receipt.done;
    const before = await progressOf(bot);
    expect(await bot.finishLeft()).toBe(1);
    expect(bot.standing('bo')).toHaveLength(2);
    expect(await progressOf(bot)).toEqual(before);
    expect(await bot.finishLeft()).toBe(0);
  });

  it('tries again when the platform does not take the late answer', async () => {
    const store = await openTestStore();
    const bot = await startBot(store);
    await acceptAndDie(store, said('bo', 'hi'));
    bot.adapter.answer = () => ({ kind: 'unavailable' });
    await bot.finishLeft();
    expect(bot.standing('bo')).toEqual([]);
    bot.adapter.answer = null;
    bot.clock.set(new Date(TUESDAY.getTime() + 600_000));
    await bot.finishLeft();
    expect(bot.standing('bo').join()).toContain('I am the bot');
  });

  it('looks for a late answer of which nobody knows whether it came, and says it when it did not', async () => {
    const store = await openTestStore();
    const bot = await startBot(store);
    await acceptAndDie(store, said('bo', 'hi'));
    bot.adapter.answer = () => ({ kind: 'unknown' });
    await bot.finishLeft();
    expect(bot.standing('bo')).toEqual([]);
    bot.adapter.answer = null;
    bot.clock.set(new Date(TUESDAY.getTime() + 600_000));
    await bot.deliver();
    expect(bot.standing('bo')).toHaveLength(1);
    expect(bot.standing('bo').join()).toContain('I am the bot');
  });
});

describe('an event in two hands', () => {
  it('has its effect once when two processes finish it at the same instant', async () => {
    const store = await openTestStore();
    const bot = await startBot(store);
    await bot.say('bo', 'I need an ISSO');
    await acceptAndDie(store, said('bo', 'Claims Hub'));
    const event = await left(store);
    const texts: string[] = [];
    const say = async (message: Message) =>
      void texts.push(plainText(message, { timeZone: 'America/New_York' }));
    await Promise.all([bot.dispatch.finish(event, say), bot.dispatch.finish(event, say)]);
    expect(texts).toEqual([expect.stringContaining('Question 2 of')]);
    const once = await progressOf(bot);
    expect(once).toMatchObject({ version: 2 });
  });

  it('has no effect when it was done before', async () => {
    const store = await openTestStore();
    const bot = await startBot(store);
    await bot.say('bo', 'I need an ISSO');
    await acceptAndDie(store, said('bo', 'Claims Hub'));
    const event = await left(store);
    await bot.dispatch.finish(event, unheard);
    const before = await progressOf(bot);
    await bot.dispatch.finish(event, unheard);
    expect(await progressOf(bot)).toEqual(before);
  });

  it('leaves what is in hand alone while the clock is moved on', async () => {
    const store = await openTestStore();
    const bot = await startBot(store);
    await bot.say('bo', 'I need an ISSO');
    const slow: (() => void)[] = [];
    const spoken: string[] = [];
    const receipt = await bot.dispatch.receive(said('bo', 'Claims Hub'), {
      ...silent,
      say: (message) =>
        new Promise((resolve) => {
          spoken.push(plainText(message, { timeZone: 'America/New_York' }));
          slow.push(resolve);
        }),
    });
    while (slow.length === 0) await new Promise(setImmediate);
    bot.clock.set(new Date(TUESDAY.getTime() + 3_600_000));
    await finishAccepted(
      {
        store,
        log: bot.log,
        isInHand: bot.dispatch.isInHand,
        finish: bot.dispatch.finish,
      },
      bot.clock.now(),
    );
    for (const go of slow) go();
    if (receipt.kind === 'accepted') await receipt.done;
    expect([...spoken, ...bot.standing('bo')].filter((text) => text.includes('Question 2 of'))).toHaveLength(
      1,
    );
  });
});

describe('an event that another living process has in hand', () => {
  it('is left alone at the ticks of the others, and said once, until whoever had it must be dead', async () => {
    const store = await openTestStore();
    const bot = await startBot(store);
    let isSaying = false;
    let taken = (): void => undefined;
    const slow = new Promise<void>((resolve) => {
      taken = resolve;
    });
    const receipt = await bot.dispatch.receive(said('bo', 'I need an ISSO'), {
      ...silent,
      say: () => {
        isSaying = true;
        return slow;
      },
    });
    while (!isSaying) await new Promise(setImmediate);
    const standing = () => bot.standing('bo').filter((text) => text.includes('Question 1 of'));
    const tickOfAnother = (afterMs: number) =>
      finishAccepted(
        {
          store,
          log: bot.log,
          isInHand: () => false,
          finish: bot.dispatch.finish,
        },
        new Date(TUESDAY.getTime() + afterMs),
      );
    // Its work is done, and the platform may still be taking the answer.
    for (const afterMs of [1_000, 30_000, 61_000, 119_000]) expect(await tickOfAnother(afterMs)).toBe(0);
    expect(standing()).toEqual([]);
    expect(await tickOfAnother(121_000)).toBe(1);
    bot.clock.set(new Date(TUESDAY.getTime() + 121_000));
    await bot.deliver();
    expect(standing()).toHaveLength(1);
    expect(await tickOfAnother(600_000)).toBe(0);
    taken();
    if (receipt.kind === 'accepted') await receipt.done;
  });
});

describe('a poisoned event', () => {
  it('does not hold up its neighbours', async () => {
    const store = await openTestStore();
    const bot = await startBot(store);
    for (const [second, who] of ['bo', 'bo2', 'cra'].entries()) {
      await store.inbox.accept({
        key: `left-${who}`,
        event: said(who, 'hi'),
        receivedAt: new Date(TUESDAY.getTime() - 9_000 + second * 1_000),
      });
    }
    const tried: string[] = [];
    const run = () =>
      finishAccepted(
        {
          store,
          log: bot.log,
          isInHand: bot.dispatch.isInHand,
          finish: async (event, say) => {
            tried.push(event.key);
            if (event.key === 'left-bo') throw new Error('poison');
            await bot.dispatch.finish(event, say);
          },
        },
        bot.clock.now(),
        justAfter,
      );
    await run().catch(() => undefined);
    await bot.deliver();
    expect(tried).toEqual(['left-bo', 'left-bo2', 'left-cra']);
    expect(bot.standing('bo2')).toHaveLength(1);
    expect(bot.standing('cra')).toHaveLength(1);
  });
});
