/** Reading the console: what is being read stays in place, long cards stay legible, times are the reader's own. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { button } from '../../src/messages/button.ts';
import { theirs } from '../../src/messages/inline.ts';
import { card, fact, facts, type Message, paragraph, say } from '../../src/messages/message.ts';
import { type StartedConsole, startConsole } from '../support/console-server.ts';
import { type ConsolePage, hasBrowser, launchBrowser, openConsole, violations } from './chromium.ts';
import { type Seat, seatAt } from './seat.ts';

const LONG =
  'A long answer that goes on over several lines, as people write when they explain a need. '.repeat(5);

let browser: Browser;
let served: StartedConsole;
let opened: ConsolePage;
let page: Page;
let seat: Seat;
let sent = 0;

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
  seat = seatAt(page);
});
afterEach(async () => {
  if (!hasBrowser) return;
  await opened.close();
  await served.stop();
  expect(opened.complaints).toEqual([]);
});

/** The bot writes to the Business Owner; answers the message's id. `edits` redraws one that stands there. */
async function tell(message: Message, edits: string | null = null): Promise<string> {
  sent += 1;
  const to = { platform: 'console', id: 'bo', timeZone: 'America/New_York' } as const;
  const kept = await served.adapter.deliver(to, message, `told-${sent}`, edits);
  if (kept.kind !== 'delivered') throw new Error(`not delivered: ${kept.kind}`);
  return kept.messageId;
}

/** More than fits the window. */
async function fill(): Promise<void> {
  for (let count = 1; count <= 12; count += 1) await tell(say(`Line ${count}. ${LONG}`));
  await seat.sees('Line 12.');
}
/** Asked from outside: what waits within the page evaluates its words anew, which the page's own policy forbids. */
const becomesTrue = (words: string) =>
  expect.poll(() => page.evaluate(words), { timeout: 60_000 }).toBe(true);
const isAtEnd = () =>
  becomesTrue(
    `(() => { const log = document.querySelector('#log'); return log.scrollHeight - log.scrollTop - log.clientHeight < 3; })()`,
  );
const topOf = (words: string) =>
  seat.newest(words).evaluate((post) => Math.round(post.getBoundingClientRect().top));

/** A card of rows, as a review shows them. */
const review = (rows: readonly string[]): Message =>
  card('Please check', [
    facts(
      rows.map((name, index) =>
        fact(
          `${index + 1}. ${name}`,
          [theirs(LONG)],
          button(`change-${index}`, `Change ${name}`, { verb: 'change', subject: 'one' }, `change ${index}`),
        ),
      ),
    ),
    paragraph('Type `submit` when all is right.'),
  ]);

