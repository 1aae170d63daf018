/** Sends what is due, over and over, until it is killed or nothing is left. Begins by a line on its input. */
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { Pace } from '../../src/domain/pace.ts';
import type { DeliveryAdapter, InstallationStore, Log } from '../../src/ports.ts';
import type { StoreAddress } from '../../src/store/client.ts';
import { openStore } from '../../src/store/index.ts';
import { deliverPending } from '../../src/usecases/deliver-pending.ts';
import { sendingOn } from './crowd.ts';
import { type HurriedTime, hurriedClock, hurryPerformance } from './hurried-time.ts';

export interface LoopTask {
  readonly database: StoreAddress;
  readonly time: HurriedTime;
  /** Messages on their way at one time, to each platform. */
  readonly atOnce: number;
}

/** What an adapter of such a process is made with. */
export interface LoopParts {
  readonly clock: ReturnType<typeof hurriedClock>;
  readonly log: Log;
  /** Must end well before a lease does, in hurried time. */
  readonly patienceMs: number;
  readonly pace: Pace;
  readonly installations: InstallationStore;
}

/** As often as this nothing is found while a lease of somebody killed runs out: a second in hurried time. */
const betweenMs = 100;
const log: Log = {
  info: () => undefined,
  warn: () => undefined,
  error: ({ error, ...fields }, event) => console.log('error', event, fields, error),
};

/** Does so by the task in the process's argument, and ends the process. */
export async function sendUntilDone<Task extends LoopTask>(
  adaptersFor: (task: Task, parts: LoopParts) => readonly DeliveryAdapter[],
): Promise<never> {
  const task = JSON.parse(process.argv[2] ?? '') as Task;
  const clock = hurriedClock(task.time);
  const pace = { atOnce: task.atOnce, conversation: [], workspace: [] };
  console.log('loaded');
  await once(process.stdin.resume(), 'data');
  hurryPerformance(task.time.scale);
  const store = await openStore({ database: task.database });
  const { installations } = store;
  const adapters = adaptersFor(task, { clock, log, patienceMs: 1_000, pace, installations });
  const deps = sendingOn(store, adapters, log, Math.random);
  console.log('sending');
  for (;;) {
    try {
      await deliverPending(deps, clock.now());
      if ((await store.deliveries.nextDueAt()) === null) break;
    } catch (error) {
      console.log('error', 'a run failed', error);
    }
    await pause(betweenMs);
  }
  await store.close();
  for (const adapter of adapters) await adapter.stop();
  console.log('done');
  process.exit(0);
}
