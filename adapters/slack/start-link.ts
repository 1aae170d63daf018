/** A link to the bot with a start parameter: Slack has none of its own, so who came is asked by Sign in with Slack. */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { NOT_STARTED, SLACK_AWAY, START_BY_HAND, STARTED } from '../../src/messages/copy/slack-pages.ts';
import type { Place } from './address.ts';
import { hostsIn } from './cloud.ts';
import type { SlackSettings } from './config.ts';
import { showPage } from './page.ts';
import { PATHS, USER_SCOPES } from './surface.ts';
import { textOf, type WebApi } from './web-api.ts';
import type { Workspaces } from './workspaces.ts';

export interface StartParts {
  readonly settings: SlackSettings;
  readonly publicUrl: string;
  readonly api: WebApi;
  readonly workspaces: Workspaces;
  readonly now: () => Date;
  /** Begins what the link is for, once for each `key`; false when nothing could be kept. */
  begin(place: Place, parameter: string, key: string): Promise<boolean>;
}

const COOKIE = 'isso-start';
const STATE_MINUTES = 10;
const PARAMETER = /^[a-z0-9-]{1,40}$/u;

const stateSchema = z.strictObject({ parameter: z.string(), nonce: z.string(), expires: z.number() });
type State = z.infer<typeof stateSchema>;
const identitySchema = z.looseObject({
  'https://slack.com/user_id': z.string(),
  'https://slack.com/team_id': z.string(),
  'https://slack.com/enterprise_id': z.string().optional(),
});

/**
 * `GET /start?with=<parameter>` and `GET /start/callback` (mounted at `/slack`). Nothing begins before somebody has signed
 * in: whatever fetches links ahead of people starts nothing. Without the settings for installing, a page says what to do.
 */
export function startRoutes(parts: StartParts): Router {
  const router = Router();
  router.get('/start', (request, response) => {
    const { access, cloud } = parts.settings;
    if (access.kind !== 'oauth') return showPage(response, 200, START_BY_HAND);
    const given = request.query.with;
    const parameter = typeof given === 'string' && PARAMETER.test(given) ? given : '';
    const nonce = randomBytes(24).toString('base64url');
    const expires = parts.now().getTime() + STATE_MINUTES * 60_000;
    const state = signed({ parameter, nonce, expires }, access.stateSecret);
    response.cookie(COOKIE, nonce, {
      httpOnly: true,
      secure: parts.publicUrl.startsWith('https:'),
      sameSite: 'lax',
      maxAge: STATE_MINUTES * 60_000,
      path: '/slack/start',
    });
    const address = new URL(hostsIn(cloud).signIn);
    address.search = new URLSearchParams({
      response_type: 'code',
      scope: USER_SCOPES.join(' '),
      client_id: access.clientId,
      redirect_uri: `${parts.publicUrl}${PATHS.started}`,
      state,
      nonce,
    }).toString();
    response.set('Cache-Control', 'no-store').redirect(302, address.href);
  });
  router.get('/start/callback', async (request, response) => {
    const { access } = parts.settings;
    if (access.kind !== 'oauth') return showPage(response, 200, START_BY_HAND);
    const state = readState(request, access.stateSecret, parts.now());
    const { code } = request.query;
    response.clearCookie(COOKIE, { path: '/slack/start' });
    if (!state || typeof code !== 'string' || !/^[\w.-]{1,500}$/u.test(code))
      return showPage(response, 400, NOT_STARTED);
    await goOn(parts, access, state, code, response);
  });
  return router;
}

async function goOn(
  parts: StartParts,
  access: Extract<SlackSettings['access'], { kind: 'oauth' }>,
  state: State,
  code: string,
  response: Response,
): Promise<void> {
  const who = await whoCame(parts, access, code);
  if (who === 'unknown') return showPage(response, 400, NOT_STARTED);
  if (who === 'away') return showPage(response, 503, SLACK_AWAY);
  const found = await installedFor(parts.workspaces, who);
  if (!found) return showPage(response, 400, NOT_STARTED);
  const { workspace, user } = found;
  const place = { workspace: workspace.id, id: user };
  if (!(await parts.begin(place, state.parameter, state.nonce))) return showPage(response, 503, SLACK_AWAY);
  if (workspace.appId === null) return showPage(response, 200, STARTED);
  const app = new URL(hostsIn(parts.settings.cloud).redirect);
  app.search = new URLSearchParams({ app: workspace.appId, team: who.team }).toString();
  response.redirect(302, app.href);
}

interface Came {
  readonly user: string;
  readonly team: string;
  readonly enterprise: string | null;
}

/** Asks Slack whose code that is. The answers come from Slack itself, for our own secret. */
async function whoCame(
  { api, publicUrl }: StartParts,
  access: Extract<SlackSettings['access'], { kind: 'oauth' }>,
  code: string,
): Promise<Came | 'unknown' | 'away'> {
  const exchanged = await api.call('', 'openid.connect.token', {
    client_id: access.clientId,
    client_secret: access.clientSecret,
    code,
    redirect_uri: `${publicUrl}${PATHS.started}`,
  });
  if (!exchanged.ok) return exchanged.trouble.kind === 'refused' ? 'unknown' : 'away';
  const token = textOf(exchanged.body.access_token);
  const asked = token === null ? null : await api.call(token, 'openid.connect.userInfo', {});
  if (!asked?.ok) return asked && asked.trouble.kind !== 'refused' ? 'away' : 'unknown';
  const read = identitySchema.safeParse(asked.body);
  if (!read.success) return 'unknown';
  return {
    user: read.data['https://slack.com/user_id'],
    team: read.data['https://slack.com/team_id'],
    enterprise: read.data['https://slack.com/enterprise_id'] ?? null,
  };
}

async function installedFor(workspaces: Workspaces, { user, team, enterprise }: Came) {
  for (const id of [team, ...(enterprise === null ? [] : [enterprise])]) {
    const found = await workspaces.find(id);
    if (found.ok) return { workspace: found.workspace, user };
  }
  return null;
}

const mac = (text: string, secret: string): Buffer =>
  createHmac('sha256', secret).update(`slack start ${text}`).digest();

function signed(state: State, secret: string): string {
  const text = Buffer.from(JSON.stringify(state)).toString('base64url');
  return `${text}.${mac(text, secret).toString('base64url')}`;
}

/** The state that this browser was sent away with; null for any other. */
function readState({ query, headers }: Request, secret: string, now: Date): State | null {
  const [text = '', sign = ''] = typeof query.state === 'string' ? query.state.split('.') : [];
  const given = Buffer.from(sign, 'base64url');
  const expected = mac(text, secret);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  const read = stateSchema.safeParse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
  if (!read.success || read.data.expires < now.getTime()) return null;
  const cookies = (headers.cookie ?? '').split(';').map((each) => each.trim());
  return cookies.includes(`${COOKIE}=${read.data.nonce}`) ? read.data : null;
}
