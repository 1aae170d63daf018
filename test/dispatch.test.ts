import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDispatch } from '../src/dispatch.ts';
import type { ButtonPress } from '../src/messages/button.ts';
import type { Inbound } from '../src/ports.ts';
import { INTAKE_ANSWERS, keepingLog, PROGRAMME, pressed, said, standingClock, startBot, submitted, TUESDAY } from './support/bot.ts';
import { openTestDatabase, openTestStore } from './support/open-store.ts';

const count = async (table: 'engagement' | 'delivery' | 'audit_entry'): Promise<number> => {
  const { prisma } = await openTestDatabase();
  const [row] = await prisma.$queryRawUnsafe<{ n: bigint }[]>(`SELECT count(*) AS n FROM ${table}`);
  return Number(row?.n);
};

describe('events that come more than once', () => {
  it('have one effect each, however often and in whatever order the repeats come', async () => {
    const bot = await startBot(await openTestStore());
    const requests = await Promise.all(['One', 'Two', 'Three', 'Four', 'Five', 'Six'].map((name) => bot.fileRequest(name)));
    const accept = (number: string): ButtonPress => ({ verb: 'triage.accept', subject: number, version: 1 });
    const decline = (number: string): ButtonPress => ({ verb: 'triage.decline', subject: number, version: 1 });
    const events: Inbound[] = requests.map((number, index) =>
      index % 2 === 0
        ? pressed('ispg', accept(number), {}, { eventKey: `press-${index}` })
        : submitted('gtl', decline(number), { reason: 'no_capacity', note: '' }, { eventKey: `dialog-${index}` }),
    );
    const [repeats] = fc.sample(
      fc.array(fc.integer({ min: 1, max: 4 }), { minLength: events.length, maxLength: events.length }),
      { seed: 42, numRuns: 1 },
    );
    const all = events.flatMap((event, index) => Array.from({ length: repeats?.[index] ?? 1 }, () => event));
    const [order = []] = fc.sample(fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length }), { seed: 43, numRuns: 1 });
    const heard = await Promise.all(order.map((event) => bot.receive(event)));
    expect(heard.filter(({ receipt }) => receipt === 'accepted')).toHaveLength(events.length);
    expect(heard.filter(({ receipt }) => receipt === 'duplicate')).toHaveLength(all.length - events.length);
    const states = await bot.store.transaction((tx) => tx.engagements.countByState());
    expect([states.get('KICKOFF_PENDING'), states.get('DECLINED')]).toEqual([3, 3]);
    expect(await count('audit_entry')).toBe(events.length);
  });

  it.each([1, 2, 3, 4])('keep an intake answer once when it comes %i times at once', async (times) => {
    const bot = await startBot(await openTestStore());
    await bot.say('bo', 'I need an ISSO');
    const answer = said('bo', 'Claims Hub', { eventKey: 'answer' });
    const heard = await Promise.all(Array.from({ length: times }, () => bot.receive(answer)));
    expect(heard.flatMap((each) => each.said)).toEqual([expect.stringContaining('Question 2 of')]);
  });

  it('take the same key of another platform for another event', async () => {
    const bot = await startBot(await openTestStore());
    await bot.say('bo', 'hi', { eventKey: 'same' });
    expect((await bot.say('bo', 'hi', { eventKey: 'same', platform: 'teams' })).receipt).toBe('accepted');
  });

  it('leave one effect and one notice when the platform sends a press again under a new name', async () => {
    const bot = await startBot(await openTestStore());
    const number = await bot.fileRequest();
    const accept = { verb: 'triage.accept', subject: number, version: 1 };
    const first = await bot.press('ispg', accept);
    const second = await bot.press('ispg', accept);
    expect(first.said[0]).toContain('is accepted');
    expect(second.said[0]).toContain('out of date');
    await bot.deliver();
    expect(bot.standing('bo').filter((text) => text.includes(`Pick a kickoff time for ${number}`))).toHaveLength(1);
  });

  it('offer kickoff times once when "Offer other times" is pressed twice', async () => {
    const bot = await startBot(await openTestStore());
    const number = await bot.fileRequest();
    await bot.say('ispg', `accept ${number}`);
    const meeting = await bot.store.transaction(async (tx) => {
      const engagement = await tx.engagements.byNumber(number);
      return engagement ? tx.meetings.ofEngagement(engagement.id, 'kickoff') : null;
    });
    const offer = { verb: 'kickoff.offer', subject: meeting?.id ?? '', version: meeting?.version ?? 0 };
    const first = await bot.press('ispg', offer);
    const second = await bot.press('gtl', offer);
    expect(first.said[0]).toContain(`new times for ${number} are offered`);
    expect(second.said[0]).toContain('out of date');
  });
});

