/** Cookies: read from a request as they came, set so that no script and no other site can use them. */
import type { Request, Response } from 'express';

/** No browser sends more, and what is more is not looked through. */
const LONGEST_HEADER = 16_384;

/** The cookie of that name; undefined when there is none. Of several the first counts, as browsers send the nearest first. */
export function cookieOf(request: Request, name: string): string | undefined {
  const header = request.headers.cookie ?? '';
  if (header.length > LONGEST_HEADER) return undefined;
  for (const part of header.split(';')) {
    const at = part.indexOf('=');
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim();
  }
  return undefined;
}

/** A jar whose cookies live `seconds`; on https they can't be set from another host or over http. */
export interface Jar {
  read(request: Request): string | undefined;
  put(response: Response, value: string, seconds: number): void;
  take(response: Response): void;
}

export function createJar(name: string, isHttps: boolean): Jar {
  const full = isHttps ? `__Host-${name}` : name;
  const options = { httpOnly: true, sameSite: 'lax', secure: isHttps, path: '/' } as const;
  return {
    read: (request) => cookieOf(request, full),
    put: (response, value, seconds) =>
      void response.cookie(full, value, { ...options, maxAge: seconds * 1000, encode: String }),
    take: (response) => void response.clearCookie(full, options),
  };
}
