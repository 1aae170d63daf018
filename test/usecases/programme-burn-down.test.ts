import { beforeEach, expect, it } from 'vitest';
import { burnDownOfAll } from '../../src/domain/burn-down.ts';
import { burnDownNow } from '../../src/usecases/card-plan-now.ts';
import { cardNow } from '../../src/usecases/information-card.ts';
import { pictureFacts } from '../../src/usecases/measures.ts';
import { type Bot, startBot } from '../support/bot.ts';
import { identified } from '../support/onboarding.ts';
import { openTestStore } from '../support/open-store.ts';

let bot: Bot;
beforeEach(async () => {
  bot = await startBot(await openTestStore());
});
const factsOf = (component: string | null = null) =>
  bot.store.transaction((tx) =>
    pictureFacts({ tx, programme: bot.programme, now: bot.clock.now() }, 'burn-down', { component }),
  );

it('the burn-down of all is that of each card in onboarding, of that component, with the leave of its person', async () => {
  const number = await identified(bot);
  expect(await factsOf()).toMatchObject({ people: 0, facts: { needed: 0, days: [] } });
  await bot.say('lead', `start onboarding ${number} start: 12/7/2026; hours per week: 20; ongoing: yes`);
  await bot.say('lead', `item ${number} fingerprinting done ref T-1`);
  await bot.say('isso', 'away from 12/14/2026 to 12/18/2026');
  bot.clock.set(new Date('2026-12-10T15:00:00Z'));
  const alone = await bot.store.transaction(async (tx) => {
    const work = { tx, programme: bot.programme, now: bot.clock.now() };
    const engagement = await tx.engagements.byNumber(number);
    const kept = engagement && (await cardNow(work, engagement));
    return kept ? burnDownNow(work, kept) : null;
  });
  expect(alone?.needed).toBeGreaterThan(10);
  expect(await factsOf()).toEqual({
    kind: 'burn-down',
    component: null,
    people: 1,
    facts: burnDownOfAll(alone ? [alone] : []),
  });
  const engagement = await bot.store.transaction((tx) => tx.engagements.byNumber(number));
  expect(await factsOf(engagement?.component ?? '')).toMatchObject({ people: 1 });
  expect(await factsOf('OHI')).toMatchObject({ people: 0 });
});
