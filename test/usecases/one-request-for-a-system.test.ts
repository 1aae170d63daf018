import { describe, expect, it } from 'vitest';
import { type Bot, INTAKE_ANSWERS, startBot } from '../support/bot.ts';
import { openTestStore } from '../support/open-store.ts';

const formIsOpen = async (bot: Bot, who: string): Promise<boolean> =>
  (await bot.store.transaction((tx) => tx.conversations.current(who))) !== null;

describe('a second request for a system that has an open one', () => {
  it('keeps its answers when the open request ended before the person joined it', async () => {
    const bot = await startBot(await openTestStore());
    const number = await bot.fileRequest('Claims Hub', 'bo');
    for (const words of ['I need an ISSO', 'Claims Hub']) await bot.say('bo2', words);
    await bot.say('bo', `withdraw ${number} other`);
    const heard = await bot.say('bo2', 'join');
    expect(heard.said.join()).not.toContain('You have joined');
    expect(await formIsOpen(bot, 'bo2')).toBe(true);
  });

  it('keeps its answers when the open request can no longer be amended', async () => {
    const bot = await startBot(await openTestStore());
    const number = await bot.fileRequest('Claims Hub', 'bo');
    for (const words of ['I need an ISSO', 'Claims Hub']) await bot.say('bo', words);
    await bot.say('ispg', `decline ${number} no_capacity`);
    await bot.say('bo', 'amend');
    expect(await formIsOpen(bot, 'bo')).toBe(true);
  });

  it('makes the person a member once, told once, however often they join', async () => {
    const bot = await startBot(await openTestStore());
    const number = await bot.fileRequest('Claims Hub', 'bo');
    const joining = ['I need an ISSO', 'Claims Hub', 'join'];
    for (const words of [...joining, ...joining]) await bot.say('bo2', words);
    await bot.deliver();
    expect(bot.standing('bo').filter((text) => text.includes(`joined ${number}`))).toHaveLength(1);
    const engagement = await bot.store.transaction((tx) => tx.engagements.byNumber(number));
    expect(engagement?.memberIds).toEqual(['bo2']);
  });

  it('does not come to be by amending another request to its name', async () => {
    const bot = await startBot(await openTestStore());
    for (const words of [...INTAKE_ANSWERS, 'submit', 'I confirm']) await bot.say('bo', words);
    for (const words of ['amend ISSO-2026-0001', 'change system name', 'Payments Vault', 'submit'])
      await bot.say('bo', words);
    await bot.fileRequest('Payments Vault', 'bo2');
    await bot.say('bo', 'I confirm');
    const open = await bot.store.transaction((tx) => tx.engagements.inStates(['DRAFT', 'REQUESTED'], 10));
    expect(open.filter(({ systemKey }) => systemKey === 'payments vault')).toHaveLength(1);
  });
});

describe('a repeated press of Skip', () => {
  it('skips the question it stood under, not the one that is open now', async () => {
    const bot = await startBot(await openTestStore());
    for (const words of INTAKE_ANSWERS) await bot.say('bo', words);
    const acronym = await bot.say('bo', 'change acronym');
    const skip = acronym.messages
      .flatMap(({ buttons }) => buttons)
      .find(({ press }) => press.verb === 'intake.skip')?.press;
    if (!skip) throw new Error('no Skip to press');
    await bot.press('bo', skip);
    await bot.say('bo', 'change others');
    const heard = await bot.press('bo', skip);
    expect(heard.said.join()).toContain('Who else should join the kickoff?');
  });
});
