/** Cards and dialogs of Teams, drawn by Microsoft's own library in a real browser. */
import { createRequire } from 'node:module';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { againWithErrors, renderForm } from '../../adapters/teams/render-form.ts';
import { cardFor, renderMessage, type TeamsReader } from '../../adapters/teams/render-message.ts';
import type { Field } from '../../src/domain/field.ts';
import { button } from '../../src/messages/button.ts';
import { line, strong, theirs, time } from '../../src/messages/inline.ts';
import { bullets, card, type DialogPage, fact, facts, paragraph, say } from '../../src/messages/message.ts';
import { hasBrowser, launchBrowser } from './chromium.ts';

const LIBRARY = createRequire(import.meta.url).resolve('adaptivecards/dist/adaptivecards.min.js');
const READER: TeamsReader = { timeZone: 'America/New_York', timesBeside: false, token: 'token-of-a-card' };
const press = { verb: 'accept', subject: 'ISSO-2026-0042', version: 3 };
const carried = (action: string) => ({ action, press, token: READER.token });
const AT = new Date('2026-12-01T18:00:00Z');
/** A picture of one point. */
const POINT =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

let browser: Browser;
let page: Page;
beforeAll(async () => {
  if (hasBrowser) browser = await launchBrowser();
}, 60_000);
afterAll(async () => {
  await browser?.close();
});
afterEach(async () => {
  await page?.context().close();
});

/** Draws the card in a window of its own; what is pressed is kept in `pressed`. */
async function draw(drawn: unknown, options: BrowserContextOptions = {}): Promise<void> {
  const context = await browser.newContext({ locale: 'en-US', ...options });
  page = await context.newPage();
  await page.setContent('<!doctype html><html lang="en"><title>Teams</title><main></main></html>');
  await page.addScriptTag({ path: LIBRARY });
  await page.evaluate(`
    globalThis.pressed = [];
    const card = new AdaptiveCards.AdaptiveCard();
    card.onExecuteAction = (action) => pressed.push({ type: action.getJsonTypeName(), verb: action.verb, data: action.data });
    card.parse(${JSON.stringify(drawn)});
    document.querySelector('main').append(card.render());
  `);
}
const pressed = (): Promise<unknown> => page.evaluate('globalThis.pressed');
/** What is seen, in reading order. */
const words = async (): Promise<string> =>
  String(await page.evaluate(`document.querySelector('main').innerText`)).replace(/\s+/gu, ' ');

const NAME: Field = {
  id: 'name',
  label: 'What is the system called?',
  kind: 'text',
  required: true,
  maxLength: 80,
};
const REASON: Field = {
  id: 'reason',
  label: 'Why do you need it?',
  kind: 'choices',
  required: true,
  options: [
    { id: 'audit', label: 'An audit comes' },
    { id: 'left', label: 'Somebody _left_' },
  ],
};
const START: Field = { id: 'start', label: 'When should it begin?', kind: 'date', required: false };
const DIALOG: DialogPage = {
  title: 'Change your request',
  intro: [line`For ${strong('ISSO-2026-0042')}.`],
  fields: [NAME, REASON, START],
  sendLabel: 'Send',
  press,
};

