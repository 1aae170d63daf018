import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import type { Log } from '../ports.ts';

/** How long `close` waits for what is in hand. */
const CLOSE_WITHIN_MS = 10_000;

const HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy': [
    "default-src 'self'",
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; '),
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

export interface HttpOptions {
  readonly log: Log;
  /** Reasons why the program can't work now; empty when it can. */
  ready(): Promise<readonly string[]>;
}

export interface Http {
  /** Adds routes under `path`. Bodies are left unread, because some routes verify a signature over them. */
  mount(path: string, router: express.Router): void;
  /** Starts to listen; port 0 takes a free one. Answers where it listens. */
  listen(where: {
    readonly host: string;
    readonly port: number;
  }): Promise<{ readonly host: string; readonly port: number }>;
  /** Takes no more, finishes what is in hand (streams are ended), then closes. Safe to call twice. */
  close(): Promise<void>;
}

/** The one HTTP server: health, security headers and plain JSON errors around the routes mounted on it. */
export function createHttp(options: HttpOptions): Http {
  const { log } = options;
  const app = express();
  const routes = express.Router();
  const inHand = new Set<express.Response>();
  let server: Server | null = null;
  let closing: Promise<void> | null = null;

  app.disable('x-powered-by');
  app.set('etag', false);
  app.use((_request, response, next) => {
    response.set(HEADERS);
    inHand.add(response);
    response.once('close', () => inHand.delete(response));
    if (closing) response.set('Connection', 'close');
    next();
  });
  health(app, options);
  app.use(routes);
  app.use((_request, response) => {
    response.status(404).json({ error: 'There is nothing at this address.' });
  });
  app.use(answerErrors(options));

  return {
    mount(path, router) {
      routes.use(path, router);
    },
    async listen({ host, port }) {
      if (server) throw new Error('The HTTP server listens already.');
      server = createServer(app);
      const address = await bind(server, host, port);
      log.info({ host: address.address, port: address.port }, 'http.listening');
      return { host: address.address, port: address.port };
    },
    close() {
      closing ??= server ? drain(server, inHand) : Promise.resolve();
      return closing;
    },
  };
}

function health(app: express.Express, { log, ready }: HttpOptions): void {
  app.get('/healthz', (_request, response) => {
    response.set('Cache-Control', 'no-store').json({ status: 'ok' });
  });
  app.get('/readyz', async (_request, response) => {
    const reasons = await ready().catch((error: unknown) => {
      log.error({ error }, 'http.readiness-failed');
      return ['The readiness check itself failed; see the log.'];
    });
    response.set('Cache-Control', 'no-store');
    if (reasons.length === 0) response.json({ status: 'ready' });
    else response.status(503).json({ status: 'not ready', reasons });
  });
}

/** The last stop of every error: a client's mistake in plain words, or ours with a reference to find in the log. */
function answerErrors({ log, ready }: HttpOptions): express.ErrorRequestHandler {
  return async (error: unknown, request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const status = clientFault(error);
    if (status !== null) {
      response
        .status(status)
        .json({ error: MENDS[status] ?? 'The request could not be read. Check it and send it again.' });
      return;
    }
    // With the database away every route fails: that is no mistake of ours, and it passes.
    if ((await ready().catch(() => [])).length > 0 && !response.headersSent) {
      response.status(503).json({
        error: "The bot can't work right now, and nothing was saved. Please try again in a moment.",
      });
      return;
    }
    const reference = randomUUID().slice(0, 8);
    log.error({ error, reference, method: request.method }, 'http.failed');
    response.status(500).json({
      error: 'Something went wrong on our side. Quote the reference when you report it.',
      reference,
    });
  };
}

const MENDS: Readonly<Record<number, string>> = {
  400: 'The request could not be read. Send one JSON object in UTF-8.',
  413: 'The request is too large. Send at most 256 kB.',
  415: 'The request is in a form that is not read here. Send application/json in UTF-8, uncompressed.',
};

/** The 4xx status that a body or path reader put on its error; null when the fault is ours. */
function clientFault(error: unknown): number | null {
  if (error instanceof URIError) return 400;
  if (typeof error !== 'object' || error === null || !('status' in error)) return null;
  const { status } = error;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : null;
}

function bind(server: Server, host: string, port: number): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      const address = server.address();
      if (address === null || typeof address === 'string')
        reject(new Error('The HTTP server has no address.'));
      else resolve(address);
    });
  });
}

/** Stops taking connections, ends streams, lets the rest finish, and after a while cuts what is still open. */
function drain(server: Server, inHand: ReadonlySet<express.Response>): Promise<void> {
  return new Promise((resolve) => {
    const late = setTimeout(() => server.closeAllConnections(), CLOSE_WITHIN_MS);
    server.close(() => {
      clearTimeout(late);
      resolve();
    });
    for (const response of inHand) {
      const isStream = String(response.getHeader('Content-Type') ?? '').startsWith('text/event-stream');
      if (isStream) response.end();
      else if (!response.headersSent) response.set('Connection', 'close');
    }
    server.closeIdleConnections();
  });
}
