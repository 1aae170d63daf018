/** The page inside Teams in a real browser: Teams' own client library talks to a page that plays the part of Teams. */
import express from 'express';
import type { Browser, BrowserContextOptions, Frame, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { hostsIn } from '../../adapters/teams/cloud.ts';
import type { SignedIn } from '../../adapters/teams/sign-in.ts';
import { tabRoutes } from '../../adapters/teams/tab.ts';
import { createHttp, type Http } from '../../src/http/server.ts';
import { line, link, strong, theirs, time } from '../../src/messages/inline.ts';
import { bullets, card, fact, facts, note, paragraph } from '../../src/messages/message.ts';
import type { OwnPage } from '../../src/ports.ts';
import { keepingLog } from '../support/fakes.ts';
import { hasBrowser, launchBrowser, violations } from './chromium.ts';

const APP_ID = '15500b07-aaaa-4bbb-8ccc-dddd0000eeee';
const TEAMS = 'https://teams.microsoft.com';
const OURS = 'https://bot.example.gov';
/** What the library asks a content network for; the page's policy refuses it, and it goes on with its own list. */
const DOMAINS = 'https://res.cdn.office.net/teams-js/validDomains/json/validDomains.json';

const PAGE: OwnPage = {
  timeZone: 'America/New_York',
  message: card('ISSO As A Service', [
    paragraph(
      line`Hello ${theirs('Beatriz <i>Okafor</i>')}. This is what I have for you. Only you see this page.`,
    ),
    paragraph([strong('What waits for you')]),
    facts([fact('ISSO-2026-0042', line`${theirs('Claims Hub')} waits for you (\`confirm ISSO-2026-0042\`)`)]),
    paragraph([strong('Your requests')]),
    facts([
      fact('ISSO-2026-0042', line`${theirs('Claims Hub')}: ${strong('Draft')}. Next: nobody.`),
      fact('ISSO-2026-0041', line`${theirs('Payments Ledger '.repeat(8))}: ${strong('Kickoff held')}`),
    ]),
    note('… and 3 more. Type `status` for all of them.'),
    paragraph([strong('Your meetings')]),
    bullets([line`Weekly meeting: ${time(new Date('2026-12-02T18:00:00Z'))} (\`details weekly\`)`]),
    note(
      line`${link('Subscribe to your programme meetings', `${OURS}/calendar/people/x.ics`)} in your calendar.`,
    ),
  ]),
};

/** A page that plays Teams: it greets, says its theme, and hands out the token in its address. */
const HOST = `<!doctype html><html lang="en"><title>Teams</title><body>
<iframe title="ISSO As A Service" src="${OURS}/teams/tab" style="position:fixed;inset:0;width:100%;height:100%;border:0"></iframe>
<script>
  const wish = new URLSearchParams(location.search);
  const frame = document.querySelector('iframe');
  window.heard = [];
  window.tell = (func, args) => frame.contentWindow.postMessage({ func, args }, '${OURS}');
  const answers = {
    initialize: () => ['content', 'desktop', JSON.stringify({ apiVersion: 4, hostVersionsInfo: {}, supports: { pages: {} } }), '2.58.0'],
    getContext: () => [{ theme: wish.get('theme') ?? 'default', locale: 'en-us', frameContext: 'content' }],
    'authentication.getAuthToken': () => (wish.get('token') ? [true, wish.get('token')] : [false, 'resourceRequiresConsent']),
    executeDeepLink: () => [true],
  };
  addEventListener('message', ({ data, origin, source }) => {
    if (origin !== '${OURS}' || source !== frame.contentWindow) return;
    heard.push([data.func, ...data.args]);
    const args = answers[data.func]?.(...data.args);
    if (args) source.postMessage({ id: data.id, uuidAsString: data.uuidAsString, args }, origin);
  });
</script></body></html>`;

let browser: Browser;
let http: Http;
let origin: string;
let own: () => Promise<OwnPage | null>;
let who: SignedIn;
const tokens: (string | undefined)[] = [];
let complaints: string[] = [];
let asked: string[] = [];
let pages: Page[] = [];

beforeAll(async () => {
  if (!hasBrowser) return;
  browser = await launchBrowser();
  http = createHttp({ log: keepingLog(), ready: async () => [] });
  const routes = tabRoutes({
    signIn: {
      verify: async (authorization) => {
        tokens.push(authorization);
        return who;
      },
    },
    own: { home: () => own(), requests: async () => [], card: async () => null },
    hosts: hostsIn('public', null),
    appId: APP_ID,
  });
  http.mount('/teams', express.Router().use(routes));
  const { port } = await http.listen({ host: '127.0.0.1', port: 0 });
  origin = `http://127.0.0.1:${port}`;
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await http?.close();
});
beforeEach(() => {
  own = async () => PAGE;
  who = { ok: true, userId: 'tenant/user' };
  tokens.length = 0;
  complaints = [];
  asked = [];
  pages = [];
});
afterEach(async () => {
  for (const page of pages) await page.context().close();
  expect(complaints).toEqual([]);
  // Nobody but Teams and our own server was ever asked for anything.
  expect(asked.filter((address) => ![TEAMS, OURS].includes(new URL(address).origin))).toEqual([]);
});

/** A window in which Teams' address and ours lead here and every other leads nowhere. */
async function openWindow(options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({
    colorScheme: 'light',
    viewport: { width: 1100, height: 900 },
    reducedMotion: 'reduce',
    ...options,
  });
  context.setDefaultTimeout(60_000);
  const page = await context.newPage();
  pages.push(page);
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    const isOurs = message.text().includes(DOMAINS) && message.text().includes('Content Security Policy');
    if (message.type() === 'error' && !isOurs) complaints.push(message.text());
  });
  await context.route('**', async (route) => {
    const address = route.request().url();
    asked.push(address);
    if (address.startsWith(`${TEAMS}/host`)) return route.fulfill({ contentType: 'text/html', body: HOST });
    if (!address.startsWith(OURS)) return route.abort();
    const answer = await route.fetch({ url: address.replace(OURS, origin) });
    return route.fulfill({ response: answer });
  });
  return page;
}

