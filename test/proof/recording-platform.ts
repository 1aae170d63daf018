/**
 * A chat platform that notes every request with its arrival, and can lie about what became of it: a small HTTP server on
 * which messages are posted (`POST /messages`) and looked for by their key (`GET /messages?key=`).
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { atTheEnd } from './databases.ts';

/** A message as it was asked for. */
export interface Asked {
  readonly key: string;
  readonly to: string;
  readonly text: string;
  /** Rises with each request to post, from 1. */
  readonly place: number;
}

/** A message that stands on the platform. */
export interface Standing extends Asked {
  readonly id: string;
}

/**
 * What becomes of a request to post. `lands`: after so many milliseconds the message stands, whatever the sender hears and
 * whether it still lives; null: never. `answers`: the truth once it stands, or something else at once.
 */
export interface Fate {
  readonly lands: number | null;
  readonly answers: 'truth' | 'reset' | 'hang' | 'truncated' | Refusal;
}
export interface Refusal {
  readonly status: number;
  readonly retryAfter?: string;
  /** The whole workspace is to wait, not this conversation alone. */
  readonly isWorkspace?: boolean;
}

export interface RecordingPlatform {
  readonly url: string;
  /** Every request to post, in the order of arrival. */
  readonly asked: readonly Asked[];
  /** What stands, in the order in which it landed. */
  readonly standing: readonly Standing[];
  /** What becomes of the next requests. */
  fate: (asked: Asked) => Fate;
  /** What whoever looks for a message is answered instead of the truth. */
  lookFate: () => 'truth' | 'reset' | { readonly status: number };
  /** Told of each request as it arrives, before anything becomes of it. */
  onAsked: (asked: Asked) => void;
  /** Settles when nothing is left that has yet to land. */
  landed(): Promise<void>;
}

export const TAKEN: Fate = { lands: 0, answers: 'truth' };

/** Starts one on a free port; it ends with the row. */
export async function recordingPlatform(): Promise<RecordingPlatform> {
  const asked: Asked[] = [];
  const standing: Standing[] = [];
  const byKey = new Map<string, Standing>();
  const landing = new Set<Promise<void>>();
  const post = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await bodyOf(request);
    if (body === null) return;
    const one: Asked = { ...(JSON.parse(body) as Omit<Asked, 'place'>), place: asked.length + 1 };
    asked.push(one);
    platform.onAsked(one);
    const { lands, answers } = platform.fate(one);
    const land = (): Standing => {
      const made: Standing = { ...one, id: `m${standing.length + 1}` };
      standing.push(made);
      if (!byKey.has(made.key)) byKey.set(made.key, made);
      return made;
    };
    if (answers !== 'truth') tell(response, answers);
    if (lands === null) return;
    const later = (lands === 0 ? Promise.resolve() : after(lands)).then(() => {
      const made = land();
      if (answers === 'truth') say(response, 200, { id: made.id });
    });
    landing.add(later);
    await later;
    landing.delete(later);
  };
  const look = (key: string, response: ServerResponse): void => {
    const fate = platform.lookFate();
    if (fate === 'reset') response.destroy();
    else if (fate === 'truth') say(response, 200, { id: byKey.get(key)?.id ?? null });
    else say(response, fate.status, {});
  };
  const server = createServer((request, response) => {
    response.on('error', () => {});
    if (request.method === 'POST') void post(request, response);
    else look(new URL(request.url ?? '/', 'http://here').searchParams.get('key') ?? '', response);
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  atTheEnd(async () => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  const platform: RecordingPlatform = {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/messages`,
    asked,
    standing,
    fate: () => TAKEN,
    lookFate: () => 'truth',
    onAsked: () => undefined,
    landed: async () => {
      while (landing.size > 0) await Promise.all(landing);
    },
  };
  return platform;
}

function tell(response: ServerResponse, answers: Exclude<Fate['answers'], 'truth'>): void {
  if (answers === 'hang') return;
  if (answers === 'reset') return void response.destroy();
  if (answers === 'truncated') {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '40' });
    response.write('{"id":"m');
    setImmediate(() => response.destroy());
    return;
  }
  const { status, retryAfter, isWorkspace } = answers;
  if (retryAfter !== undefined) response.setHeader('retry-after', retryAfter);
  say(response, status, { scope: isWorkspace ? 'workspace' : 'conversation' });
}

function say(response: ServerResponse, status: number, value: unknown): void {
  if (response.destroyed) return;
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(value));
}

/** Null when the sender went away before all of it was there. */
function bodyOf(request: IncomingMessage): Promise<string | null> {
  return new Promise((resolve) => {
    let text = '';
    request.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
    request.once('end', () => resolve(text));
    request.once('error', () => resolve(null));
    request.once('close', () => resolve(null));
  });
}

const after = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
