/** The only file that knows node-cron: it wakes jobs, one run of each at a time. */
import { type ScheduledTask, schedule } from 'node-cron';
import type { Clock, Log } from '../ports.ts';
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
