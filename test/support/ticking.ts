/** What a runner needs, by hand: timers that go off when the test says so, and rows that say who does a tick. */
import type { Timers } from '../../src/jobs/wake-timer.ts';
import type { Clock, JobTick, Store } from '../../src/ports.ts';

export interface HeldTimers extends Timers {
  /** How long each timer that is set has to go, shortest first. */
  readonly waiting: () => number[];
  /** Lets so much time pass, going off on the way. */
  pass(ms: number): Promise<void>;
}

const turns = async (): Promise<void> => {
  for (let turn = 0; turn < 10; turn += 1) await new Promise(setImmediate);
};

/** Timers of which none goes off by itself; `onPass` moves a clock along. */
export function heldTimers(onPass: (ms: number) => void = () => undefined): HeldTimers {
  let nowMs = 0;
  const set = new Set<{ readonly atMs: number; readonly run: () => void }>();
  const first = () => [...set].sort((a, b) => a.atMs - b.atMs)[0];
  return {
    nowMs: () => nowMs,
    waiting: () => [...set].map(({ atMs }) => atMs - nowMs).sort((a, b) => a - b),
    after(ms, run) {
      const timer = { atMs: nowMs + ms, run };
      set.add(timer);
      return () => set.delete(timer);
    },
    async pass(ms) {
      await turns();
      const end = nowMs + ms;
      for (let next = first(); next && next.atMs <= end; next = first()) {
        onPass(next.atMs - nowMs);
        nowMs = next.atMs;
        set.delete(next);
        next.run();
        await turns();
      }
      onPass(end - nowMs);
      nowMs = end;
    },
  };
}

/** Rows of ticks in memory, by the rules of the store for a clock that is not set back. */
export function tickRows(clock: Clock): Pick<Store, 'jobs' | 'clock'> & { readonly ticks: JobTick[] } {
  const ticks: JobTick[] = [];
  return {
    ticks,
    clock: async () => clock.now(),
    jobs: {
      claimRun: async (job, slotAt) => {
        if (ticks.some((tick) => tick.job === job && tick.slotAt >= slotAt)) return false;
        ticks.push({ job, slotAt, endedAt: null });
        return true;
      },
      endRun: async (job, slotAt, _holder, endedAt) => {
        const place = ticks.findIndex(
          (tick) => tick.job === job && tick.slotAt.getTime() === slotAt.getTime(),
        );
        ticks[place] = { job, slotAt, endedAt };
      },
      lastTicks: async () => ticks,
    },
  };
}
