import type { Request } from 'express';

const LOOPBACK_NAME = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?$/iu;
const LOOPBACK_PEER = /^(?:::1|(?:::ffff:)?127\.)/u;
/** What proxies and browsers add: whoever sent the call is not the peer, or is a page. */
const FROM_ELSEWHERE = [
  'forwarded',
  'via',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-real-ip',
  'origin',
] as const;

/** True for a call from this very machine, made by a program, and not passed on by a proxy. */
export function isFromThisMachine(request: Request): boolean {
  return (
    LOOPBACK_NAME.test(request.headers.host ?? '') &&
    LOOPBACK_PEER.test(request.socket.remoteAddress ?? '') &&
    FROM_ELSEWHERE.every((name) => request.headers[name] === undefined)
  );
}
