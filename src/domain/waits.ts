/** How long the bot waits before it tries a delivery again, and when it stops trying: every ceiling has its name here. */

/** A claimed row that is neither sent nor given back within this time may be claimed again. */
export const LEASE_MS = 60_000;
/** A platform that has not answered by then counts as one that did not say; well within the time for which a row is held. */
export const ANSWER_WITHIN_MS = 20_000;
/** Failures of its own before a delivery is given up and the digest names it. */
export const MOST_FAILURES = 8;
/** A delivery whose platform was away, or asked to wait, for so long is given up. */
export const MOST_WAITING_MS = 3 * 86_400_000;
/** Not before so many attempts: days in which the bot itself did not run, or its clock jumped over, count for nothing. */
export const LEAST_ATTEMPTS = 8;
/** A platform that asks to wait is asked again no sooner than this, so not twice in one run. */
const SHORTEST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 3_600_000;
const FIRST_RETRY_MS = 30_000;
/** While a platform is away it is asked again at least so often. */
const LONGEST_OUTAGE_WAIT_MS = 300_000;
/** Failures in a row that make a platform count as away. */
export const OUTAGE_AFTER = 3;

/** Jitter: tries that failed together don't come again together. `random` is from 0 to 1; half gives the plain wait. */
const jittered = (ms: number, random: number): number => Math.round(ms * (0.8 + 0.4 * random));

/** After the `failures`th failure of a delivery: half a minute, doubled each time, an hour at most. */
export const retryAfterMs = (failures: number, random: number): number =>
  Math.min(LONGEST_WAIT_MS, jittered(FIRST_RETRY_MS * 2 ** Math.max(0, failures - 1), random));

/** After the `times`th time in a row that a platform was away. */
export const outageAfterMs = (times: number, random: number): number =>
  Math.min(LONGEST_OUTAGE_WAIT_MS, jittered(FIRST_RETRY_MS * 2 ** Math.max(0, times - 1), random));

/** Until the instant the platform names, never earlier, as long as that is ahead and not out of sight; up to a second later. */
export const askedWaitMs = (retryAt: Date, now: Date, random: number): number =>
  Math.max(SHORTEST_WAIT_MS, Math.min(LONGEST_WAIT_MS, retryAt.getTime() - now.getTime())) +
  Math.round(1_000 * Math.max(0, random - 0.5));

/**
 * The instant that a `Retry-After` header names: seconds, parts of them too, or an HTTP date (RFC 9110, 10.2.3). Null for none,
 * or for words that name nothing.
 */
export function retryAtOf(retryAfter: string | null | undefined, now: Date): Date | null {
  const named = retryAfter?.trim() ?? '';
  if (/^\d{1,12}(?:\.\d{1,6})?$/u.test(named)) return new Date(now.getTime() + Number(named) * 1_000);
  const date = /^[a-z]{3,9},? /iu.test(named) ? Date.parse(named) : Number.NaN;
  return Number.isNaN(date) ? null : new Date(date);
}
