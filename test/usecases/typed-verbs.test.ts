import { beforeEach, describe, expect, it } from 'vitest';
import { type Bot, startBot } from '../support/bot.ts';
import { openTestStore } from '../support/open-store.ts';

let bot: Bot;
beforeEach(async () => {
  bot = await startBot(await openTestStore());
}, 60_000);

const say = async (who: string, text: string): Promise<string> => (await bot.say(who, text)).said.join('\n');

describe('a typed verb', () => {
  it.each([
    ['request', 'Question 1 of'],
    ['status', 'You have no requests yet'],
    ['my requests', 'You have no requests yet'],
    ['card', 'Nothing is recorded yet'],
    ['meetings', 'You have no meetings coming up'],
    ['checkin', 'There is no check-in open for you'],
    ['home', 'What waits for you'],
    ['help', 'What you can do here'],
    ['', 'What you can do here'],
    ['  ', 'What you can do here'],
    ['form', 'nothing to resume'],
    ['ask How long does onboarding take?', '60 days'],
    ['ask who pays', 'ISSO As A Service page'],
    ['ask about the weather', "I can't answer that"],
  ])('%j says "%s"', async (typed, words) => {
    expect(await say('bo', typed)).toContain(words);
  });

  it('"ask" with a request number stays the question of ISPG', async () => {
    const number = await bot.fileRequest();
    expect(await say('ispg', `ask ${number} Which release is this for?`)).toContain('Sent to Beatriz Okafor');
  });

  it('works while a form is open, and the same question stands afterwards', async () => {
    await say('bo', 'request');
    for (const [typed, words] of [
      ['card', 'Nothing is recorded yet'],
      ['meetings', 'You have no meetings coming up'],
      ['checkin', 'There is no check-in open for you'],
      ['home', 'A request you began'],
      ['', 'While you fill in the request'],
      ['ask how long does onboarding take', '60 days'],
    ] as const) {
      const said = await say('bo', typed);
      expect(said).toContain(words);
      expect(said).toContain('What is the system called?');
    }
    expect(await say('bo', 'request')).toContain('You have a request in progress');
    expect(await say('bo', 'Claims Hub')).toContain('Question 2 of');
  });

  it('inside longer words is an answer', async () => {
    await say('bo', 'request');
    expect(await say('bo', 'Home page of the card office')).toContain('Question 2 of');
  });
});