describe.skipIf(!hasBrowser)('reading the console', { timeout: 180_000 }, () => {
  test('new messages come into view, unless the reader has scrolled up', async () => {
    await fill();
    await isAtEnd();
    await page.locator('#log').evaluate((log) => log.scrollTo(0, 100));
    const before = await topOf('Line 1.');
    await tell(say('A word from below.'));
    const below = page.getByRole('button', { name: 'New messages below' });
    await below.waitFor();
    expect(await topOf('Line 1.')).toBe(before);
    await below.click();
    await isAtEnd();
    await below.waitFor({ state: 'hidden' });
  });

  test('a card redrawn above moves nothing that is being read', async () => {
    const changing = await tell(say('Shortly said.'));
    await fill();
    await tell(card('Now at length', [paragraph(LONG), paragraph(LONG), paragraph(LONG)]), changing);
    await seat.sees('Now at length');
    await isAtEnd();
    await page.locator('#log').evaluate((log) => log.scrollBy(0, -300));
    const before = await topOf('Line 11.');
    await tell(say('Shortly said again.'), changing);
    await seat.sees('Shortly said again.');
    expect(Math.abs((await topOf('Line 11.')) - before)).toBeLessThanOrEqual(1);
  });

  test('a message that comes late takes its place; what is typed elsewhere stays', async () => {
    await seat.says('form');
    const name = seat.newest('Tell us about the system').getByLabel(/What is the system called/u);
    await name.fill('Half typed');
    const late = {
      seq: 1.5,
      id: 'late',
      to: 'bo',
      from: 'bot',
      at: '2026-12-01T14:05:00Z',
      text: 'Late.',
      actions: [],
    };
    const me = { id: 'bo', timeZone: 'America/New_York' };
    await page.evaluate(
      `import('/console/log.js').then(({ show }) => show(${JSON.stringify(late)}, { me: ${JSON.stringify(me)} }))`,
    );
    expect(await name.inputValue()).toBe('Half typed');
    const shown = await page.locator('#log article').allTextContents();
    expect(shown.map((text) => /form$|Late|Tell us/u.exec(text)?.[0])).toEqual(['form', 'Late', 'Tell us']);
    expect(await page.locator('#log .day').count()).toBe(1);
  });

  test('focus stays with the card whose button was pressed, and the title counts what is unread', async () => {
    await seat.says('card');
    await seat.newest('Claims Gateway').getByRole('button', { name: 'Accept' }).press('Enter');
    await seat.sees('is accepted.');
    const redrawn = seat.newest('Request accepted');
    expect(await redrawn.evaluate((post) => post.contains(post.ownerDocument.activeElement))).toBe(true);
    await served.post('/console/api/say', { as: 'ispg', text: 'tell ispg' });
    await becomesTrue(`document.title.startsWith('(1) ')`);
  });

  test('rows with a button each stay compact, and every button is still called by its row', async () => {
    await tell(review(['System name', 'The need in your words', 'What drives the date']));
    const shown = seat.newest('Please check');
    const change = shown.getByRole('button', { name: 'Change The need in your words' });
    await change.waitFor();
    const size = await change.boundingBox();
    expect(size?.height).toBeLessThan(40);
    expect(size?.height).toBeGreaterThanOrEqual(24);
    expect(await shown.locator('.typed').textContent()).toBe('submit');
    expect(await violations(page)).toEqual([]);
    await page.setViewportSize({ width: 360, height: 740 });
    const sideways = 'document.documentElement.scrollWidth > document.documentElement.clientWidth';
    expect(await page.evaluate(sideways)).toBe(false);
    expect((await change.boundingBox())?.height).toBeLessThan(40);
    expect(await violations(page)).toEqual([]);
  });

  test('every button at the top shows something, however wide the window is', async () => {
    const shown = `[...document.querySelectorAll('.tools button')].map((each) =>
      [...each.querySelectorAll('span, svg')].some((part) => {
        const { width, height } = part.getBoundingClientRect();
        return getComputedStyle(part).display !== 'none' && width > 2 && height > 2;
      }))`;
    for (const width of [1600, 1280, 1000, 700, 420, 360]) {
      await page.setViewportSize({ width, height: 800 });
      const all = (await page.evaluate(shown)) as boolean[];
      expect(all.length).toBeGreaterThan(1);
      expect(all, `at ${width} pixels`).not.toContain(false);
    }
  });

  test('days and times are those of whoever is chosen', async () => {
    await served.post('/console/api/clock', { to: '2026-12-02T02:05:00Z' });
    await served.post('/console/api/say', { as: 'ispg', in: 'ispg', text: 'late' });
    await page.getByRole('button', { name: /^ISPG/u }).click();
    await seat.sees('late');
    await page.getByRole('heading', { name: 'Tuesday, December 1, 2026' }).waitFor();
    expect(await seat.newest('You said: late').locator('time').textContent()).toBe('9:05 PM');
    expect(await page.locator('#clock-ran').textContent()).toContain('9:00 PM');
    await page.getByLabel('You are').selectOption('isso');
    await page.locator('#clock-zone').getByText('Pacific Time').waitFor();
    await seat.newest('You said: late').getByText('6:05 PM').waitFor();
    expect(await page.locator('#clock-ran').textContent()).toContain('6:00 PM');
    expect(await page.locator('#clock-said').textContent()).toContain('6:05 PM');
  });
});

describe.skipIf(!hasBrowser)('a link', () => {
  test('brings words into the message box and sends nothing by itself', async () => {
    await page.goto(`${served.origin}/console?as=bo&text=${encodeURIComponent('I need an ISSO')}`);
    await page.waitForSelector('body[data-ready="yes"]');
    expect(await page.locator('#composer-text').inputValue()).toBe('I need an ISSO');
    expect(await page.locator('#log [data-message]').count()).toBe(0);
    await page.keyboard.press('Enter');
    await page.waitForSelector('#log [data-message]');
  });
});
