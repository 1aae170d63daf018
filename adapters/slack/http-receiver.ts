/** Slack's requests over HTTP on the bot's own server: verified, read, handed on, answered. Nothing unsigned is looked at. */
import type { IncomingMessage } from 'node:http';
import { type Response, Router } from 'express';
import type { Log } from '../../src/ports.ts';
import { SLACK } from './limits.ts';
import type { Answered } from './reply.ts';
import { isSigned } from './signature.ts';

export interface HttpReceiverParts {
  readonly signingSecret: string;
  /** The machine's own time: Slack signs by its own. */
  readonly now: () => Date;
  readonly log: Log;
  /** What a body comes to; null for one that is not as Slack sends it. */
  hear(body: unknown): Promise<Answered | null>;
}

/** `POST /events`: events, buttons, dialogs, shortcuts and commands, all at one address. */
export function httpReceiver(parts: HttpReceiverParts): Router {
  const router = Router();
  router.post('/events', async (request, response) => {
    const body = await readBytes(request);
    if (body === null) return refuse(response, 413, 'The request is too large.');
    const { headersDistinct: headers } = request;
    const signed = {
      stamps: headers['x-slack-request-timestamp'] ?? [],
      signatures: headers['x-slack-signature'] ?? [],
      body,
    };
    if (!isSigned(signed, parts.signingSecret, parts.now())) {
      parts.log.warn({ bytes: body.length }, 'a request without a valid signature of Slack was refused');
      return refuse(response, 401, 'The request is not signed by Slack.');
    }
    const read = readPayload(body, request.headers['content-type'] ?? '');
    if (read.kind === 'unreadable') return refuse(response, 400, 'The request could not be read.');
    if (read.kind === 'check') return void response.status(200).end();
    if (read.kind === 'challenge') return void response.type('text/plain').send(read.challenge);
    const answered = await parts.hear(read.body);
    if (answered === null) return refuse(response, 400, 'The request is of no kind that is known here.');
    response.status(answered.status);
    if (answered.body === undefined) response.end();
    else response.json(answered.body);
  });
  return router;
}

function refuse(response: Response, status: number, error: string): void {
  response.status(status).json({ error });
}

/** The body as it was sent; null when it is larger than any of Slack's. */
async function readBytes(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    length += chunk.length;
    // What is too large is read to its end, so that the sender hears the answer, and kept no longer.
    if (length <= SLACK.requestBytes) chunks.push(chunk);
    else if (length > 16 * SLACK.requestBytes) break;
  }
  return length <= SLACK.requestBytes ? Buffer.concat(chunks) : null;
}

type Payload =
  | { readonly kind: 'unreadable' }
  /** Slack looks whether the address answers. */
  | { readonly kind: 'check' }
  | { readonly kind: 'challenge'; readonly challenge: string }
  | { readonly kind: 'body'; readonly body: unknown };

const UNREADABLE: Payload = { kind: 'unreadable' };

/** Events come as JSON, commands as a form, everything else as JSON within a form. */
function readPayload(bytes: Buffer, contentType: string): Payload {
  const text = utf8(bytes);
  if (text === null) return UNREADABLE;
  const type = contentType.split(';')[0]?.trim().toLowerCase();
  if (type === 'application/json') return asBody(text);
  if (type !== 'application/x-www-form-urlencoded') return UNREADABLE;
  const form = new URLSearchParams(text);
  const payload = form.get('payload');
  if (payload !== null) return asBody(payload);
  if (form.get('ssl_check') === '1') return { kind: 'check' };
  return { kind: 'body', body: Object.assign(Object.create(null), Object.fromEntries(form)) };
}

function asBody(text: string): Payload {
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body !== 'object' || body === null) return UNREADABLE;
    const { type, challenge } = body as { readonly type?: unknown; readonly challenge?: unknown };
    if (type === 'url_verification')
      return typeof challenge === 'string' && /^[\w.-]{1,200}$/u.test(challenge)
        ? { kind: 'challenge', challenge }
        : UNREADABLE;
    return { kind: 'body', body };
  } catch {
    return UNREADABLE;
  }
}

function utf8(bytes: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
