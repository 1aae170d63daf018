/** Calls to Slack's Web API: one attempt each, in time, told for what became of it. Our delivery engine decides on the next. */
import {
  type Logger,
  LogLevel,
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRequestError,
  WebClient,
} from '@slack/web-api';
import { neverLeft } from '../../src/domain/never-left.ts';
import { remember } from '../../src/domain/remember.ts';

/** What Slack answered, or why there is no answer. */
export type ApiAnswer =
  | { readonly ok: true; readonly body: ApiBody }
  | { readonly ok: false; readonly trouble: ApiTrouble };
export type ApiBody = Readonly<Record<string, unknown>>;

/**
 * `refused`: Slack's own no, by its code, with the scope that is needed where one is. `unreached`: nothing got there.
 * `unknown`: it may have got there: a broken connection, no answer in time, a server error, an answer that can't be read.
 */
export type ApiTrouble =
  | { readonly kind: 'refused'; readonly code: string; readonly needed: string | null }
  /** `retryAfter` as Slack, or a gateway before it, has put it; null when nothing was said. */
  | { readonly kind: 'rate-limited'; readonly retryAfter: string | null }
  | { readonly kind: 'unreached' }
  | { readonly kind: 'unknown' };

export interface WebApi {
  /** Calls `method` with the token; never rejects. */
  call(token: string, method: string, args: Readonly<Record<string, unknown>>): Promise<ApiAnswer>;
}

/** No call takes longer: a delivery's lease is twice that, and a person waits three seconds. */
const CALL_MS = 20_000;
/** Tokens whose clients are kept; there is one for each workspace. */
const CLIENTS = 500;

/** Slack's client writes bodies and errors to its log: nothing of that is ours to keep. */
export const SILENT: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  setLevel: () => undefined,
  getLevel: () => LogLevel.ERROR,
  setName: () => undefined,
};

/** For every client of Slack's SDK: one attempt, in time, at the address that is set and no other. */
export const clientOptions = (apiUrl: string, callMs = CALL_MS) =>
  ({
    slackApiUrl: apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: callMs,
    allowAbsoluteUrls: false,
  }) as const;

/** The Web API at `apiUrl` by Slack's own client, without its retries and queues, which would double messages and stall all. */
export function createWebApi({
  apiUrl,
  callMs = CALL_MS,
}: {
  readonly apiUrl: string;
  readonly callMs?: number;
}): WebApi {
  const clients = new Map<string, WebClient>();
  const clientOf = (token: string): WebClient => {
    const known = clients.get(token);
    if (known) return known;
    const client = new WebClient(token === '' ? undefined : token, {
      ...clientOptions(apiUrl, callMs),
      logger: SILENT,
      fetch: fetchUnlessAskedToWait,
    });
    remember(clients, token, client, CLIENTS);
    return client;
  };
  return {
    async call(token, method, args) {
      try {
        return { ok: true, body: { ...(await clientOf(token).apiCall(method, inWords(args))) } };
      } catch (error) {
        return { ok: false, trouble: troubleOf(error) };
      }
    },
  };
}

/**
 * Lists and objects go to Slack as JSON within a form. Given as such, the client does not copy them for a debug log that nobody
 * keeps.
 */
const inWords = (args: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(args).map(([name, value]) => [
      name,
      typeof value === 'object' && value !== null ? JSON.stringify(value) : value,
    ]),
  );

/** Slack's client reads whole seconds only; a gateway before Slack may name a date. */
class AskedToWait extends Error {
  override readonly name = 'AskedToWait';
  readonly retryAfter: string | null;
  constructor(retryAfter: string | null) {
    super('Slack asks to wait');
    this.retryAfter = retryAfter;
  }
}

const fetchUnlessAskedToWait: typeof fetch = async (...asked) => {
  const response = await fetch(...asked);
  if (response.status !== 429) return response;
  await response.body?.cancel();
  throw new AskedToWait(response.headers.get('retry-after'));
};

/** Words that Slack uses for an error are one word; anything else is not Slack's answer. */
const CODE = /^[a-z][a-z0-9_]{1,80}$/u;
/** Slack's own codes for trouble of its own: what was asked may have been done. */
const OWN_TROUBLE = new Set([
  'internal_error',
  'fatal_error',
  'request_timeout',
  'service_unavailable',
  'team_added_to_org',
]);

function troubleOf(error: unknown): ApiTrouble {
  if (error instanceof WebAPIPlatformError) {
    const { error: code, needed } = error.data as { error?: unknown; needed?: unknown };
    if (typeof code !== 'string' || !CODE.test(code) || OWN_TROUBLE.has(code)) return { kind: 'unknown' };
    if (code === 'ratelimited' || code === 'rate_limited') return { kind: 'rate-limited', retryAfter: null };
    return { kind: 'refused', code, needed: typeof needed === 'string' ? needed : null };
  }
  if (error instanceof WebAPIHTTPError) {
    // Refused at the door: nothing was read. A server error may come after the work was done.
    return error.statusCode < 500 ? { kind: 'unreached' } : { kind: 'unknown' };
  }
  if (error instanceof WebAPIRequestError) {
    if (error.original instanceof AskedToWait)
      return { kind: 'rate-limited', retryAfter: error.original.retryAfter };
    return neverLeft(error.original) ? { kind: 'unreached' } : { kind: 'unknown' };
  }
  return { kind: 'unknown' };
}

/** A member of Slack's answer as text; null when it is none, or empty. */
export const textOf = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? value : null;
