import { beforeEach, describe, expect, it } from 'vitest';
import { plainText } from '../../src/messages/plain-text.ts';
import type { OwnView, Store } from '../../src/ports.ts';
import { createOwnView } from '../../src/usecases/read-own.ts';
import { type Bot, startBot } from '../support/bot.ts';
import { openTestDatabase, openTestStore } from '../support/open-store.ts';

const TENANT = '72f0c0de-1111-4222-8333-444455556666';
const accountOf = (who: string): string => `${TENANT}/${who}`;

let store: Store;
let bot: Bot;
let own: OwnView;
beforeEach(async () => {
  store = await openTestStore();
  bot = await startBot(store);
  own = createOwnView({ store, clock: bot.clock, programme: bot.programme });
  for (const who of ['bo', 'bo2', 'ispg']) await link(who);
}, 60_000);

async function link(who: string): Promise<void> {
  await store.transaction(async (tx) => {
    await tx.people.linkPlatformUser('teams', accountOf(who), who);
    await tx.people.changeLink('teams', accountOf(who), { verifiedAt: bot.clock.now() });
  });
}
const change = (who: string, changed: { verifiedAt?: null; unlinkedAt?: Date }): Promise<void> =>
  store.transaction((tx) => tx.people.changeLink('teams', accountOf(who), changed));
const found = (who: string, words = '', most = 25) => own.requests('teams', accountOf(who), words, most);
const titles = async (who: string, words = '', most = 25): Promise<readonly string[]> =>
  (await found(who, words, most)).map(({ title }) => title);
const homeText = async (who: string): Promise<string | null> => {
  const page = await own.home('teams', accountOf(who));
  return page && plainText(page.message, page);
};

describe('somebody’s own page outside of a conversation', () => {
  it('is their page, with times in their zone', async () => {
    await bot.fileRequest('Claims Hub');
    expect(await homeText('bo')).toContain('Claims Hub: Request received');
    expect((await own.home('teams', accountOf('bo2')))?.timeZone).toBe('America/Los_Angeles');
    expect(await homeText('bo2')).not.toContain('Claims Hub');
  });

  it('is there for accounts alone that were verified and are not unlinked', async () => {
    await bot.fileRequest('Claims Hub');
    const isThere = async (): Promise<boolean> =>
      (await homeText('bo')) !== null || (await titles('bo')).length > 0;
    expect(await isThere()).toBe(true);
    await change('bo', { unlinkedAt: bot.clock.now() });
    expect(await isThere()).toBe(false);
    await link('bo');
    expect(await isThere()).toBe(false);
    expect([await homeText('stranger'), await found('stranger')]).toEqual([null, []]);
    await change('bo2', { verifiedAt: null });
    expect(await homeText('bo2')).toBeNull();
    // The same words on another platform are another account.
    expect(await own.home('slack', accountOf('ispg'))).toBeNull();
  });
});

describe('somebody’s own requests', () => {
  it('are found by number, system and state, whatever the capitals, newest first', async () => {
    const claims = await bot.fileRequest('Claims Hub');
    bot.clock.set(new Date(bot.clock.now().getTime() + 60_000));
    const ledger = await bot.fileRequest('Payments Ledger');
    const both = [`${ledger} Payments Ledger`, `${claims} Claims Hub`];
    expect(await titles('bo')).toEqual(both);
    expect(await titles('bo', '  ')).toEqual(both);
    expect(await titles('bo', 'CLAIMS')).toEqual([`${claims} Claims Hub`]);
    expect(await titles('bo', ledger.toLowerCase())).toEqual([`${ledger} Payments Ledger`]);
    expect(await titles('bo', 'hub received')).toEqual([`${claims} Claims Hub`]);
    expect(await titles('bo', 'kickoff')).toEqual([]);
    await bot.say('ispg', `accept ${claims}`);
    expect(await titles('bo', 'being scheduled')).toEqual([`${claims} Claims Hub`]);
    expect((await found('bo', 'claims'))[0]?.state).toBe('Kickoff being scheduled');
    expect(await titles('bo', '', 1)).toEqual([`${ledger} Payments Ledger`]);
    expect(await titles('bo', '', 0)).toEqual([]);
    expect(await titles('bo', `${'x'.repeat(100_000)} claims`)).toEqual([]);
  });

  it('come with the card that the chat shows', async () => {
    const number = await bot.fileRequest('Claims Hub');
    const [request] = await found('bo');
    const shown = await bot.press('bo', { verb: 'request.show', subject: number });
    expect(request?.message).toEqual(shown.messages[0]);
    expect(request?.timeZone).toBe('America/New_York');
  });

  it('are nobody else’s, not even for those who may read every request', async () => {
    await bot.fileRequest('Claims Hub', 'bo');
    await bot.fileRequest('Payments Ledger', 'bo2');
    expect((await titles('bo2')).join()).toMatch(/^ISSO-2026-\d+ Payments Ledger$/u);
    expect(await titles('bo2', 'claims')).toEqual([]);
    expect(await titles('ispg')).toEqual([]);
    expect(await titles('bo', '%')).toEqual([]);
  });
});

describe('a card that was delivered to somebody', () => {
  const inConsole = (who: string): Promise<void> =>
    store.transaction((tx) => tx.people.changeLink('console', who, { verifiedAt: bot.clock.now() }));
  const cardIn = async (who: string, messageId: string): Promise<string | null> => {
    const page = await own.card('console', who, messageId);
    return page && plainText(page.message, page);
  };

  it('says what was written last for it, to its reader alone', async () => {
    for (const who of ['bo', 'bo2']) await inConsole(who);
    const number = await bot.fileRequest('Claims Hub');
    await bot.say('ispg', `accept ${number}`);
    await bot.deliver();
    const standing = [...bot.adapter.standing.values()].find(
      ({ to, text }) => to.id === 'bo' && text.includes(`Request ${number}`),
    );
    const messageId = standing?.messageId ?? '';
    expect(await cardIn('bo', messageId)).toContain('Kickoff being scheduled');
    expect(await cardIn('bo2', messageId)).toBeNull();
    expect(await cardIn('bo', 'no such message')).toBeNull();
    await bot.say('bo', `choose 2 for ${number}`);
    expect(await cardIn('bo', messageId)).toContain('Kickoff booked');
    await store.transaction((tx) => tx.people.changeLink('console', 'bo', { unlinkedAt: bot.clock.now() }));
    expect(await cardIn('bo', messageId)).toBeNull();
  });
});

it('looking writes nothing', async () => {
  await bot.fileRequest('Claims Hub');
  const before = await everyRow();
  expect(before.engagement).toContain('Claims Hub');
  await own.home('teams', accountOf('bo'));
  await found('bo', 'claims');
  await own.home('teams', accountOf('stranger'));
  expect(await everyRow()).toEqual(before);
});

/** All rows of all tables, as text. */
async function everyRow(): Promise<Record<string, string>> {
  const { prisma } = await openTestDatabase();
  const tables: { name: string }[] =
    await prisma.$queryRaw`SELECT tablename::text AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`;
  const rows: Record<string, string> = {};
  for (const { name } of tables)
    rows[name] = JSON.stringify(
      await prisma.$queryRawUnsafe(`SELECT t::text AS row FROM "${name}" t ORDER BY 1`),
    );
  return rows;
}
