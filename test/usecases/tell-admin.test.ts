import { beforeEach, describe, expect, it } from 'vitest';
import type { Trouble } from '../../src/ports.ts';
import { tellAdmin } from '../../src/usecases/tell-admin.ts';
import { type Bot, startBot } from '../support/bot.ts';
import { openTestStore } from '../support/open-store.ts';

let bot: Bot;
beforeEach(async () => {
  bot = await startBot(await openTestStore());
}, 60_000);

const TROUBLE: Trouble = {
  platform: 'slack',
  code: 'missing_scope',
  mend: 'The app lacks the scope chat:write. Add it and install the app again.',
};
const told = async (): Promise<string[]> => {
  await bot.deliver();
  return bot.standing('admin');
};

describe('trouble with a platform', () => {
  it('is told to its administrator: what is wrong, what to do, and the platform’s word for it', async () => {
    await tellAdmin(bot.store, TROUBLE, bot.clock.now());
    const [said, ...others] = await told();
    expect(others).toEqual([]);
    for (const words of ['Slack needs your attention', TROUBLE.mend, 'missing_scope'])
      expect(said).toContain(words);
    for (const who of ['ispg', 'gtl', 'bo']) expect(bot.standing(who).join()).not.toContain('missing_scope');
  });

  it('is told once a day, however often it is met', async () => {
    for (let times = 0; times < 3; times += 1) await tellAdmin(bot.store, TROUBLE, bot.clock.now());
    expect((await told()).join().match(/missing_scope/gu)).toHaveLength(1);
    bot.clock.set(new Date('2026-12-02T10:00:00-05:00'));
    await tellAdmin(bot.store, TROUBLE, bot.clock.now());
    expect((await told()).join().match(/missing_scope/gu)).toHaveLength(2);
  });

  it('of another kind is told beside it', async () => {
    await tellAdmin(bot.store, TROUBLE, bot.clock.now());
    await tellAdmin(bot.store, { ...TROUBLE, mend: 'The app lacks the scope users:read.' }, bot.clock.now());
    expect((await told()).join()).toMatch(/chat:write[\s\S]*users:read/u);
  });
});
