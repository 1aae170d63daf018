/** Speaking to the program through the console's script interface, and putting it under load. */
import { Agent, request } from 'node:http';

export interface Answered {
  /** 0 when there was no answer at all. */
  readonly status: number;
  readonly body: string;
  readonly tookMs: number;
}

export interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  readonly agent?: Agent;
  /** Gives up after this long. */
  readonly withinMs?: number;
}

const usualAgent = new Agent({ keepAlive: true, maxSockets: 64 });

/** One request. Never rejects: a broken connection is an answer with status 0. */
export function ask(
  url: string,
  { method = 'GET', headers = {}, body, agent, withinMs = 60_000 }: Asked = {},
) {
  return new Promise<Answered>((resolve) => {
    const startedAt = performance.now();
    const done = (status: number, text: string): void =>
      resolve({ status, body: text, tookMs: performance.now() - startedAt });
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const sent = request(
      url,
      { method, agent: agent ?? usualAgent, headers: { ...length, ...headers }, timeout: withinMs },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk;
        });
        response.once('end', () => done(response.statusCode ?? 0, text));
        response.once('error', () => done(response.statusCode ?? 0, text));
        response.once('close', () => done(response.statusCode ?? 0, text));
      },
    );
    sent.once('timeout', () => sent.destroy());
    sent.once('error', () => done(0, ''));
    sent.end(body);
  });
}

/** A POST of `value` as JSON to the script interface. */
export function post(base: string, path: string, value: unknown, asked: Asked = {}): Promise<Answered> {
  return ask(`${base}/console/api/${path}`, {
    ...asked,
    method: 'POST',
    headers: { 'content-type': 'application/json', ...asked.headers },
    body: JSON.stringify(value),
  });
}

/** Somebody says something in their direct messages. */
export const say = (
  base: string,
  who: string,
  text: string,
  more: Readonly<Record<string, string>> = {},
): Promise<Answered> => post(base, 'say', { as: who, text, ...more });

/** The answer's JSON, of a shape the caller knows. */
export const json = <T>({ body }: Answered): T => JSON.parse(body) as T;

/** The people of the demonstration, each with an open form at its first question. */
export async function openForms(base: string, people: readonly string[]): Promise<void> {
  for (const who of people) {
    const { status, body } = await say(base, who, 'I need an ISSO');
    if (status !== 200) throw new Error(`${who} could not start a request: ${status} ${body}`);
  }
}

/** People of the demonstration roster. */
export const people = ['bo', 'bo2', 'cra', 'ispg', 'gtl', 'cor', 'lead', 'issolead'] as const;

/** What is said in turn with a form open: an answer to the first question, then back to it. */
export const inTurn = (count: number): string => (count % 2 === 0 ? `Claims Hub ${count}` : 'back');
