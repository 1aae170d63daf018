/** The dashboard in a real browser, over a made-up programme: looked at, walked by keyboard, narrow, dark, printed. */
import { mkdirSync } from 'node:fs';
import type { Browser, ConsoleMessage, Page, Request } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDrawing } from '../../src/drawing.ts';
import { type RunningDashboard, serveDashboard } from '../support/dashboard.ts';
import { fillProgramme, MANY_NOW } from '../support/many-engagements.ts';
import { openTestDatabase, openTestStore } from '../support/open-store.ts';
import { startProgramme } from '../support/running-app.ts';
import {
  hasBrowser,
  launchBrowser,
  leaveWindow,
  openWindow as openEmptyWindow,
  tabTo,
  violations,
  type WindowLook,
} from './chromium.ts';

const PAGES = [
  ['overview', '/dashboard', 'Overview of the programme'],
  ['engagements', '/dashboard/engagements?state=all&order=since', 'Engagements'],
  ['nothing-fits', '/dashboard/engagements?text=no+such+system', 'Engagements'],
  ['measures', '/dashboard/measures?period=last-quarter', 'Measures of the programme'],
  ['catalogue', '/dashboard/catalogue', 'Catalogue and adoption'],
  ['exports', '/dashboard/exports', 'Exports'],
  ['not-there', '/dashboard/engagements/ISSO-1999-0001', 'There is nothing here'],
  ['choose', '/dashboard/choose', 'Who looks at the dashboard?'],
] as const;

let app: RunningDashboard;
let browser: Browser;
const drawing = createDrawing();
beforeAll(async () => {
  if (!hasBrowser) return;
  browser = await launchBrowser();
  const store = await openTestStore();
  app = await serveDashboard(store, { now: MANY_NOW, ...drawing });
  await fillProgramme((await openTestDatabase()).url, { open: 60, ended: 60 });
});
afterAll(async () => {
  await browser?.close();
  await app?.close();
  await drawing.stop();
});

interface Window {
  readonly page: Page;
  readonly complaints: string[];
  readonly asked: string[];
  close(): Promise<void>;
}

/** A window in which Grace looks; nothing but this server is ever asked for anything. */
async function openWindow(look: WindowLook = {}): Promise<Window> {
  const page = await openEmptyWindow(browser, { viewport: { width: 1280, height: 900 }, ...look });
  const complaints: string[] = [];
  const asked: string[] = [];
  const onError = (error: Error): void => void complaints.push(error.message);
  const onWords = (message: ConsoleMessage): void => {
    // A page that is not there says so with its status, which the browser notes.
    const isStatus = /status of (?:401|404)/u.test(message.text());
    if (message.type() === 'error' && !isStatus) complaints.push(message.text());
  };
  const onRequest = (request: Request): void => void asked.push(new URL(request.url()).origin);
  page.on('pageerror', onError).on('console', onWords).on('request', onRequest);
  await page.goto(`${app.url}/dashboard?as=gtl`);
  const close = async (): Promise<void> => {
    page.off('pageerror', onError).off('console', onWords).off('request', onRequest);
    await leaveWindow(page);
  };
  return { page, complaints, asked, close };
}

/** Pictures come when they are scrolled to; axe and the camera want them all. */
async function withPictures(page: Page): Promise<void> {
  for (const image of await page.locator('img').all()) await image.scrollIntoViewIfNeeded();
  const isThere = '[...document.images].every((it) => it.complete && it.naturalWidth > 0)';
  await expect.poll(() => page.evaluate(isThere), { timeout: 120_000 }).toBe(true);
}

const photograph = async (page: Page, name: string): Promise<void> => {
  const folder = process.env.DASHBOARD_PICTURES;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
};

const number = async (page: Page, state: string): Promise<string> => {
  await page.goto(`${app.url}/dashboard/engagements?state=${state}`);
  return (await page.locator('tbody th a').first().textContent()) ?? '';
};

