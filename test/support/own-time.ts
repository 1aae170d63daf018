/** A shared machine may stand still for seconds. What it takes from everybody is nobody's slowness, and is not counted. */

const LOOK_MS = 20;
/** Between two looks passes no longer, unless somebody worked all the while or nobody could. */
const LONGEST_GAP_MS = 100;

/**
 * Begins to measure; the answer ends it, in milliseconds. Time that passes counts; of a longer gap, in which nothing here was
 * looked at, only what this process has worked in it.
 */
export function ownTime(): () => number {
  let counted = 0;
  let lookedAt = performance.now();
  let worked = process.cpuUsage();
  const look = (): void => {
    const now = performance.now();
    const gap = now - lookedAt;
    const { user, system } = process.cpuUsage(worked);
    lookedAt = now;
    worked = process.cpuUsage();
    counted += gap <= LONGEST_GAP_MS ? gap : Math.max(LONGEST_GAP_MS, Math.min(gap, (user + system) / 1_000));
  };
  const timer = setInterval(look, LOOK_MS);
  return () => {
    clearInterval(timer);
    look();
    return counted;
  };
}
