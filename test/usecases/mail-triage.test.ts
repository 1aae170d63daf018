import { beforeEach, describe, expect, it } from 'vitest';
import { beginFromMail, type MailRequest, mailName, readMailName } from '../../src/domain/mail-request.ts';
import { plainText } from '../../src/messages/plain-text.ts';
import { NEED } from '../support/a-mail.ts';
import { type Bot, startBot } from '../support/bot.ts';
import { openTestStore } from '../support/open-store.ts';

let bot: Bot;
beforeEach(async () => {
  bot = await startBot(await openTestStore(), { programme: { mailIsOn: true } });
}, 60_000);

let count = 0;
/** A mail that waits; answers its number. */
async function waiting(parts: Partial<MailRequest> = {}): Promise<string> {
  count += 1;
  const mail = await bot.store.transaction((tx) =>
    tx.mailRequests.insert({
      id: `mail-${count}`,
      messageId: `<${count}@cms.example>`,
      personId: 'bo',
      fromAddress: 'beatriz.okafor@demo.cms.example',
      subject: 'We need an ISSO',
      words: NEED,
      attachments: 0,
      receivedAt: bot.clock.now(),
      version: 1,
      state: 'open',
      outcome: null,
      ...parts,
    }),
  );
  return mailName(mail?.number ?? 0);
}
const found = (name: string): Promise<MailRequest | null> =>
  bot.store.transaction((tx) => tx.mailRequests.forChange(readMailName(name) ?? 0));
const needOf = (who: string) =>
  bot.store.transaction(async (tx) => {
    const record = await tx.conversations.current(who);
    const state = record?.state as { form: { drafts: Record<string, string> } } | undefined;
    return record ? { status: record.status, draft: state?.form.drafts.need_summary } : null;
  });
const press = (verb: string, subject: string, version?: number) => ({
  verb,
  subject,
  ...(version === undefined ? {} : { version }),
});
const standingAfter = async (place: string): Promise<string> => {
  await bot.deliver();
  return bot.standing(place).join('\n');
};

describe('a request begun for a sender', () => {
  it('waits for them, put aside, with their words as a draft', async () => {
    const name = await waiting();
    const heard = await bot.press('ispg', press('mail.accept', name, 1), {}, { channel: 'ispg' });
    expect(heard.said.join()).toContain('A request is begun for Beatriz Okafor');
    expect(await needOf('bo')).toEqual({ status: 'paused', draft: NEED });
    expect(await standingAfter('bo')).toContain('begun a request for you');
    expect(await standingAfter('#ispg')).toContain('Seen to by Imani Spencer');
    expect(await bot.store.deliveries.find(`mail-answer:${(await found(name))?.id}:bo`)).not.toBeNull();
    const { dialog } = await bot.press('bo', press('mail.go-on', name));
    expect(dialog?.fields.find(({ id }) => id === 'need_summary')?.value).toBe(NEED);
  });

  it('takes nothing for an answer, and leaves what they have begun themselves alone', async () => {
    await bot.say('bo', 'I need an ISSO');
    const name = await waiting();
    await bot.say('ispg', `mail ${name} accept`);
    expect(await needOf('bo')).toEqual({ status: 'open', draft: NEED });
    expect((await bot.say('bo', 'Claims Hub')).said.join()).toContain('Question 2');
    const other = await waiting({ words: 'Other words.' });
    await bot.say('ispg', `mail ${other} accept`);
    expect((await needOf('bo'))?.draft).toBe(NEED);
  });

  it('is not begun twice, nor after somebody else has seen to it', async () => {
    const name = await waiting();
    await bot.say('ispg', `mail ${name} accept`);
    for (const typed of [`mail ${name} accept`, `mail ${name} decline other`])
      expect((await bot.say('gtl', typed)).said.join()).toContain('Nothing was changed');
    const old = await bot.press('gtl', press('mail.accept', name, 1));
    expect(old.said.join()).toContain('out of date');
  });
});

describe('a mail that is not for the programme', () => {
  it('is declined with a reason, which its sender reads by mail and in chat', async () => {
    const name = await waiting();
    const { dialog } = await bot.press('ispg', press('mail.decline', name, 1));
    expect(dialog?.press).toEqual({ verb: 'mail.decline', subject: name, version: 1 });
    const bad = await bot.submit('ispg', press('mail.decline', name, 1), { reason: '', note: '123-45-6789' });
    expect(Object.keys(bad.errors ?? {}).sort()).toEqual(['note', 'reason']);
    await bot.submit('ispg', press('mail.decline', name, 1), {
      reason: 'wrong_service',
      note: 'Ask the SOC.',
    });
    expect(await standingAfter('bo')).toMatch(/another service fits better[\s\S]*Ask the SOC\./u);
    const mail = await bot.store.deliveries.find(`mail-answer:${(await found(name))?.id}:bo`);
    expect(mail && plainText(mail.message, { timeZone: 'UTC' })).toContain('Ask the SOC.');
    expect((await bot.say('bo', `mail ${name} go on`)).said.join()).toContain('does not take it up');
  });

  it('is declined by typed words with the same reasons', async () => {
    const name = await waiting();
    expect((await bot.say('ispg', `mail ${name} decline`)).said.join()).toContain('out_of_scope');
    expect((await found(name))?.state).toBe('open');
    await bot.say('ispg', `mail ${name} decline No Service ISSO is free at the time: ask in May`);
    expect((await found(name))?.outcome).toMatchObject({
      reason: 'no_capacity',
      note: 'ask in May',
      byId: 'ispg',
    });
  });

  it('writes to nobody when nobody of the roster wrote', async () => {
    const name = await waiting({ personId: null, fromAddress: 'stranger@elsewhere.example' });
    expect((await bot.say('ispg', `mail ${name} decline other`)).said.join()).toContain(
      'Nobody is written to',
    );
    await bot.deliver();
    expect(bot.adapter.asked.every(({ to }) => to.id === '#ispg')).toBe(true);
  });
});