describe.skipIf(!hasBrowser)('cards of Teams', { timeout: 60_000 }, () => {
  test('a message is read as it was said, and its buttons say what they carry', async () => {
    const message = card(
      'Request filed: *Claims*',
      [
        facts([fact('System', line`${theirs('[Claims](https://evil.example) <at>all</at>')}`)]),
        bullets(['One', line`Two by ${time(AT, 'date')}`]),
        {
          kind: 'fields',
          fields: [{ ...NAME, value: 'Claims' }],
          send: button('answer', 'Answer', press, 'answer'),
        },
      ],
      [
        button('accept', 'Accept', press, 'accept'),
        button('decline', 'Decline', press, 'decline', { opensDialog: true }),
      ],
    );
    await draw(cardFor(message, READER));
    await page.getByRole('heading', { name: 'Request filed: ∗Claims∗' }).waitFor();
    expect(await words()).toContain('[Claims](https://evil.example) ‹at>all‹/at>');
    expect(await words()).toContain('• One • Two by Tuesday, December 1, 2026');
    expect(await page.locator('main a').count()).toBe(0);
    for (const name of ['Accept', 'Decline', 'Answer']) await page.getByRole('button', { name }).click();
    expect(await pressed()).toEqual([
      { type: 'Action.Execute', verb: 'press', data: { isso: carried('accept') } },
      { type: 'Action.Submit', data: { isso: carried('decline'), msteams: { type: 'task/fetch' } } },
      { type: 'Action.Execute', verb: 'press', data: { isso: carried('answer'), name: 'Claims' } },
    ]);
  });

  test('a refused dialog keeps what was filled in, and says beside each input what is wrong', async () => {
    const sent = { name: 'Claims Hub', reason: 'left', start: '2026-12-01' };
    const errors = { name: 'That name is taken.', reason: 'Choose both.', elsewhere: 'It was withdrawn.' };
    const again = againWithErrors(DIALOG, sent, errors);
    await draw(renderForm(again, READER, { on: null, in: null }, READER.token).value.card.content);
    const name = page.getByLabel(NAME.label);
    expect(await name.inputValue()).toBe('Claims Hub');
    expect(await page.getByLabel(START.label).inputValue()).toBe('2026-12-01');
    expect(await page.getByRole('checkbox', { name: 'Somebody ˍleftˍ' }).isChecked()).toBe(true);
    expect(await page.getByRole('checkbox', { name: 'An audit comes' }).isChecked()).toBe(false);
    expect(await words()).toMatch(
      /Change your request Problem: It was withdrawn\. For ISSO-2026-0042\. Problem: That name is taken\. What is the system called\?.* Problem: Choose both\. Why do you need it\?/u,
    );

    await name.fill('');
    await page.getByRole('button', { name: 'Send' }).click();
    const error = page.getByText('That name is taken.', { exact: true });
    await error.waitFor();
    expect(await name.evaluate((input) => input.getAttribute('aria-labelledby')?.split(' '))).toContain(
      await error.evaluate((shown) => shown.id),
    );
    expect(await pressed()).toEqual([]);

    await name.fill('Payments');
    await page.getByRole('checkbox', { name: 'An audit comes' }).check();
    await page.getByRole('button', { name: 'Send' }).click();
    expect(await pressed()).toEqual([
      {
        type: 'Action.Submit',
        data: {
          isso: { ...carried('submit'), page: expect.any(String) },
          name: 'Payments',
          reason: expect.stringMatching(/^(?:audit,left|left,audit)$/u),
          start: '2026-12-01',
        },
      },
    ]);
  });

  test.each([
    ['America/Los_Angeles', 'Tue, Dec 1, 2026, 10:00 AM', '10:30 AM'],
    ['Asia/Tokyo', 'Wed, Dec 2, 2026, 3:00 AM', '3:30 AM'],
  ])('a channel reads times in the programme’s zone and in that of %s', async (timezoneId, own, ownEnd) => {
    const end = new Date(AT.getTime() + 30 * 60_000);
    const message = card('Kickoff', [
      paragraph(line`${theirs('{{TIME(2026-12-01T18:00:00Z)}}')}: from ${time(AT)} to ${time(end, 'time')}.`),
      facts([fact('Day', line`${time(AT, 'date')}`)]),
    ]);
    await draw(cardFor(message, { ...READER, timesBeside: true }), { timezoneId });
    await page.getByText(`In your own time: ${own}; ${ownEnd}`).waitFor();
    expect(await words()).toContain(
      '{ {TIME(2026-12-01T18:00:00Z)}}: from Tuesday, December 1, 2026 at 1:00 PM Eastern Time to 1:30 PM Eastern Time.',
    );
    expect(await words()).toContain(`In your own time: ${own.split(', ').slice(0, 3).join(', ')}`);
    expect((await words()).match(/\{\{/gu)).toBeNull();
  });

  test('a picture is said in words to whoever can’t see it', async () => {
    const file = {
      name: 'x.png',
      type: 'image/png',
      content: POINT,
      encoding: 'base64',
      altText: 'Scores rise',
    } as const;
    const [drawn] = renderMessage(say('Your scores.'), READER, file).attachments ?? [];
    await draw(drawn?.content);
    const picture = page.getByRole('img', { name: 'Scores rise' });
    await picture.waitFor();
    expect(
      await picture.evaluate((shown) => (shown as unknown as { naturalWidth: number }).naturalWidth),
    ).toBe(1);
  });
});
