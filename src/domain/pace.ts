/** How fast a platform takes messages, and when it takes the next one. */

/** At most so many messages in any span of so many milliseconds. */
export interface PaceWindow {
  readonly messages: number;
  readonly ms: number;
}

/** What a platform allows, for one conversation and for the whole workspace or tenant. */
export interface Pace {
  /** Messages on their way at one time. */
  readonly atOnce: number;
  readonly conversation: readonly PaceWindow[];
  readonly workspace: readonly PaceWindow[];
}

/** A platform without limits of its own. */
export const UNLIMITED: Pace = { atOnce: 16, conversation: [], workspace: [] };

/**
 * The first instant at or after `nowMs` at which one more message keeps within every window, given when the earlier ones
 * were sent (rising).
 */
export function nextAllowedMs(
  sentMs: readonly number[],
  windows: readonly PaceWindow[],
  nowMs: number,
): number {
  let allowed = nowMs;
  for (const { messages, ms } of windows) {
    const oldest = sentMs[sentMs.length - messages];
    // A message that is exactly a window old has left it.
    if (oldest !== undefined) allowed = Math.max(allowed, oldest + ms);
  }
  return allowed;
}
