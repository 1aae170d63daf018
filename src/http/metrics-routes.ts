/** `GET /metrics`: the figures for a monitoring system, to this machine or to whoever holds the token. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { type Request, Router } from 'express';
import { isFromThisMachine } from './this-machine.ts';

export interface MetricsOptions {
  /** What opens it to other machines; null: this machine alone is answered. */
  readonly token: string | null;
  /** The figures as they are now, and their media type. */
  read(): Promise<{ readonly type: string; readonly text: string }>;
}

export function metricsRoutes({ token, read }: MetricsOptions): Router {
  const router = Router();
  router.get('/metrics', async (request, response, next) => {
    if (!mayRead(request, token)) {
      // As if there were nothing here.
      next();
      return;
    }
    const { type, text } = await read();
    response.set('Cache-Control', 'no-store').set('Content-Type', type).send(text);
  });
  return router;
}

/** With a token, the token counts, wherever the call comes from. */
function mayRead(request: Request, token: string | null): boolean {
  if (token === null) return isFromThisMachine(request);
  const given = /^Bearer +(\S+)$/iu.exec(request.headers.authorization ?? '')?.[1] ?? '';
  return timingSafeEqual(digest(given), digest(token));
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
