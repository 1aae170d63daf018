import { beforeEach, describe, expect, it } from 'vitest';
import type { RequestNumber } from '../../src/domain/ids.ts';
import { nudgeEverybody } from '../../src/usecases/nudge-morning.ts';
import { type Bot, startBot } from '../support/bot.ts';
import { identified, putInto, sayItems } from '../support/onboarding.ts';
import { openTestStore } from '../support/open-store.ts';

let bot: Bot;
let number: RequestNumber;
beforeEach(async () => {
  bot = await startBot(await openTestStore());
  number = await identified(bot);
  bot.clock.set(at('2026-12-07'));
  await told('lead', `start onboarding ${number} start: 12/7/2026`);
  await bot.deliver();
}, 60_000);

const at = (day: string, time = '11:00'): Date => new Date(`${day}T${time}:00-05:00`);
const told = async (who: string, text: string): Promise<string> => (await bot.say(who, text)).said.join('\n');
const last = async (who: string): Promise<string> => {
  await bot.deliver();
  return bot.standing(who).at(-1) ?? '';
};
const UNREAD = /did not understand|does not exist/u;

describe('words about lines', () => {
  it('alone ask which line, and show those there are', async () => {
    for (const words of ['done', 'blocked.', 'Not yet']) {
      const said = await told('lead', words);
      expect(said).toContain('Which line?');
      expect(said).toContain('Line 1: Person accepts');
    }
    expect(await told('cor', 'done')).toContain('You have nothing in hand now');
    expect(await told('cor', 'done')).not.toContain('Which line?');
    expect(await told('lead', 'waiting')).not.toContain('Which line?');
  });

  it('of a line that somebody else has say who has it, to those who see the card alone', async () => {
    expect(await told('isso', 'done offer')).toContain('is not in your hands. It is with the contractor');
    expect(await told('isso', 'done piv ref P-1')).toMatch(/it is not time for "PIV.+ First comes /u);
    await sayItems(bot, number, ['offer done']);
    expect(await told('isso', 'done offer')).toContain('is done already');
    expect(await told('lead', 'done ict ref T-1')).toMatch(/not time for/u);
    await sayItems(bot, number, ['roster done']);
    expect(await told('lead', 'done ict ref T-1')).toContain(`item ${number} ict request done`);
    for (const who of ['isso2', 'bo'])
      expect(await told(who, 'done ict ref T-1')).not.toMatch(/hands|with /u);
  });

  it('are nothing to the bot in a channel', async () => {
    expect((await bot.say('lead', 'done', { channel: 'ispg' })).said).toEqual([]);
  });

  it('of a line that is put off say until when; it can still be done, and be put off to another day', async () => {
    bot.clock.set(at('2026-12-14'));
    await told('bo', 'nudges');
    expect(await told('bo', 'not yet 1 for 3 days')).toContain('Thursday, December 17');
    expect(await told('bo', 'not yet 1')).toContain('is put off: I say it again on Thursday, December 17');
    expect(await told('bo', 'not yet 1 for 5 days')).toContain('Monday, December 21');
    expect(await told('bo', 'blocked 1 The list is lost.')).toContain('Blocked');
  });

  it('need no buttons that put the whole message off, in a nudge alone; `snooze` does that', async () => {
    await nudgeEverybody(bot, at('2026-12-08', '02:00'));
    bot.clock.set(at('2026-12-08'));
    const nudge = await last('lead');
    expect(nudge).toContain('Line 1: Person accepts');
    expect(nudge).not.toContain('Remind me');
    expect(await told('lead', 'snooze 1')).toContain('I say it again on');
    expect(await last('lead')).not.toContain('Remind me');
  });

  it('in a wrong name are answered with at most three that are near, and the card', async () => {
    const said = await told('lead', `item ${number} fingerprnting done`);
    expect(said).toContain('Did you mean');
    expect(said).toContain('Fingerprinting');
    expect(said).toContain(`card ${number}`);
    expect(said).not.toContain('roster');
    expect(await told('lead', `item ${number} xyzzy done`)).not.toContain('Did you mean');
  });

  it('`not ready` changes nothing, and says what to do', async () => {
    expect(await told('guardian', `not ready ${number}`)).toContain(`ready ${number}`);
    expect(await told('guardian', `ready ${number}`)).toContain('Thank you');
    expect(await told('guardian', `not ready ${number}`)).toContain('you said before');
    expect(await told('bo2', `not ready ${number}`)).toMatch(UNREAD);
  });
});

describe('words that leave something out', () => {
  it('are understood', async () => {
    expect(await told('lead', 'courses Ines Sorensen')).toBe(await told('lead', 'courses of Ines Sorensen'));
    expect(await told('gtl', 'report last')).not.toMatch(UNREAD);
    expect(await told('isso', `next ${number}`)).toBe(await told('isso', 'next'));
    expect(await told('lead', `next ${number}`)).toBe(await told('lead', `waiting for ${number}`));
    expect(await told('isso', 'stuck')).toContain('type `stuck` and behind it, in the same message');
  });
});

describe('views of an onboarding', () => {
  const VIEWS = ['day', 'waiting for', 'burn-down', 'next'] as const;

  it('are short for the Business Owner, and say that it is over to those who see it', async () => {
    const short = await told('bo', `card ${number}`);
    for (const view of VIEWS) expect(await told('bo', `${view} ${number}`)).toBe(short);
    await putInto(bot, number, 'ACTIVE', {});
    for (const view of VIEWS) {
      expect(await told('lead', `${view} ${number}`)).toContain('is over');
      expect(await told('bo2', `${view} ${number}`)).toMatch(UNREAD);
    }
  });

  it('and the training are open to the Service ISSO Lead of the team, and to no other', async () => {
    const asked = [...VIEWS.map((view) => `${view} ${number}`), `card ${number}`, 'courses of Ines Sorensen'];
    for (const words of asked) expect(await told('issolead', words)).not.toContain('Fingerprinting');
    await told('ispg', `let in ${number} Isaac Lindqvist; isso lead`);
    await told('bo', `approve member ${number} Isaac Lindqvist`);
    for (const words of asked)
      expect([words, await told('issolead', words)]).toEqual([words, expect.not.stringMatching(UNREAD)]);
    expect(await told('issolead', `card ${number}`)).toContain('Fingerprinting');
    expect(await told('issolead', 'courses of Ines Sorensen')).toContain('Bookmark the ISSO toolkit');
    expect(await told('issolead', `item ${number} offer done`)).not.toContain('Saved');
  });
});

describe('who hears of what is blocked', () => {
  it('has one message a day of a card, with all its blocked lines', async () => {
    await sayItems(bot, number, ['laptop blocked The stock is empty.']);
    await bot.deliver();
    const before = bot.standing('gtl').length;
    await sayItems(bot, number, ['offer blocked Legal looks at it.']);
    const said = await last('gtl');
    expect(bot.standing('gtl')).toHaveLength(before);
    expect(said).toContain('2 lines are blocked');
    expect(said).toMatch(/Legal looks at it[\s\S]*The stock is empty/u);
    bot.clock.set(at('2026-12-08'));
    await sayItems(bot, number, ['roster blocked No form.']);
    expect(await last('gtl')).toContain('3 lines are blocked');
    expect(bot.standing('gtl').length).toBeGreaterThan(before);
  });

  it('is ISPG while nobody is Government Task Lead, and it is said so', async () => {
    expect(await told('isso', `stuck ${number} It rains.`)).toContain('I have told the Government Task Lead');
    await told('admin', 'revoke Grace Tan-Lopez gtl');
    expect(await told('isso', `stuck ${number} It pours.`)).toContain('so I have told ISPG');
    expect(await last('ispg')).toContain('It pours.');
    expect(await told('isso', 'blocker B-2')).toMatch(/Has the ball: ISPG/u);
    await sayItems(bot, number, ['offer blocked Legal looks at it.']);
    expect(await last('ispg')).toContain('is blocked. Legal looks at it.');
    expect(await told('ispg', 'nudges')).toContain('It is blocked: Legal looks at it.');
    expect(await told('ispg', 'waiting offer on contractor')).toContain('Saved');
  });

  it('and the lines of a contractor without a lead are the Government Task Lead’s, who can say that they are done', async () => {
    expect(await told('gtl', 'nudges')).not.toContain('Person accepts');
    await told('admin', 'revoke Leila Haddad contractor lead');
    expect(await told('gtl', 'nudges')).toContain('Person accepts');
    expect(await told('gtl', 'done offer')).toContain('Saved');
    expect(await told('gtl', 'done roster')).toContain('Saved');
  });
});

describe('the roster line', () => {
  it('is the contract coordinator’s where there is one', async () => {
    await sayItems(bot, number, ['offer done']);
    expect(await told('lead', 'nudges')).toContain('Added to the contract roster');
    await told('admin', 'grant Ivan Soto contract coordinator');
    expect(await told('lead', 'nudges')).not.toContain('Added to the contract roster');
    expect(await told('isso2', 'nudges')).toContain('Added to the contract roster');
    await nudgeEverybody(bot, at('2026-12-08', '02:00'));
    expect(await told('isso2', 'done roster')).toContain('Saved');
  });
});