describe('an event that could not be kept', () => {
  it('has no effect at all, and is taken when it comes again', async () => {
    const store = await openTestStore();
    const bot = await startBot(store);
    const number = await bot.fileRequest();
    const log = keepingLog();
    const deaf = createDispatch({
      store: { ...store, inbox: { ...store.inbox, accept: async () => 'not-saved' } },
      clock: standingClock(TUESDAY),
      programme: PROGRAMME,
      log,
      wake: async () => {
        throw new Error('nothing is to be woken');
      },
    });
    const nobody = { say: never, update: never, openDialog: never, rejectDialog: never };
    const event = said('ispg', `accept ${number}`, { eventKey: 'later' });
    expect(await deaf.receive(event, nobody)).toEqual({ kind: 'not-saved' });
    await deaf.idle();
    expect([await count('delivery'), await count('audit_entry')]).toEqual([0, 0]);
    expect((await bot.receive(event)).said[0]).toContain('is accepted');
  });
});

async function never(): Promise<void> {
  throw new Error('nothing is to be said');
}

describe('a mistake of ours', () => {
  it('is answered with an apology and a reference that the log has too, and the event is over', async () => {
    const store = await openTestStore();
    const bot = await startBot(store);
    const number = await bot.fileRequest();
    let broken = true;
    const dispatch = createDispatch({
      store: {
        ...store,
        transaction: (work) =>
          store.transaction((tx) =>
            work({
              ...tx,
              engagements: {
                ...tx.engagements,
                update: async (engagement) => {
                  if (broken) throw new Error('secret words of a person');
                  return tx.engagements.update(engagement);
                },
              },
            }),
          ),
      },
      clock: bot.clock,
      programme: PROGRAMME,
      log: bot.log,
      wake: async () => undefined,
    });
    const texts: string[] = [];
    const reply = { say: async (message: unknown) => void texts.push(JSON.stringify(message)), update: never, openDialog: never, rejectDialog: never };
    const receipt = await dispatch.receive(said('ispg', `accept ${number}`, { eventKey: 'poison' }), reply);
    if (receipt.kind === 'accepted') await receipt.done;
    const reference = /reference ([0-9A-F]{8})/u.exec(texts.join())?.[1];
    expect(reference).toBeDefined();
    expect(texts.join()).not.toContain('secret');
    expect(bot.log.lines.filter(({ level }) => level === 'error').map(({ fields }) => fields.reference)).toEqual([reference]);
    expect(await store.inbox.unfinished(new Date(TUESDAY.getTime() + 1), 10)).toEqual([]);
    expect([await count('delivery'), await count('audit_entry')]).toEqual([0, 0]);
    broken = false;
    expect((await bot.say('ispg', `accept ${number}`)).said[0]).toContain('is accepted');
  });
});

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
    expect((await bot.say('bo', 'I need an ISSO', { channel: 'issoaas' })).said).toEqual(['I have answered you in a direct message.']);
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
    expect((await bot.say('U-stranger', 'What is ISSO As A Service?')).said.join()).toMatch(/Information System Security|ISSO/u);
    for (const verb of ['status', 'accept', 'ask', 'decline', 'withdraw', 'answer', 'confirm', 'amend', 'choose 1 for', 'take 1 for', 'propose', 'offer', 'reschedule', 'cancel kickoff', 'held']) {
      const heard = await bot.say('U-stranger', `${verb} ${number} other`);
      expect(heard.said.join(), verb).toContain('you do not have access');
      const missing = await bot.say('U-stranger', `${verb} ISSO-2026-0999 other`);
      expect(missing.said.map((text) => text.replaceAll('ISSO-2026-0999', number)), verb).toEqual(heard.said);
    }
    expect((await bot.say('U-stranger', 'digest', { channel: 'ispg' })).said.join()).not.toContain(number);
    expect((await bot.say('U-stranger', 'status')).said.join()).not.toContain(number);
    expect(await count('delivery')).toBe(0);
  });

  it('becomes a person without roles, the same one at the next word', async () => {
    const bot = await startBot(await openTestStore());
    await Promise.all(['hi', 'hello', 'help', 'status'].map((words) => bot.say('U-stranger', words)));
    const people = await bot.store.transaction((tx) => tx.people.list());
    const strangers = people.filter(({ roles }) => roles.length === 0);
    expect(strangers).toHaveLength(1);
    expect(strangers[0]?.calendarToken).toMatch(/^[\w-]{32}$/u);
  });

  it('can file a request of which they are the requester', async () => {
    const bot = await startBot(await openTestStore());
    const first = await bot.say('U-stranger', 'I need an ISSO');
    expect(first.said.join()).toContain('Question 1 of');
    const script = ['Benjamin Ortiz', 'OIT', ...INTAKE_ANSWERS.slice(1), 'submit', 'I confirm'];
    let last = first;
    for (const words of script) last = await bot.say('U-stranger', words);
    expect(last.said.join()).toMatch(/ISSO-2026-0001/u);
    const [engagement] = await bot.store.transaction((tx) => tx.engagements.inStates(['DRAFT', 'REQUESTED'], 10));
    expect(engagement?.businessOwnerId).toBe('bo2');
  });
});

