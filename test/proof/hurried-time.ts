/**
 * A time in which everything goes `scale` times as fast as on the machine's clock, the same in all processes that are given
 * the same two instants. What a process measures by `performance.now` goes as fast as its clock, so that leases, checks and
 * waits keep their proportions; only the timers of Node and the limits of the database stay as they are.
 */
import type { Clock } from '../../src/ports.ts';

export interface HurriedTime {
  /** The instant at which it begins, and the machine's milliseconds at that moment. */
  readonly baseMs: number;
  readonly begunAtMs: number;
  readonly scale: number;
}

export const hurriedClock = ({ baseMs, begunAtMs, scale }: HurriedTime): Clock => ({
  now: () => new Date(baseMs + scale * (Date.now() - begunAtMs)),
});

/** For the whole process, until it ends. */
export function hurryPerformance(scale: number): void {
  const real = performance.now.bind(performance);
  Object.defineProperty(performance, 'now', { value: () => real() * scale });
}
