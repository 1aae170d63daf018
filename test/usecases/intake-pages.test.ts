import { beforeEach, describe, expect, it } from 'vitest';
import { lineText } from '../../src/messages/plain-text.ts';
import { type Bot, type Heard, startBot } from '../support/bot.ts';
import { FIRST_PAGE } from '../support/first-page.ts';
import { openTestStore } from '../support/open-store.ts';

let bot: Bot;
beforeEach(async () => {
  bot = await startBot(await openTestStore());
}, 60_000);

const dialogOf = ({ dialog }: Heard) => {
  if (!dialog) throw new Error('no dialog came');
  return dialog;
};
const introOf = (heard: Heard): string =>
  dialogOf(heard)
    .intro.map((line) => lineText(line, { timeZone: 'America/New_York' }))
    .join('\n');

const NEED = { ...FIRST_PAGE, system_acronym: '' };
const ENGAGEMENT = {
  urgency: 'routine',
  level_of_effort: 'half',
  engagement_kind: 'defined',
  start_wanted: '2027-03-01',
  drivers: [],
};

describe('the form in pages', () => {
  it('shows the page that follows in the place of the one that was sent, and the review in chat at the end', async () => {
    await bot.say('bo', 'I need an ISSO');
    const first = dialogOf(await bot.say('bo', 'form'));
    const second = await bot.submit('bo', first.press, NEED);
    expect(second.said).toEqual([]);
    expect(introOf(second)).toContain('is saved');
    expect(dialogOf(second).fields.map(({ id }) => id)).toEqual(Object.keys(ENGAGEMENT));
    const third = await bot.submit('bo', dialogOf(second).press, ENGAGEMENT);
    expect(dialogOf(third).fields.map(({ id }) => id)).toContain('duration_months');
    const last = await bot.submit('bo', dialogOf(third).press, { duration_months: '6' });
    expect(last.dialog).toBe(null);
    expect(last.said.join()).toContain('Please check your request');
    expect((await bot.say('bo', 'submit')).said.join()).toContain('Please confirm these statements');
  });

  it('names the button that opens it again, where it can’t be opened now', async () => {
    await bot.say('bo', 'I need an ISSO');
    const { opener, press } = dialogOf(await bot.say('bo', 'form'));
    expect(opener).toEqual({ verb: 'intake.form', subject: press.subject });
    if (!opener) throw new Error('no opener');
    expect(dialogOf(await bot.press('bo', opener)).press).toEqual(press);
  });

  it('says above the next page what a change took away and what is worth a thought', async () => {
    await bot.say('bo', 'I need an ISSO');
    const first = dialogOf(await bot.say('bo', 'form'));
    const second = dialogOf(await bot.submit('bo', first.press, NEED));
    const soon = { ...ENGAGEMENT, start_wanted: '2026-12-15' };
    expect(introOf(await bot.submit('bo', second.press, soon))).toContain('less than 60 days away');
  });

  it('keeps the good answers of a page with errors, and the rest as typed', async () => {
    await bot.say('bo', 'I need an ISSO');
    const { press } = dialogOf(await bot.say('bo', 'form'));
    const { errors, dialog } = await bot.submit('bo', press, { ...NEED, need_summary: 'short', reason: [] });
    expect(dialog).toBe(null);
    expect(Object.keys(errors ?? {}).sort()).toEqual(['need_summary', 'reason']);
    const again = dialogOf(await bot.say('bo', 'form'));
    const values = Object.fromEntries(again.fields.map(({ id, value }) => [id, value]));
    expect(values).toMatchObject({
      system_name: 'Claims Hub',
      need_summary: 'short',
      tasks: ['categorization'],
    });
  });

  it('opens for a paused form, and words are not taken for an answer before chat has asked', async () => {
    await bot.say('bo', 'I need an ISSO');
    await bot.say('bo', 'pause');
    expect(dialogOf(await bot.say('bo', 'form')).fields[0]?.id).toBe('system_name');
    expect((await bot.say('bo', 'Claims Hub')).said.join()).toContain('What is the system called?');
    expect((await bot.say('bo', 'Claims Hub')).said.join()).toContain('Question 2 of');
  });

  it('leaves the review’s button good while no answer changes', async () => {
    await bot.say('bo', 'I need an ISSO');
    const first = dialogOf(await bot.say('bo', 'form'));
    const second = dialogOf(await bot.submit('bo', first.press, NEED));
    const continuous = { ...ENGAGEMENT, engagement_kind: 'continuous' };
    const { messages } = await bot.submit('bo', second.press, continuous);
    const submit = messages[0]?.buttons.find(({ id }) => id === 'submit');
    if (!submit) throw new Error('nothing to submit');
    const half = { kind: 'drafted', eventKey: 'half', isClosed: false } as const;
    const from = { platform: 'console', userId: 'bo', channel: null } as const;
    const again = dialogOf(await bot.press('bo', { verb: 'intake.form', subject: first.press.subject }));
    await bot.receive({ ...half, from, press: again.press, values: { system_acronym: 'not valid!' } });
    expect((await bot.press('bo', submit.press)).said.join()).toContain('Please confirm these statements');
  });
});
