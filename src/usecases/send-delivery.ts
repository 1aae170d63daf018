/** One message to one platform: where to, is it taken now, was it taken before, and what the platform's answer means. */
import type { PlatformMessageId } from '../domain/ids.ts';
import {
  ANSWER_WITHIN_MS,
  askedWaitMs,
  LEAST_ATTEMPTS,
  MOST_WAITING_MS,
  OUTAGE_AFTER,
  outageAfterMs,
  retryAfterMs,
} from '../domain/waits.ts';
import type { Message } from '../messages/message.ts';
import type {
  Address,
  Carrier,
  Delivered,
  Delivery,
  DeliveryAdapter,
  DeliveryFacts,
  DeliveryFailure,
  PutOff,
} from '../ports.ts';
import type { Run } from './delivery-run.ts';

/** What became of a message that was to be sent. */
export type Sent =
  | {
      readonly kind: 'sent';
      readonly to: Address;
      readonly messageId: PlatformMessageId;
      readonly mayRepeat: boolean;
    }
  | { readonly kind: 'later'; readonly putOff: PutOff }
  | { readonly kind: 'over'; readonly state: 'blocked' | 'unreachable'; readonly reason: string }
  /** Something changed while it waited for its place. */
  | { readonly kind: 'changed' };

/** A message about to be sent: the row whose key it carries, with what was read about it. */
export interface Posting {
  readonly row: Delivery;
  readonly facts: DeliveryFacts;
  readonly message: Message;
  /** The key it was sent with when nobody knows whether that came through. */
  readonly sentBeforeAs: string;
  readonly isUnsettled: boolean;
  /** Asked once there is a place for the message: whether all of it may still go out. At once when that is known. */
  confirm(): boolean | Promise<boolean>;
  /** Called right before it is posted, and after an earlier one was looked for: notes what is posted under which key. Null when there is nothing to note. */
  note(): Promise<void> | null;
}

/** Sends the message, or says when to come back or that it is over. Does not write the outcome. */
export async function sendDelivery(run: Run, posting: Posting): Promise<Sent> {
  const { row, facts } = posting;
  const addresses = row.to.kind === 'channel' ? run.channelAddresses(row.to.channel) : facts.addresses;
  const reachable = addresses.filter(
    ({ platform }) =>
      !row.tried.includes(platform) && run.adapters.some((each) => each.platform === platform),
  );
  // A card stays where it stands; an answer goes where its reader spoke.
  const on = (platform: Carrier | null | undefined) => reachable.find((each) => each.platform === platform);
  const to = on(facts.posted?.platform) ?? on(row.via) ?? reachable[0];
  const adapter = run.adapters.find(({ platform }) => platform === to?.platform);
  if (!to || !adapter) return over('unreachable', 'no address on any connected platform');
  const paused = pausedFor(run, row, to.platform);
  if (paused) return paused;
  const before = posting.isUnsettled ? await lookBack(run, adapter, to, posting) : null;
  if (before && before.kind !== 'send') return before.sent;
  const admitted = run.traffic.admit(adapter, to.id, run.present);
  const place = admitted instanceof Promise ? await admitted : admitted;
  if (place.kind === 'not-yet')
    return later(run, 'paced', place.until, 'the platform takes no more for now', isSettled(before));
  try {
    const confirmed = posting.confirm();
    if (!(confirmed instanceof Promise ? await confirmed : confirmed)) return { kind: 'changed' };
    // Another message may have heard meanwhile that the platform takes nothing.
    const pausedNow = pausedFor(run, row, to.platform, isSettled(before));
    if (pausedNow) return pausedNow;
    const noting = posting.note();
    if (noting) await noting;
    place.goes();
    const outcome = await attempt(run, adapter, to, posting, before?.begun ?? null);
    if (outcome.kind === 'delivered')
      return { kind: 'sent', to, messageId: outcome.messageId, mayRepeat: before?.mayRepeat ?? false };
    const others = reachable.some(({ platform }) => platform !== to.platform);
    return await refusedBy(run, row, to, outcome, {
      hasOthers: others,
      isSettled: isSettled(before),
    });
  } finally {
    place.left();
  }
}

/** The wait while the platform takes nothing; null when it takes messages. */
function pausedFor(run: Run, row: Delivery, platform: Carrier, isSettled = false): Sent | null {
  const until = run.pauses.get(platform);
  if (!until || until <= run.present()) return null;
  return isGivenUp(run, row) ?? waitUntil(run, until, 'the platform is away', isSettled);
}

/** Nothing of an earlier attempt is in doubt. */
const isSettled = (before: { readonly mayRepeat: boolean } | null): boolean => !before?.mayRepeat;

async function attempt(
  run: Run,
  adapter: DeliveryAdapter,
  to: Address,
  { row, facts, message }: Posting,
  begun: PlatformMessageId | null,
): Promise<Delivered | DeliveryFailure> {
  const edits =
    begun ?? (facts.posted && facts.posted.platform === to.platform ? facts.posted.messageId : null);
  const startedMs = performance.now();
  const post = (as: PlatformMessageId | null): Promise<Delivered | DeliveryFailure> =>
    inTime(adapter.deliver(to, message, row.key, as, row.attachment), { kind: 'unknown' });
  const first = await post(edits);
  // A card that was deleted on the platform is posted afresh; what only redraws is no message of its own.
  const isPostedAfresh = first.kind === 'gone' && edits !== null && row.redraws === null;
  const outcome = isPostedAfresh ? await post(null) : first;
  run.measures.took(to.platform, performance.now() - startedMs);
  if (outcome.kind !== 'delivered') run.measures.failed(to.platform, outcome.kind);
  return outcome;
}