interface Tab {
  readonly page: Page;
  readonly frame: Frame;
}

async function openTab(query = 'token=abc.def.ghi', options: BrowserContextOptions = {}): Promise<Tab> {
  const page = await openWindow(options);
  await page.goto(`${TEAMS}/host?${query}`);
  const frame = page.frames().find((each) => each.parentFrame() !== null);
  if (!frame) throw new Error('the page is in no frame');
  await frame.waitForSelector('body[data-ready]');
  return { page, frame };
}
const heard = (page: Page): Promise<unknown[][]> => page.evaluate('heard');
const frameViolations = (frame: Frame): Promise<string[]> => violations(frame as unknown as Page);
const background = (frame: Frame): Promise<unknown> =>
  frame.evaluate('getComputedStyle(document.body).backgroundColor');
const picture = async (page: Page, name: string): Promise<void> => {
  const folder = process.env.TAB_PICTURES;
  if (folder) await page.screenshot({ path: `${folder}/${name}.png` });
};

describe.skipIf(!hasBrowser)('the page inside Teams', { timeout: 180_000 }, () => {
  test('shows whoever Teams says they are their page, by headings and panels', async () => {
    const { page, frame } = await openTab();
    expect(tokens).toEqual(['Bearer abc.def.ghi']);
    const headings = await frame.getByRole('heading').allTextContents();
    expect(headings).toEqual(['ISSO As A Service', 'What waits for you', 'Your requests', 'Your meetings']);
    await frame.getByRole('region', { name: 'Your meetings' }).getByText('1:00 PM Eastern Time').waitFor();
    await frame.getByText('Hello Beatriz <i>Okafor</i>.').waitFor();
    expect(await frame.locator('.typed').allTextContents()).toContain('details weekly');
    expect(await frame.locator('main').getAttribute('aria-busy')).toBe('false');
    expect(await frame.getByRole('button').allTextContents()).toEqual(['Refresh']);
    expect((await heard(page)).map(([func]) => func)).toEqual(
      expect.arrayContaining(['initialize', 'appInitialization.appLoaded', 'appInitialization.success']),
    );
    await picture(page, 'light');
    expect(await frameViolations(frame)).toEqual([]);
  });

  test('opens the chat and other addresses by Teams', async () => {
    const { page, frame } = await openTab();
    await frame.getByRole('link', { name: 'Open the chat' }).click();
    await frame.getByRole('link', { name: 'Subscribe to your programme meetings' }).click();
    const opened = async () => (await heard(page)).filter(([func]) => func === 'executeDeepLink');
    await expect.poll(opened).toEqual([
      ['executeDeepLink', `https://teams.microsoft.com/l/chat/0/0?users=28:${APP_ID}`],
      ['executeDeepLink', `${OURS}/calendar/people/x.ics`],
    ]);
  });

  test.each([
    ['dark', 'rgb(31, 31, 31)'],
    ['contrast', 'rgb(0, 0, 0)'],
  ])('wears Teams’ theme: %s', async (theme, colour) => {
    const { page, frame } = await openTab(`token=abc&theme=${theme}`);
    expect(await background(frame)).toBe(colour);
    await frame.getByRole('button', { name: 'Refresh' }).focus();
    await picture(page, theme);
    expect(await frameViolations(frame)).toEqual([]);
    await page.evaluate(`tell('themeChange', ['default'])`);
    await expect.poll(() => background(frame)).toBe('rgb(245, 245, 245)');
  });

  test('is loaded anew with the button, by keyboard, and says so', async () => {
    const { page, frame } = await openTab();
    own = async () => null;
    for (const name of ['Open the chat', 'Refresh']) {
      await page.keyboard.press('Tab');
      expect(await frame.locator(':focus').textContent()).toBe(name);
    }
    await page.keyboard.press('Enter');
    await frame.getByRole('heading', { name: 'We have not met yet', level: 1 }).waitFor();
    expect(tokens).toHaveLength(2);
    expect(await frame.getByText('Claims Hub').count()).toBe(0);
    expect(await frame.getByRole('status').textContent()).toBe('Your page is up to date.');
    expect(await frameViolations(frame)).toEqual([]);
    await picture(page, 'nobody');
  });

  test('keeps what it showed when the server is away for a while, and tries again', async () => {
    const { page, frame } = await openTab();
    who = { ok: false, why: 'unavailable' };
    await frame.getByRole('button', { name: 'Refresh' }).click();
    await frame.getByRole('heading', { name: 'Your page could not be loaded' }).waitFor();
    await frame.getByText('What stands below is as it was before.').waitFor();
    expect(await frame.getByText('Claims Hub').count()).toBeGreaterThan(0);
    expect(await frameViolations(frame)).toEqual([]);
    await picture(page, 'away');
    who = { ok: true, userId: 'tenant/user' };
    await frame.getByRole('button', { name: 'Try again' }).click();
    await frame.getByRole('heading', { name: 'Your page could not be loaded' }).waitFor({ state: 'hidden' });
    expect(await frame.locator(':focus').textContent()).toBe('Refresh');
    expect(complaints.splice(0)).toEqual([expect.stringContaining('503')]);
  });

  test('takes down what it showed when whoever looks is refused', async () => {
    const { frame } = await openTab();
    who = { ok: false, why: 'other-tenant' };
    await frame.getByRole('button', { name: 'Refresh' }).click();
    await frame.getByText('This account belongs to another organization').first().waitFor();
    expect(await frame.getByText('Claims Hub').count()).toBe(0);
    expect(complaints.splice(0)).toEqual([expect.stringContaining('403')]);
  });

  test('says what to do when Teams gives no token', async () => {
    const { frame } = await openTab('token=');
    await frame.getByRole('heading', { name: 'Teams did not sign you in' }).waitFor();
    expect(tokens).toEqual([]);
    expect(await frameViolations(frame)).toEqual([]);
  });

  test('outside of Teams it says where it opens, dark as the system wishes', async () => {
    const page = await openWindow({ colorScheme: 'dark' });
    await page.goto(`${OURS}/teams/tab`);
    await page.getByRole('heading', { name: 'This page opens inside Microsoft Teams' }).waitFor();
    expect(tokens).toEqual([]);
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(31, 31, 31)');
    expect(await violations(page)).toEqual([]);
    await picture(page, 'outside');
  });

  test('stands in no frame of anybody else', async () => {
    const page = await openWindow();
    await page.route('https://evil.example/**', (route) =>
      route.fulfill({ contentType: 'text/html', body: HOST }),
    );
    await page.goto('https://evil.example/?token=abc');
    await expect.poll(() => complaints.join()).toContain('frame-ancestors');
    expect(tokens).toEqual([]);
    complaints = [];
  });

  test('a window 320 pixels wide loses nothing and never scrolls sideways', async () => {
    const { page, frame } = await openTab('token=abc', { viewport: { width: 320, height: 480 } });
    const sideways = await frame.evaluate(
      'document.documentElement.scrollWidth > document.documentElement.clientWidth',
    );
    expect(sideways).toBe(false);
    expect(await frameViolations(frame)).toEqual([]);
    await picture(page, 'narrow');
  });
});
