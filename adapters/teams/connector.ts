/** Calls to the Bot Framework connector: one attempt each, in time, told for what became of it. Our delivery engine decides on the next. */
import { neverLeft } from '../../src/domain/never-left.ts';
import { type ServiceTrust, trustedServiceUrl } from './cloud.ts';
import type { Tokens } from './tokens.ts';

/** What the connector answered, or why there is no answer. */
export type ConnectorAnswer =
  | { readonly ok: true; readonly body: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly trouble: ConnectorTrouble };

/**
 * `refused`: the connector's own no, by status and code. `unreached`: nothing got there, or it was turned away at the door.
 * `unknown`: it may have got there: a broken connection, no answer in time, a server error, an answer that can't be read.
 */
export type ConnectorTrouble =
  | { readonly kind: 'refused'; readonly status: number; readonly code: string }
  /** Asked to come again later. `retryAfter` as the connector, or a gateway before it, has put it; null when nothing was said. */
  | { readonly kind: 'rate-limited'; readonly retryAfter: string | null }
  | { readonly kind: 'unreached' }
  | { readonly kind: 'unknown' };

export interface ConnectorCall {
  /** The conversation's service, as `trustedServiceUrl` gives it. */
  readonly serviceUrl: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below `/v3/conversations`; each part is escaped. */
  readonly path: readonly string[];
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export interface Connector {
  /** Never rejects. */
  call(call: ConnectorCall): Promise<ConnectorAnswer>;
}

/** No call takes longer: a delivery's lease is three times that. */
const CALL_MS = 18_000;
/** Ours, in the place of a code of the connector's: the sign-in service gave us no token. */
const NO_TOKEN = 'NoToken';
const LONGEST_ANSWER = 4_000_000;

/** `tokens` is null where there are no credentials, for local test clients. */
export function createConnector({
  tokens,
  trust,
  callMs = CALL_MS,
}: {
  readonly tokens: Tokens | null;
  readonly trust: ServiceTrust;
  readonly callMs?: number;
}): Connector {
  const attempt = async (call: ConnectorCall, afresh: boolean): Promise<ConnectorAnswer> => {
    const base = trustedServiceUrl(call.serviceUrl, trust);
    if (base === null) return refused(0, 'UntrustedServiceUrl');
    const token = tokens === null ? null : await tokens.token(afresh);
    if (token?.ok === false)
      return token.why === 'refused' ? refused(401, NO_TOKEN) : { ok: false, trouble: { kind: 'unreached' } };
    return send(base, call, token?.token ?? null, callMs);
  };
  return {
    async call(call) {
      const first = await attempt(call, false);
      // A token may be taken back before it runs out. Without one, nothing is mended by asking for it once more.
      const isStale =
        !first.ok &&
        first.trouble.kind === 'refused' &&
        first.trouble.status === 401 &&
        first.trouble.code !== NO_TOKEN;
      return isStale && tokens !== null ? attempt(call, true) : first;
    },
  };
}

const refused = (status: number, code: string): ConnectorAnswer => ({
  ok: false,
  trouble: { kind: 'refused', status, code },
});

async function send(
  base: string,
  { method, path, query, body }: ConnectorCall,
  token: string | null,
  callMs: number,
): Promise<ConnectorAnswer> {
  const search = query ? `?${new URLSearchParams(query)}` : '';
  const address = `${base}/v3/conversations${path.map((part) => `/${encodeURIComponent(part)}`).join('')}${search}`;
  try {
    const answer = await fetch(address, {
      method,
      redirect: 'error',
      signal: AbortSignal.timeout(callMs),
      headers: {
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' }),
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return await answerOf(answer);
  } catch (error) {
    return { ok: false, trouble: { kind: neverLeft(error) ? 'unreached' : 'unknown' } };
  }
}

/** Another request to the conversation was in the way, or too many came: nothing was done (features reference 5.2). */
const NOT_NOW: readonly number[] = [409, 412, 429];

async function answerOf(answer: Response): Promise<ConnectorAnswer> {
  const { status } = answer;
  if (NOT_NOW.includes(status)) {
    await answer.body?.cancel();
    return { ok: false, trouble: { kind: 'rate-limited', retryAfter: answer.headers.get('retry-after') } };
  }
  if (status === 408 || status >= 500) {
    await answer.body?.cancel();
    // A server in trouble may have done what it was asked.
    return { ok: false, trouble: { kind: 'unknown' } };
  }
  const text = await answer.text();
  const body = text.length > LONGEST_ANSWER ? null : objectOf(text);
  if (!answer.ok) return refused(status, codeOf(body));
  return body === null ? { ok: false, trouble: { kind: 'unknown' } } : { ok: true, body };
}

/** An answer as an object; an empty one for no words at all, null for words that are none. */
function objectOf(text: string): Readonly<Record<string, unknown>> | null {
  if (text.trim() === '') return {};
  try {
    const read: unknown = JSON.parse(text);
    return typeof read === 'object' && read !== null && !Array.isArray(read)
      ? (read as Readonly<Record<string, unknown>>)
      : null;
  } catch {
    return null;
  }
}

/** Codes are one word; anything else is not the connector's. */
const CODE = /^[A-Za-z][A-Za-z0-9_.-]{1,80}$/u;

function codeOf(body: Readonly<Record<string, unknown>> | null): string {
  const { code } = Object(body?.error) as { readonly code?: unknown };
  return typeof code === 'string' && CODE.test(code) ? code : '';
}

/** A member of an answer as text; null when it is none, or empty. */
export const textOf = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? value : null;
