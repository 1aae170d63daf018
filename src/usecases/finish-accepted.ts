import type { Message } from '../messages/message.ts';
import type { AcceptedEvent, Address, ChatAdapter, Log, Speaker, Store } from '../ports.ts';

/** An event accepted longer ago than this and not done was left by a crash. */
const LEFT_AFTER_MS = 60_000;
const MOST_AT_ONCE = 100;

export interface FinishDeps {
  readonly store: Store;
  readonly adapters: readonly ChatAdapter[];
  readonly log: Log;
  /** Works on the event as if it had just come; its answers go to `say`. */
  readonly finish: (accepted: AcceptedEvent, say: (message: Message) => Promise<void>) => Promise<void>;
  readonly timeZone: string;
}

/**
 * After a crash: works on events that were accepted and not done, and says answers that were worked out and not said.
 * `leftBefore` is the instant before which an open event can't be in anybody's hands; answers how many.
 */
export async function finishAccepted(deps: FinishDeps, now: Date, leftBefore?: Date): Promise<number> {
  const before = leftBefore ?? new Date(now.getTime() - LEFT_AFTER_MS);
  const unfinished = await deps.store.inbox.unfinished(before, MOST_AT_ONCE);
  for (const accepted of unfinished) {
    let place = 0;
    await deps.finish(accepted, (message) => {
      place += 1;
      return sayLate(deps, accepted, message, `answer-${place}`);
    });
  }
  const unsaid = await deps.store.inbox.unsaid(before, MOST_AT_ONCE);
  for (const { accepted, answers } of unsaid) {
    for (const [place, message] of answers.entries())
      await sayLate(deps, accepted, message, `answer-${place + 1}`);
    await deps.store.inbox.markSaid(accepted.key);
  }
  if (unfinished.length + unsaid.length > 0) {
    deps.log.info(
      { unfinished: unfinished.length, unsaid: unsaid.length },
      'events left by a crash are finished',
    );
  }
  return unfinished.length + unsaid.length;
}

async function sayLate(
  deps: FinishDeps,
  accepted: AcceptedEvent,
  message: Message,
  mark: string,
): Promise<void> {
  const { from } = accepted.event;
  const adapter = deps.adapters.find(({ platform }) => platform === from.platform);
  if (!adapter) return;
  await adapter.deliver(addressOf(from, deps.timeZone), message, `late:${accepted.key}:${mark}`, null);
}

const addressOf = (from: Speaker, timeZone: string): Address => ({
  platform: from.platform,
  id: from.channel === null ? from.userId : `#${from.channel}`,
  timeZone,
});
