/**
 * The only file that knows node-cron: it wakes jobs, one run of each at a time. Where several processes share a database,
 * each tick of a job that one does for all is a row that exactly one of them claims; there is no leader.
 */
import { type ScheduledTask, schedule } from 'node-cron';
import type { Clock, Log, Store } from '../ports.ts';
import { type Coalesced, coalesce } from './one-at-a-time.ts';
import type { Job } from './schedule.ts';
import { createWakeTimer, machineTimers, type Timers, type WakeTimer } from './wake-timer.ts';

const MINUTE_MS = 60_000;
/** A run that was neither ended nor seen to its end within this time is taken over: its process may be gone. */
const RUN_LEASE_MS = 2 * MINUTE_MS;
/** Cron ticks every minute; after so long without any, the system's clock was set back and cron waits for the old time. */
const SILENCE_MS = 150_000;

/** What became of a tick: done here, failed here, or done by another process. */
export type TickOutcome = 'done' | 'failed' | 'elsewhere';

export interface RunnerOptions {
  readonly clock: Clock;
  readonly log: Log;
  /** Who does a tick is settled by the database, and by its clock. */
  readonly store: Pick<Store, 'jobs' | 'clock'>;
  /** A name no other process has. */
  readonly holder: string;
  readonly timers?: Timers;
  /** Told of each tick, for the operator. */
  readonly ticked?: (job: string, outcome: TickOutcome) => void;
}

export interface Runner {
  /** Runs every job once, in the order of the table, whatever others do. Never rejects. */
  catchUp(): Promise<void>;
  /** Begins to tick, and to wake what every process does at the instant it is due. */
  start(): void;
  /** Runs the job now and once more if it was asked for while it ran; settles when that is done. Never rejects. */
  wake(name: string): Promise<void>;
  /** Takes no more ticks or wakes and finishes the runs in hand and those already asked for. */
  stop(): Promise<void>;
}

/** A job with its runs and, where every process does it, its timer. */
interface Running {
  readonly job: Job;
  /** How many things the run did; null when it failed. */
  readonly runs: Coalesced<number | null>;
  readonly timer: WakeTimer | null;
}

/** Wakes `jobs` by their cron lines in UTC. A run that fails is logged and tried again at the next tick. */
export function createRunner(jobs: readonly Job[], options: RunnerOptions): Runner {
  const { ticked = () => undefined, log } = options;
  let isStarted = false;
  let isStopped = false;
  const ticksInHand = new Set<Promise<void>>();
  const wake = async (name: string): Promise<void> => {
    if (!isStopped) await table.get(name)?.runs.ask();
  };
  const table = tableOf(jobs, options, wake, () => isStarted);
  const tick = async (running: Running): Promise<void> => {
    const { name } = running.job;
    try {
      ticked(name, await tickOf(running, options));
    } catch (error) {
      ticked(name, 'failed');
      log.error({ error, job: name }, 'a tick failed; the next one tries again');
    }
  };
  const cron = cronTicks(jobs, options, async (name) => {
    const running = table.get(name);
    if (isStopped || !running) return;
    const mine = tick(running);
    ticksInHand.add(mine);
    await mine.finally(() => ticksInHand.delete(mine));
  });
  return {
    async catchUp() {
      for (const { job, runs } of table.values()) if ((await runs.ask()) !== null) await note(job, options);
    },
    start() {
      isStarted = true;
      cron.begin();
      for (const { timer } of table.values()) void timer?.look();
    },
    wake,
    async stop() {
      isStopped = true;
      for (const { timer } of table.values()) timer?.stop();
      await cron.end();
      await Promise.all(ticksInHand);
      await Promise.all([...table.values()].map(({ runs }) => runs.idle()));
    },
  };
}

