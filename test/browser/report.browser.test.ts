/** A report as a file, saved from the console in a real browser. */
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningApp, startProgramme } from '../support/running-app.ts';
import { type ConsolePage, hasBrowser, launchBrowser, openConsole, violations } from './chromium.ts';
import { seatAt } from './seat.ts';

let app: RunningApp;
let opened: ConsolePage;
let close = async (): Promise<void> => undefined;
beforeAll(async () => {
  if (!hasBrowser) return;
  const browser = await launchBrowser();
  app = await startProgramme({ CONSOLE_START_AT: '2026-12-03T10:00:00-05:00' });
  opened = await openConsole(browser, app.url, 'as=lead');
  close = async () => {
    await opened.close();
    await browser.close();
    await app.stop();
  };
});
afterAll(() => close());

test.runIf(hasBrowser)(
  'the contract lead saves the draft as PDF and as CSV, under a name that says which',
  async () => {
    const lead = seatAt(opened.page);
    for (const [kind, begins] of [
      ['pdf', '%PDF-'],
      ['csv', '\uFEFFSection,Records,Person,Measure,Value'],
    ] as const) {
      const name = `status-report-2026-12-04.${kind}`;
      await lead.says(`report ${kind}`);
      await lead.sees(`As ${kind.toUpperCase()}.`);
      const saving = opened.page.waitForEvent('download');
      // What leads to a file is a link for whoever hears the page.
      await lead
        .newest(`As ${kind.toUpperCase()}.`)
        .getByRole('link', { name: `Save ${name}` })
        .click();
      const saved = await saving;
      expect(saved.suggestedFilename()).toBe(name);
      expect((await readFile(await saved.path(), 'utf8')).slice(0, begins.length)).toBe(begins);
    }
    expect(await violations(opened.page)).toEqual([]);
    expect(opened.complaints).toEqual([]);
  },
);
