/** Sends what is due: claim with a lease, ask whether it is still true, find the address, send, keep the outcome. */
import type { DeliveryKey, PlatformMessageId } from '../domain/ids.ts';
import type { Message } from '../messages/message.ts';
import type {
  Address,
  Channel,
  ChatAdapter,
  Delivery,
  DeliveryFailure,
  Log,
  StillTrue,
  Store,
  Tx,
} from '../ports.ts';

/** A claimed row that is neither sent nor given back within this time may be claimed again. */
const LEASE_MS = 60_000;
/** Rows claimed at once. */
const BATCH = 50;
/** Tries before a delivery is given up and the digest names it. */
const MOST_ATTEMPTS = 8;
const FIRST_WAIT_MS = 30_000;
const LONGEST_WAIT_MS = 3_600_000;
/** Rows one run sends at most, so that a run always ends. */
const MOST_IN_A_RUN = 5_000;

export interface DeliverDeps {
  readonly store: Store;
  readonly adapters: readonly ChatAdapter[];
  /** Addresses of a programme channel, one for each platform that has it. */
  readonly channelAddresses: (channel: Channel) => readonly Address[];
  readonly log: Log;
}

/** Sends all that is due at `now`; answers how many rows came to an end or were put off. */
export async function deliverPending(deps: DeliverDeps, now: Date): Promise<number> {
  let handled = 0;
  while (handled < MOST_IN_A_RUN) {
    const batch = await deps.store.deliveries.claimDue({ now, limit: BATCH, leaseMs: LEASE_MS });
    if (batch.length === 0) return handled;
    for (const delivery of batch) await settle(deps, delivery, now);
    handled += batch.length;
  }
  return handled;
}

/** One delivery never takes its neighbours down: a bug in it is kept as its outcome. */
async function settle(deps: DeliverDeps, delivery: Delivery, now: Date): Promise<void> {
  try {
    await settleOne(deps, delivery, now);
  } catch (error) {
    deps.log.error({ error, kind: delivery.kind, attempts: delivery.attempts }, 'delivery failed by a bug');
    await putOff(deps, delivery, now, 'a mistake of ours');
  }
}

async function settleOne(deps: DeliverDeps, delivery: Delivery, now: Date): Promise<void> {
  const { store } = deps;
  if (delivery.expiresAt && delivery.expiresAt <= now) {
    return store.deliveries.finish(delivery.key, 'expired', 'its time had passed');
  }
  const facts = await store.transaction(async (tx) => ({
    holds: delivery.stillTrue === null || (await isStillTrue(tx, delivery.stillTrue)),
    posted: delivery.card === null ? null : await tx.deliveries.postedCard(delivery.card),
    addresses: delivery.to.kind === 'person' ? await tx.people.addresses(delivery.to.personId) : null,
  }));
  if (!facts.holds)
    return store.deliveries.finish(delivery.key, 'suppressed', 'no longer true when it was due');
  const addresses =
    facts.addresses ?? (delivery.to.kind === 'channel' ? deps.channelAddresses(delivery.to.channel) : []);
  const address = addresses.find(({ platform }) => platform === facts.posted?.platform) ?? addresses[0];
  const adapter = deps.adapters.find(({ platform }) => platform === address?.platform);
  if (!address || !adapter)
    return store.deliveries.finish(delivery.key, 'unreachable', 'no address on any connected platform');
  const edits = facts.posted && facts.posted.platform === address.platform ? facts.posted.messageId : null;
  const outcome = await send(adapter, address, delivery.message, delivery.key, edits);
  if (outcome.kind === 'delivered')
    return store.deliveries.sent(delivery.key, address, outcome.messageId, now);
  return failed(deps, delivery, outcome, now);
}

async function send(
  adapter: ChatAdapter,
  to: Address,
  message: Message,
  key: DeliveryKey,
  edits: PlatformMessageId | null,
): Promise<{ kind: 'delivered'; messageId: PlatformMessageId } | DeliveryFailure> {
  const first = await adapter.deliver(to, message, key, edits);
  // The card was deleted on the platform: it is posted afresh.
  return first.kind === 'gone' && edits !== null ? adapter.deliver(to, message, key, null) : first;
}

async function failed(
  deps: DeliverDeps,
  delivery: Delivery,
  failure: DeliveryFailure,
  now: Date,
): Promise<void> {
  deps.log.warn(
    { failure: failure.kind, kind: delivery.kind, attempts: delivery.attempts },
    'delivery not taken',
  );
  switch (failure.kind) {
    case 'rate-limited':
      return deps.store.deliveries.later(delivery.key, failure.retryAt, 'the platform asked to wait');
    case 'unavailable':
      return putOff(deps, delivery, now, 'the platform did not answer');
    case 'gone':
      return deps.store.deliveries.finish(delivery.key, 'unreachable', 'the conversation is gone');
    case 'forbidden':
      return deps.store.deliveries.finish(delivery.key, 'blocked', `the platform refused: ${failure.need}`);
    default:
      return failure satisfies never;
  }
}

/** Waits twice as long each time, up to an hour, then gives up. */
async function putOff(deps: DeliverDeps, delivery: Delivery, now: Date, reason: string): Promise<void> {
  if (delivery.attempts >= MOST_ATTEMPTS) {
    await deps.store.deliveries.finish(delivery.key, 'unreachable', `${reason}, ${delivery.attempts} times`);
    return;
  }
  const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.max(0, delivery.attempts - 1));
  await deps.store.deliveries.later(delivery.key, new Date(now.getTime() + wait), reason);
}

async function isStillTrue(tx: Tx, condition: StillTrue): Promise<boolean> {
  switch (condition.kind) {
    case 'engagement-in': {
      const engagement = await tx.engagements.get(condition.engagementId);
      return engagement !== null && condition.states.includes(engagement.state);
    }
    case 'meeting-in': {
      const meeting = await tx.meetings.get(condition.meetingId);
      if (!meeting || !condition.states.includes(meeting.state)) return false;
      return condition.version === null || condition.version === meeting.version;
    }
    default:
      return condition satisfies never;
  }
}
