import { beforeEach, describe, expect, it } from 'vitest';
import type { Channel, Store } from '../../src/ports.ts';
import { type Bot, startBot } from '../support/bot.ts';
import { openTestStore } from '../support/open-store.ts';

let store: Store;
let bot: Bot;
beforeEach(async () => {
  store = await openTestStore();
  bot = await startBot(store);
}, 60_000);

let edits = 0;
async function edit(text: string, channel: Channel | 'other' | null = null): Promise<string[]> {
  edits += 1;
  const from = { platform: 'console', userId: 'bo', channel } as const;
  const { said } = await bot.receive({ kind: 'edited', from, eventKey: `edit-${edits}`, text });
  expect(said).toEqual([]);
  await bot.deliver();
  return bot.standing('bo').filter((each) => each.includes('I do not read changes'));
}
const answers = () =>
  store.transaction(async (tx) => {
    const record = await tx.conversations.current('bo');
    return (record?.state as { form: { answers: object } } | undefined)?.form.answers;
  });

describe('an edited message', () => {
  it('changes no answer, and its writer is told how to, once for each step of the form', async () => {
    await bot.say('bo', 'I need an ISSO');
    await bot.say('bo', 'Claims Hub');
    const before = await answers();
    expect(await edit('Claims Warehouse')).toHaveLength(1);
    expect(await edit('Claims Warehouse 2')).toHaveLength(1);
    expect(await answers()).toEqual(before);
    await bot.say('bo', '1');
    const told = await edit('2');
    expect(told).toHaveLength(2);
    expect(told[0]).toContain('`change`');
  });

  it('is not heeded without a form, while it is paused, in a channel, or as a word of the bot', async () => {
    expect(await edit('anything')).toEqual([]);
    await bot.say('bo', 'I need an ISSO');
    expect(await edit('status')).toEqual([]);
    expect(await edit('Claims Hub', 'issoaas')).toEqual([]);
    expect(await edit('Claims Hub', 'other')).toEqual([]);
    await bot.say('bo', 'pause');
    expect(await edit('Claims Hub')).toEqual([]);
  });
});
