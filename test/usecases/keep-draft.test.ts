import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import type { RawValues } from '../../src/domain/field.ts';
import type { ButtonPress } from '../../src/messages/button.ts';
import type { DialogPage } from '../../src/messages/message.ts';
import type { Store } from '../../src/ports.ts';
import { type Bot, startBot } from '../support/bot.ts';
import { openTestStore } from '../support/open-store.ts';

let store: Store;
let bot: Bot;
beforeEach(async () => {
  store = await openTestStore();
  bot = await startBot(store);
}, 60_000);

let drafted = 0;
/** The dialog as it stands; `closed` when its person has closed it. */
function draft(who: string, press: ButtonPress, values: RawValues, closed: 'closed' | 'open' = 'open') {
  drafted += 1;
  const from = { platform: 'console', userId: who, channel: null } as const;
  const eventKey = `draft-${drafted}`;
  return bot.receive({ kind: 'drafted', from, eventKey, press, values, isClosed: closed === 'closed' });
}

/** The page on which the first open question stands. */
async function openForm(who = 'bo'): Promise<DialogPage> {
  const { dialog } = await bot.say(who, 'form');
  if (!dialog) throw new Error('no dialog came');
  return dialog;
}
const valuesOf = ({ fields }: DialogPage) =>
  Object.fromEntries(fields.flatMap(({ id, value }) => (value === undefined ? [] : [[id, value]])));
/** The conversation as it is kept. */
const kept = (who = 'bo') =>
  store.transaction(async (tx) => {
    const record = await tx.conversations.current(who);
    const state = record?.state as {
      form: { answers: Record<string, unknown>; drafts: RawValues; at: string };
    };
    return record ? { ...state.form, version: record.version } : null;
  });

const SIX = {
  system_name: 'Claims Hub',
  system_acronym: 'CH',
  system_count: '2',
  reason: ['surge'],
  current_isso_state: 'none',
  need_summary: 'too short',
};

describe('a dialog that is closed before it is sent', () => {
  it('closed at its sixth field shows six values when it is opened again', async () => {
    await bot.say('bo', 'I need an ISSO');
    const { press } = await openForm();
    const { said, messages } = await draft('bo', press, { ...SIX, tasks: [] }, 'closed');
    expect(said).toHaveLength(1);
    expect(said.join()).toContain('6 answers of the form are kept, and nothing was sent.');
    expect(messages[0]?.buttons.map(({ typed }) => typed)).toEqual(['form', 'resume']);
    expect(valuesOf(await openForm())).toEqual({ ...SIX, system_count: 2 });
  });

  it('keeps good answers as answers, and the rest as typed', async () => {
    await bot.say('bo', 'I need an ISSO');
    await draft('bo', (await openForm()).press, SIX, 'closed');
    const { answers, drafts } = (await kept()) ?? {};
    expect(answers).toMatchObject({ system_name: 'Claims Hub', reason: ['surge'] });
    expect(answers).not.toHaveProperty('need_summary');
    expect(drafts).toEqual({ need_summary: 'too short' });
  });

  it('goes on here with the next question, where words are its answer', async () => {
    await bot.say('bo', 'I need an ISSO');
    const { said } = await draft('bo', (await openForm()).press, SIX, 'closed');
    expect(said.join()).toContain('The next question here is: What should the Service ISSO do?');
    expect((await bot.say('bo', '1')).said.join()).toContain('too short');
    expect((await kept())?.answers).toHaveProperty('tasks');
  });

  it('says nothing when nothing was typed', async () => {
    await bot.say('bo', 'I need an ISSO');
    const { press } = await openForm();
    expect((await draft('bo', press, { system_name: '', tasks: [] }, 'closed')).said).toEqual([]);
    expect((await bot.say('bo', 'Claims Hub')).said.join()).toContain('Question 2 of');
  });

  it('says after a page that was sent what is kept of it', async () => {
    await bot.say('cra', 'I need an ISSO');
    const first = await openForm('cra');
    const owner = { business_owner: 'bo', component: 'OIT', cra: '', other_contacts: '' };
    const { dialog } = await bot.submit('cra', first.press, owner);
    if (!dialog) throw new Error('no page followed');
    const { said } = await draft('cra', dialog.press, {}, 'closed');
    expect(said.join()).toMatch(/answers? of the form (?:is|are) kept/u);
    expect(said.join()).toContain('What is the system called?');
  });

  it('leaves nothing behind of a form that was opened as a dialog and never filled in', async () => {
    const { dialog } = await bot.press('bo', { verb: 'intake.start-form', subject: 'issoaas' });
    if (!dialog) throw new Error('no dialog came');
    expect((await draft('bo', dialog.press, {}, 'closed')).said).toEqual([]);
    expect(await kept()).toBe(null);
    expect((await bot.say('bo', 'resume')).said.join()).toContain('nothing to resume');
  });
});

