/** Payloads that are sent to a running program, and what must not come of them. */
import { changedSince, fingerprints } from './databases.ts';
import { ms, quantile } from './figures.ts';
import type { Programme } from './programme.ts';
import type { Outcome } from './row.ts';

const slowMs = 100;
const atOnce = 8;

export interface BadPayload {
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string>>;
  /** Tables in which it may leave something; null for one that the platform could have sent, which may have any effect. */
  readonly mayChange: readonly string[] | null;
}

export interface BadPayloads {
  readonly app: Programme;
  /** Path and address of the program's database. */
  readonly path: string;
  readonly database: string;
  readonly bad: readonly BadPayload[];
  log(remark: string): void;
}

/** Sends them all, first those that may leave nothing. Goal: up, only 2xx and 4xx, nothing changed, none slow. */
export async function sendBad({ app, path, database, bad, log }: BadPayloads): Promise<Outcome> {
  const url = `${app.url}${path}`;
  const times: number[] = [];
  const slow: BadPayload[] = [];
  const wrong: string[] = [];
  const changed = new Set<string>();
  const took = (one: BadPayload, status: number, tookMs: number): void => {
    times.push(tookMs);
    if (tookMs > slowMs && one.mayChange !== null) slow.push(one);
    if (status >= 500 || status < 200) wrong.push(`${status}: ${one.body.toString('latin1').slice(0, 200)}`);
  };
  for (const [allowed, some] of byWhatTheyMayChange(bad)) {
    const before = await fingerprints(database);
    await sendSome(url, some, took);
    if (allowed === null) continue;
    for (const name of await changedSince(database, before)) if (!allowed.includes(name)) changed.add(name);
  }
  const stillSlow = await slowAlone(url, slow);
  const isUp = app.isRunning() && (await fetch(`${app.url}/readyz`)).status === 200;
  for (const one of wrong.slice(0, 10)) log(one);
  if (changed.size > 0) log(`changed by bad input: ${[...changed].join(', ')}`);
  const meant = bad.filter(({ mayChange }) => mayChange === null).length;
  log(
    `${meant} of them still are what the platform could have sent, and are heard; the slowest took ${ms(Math.max(...times))}`,
  );
  return {
    figure: `${bad.length} payloads: ${isUp ? 'up' : 'DOWN'}, ${wrong.length} other than 2xx/4xx, ${changed.size} tables changed, p99 ${ms(quantile(times, 0.99))}, ${stillSlow} slow`,
    ok: isUp && wrong.length === 0 && changed.size === 0 && stillSlow === 0,
  };
}

/** In heaps of those that may change the same, from nothing to anything. */
function byWhatTheyMayChange(
  bad: readonly BadPayload[],
): readonly (readonly [readonly string[] | null, readonly BadPayload[]])[] {
  const heaps = new Map<string, [readonly string[] | null, BadPayload[]]>();
  for (const one of bad) {
    const name = JSON.stringify(one.mayChange);
    const heap = heaps.get(name) ?? [one.mayChange, []];
    heap[1].push(one);
    heaps.set(name, heap);
  }
  const size = (tables: readonly string[] | null): number => tables?.length ?? Number.POSITIVE_INFINITY;
  return [...heaps.values()].sort(([a], [b]) => size(a) - size(b));
}

async function sendSome(
  url: string,
  some: readonly BadPayload[],
  took: (one: BadPayload, status: number, tookMs: number) => void,
): Promise<void> {
  let next = 0;
  const sending = Array.from({ length: atOnce }, async () => {
    for (let one = some[next++]; one; one = some[next++]) {
      const startedAt = performance.now();
      const { method, headers } = { method: 'POST', headers: one.headers };
      const response = await fetch(url, { method, headers, body: one.body });
      await response.text();
      took(one, response.status, performance.now() - startedAt);
    }
  });
  await Promise.all(sending);
}

/** How many are slow when they are sent alone: together they wait for each other and for this machine. */
async function slowAlone(url: string, some: readonly BadPayload[]): Promise<number> {
  let slow = 0;
  for (const { headers, body } of some.slice(0, 200)) {
    let quickest = Number.POSITIVE_INFINITY;
    for (let again = 0; again < 5 && quickest > slowMs; again += 1) {
      const startedAt = performance.now();
      await (await fetch(url, { method: 'POST', headers, body })).text();
      quickest = Math.min(quickest, performance.now() - startedAt);
    }
    if (quickest > slowMs) slow += 1;
  }
  return slow;
}
