/** Details of a message in the console: folded below its card, opened by mouse and keyboard, and open while the message is redrawn. */
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type StartedConsole, startConsole } from '../support/console-server.ts';
import { longDigest } from '../support/long-digest.ts';
import { type ConsolePage, hasBrowser, launchBrowser, openConsole, violations } from './chromium.ts';
import { seatAt } from './seat.ts';

let browser: Browser;
let served: StartedConsole;
let opened: ConsolePage;

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
});
afterEach(async () => {
  if (!hasBrowser) return;
  await opened.close();
  await served.stop();
  expect(opened.complaints).toEqual([]);
});

async function tell(count: number, edits: string | null = null): Promise<string> {
  const to = { platform: 'console', id: 'bo', timeZone: 'America/New_York' } as const;
  const kept = await served.adapter.deliver(to, longDigest(count), `told-${count}`, edits);
  if (kept.kind !== 'delivered') throw new Error(`not delivered: ${kept.kind}`);
  return kept.messageId;
}

describe.skipIf(!hasBrowser)('details in the console', { timeout: 180_000 }, () => {
  test('are folded, open by keyboard, stay open when the message changes, and have no fault of access', async () => {
    const id = await tell(30);
    const post = seatAt(opened.page).newest('Weekly digest');
    const line = post.getByText('status ISSO-2027-0030');
    await post.getByText('Details', { exact: true }).waitFor();
    expect(await line.isVisible()).toBe(false);
    await post.getByText('Details', { exact: true }).focus();
    await opened.page.keyboard.press('Enter');
    await line.waitFor();
    expect(await violations(opened.page)).toEqual([]);
    await tell(31, id);
    await post.getByText('status ISSO-2027-0031').waitFor();
    expect(await line.isVisible()).toBe(true);
  });
});
