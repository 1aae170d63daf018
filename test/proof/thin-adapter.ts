/** The least that a real adapter has to do: one HTTP request a message, and the platform's answer in the words of the ports. */
import { Agent, request } from 'node:http';
import { type Pace, UNLIMITED } from '../../src/domain/pace.ts';
import { retryAtOf } from '../../src/domain/waits.ts';
import { plainText } from '../../src/messages/plain-text.ts';
import type { Clock, Delivered, DeliveryAdapter, DeliveryFailure } from '../../src/ports.ts';

export interface ThinAdapterOptions {
  /** A platform like Slack can be read back, one like Teams can't. */
  readonly platform: 'slack' | 'teams';
  readonly url: string;
  readonly clock: Clock;
  /** After so many milliseconds without an answer nobody knows what became of the request. */
  readonly patienceMs: number;
  readonly pace?: Pace;
}

/** What a platform that names no time is given. */
const UNNAMED_WAIT_MS = 5_000;

export function thinAdapter({
  platform,
  url,
  clock,
  patienceMs,
  pace = UNLIMITED,
}: ThinAdapterOptions): DeliveryAdapter {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  return {
    platform,
    pace,
    async deliver(to, message, key) {
      const text = plainText(message, to);
      const answer = await ask(agent, url, patienceMs, JSON.stringify({ key, to: to.id, text }));
      return outcomeOf(answer, clock.now());
    },
    async findPosted(_to, key) {
      if (platform === 'teams') return { kind: 'cannot-tell' };
      const answer = await ask(agent, `${url}?key=${encodeURIComponent(key)}`, patienceMs, null);
      if (answer.kind !== 'answered' || answer.status !== 200) return { kind: 'unavailable' };
      const id = idIn(answer.body);
      if (id === undefined) return { kind: 'unavailable' };
      return id === null ? { kind: 'not-posted' } : { kind: 'posted', messageId: id };
    },
    stop: async () => agent.destroy(),
  };
}

type Answer =
  | { readonly kind: 'refused' }
  | { readonly kind: 'broken' }
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly retryAfter: string | undefined;
      readonly body: string;
    };

function outcomeOf(answer: Answer, now: Date): Delivered | DeliveryFailure {
  if (answer.kind === 'refused') return { kind: 'unavailable' };
  if (answer.kind === 'broken') return { kind: 'unknown' };
  const { status, retryAfter, body } = answer;
  if (status === 200) {
    const id = idIn(body);
    return id ? { kind: 'delivered', messageId: id } : { kind: 'unknown' };
  }
  if (status === 429 || status === 412) {
    const scope = body.includes('"workspace"') ? 'workspace' : 'conversation';
    const retryAt = retryAtOf(retryAfter, now) ?? new Date(now.getTime() + UNNAMED_WAIT_MS);
    return { kind: 'rate-limited', retryAt, scope };
  }
  return status >= 500 ? { kind: 'unknown' } : { kind: 'forbidden', need: `an answer other than ${status}` };
}

/** Undefined when the answer can't be read. */
function idIn(body: string): string | null | undefined {
  try {
    return (JSON.parse(body) as { id?: string | null }).id;
  } catch {
    return undefined;
  }
}

function ask(agent: Agent, url: string, patienceMs: number, body: string | null): Promise<Answer> {
  return new Promise((resolve) => {
    const broken = (): void => resolve({ kind: 'broken' });
    const sent = request(url, { method: body === null ? 'GET' : 'POST', agent }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      const { statusCode: status = 0, headers } = response;
      response.once('end', () => {
        if (!response.complete) return broken();
        resolve({ kind: 'answered', status, retryAfter: headers['retry-after'], body: text });
      });
      response.once('error', broken);
      response.once('close', broken);
    });
    sent.setTimeout(patienceMs, () => sent.destroy());
    sent.once('error', (error) => {
      const refused = 'code' in error && error.code === 'ECONNREFUSED';
      resolve({ kind: refused ? 'refused' : 'broken' });
    });
    if (body === null) sent.end();
    else sent.setHeader('content-type', 'application/json').end(body);
  });
}
