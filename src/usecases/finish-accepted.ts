import type { Message } from '../messages/message.ts';
import type { AcceptedEvent, Log, Store, Tx } from '../ports.ts';
import { tellChannel, tellPerson } from './tell.ts';

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
  readonly log: Log;
  /** Works on the event as if it had just come; its answers go to `say`. */
  readonly finish: (accepted: AcceptedEvent, say: (message: Message) => Promise<void>) => Promise<void>;
  /** True for an event that this process works on now. */
  readonly isInHand: (key: string) => boolean;
}

/**
 * After a crash: works on events that were accepted and not done, and sees to it that answers which were worked out and not
 * said are delivered, as messages to others are.
 * What this process has in hand is left alone, what another may have in hand until it is old enough, and one event that
 * can't be finished does not hold up the others. `leftBefore` is the instant before which an open event was left by
 * somebody, for whoever knows to be alone; answers how many were finished.
 */
export async function finishAccepted(deps: FinishDeps, now: Date, leftBefore?: Date): Promise<number> {
  const before = (ms: number): Date => leftBefore ?? new Date(now.getTime() - ms);
  const { inbox } = deps.store;
  const attempt = async (accepted: AcceptedEvent, work: () => Promise<void>): Promise<boolean> =>
    !deps.isInHand(accepted.key) && (await tried(deps, accepted, work));
  const worked = await untilNoneIsLeft(
    () => inbox.unfinished(before(LEFT_AFTER_MS), MOST_AT_ONCE),
    (accepted) => attempt(accepted, () => finishOne(deps, accepted, now)),
  );
  const said = await untilNoneIsLeft(
    () => inbox.unsaid(before(UNSAID_AFTER_MS), MOST_AT_ONCE),
    ({ accepted, answers }) => attempt(accepted, () => sayAll(deps, accepted, answers, now)),
  );
  const finished = worked + said;
  if (finished > 0) deps.log.info({ finished }, 'events left by a crash are finished');
  return finished;
}

/** A crash in a busy hour leaves more than is read at once: read on as long as that brings something. Answers how many were done. */
async function untilNoneIsLeft<T>(
  read: () => Promise<readonly T[]>,
  finish: (one: T) => Promise<boolean>,
): Promise<number> {
  let all = 0;
  for (;;) {
    const left = await read();
    let done = 0;
    for (const one of left) if (await finish(one)) done += 1;
    all += done;
    if (done === 0 || left.length < MOST_AT_ONCE) return all;
  }
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

async function finishOne(deps: FinishDeps, accepted: AcceptedEvent, now: Date): Promise<void> {
  let place = 0;
  await deps.finish(accepted, (message) => {
    place += 1;
    return deps.store.transaction((tx) => sayLate(tx, accepted, message, place, now));
  });
}

async function sayAll(
  { store }: FinishDeps,
  accepted: AcceptedEvent,
  answers: readonly Message[],
  now: Date,
): Promise<void> {
  await store.transaction(async (tx) => {
    for (const [index, message] of answers.entries()) await sayLate(tx, accepted, message, index + 1, now);
  });
  await store.inbox.markSaid(accepted.key);
}

/** The answer as a delivery to where it was asked for, but never into a channel that is none of the programme's; its key keeps it from being written twice. `place` counts from 1. */
async function sayLate(
  tx: Tx,
  { key, event: { from } }: AcceptedEvent,
  message: Message,
  place: number,
  now: Date,
): Promise<void> {
  const telling = {
    key: `late:${key}:answer-${place}`,
    kind: 'answer',
    urgency: 'asked',
    message,
    via: from.platform,
  } as const;
  if (from.channel !== null && from.channel !== 'other') {
    await tellChannel({ tx, now }, from.channel, telling);
    return;
  }
  const person = await tx.people.byPlatformUser(from.platform, from.userId);
  if (!person) throw new Error(`nobody is known by the speaker's id on ${from.platform}`);
  await tellPerson({ tx, now }, person.id, telling);
}
