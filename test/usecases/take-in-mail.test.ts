import { beforeEach, describe, expect, it } from 'vitest';
import { plainText } from '../../src/messages/plain-text.ts';
import type { Delivery, Mailbox, MailboxTrouble, MailIn, TakenMail } from '../../src/ports.ts';
import { freshMailMemory, type MailMemory, takeInMail } from '../../src/usecases/take-in-mail.ts';
import { NEED } from '../support/a-mail.ts';
import { type Bot, startBot } from '../support/bot.ts';
import { openTestStore } from '../support/open-store.ts';

const SSN = '123-45-6789';
const HOUR_MS = 3_600_000;

let bot: Bot;
let memory: MailMemory;
beforeEach(async () => {
  bot = await startBot(await openTestStore(), { programme: { mailIsOn: true } });
  memory = freshMailMemory();
}, 60_000);

const aMailIn = (parts: Partial<MailIn> = {}): MailIn => ({
  messageId: '<one@cms.example>',
  from: 'beatriz.okafor@demo.cms.example',
  subject: 'We need an ISSO',
  text: NEED,
  attachments: 0,
  receivedAt: bot.clock.now(),
  isCut: false,
  kind: 'personal',
  proof: 'unproven',
  ...parts,
});

/** A mailbox with these mails in it; answers what became of each. */
async function arrive(
  mails: readonly Parameters<Parameters<Mailbox['read']>[0]>[0][],
  trouble: MailboxTrouble | null = null,
): Promise<TakenMail[]> {
  const became: TakenMail[] = [];
  const mailbox: Mailbox = {
    read: async (take) => {
      for (const mail of mails) became.push(await take(mail));
      return trouble;
    },
    check: async () => null,
    stop: async () => undefined,
  };
  const { store, programme, log } = bot;
  await takeInMail(
    { store, mailbox, programme, log, newId: () => crypto.randomUUID() },
    bot.clock.now(),
    memory,
  );
  await bot.deliver();
  return became;
}

const mailed = (key: string): Promise<Delivery | null> => bot.store.deliveries.find(key);
const acknowledged = (place = 1, who = 'bo'): Promise<Delivery | null> =>
  mailed(`mail-acknowledged:2026-12-01:${place}:${who}`);
const textOf = (delivery: Delivery | null): string =>
  delivery
    ? `${delivery.message.heading}\n${plainText(delivery.message, { timeZone: 'America/New_York' })}`
    : '';
const open = () => bot.store.transaction((tx) => tx.mailRequests.open(100));
const channel = (): string => bot.standing('#ispg').join('\n');
const audited = () => bot.store.transaction((tx) => tx.audit.page(null, 100));

