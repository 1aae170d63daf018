import { beforeEach, describe, expect, it } from 'vitest';
import type { ButtonPress } from '../../src/messages/button.ts';
import type { Inbound, Speaker } from '../../src/ports.ts';
import { type Bot, startBot } from '../support/bot.ts';
import { openTestStore } from '../support/open-store.ts';

let bot: Bot;
beforeEach(async () => {
  bot = await startBot(await openTestStore());
}, 60_000);

let events = 0;
const elsewhere = (userId: string): Speaker => ({ platform: 'console', userId, channel: 'other' });
const said = (who: string, text: string): Inbound => {
  events += 1;
  return { kind: 'said', from: elsewhere(who), eventKey: `elsewhere-${events}`, text };
};
/** What everybody there reads, and what came to the speaker alone. */
async function heard(event: Inbound): Promise<{ open: string; alone: string }> {
  const before = bot.standing(event.from.userId).length;
  const { said: open } = await bot.receive(event);
  await bot.deliver();
  return { open: open.join('\n'), alone: bot.standing(event.from.userId).slice(before).join('\n') };
}

describe('in a channel that is none of the programme’s', () => {
  it('a question about the programme is answered for all to read', async () => {
    for (const text of ['How long does onboarding take?', 'ask how long does onboarding take'])
      expect(await heard(said('bo', text))).toMatchObject({
        open: expect.stringContaining('60 days'),
        alone: '',
      });
  });

  it('what is not understood is answered with the way to a direct message', async () => {
    for (const text of ['blue sky', 'hello', 'unlink', 'digest', ''])
      expect((await heard(said('gtl', text))).open, text).toContain('in a direct message');
  });

  it('whatever is one’s own comes to oneself alone', async () => {
    const number = await bot.fileRequest();
    for (const [who, text, words] of [
      ['ispg', 'status', number],
      ['ispg', `status ${number}`, 'Claims Hub'],
      ['ispg', `accept ${number}`, 'is accepted'],
      ['bo', 'help', 'What you can do here'],
      ['bo', 'request', 'Question 1 of'],
      ['bo', 'home', number],
      ['bo', 'card', 'Information Card'],
      ['bo', 'meetings', 'You have no meetings'],
      ['isso', 'checkin', 'check-in'],
      ['gtl', 'satisfaction', 'satisf'],
      ['gtl', 'cadences', 'recurring'],
      ['cra', 'My number is 123-45-6789', 'a Social Security number'],
    ] as const) {
      const { open, alone } = await heard(said(who, text));
      expect(open, text).toBe('I have answered you in a direct message.');
      expect(alone, text).toContain(words);
    }
  });

  it('a request nobody may see there is named to nobody', async () => {
    const number = await bot.fileRequest();
    const { open, alone } = await heard(said('isso', `status ${number}`));
    expect(open).not.toContain(number);
    expect(alone).not.toContain('Claims Hub');
  });

  it('what a button leads to comes to whoever pressed it', async () => {
    const number = await bot.fileRequest();
    const press = (verb: string, subject: string): ButtonPress => ({ verb, subject });
    for (const button of [
      press('request.show', number),
      press('requests.list', 'own'),
      press('no.such', 'x'),
    ]) {
      events += 1;
      const { open, alone } = await heard({
        kind: 'pressed',
        from: elsewhere('bo'),
        eventKey: `elsewhere-${events}`,
        button,
        values: {},
        on: null,
      });
      expect(open).toBe('I have answered you in a direct message.');
      expect(alone).not.toBe('');
    }
  });

  it('an answer that comes late goes to the one who asked', async () => {
    const accepted = {
      key: 'console:late',
      event: said('bo', 'How long does onboarding take?'),
      receivedAt: bot.clock.now(),
    };
    await bot.store.inbox.accept(accepted);
    expect(await bot.finishLeft()).toBe(1);
    expect(bot.standing('bo').join()).toContain('60 days');
    expect([...bot.adapter.standing.values()].filter(({ to }) => to.id.startsWith('#'))).toEqual([]);
  });
});
