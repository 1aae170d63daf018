import { type Console, createConsole } from '../../adapters/console/index.ts';
import { createHttp } from '../../src/http/server.ts';
import type { Log } from '../../src/ports.ts';
import { FAKE_CHANNELS, FAKE_PEOPLE, fakeEngine } from './fake-engine.ts';
import { fakeTime, memoryLedger } from './memory-ledger.ts';

/** A console with the scripted bot behind it, listening on a free port. */
export async function startConsole(startAt: Date, port = 0) {
  const errors: string[] = [];
  const log: Log = { info() {}, warn() {}, error: (_fields, event) => errors.push(event) };
  const ledger = memoryLedger();
  const time = fakeTime(startAt);
  const engine = fakeEngine(time);
  const reasons: string[] = [];
  const adapter: Console = createConsole({
    ledger,
    time,
    log,
    channelTimeZone: 'America/New_York',
    directory: async () => ({ people: FAKE_PEOPLE, channels: FAKE_CHANNELS }),
    onDirectoryChange: () => undefined,
    nextBusinessDay: (after) => new Date(after.getTime() + 86_400_000),
  });
  engine.adapter = adapter;
  await adapter.start(engine.receive);
  const http = createHttp({ log, ready: async () => reasons });
  http.mount('/', adapter.router);
  const where = await http.listen({ host: '127.0.0.1', port });
  const origin = `http://127.0.0.1:${where.port}`;
  return {
    adapter,
    engine,
    errors,
    http,
    ledger,
    origin,
    reasons,
    time,
    get: (path: string, headers: Record<string, string> = {}) => fetch(`${origin}${path}`, { headers }),
    post: (path: string, body: unknown, headers: Record<string, string> = {}) =>
      fetch(`${origin}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    async stop() {
      await adapter.stop();
      await http.close();
    },
  };
}
export type StartedConsole = Awaited<ReturnType<typeof startConsole>>;
