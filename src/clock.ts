import type { Clock } from './ports.ts';

/** The machine's clock: the one place where the present instant is read. */
export const systemClock: Clock = { now: () => new Date() };

/** A clock that can be moved on: the system's time plus an offset that only grows. */
export interface MovableClock extends Clock {
  /** How far it is ahead of (or behind) the system's clock, in milliseconds. */
  offsetMs(): number;
  /** Sets it to `to`. Throws RangeError when that is no instant or in its past: time never runs backwards. */
  moveTo(to: Date): void;
}

/**
 * A clock for the console, which runs on at normal speed from wherever it is set.
 * `offsetMs` restores an earlier one.
 */
export function movableClock(offsetMs: number, system: Clock = systemClock): MovableClock {
  let offset = offsetMs;
  const now = (): Date => new Date(system.now().getTime() + offset);
  return {
    now,
    offsetMs: () => offset,
    moveTo(to) {
      if (Number.isNaN(to.getTime())) throw new RangeError('the clock moves to an instant only');
      const ahead = to.getTime() - now().getTime();
      if (ahead < 0) throw new RangeError('the clock never goes back');
      offset += ahead;
    },
  };
}
