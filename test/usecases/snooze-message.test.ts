import { describe, expect, it } from 'vitest';
import { say } from '../../src/messages/message.ts';
import type { Delivery } from '../../src/ports.ts';
import { snoozedKey } from '../../src/usecases/snooze-message.ts';
import { tellPerson } from '../../src/usecases/tell.ts';
import { type Bot, startBot } from '../support/bot.ts';
import { TUESDAY } from '../support/fakes.ts';
import { openTestDatabase, openTestStore } from '../support/open-store.ts';

const eastern = (local: string): Date => new Date(`${local}:00-05:00`);
const start = async (): Promise<Bot> => startBot(await openTestStore());

type Telling = Parameters<typeof tellPerson>[2];

/** A message that a clock causes, for `who`. */
const remind = (bot: Bot, who: string, key: string, facts: Partial<Telling> = {}): Promise<boolean> =>
  bot.store.transaction((tx) =>
    tellPerson({ tx, now: bot.clock.now() }, who, {
      key,
      kind: 'reminder',
      urgency: 'routine',
      topic: 'meeting-reminders',
      message: say(`Words of ${key}.`),
      ...facts,
    }),
  );

const find = (bot: Bot, key: string): Promise<Delivery | null> => bot.store.deliveries.find(key);
const snooze = (bot: Bot, who: string, key: string, days: number) =>
  bot.press(who, { verb: 'message.snooze', subject: key, choice: String(days) });
const count = async (): Promise<number> => (await openTestDatabase()).prisma.delivery.count();

describe('a message of the day that is put off', () => {
  it('comes again with all its parts in the morning of that business day, as they were', async () => {
    const bot = await start();
    await remind(bot, 'lead', 'one', { about: 'meeting:m1', expiresAt: eastern('2026-12-20T09:00') });
    await remind(bot, 'lead', 'two');
    await bot.deliver();
    const heard = await snooze(bot, 'lead', 'one:lead', 3);
    // Leila reads Central Time, and her day begins at 8 there.
    expect(heard.said.join('\n')).toContain('again on Friday, December 4, 2026 at 9:00 AM Eastern Time');
    expect(await find(bot, 'one:lead~1')).toMatchObject({
      to: { kind: 'person', personId: 'lead' },
      kind: 'reminder',
      urgency: 'routine',
      topic: 'meeting-reminders',
      message: say('Words of one.'),
      dueAt: eastern('2026-12-04T09:00'),
      expiresAt: eastern('2026-12-20T09:00'),
      about: 'meeting:m1',
      state: 'pending',
    });
    bot.clock.set(eastern('2026-12-04T09:00'));
    await bot.deliver();
    const last = bot.standing('lead').at(-1) ?? '';
    expect(last).toContain('Words of one.');
    expect(last).toContain('Words of two.');
    expect(last).not.toContain('comes late');
  });

  it('comes again once, however often that button is pressed', async () => {
    const bot = await start();
    await remind(bot, 'bo', 'one');
    await bot.deliver();
    await snooze(bot, 'bo', 'one:bo', 1);
    const before = await count();
    const heard = await snooze(bot, 'bo', 'one:bo', 5);
    expect(heard.said.join('\n')).toContain('You have put this off already');
    expect(await count()).toBe(before);
    expect(await find(bot, 'one:bo~1')).toMatchObject({ dueAt: eastern('2026-12-02T08:00') });
  });

  it('can be put off again when it has come again', async () => {
    const bot = await start();
    await remind(bot, 'bo', 'one');
    await bot.deliver();
    await bot.say('bo', 'snooze 1');
    bot.clock.set(eastern('2026-12-02T08:00'));
    await bot.deliver();
    await bot.say('bo', 'snooze 1');
    expect(await find(bot, 'one:bo~2')).toMatchObject({
      state: 'pending',
      dueAt: eastern('2026-12-03T08:00'),
    });
  });

  it('skips weekends, holidays and days of leave', async () => {
    const bot = await start();
    bot.clock.set(eastern('2026-12-23T10:00'));
    await bot.store.transaction((tx) =>
      tx.contact.addLeave({ id: 'l1', personId: 'bo', fromOn: '2026-12-28', toOn: '2026-12-29' }),
    );
    for (const who of ['bo', 'cra']) {
      await remind(bot, who, 'one');
      await bot.deliver();
      await snooze(bot, who, `one:${who}`, 3);
    }
    expect((await find(bot, 'one:cra~1'))?.dueAt).toEqual(eastern('2026-12-29T08:00'));
    expect((await find(bot, 'one:bo~1'))?.dueAt).toEqual(eastern('2026-12-30T08:00'));
  });

  it('leaves out what would be over by then, and says so', async () => {
    const bot = await start();
    await remind(bot, 'bo', 'soon', { expiresAt: eastern('2026-12-02T09:00') });
    await remind(bot, 'bo', 'some day');
    await bot.deliver();
    const heard = await bot.say('bo', 'snooze 3');
    expect(heard.said.join('\n')).toMatch(
      /can't wait that long:[\s\S]*until Wednesday, December 2, 2026 at 9:00 AM Eastern Time: Words of soon\./u,
    );
    expect(await find(bot, 'soon:bo~1')).toBeNull();
    expect(await find(bot, 'some day:bo~1')).not.toBeNull();
  });

  it('leaves out what is settled by now', async () => {
    const bot = await start();
    const number = await bot.fileRequest();
    const engagement = await bot.store.transaction((tx) => tx.engagements.byNumber(number));
    await remind(bot, 'gtl', 'overdue', {
      stillTrue: { kind: 'engagement-in', engagementId: engagement?.id ?? '', states: ['REQUESTED'] },
    });
    await bot.deliver();
    await bot.say('ispg', `accept ${number}`, { channel: 'ispg' });
    const heard = await bot.say('gtl', 'snooze 1');
    expect(heard.said.join('\n')).toContain('There is nothing left to put off');
    expect(heard.said.join('\n')).toContain('One thing is settled or over by now');
    expect(await find(bot, 'overdue:gtl~1')).toBeNull();
  });

  it('says that nothing is left of what was over before it was put off', async () => {
    const bot = await start();
    await remind(bot, 'bo', 'soon', { expiresAt: eastern('2026-12-01T15:00') });
    await bot.deliver();
    bot.clock.set(eastern('2026-12-02T09:00'));
    const heard = (await bot.say('bo', 'snooze 1')).said.join('\n');
    expect(heard).toContain('There is nothing left to put off');
    expect(heard).not.toContain('until');
  });

  it('stands in the record', async () => {
    const bot = await start();
    await remind(bot, 'bo', 'one');
    await bot.deliver();
    await bot.say('bo', 'snooze 5');
    const entries = await (await openTestDatabase()).prisma.auditEntry.findMany({
      where: { verb: 'message.snooze' },
    });
    expect(entries).toMatchObject([
      {
        at: TUESDAY,
        actorId: 'bo',
        facts: { message: 'one:bo', businessDays: '5', dueAt: '2026-12-08T13:00:00.000Z', count: '1' },
      },
    ]);
  });
});

