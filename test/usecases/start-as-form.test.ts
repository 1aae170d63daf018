import { beforeEach, describe, expect, it } from 'vitest';
import type { RawValues } from '../../src/domain/field.ts';
import { lineText } from '../../src/messages/plain-text.ts';
import type { Store } from '../../src/ports.ts';
import { type Bot, type Heard, startBot } from '../support/bot.ts';
import { openTestStore } from '../support/open-store.ts';

let store: Store;
let bot: Bot;
beforeEach(async () => {
  store = await openTestStore();
  bot = await startBot(store);
}, 60_000);

const WORDS = 'We run a claims system with no trained security officer and an audit is coming.';
const START = { verb: 'intake.start-form', subject: 'issoaas' };
const FROM = { verb: 'intake.start-from', subject: 'issoaas' };
const from = (words: string): Promise<Heard> => bot.press('bo', FROM, { words });
const introOf = ({ dialog }: Heard): string =>
  dialog?.intro.map((line) => lineText(line, { timeZone: 'America/New_York' })).join('\n') ?? '';
const kept = () =>
  store.transaction(async (tx) => {
    const record = await tx.conversations.current('bo');
    return (record?.state as { form: { answers: object; drafts: RawValues } } | undefined)?.form ?? null;
  });
const needIn = ({ dialog }: Heard) => dialog?.fields.find(({ id }) => id === 'need_summary')?.value;

describe('a request started from a menu', () => {
  it('opens its first page', async () => {
    const { dialog, said } = await bot.press('bo', START);
    expect(said).toEqual([]);
    expect(dialog?.fields[0]?.id).toBe('system_name');
  });

  it('goes on with the one that is open or paused', async () => {
    await bot.say('bo', 'I need an ISSO');
    await bot.say('bo', 'Claims Hub');
    await bot.say('bo', 'pause');
    const { dialog } = await bot.press('bo', START);
    expect(dialog?.fields[0]).toMatchObject({ id: 'system_name', value: 'Claims Hub' });
  });

  it('of a service that there is not opens nothing', async () => {
    for (const verb of ['intake.start-form', 'intake.start-from']) {
      const { dialog, said } = await bot.press('bo', { verb, subject: 'nothing' }, { words: WORDS });
      expect(dialog).toBe(null);
      expect(said.join()).toContain('not in the catalogue');
    }
  });
});

describe('a request started from a message', () => {
  it('has its words filled in at the need, where they are no answer before the page is sent', async () => {
    const heard = await from(WORDS);
    expect(needIn(heard)).toBe(WORDS);
    expect(introOf(heard)).toContain('filled in at “The need in your words”');
    expect(await kept()).toMatchObject({ drafts: { need_summary: WORDS } });
    expect((await kept())?.answers).not.toHaveProperty('need_summary');
    expect((await bot.say('bo', 'review')).said.join()).not.toContain(WORDS);
  });

  it('shows them in chat with the question, and takes them only when the person says so', async () => {
    await from(WORDS);
    for (const typed of ['resume', 'Claims Hub', '1', 'no trained isso', 'none']) await bot.say('bo', typed);
    const asked = await bot.say('bo', '1');
    expect(asked.said.join()).toContain(WORDS);
    expect(asked.messages[0]?.buttons[0]?.typed).toBe('use it');
    expect((await bot.say('bo', 'use it')).said.join()).toContain('How soon do you need this?');
    expect(await kept()).toMatchObject({ answers: { need_summary: WORDS }, drafts: {} });
  });

  it('takes them by the button as well, and not from an old card', async () => {
    const { dialog } = await from(WORDS);
    const use = { verb: 'intake.use-draft', subject: dialog?.press.subject ?? '', choice: 'need_summary' };
    expect((await bot.press('bo', use)).said.join()).toContain('What is the system called?');
    for (const typed of ['Claims Hub', '1', 'no trained isso', 'none', '1']) await bot.say('bo', typed);
    await bot.press('bo', use);
    expect((await kept())?.answers).toMatchObject({ need_summary: WORDS });
  });

  it('keeps nothing that looks sensitive', async () => {
    const { said, dialog } = await from('Her number is 123-45-6789');
    expect(dialog).toBe(null);
    expect(said.join()).toContain('a Social Security number');
    expect(await kept()).toBe(null);
  });

  it('takes as much as there is room for, and says so', async () => {
    const heard = await from('long '.repeat(500));
    expect(String(needIn(heard)).length).toBeLessThanOrEqual(1_500);
    expect(introOf(heard)).toContain('The beginning of the message');
  });

  it('without words is a request like any other', async () => {
    expect(needIn(await from(' \u200b '))).toBe(undefined);
  });

  it('keeps the words in the form that is open, where the need is not answered yet', async () => {
    await bot.say('bo', 'I need an ISSO');
    const { said, dialog } = await from(WORDS);
    expect(dialog).toBe(null);
    expect(said.join('\n')).toContain('You have a request in progress');
    expect(said.join('\n')).toContain('are kept in it');
    expect(await kept()).toMatchObject({ drafts: { need_summary: WORDS } });
    await from('Other words that somebody else has written about a need.');
    expect(await kept()).toMatchObject({ drafts: { need_summary: WORDS } });
  });
});