/** The jobs with their runs and timers. Timers are set once the runner has started. */
function tableOf(
  jobs: readonly Job[],
  options: RunnerOptions,
  wake: (name: string) => Promise<void>,
  isStarted: () => boolean,
): ReadonlyMap<string, Running> {
  const { clock, timers = machineTimers } = options;
  const table = new Map<string, Running>();
  for (const job of jobs) {
    const nextDueAt = (): Promise<Date | null> => job.nextDueAt();
    const timer =
      job.sharing === 'every-process'
        ? createWakeTimer({ clock, timers, nextDueAt, wake: () => void wake(job.name) })
        : null;
    const run = async (): Promise<number | null> => {
      const done = await runOnce(job, options);
      if (!isStarted()) return done;
      void timer?.ran(done ?? 0);
      // What one job wrote, another may have to send at once.
      if (done) for (const other of table.values()) if (other.job !== job) void other.timer?.look();
      return done;
    };
    table.set(job.name, { job, timer, runs: coalesce(run) });
  }
  return table;
}

/** The ticks of all jobs. Cron waits for an instant of the system's clock: when that was set back, it is begun anew. */
function cronTicks(
  jobs: readonly Job[],
  { log, timers = machineTimers }: RunnerOptions,
  onTick: (name: string) => Promise<void>,
): { begin(): void; end(): Promise<void> } {
  let tasks: readonly ScheduledTask[] = [];
  let cancelWatch = (): void => undefined;
  const endTasks = async (): Promise<void> => {
    const ended = tasks;
    tasks = [];
    await Promise.all(ended.map((task) => task.destroy()));
  };
  const watchForSilence = (): void => {
    cancelWatch();
    cancelWatch = timers.after(SILENCE_MS, () => {
      log.warn({}, 'no tick for a while: the clock was set back, or the machine slept; ticking begins anew');
      void endTasks();
      begin();
    });
  };
  const begin = (): void => {
    const settings = {
      timezone: 'Etc/UTC',
      missedExecutionTolerance: MINUTE_MS,
      suppressMissedWarning: true,
    };
    tasks = jobs.map(({ name, cron }) =>
      schedule(
        cron,
        () => {
          watchForSilence();
          return onTick(name);
        },
        { name, ...settings },
      ),
    );
    watchForSilence();
  };
  return {
    begin,
    async end() {
      await endTasks();
      cancelWatch();
    },
  };
}

async function runOnce(job: Job, { clock, log }: RunnerOptions): Promise<number | null> {
  try {
    return await job.run(clock.now());
  } catch (error) {
    log.error({ error, job: job.name }, 'job failed; the next tick tries again');
    return null;
  }
}

/** One tick: run by every process, or by the one that claims its minute. */
async function tickOf({ job, runs }: Running, options: RunnerOptions): Promise<TickOutcome> {
  if (job.sharing === 'every-process') {
    if ((await runs.ask()) === null) return 'failed';
    await note(job, options);
    return 'done';
  }
  const { store, holder } = options;
  const slotAt = await slotNow(options);
  if (!(await store.jobs.claimRun(job.name, slotAt, holder, RUN_LEASE_MS))) return 'elsewhere';
  const done = await runs.ask();
  await store.jobs.endRun(job.name, slotAt, holder, await store.clock());
  return done === null ? 'failed' : 'done';
}

/** Keeps for the operator when the job last ran in any process. That it can't be kept is no failure of the run. */
async function note(job: Job, options: RunnerOptions): Promise<void> {
  const { store, holder, log } = options;
  try {
    const slotAt = await slotNow(options);
    if (await store.jobs.claimRun(job.name, slotAt, holder, RUN_LEASE_MS))
      await store.jobs.endRun(job.name, slotAt, holder, await store.clock());
  } catch (error) {
    log.warn(
      { job: job.name, error: error instanceof Error ? error.name : 'unknown' },
      'a tick was not noted',
    );
  }
}

/** The minute of the database's clock, which all processes share. */
async function slotNow({ store }: RunnerOptions): Promise<Date> {
  const now = (await store.clock()).getTime();
  return new Date(now - (now % MINUTE_MS));
}
