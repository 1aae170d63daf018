/**
 * Wakes a job at the instant the database names, so that what falls due goes within milliseconds. The cron tick is the
 * safety net: whatever goes wrong here costs a minute at most.
 */
import type { Clock } from '../ports.ts';

/** Where timers come from, so that a test need not wait for them. */
export interface Timers {
  /** Milliseconds by a clock that nobody sets. */
  nowMs(): number;
  /** Calls `run` once after so long; answers how to take that back. */
  after(ms: number, run: () => void): () => void;
}

/** The machine's timers. None of them keeps the process alive. */
export const machineTimers: Timers = {
  nowMs: () => performance.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    timer.unref();
    return () => clearTimeout(timer);
  },
};

/** No timer runs longer, because the clock may be moved meanwhile. */
const LONGEST_MS = 60_000;
/** Rest after a wake in vain: what was due was in hand elsewhere, or something stands in its way. */
const REST_MS = 250;
/** A timer may go off a moment before the clock shows the instant. */
const MARGIN_MS = 1;

export interface WakeTimerOptions {
  readonly clock: Clock;
  readonly timers: Timers;
  /** The instant at which the job next has something to do; null when nothing is planned. */
  readonly nextDueAt: () => Promise<Date | null>;
  readonly wake: () => void;
}

export interface WakeTimer {
  /** The job has run and done so many things, whoever woke it: sets the timer anew. */
  ran(done: number): Promise<void>;
  /** Something else may have planned an earlier instant: sets the timer anew. */
  look(): Promise<void>;
  stop(): void;
}

/** One timer for one job. After a wake in vain it rests, twice as long each time while something overdue can't be had. */
export function createWakeTimer({ clock, timers, nextDueAt, wake }: WakeTimerOptions): WakeTimer {
  let cancel: (() => void) | null = null;
  let looks = 0;
  let isStopped = false;
  let hasWoken = false;
  let inVain = 0;
  let restUntilMs = 0;

  const fire = (due: Date): void => {
    cancel = null;
    if (clock.now() < due) {
      void look();
      return;
    }
    hasWoken = true;
    wake();
  };

  const look = async (): Promise<void> => {
    looks += 1;
    const mine = looks;
    const due = await nextDueAt().catch(() => null);
    // A later look knows better.
    if (isStopped || mine !== looks) return;
    cancel?.();
    cancel = null;
    if (due === null) return;
    const aheadMs = due.getTime() - clock.now().getTime();
    if (aheadMs > 0) inVain = 0;
    const waitMs = Math.max(aheadMs > 0 ? aheadMs + MARGIN_MS : 0, restUntilMs - timers.nowMs());
    cancel = timers.after(Math.min(waitMs, LONGEST_MS), () => fire(due));
  };

  return {
    look,
    ran(done) {
      if (done > 0) {
        inVain = 0;
        restUntilMs = 0;
      } else if (hasWoken) {
        restUntilMs = timers.nowMs() + Math.min(REST_MS * 2 ** inVain, LONGEST_MS);
        inVain += 1;
      }
      hasWoken = false;
      return look();
    },
    stop() {
      isStopped = true;
      cancel?.();
      cancel = null;
    },
  };
}
