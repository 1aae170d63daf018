import { beforeEach, describe, expect, it } from 'vitest';
import { plainText } from '../../src/messages/plain-text.ts';
import { type Bot, startBot } from '../support/bot.ts';
import { heldKickoff } from '../support/held-kickoff.ts';
import { openTestStore } from '../support/open-store.ts';

let bot: Bot;
beforeEach(async () => {
  bot = await startBot(await openTestStore());
});

const told = async (who: string, text: string): Promise<string> => (await bot.say(who, text)).said.join('\n');

describe('requests', () => {
  beforeEach(async () => {
    await bot.fileRequest('Ledger', 'bo');
    await bot.fileRequest('Portal', 'bo2');
    await heldKickoff(bot, 'Claims Hub');
  });

  it('are listed by component, state and person', async () => {
    const all = await told('ispg', 'all requests');
    for (const name of ['Ledger', 'Portal', 'Claims Hub']) expect(all).toContain(name);
    const held = await told('ispg', 'requests kickoff held');
    expect(held).toContain('Claims Hub');
    expect(held).not.toContain('Ledger');
    const of = await told('ispg', 'requests of Benjamin Ortiz');
    expect(of).toContain('Portal');
    expect(of).not.toContain('Claims Hub');
    expect(await told('ispg', 'requests in OIT at kickoff held')).toContain('Claims Hub');
    expect(await told('ispg', 'requests in CMMI')).toContain('nothing to show');
  });

  it('show each reader what is theirs to read and no more', async () => {
    const own = await told('bo2', 'all requests');
    expect(own).toContain('Portal');
    expect(own).not.toContain('Ledger');
    const lead = await told('lead', 'all requests');
    expect(lead).toContain('Claims Hub');
    expect(lead).not.toContain('Ledger');
    expect(await told('isso', 'all requests')).toContain('nothing to show');
  });

  it('name a filter that is none, and a component and a person that are none', async () => {
    expect(await told('ispg', 'requests flying')).toContain("don't know the state flying");
    expect(await told('ispg', 'requests in Narnia')).toContain('no component Narnia');
    expect(await told('ispg', 'requests of Nobody Special')).toContain('Nobody Special');
  });

  it('go on where the page ended', async () => {
    for (let index = 0; index < 15; index += 1) await bot.fileRequest(`System ${index}`, 'bo');
    const first = await bot.say('ispg', 'all requests');
    const more = first.messages[0]?.buttons[0];
    expect(more?.typed).toBe('all requests after ISSO-2026-0015');
    const rest = await bot.press('ispg', more?.press ?? { verb: '', subject: '' });
    expect(rest.said.join('\n')).toContain('System 14');
    expect(await told('ispg', more?.typed ?? '')).toBe(rest.said.join('\n'));
  });
});

describe('waiting', () => {
  it('names what waits for whoever asks', async () => {
    expect(await told('ispg', 'waiting')).toBe('Nothing waits for you.');
    const number = await heldKickoff(bot);
    expect(await told('ispg', 'waiting')).toContain(`${number} (Claims Hub): you are the one who completes`);
    expect(await told('lead', 'waiting')).toBe('Nothing waits for you.');
    expect(await told('bo', 'waiting')).toBe('Nothing waits for you.');
  });
});

describe('a kickoff that is being arranged', () => {
  it('is with whoever has the next move, in lists, in what waits and on the request itself', async () => {
    const number = await bot.fileRequest('Claims Hub');
    await bot.say('ispg', `accept ${number}`);
    const said = async (who: string): Promise<readonly string[]> => [
      await told(who, 'requests in OIT'),
      await told(who, 'status'),
      await told(who, `status ${number}`),
    ];
    const everywhere = async (words: string): Promise<void> => {
      for (const who of ['bo', 'ispg']) for (const each of await said(who)) expect(each).toContain(words);
    };
    await everywhere('Beatriz Okafor chooses a time for the kickoff, or proposes others.');
    expect(await told('bo', 'waiting')).toContain('you are the one who chooses a time for the kickoff');
    expect(await told('ispg', 'waiting')).toBe('Nothing waits for you.');

    await bot.say('bo', `propose ${number} Wed Dec 9 10am`);
    await everywhere('ISPG answers the times that were proposed for the kickoff.');
    expect(await told('bo', 'waiting')).toBe('Nothing waits for you.');
    expect(await told('ispg', 'waiting')).toContain('you are the one who answers the times');

    await bot.say('ispg', `take 1 for ${number}`);
    await everywhere('The kickoff is on Wednesday, December 9, 2026 at 10:00 AM Eastern Time.');
    expect(await told('ispg', 'requests in OIT')).toContain('OIT: Kickoff booked.');
    const [list] = (await bot.say('lead', 'requests in OIT')).messages;
    expect(list && plainText(list, { timeZone: 'America/Chicago' })).toContain(
      'The kickoff is on Wednesday, December 9, 2026 at 9:00 AM Central Time.',
    );
    for (const who of ['bo', 'ispg']) expect(await told(who, 'waiting')).toBe('Nothing waits for you.');

    bot.clock.set(new Date('2026-12-09T17:00:00Z'));
    await everywhere('ISPG records the kickoff.');
    expect(await told('ispg', 'waiting')).toContain('you are the one who records the kickoff');
    expect(await told('bo', 'waiting')).toBe('Nothing waits for you.');
  });

  it('without any time on offer is ISPG\u2019s to arrange', async () => {
    const number = await bot.fileRequest('Claims Hub');
    await bot.say('ispg', `accept ${number}`);
    await bot.say('ispg', `cancel ${number}`);
    expect(await told('bo', 'requests in OIT')).toContain(
      'Kickoff being scheduled. ISPG arranges the kickoff.',
    );
    expect(await told('ispg', 'waiting')).toContain('you are the one who arranges the kickoff');
  });
});

describe('history', () => {
  it('is whole for those who oversee it, and their own for everybody else', async () => {
    const number = await heldKickoff(bot);
    await bot.say('bo', `show ${number}`);
    await bot.say('ispg', `form ${number} open poa&ms: 3`);
    const seen = await told('gtl', `history ${number}`);
    expect(seen).toContain('Imani Spencer');
    expect(seen).toContain('request form write');
    const own = await told('bo', `history ${number}`);
    expect(own).toContain('your own actions');
    expect(own).not.toContain('Imani Spencer');
    expect(await told('isso', `history ${number}`)).toContain('you do not have access');
  });

  it('goes back page by page', async () => {
    const number = await heldKickoff(bot);
    for (let index = 0; index < 22; index += 1) await bot.say('gtl', `show ${number}`);
    const newest = await bot.say('gtl', `history ${number}`);
    const older = newest.messages[0]?.buttons[0];
    expect(older?.typed).toBe(`history ${number} from 21`);
    const rest = await bot.press('gtl', older?.press ?? { verb: '', subject: '' });
    expect(rest.said.join('\n')).toContain('21 to 23 of 23');
  });
});
