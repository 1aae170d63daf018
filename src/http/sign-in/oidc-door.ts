/** The way into the dashboard with OpenID Connect. The log hears why somebody was refused, never who or with what. */
import { randomBytes } from 'node:crypto';
import express, { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import {
  NO_DASHBOARD,
  type PlainPage,
  SIGN_IN_AGAIN,
  SIGN_IN_PAGE,
  SIGN_IN_TROUBLES,
  SIGN_OUT_THERE,
  SIGNED_OUT,
  type SignInTrouble,
} from '../../messages/copy/dashboard-sign-in.ts';
import type { Clock, EndedSessions, Log } from '../../ports.ts';
import { addressOf, html, safeUrl } from '../dashboard/html.ts';
import type { SignInSettings } from '../sign-in-config.ts';
import { createJar } from './cookies.ts';
import { type Door, isOwnForm, type Looker, ownPlace, type PlainFrame } from './door.ts';
import { createProvider, type Provider } from './provider.ts';
import { createSeal, type Seal } from './sealed.ts';
import { createSessions, type Session, type Sessions } from './session.ts';

export interface OidcDoorOptions {
  readonly settings: SignInSettings;
  /** Where people reach the server, without a slash at the end. */
  readonly publicUrl: string;
  /** The machine's own clock: it is the one that the provider goes by. */
  readonly system: Clock;
  readonly log: Log;
  readonly frame: PlainFrame;
  /** What all processes that share the database know to be over. */
  readonly ended: EndedSessions;
  /** Whether somebody with that mailbox may look; notes that they signed in. */
  admit(mailbox: string): Promise<boolean>;
}

/** How long somebody may take at the provider. */
const PENDING_S = 600;
const PENDING = 'pending';
const BACK = '/dashboard/signed-in';
const STATUS: Readonly<Record<SignInTrouble, number>> = {
  declined: 401,
  'not-genuine': 400,
  away: 503,
  unverified: 403,
  late: 400,
};

const pendingShape = z.object({ state: z.string(), nonce: z.string(), verifier: z.string(), to: z.string() });

/** A door that opens to whoever the identity provider knows by a verified mailbox. */
export function createOidcDoor(options: OidcDoorOptions): Door {
  const { settings, publicUrl, system, ended } = options;
  const isHttps = publicUrl.startsWith('https:');
  const seal = createSeal(settings.sessionKey ?? randomBytes(32), system);
  const sessions = createSessions(seal, system, isHttps, ended);
  const parts: Parts = {
    ...options,
    seal,
    sessions,
    pending: createJar('isso-dashboard-way', isHttps),
    provider: createProvider(settings, `${publicUrl}${BACK}`, system),
  };
  return {
    letsIn: () => true,
    wayOut: 'sign-out',
    routes: routesOf(parts),
    async who(request, response) {
      const session = await sessions.of(request, response);
      return session && lookerOf(seal, session);
    },
    async ask(request, response) {
      const to = request.method === 'GET' ? ownPlace(request.originalUrl) : '/dashboard';
      say(parts, response, 401, SIGN_IN_PAGE, { label: SIGN_IN_PAGE.button, to });
    },
  };
}

interface Parts extends OidcDoorOptions {
  readonly seal: Seal;
  readonly sessions: Sessions;
  readonly pending: ReturnType<typeof createJar>;
  readonly provider: Provider;
}

const lookerOf = (seal: Seal, { id, mailbox }: Session): Looker => ({
  known: { by: 'mailbox', mailbox },
  mark: seal.mark(id),
});

function routesOf(parts: Parts): Router {
  const router = Router();
  router.get('/sign-in', (request, response) => begin(parts, request, response));
  router.get('/signed-in', (request, response) => finish(parts, request, response));
  router.get('/signed-out', async (_request, response) => {
    const there = await parts.provider.endSession();
    const next = { label: SIGN_IN_AGAIN, to: '/dashboard' };
    say(parts, response, 200, SIGNED_OUT, next, there && { label: SIGN_OUT_THERE, url: there.href });
  });
  router.post('/sign-out', express.urlencoded({ extended: false, limit: '4kb' }), (request, response) =>
    signOut(parts, request, response),
  );
  return router;
}

async function begin({ provider, seal, pending, ...parts }: Parts, request: Request, response: Response) {
  const to = ownPlace(request.query.to);
  try {
    const { url, begun } = await provider.begin();
    pending.put(response, await seal.close(PENDING, { ...begun, to }, PENDING_S), PENDING_S);
    response.set('Cache-Control', 'no-store').redirect(303, url.href);
  } catch (error) {
    parts.log.warn({ code: error instanceof Error ? error.name : 'unknown' }, 'dashboard.provider-away');
    refuse(parts, response, 'away', to);
  }
}

async function finish(parts: Parts, request: Request, response: Response): Promise<void> {
  const { seal, pending, provider, sessions, log, admit } = parts;
  const kept = pendingShape.safeParse(await seal.open(PENDING, pending.read(request)));
  // Whatever comes of it, it is good for one return.
  pending.take(response);
  if (!kept.success) {
    log.warn({ why: 'late' }, 'dashboard.sign-in-refused');
    return refuse(parts, response, 'late', '/dashboard');
  }
  const { to, ...begun } = kept.data;
  const query = new URL(request.originalUrl, 'http://localhost').searchParams;
  const came = await provider.finish(query, begun);
  if (!came.ok) {
    log.warn({ why: came.why, code: came.code }, 'dashboard.sign-in-refused');
    return refuse(parts, response, came.why, to);
  }
  if (!(await admit(came.mailbox))) {
    log.warn({ why: 'not-admitted' }, 'dashboard.sign-in-refused');
    return say(parts, response, 403, NO_DASHBOARD, { label: SIGN_IN_AGAIN, to });
  }
  await sessions.begin(response, came.mailbox);
  response.set('Cache-Control', 'no-store').redirect(303, to);
}

async function signOut(parts: Parts, request: Request, response: Response): Promise<void> {
  const session = await parts.sessions.of(request, response);
  const isOwn = session !== null && isOwnForm(request, lookerOf(parts.seal, session), request.body);
  if (isOwn) await parts.sessions.end(response, session);
  response.set('Cache-Control', 'no-store').redirect(303, isOwn ? '/dashboard/signed-out' : '/dashboard');
}

const refuse = (parts: Pick<Parts, 'frame'>, response: Response, why: SignInTrouble, to: string): void =>
  say(parts, response, STATUS[why], SIGN_IN_TROUBLES[why], { label: SIGN_IN_AGAIN, to });

function say(
  { frame }: Pick<Parts, 'frame'>,
  response: Response,
  status: number,
  { title, words }: PlainPage,
  next: { readonly label: string; readonly to: string },
  elsewhere: { readonly label: string; readonly url: string } | null = null,
): void {
  const way = addressOf('/dashboard/sign-in', { to: next.to });
  const body = html`${words.map((each) => html`<p>${each}</p>`)}
    ${elsewhere && html`<p><a href="${safeUrl(elsewhere.url)}">${elsewhere.label}</a></p>`}
    <p><a class="button" href="${way}">${next.label}</a></p>`;
  response
    .status(status)
    .set('Cache-Control', 'no-store')
    .type('text/html; charset=utf-8')
    .send(frame(title, body));
}
