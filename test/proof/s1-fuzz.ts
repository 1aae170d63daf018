import { connect } from 'node:net';
import { type BadRequest, badRequest, type Endpoint, weird } from './bad-input.ts';
import { addressIn, changedSince, fingerprints, newDataDir } from './databases.ts';
import { median, ms, quantile } from './figures.ts';
import { type Programme, startProgramme } from './programme.ts';
import { type Random, random } from './random.ts';
import type { Row } from './row.ts';
import { ask, say } from './talk.ts';

const slowMs = 100;
const atOnce = 8;
/** One of so many requests is of several megabytes. */
const largeEvery = 150;
const endpoints: readonly Endpoint[] = [
  { method: 'POST', path: '/console/api/say', fields: { as: 'bo', text: 'hello' } },
  { method: 'POST', path: '/console/api/press', fields: { as: 'bo', message: 'none', action: 'none' } },
  { method: 'POST', path: '/console/api/submit', fields: { as: 'bo', dialog: 'none', values: {} } },
  { method: 'POST', path: '/console/api/read', fields: { as: 'bo', for: 'bo', seq: 1 } },
  { method: 'POST', path: '/console/api/clock', fields: { advance: 'PT1S' } },
  { method: 'GET', path: '/console/api/people', fields: {} },
  { method: 'GET', path: '/console/api/channels', fields: {} },
  { method: 'GET', path: '/console/api/messages', fields: { for: 'bo' } },
  { method: 'GET', path: '/console/api/conversation', fields: { as: 'bo', for: 'bo' } },
  { method: 'GET', path: '/console/api/unread', fields: { as: 'bo' } },
  { method: 'GET', path: '/console/api/events', fields: { as: 'bo' } },
  { method: 'GET', path: '/console', fields: {} },
  { method: 'GET', path: '/calendar/meetings', fields: {} },
  { method: 'GET', path: '/calendar/people', fields: {} },
  { method: 'GET', path: '/healthz', fields: {} },
  { method: 'GET', path: '/readyz', fields: {} },
];
/** What is not even HTTP. */
const raw: readonly string[] = [
  'GARBAGE\r\n\r\n',
  'GET / HTTP/9.9\r\n\r\n',
  'POST /console/api/say HTTP/1.1\r\nHost: localhost\r\nContent-Length: -5\r\n\r\n',
  'POST /console/api/say HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
  'POST /console/api/say HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
  `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'x'.repeat(70_000)}\r\n\r\n`,
  '\u0000\u0001\u0002',
];

export const s1: Row = {
  id: 'S1',
  title: 'Bad requests to every endpoint',
  goal: 'up, only 2xx/4xx, no state change, ≤ 100 ms each',
  async run({ quick, seed, log }) {
    const dataDir = await newDataDir();
    const app = await startProgramme({
      env: { DATA_DIR: dataDir, LOG_LEVEL: 'warn', CONSOLE_START_AT: '2026-12-01T10:00:00-05:00' },
    });
    const database = await addressIn(dataDir);
    const chance = random(seed);
    await say(app.url, 'bo', 'I need an ISSO');
    const before = await fingerprints(database);
    const each = quick ? 300 : 10_000;
    const found = new Findings();
    for (const endpoint of endpoints) await fuzz(app.url, endpoint, each, chance, found);
    await sendRaw(app.url);
    const changed = await changedSince(database, before);
    await speakOddly(app.url, quick ? 60 : 1_000, chance, found);
    const slow = await stillSlow(app.url, found);
    const isUp = app.isRunning() && (await ask(`${app.url}/readyz`)).status === 200;
    for (const wrong of found.wrong.slice(0, 10)) log(wrong);
    for (const one of slow.slice(0, 10)) log(one);
    if (changed.length > 0) log(`changed by bad input: ${changed.join(', ')}`);
    reportLog(app, log);
    await app.stop();
    return {
      figure: `${found.count} requests to ${endpoints.length} endpoints: ${isUp ? 'up' : 'DOWN'}, ${found.wrong.length} other than 2xx/4xx, ${changed.length} tables changed, p99 ${ms(quantile(found.times, 0.99))}, ${slow.length} slow`,
      ok: isUp && found.wrong.length === 0 && changed.length === 0 && slow.length === 0,
    };
  },
};

class Findings {
  count = 0;
  readonly times: number[] = [];
  readonly wrong: string[] = [];
  readonly slow: BadRequest[] = [];

  note(sent: BadRequest, status: number, tookMs: number): void {
    this.count += 1;
    this.times.push(tookMs);
    const isGood = (status >= 200 && status < 300) || (status >= 400 && status < 500) || status === 302;
    if (!isGood) this.wrong.push(`${status || 'no answer'} to ${describe(sent)}`);
    if (tookMs > slowMs) this.slow.push(sent);
  }
}

async function fuzz(
  base: string,
  endpoint: Endpoint,
  each: number,
  chance: Random,
  found: Findings,
): Promise<void> {
  let left = each;
  const worker = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      const isLarge = endpoint.method === 'POST' && left % largeEvery === 1;
      await send(base, badRequest(endpoint, chance, isLarge), found);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

/** A refusal may come before all was sent; the connection is then closed on us, which is no failure of the program. */
async function send(base: string, bad: BadRequest, found: Findings): Promise<void> {
  const { status, tookMs } = await attempt(base, bad);
  found.note(bad, status === 0 && (bad.body?.byteLength ?? 0) > 1e6 ? 413 : status, tookMs);
}

const attempt = (base: string, { method, path, headers, body }: BadRequest) =>
  ask(`${base}${path}`, { method, headers, withinMs: 10_000, ...(body ? { body } : {}) });

/** Odd words said rightly: they may be kept, and must not harm. */
async function speakOddly(base: string, times: number, chance: Random, found: Findings): Promise<void> {
  for (let count = 0; count < times; count += 1) {
    const text = weird(chance, 1 + chance.below(300));
    const body = Buffer.from(JSON.stringify({ as: 'bo2', text }));
    await send(
      base,
      { method: 'POST', path: '/console/api/say', headers: { 'content-type': 'application/json' }, body },
      found,
    );
  }
}

/** Whatever was slow is sent three times alone: only one whose median is slow too counts, for the machine may have stalled. */
async function stillSlow(base: string, { slow }: Findings): Promise<readonly string[]> {
  const found: string[] = [];
  for (const bad of slow) {
    const times = [];
    for (let again = 0; again < 3; again += 1) times.push((await attempt(base, bad)).tookMs);
    if (median(times) > slowMs) found.push(`${ms(median(times))} for ${describe(bad)}`);
  }
  return found;
}

const describe = ({ method, path, headers, body }: BadRequest): string =>
  `${method} ${path.slice(0, 80)} ${JSON.stringify(headers)} ${body?.byteLength ?? 0} bytes ${JSON.stringify(body?.toString('utf8').slice(0, 80) ?? '')}`;

async function sendRaw(base: string): Promise<void> {
  const { hostname, port } = new URL(base);
  for (const words of raw) {
    await new Promise<void>((resolve) => {
      const socket = connect(Number(port), hostname, () => socket.end(words));
      socket.setTimeout(2_000, () => socket.destroy());
      socket.on('error', () => {}).on('data', () => {});
      socket.once('close', () => resolve());
    });
  }
}

/** Faults of ours stand in the log. */
function reportLog(app: Programme, log: (remark: string) => void): void {
  const faults = app
    .output()
    .split('\n')
    .filter((row) => row.includes('"level":50'));
  if (faults.length > 0) log(`${faults.length} errors in the log, the first: ${faults[0]?.slice(0, 400)}`);
}
