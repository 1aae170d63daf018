import { it } from 'vitest';
import { startBot } from '/work/main/test/support/bot.ts';
import { identified, sayItems, TO_WORK } from '/work/main/test/support/onboarding.ts';
import { openTestStore } from '/work/main/test/support/open-store.ts';
it('x', async () => {
  const bot = await startBot(await openTestStore());
  const number = await identified(bot);
  console.log((await bot.say('lead', `start onboarding ${number} start: 12/7/2026; hours per week: 20; end: 12/31/2027`)).said.join('\n'));
  bot.clock.set(new Date('2026-12-21T10:00:00-05:00'));
  await sayItems(bot, number, TO_WORK.slice(0, 6));
  await sayItems(bot, number, ['piv waiting on cor', 'laptop blocked The stock is empty until May.']);
  console.log((await bot.say('lead', `card ${number}`)).said.join('\n'));
  console.log('=====BO', (await bot.say('bo', `card ${number}`)).said.join('\n'));
  console.log('=====LEAD', (await bot.say('lead', `card`)).said.join('\n'));
  console.log('=====GTL', (await bot.say('gtl', `activate ${number}`)).said.join('\n'));
  await bot.deliver();
  console.log('=====ISSO', bot.standing('isso').join('\n---\n'));
});