describe('going on in chat', () => {
  it('opens the request with the words as a draft, and takes the mail off ISPG’s hands', async () => {
    const name = await waiting();
    const { dialog } = await bot.press('bo', press('mail.go-on', name));
    expect(dialog?.fields.find(({ id }) => id === 'need_summary')?.value).toBe(NEED);
    expect(await needOf('bo')).toEqual({ status: 'open', draft: NEED });
    expect(await found(name)).toMatchObject({ state: 'begun', outcome: { byId: 'bo' } });
    expect(await standingAfter('#ispg')).toContain('Beatriz Okafor went on with it in chat');
    expect((await bot.say('ispg', `mail ${name} accept`)).said.join()).toContain('Nothing was changed');
    expect((await bot.press('bo', press('mail.go-on', name))).dialog).not.toBeNull();
  });

  it('opens the request without words where the mail had none', async () => {
    const name = await waiting({ words: '' });
    expect((await bot.say('bo', `mail ${name} go on`)).dialog?.fields[0]?.id).toBe('system_name');
  });

  it('is for the one whose mailbox it came from, and for nobody else', async () => {
    const name = await waiting();
    for (const who of ['bo2', 'ispg', 'lead', 'admin'])
      expect((await bot.say(who, `mail ${name} go on`)).said.join()).toContain(
        'does not exist, or you do not',
      );
    expect((await found(name))?.state).toBe('open');
  });
});

describe('who may see mail', () => {
  it('is ISPG, and for their own whoever wrote; everybody else learns nothing', async () => {
    const name = await waiting();
    for (const who of ['ispg', 'gtl']) {
      expect((await bot.say(who, 'mails')).said.join()).toContain(name);
      expect((await bot.say(who, `mail ${name}`)).said.join()).toContain('beatriz.okafor@demo.cms.example');
    }
    expect((await bot.say('bo', `mail ${name}`)).said.join()).toContain('Your mail');
    const missing = (await bot.say('lead', 'mail M-999')).said.join().replace('M-999', name);
    for (const who of ['lead', 'admin', 'cor', 'bo2']) {
      for (const typed of [`mail ${name}`, `mail ${name} accept`, `mail ${name} decline other`])
        expect((await bot.say(who, typed)).said.join()).toBe(missing);
      expect((await bot.press(who, press('mail.accept', name, 1))).said.join()).toBe(missing);
      expect((await bot.say(who, 'mails')).said.join()).not.toContain(name);
    }
  });

  it('is said in a direct message, with the address, when it is asked for in the channel', async () => {
    const name = await waiting();
    const heard = await bot.say('ispg', `mail ${name}`, { channel: 'ispg' });
    expect(heard.said.join()).not.toContain('beatriz.okafor');
    expect(await standingAfter('ispg')).toContain('beatriz.okafor@demo.cms.example');
  });

  it('is asked while a form is open as well, and leaves that as it is', async () => {
    const name = await waiting();
    await bot.say('ispg', 'I need an ISSO');
    expect((await bot.say('ispg', `mail ${name}`)).said.join()).toContain('We need an ISSO');
    expect((await needOf('ispg'))?.status).toBe('open');
  });
});

describe('two at once', () => {
  it('settle a mail once: whoever comes second is told what happened', async () => {
    for (let round = 0; round < 10; round += 1) {
      const name = await waiting();
      const heard = await Promise.all([
        bot.say('ispg', `mail ${name} accept`),
        bot.say('gtl', `mail ${name} decline other`),
        bot.say('bo', `mail ${name} go on`),
      ]);
      const settled = await found(name);
      expect(settled).toMatchObject({ version: 2 });
      const late = heard.slice(0, 2).filter(({ said }) => said.join().includes('Nothing was changed'));
      expect(late).toHaveLength(settled?.state === 'begun' ? 2 : 1);
      await bot.say('bo', 'cancel');
      await bot.say('bo', 'yes');
    }
  });
});

describe('the rules of a mail', () => {
  it('read its number as people write it', () => {
    expect(['M-12', 'm-12', 'm12', '12', ' M-12 '].map(readMailName)).toEqual([12, 12, 12, 12, 12]);
    expect(['M-', 'B-12', 'M-1x', 'M-1234567890', ''].map(readMailName)).toEqual([
      null,
      null,
      null,
      null,
      null,
    ]);
  });

  it('settle it once', async () => {
    const mail = await found(await waiting());
    if (!mail) throw new Error('no mail');
    const once = beginFromMail(mail, 'bo', bot.clock.now());
    expect(once.ok && beginFromMail(once.value, 'bo', bot.clock.now())).toEqual({
      ok: false,
      refusal: { code: 'settled', state: 'begun' },
    });
  });
});
