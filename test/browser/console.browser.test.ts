import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type StartedConsole, startConsole } from '../support/console-server.ts';
import { type ConsolePage, hasBrowser, launchBrowser, openConsole, tabTo, violations } from './chromium.ts';

let browser: Browser;
let served: StartedConsole;
let opened: ConsolePage | undefined;
let page: Page;

beforeAll(async () => {
  if (hasBrowser) browser = await launchBrowser();
}, 60_000);
afterAll(async () => {
  await browser?.close();
});
beforeEach(async () => {
  if (!hasBrowser) return;
  served = await startConsole(new Date('2026-12-01T14:05:00Z'));
  await openPage('light');
});
afterEach(async () => {
  if (!hasBrowser) return;
  await opened?.close();
  await served.stop();
  expect(opened?.complaints).toEqual([]);
});

async function openPage(
  colorScheme: 'light' | 'dark',
  viewport = { width: 1360, height: 860 },
): Promise<void> {
  await opened?.close();
  opened = await openConsole(browser, served.origin, 'as=bo', { colorScheme, viewport });
  page = opened.page;
}
const composer = () => page.getByRole('textbox', { name: /^Message to/u });
const log = () => page.locator('#log');
async function say(words: string): Promise<void> {
  await composer().fill(words);
  await composer().press('Enter');
}
describe.skipIf(!hasBrowser)('the console in a browser', { timeout: 180_000 }, () => {
  test('a person is chosen, says hi, and gets a card drawn by the card library', async () => {
    await page.getByLabel('You are').selectOption('isso');
    await page.getByText('you', { exact: false }).first().waitFor();
    await say('hi');
    await log().getByRole('heading', { name: 'Welcome to ISSO As A Service' }).waitFor();
    expect(await log().locator('.ac-adaptiveCard').count()).toBe(1);
    expect(await page.locator('#talk-note').textContent()).toContain('Sam Otieno');
    expect(page.url()).toContain('as=isso');
    expect(await log().locator('a.ac-anchor').getAttribute('href')).toBe('https://security.cms.gov/');
  });

  test('inputs in a card are checked there and sent with the button', async () => {
    await say('form');
    await log().getByRole('button', { name: 'Continue' }).click();
    await log().getByText('Type an answer of at most 80 characters.').waitFor();
    await log()
      .getByLabel(/What is the system called/u)
      .fill('Claims Gateway');
    await log().getByLabel('Moderate').check();
    await log().getByLabel('POA&M upkeep').check();
    await log().getByRole('button', { name: 'Continue' }).click();
    await log().getByText('Thank you.').waitFor();
    expect(served.engine.heard.at(-1)).toMatchObject({
      values: { name: 'Claims Gateway', impact: 'moderate', needs: ['poam'] },
    });
  });

  test('a dialog shows errors beside its fields, keeps every value, and goes when mended', async () => {
    await say('card');
    await log().getByRole('button', { name: 'Decline' }).click();
    const dialog = page.getByRole('dialog', { name: 'Decline this request' });
    await dialog.getByLabel('Out of scope').check();
    await dialog.getByLabel(/What should they know/u).fill('short');
    await dialog.getByRole('button', { name: 'Decline' }).click();
    await dialog.getByText('Problem: Write at least ten characters.').waitFor();
    expect(await dialog.getByLabel('Out of scope').isChecked()).toBe(true);
    expect(await dialog.getByLabel(/What should they know/u).inputValue()).toBe('short');
    expect(await page.locator(':focus').getAttribute('aria-invalid')).toBe('true');
    expect(await violations(page)).toEqual([]);
    await dialog.getByLabel(/What should they know/u).fill('<b>Not</b> for this programme');
    await dialog.getByRole('button', { name: 'Decline' }).click();
    await log().getByRole('heading', { name: 'Request declined' }).waitFor();
    await log().getByText('<b>Not</b> for this programme').waitFor();
    expect(await page.locator('dialog[open]').count()).toBe(0);
    expect(
      await log()
        .getByText(/^Updated /u)
        .count(),
    ).toBe(1);
  });

  test('by keyboard alone: say, press, fill a dialog, move the clock, change conversation', async () => {
    await page.keyboard.press('Tab');
    expect(await page.locator(':focus').textContent()).toBe('Skip to the message box');
    await page.keyboard.press('Enter');
    await page.keyboard.type('card');
    await page.keyboard.press('Enter');
    await log().getByRole('button', { name: 'Decline' }).waitFor();
    await page.keyboard.press('Alt+l');
    await tabTo(page, 'Decline');
    await page.keyboard.press('Enter');
    await page.waitForSelector('dialog[open]');
    await page.keyboard.press('Space');
    await page.keyboard.press('Tab');
    await page.keyboard.type('long enough to read');
    await tabTo(page, 'Decline');
    await page.keyboard.press('Enter');
    await log().getByRole('heading', { name: 'Request declined' }).waitFor();
    await page.keyboard.press('Alt+m');
    await page.keyboard.press('ArrowUp');
    expect(await composer().inputValue()).toBe('card');
    await page.keyboard.press('Shift+Enter');
    expect(await composer().inputValue()).toBe('card\n');
    await page.keyboard.press('Alt+ArrowDown');
    await page.getByRole('heading', { name: 'ISPG', exact: true }).waitFor();
    if (await page.locator('#clock').isVisible()) await page.keyboard.press('Alt+c');
    await page.keyboard.press('Alt+c');
    await page.keyboard.press('Enter');
    await page.getByText('10:05 AM').first().waitFor();
    expect(await page.locator('#clock-ran').textContent()).toContain('deliver-pending');
    await page.keyboard.press('Escape');
    expect(await page.locator('#clock').isVisible()).toBe(false);
    await page.keyboard.press('Control+/');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    await page.keyboard.press('Escape');
  });

  test('a press on a room holds, though a message comes in while the button is down', async () => {
    await page.getByRole('button', { name: /^ISPG/u }).hover();
    await page.mouse.down();
    await served.post('/console/api/say', { as: 'ispg', text: 'tell ispg' });
    await page.getByRole('button', { name: /ISPG 1 unread/u }).waitFor();
    await page.mouse.up();
    await page.locator('#talk-title').getByText('ISPG', { exact: true }).waitFor();
  });

  test('unread marks and live posts come without reloading', async () => {
    await served.post('/console/api/say', { as: 'ispg', text: 'tell ispg' });
    const room = page.getByRole('button', { name: /ISPG 1 unread/u });
    await room.waitFor();
    expect(await page.title()).toContain('(1)');
    await room.click();
    await log().getByRole('heading', { name: 'New request waits for triage' }).waitFor();
    await page.getByRole('button', { name: 'ISPG', exact: true }).waitFor();
    await served.post('/console/api/say', { as: 'ispg', in: 'ispg', text: 'hello all' });
    await log().getByText('You said: hello all').waitFor();
    await log().getByText('Ines Park').waitFor();
    await page.reload();
    await page.waitForSelector('body[data-ready]');
    expect(await page.locator('.badge').count()).toBe(0);
  });

  test('what could not be saved stays in the message box', async () => {
    served.engine.next('not-saved');
    await say('do not lose me');
    await page.getByText('Your message was not saved, try again.').waitFor();
    expect(await composer().inputValue()).toBe('do not lose me');
    expect(opened?.complaints.splice(0)).toEqual([expect.stringContaining('503')]);
  });

  test.each(['light', 'dark'] as const)('no WCAG 2.1 A or AA violation, %s', async (scheme) => {
    await openPage(scheme);
    for (const words of ['hi', 'card', 'form', 'list', '<script>alert(1)</script>']) {
      await say(words);
      await page.locator('.working').waitFor({ state: 'hidden' });
    }
    await log().getByText('You said').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Shortcuts' }).click();
    expect(await violations(page)).toEqual([]);
  });

  test('a window 320 pixels wide and 256 high (400 % zoom) loses nothing and never scrolls sideways', async () => {
    await openPage('light', { width: 320, height: 256 });
    await say('card');
    await log().getByRole('button', { name: 'Accept' }).click();
    await log().getByRole('heading', { name: 'Request accepted' }).waitFor();
    const sideways = await page.evaluate(
      'document.documentElement.scrollWidth > document.documentElement.clientWidth',
    );
    expect(sideways).toBe(false);
    expect(await violations(page)).toEqual([]);
  });
});
