import type { NextFunction, Request, Response } from 'express';
import { answerFailure } from './failures.ts';

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?$/iu;

/**
 * The console has no log-in: it answers this machine only. A Host header of another name (DNS rebinding), a peer that
 * is not loopback, or a page of another origin is refused, whatever it asks for.
 */
export function guard(request: Request, response: Response, next: NextFunction): void {
  const host = request.headers.host ?? '';
  const peer = request.socket.remoteAddress ?? '';
  const isLocal = LOOPBACK.test(host) && /^(?:::1|(?:::ffff:)?127\.)/u.test(peer);
  if (!isLocal || isForeign(request, host)) {
    answerFailure(response, { kind: 'foreign' });
    return;
  }
  if (request.method === 'POST' && !request.is('application/json')) {
    answerFailure(response, { kind: 'wrong-type' });
    return;
  }
  response.set('Cache-Control', 'no-store');
  next();
}

function isForeign(request: Request, host: string): boolean {
  const origin = request.headers.origin;
  if (origin !== undefined && origin.toLowerCase() !== `http://${host.toLowerCase()}`) return true;
  const site = request.headers['sec-fetch-site'];
  if (site === undefined || site === 'same-origin' || site === 'none') return false;
  // A link from elsewhere may open the page; nothing else may come from another site.
  return !(
    request.method === 'GET' &&
    request.headers['sec-fetch-mode'] === 'navigate' &&
    request.headers['sec-fetch-dest'] === 'document'
  );
}
