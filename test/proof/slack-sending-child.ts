/** A process that sends what is due to Slack, over and over, until it is killed. Told how by its argument, and to begin by a line. */
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { Log } from '../../src/ports.ts';
import type { StoreAddress } from '../../src/store/client.ts';
import { openStore } from '../../src/store/index.ts';
import { deliverPending } from '../../src/usecases/deliver-pending.ts';
import { sendingOn } from './crowd.ts';
import { type HurriedTime, hurriedClock, hurryPerformance } from './hurried-time.ts';
import { slackSender } from './slack-crowd.ts';

export interface SlackSendingTask {
  readonly database: StoreAddress;
  readonly apiUrl: string;
  readonly time: HurriedTime;
  /** Messages on their way at one time. */
  readonly atOnce: number;
}

const task = JSON.parse(process.argv[2] ?? '') as SlackSendingTask;
const betweenMs = 30;
/** Must end well before a lease does, in hurried time. */
const patienceMs = 1_000;
const log: Log = {
  info: () => undefined,
  warn: () => undefined,
  error: ({ error, ...fields }, event) => console.log('error', event, fields, error),
};

const clock = hurriedClock(task.time);
const pace = { atOnce: task.atOnce, conversation: [], workspace: [] };
const adapter = slackSender({ apiUrl: task.apiUrl, clock, log, patienceMs, pace });
console.log('loaded');
await once(process.stdin.resume(), 'data');
hurryPerformance(task.time.scale);
const store = await openStore({ database: task.database });
const deps = sendingOn(store, [adapter], log, Math.random);
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
await adapter.stop();
console.log('done');
process.exit(0);