describe('a mail from somebody of the roster', () => {
  it('waits for ISPG, and its sender is told by mail and in chat how to go on', async () => {
    expect(await arrive([aMailIn({ attachments: 2 })])).toEqual(['taken']);
    expect(await open()).toMatchObject([
      { number: 1, personId: 'bo', words: NEED, attachments: 2, state: 'open' },
    ]);
    for (const words of ['New mail M-1', 'Beatriz Okafor wrote', NEED, '2 attachments', 'mail M-1 accept'])
      expect(channel()).toContain(words);
    const mail = textOf(await acknowledged());
    for (const words of [
      'M-1',
      'within 2 business days',
      'https://bot.example.gov/go-on',
      '`mail M-1 go on`',
    ])
      expect(mail).toContain(words);
    expect(mail).toContain('no attachments');
    expect(bot.standing('bo').join()).toContain('mail M-1 go on');
  });

  it('is never repeated to them, so that nobody makes the bot carry words under their name', async () => {
    await arrive([aMailIn({ subject: 'Click here', text: 'Pay https://evil.example now' })]);
    for (const told of [textOf(await acknowledged()), bot.standing('bo').join()]) {
      expect(told).not.toContain('evil.example');
      expect(told).not.toContain('Click here');
    }
  });

  it('is taken in once, however often it is read', async () => {
    for (let times = 0; times < 3; times += 1) expect(await arrive([aMailIn()])).toEqual(['taken']);
    expect(await open()).toHaveLength(1);
    expect(await acknowledged(2)).toBeNull();
    expect(channel().match(/New mail/gu)).toHaveLength(1);
    expect(
      bot
        .standing('bo')
        .join()
        .match(/Your mail M-1/gu),
    ).toHaveLength(1);
  });

  it('acknowledges three of them a day, so that made-up mail floods nobody; ISPG sees them all', async () => {
    await arrive([1, 2, 3, 4].map((count) => aMailIn({ messageId: `<${count}@cms.example>` })));
    expect(await acknowledged(3)).not.toBeNull();
    expect(await acknowledged(4)).toBeNull();
    expect(
      bot
        .standing('bo')
        .join()
        .match(/mail M-\d go on/gu),
    ).toHaveLength(3);
    expect(channel()).toContain('one of many');
    expect(await open()).toHaveLength(4);
  });

  it('reaches somebody who never spoke with the bot by mail alone', async () => {
    await bot.store.transaction(async (tx) => {
      const bo = await tx.people.get('bo');
      if (bo)
        await tx.people.save([
          { ...bo, id: 'quiet', email: 'quiet@demo.cms.example', calendarToken: 'quiet-calendar-token' },
        ]);
    });
    await arrive([aMailIn({ from: 'quiet@demo.cms.example' })]);
    expect(await acknowledged(1, 'quiet')).not.toBeNull();
    expect(await mailed(`mail-in:${(await open())[0]?.id}:1:quiet`)).toBeNull();
  });

  it('stands in the record by number and kind, without a word of it', async () => {
    await arrive([aMailIn()]);
    const entry = (await audited()).find(({ verb }) => verb === 'request.mailed-in');
    expect(entry).toMatchObject({
      actorId: null,
      forId: 'bo',
      role: 'bot',
      facts: { mail: 'M-1', kind: 'personal' },
    });
    expect(JSON.stringify(await audited())).not.toContain('claims');
  });

  it('is told to the GTL after two business days, and not when somebody has seen to it', async () => {
    await arrive([aMailIn(), aMailIn({ messageId: '<two@cms.example>' })]);
    await bot.say('ispg', 'mail M-1 decline out_of_scope');
    bot.clock.set(new Date('2026-12-03T09:59:00-05:00'));
    await bot.deliver();
    expect(bot.standing('gtl').join()).not.toContain('M-2');
    bot.clock.set(new Date('2026-12-04T10:01:00-05:00'));
    await bot.deliver();
    await bot.deliver();
    expect(bot.standing('gtl').join()).toContain('M-2');
    expect(bot.standing('gtl').join()).not.toContain('M-1');
  });
});

describe('sensitive text in a mail', () => {
  it('is taken out before anything is kept, and both sides are told', async () => {
    await arrive([aMailIn({ subject: `About ${SSN}`, text: `My number is ${SSN}. ${NEED}` })]);
    const [mail] = await open();
    expect(mail?.words).toBe(`My number is [removed: a Social Security number]. ${NEED}`);
    expect(mail?.subject).toBe('About [removed: a Social Security number]');
    for (const told of [channel(), textOf(await acknowledged()), bot.standing('bo').join()]) {
      expect(told).toContain('a Social Security number');
      expect(told).not.toContain(SSN);
    }
    expect(JSON.stringify(bot.log.lines)).not.toContain(SSN);
  });

  it('is taken out where a long mail is cut, too', async () => {
    for (let before = 3_960; before < 4_010; before += 7) {
      const text = `${'x'.repeat(before)} ${SSN} ${'y'.repeat(500)}`;
      await arrive([aMailIn({ messageId: `<${before}@cms.example>`, text })]);
    }
    const ends = (await open()).map(({ words }) => words.slice(3_900));
    for (const end of ends) expect(end).not.toMatch(/\d|\[removed:(?![^\]]*\])/u);
    expect(ends.join()).toContain('[removed: a Social Security number]');
  });

  it('leaves a gap in the draft, which holds no marks', async () => {
    await arrive([aMailIn({ text: `Number ${SSN}, please help with our claims system.` })]);
    const { dialog } = await bot.say('bo', 'mail M-1 go on');
    expect(dialog?.fields.find(({ id }) => id === 'need_summary')?.value).toBe(
      'Number …, please help with our claims system.',
    );
  });
});

describe('a mail from somebody the roster does not have', () => {
  const STRANGER = 'stranger@elsewhere.example';

  it('is for ISPG to answer: nobody is written to, and the channel does not show the address', async () => {
    await arrive([aMailIn({ from: STRANGER })]);
    expect(channel()).toContain('Nobody was answered: I write to no address that nobody has verified');
    expect(channel()).not.toContain(STRANGER);
    expect(bot.adapter.asked.every(({ to }) => to.id === '#ispg')).toBe(true);
    const shown = await bot.say('ispg', 'mail M-1');
    expect(shown.said.join()).toContain(STRANGER);
    const accepted = await bot.say('ispg', 'mail M-1 accept');
    expect(accepted.said.join()).toContain('answer by hand');
    await bot.deliver();
    expect(channel()).toContain('Seen to by Imani Spencer');
  });

  it('is every mail that the trusted server calls made up', async () => {
    await arrive([aMailIn({ proof: 'forged' })]);
    expect(await open()).toMatchObject([{ personId: null }]);
    expect(channel()).toContain('the sender is made up');
    expect(await acknowledged()).toBeNull();
    expect(bot.standing('bo')).toEqual([]);
  });
});