describe('putting off', () => {
  it('what is somebody else’s is refused in the words for what does not exist', async () => {
    const bot = await start();
    await remind(bot, 'bo', 'one');
    await bot.deliver();
    const others = await snooze(bot, 'cra', 'one:bo', 1);
    const missing = await snooze(bot, 'cra', 'none', 1);
    expect(others.said).toEqual(missing.said);
    expect(others.said.join('\n')).toContain('no message of the day');
    expect(await find(bot, 'one:bo~1')).toBeNull();
  });

  it('before anything came is answered so', async () => {
    const bot = await start();
    expect((await bot.say('bo', 'snooze 1')).said.join('\n')).toContain('no message of the day');
  });

  it('by another number of days is told the right words', async () => {
    const bot = await start();
    await remind(bot, 'bo', 'one');
    await bot.deliver();
    for (const words of ['snooze', 'snooze 2', 'Snooze for 400 days'])
      expect((await bot.say('bo', words)).said.join('\n')).toContain('1, 3 or 5 business days');
    expect(await find(bot, 'one:bo~1')).toBeNull();
  });

  it('works while a form is open, and leaves the form as it is', async () => {
    const bot = await start();
    await remind(bot, 'bo', 'one');
    await bot.deliver();
    await bot.say('bo', 'I need an ISSO');
    expect((await bot.say('bo', 'snooze 3 business days.')).said.join('\n')).toContain('again on');
    expect((await bot.say('bo', 'Snooze Tracker')).said.join('\n')).toContain('Question 2 of');
  });

  it('names the next time it is put off by counting', () => {
    expect(snoozedKey('a:b')).toBe('a:b~1');
    expect(snoozedKey('a:b~1')).toBe('a:b~2');
    expect(snoozedKey('a~b:c~9')).toBe('a~b:c~10');
  });
});