describe.skipIf(!hasBrowser)('the dashboard', { timeout: 300_000 }, () => {
  test.each(['light', 'dark'] as const)('is accessible on each page, %s', async (colorScheme) => {
    const { page, complaints, asked, close } = await openWindow({ colorScheme });
    const one = await number(page, 'ONBOARDING');
    for (const [name, path, title] of [
      ...PAGES,
      ['engagement', `/dashboard/engagements/${one}`, one] as const,
    ]) {
      await page.goto(`${app.url}${path}`);
      await withPictures(page);
      expect(await page.locator('h1').allTextContents()).toEqual([expect.stringContaining(title)]);
      await page.evaluate('for (const it of document.querySelectorAll("details")) it.open = true');
      expect([name, await violations(page)]).toEqual([name, []]);
      const levels: string[] = await page
        .locator('h1, h2, h3')
        .evaluateAll((all) => all.map((it) => it.tagName));
      expect(levels.every((level, at) => Number(level[1]) <= Number((levels[at - 1] ?? 'H0')[1]) + 1)).toBe(
        true,
      );
      await photograph(page, `${name}-${colorScheme}`);
    }
    const background = await page.evaluate('getComputedStyle(document.body).backgroundColor');
    expect(background).toBe(colorScheme === 'dark' ? 'rgb(12, 20, 29)' : 'rgb(244, 246, 249)');
    expect(complaints).toEqual([]);
    expect([...new Set(asked)]).toEqual([app.url]);
    await close();
  });

  test('is walked with the keyboard alone, from the skip link to an engagement', async () => {
    const { page, complaints, close } = await openWindow();
    await page.keyboard.press('Tab');
    expect(await page.locator(':focus').textContent()).toBe('Skip to the content');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement?.id')).toBe('content');
    await page.goto(`${app.url}/dashboard`);
    await tabTo(page, 'Engagements');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Engagements' }).waitFor();
    await page.getByLabel('Component').focus();
    await page.keyboard.type('OIT');
    await tabTo(page, 'Show');
    await page.keyboard.press('Enter');
    await page.waitForURL(/component=OIT/u);
    const components = await page.locator('tbody tr td:nth-child(3)').allTextContents();
    expect(components.length).toBeGreaterThan(0);
    expect([...new Set(components)]).toEqual(['OIT']);
    await page.locator('tbody th a').first().focus();
    const ring = await page.evaluate(
      'getComputedStyle(document.activeElement).outlineStyle + getComputedStyle(document.activeElement).outlineWidth',
    );
    expect(ring).toBe('solid3px');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 2, name: 'Where it stands' }).waitFor();
    expect(complaints).toEqual([]);
    await close();
  });

  test('loses nothing in a window 320 pixels wide and never scrolls sideways', async () => {
    const { page, close } = await openWindow({ viewport: { width: 320, height: 640 } });
    for (const [name, path] of PAGES) {
      await page.goto(`${app.url}${path}`);
      const sideways = await page.evaluate(
        'document.documentElement.scrollWidth > document.documentElement.clientWidth',
      );
      expect([name, sideways]).toEqual([name, false]);
    }
    await page.goto(`${app.url}/dashboard`);
    await photograph(page, 'overview-narrow');
    await close();
  });

  test('prints without menu, forms and buttons, and spells links out', async () => {
    const { page, close } = await openWindow();
    await page.goto(`${app.url}/dashboard`);
    await page.emulateMedia({ media: 'print' });
    for (const part of ['.menu', '.who', '.skip']) expect(await page.locator(part).isVisible()).toBe(false);
    const spelled = await page.evaluate(
      '[...document.querySelectorAll("main p > a")].map((it) => getComputedStyle(it, "::after").content).join()',
    );
    expect(spelled).toContain('/dashboard/measures');
    await page.goto(`${app.url}/dashboard/engagements`);
    expect(await page.locator('.filters').isVisible()).toBe(false);
    expect(await page.locator('table').first().isVisible()).toBe(true);
    await close();
  });

  test('downloads an export by a form, under a name that says which', async () => {
    const { page, complaints, close } = await openWindow();
    await page.goto(`${app.url}/dashboard/exports`);
    const saving = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download Engagements as CSV' }).click();
    expect((await saving).suggestedFilename()).toBe('engagements-2027-03-15.csv');
    expect(complaints).toEqual([]);
    await close();
  });

  test('is a link away from the console, as whoever is chosen there', async () => {
    const whole = await startProgramme({ CONSOLE_START_AT: '2027-02-03T10:00:00-05:00' });
    const { page, close } = await openWindow();
    try {
      await page.goto(`${whole.url}/console?as=auditor`);
      await page.waitForSelector('body[data-ready]');
      await page.getByRole('link', { name: 'Dashboard' }).click();
      await page.getByText('You look as Audra Whitfield').waitFor();
    } finally {
      await close();
      await whole.stop();
    }
  });
});
