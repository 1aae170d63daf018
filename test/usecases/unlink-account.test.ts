import { beforeEach, describe, expect, it } from 'vitest';
import type { AuditEntry, Store } from '../../src/ports.ts';
import { type Bot, startBot } from '../support/bot.ts';
import { openTestStore } from '../support/open-store.ts';

let store: Store;
let bot: Bot;
const recorded: AuditEntry[] = [];
beforeEach(async () => {
  const opened = await openTestStore();
  recorded.length = 0;
  store = {
    ...opened,
    transaction: (work) =>
      opened.transaction((tx) =>
        work({ ...tx, audit: { ...tx.audit, append: async (entry) => void recorded.push(entry) } }),
      ),
  };
  bot = await startBot(store);
  await store.transaction(async (tx) => {
    await tx.people.linkPlatformUser('slack', 'T1/U1', 'bo');
    await tx.people.changeLink('slack', 'T1/U1', { verifiedAt: bot.clock.now() });
  });
}, 60_000);

const SLACK = { platform: 'slack' } as const;
const say = async (text: string): Promise<string> => (await bot.say('T1/U1', text, SLACK)).said.join('\n');
const platforms = () =>
  store.transaction(async (tx) => (await tx.people.addresses('bo')).map(({ platform }) => platform));

describe('an account that is unlinked', () => {
  it('is no address of its person any more, and the answer still comes', async () => {
    expect(await platforms()).toContain('slack');
    expect(await say('unlink this account')).toContain('This Slack account is unlinked');
    expect(await platforms()).toEqual(['console']);
    expect(recorded.map(({ verb, actorId, facts }) => [verb, actorId, facts])).toEqual([
      ['account.unlink', 'bo', { account: 'T1/U1' }],
    ]);
  });

  it('does nothing but link itself again and help', async () => {
    await say('unlink');
    expect(await say('status')).toContain('type `link`');
    expect(await say('I need an ISSO')).toContain('type `link`');
    expect(await say('help')).toContain('be known here again');
    const { said } = await bot.press('T1/U1', { verb: 'requests.list', subject: 'own' }, {}, SLACK);
    expect(said.join()).toContain('type `link`');
    expect(await store.transaction((tx) => tx.conversations.current('bo'))).toBe(null);
    expect(await say('link')).toContain('linked to you again');
    expect(await platforms()).toContain('slack');
    expect(await say('status')).toContain('You have no requests yet');
    expect(recorded.map(({ verb }) => verb)).toEqual(['account.unlink', 'account.link']);
  });

  it('says in a channel nothing about itself', async () => {
    await say('unlink');
    const from = { platform: 'slack', userId: 'T1/U1', channel: 'ispg' } as const;
    const heard = await bot.receive({ kind: 'said', from, eventKey: 'in-a-channel', text: 'link' });
    expect(heard.said.join()).toContain('direct message');
    expect(await platforms()).toEqual(['console']);
  });
});

describe('the words for it', () => {
  it('change nothing where the account is linked already, in the console, or in a channel', async () => {
    expect(await say('link')).toContain('is linked to you');
    expect((await bot.say('bo', 'unlink')).said.join()).toContain('can’t be unlinked');
    await bot.say('T1/U1', 'unlink', { ...SLACK, channel: 'ispg' });
    expect(await platforms()).toContain('slack');
    expect(recorded).toEqual([]);
  });

  it('work while a form is open, and are no answer to it', async () => {
    await say('I need an ISSO');
    expect(await say('unlink')).toContain('is unlinked');
    await say('link');
    expect(await say('Claims Hub')).toContain('Question 2 of');
  });
});
