/** How a made-up Microsoft cloud is asked and answers over HTTP: with the truth, or with something else. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Json } from './cards.ts';
import type { Answer } from './connector.ts';

/** What the sender hears in the place of the truth. */
export type Lie =
  | 'reset'
  | 'hang'
  | 'truncated'
  | {
      readonly status: number;
      /** Seconds or a date. */
      readonly retryAfter?: string;
      readonly code?: string;
      readonly message?: string;
      /** The whole body, where it is worded in another way. */
      readonly body?: unknown;
    };

export function lie(response: ServerResponse, answers: Lie, isLogin: boolean): void {
  if (answers === 'hang') return;
  if (answers === 'reset') {
    response.destroy();
    return;
  }
  if (answers === 'truncated') {
    response.writeHead(201, { 'content-type': 'application/json', 'content-length': '60' });
    response.write('{"id":"17');
    setImmediate(() => response.destroy());
    return;
  }
  const { status, retryAfter, code = 'ServiceError', message = code } = answers;
  if (retryAfter !== undefined) response.setHeader('retry-after', retryAfter);
  const worded = isLogin ? { error: code, error_description: message } : { error: { code, message } };
  say(response, { status, body: answers.body ?? worded });
}

export function say(response: ServerResponse, { status, body }: Answer): void {
  if (response.destroyed || response.writableEnded) return;
  response.writeHead(status, body === null ? {} : { 'content-type': 'application/json; charset=utf-8' });
  response.end(body === null ? '' : JSON.stringify(body));
}

/** Listens on a free port of this machine. */
export async function listenTo(
  take: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
): Promise<{ readonly url: string; readonly server: Server }> {
  const server = createServer((request, response) => {
    response.on('error', () => undefined);
    void take(request, response).catch(() => response.destroy());
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

export async function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise<void>((resolve) => server.close(() => resolve()));
}

/** What a request carries: JSON, or the fields of a form; nothing when it can't be read. */
export async function bodyOf(request: IncomingMessage): Promise<Json> {
  const text = await textOf(request);
  if (text === '') return {};
  if ((request.headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded'))
    return Object.fromEntries(new URLSearchParams(text));
  try {
    return JSON.parse(text) as Json;
  } catch {
    return { unreadable: text.slice(0, 200) };
  }
}

function textOf(request: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.once('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
    request.once('error', reject);
  });
}
