/** A made-up Slack on a free port of this machine: its Web API, its file uploads, its Socket Mode. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { type Answer, type Args, METHODS } from './methods.ts';
import { APP_ID, BOT_USER, createWorld, SCOPES, type World } from './world.ts';

/** One request as it arrived. */
export interface Asked {
  readonly place: number;
  readonly method: string;
  readonly token: string;
  readonly args: Args;
}

/** What becomes of a request: whether and when its effect lands, and what the sender hears. */
export interface Fate {
  /** Milliseconds until it lands; null for never. */
  readonly lands: number | null;
  readonly answers:
    | 'truth'
    | 'reset'
    | 'hang'
    | 'truncated'
    | { readonly status: number; readonly retryAfter?: string }
    | { readonly error: string; readonly needed?: string }
    /** An answer that says yes, to something other than was asked. */
    | { readonly yes: Readonly<Record<string, unknown>> };
}
export const TAKEN: Fate = { lands: 0, answers: 'truth' };

export interface FakeSlack {
  readonly url: string;
  /** Base address for `SLACK_API_URL`. */
  readonly apiUrl: string;
  readonly world: World;
  /** Every request, in order of arrival. */
  readonly asked: readonly Asked[];
  /** What no app may do: arguments or methods that are not documented, content that Slack does not take. Empty when all is well. */
  readonly faults: readonly string[];
  fate: (asked: Asked) => Fate;
  /** Codes that `oauth.v2.access` and `openid.connect.token` take, and what they stand for. */
  readonly codes: Map<string, Readonly<Record<string, unknown>>>;
  /** Connections of Socket Mode that were greeted. */
  readonly sockets: Set<WebSocket>;
  /** Forgets the requests so far and the triggers given out, for whoever asks very often. */
  forget(): void;
  /** Settles when something changes. */
  changed(): Promise<void>;
  /** Settles when nothing is left that has yet to land. */
  landed(): Promise<void>;
  stop(): Promise<void>;
}

const APP_TOKEN = 'xapp-fake-app-token';
/** Refusals that only an app's own drawing can bring about, whatever has become of the workspace. */
const OUR_MISTAKES: ReadonlySet<string> = new Set([
  'invalid_arguments',
  'invalid_blocks',
  'metadata_too_large',
  'msg_blocks_too_long',
  'msg_too_long',
  'no_text',
  'view_too_large',
]);

