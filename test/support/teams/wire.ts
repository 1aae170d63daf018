/** How what happens in Teams comes to the bot: activities with their token, over a real socket. */
import type { Json } from './cards.ts';
import type { FakeCloud } from './fake-cloud.ts';
import { type Claims, keyNamed, newKey, type Signing, type SigningKey, tokenOf } from './keys.ts';

export interface Wire {
  readonly cloud: FakeCloud;
  /** The bot's address, asked anew each time: it may have been started again. */
  botUrl(): string;
  /** Milliseconds since 1970, by the clock that signs. */
  now(): number;
  /** Milliseconds since 1970 by the clock of what happens in Teams; left out, the one that signs. */
  happens?(): number;
  /** What activities say of where answers go; left out, the first region of the cloud. */
  serviceUrl?(): string;
}

/** A request as it went out. */
export interface Sent {
  /** The `Authorization` header; null for none. */
  readonly authorization: string | null;
  readonly text: string;
}

export interface HttpAnswer {
  readonly status: number;
  readonly body: Json | null;
  readonly tookMs: number;
  readonly sent: Sent;
}

/** What a test spoils in the token that comes with an activity. */
export interface Spoilt {
  /** The whole header in the place of a token; null for no header. */
  readonly header?: string | null;
  /** Claims in the place of the right ones; undefined leaves one out. */
  readonly claims?: Claims;
  readonly algorithm?: Signing['algorithm'];
  /** `other`: another key under the name of the right one. `unknown`: a key that is not published. `people`: the key of people's sign-in. */
  readonly key?: 'other' | 'unknown' | 'people';
}

const HOUR_S = 3_600;
/** Real tokens are used for many activities; one that is half an hour old is replaced. */
const kept = new WeakMap<FakeCloud, Map<string, { readonly token: string; readonly at: number }>>();

/** The header that comes with an activity. */
export function authorizationFor(wire: Wire, activity: Json, spoilt: Spoilt = {}): string | null {
  if (spoilt.header !== undefined) return spoilt.header;
  const { cloud } = wire;
  const now = Math.floor(wire.now() / 1_000);
  const serviceUrl = String(activity.serviceUrl ?? '');
  const right = {
    serviceurl: serviceUrl,
    nbf: now,
    iat: now,
    exp: now + HOUR_S,
    iss: cloud.app.issuer,
    aud: cloud.app.appId,
  };
  if (Object.keys(spoilt).length > 0)
    return `Bearer ${tokenOf({ ...right, ...spoilt.claims }, signingOf(cloud, spoilt))}`;
  const key = cloud.channelKey();
  const name = `${serviceUrl} ${key.kid}`;
  const tokens = kept.get(cloud) ?? new Map<string, { readonly token: string; readonly at: number }>();
  kept.set(cloud, tokens);
  const known = tokens.get(name);
  if (known && Math.abs(now - known.at) < HOUR_S / 2) return `Bearer ${known.token}`;
  const token = tokenOf(right, { key });
  tokens.set(name, { token, at: now });
  return `Bearer ${token}`;
}

let unpublished: SigningKey | null = null;

function signingOf(cloud: FakeCloud, { key, algorithm = 'RS256' }: Spoilt): Signing {
  const right = cloud.channelKey();
  switch (key) {
    case undefined:
      return { key: right, algorithm };
    case 'other':
      return { key: keyNamed('stranger'), kid: right.kid, algorithm };
    case 'people':
      return { key: keyNamed('people'), algorithm };
    default:
      unpublished ??= newKey();
      return { key: unpublished, algorithm };
  }
}

/** Sends one activity as Teams does; `spoilt` is what a test spoils in its token. */
export const send = (wire: Wire, activity: Json, spoilt: Spoilt = {}): Promise<HttpAnswer> =>
  resend(wire, { authorization: authorizationFor(wire, activity, spoilt), text: JSON.stringify(activity) });

/** Sends a request once more, byte for byte; or one that is no activity at all. */
export async function resend(wire: Wire, sent: Sent): Promise<HttpAnswer> {
  const startedAt = performance.now();
  const response = await fetch(`${wire.botUrl()}/api/messages`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json; charset=utf-8',
      ...(sent.authorization === null ? {} : { authorization: sent.authorization }),
    },
    body: sent.text,
  });
  const answered = await response.text();
  return {
    status: response.status,
    body: jsonIn(answered),
    tookMs: performance.now() - startedAt,
    sent,
  };
}

function jsonIn(text: string): Json | null {
  try {
    const read: unknown = JSON.parse(text);
    return typeof read === 'object' && read !== null ? (read as Json) : null;
  } catch {
    return null;
  }
}
