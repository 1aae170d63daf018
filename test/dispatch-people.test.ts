import { describe, expect, it } from 'vitest';
import { INTAKE_ANSWERS, startBot } from './support/bot.ts';
import { openTestDatabase, openTestStore } from './support/open-store.ts';

describe('what is for one person alone', () => {
  it('goes to the direct message when it was asked in a channel, and the channel learns nothing', async () => {
    const bot = await startBot(await openTestStore());
    const number = await bot.fileRequest('Payments Vault');
    for (const words of ['status', `status ${number}`, 'help']) {
      const heard = await bot.say('bo', words, { channel: 'issoaas' });
      expect(heard.said).toEqual(['I have answered you in a direct message.']);
    }
    await bot.deliver();
    expect(bot.standing('bo').join('\n')).toContain('Payments Vault');
    expect(bot.standing('#issoaas')).toEqual([]);
  });

  it('starts a request in the direct message when it was wished for in a channel', async () => {
    const bot = await startBot(await openTestStore());
    expect((await bot.say('bo', 'I need an ISSO', { channel: 'issoaas' })).said).toEqual([
      'I have answered you in a direct message.',
    ]);
    await bot.deliver();
    expect(bot.standing('bo').join('\n')).toContain('Question 1 of');
  });

  it('never names a system in the programme channel, whatever verb is typed there', async () => {
    const bot = await startBot(await openTestStore());
    const number = await bot.fileRequest('Payments Vault');
    const script = [
      ['lead', `accept ${number}`],
      ['ispg', `ask ${number} Which release?`],
      ['bo', `answer ${number} The spring release of Payments Vault.`],
      ['ispg', `accept ${number}`],
      ['bo', `amend ${number}`],
      ['bo', `choose 1 for ${number}`],
      ['ispg', `offer ${number}`],
      ['bo', `propose ${number} Tue Dec 8 2pm`],
      ['bo', `withdraw ${number} other`],
    ] as const;
    for (const [who, words] of script) {
      const heard = await bot.say(who, words, { channel: 'issoaas' });
      expect(heard.said.join('\n')).not.toContain('Payments Vault');
    }
  });
});

describe('somebody the roster does not know', () => {
  it('may ask, file a request for themselves, and nothing else', async () => {
    const bot = await startBot(await openTestStore());
    const number = await bot.fileRequest();
    expect((await bot.say('U-stranger', 'What is ISSO As A Service?')).said.join()).toMatch(
      /Information System Security|ISSO/u,
    );
    for (const verb of [
      'status',
      'accept',
      'ask',
      'decline',
      'withdraw',
      'answer',
      'confirm',
      'amend',
      'choose 1 for',
      'take 1 for',
      'propose',
      'offer',
      'reschedule',
      'cancel kickoff',
      'held',
    ]) {
      const heard = await bot.say('U-stranger', `${verb} ${number} other`);
      expect(heard.said.join(), verb).toContain('you do not have access');
      const missing = await bot.say('U-stranger', `${verb} ISSO-2026-0999 other`);
      expect(
        missing.said.map((text) => text.replaceAll('ISSO-2026-0999', number)),
        verb,
      ).toEqual(heard.said);
    }
    expect((await bot.say('U-stranger', 'digest', { channel: 'ispg' })).said.join()).not.toContain(number);
    expect((await bot.say('U-stranger', 'status')).said.join()).not.toContain(number);
    const { prisma } = await openTestDatabase();
    expect(await prisma.delivery.count()).toBe(0);
  });

  it('becomes a person without roles, the same one at the next word', async () => {
    const bot = await startBot(await openTestStore());
    await Promise.all(['hi', 'hello', 'help', 'status'].map((words) => bot.say('U-stranger', words)));
    const people = await bot.store.transaction((tx) => tx.people.list());
    const strangers = people.filter(({ roles }) => roles.length === 0);
    expect(strangers).toHaveLength(1);
    expect(strangers[0]?.calendarToken).toMatch(/^[\w-]{32}$/u);
  });

  it('can file a request for themselves, and for nobody else', async () => {
    const bot = await startBot(await openTestStore());
    const first = await bot.say('U-stranger', 'I need an ISSO');
    expect(first.said.join()).toContain('Question 1 of');
    const script = [
      'change Business Owner',
      'Benjamin Ortiz',
      'skip',
      'OIT',
      ...INTAKE_ANSWERS.slice(1),
      'submit',
      'I confirm',
    ];
    let last = first;
    for (const words of script) last = await bot.say('U-stranger', words);
    expect(last.said.join()).toMatch(/ISSO-2026-0001/u);
    const [engagement] = await bot.store.transaction((tx) =>
      tx.engagements.inStates(['DRAFT', 'REQUESTED'], 10),
    );
    expect(engagement?.businessOwnerId).toBe(engagement?.requesterId);
    expect(engagement?.businessOwnerId).not.toBe('bo2');
  });
});

describe('buttons made by hand', () => {
  it.each(['', 'no.such.verb', 'constructor', '__proto__', 'toString'])(
    'with the verb "%s" do nothing',
    async (verb) => {
      const bot = await startBot(await openTestStore());
      const heard = [
        await bot.press('ispg', { verb, subject: 'x' }),
        await bot.submit('ispg', { verb, subject: 'x' }, {}),
      ];
      for (const each of heard) expect(each.said.join()).toContain('not open to you');
    },
  );

  it('give a stranger the same words whether the meeting exists or not', async () => {
    const bot = await startBot(await openTestStore());
    const number = await bot.fileRequest();
    await bot.say('ispg', `accept ${number}`);
    const meeting = await bot.store.transaction(
      async (tx) => (await tx.meetings.inStates(['offered'], 1))[0],
    );
    for (const verb of [
      'kickoff.choose',
      'kickoff.propose',
      'kickoff.take',
      'kickoff.offer',
      'kickoff.reschedule',
      'kickoff.cancel',
      'kickoff.record',
    ]) {
      const [real, none] = await Promise.all(
        [meeting?.id ?? '', 'no-such-meeting'].map((subject) =>
          bot.press('U-stranger', { verb, subject, choice: '0' }),
        ),
      );
      expect(real?.said, verb).toEqual(none?.said);
    }
  });

  it('do not open the form of somebody else', async () => {
    const bot = await startBot(await openTestStore());
    const started = await bot.say('bo', 'I need an ISSO');
    const form = JSON.stringify(started.messages).match(/"subject":"([0-9a-f-]{36})"/u)?.[1] ?? '';
    expect(form).not.toBe('');
    for (const verb of [
      'intake.answer',
      'intake.submit',
      'intake.confirm',
      'intake.form',
      'intake.discard',
      'intake.join',
    ]) {
      const theirs = await bot.press(
        'bo2',
        { verb, subject: form, choice: 'system_name' },
        { system_name: 'Mine' },
      );
      const none = await bot.press(
        'bo2',
        { verb, subject: 'no-such-form', choice: 'system_name' },
        { system_name: 'Mine' },
      );
      expect(theirs.said, verb).toEqual(none.said);
    }
    expect((await bot.say('bo', 'review')).said.join()).not.toContain('Mine');
  });
});
