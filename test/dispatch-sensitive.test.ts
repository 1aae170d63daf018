import { describe, expect, it } from 'vitest';
import { startBot } from './support/bot.ts';
import { openTestDatabase, openTestStore } from './support/open-store.ts';

describe('sensitive text', () => {
  const secret = '078-05-1120';
  const kept = async (): Promise<string> => {
    const { prisma } = await openTestDatabase();
    const rows = await prisma.$queryRaw<{ all: string }[]>`
      SELECT (SELECT string_agg(event::text || coalesce(answers::text, ''), ' ') FROM inbox_event)
          || coalesce((SELECT string_agg(state::text, ' ') FROM conversation), '')
          || coalesce((SELECT string_agg(message::text, ' ') FROM delivery), '')
          || coalesce((SELECT string_agg(answers::text || coalesce(ending::text, ''), ' ') FROM engagement), '') AS all`;
    return rows[0]?.all ?? '';
  };

  it('never reaches the database, wherever it is typed', async () => {
    const bot = await startBot(await openTestStore());
    const number = await bot.fileRequest();
    await bot.say('bo', `my number is ${secret}`);
    await bot.say('bo', `status ${secret}`, { channel: 'ispg' });
    await bot.say('ispg', `ask ${number} Is ${secret} yours?`);
    await bot.press(
      'bo',
      { verb: 'intake.answer', subject: 'x', choice: 'y' },
      { y: secret, list: ['a', secret] },
    );
    await bot.submit(
      'bo',
      { verb: 'request.withdraw', subject: number, version: 1 },
      { reason: 'other', note: secret },
    );
    await bot.say('bo', 'I need an ISSO');
    const heard = await bot.say('bo', `Claims ${secret}`);
    expect(heard.said.join()).toContain('Social Security');
    const text = await kept();
    expect(text).toContain('[removed: ');
    expect(text).not.toContain(secret);
    expect(text).not.toContain(secret.replaceAll('-', ''));
  });

  it('never reaches the database as the name of a field either', async () => {
    const bot = await startBot(await openTestStore());
    await bot.press('bo', { verb: 'intake.answer', subject: 'x', choice: 'y' }, { [secret]: 'yes' });
    expect(await kept()).not.toContain(secret);
  });

  it('stands beside the field of a dialog, which keeps everything else that was typed', async () => {
    const bot = await startBot(await openTestStore());
    const number = await bot.fileRequest();
    const withdraw = await bot.submit(
      'bo',
      { verb: 'request.withdraw', subject: number, version: 1 },
      { reason: 'other', note: secret },
    );
    const decline = await bot.submit(
      'ispg',
      { verb: 'triage.decline', subject: number, version: 1 },
      { reason: 'other', note: secret },
    );
    const ask = await bot.submit(
      'ispg',
      { verb: 'triage.ask', subject: number, version: 1 },
      { question: secret },
    );
    expect([withdraw, decline, ask].map(({ errors }) => Object.keys(errors ?? {}))).toEqual([
      ['note'],
      ['note'],
      ['question'],
    ]);
  });
});