describe('mail that is never answered', () => {
  it('is passed over when a program sent it, or when a list brings what nobody of the programme wrote', async () => {
    const list = aMailIn({ kind: 'list', from: 'news@elsewhere.example' });
    expect(await arrive([aMailIn({ kind: 'automatic' }), list])).toEqual(['passed-over', 'passed-over']);
    expect(await open()).toEqual([]);
    expect(bot.adapter.asked).toEqual([]);
  });

  it('is for ISPG to see when somebody of the programme answers the bot or writes through a list', async () => {
    await arrive([aMailIn({ kind: 'reply' }), aMailIn({ kind: 'list', messageId: '<two@cms.example>' })]);
    expect(await open()).toHaveLength(2);
    expect(await acknowledged()).toBeNull();
    expect(bot.standing('bo')).toEqual([]);
    expect(channel().match(/was not acknowledged/gu)).toHaveLength(2);
  });
});

describe('a lot of mail', () => {
  it('gets a card each until twenty wait, then one line a day', async () => {
    const many = Array.from({ length: 25 }, (_, count) =>
      aMailIn({ messageId: `<${count}@x.example>`, from: '' }),
    );
    await arrive(many);
    expect(channel().match(/New mail M-/gu)).toHaveLength(20);
    expect(channel().match(/More than 20 mails wait/gu)).toHaveLength(1);
    expect((await bot.say('ispg', 'mails')).said.join()).toContain('There is more');
  });
});

describe('a mail that can’t be taken in', () => {
  it('is left with a flag and told to the administrator once, and holds up no other', async () => {
    const unreadable = { kind: 'unreadable', ref: 'abc' } as const;
    expect(await arrive([unreadable, aMailIn(), unreadable])).toEqual(['unreadable', 'taken', 'unreadable']);
    expect(
      bot
        .standing('admin')
        .join()
        .match(/can’t be read by me/gu),
    ).toHaveLength(1);
    expect(await open()).toHaveLength(1);
  });

  it('because of a mistake of ours is treated the same, and the log says nothing of it', async () => {
    const broken = aMailIn({ receivedAt: new Date(Number.NaN), messageId: '<broken@cms.example>' });
    expect(await arrive([broken, aMailIn()])).toEqual(['unreadable', 'taken']);
    expect(bot.standing('admin')).toHaveLength(1);
    expect(JSON.stringify(bot.log.lines)).not.toContain('claims');
  });

  it('because the database is away is read again', async () => {
    const away = { ...bot, store: { ...bot.store, transaction: () => Promise.reject(new Error('away')) } };
    const { programme, log } = bot;
    const mailbox: Mailbox = {
      read: async (take) => {
        await take(aMailIn());
        return null;
      },
      check: async () => null,
      stop: async () => undefined,
    };
    const store = { ...away.store, troubles: async () => ['The database can’t be reached.'] };
    await expect(
      takeInMail({ store, mailbox, programme, log, newId: () => 'x' }, bot.clock.now(), memory),
    ).rejects.toThrow('away');
  });
});

describe('a mailbox that can’t be used', () => {
  const later = async (ms: number, trouble: MailboxTrouble | null): Promise<void> => {
    bot.clock.set(new Date(bot.clock.now().getTime() + ms));
    await arrive([], trouble);
  };
  const told = (): number =>
    bot
      .standing('admin')
      .join()
      .match(/needs your attention/gu)?.length ?? 0;

  it('because of its password is told once a day, and left alone for an hour', async () => {
    await arrive([], 'refused');
    expect(bot.standing('admin').join()).toContain('IMAP_PASSWORD');
    expect(await arrive([aMailIn()])).toEqual([]);
    await later(HOUR_MS, 'refused');
    expect(told()).toBe(1);
    await later(HOUR_MS, null);
    expect(memory.restUntil).toBeNull();
    expect(await arrive([aMailIn()])).toEqual(['taken']);
  });

  it('because its server is away is told after an hour, and asked again all the time', async () => {
    await arrive([], 'away');
    await later(HOUR_MS / 2, 'away');
    expect(told()).toBe(0);
    await later(HOUR_MS / 2, 'away');
    expect(told()).toBe(1);
    expect(await arrive([aMailIn()])).toEqual(['taken']);
    expect(memory.awaySince).toBeNull();
  });
});
