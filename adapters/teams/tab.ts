/** The personal tab: a page inside Teams that shows somebody their own requests, meetings and card. It changes nothing. */
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Response, Router } from 'express';
import { adaptiveCard } from '../../src/messages/adaptive-card.ts';
import { nobodyYet, TAB_REFUSALS } from '../../src/messages/copy/teams-tab.ts';
import type { Message } from '../../src/messages/message.ts';
import { plainText } from '../../src/messages/plain-text.ts';
import { readOnly } from '../../src/messages/read-only.ts';
import type { OwnPage, OwnView } from '../../src/ports.ts';
import type { CloudHosts } from './cloud.ts';
import type { SignedIn, SignIn } from './sign-in.ts';

export interface TabParts {
  readonly signIn: SignIn;
  readonly own: OwnView;
  readonly hosts: Pick<CloudHosts, 'client' | 'frames'>;
  /** Application id of the bot, for the way into its chat. */
  readonly appId: string;
}

const PAGE = join(dirname(fileURLToPath(import.meta.url)), 'tab');
const { resolve } = createRequire(import.meta.url);
const CARDS = join(dirname(resolve('adaptivecards/package.json')), 'dist', 'adaptivecards.min.js');

/** What is served under `/tab`, the page itself aside: nothing else of the folders can be asked for. */
const FILES: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ['tab.js', 'host.js', 'cards.js', 'tab.css', 'cards.css'].map((name) => [name, join(PAGE, name)]),
  ),
  'teams.js': resolve('@microsoft/teams-js'),
  'adaptivecards.js': CARDS,
};

const STATUS = { missing: 401, invalid: 401, 'other-tenant': 403, unavailable: 503 } as const;

/**
 * `GET /tab`, its files, and `GET /tab/me` with what the page shows (mounted at `/teams`). The page and its files hold
 * nothing of anybody's and may stand in a frame of the Teams clients; what is personal needs the token that Teams gives the
 * page.
 */
export function tabRoutes(parts: TabParts): Router {
  const router = Router({ strict: true });
  const policy = policyFor(parts.hosts.frames);
  const send = (response: Response, path: string): void => {
    response.set('Content-Security-Policy', policy).removeHeader('X-Frame-Options');
    response.sendFile(basename(path), { root: dirname(path) });
  };
  router.get('/tab', (_request, response) => send(response, join(PAGE, 'index.html')));
  for (const [name, path] of Object.entries(FILES))
    router.get(`/tab/${name}`, (_request, response) => send(response, path));
  router.get('/tab/me', async (request, response) => {
    response.set('Cache-Control', 'no-store');
    const who = await parts.signIn.verify(request.headers.authorization);
    if (!who.ok) return refuse(response, who.why);
    response.json(shownTo(await parts.own.home('teams', who.userId), parts));
  });
  return router;
}

/** The page talks to this server alone, and runs no script but its own. */
const policyFor = (frames: readonly string[]): string =>
  [
    "default-src 'self'",
    "connect-src 'self'",
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${frames.join(' ')}`,
  ].join('; ');

function refuse(response: Response, why: Extract<SignedIn, { ok: false }>['why']): void {
  const status = STATUS[why];
  if (status === 401) response.set('WWW-Authenticate', 'Bearer');
  response.status(status).json({ error: TAB_REFUSALS[why], why });
}

/** The heading stands apart, because it is the page's own. */
function shownTo(page: OwnPage | null, { hosts, appId }: TabParts) {
  const { heading = '', ...rest }: Message = readOnly(page?.message ?? nobodyYet());
  const reader = { timeZone: page?.timeZone ?? 'UTC' };
  return {
    heading,
    card: adaptiveCard(rest, reader),
    text: plainText(rest, reader),
    chatUrl: `${hosts.client}/l/chat/0/0?users=28:${appId}`,
  };
}
