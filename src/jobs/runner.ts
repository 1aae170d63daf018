/** The only file that knows node-cron: it wakes jobs, one run of each at a time, and carries the console's clock forward. */
import { type ScheduledTask, schedule } from 'node-cron';
import type { MovableClock } from '../clock.ts';
import type { Clock, JobRun, Log, TimeControl } from '../ports.ts';
import type { Job } from './schedule.ts';

export interface Runner {
  /** Begins to tick. */
  start(): void;
  /** Runs the job now and once more if it was asked for while it ran; settles when that is done. Never rejects. */
  wake(name: string): Promise<void>;
  /** Takes no more ticks or wakes and finishes the runs in hand and those already asked for. */
  stop(): Promise<void>;
}

/** Wakes `jobs` by their cron lines in UTC. A run that fails is logged and tried again at the next tick. */
export function createRunner(jobs: readonly Job[], clock: Clock, log: Log): Runner {
  const tasks: ScheduledTask[] = [];
  const runs = new Map<string, Coalesced>();
  let stopped = false;
  for (const job of jobs) {
    runs.set(
      job.name,
      coalesce(() => runOnce(job, clock, log)),
    );
  }
  const wake = async (name: string): Promise<void> => {
    if (!stopped) await runs.get(name)?.ask();
  };
  return {
    start() {
      for (const job of jobs) {
        tasks.push(schedule(job.cron, () => wake(job.name), { name: job.name, timezone: 'Etc/UTC' }));
      }
    },
    wake,
    async stop() {
      stopped = true;
      await Promise.all(tasks.map((task) => task.destroy()));
      await Promise.all([...runs.values()].map((each) => each.idle()));
    },
  };
}

async function runOnce(job: Job, clock: Clock, log: Log): Promise<void> {
  try {
    await job.run(clock.now());
  } catch (error) {
    log.error({ error, job: job.name }, 'job failed; the next tick tries again');
  }
}

interface Coalesced {
  /** Settles when a run that starts now or later is done. */
  ask(): Promise<void>;
  /** Settles when nothing runs and nothing is asked for; begins nothing. */
  idle(): Promise<void>;
}

/** At most one run at a time; whoever asks during a run gets one that starts after it. */
function coalesce(run: () => Promise<void>): Coalesced {
  let running: Promise<void> | null = null;
  let next: Promise<void> | null = null;
  const begin = (): Promise<void> => {
    const mine = run().finally(() => {
      if (running === mine) running = null;
    });
    running = mine;
    return mine;
  };
  return {
    ask() {
      if (next) return next;
      if (!running) return begin();
      next = running.then(() => {
        next = null;
        return begin();
      });
      return next;
    },
    async idle() {
      for (let last = next ?? running; last; last = next ?? running) await last;
    },
  };
}

/** The same jobs, each with at most one run at a time, whoever calls: a tick, a wake or the clock's control. */
export function oneAtATime(jobs: readonly Job[]): readonly Job[] {
  return jobs.map((job) => {
    let last: Promise<unknown> = Promise.resolve();
    return {
      ...job,
      run(now) {
        const mine = last.then(() => job.run(now));
        last = mine.catch(() => undefined);
        return mine;
      },
    };
  });
}

/** Steps on the way of one clock move; more means that something due never gets done. */
const MOST_STEPS = 200_000;
/** Times one instant is tried when nothing came of it, because somebody else may have it in hand. */
const MOST_IDLE_TRIES = 3;
const NOTHING_IDLE = { at: Number.NaN, tries: 0 };

/** How often in a row nothing came of the instant `at`. */
const idleAfter = (before: typeof NOTHING_IDLE, at: number, done: number): typeof NOTHING_IDLE =>
  done > 0 ? NOTHING_IDLE : { at, tries: before.at === at ? before.tries + 1 : 1 };

/**
 * The console's clock control: goes from one due instant to the next, running what is due at each, until `to`.
 * Every instant on the way is one that the database named, so a month without anything due costs nothing.
 * A job that stands still at an instant is passed by until it names another one.
 * `saved` keeps the clock, so that a restart never sets it back.
 */
export function createTimeControl(
  jobs: readonly Job[],
  clock: MovableClock,
  saved: (offsetMs: number) => Promise<void>,
): TimeControl {
  let queue: Promise<unknown> = Promise.resolve();
  const moveTo = async (at: Date): Promise<void> => {
    if (at.getTime() <= clock.now().getTime()) return;
    clock.moveTo(at);
    await saved(clock.offsetMs());
  };
  const advance = async (to: Date): Promise<{ now: Date; ran: readonly JobRun[] }> => {
    if (to.getTime() < clock.now().getTime()) throw new RangeError('the clock never goes back');
    const ran: JobRun[] = [];
    const stuck: Stuck = new Map();
    let idle = NOTHING_IDLE;
    for (let steps = 0; ; steps += 1) {
      if (steps >= MOST_STEPS) throw new Error('too many things were due on the way');
      const due = await earliestDue(jobs, stuck);
      if (due === null || due.at > to.getTime()) break;
      await moveTo(new Date(due.at));
      idle = idleAfter(idle, due.at, await runAll(jobs, clock.now(), ran));
      if (idle.tries < MOST_IDLE_TRIES) continue;
      stuck.set(due.job, due.at);
      idle = NOTHING_IDLE;
    }
    await moveTo(to);
    // What stands behind an instant that was passed by has not had its turn.
    if (stuck.size > 0) await runAll(jobs, clock.now(), ran);
    return { now: clock.now(), ran };
  };
  return {
    now: () => clock.now(),
    advanceTo(to) {
      const mine = queue.then(() => advance(to));
      queue = mine.catch(() => undefined);
      return mine;
    },
  };
}

async function runAll(jobs: readonly Job[], at: Date, ran: JobRun[]): Promise<number> {
  let done = 0;
  for (const job of jobs) {
    const count = await job.run(at);
    done += count;
    if (count > 0) ran.push({ job: job.name, at });
  }
  return done;
}

/** Jobs that named an instant at which nothing comes of them. */
type Stuck = Map<string, number>;

async function earliestDue(
  jobs: readonly Job[],
  stuck: Stuck,
): Promise<{ readonly job: string; readonly at: number } | null> {
  let earliest: { job: string; at: number } | null = null;
  for (const job of jobs) {
    const at = (await job.nextDueAt())?.getTime();
    if (at === undefined || stuck.get(job.name) === at) continue;
    if (!earliest || at < earliest.at) earliest = { job: job.name, at };
  }
  return earliest;
}
