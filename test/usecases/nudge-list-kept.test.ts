/** The list that somebody was shown last: a version of it for each change, and none without. */
import { beforeEach, describe, expect, it } from 'vitest';
import { keptList } from '../../src/usecases/nudge-list.ts';
import { nudgeEverybody } from '../../src/usecases/nudge-morning.ts';
import { type Bot, startBot } from '../support/bot.ts';
import { identified, sayItems } from '../support/onboarding.ts';
import { openTestStore } from '../support/open-store.ts';

let bot: Bot;
beforeEach(async () => {
  bot = await startBot(await openTestStore());
});

const at = (day: string, time = '11:00'): Date => new Date(`${day}T${time}:00-05:00`);
const onboarding = async (systemName: string): Promise<string> => {
  const number = await identified(bot, systemName);
  bot.clock.set(at('2026-12-07'));
  await bot.say('lead', `start onboarding ${number} start: 12/7/2026`);
  return number;
};
const morning = async (day: string): Promise<void> => {
  bot.clock.set(at(day, '02:00'));
  await nudgeEverybody(bot, bot.clock.now());
  bot.clock.set(at(day));
  await bot.deliver();
};
const versions = async (who: string): Promise<number> =>
  (await bot.store.transaction((tx) => tx.papers.versions('nudge-list', who))).length;
const edits = (who: string): number =>
  bot.adapter.asked.filter(({ to, edits: edited }) => to.id === who && edited !== null).length;

describe('a change of a card', () => {
  it('leaves the list and the message of those whose lines stay as they were', async () => {
    const number = await onboarding('Claims Hub');
    await sayItems(bot, number, ['offer done', 'roster done']);
    await morning('2026-12-14');
    const before = { lists: await versions('bo'), edits: edits('bo') };
    expect(before.lists).toBeGreaterThan(0);
    await sayItems(bot, number, ['ict done ref REQ-1']);
    await bot.deliver();
    expect({ lists: await versions('bo'), edits: edits('bo') }).toEqual(before);
  });

  it('is kept however many change lines of the same list at the same instant', async () => {
    const numbers: string[] = [];
    for (const systemName of [
      'Claims Hub',
      'Data Vault',
      'Grants Portal',
      'Case File',
      'Ledger',
      'Archive',
      'Registry',
    ])
      numbers.push(await onboarding(systemName));
    await morning('2026-12-08');
    const heard = await Promise.all(numbers.map((number) => bot.say('lead', `item ${number} offer done`)));
    for (const { said } of heard) expect(said.join()).toContain('Saved');
    const list = await bot.store.transaction((tx) => keptList({ tx }, 'lead'));
    expect(list?.lines.filter(({ isOpen }) => isOpen)).toEqual([]);
  });
});
