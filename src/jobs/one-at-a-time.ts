/** Keeps the runs of one job apart. */
import type { Job } from './schedule.ts';

export interface Coalesced<T> {
  /** What the run gives that starts now or later. */
  ask(): Promise<T>;
  /** Settles when nothing runs and nothing is asked for; begins nothing. */
  idle(): Promise<void>;
}

/** At most one run at a time; whoever asks during a run gets one that starts after it. */
export function coalesce<T>(run: () => Promise<T>): Coalesced<T> {
  let running: Promise<T> | null = null;
  let next: Promise<T> | null = null;
  const begin = (): Promise<T> => {
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
