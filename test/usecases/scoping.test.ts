import { beforeEach, describe, expect, it } from 'vitest';
import type { RequestNumber } from '../../src/domain/ids.ts';
import { type Bot, startBot } from '../support/bot.ts';
import { heldKickoff } from '../support/held-kickoff.ts';
import { openTestStore } from '../support/open-store.ts';

let bot: Bot;
let number: RequestNumber;
beforeEach(async () => {
  bot = await startBot(await openTestStore());
  number = await heldKickoff(bot);
});

const stateNow = async (): Promise<string | undefined> =>
  (await bot.store.transaction((tx) => tx.engagements.byNumber(number)))?.state;

describe('the Request Form', () => {
  it('is filled in by typed words, shown with what is still needed, and locked when nothing is', async () => {
    const shown = await bot.say('ispg', `form ${number}`);
    expect(shown.said.join('\n')).toContain('ISSOaaS Request Form');
    const early = await bot.say('ispg', `lock form ${number}`);
    console.log(shown.said.join('\n'), early.said);
  });
});