/** An adapter that never answers must not hold its row longer than its lease, nor the run for ever. */
function inTime<T>(answer: Promise<T>, otherwise: T): Promise<T> {
  return new Promise((resolve, reject) => {
    const patience = setTimeout(() => resolve(otherwise), ANSWER_WITHIN_MS);
    answer.then(
      (found) => {
        clearTimeout(patience);
        resolve(found);
      },
      (error: unknown) => {
        clearTimeout(patience);
        reject(error);
      },
    );
  });
}

/** A message whose outcome is unknown is looked for before it is sent again; where nobody can look, it may come twice. */
async function lookBack(
  run: Run,
  adapter: DeliveryAdapter,
  to: Address,
  { row, sentBeforeAs }: Posting,
): Promise<
  /** `begun`: the message stands, but not all that belongs to it. */
  | { readonly kind: 'send'; readonly mayRepeat: boolean; readonly begun: PlatformMessageId | null }
  | { readonly kind: 'settled'; readonly sent: Sent; readonly mayRepeat: false }
> {
  const found = await inTime(adapter.findPosted(to, sentBeforeAs, row.firstDueAt ?? row.dueAt), {
    kind: 'unavailable',
  });
  switch (found.kind) {
    case 'posted':
      return {
        kind: 'settled',
        sent: { kind: 'sent', to, messageId: found.messageId, mayRepeat: false },
        mayRepeat: false,
      };
    case 'unavailable': {
      const dueAt = new Date(aboutNow(run).getTime() + retryAfterMs(row.attempts, run.random()));
      const sent = isGivenUp(run, row) ?? waitUntil(run, dueAt, 'the platform could not say whether it came');
      return { kind: 'settled', sent, mayRepeat: false };
    }
    case 'partly-posted':
      return { kind: 'send', mayRepeat: false, begun: found.messageId };
    case 'not-posted':
      return { kind: 'send', mayRepeat: false, begun: null };
    case 'cannot-tell':
      run.log.warn({ platform: to.platform, kind: row.kind }, 'sent again without knowing whether it came');
      return { kind: 'send', mayRepeat: true, begun: null };
    default:
      return found satisfies never;
  }
}

async function refusedBy(
  run: Run,
  row: Delivery,
  { platform, id }: Address,
  failure: DeliveryFailure,
  { hasOthers, isSettled }: { readonly hasOthers: boolean; readonly isSettled: boolean },
): Promise<Sent> {
  const { kind, attempts } = row;
  run.log.warn({ failure: failure.kind, platform, kind, attempts }, 'delivery not taken');
  const now = aboutNow(run);
  const silent = run.traffic.noted(platform, failure.kind !== 'unavailable');
  switch (failure.kind) {
    case 'rate-limited': {
      const until = new Date(now.getTime() + askedWaitMs(failure.retryAt, now, run.random()));
      if (failure.scope === 'workspace') await pause(run, platform, until);
      else run.traffic.asked(platform, id, until);
      return isGivenUp(run, row) ?? waitUntil(run, until, 'the platform asked to wait', isSettled);
    }
    case 'unavailable': {
      const isAway = silent >= OUTAGE_AFTER;
      const ms = isAway
        ? outageAfterMs(silent - OUTAGE_AFTER + 1, run.random())
        : retryAfterMs(attempts, run.random());
      const until = new Date(now.getTime() + ms);
      if (isAway) await pause(run, platform, until);
      return isGivenUp(run, row) ?? waitUntil(run, until, 'the platform did not answer', isSettled);
    }
    case 'unknown': {
      const dueAt = new Date(now.getTime() + retryAfterMs(attempts, run.random()));
      return isGivenUp(run, row) ?? later(run, 'unknown', dueAt, 'nobody knows whether it came');
    }
    case 'gone':
    case 'forbidden': {
      const reason =
        failure.kind === 'gone' ? 'the conversation is gone' : `the platform refused: ${failure.need}`;
      if (!hasOthers) return over(failure.kind === 'gone' ? 'unreachable' : 'blocked', reason);
      return {
        kind: 'later',
        putOff: { kind: 'moved-on', dueAt: now, reason, at: now, platform, isSettled },
      };
    }
    default:
      return failure satisfies never;
  }
}

/** The present to the second: a quick run comes to the same instants whatever the milliseconds it took. */
function aboutNow({ now, present }: Run): Date {
  const takenMs = present().getTime() - now.getTime();
  return new Date(now.getTime() + Math.floor(takenMs / 1_000) * 1_000);
}

async function pause(run: Run, platform: Carrier, until: Date): Promise<void> {
  const known = run.pauses.get(platform);
  if (known && known >= until) return;
  run.pauses.set(platform, until);
  await run.store.deliveries.pause(platform, until);
}

const over = (state: 'blocked' | 'unreachable', reason: string): Sent => ({ kind: 'over', state, reason });

function isGivenUp(run: Run, { waitingSince, attempts }: Delivery): Sent | null {
  const waitedMs = waitingSince ? run.now.getTime() - waitingSince.getTime() : 0;
  if (waitedMs < MOST_WAITING_MS || attempts < LEAST_ATTEMPTS) return null;
  return over('unreachable', 'the platform took nothing for three days');
}

const waitUntil = (run: Run, dueAt: Date, reason: string, isSettled = false): Sent =>
  later(run, 'asked-to-wait', dueAt, reason, isSettled);

const later = (run: Run, kind: PutOff['kind'], dueAt: Date, reason: string, isSettled = false): Sent => ({
  kind: 'later',
  putOff: { kind, dueAt, reason, at: run.now, isSettled },
});
