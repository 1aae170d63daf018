/** The program under load while its database fails it, and afterwards. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Programme } from './programme.ts';
import { type Answered, inTurn, say } from './talk.ts';

/** Something that is broken and mended again. */
export interface Fault {
  readonly name: string;
  break(): Promise<void>;
  mend(): Promise<void>;
}

export interface Trial {
  readonly name: string;
  /** Events that were answered with success. */
  readonly acked: readonly string[];
  /** How many were told that nothing was saved. */
  readonly refused: number;
  /** No answer, or a fault of ours, while the process lived. */
  readonly faults: readonly string[];
  /** The slowest "not saved", in milliseconds. */
  readonly slowestRefusalMs: number;
  /** From the mending to the first success; null when there was none. */
  readonly recoveredMs: number | null;
  /** True when the same process ran on through it all. */
  readonly survived: boolean;
}

const recoveryPatienceMs = 30_000;
const betweenMs = 20;
/** Somebody of the roster besides the speakers. */
const prober = 'owner9';

/** People speak without pause; the fault comes, lasts, goes. Ends at the first success after it, or when the process has ended. */
export async function endure(
  programme: Programme,
  speakers: readonly string[],
  fault: Fault,
  lastsMs: number,
): Promise<Trial> {
  const acked: string[] = [];
  const faults: string[] = [];
  let refused = 0;
  let slowestRefusalMs = 0;
  let isOver = false;
  let mendedAt: number | null = null;
  let recoveredAt: number | null = null;
  const note = (eventKey: string, { status, body, tookMs }: Answered): void => {
    if (status === 200) {
      acked.push(eventKey);
      // An answer counts as recovery when it was asked for after the mending.
      if (mendedAt !== null && performance.now() - tookMs >= mendedAt) recoveredAt ??= performance.now();
    } else if (status === 503) {
      refused += 1;
      slowestRefusalMs = Math.max(slowestRefusalMs, tookMs);
    } else if (programme.isRunning()) faults.push(`${status || 'no answer'} ${body.slice(0, 120)}`);
  };
  const name = fault.name.replaceAll(/\W+/gu, '-');
  const speaking = speakers.map(async (who, index) => {
    for (let count = 0; !isOver && programme.isRunning(); count += 1) {
      const eventKey = `${name}-${index}-${count}`;
      note(eventKey, await say(programme.url, who, inTurn(count), { eventKey }));
      await pause(betweenMs);
    }
  });
  await pause(500);
  await fault.break();
  const probes = await probe(programme, lastsMs, name, note);
  await fault.mend();
  mendedAt = performance.now();
  const until = mendedAt + recoveryPatienceMs;
  while (recoveredAt === null && programme.isRunning() && performance.now() < until) await pause(20);
  isOver = true;
  await Promise.all([...speaking, ...probes]);
  return {
    name: fault.name,
    acked,
    refused,
    faults,
    slowestRefusalMs,
    recoveredMs: recoveredAt === null ? null : recoveredAt - mendedAt,
    survived: programme.isRunning(),
  };
}

/** Somebody who was not speaking says something each second of the fault: they too must be told in time. */
async function probe(
  programme: Programme,
  lastsMs: number,
  name: string,
  note: (eventKey: string, answered: Answered) => void,
): Promise<readonly Promise<void>[]> {
  const asked: Promise<void>[] = [];
  for (let passedMs = 0; passedMs < lastsMs; passedMs += 1_000) {
    const eventKey = `${name}-probe-${passedMs}`;
    const one = say(programme.url, prober, 'help', { eventKey });
    asked.push(one.then((answered) => note(eventKey, answered)));
    await pause(Math.min(1_000, lastsMs - passedMs));
  }
  return asked;
}
