/** The Teams adapter behind the bot's own HTTP server, on a made-up Microsoft cloud; what it hands on is noted and kept once, as the store would. */
import { request } from 'node:http';
import { createHttp } from '../../../src/http/server.ts';
import type { Inbound, Receive, Reply } from '../../../src/ports.ts';
import { keepingLog } from '../fakes.ts';
import { type BareOptions, type BareTeams, bareTeams } from './bare-teams.ts';
import type { FakeCloud } from './fake-cloud.ts';
import type { Wire } from './wire.ts';

export interface Door {
  readonly url: string;
  readonly wire: Wire;
  readonly bot: BareTeams;
  /** What was handed on, each once, oldest first. */
  readonly events: readonly Inbound[];
  /** What has come of requests so far: events handed on, beside news of a profile that any activity may hold, and what is kept of people and places. */
  effects(): { readonly events: number; readonly kept: readonly string[] };
  /** Settles when nothing that was handed on is still being answered. */
  idle(): Promise<void>;
  /** All that was logged and reported, as text. */
  written(): string;
  close(): Promise<void>;
}

export interface DoorOptions extends BareOptions {
  readonly cloud: FakeCloud;
  /** What becomes of each event; left out, nothing. */
  readonly answer?: (event: Inbound, reply: Reply) => Promise<void>;
}

export async function openDoor({ cloud, answer, ...options }: DoorOptions): Promise<Door> {
  const bot = bareTeams(options);
  const events: Inbound[] = [];
  const keys = new Set<string>();
  const answering = new Set<Promise<void>>();
  const receive: Receive = async (event, reply) => {
    if (keys.has(event.eventKey)) return { kind: 'duplicate' };
    keys.add(event.eventKey);
    events.push(event);
    const done = (answer?.(event, reply) ?? Promise.resolve()).catch(() => undefined);
    answering.add(done);
    void done.then(() => answering.delete(done));
    return { kind: 'accepted', heard: event, done };
  };
  await bot.adapter.start(receive);
  const log = keepingLog();
  const http = createHttp({ log, ready: async () => [] });
  http.mount('/api', bot.adapter.messages);
  http.mount('/teams', bot.adapter.pages);
  const { port } = await http.listen({ host: '127.0.0.1', port: 0 });
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    wire: { cloud, botUrl: () => url, now: () => Date.now() },
    bot,
    events,
    effects: () => ({
      events: events.filter(({ kind }) => kind !== 'profile-changed').length,
      kept: [...bot.installations.rows.keys()].sort(),
    }),
    async idle() {
      while (answering.size > 0) await Promise.all(answering);
      await bot.adapter.idle();
    },
    written: () => JSON.stringify([bot.lines, bot.troubles, log.lines], spelled),
    async close() {
      await http.close();
      await bot.adapter.stop();
    },
  };
}

const spelled = (_name: string, value: unknown): unknown =>
  value instanceof Error ? `${value.name} ${value.message} ${value.stack}` : value;

export interface RawAnswer {
  readonly status: number;
  readonly text: string;
}

/** Sends bytes to the bot's endpoint as they are, with these headers. */
export function postRaw(
  url: string,
  body: string | Uint8Array,
  headers: Readonly<Record<string, string | readonly string[]>>,
): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const sent = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, typeof value === 'string' ? value : [...value]]),
    );
    const asking = request(`${url}/api/messages`, { method: 'POST', headers: sent }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    });
    asking.on('error', reject).end(body);
  });
}
