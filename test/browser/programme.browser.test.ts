/** The programme's main job in a real browser against the real program: once by mouse, once by keyboard alone. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type RunningApp, startProgramme } from '../support/running-app.ts';
import {
  type ConsolePage,
  hasBrowser,
  launchBrowser,
  openConsole,
  tabTo,
  violations,
  type WindowLook,
} from './chromium.ts';
import { ANSWER, type Seat, seatAt } from './seat.ts';

const NEED = 'We run a claims system with no trained security officer and an audit is coming.';
const MINUTES_MS = 60_000;

let browser: Browser;
let app: RunningApp;
let windows: ConsolePage[] = [];

beforeAll(async () => {
  if (hasBrowser) browser = await launchBrowser();
}, MINUTES_MS);
afterAll(async () => {
  await browser?.close();
});
beforeEach(async () => {
  if (hasBrowser) app = await startProgramme({ CONSOLE_START_AT: '2026-12-01T10:00:00-05:00' });
});
afterEach(async () => {
  if (!hasBrowser) return;
  for (const one of windows) await one.close();
  await app.stop();
  expect(windows.flatMap(({ complaints }) => complaints)).toEqual([]);
  windows = [];
});

async function openWindow(person: string, look: WindowLook = {}): Promise<Seat> {
  const opened = await openConsole(browser, app.url, `as=${person}`, look);
  windows.push(opened);
  return seatAt(opened.page);
}

async function fileRequest(bo: Seat): Promise<void> {
  await bo.presses('Request a Service ISSO');
  await bo.sees('Question 1 of');
  await bo.says('Claims Hub');
  await bo.sees('Question 2 of');
  await bo.says('1');
  await bo.sees('Question 3 of');
  expect(await violations(bo.page)).toEqual([]);
  await bo.answers('Question 3 of', 'There is ISSO work to do and no trained ISSO to do it');
  await bo.sees('Question 4 of');
  await bo.answers('Question 4 of', 'Nobody');
  await bo.sees('Question 5 of');
  await bo.answers('Question 5 of', 'Assess risks', 'Arrange contingency planning');
  await bo.sees('Question 6 of');
  await bo.says(NEED);
  await bo.sees('Question 7 of');
  await bo.answers('Question 7 of', 'Routine: no date presses');
  await bo.sees('Question 8 of');
  await bo.says('half');
  await bo.sees('Question 9 of');
  await bo.answers('Question 9 of', 'Ongoing');
  await bo.sees('Question 10 of');
  await bo.newest('Question 10 of').locator('input[type="date"]').fill('2027-03-01');
  await bo.answers('Question 10 of');
  await bo.sees('Please check your request');
}

async function confirmRequest(bo: Seat): Promise<void> {
  await bo.presses('Submit request');
  const last = bo.newest('One last step');
  const boxes = last.getByRole('checkbox');
  await boxes.first().check();
  await last.getByRole('button', { name: 'Confirm and send' }).click();
  await last.getByText('Tick the box to confirm.').waitFor();
  expect(await boxes.first().isChecked()).toBe(true);
  await boxes.nth(1).check();
  await last.getByRole('button', { name: 'Confirm and send' }).click();
  await bo.sees('ISPG has your request');
  await bo.sees('Request ISSO-2026-0001');
}

async function recordKickoff(ispg: Seat): Promise<void> {
  await ispg.presses('Record the kickoff');
  const dialog = ispg.page.getByRole('dialog', { name: 'Record the kickoff' });
  const field = (label: string) => dialog.getByRole('textbox', { name: new RegExp(`^${label}`, 'u') });
  const given = {
    'Cybersecurity requirements': 'Moderate',
    'Level of effort': 'Half time',
    'Cost and funding': 'Expected',
  };
  for (const [label, words] of Object.entries(given)) await field(label).fill(words);
  await dialog.getByLabel('Carla Reyes').uncheck();
  await dialog.getByRole('button', { name: 'Record' }).click();
  await dialog.getByRole('alert').getByText('One answer needs a change').waitFor();
  await dialog.getByText(/^Problem: /u).waitFor();
  for (const [label, words] of Object.entries(given)) expect(await field(label).inputValue()).toBe(words);
  expect(await dialog.getByLabel('Carla Reyes').isChecked()).toBe(false);
  expect(await dialog.getByLabel('Beatriz Okafor').isChecked()).toBe(true);
  expect(await field('Onboarding').getAttribute('aria-invalid')).toBe('true');
  expect(await violations(ispg.page)).toEqual([]);
  await field('Onboarding').fill('Start in March');
  await dialog.getByRole('button', { name: 'Record' }).click();
  await ispg.sees('Recorded: the kickoff');
  await dialog.waitFor({ state: 'hidden' });
}

describe.skipIf(!hasBrowser)('the programme in a browser', { timeout: 10 * MINUTES_MS }, () => {
  test('by mouse: from the first button to the digest', async () => {
    const seat = await openWindow('bo');
    await seat.sees('I am the bot of ISSO As A Service');
    await fileRequest(seat);
    expect(await violations(seat.page)).toEqual([]);
    await seat.presses('Change System name');
    await seat.sees('Your answer so far');
    await seat.says('Claims Warehouse');
    await seat.newest('Please check your request').getByText('Claims Warehouse').waitFor();
    await confirmRequest(seat);
    await seat.page.getByRole('button', { name: /^ISPG \d+ unread/u }).waitFor();
    expect(await seat.page.title()).toMatch(/^\(\d+\) /u);

    const owner = await openWindow('bo', { colorScheme: 'dark' });
    await seat.becomes('ispg', 'ISPG');
    await seat.page.getByRole('button', { name: 'ISPG', exact: true }).waitFor();
    await seat.sees('New request ISSO-2026-0001');
    await seat.presses('Accept');
    await seat.sees('ISSO-2026-0001 is accepted');
    await seat
      .newest('Accepted by')
      .getByText(/^Updated /u)
      .waitFor();
    // The Business Owner's window stood open all the while: nothing was loaded anew.
    await owner.sees('Pick a kickoff time for ISSO-2026-0001');
    expect(await violations(owner.page)).toEqual([]);

    await seat.becomes('bo');
    await seat.presses('Choose 2');
    await seat.sees('Booked: the kickoff for ISSO-2026-0001');
    await owner.newest('Booked: the kickoff').getByText('Eastern Time').waitFor();
    expect(await seat.newest('Booked: the kickoff').isVisible()).toBe(true);

    await seat.becomes('lead');
    await seat.newest('Kickoff for ISSO-2026-0001').getByText('Central Time').waitFor();
    await seat.movesClockTo('2026-12-15T12:00');
    await seat.sees('Reminder: the kickoff for');
    await seat.sees('begins in one hour');
    await seat.page
      .locator('#clock-said')
      .getByText(/jobs ran on the way/u)
      .waitFor();
    await seat.page.locator('#clock-ran').getByText('Wrote the digest').first().waitFor();
    expect(await seat.log.getByRole('heading', { level: 3, name: /, 2026$/u }).count()).toBeGreaterThan(2);

    await seat.becomes('ispg', 'ISPG');
    await seat.sees('the kickoff is not recorded');
    expect(await violations(seat.page)).toEqual([]);
    await recordKickoff(seat);
    await seat.page.getByRole('button', { name: '+1 business day' }).click();
    await seat.movesClockTo('2026-12-16T12:00');
    await seat.sees(/Digest: 1 thing needs you.*Wednesday, December 16, 2026/u);
    expect(await violations(seat.page)).toEqual([]);
    await seat.page.emulateMedia({ colorScheme: 'dark' });
    expect(await violations(seat.page)).toEqual([]);
    await owner.newest('Request ISSO-2026-0001').getByText('Kickoff held').waitFor();
  });

  test('by keyboard alone: from loading the page to an accepted request', async () => {
    const seat = await openWindow('bo');
    const keys = seat.page.keyboard;
    await seat.sees('I am the bot of ISSO As A Service');
    await keys.press('Tab');
    await keys.press('Enter');
    expect(await focusedId(seat.page)).toBe('composer-text');
    await tabTo(seat.page, 'Request a Service ISSO', 'Shift+Tab');
    await keys.press('Enter');
    const types = async (question: string, words: string) => {
      await seat.sees(question);
      await keys.press('Alt+m');
      await keys.type(words);
      await keys.press('Enter');
    };
    /** Goes to the newest card's first input, does `pick` there, and on to its button. */
    const picks = async (question: string, button: string, pick: () => Promise<void>) => {
      await seat.sees(question);
      await keys.press('Alt+l');
      await pick();
      await tabTo(seat.page, button);
      await keys.press('Enter');
    };
    await types('Question 1 of', 'Claims Hub');
    await types('Question 2 of', '1');
    await picks('Question 3 of', ANSWER, () => keys.press('Space'));
    await picks('Question 4 of', ANSWER, () => keys.press('Space'));
    await picks('Question 5 of', ANSWER, async () => {
      await keys.press('Tab');
      await keys.press('Space');
    });
    await types('Question 6 of', NEED);
    await picks('Question 7 of', ANSWER, async () => {
      await keys.press('Space');
      await keys.press('ArrowDown');
    });
    await types('Question 8 of', 'half');
    await types('Question 9 of', 'ongoing');
    await picks('Question 10 of', ANSWER, () => keys.type('03012027'));
    await seat.sees('Please check your request');
    await keys.press('Alt+l');
    await tabTo(seat.page, 'Pause');
    await tabTo(seat.page, 'Submit request', 'Shift+Tab');
    await keys.press('Enter');
    await picks('One last step', 'Confirm and send', async () => {
      await keys.press('Space');
      await keys.press('Tab');
      await keys.press('Space');
    });
    await seat.sees('ISPG has your request');

    await keys.press('Alt+w');
    await keys.type('Imani');
    await seat.page.getByText('Direct messages between the bot and Imani Spencer').waitFor();
    await keys.press('Alt+ArrowDown');
    await seat.sees('New request ISSO-2026-0001');
    await keys.press('Alt+l');
    expect(await seat.page.locator(':focus').textContent()).toBe('Accept');
    await keys.press('Enter');
    await seat.sees('ISSO-2026-0001 is accepted');
    expect(
      await seat.newest('Accepted by').evaluate((post) => post.contains(post.ownerDocument.activeElement)),
    ).toBe(true);
  });
});

const focusedId = (page: Page) => page.evaluate('document.activeElement?.id');
