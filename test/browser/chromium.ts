/** A real browser for tests and pictures: Chromium without a window, and what they ask of a page. */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const PATH = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
/** A shared machine may be slow; nothing here waits longer than it must. */
const PATIENCE_MS = 60_000;

export const hasBrowser = existsSync(PATH);
if (!hasBrowser) {
  console.warn(
    `!!! BROWSER TESTS NOT RUN: there is no Chromium at ${PATH}. Install it or set CHROMIUM_PATH. !!!`,
  );
}

export const launchBrowser = (): Promise<Browser> => chromium.launch({ executablePath: PATH, args: FLAGS });

export interface ConsolePage {
  readonly page: Page;
  /** Script errors and refused resources; a dialog sent back for a change (422) is none. */
  readonly complaints: string[];
  close(): Promise<void>;
}

/** The console in a window of its own, ready for use; `query` says who and where, such as `as=bo`. */
export async function openConsole(
  browser: Browser,
  url: string,
  query: string,
  options: BrowserContextOptions = {},
): Promise<ConsolePage> {
  const context = await browser.newContext({
    colorScheme: 'light',
    viewport: { width: 1360, height: 860 },
    reducedMotion: 'reduce',
    ...options,
  });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes('422')) complaints.push(message.text());
  });
  await page.goto(`${url}/console?${query}`);
  await page.waitForSelector('body[data-ready]');
  return { page, complaints, close: () => context.close() };
}

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** What breaks WCAG 2.1 A or AA on the page as it stands. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(readFileSync(AXE, 'utf8'));
  const found: unknown = await page.evaluate(
    `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] }).then((result) => result.violations.map((one) => one.id + ': ' + one.nodes.map((node) => node.html.slice(0, 160) + ' ' + node.failureSummary).join(' | ')))`,
  );
  return found as string[];
}

/** Presses Tab (or another key) until what has focus is called `name`; fails after 60. */
export async function tabTo(page: Page, name: string, key = 'Tab'): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press(key);
    const label = await page.evaluate(
      `document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? ''`,
    );
    if (String(label).trim() === name) return;
  }
  throw new Error(`${key} never came to "${name}".`);
}
