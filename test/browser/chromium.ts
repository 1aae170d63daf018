/** A real browser for tests and pictures: Chromium without a window, and what they ask of a page. */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, type ConsoleMessage, chromium, type Page } from 'playwright-core';

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

/** How a window looks; light, and as wide as a desk allows, unless it says otherwise. */
export interface WindowLook {
  readonly colorScheme?: 'light' | 'dark';
  readonly viewport?: { readonly width: number; readonly height: number };
}

const DESK = { width: 1360, height: 860 };

/** Windows that were left, for whoever needs one next. */
const left = new WeakMap<Browser, Page[]>();

/**
 * A window with nothing in it, which knows nothing of what stood in it before. It may be one that was left: to make a new one takes a
 * second, and each takes several more to get to know the code that looks for violations.
 */
export async function openWindow(browser: Browser, look: WindowLook = {}): Promise<Page> {
  const { colorScheme = 'light', viewport = DESK } = look;
  const page = left.get(browser)?.pop() ?? (await newWindow(browser));
  await page.setViewportSize(viewport);
  await page.emulateMedia({ colorScheme, media: null, reducedMotion: 'reduce' });
  return page;
}

async function newWindow(browser: Browser): Promise<Page> {
  const context = await browser.newContext();
  context.setDefaultTimeout(PATIENCE_MS);
  return context.newPage();
}

/** Takes out what stands in the window, and all it has kept. Whoever listened to it or stood in its way has to stop that first. */
export async function leaveWindow(page: Page): Promise<void> {
  await page.mouse.move(0, 0);
  if (/^http/u.test(page.url())) await page.evaluate('localStorage.clear(); sessionStorage.clear()');
  await page.goto('about:blank');
  await page.context().clearCookies();
  const browser = page.context().browser();
  if (browser) left.set(browser, [...(left.get(browser) ?? []), page]);
}

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
  look: WindowLook = {},
): Promise<ConsolePage> {
  const page = await openWindow(browser, look);
  const complaints: string[] = [];
  const onError = (error: Error): void => void complaints.push(error.message);
  const onWords = (message: ConsoleMessage): void => {
    if (message.type() === 'error' && !message.text().includes('422')) complaints.push(message.text());
  };
  page.on('pageerror', onError).on('console', onWords);
  await page.goto(`${url}/console?${query}`);
  await page.waitForSelector('body[data-ready]');
  const close = async (): Promise<void> => {
    page.off('pageerror', onError).off('console', onWords);
    await leaveWindow(page);
  };
  return { page, complaints, close };
}

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** What breaks WCAG 2.1 A or AA on the page as it stands. */
export async function violations(page: Page): Promise<string[]> {
  if (!(await page.evaluate(`'axe' in globalThis`))) await page.evaluate(readFileSync(AXE, 'utf8'));
  const found: unknown = await page.evaluate(
    `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'], resultTypes: ['violations'] }).then((result) => result.violations.map((one) => one.id + ': ' + one.nodes.map((node) => node.html.slice(0, 160) + ' ' + node.failureSummary).join(' | ')))`,
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
