/**
 * `npm run screenshot`: the pictures of the console in `docs/images`. Starts the program on a database of its own, plays to
 * the morning after a request was accepted, and takes the real page, light and dark. The app's clock stands still, so they come out alike.
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startApp } from '../src/app.ts';
import { parseConfig } from '../src/config.ts';
import { createLog } from '../src/log.ts';
import { hasBrowser, launchBrowser, openConsole } from '../test/browser/chromium.ts';
import { seatAt } from '../test/browser/seat.ts';

const IMAGES = fileURLToPath(new URL('../docs/images/', import.meta.url));
const FILES = { light: 'console.png', dark: 'console-dark.png' } as const;
const WINDOW = { width: 1440, height: 900 };
/** What the Business Owner says, from the first word to the request. */
const SAID = [
  'I need an ISSO',
  'Claims Hub',
  '1',
  'no trained isso',
  'none',
  '1, 3 and 4',
  'We run a claims system with no trained security officer and an audit is coming.',
  'routine',
  'half',
  'continuous',
  'March 1, 2027',
  'submit',
  'I confirm',
];

if (!hasBrowser) process.exit(1);
const dataDir = await mkdtemp(join(tmpdir(), 'isso-picture-'));
const settings = { PORT: '0', DATA_DIR: dataDir, CONSOLE_START_AT: '2026-12-01T10:00:00-05:00' };
const parsed = parseConfig(settings);
if (!parsed.ok) throw new Error(parsed.problems.map(({ name, mend }) => `${name}: ${mend}`).join('\n'));
const app = await startApp({ config: parsed.config, log: createLog('warn') });
try {
  await mkdir(IMAGES, { recursive: true });
  for (const text of SAID) await post('say', { as: 'bo', text });
  await post('say', { as: 'ispg', in: 'ispg', text: 'accept ISSO-2026-0001' });
  await takePictures();
} finally {
  await app.stop();
  await rm(dataDir, { recursive: true, force: true });
}

async function post(path: string, body: object): Promise<void> {
  const response = await fetch(`${app.url}/console/api/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
}

async function takePictures(): Promise<void> {
  const browser = await launchBrowser();
  try {
    const { page } = await openConsole(browser, app.url, 'as=bo', { viewport: WINDOW });
    const seat = seatAt(page);
    await seat.sees('Pick a kickoff time for ISSO-2026-0001');
    await seat.movesClockTo('2026-12-02T09:30');
    await page.locator('#clock-said').getByText('ran on the way').waitFor();
    await seat.says('How long does onboarding take?');
    await seat.sees('The goal is 60 days');
    await page.locator('#working').waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'Shortcuts' }).focus();
    await page.getByRole('button', { name: 'Shortcuts' }).blur();
    await page.mouse.move(0, WINDOW.height / 2);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.screenshot({
        path: join(IMAGES, FILES[colorScheme]),
        animations: 'disabled',
        caret: 'hide',
      });
      process.stdout.write(`Wrote docs/images/${FILES[colorScheme]}\n`);
    }
  } finally {
    await browser.close();
  }
}
