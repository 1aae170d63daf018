/**
 * `npm run screenshot`: the pictures in `docs/images`: of the console, a burn-down, and the programme's funnel and ageing. Starts the program on a database of its own, plays to
 * the morning after a request was accepted, and takes the real page, light and dark. The app's clock stands still, so they come out alike.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startApp } from '../src/app.ts';
import { parseConfig } from '../src/config.ts';
import { burnDownOf } from '../src/domain/burn-down.ts';
import { forecastOf } from '../src/domain/card-forecast.ts';
import { planOf } from '../src/domain/card-plan.ts';
import { AGE_LIMITS, FUNNEL_STEPS, type ProgrammePicture } from '../src/domain/programme-pictures.ts';
import { createLog } from '../src/log.ts';
import { CARD_TEMPLATE } from '../src/offerings/card-template.ts';
import { burnDownPng } from '../src/pictures/burn-down.ts';
import { programmePng } from '../src/pictures/programme.ts';
import { hasBrowser, launchBrowser, openConsole } from '../test/browser/chromium.ts';
import { seatAt } from '../test/browser/seat.ts';
import { aCard, doneOn, workingDays } from '../test/support/a-card.ts';

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

await mkdir(IMAGES, { recursive: true });
await drawBurnDown();
await drawProgramme();
if (!hasBrowser) process.exit(1);
const dataDir = await mkdtemp(join(tmpdir(), 'isso-picture-'));
const settings = { PORT: '0', DATA_DIR: dataDir, CONSOLE_START_AT: '2026-12-01T10:00:00-05:00' };
const parsed = parseConfig(settings);
if (!parsed.ok) throw new Error(parsed.problems.map(({ name, mend }) => `${name}: ${mend}`).join('\n'));
const app = await startApp({ config: parsed.config, log: createLog('warn') });
try {
  for (const text of SAID) await post('say', { as: 'bo', text });
  await post('say', { as: 'ispg', in: 'ispg', text: 'accept ISSO-2026-0001' });
  await takePictures();
} finally {
  await app.stop();
  await rm(dataDir, { recursive: true, force: true });
}
await photographDashboard();

/** An invented onboarding on its 24th day: the clearance took its time. */
async function drawBurnDown(): Promise<void> {
  const dayZeroOn = '2026-12-08';
  const today = '2027-01-01';
  const card = aCard(dayZeroOn, {
    offer_accepted: doneOn('2026-12-09'),
    roster_add: doneOn('2026-12-10'),
    ict_request: doneOn('2026-12-11'),
    cor_approval: doneOn('2026-12-17'),
    security_clearance: doneOn('2026-12-22'),
    fingerprinting: doneOn('2026-12-28'),
    eqip: doneOn('2026-12-30'),
    bo_prep: doneOn('2026-12-29'),
  });
  const days = workingDays();
  const plan = planOf(CARD_TEMPLATE, card, days);
  const forecast = forecastOf(CARD_TEMPLATE, card, days, today);
  const burnDown = burnDownOf(CARD_TEMPLATE, card, { plan, forecast }, today);
  const of = { kind: 'one', number: 'ISSO-2026-0011', name: 'Ines Sorensen' } as const;
  await writeFile(join(IMAGES, 'burn-down.png'), burnDownPng(of, burnDown));
  process.stdout.write('Wrote docs/images/burn-down.png\n');
}

/** Invented figures of a quarter. */
async function drawProgramme(): Promise<void> {
  const counts = [34, 31, 28, 24, 17, 14, 9];
  const states = {
    REQUESTED: [4, 1, 0, 0, 0],
    KICKOFF_PENDING: [3, 4, 1, 0, 0],
    KICKOFF_HELD: [2, 3, 2, 0, 0],
    MATCHING: [1, 2, 4, 3, 1],
    ONBOARDING: [2, 3, 5, 8, 2],
    ACTIVE: [3, 2, 4, 6, 19],
    OFFBOARDING: [1, 2, 0, 0, 0],
  } as const;
  const pictures: readonly ProgrammePicture[] = [
    {
      kind: 'funnel',
      facts: {
        from: '2026-10-01',
        until: '2026-12-31',
        steps: FUNNEL_STEPS.map((step, at) => ({ step, count: counts[at] ?? 0 })),
      },
    },
    {
      kind: 'ageing',
      facts: {
        on: '2026-12-31',
        rows: (Object.keys(states) as (keyof typeof states)[]).map((state) => ({
          state,
          counts: states[state].slice(0, AGE_LIMITS.length + 1),
        })),
      },
    },
  ];
  for (const picture of pictures) {
    await writeFile(join(IMAGES, `${picture.kind}.png`), programmePng(picture));
    process.stdout.write(`Wrote docs/images/${picture.kind}.png\n`);
  }
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

/** The overview of the dashboard over the demo programme, as somebody of ISPG sees it. */
async function photographDashboard(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'isso-picture-'));
  const demo = parseConfig({
    PORT: '0',
    DATA_DIR: folder,
    CONSOLE_START_AT: '2027-02-03T10:00:00-05:00',
    DEMO_PROGRAM: 'on',
  });
  if (!demo.ok) throw new Error(demo.problems.map(({ name, mend }) => `${name}: ${mend}`).join('\n'));
  const running = await startApp({ config: demo.config, log: createLog('warn') });
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: WINDOW, reducedMotion: 'reduce' });
    await page.goto(`${running.url}/dashboard?as=ispg`);
    for (const [colorScheme, name] of [
      ['light', 'dashboard.png'],
      ['dark', 'dashboard-dark.png'],
    ] as const) {
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: join(IMAGES, name), animations: 'disabled', caret: 'hide' });
      process.stdout.write(`Wrote docs/images/${name}\n`);
    }
  } finally {
    await browser.close();
    await running.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
