import type { Request } from 'express';

const LOOPBACK_NAME = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?$/iu;
const LOOPBACK_PEER = /^(?:::1|(?:::ffff:)?127\.)/u;
/** What proxies add: whoever sent the call is not the peer. */
const PASSED_ON = [
  'forwarded',
  'via',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-real-ip',
] as const;

/** True for a call from this very machine, made by a program, and not passed on by a proxy. */
export function isFromThisMachine(request: Request): boolean {
  // What browsers add: whoever sent the call is a page.
  return isAtThisMachine(request) && request.headers.origin === undefined;
}

/** True for a browser on this very machine, in which no page of another site asks for anything but to be followed here. */
export function isLocalBrowser(request: Request): boolean {
  if (!isAtThisMachine(request)) return false;
  const { host = '', origin, 'sec-fetch-site': site, 'sec-fetch-mode': mode } = request.headers;
  // A form of our own says `null`, since pages here tell nobody where they are.
  const isOwn =
    origin === undefined || origin === 'null' || origin.toLowerCase() === `http://${host.toLowerCase()}`;
  const isSameSite = site === undefined || site === 'same-origin' || site === 'none';
  return isOwn && (isSameSite || (request.method === 'GET' && mode === 'navigate'));
}

const isAtThisMachine = (request: Request): boolean =>
  LOOPBACK_NAME.test(request.headers.host ?? '') &&
  LOOPBACK_PEER.test(request.socket.remoteAddress ?? '') &&
  PASSED_ON.every((name) => request.headers[name] === undefined);