describe('a dialog that is being filled in', () => {
  it('is kept at each change without a word, over the death of the process', async () => {
    await bot.say('bo', 'I need an ISSO');
    const { press } = await openForm();
    expect((await draft('bo', press, { system_name: 'Cl' })).said).toEqual([]);
    expect((await draft('bo', press, { system_name: 'Claims Hub', need_summary: 'half' })).said).toEqual([]);
    bot = await startBot(store);
    expect(valuesOf(await openForm())).toEqual({ system_name: 'Claims Hub', need_summary: 'half' });
  });

  it('takes no words for an answer to a question that chat has not asked', async () => {
    await bot.say('bo', 'I need an ISSO');
    await draft('bo', (await openForm()).press, { system_name: 'Claims Hub' });
    const { said } = await bot.say('bo', 'hello there');
    expect(said.join()).toContain('I did not take your words as an answer');
    expect((await kept())?.answers.system_name).toBe('Claims Hub');
  });

  it('never keeps what looks sensitive', async () => {
    await bot.say('bo', 'I need an ISSO');
    const { press } = await openForm();
    await draft(
      'bo',
      press,
      { need_summary: 'His number is 123-45-6789', system_name: 'Claims Hub' },
      'closed',
    );
    const all = JSON.stringify(await store.transaction((tx) => tx.conversations.current('bo')));
    expect(all).toContain('Claims Hub');
    expect(all).not.toMatch(/45-6789|removed/u);
  });

  it('names no owner whom this person may not file for', async () => {
    await bot.say('cra', 'I need an ISSO');
    const { press } = await openForm('cra');
    await draft('cra', press, { business_owner: 'isso', component: 'OIT' }, 'closed');
    expect((await kept('cra'))?.answers).not.toHaveProperty('business_owner');
    expect(valuesOf(await openForm('cra'))).toMatchObject({ business_owner: 'isso', component: 'OIT' });
    const sent = await bot.submit('cra', press, { business_owner: 'isso', component: '' });
    expect(Object.keys(sent.errors ?? {}).sort()).toEqual(['business_owner', 'component']);
    const again = await bot.submit('cra', press, { business_owner: 'isso', component: 'OIT' });
    expect(Object.keys(again.errors ?? {})).toEqual(['business_owner']);
  });

  it('lets the name of a system that has a request already be caught when the page is sent', async () => {
    const number = await bot.fileRequest('Claims Hub', 'bo');
    await bot.say('cra', 'I need an ISSO');
    await bot.say('cra', 'Beatriz Okafor');
    await bot.say('cra', 'OIT');
    const { press } = await openForm('cra');
    const values = {
      ...SIX,
      tasks: ['categorization'],
      need_summary: 'Our ISSO retires in March and the ATO ends in June.',
    };
    await draft('cra', press, values);
    expect((await kept('cra'))?.answers.system_name).toBe('Claims Hub');
    const { said } = await bot.submit('cra', press, values);
    expect(said.join()).toContain(number);
  });
});