export async function startFakeSlack({
  team = 'T0CMSDEMO',
  now = () => performance.timeOrigin + performance.now(),
}: {
  readonly team?: string;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
} = {}): Promise<FakeSlack> {
  const world = createWorld(team, now);
  const asked: Asked[] = [];
  const faults: string[] = [];
  const sockets = new Set<WebSocket>();
  const landing = new Set<Promise<void>>();
  let listeners: (() => void)[] = [];
  const tell = (): void => {
    const hearing = listeners;
    listeners = [];
    for (const hear of hearing) hear();
  };

  const answerOf = (one: Asked): Answer => {
    const special = ownMethods(one, fake);
    if (special) return special;
    const method = METHODS.get(one.method);
    if (!method) {
      faults.push(`no such method: ${one.method}`);
      return { ok: false, error: 'unknown_method' };
    }
    for (const name of Object.keys(one.args))
      if (!method.takes.includes(name)) faults.push(`${one.method} has no argument ${name}`);
    const token = world.tokens.get(one.token);
    if (!token) return { ok: false, error: one.token === '' ? 'not_authed' : 'invalid_auth' };
    if (token.refusedAs !== null) return { ok: false, error: token.refusedAs };
    const isAllowed =
      method.scopes.length === 0 || method.scopes.some((scope) => token.scopes.includes(scope));
    if (!isAllowed)
      return {
        ok: false,
        error: 'missing_scope',
        needed: method.scopes.join(','),
        provided: token.scopes.join(','),
      };
    const answer = method.answer({ world, token, args: one.args, now: now(), url: fake.url });
    if (OUR_MISTAKES.has(String(answer.error))) faults.push(`${one.method}: ${JSON.stringify(answer)}`);
    return answer;
  };

  const take = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = new URL(request.url ?? '/', 'http://slack').pathname;
    const body = await bytesOf(request);
    if (path.startsWith('/upload/')) return upload(world, path.slice(8), body, response, tell);
    const one: Asked = {
      place: asked.length + 1,
      method: path.replace(/^\/api\//u, ''),
      token: (request.headers.authorization ?? '').replace(/^Bearer /u, ''),
      args: argsOf(body, request.headers['content-type'] ?? ''),
    };
    asked.push(one);
    const { lands, answers } = fake.fate(one);
    if (answers !== 'truth') lie(response, answers);
    if (lands === null) return;
    const landed = (lands === 0 ? Promise.resolve() : after(lands)).then(() => {
      const answered = answerOf(one);
      tell();
      if (answers === 'truth') say(response, answered, world.tokens.get(one.token)?.scopes ?? []);
    });
    landing.add(landed);
    await landed;
    landing.delete(landed);
  };

  const server = createServer((request, response) => {
    response.on('error', () => undefined);
    void take(request, response).catch(() => response.destroy());
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const socketServer = new WebSocketServer({ server, path: '/socket' });
  socketServer.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.send(JSON.stringify({ type: 'hello', num_connections: 1, connection_info: { app_id: APP_ID } }));
    tell();
  });
  const fake: FakeSlack = {
    url,
    apiUrl: `${url}/api/`,
    world,
    asked,
    faults,
    fate: () => TAKEN,
    codes: new Map(),
    sockets,
    forget() {
      asked.length = 0;
      world.triggers.clear();
    },
    changed: () => new Promise((resolve) => void listeners.push(resolve)),
    async landed() {
      while (landing.size > 0) await Promise.all(landing);
    },
    async stop() {
      for (const socket of sockets) socket.terminate();
      await Promise.all(landing);
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
  return fake;
}

/** Methods that need no bot token. */
function ownMethods({ method, token, args }: Asked, fake: FakeSlack): Answer | null {
  switch (method) {
    case 'apps.connections.open':
      return token === APP_TOKEN
        ? { ok: true, url: `${fake.url.replace('http', 'ws')}/socket` }
        : { ok: false, error: 'invalid_auth' };
    case 'oauth.v2.access':
    case 'openid.connect.token': {
      const found = fake.codes.get(String(args.code));
      fake.codes.delete(String(args.code));
      return found ? { ok: true, ...found } : { ok: false, error: 'invalid_code' };
    }
    case 'openid.connect.userInfo': {
      const found = fake.codes.get(token);
      return found ? { ok: true, ...found } : { ok: false, error: 'invalid_auth' };
    }
    default:
      return null;
  }
}

/** What `oauth.v2.access` answers for an installation that was allowed. */
export const installed = (token: string, team: string | null, enterprise: string | null = null) => ({
  app_id: APP_ID,
  authed_user: { id: 'U0ADMIN' },
  scope: SCOPES.join(','),
  token_type: 'bot',
  access_token: token,
  bot_user_id: BOT_USER,
  team: team === null ? null : { id: team, name: 'CMS demo' },
  enterprise: enterprise === null ? null : { id: enterprise, name: 'CMS' },
  is_enterprise_install: team === null,
});

function upload(world: World, id: string, bytes: Buffer, response: ServerResponse, tell: () => void): void {
  const file = world.files.get(id);
  if (!file || bytes.length !== file.length) return void response.writeHead(400).end('no');
  file.bytes = bytes;
  response.writeHead(200).end(`OK - ${bytes.length}`);
  tell();
}

/** Arguments come as a form whose lists and objects are JSON, or as JSON. */
function argsOf(body: Buffer, contentType: string): Args {
  const text = body.toString('utf8');
  if (contentType.startsWith('application/json')) return JSON.parse(text) as Args;
  const args: Record<string, unknown> = {};
  for (const [name, value] of new URLSearchParams(text)) {
    if (name === 'token') continue;
    args[name] = /^(?:\{|\[|true$|false$)/u.test(value) && isStructured(name) ? JSON.parse(value) : value;
  }
  return args;
}
const isStructured = (name: string): boolean =>
  [
    'blocks',
    'metadata',
    'view',
    'files',
    'include_all_metadata',
    'inclusive',
    'link_names',
    'unfurl_links',
    'unfurl_media',
    'include_locale',
  ].includes(name);

function lie(response: ServerResponse, answers: Exclude<Fate['answers'], 'truth'>): void {
  if (answers === 'hang') return;
  if (answers === 'reset') {
    response.destroy();
    return;
  }
  if (answers === 'truncated') {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '60' });
    response.write('{"ok":true,"channel":"D');
    setImmediate(() => response.destroy());
    return;
  }
  if ('error' in answers) {
    say(response, { ok: false, ...answers }, []);
    return;
  }
  if ('yes' in answers) {
    say(response, { ok: true, ...answers.yes }, []);
    return;
  }
  if (answers.retryAfter !== undefined) response.setHeader('retry-after', answers.retryAfter);
  response.writeHead(answers.status, { 'content-type': 'application/json' });
  response.end('{"ok":false,"error":"ratelimited"}');
}

function say(response: ServerResponse, answer: Answer, scopes: readonly string[]): void {
  if (response.destroyed) return;
  response.writeHead(200, {
    'content-type': 'application/json; charset=utf-8',
    ...(scopes.length > 0 ? { 'x-oauth-scopes': scopes.join(',') } : {}),
  });
  response.end(JSON.stringify(answer));
}

function bytesOf(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.once('end', () => resolve(Buffer.concat(chunks)));
    request.once('error', reject);
  });
}

const after = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