describe('buttons made by hand', () => {
  it.each(['', 'no.such.verb', 'constructor', '__proto__', 'toString'])('with the verb "%s" do nothing', async (verb) => {
    const bot = await startBot(await openTestStore());
    const heard = [await bot.press('ispg', { verb, subject: 'x' }), await bot.submit('ispg', { verb, subject: 'x' }, {})];
    for (const each of heard) expect(each.said.join()).toContain('not open to you');
  });

  it('give a stranger the same words whether the meeting exists or not', async () => {
    const bot = await startBot(await openTestStore());
    const number = await bot.fileRequest();
    await bot.say('ispg', `accept ${number}`);
    const meeting = await bot.store.transaction(async (tx) => (await tx.meetings.inStates(['offered'], 1))[0]);
    for (const verb of ['kickoff.choose', 'kickoff.propose', 'kickoff.take', 'kickoff.offer', 'kickoff.reschedule', 'kickoff.cancel', 'kickoff.record']) {
      const [real, none] = await Promise.all(
        [meeting?.id ?? '', 'no-such-meeting'].map((subject) => bot.press('U-stranger', { verb, subject, choice: '0' })),
      );
      expect(real?.said, verb).toEqual(none?.said);
    }
  });

  it('do not open the form of somebody else', async () => {
    const bot = await startBot(await openTestStore());
    const started = await bot.say('bo', 'I need an ISSO');
    const form = JSON.stringify(started.messages).match(/"subject":"([0-9a-f-]{36})"/u)?.[1] ?? '';
    expect(form).not.toBe('');
    for (const verb of ['intake.answer', 'intake.submit', 'intake.confirm', 'intake.form', 'intake.discard', 'intake.join']) {
      const theirs = await bot.press('bo2', { verb, subject: form, choice: 'system_name' }, { system_name: 'Mine' });
      const none = await bot.press('bo2', { verb, subject: 'no-such-form', choice: 'system_name' }, { system_name: 'Mine' });
      expect(theirs.said, verb).toEqual(none.said);
    }
    expect((await bot.say('bo', 'review')).said.join()).not.toContain('Mine');
  });
});

describe('sensitive text', () => {
  const secret = '078-05-1120';
  const kept = async (): Promise<string> => {
    const { prisma } = await openTestDatabase();
    const rows = await prisma.$queryRaw<{ all: string }[]>`
      SELECT (SELECT string_agg(event::text || coalesce(answers::text, ''), ' ') FROM inbox_event)
          || coalesce((SELECT string_agg(state::text, ' ') FROM conversation), '')
          || coalesce((SELECT string_agg(message::text, ' ') FROM delivery), '')
          || coalesce((SELECT string_agg(answers::text || coalesce(ending::text, ''), ' ') FROM engagement), '') AS all`;
    return rows[0]?.all ?? '';
  };

  it('never reaches the database, wherever it is typed', async () => {
    const bot = await startBot(await openTestStore());
    const number = await bot.fileRequest();
    await bot.say('bo', `my number is ${secret}`);
    await bot.say('bo', `status ${secret}`, { channel: 'ispg' });
    await bot.say('ispg', `ask ${number} Is ${secret} yours?`);
    await bot.press('bo', { verb: 'intake.answer', subject: 'x', choice: 'y' }, { y: secret, list: ['a', secret] });
    await bot.submit('bo', { verb: 'request.withdraw', subject: number, version: 1 }, { reason: 'other', note: secret });
    await bot.say('bo', 'I need an ISSO');
    const heard = await bot.say('bo', `Claims ${secret}`);
    expect(heard.said.join()).toContain('Social Security');
    const text = await kept();
    expect(text).toContain('[removed: ');
    expect(text).not.toContain(secret);
    expect(text).not.toContain(secret.replaceAll('-', ''));
  });

  it('never reaches the database as the name of a field either', async () => {
    const bot = await startBot(await openTestStore());
    await bot.press('bo', { verb: 'intake.answer', subject: 'x', choice: 'y' }, { [secret]: 'yes' });
    expect(await kept()).not.toContain(secret);
  });

  it('stands beside the field of a dialog, which keeps everything else that was typed', async () => {
    const bot = await startBot(await openTestStore());
    const number = await bot.fileRequest();
    const withdraw = await bot.submit('bo', { verb: 'request.withdraw', subject: number, version: 1 }, { reason: 'other', note: secret });
    const decline = await bot.submit('ispg', { verb: 'triage.decline', subject: number, version: 1 }, { reason: 'other', note: secret });
    const ask = await bot.submit('ispg', { verb: 'triage.ask', subject: number, version: 1 }, { question: secret });
    expect([withdraw, decline, ask].map(({ errors }) => Object.keys(errors ?? {}))).toEqual([['note'], ['note'], ['question']]);
  });
});