describe('a draft that comes too late', () => {
  it('changes nothing once its page was sent', async () => {
    await bot.say('bo', 'I need an ISSO');
    const { press, fields } = await openForm();
    const task = fields.find(({ id }) => id === 'tasks')?.options?.[0]?.id ?? '';
    const sent = {
      ...SIX,
      tasks: [task],
      need_summary: 'Our ISSO retires in March and the ATO ends in June.',
    };
    expect((await bot.submit('bo', press, sent)).errors).toBe(null);
    const before = await kept();
    for (const closed of ['open', 'closed'] as const)
      expect((await draft('bo', press, { system_name: 'Claims Warehouse' }, closed)).said).toEqual([]);
    expect(await kept()).toEqual(before);
    const reopened = await bot.press('bo', { verb: 'intake.form', subject: press.subject });
    expect(reopened.dialog?.press.choice).not.toBe(press.choice);
  });

  it('changes nothing once its form has ended, and so does the draft of another’s form or another dialog', async () => {
    await bot.say('bo', 'I need an ISSO');
    const { press } = await openForm();
    const before = await kept();
    await draft('ispg', press, SIX, 'closed');
    await draft('bo', { ...press, verb: 'wishes.save-hours' }, SIX, 'closed');
    await draft('bo', { ...press, choice: 'nowhere-1' }, SIX, 'closed');
    expect(await kept()).toEqual(before);
    await bot.press('bo', { verb: 'intake.discard', subject: press.subject });
    expect((await draft('bo', press, SIX, 'closed')).said).toEqual([]);
    expect(await kept()).toBe(null);
  });
});

describe('in whatever order a page is filled in, sent and closed', () => {
  const typed = fc.record(
    {
      system_name: fc.constantFrom('Claims Hub', 'Claims Warehouse', 'C', ''),
      system_count: fc.constantFrom('2', '7', 'many', ''),
      reason: fc.constantFrom(['surge'], []),
      tasks: fc.constantFrom(['categorization'], []),
      current_isso_state: fc.constantFrom('none', 'shared', null),
      need_summary: fc.constantFrom('short', 'Our ISSO retires in March and the ATO ends in June.', ''),
    },
    { requiredKeys: [] },
  );
  const event = fc.record({ what: fc.constantFrom('type', 'close', 'send', 'late'), values: typed });
  const GOOD: Readonly<Record<string, (value: unknown) => unknown>> = {
    system_name: (value) => (String(value).length >= 3 ? value : undefined),
    system_count: (value) => (/^\d+$/u.test(String(value)) ? Number(value) : undefined),
    reason: (value) => (Array.isArray(value) && value.length > 0 ? value : undefined),
    tasks: (value) => (Array.isArray(value) && value.length > 0 ? value : undefined),
    current_isso_state: (value) => value ?? undefined,
    need_summary: (value) => (String(value).length >= 30 ? value : undefined),
  };

  it('no good answer is lost', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(event, { minLength: 1, maxLength: 8 }), async (events) => {
        await bot.say('bo', 'I need an ISSO');
        let { press } = await openForm();
        const latest: Record<string, unknown> = {};
        for (const { what, values } of events) {
          const version = press.version ?? 0;
          if (what === 'late') await draft('bo', { ...press, version: version - 1 }, values, 'closed');
          else if (what !== 'send') await draft('bo', press, values, what === 'close' ? 'closed' : 'open');
          else if ((await bot.submit('bo', press, values)).errors === null)
            press = { ...press, version: version + 1 };
          if (what === 'late') continue;
          for (const [key, value] of Object.entries(values)) {
            const good = GOOD[key]?.(value);
            if (good !== undefined) latest[key] = good;
          }
        }
        expect((await kept())?.answers).toMatchObject(latest);
        await bot.press('bo', { verb: 'intake.discard', subject: press.subject });
      }),
      { numRuns: 40 },
    );
  }, 120_000);
});
