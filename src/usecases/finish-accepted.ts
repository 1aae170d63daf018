import type { Message } from '../messages/message.ts';
import type { AcceptedEvent, Address, ChatAdapter, Log, Speaker, Store } from '../ports.ts';

/** An event accepted longer ago than this and not done was left by a crash, or its effect happens once all the same. */
const LEFT_AFTER_MS = 60_000;
/**
 * Answers worked out longer ago than this are not being said any more: a process has 30 s each for its transaction, for
 * the platform to take them, and for the mark that they were said; the rest is for clocks that differ.
 */
const UNSAID_AFTER_MS = 120_000;
const MOST_AT_ONCE = 100;

export interface FinishDeps {
  readonly store: Store;
  readonly adapters: readonly ChatAdapter[];
  readonly log: Log;
  /** Works on the event as if it had just come; its answers go to `say`. */
  readonly finish: (accepted: AcceptedEvent, say: (message: Message) => Promise<void>) => Promise<void>;
  readonly timeZone: string;
  /** True for an event that this process works on now. */
  readonly isInHand: (key: string) => boolean;
}

/**
 * After a crash: works on events that were accepted and not done, and says answers that were worked out and not said.
 * What this process has in hand is left alone, what another may have in hand until it is old enough, and one event that
 * can't be finished does not hold up the others. `leftBefore` is the instant before which an open event was left by
 * somebody, for whoever knows to be alone; answers how many were finished.
 */
export async function finishAccepted(deps: FinishDeps, now: Date, leftBefore?: Date): Promise<number> {
  const before = (ms: number): Date => leftBefore ?? new Date(now.getTime() - ms);
  const isLeft = (accepted: AcceptedEvent): boolean => !deps.isInHand(accepted.key);
  let finished = 0;
  for (const accepted of await deps.store.inbox.unfinished(before(LEFT_AFTER_MS), MOST_AT_ONCE)) {
    if (isLeft(accepted) && (await tried(deps, accepted, () => finishOne(deps, accepted)))) finished += 1;
  }
  for (const { accepted, answers } of await deps.store.inbox.unsaid(before(UNSAID_AFTER_MS), MOST_AT_ONCE)) {
    if (isLeft(accepted) && (await tried(deps, accepted, () => sayAll(deps, accepted, answers))))
      finished += 1;
  }
  if (finished > 0) deps.log.info({ finished }, 'events left by a crash are finished');
  return finished;
}

async function tried(
  deps: FinishDeps,
  { event }: AcceptedEvent,
  work: () => Promise<void>,
): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    deps.log.error(
      { error, kind: event.kind, platform: event.from.platform },
      'an event left by a crash could not be finished; it is tried again',
    );
    return false;
  }
}

async function finishOne(deps: FinishDeps, accepted: AcceptedEvent): Promise<void> {
  let place = 0;
  await deps.finish(accepted, (message) => {
    place += 1;
    return sayLate(deps, accepted, message, place);
  });
}

async function sayAll(deps: FinishDeps, accepted: AcceptedEvent, answers: readonly Message[]): Promise<void> {
  for (const [index, message] of answers.entries()) await sayLate(deps, accepted, message, index + 1);
  await deps.store.inbox.markSaid(accepted.key);
}

/** Throws when the platform does not take it, so that the answer stays to be said. `place` counts from 1. */
async function sayLate(
  deps: FinishDeps,
  accepted: AcceptedEvent,
  message: Message,
  place: number,
): Promise<void> {
  const { from } = accepted.event;
  const adapter = deps.adapters.find(({ platform }) => platform === from.platform);
  if (!adapter) throw new Error(`no connection to ${from.platform}`);
  const key = `late:${accepted.key}:answer-${place}`;
  const outcome = await adapter.deliver(addressOf(from, deps.timeZone), message, key, null);
  // Somebody whose conversation is gone can't be answered any more; that is an end, not a failure to try again.
  if (outcome.kind === 'unavailable' || outcome.kind === 'rate-limited')
    throw new Error(`the answer was ${outcome.kind}`);
}

const addressOf = (from: Speaker, timeZone: string): Address => ({
  platform: from.platform,
  id: from.channel === null ? from.userId : `#${from.channel}`,
  timeZone,
});
