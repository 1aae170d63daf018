/** Pictures in the console: they are seen, say in words what they show, and fit the window. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type BurnDownOf, burnDownAltText } from '../../src/messages/copy/burn-down.ts';
import { burnDownPicture } from '../../src/messages/copy/burn-down-message.ts';
import { burnDownPng } from '../../src/pictures/burn-down.ts';
import { HEIGHT, WIDTH } from '../../src/pictures/look.ts';
import { aBurnDown } from '../support/a-burn-down.ts';
import { type StartedConsole, startConsole } from '../support/console-server.ts';
import { type ConsolePage, hasBrowser, launchBrowser, openConsole, violations } from './chromium.ts';

const INES: BurnDownOf = { kind: 'one', number: 'ISSO-2026-0042', name: 'Ines Sorensen' };

let browser: Browser;
let served: StartedConsole;
let opened: ConsolePage;
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
  opened = await openConsole(browser, served.origin, 'as=bo');
  page = opened.page;
});
afterEach(async () => {
  if (!hasBrowser) return;
  await opened.close();
  await served.stop();
  expect(opened.complaints).toEqual([]);
});

describe.skipIf(!hasBrowser)('a burn-down in the console', { timeout: 180_000 }, () => {
  test('is drawn whole, with its numbers in words, by day and by night and in a narrow window', async () => {
    const to = { platform: 'console', id: 'bo', timeZone: 'America/New_York' } as const;
    const altText = burnDownAltText(INES, aBurnDown());
    await served.adapter.deliver(to, burnDownPicture(INES), 'picture', null, {
      name: 'burn-down.png',
      type: 'image/png',
      content: Buffer.from(burnDownPng(INES, aBurnDown())).toString('base64'),
      encoding: 'base64',
      altText,
    });
    const picture = page.getByRole('img', { name: altText });
    await picture.waitFor();
    const size = () =>
      picture.evaluate((image) => {
        const { width } = image.getBoundingClientRect();
        const { naturalWidth, naturalHeight } = image as unknown as Record<string, number>;
        return { width, naturalWidth, naturalHeight };
      });
    for (const [colorScheme, width] of [
      ['light', 1360],
      ['dark', 1360],
      ['light', 380],
    ] as const) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 860 });
      const drawn = await size();
      expect(drawn).toMatchObject({ naturalWidth: WIDTH, naturalHeight: HEIGHT });
      expect(drawn.width).toBeGreaterThan(width / 3);
      expect(drawn.width).toBeLessThanOrEqual(Math.min(width, WIDTH));
      expect(
        await page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth'),
      ).toBe(false);
      expect(await violations(page)).toEqual([]);
    }
  });
});
