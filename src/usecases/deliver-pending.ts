/** Sends what is due: claim with a lease, ask whether it is still true, find the address, send, keep the outcome. */
import type { DeliveryKey, PlatformMessageId } from '../domain/ids.ts';
import type { Message } from '../messages/message.ts';
import type { Address, Channel, ChatAdapter, Delivery, DeliveryFailure, Log, Store } from '../ports.ts';
import { type DeliveryFacts, factsAhead } from './delivery-facts.ts';

/** A claimed row that is neither sent nor given back within this time may be claimed again. */
const LEASE_MS = 60_000;
/** Rows claimed at once. */
const BATCH = 50;
/** Failures before a delivery is given up and the digest names it. */
const MOST_FAILURES = 8;
const FIRST_WAIT_MS = 30_000;
const LONGEST_WAIT_MS = 3_600_000;
/** A platform that asks to wait is asked again no sooner than this, so not twice in one run. */
const SHORTEST_WAIT_MS = 1_000;
/** A delivery whose platform has asked to wait for so long is given up. */
const MOST_WAITING_MS = 86_400_000;
/** Rows one run takes at most, so that a run always ends. */
const MOST_IN_A_RUN = 5_000;

export interface DeliverDeps {
  readonly store: Store;
  readonly adapters: readonly ChatAdapter[];
  /** Addresses of a programme channel, one for each platform that has it. */
  readonly channelAddresses: (channel: Channel) => readonly Address[];
  readonly log: Log;
}

/** One run: what is due at `now`, which stands while the run goes on. */
interface Run extends DeliverDeps {
  readonly now: Date;
  /** `now` and the time the run has taken since: what others' clocks show, who wait for its leases to end. */
  present(): Date;
}

/** Sends all that is due at `now`; answers how many rows came to an end or were put off. */
export async function deliverPending(deps: DeliverDeps, now: Date): Promise<number> {
  const startedMs = performance.now();
  const takenMs = (): number => performance.now() - startedMs;
  const run: Run = { ...deps, now, present: () => new Date(now.getTime() + takenMs()) };
  let taken = 0;
  let handled = 0;
  while (taken < MOST_IN_A_RUN) {
    const leaseMs = LEASE_MS + takenMs();
    const batch = await deps.store.deliveries.claimDue({ now, limit: BATCH, leaseMs });
    if (batch.length === 0) return handled;
    taken += batch.length;
    const factsOf = factsAhead(deps.store, batch);
    for (const delivery of batch) if (await settle(run, delivery, factsOf)) handled += 1;
  }
  return handled;
}

type FactsOf = (delivery: Delivery) => Promise<DeliveryFacts>;

/** One delivery never takes its neighbours down: a bug in it is kept as its outcome. False: it was no longer ours. */
async function settle(run: Run, delivery: Delivery, factsOf: FactsOf): Promise<boolean> {
  try {
    return await settleOne(run, delivery, factsOf);
  } catch (error) {
    const { kind, attempts } = delivery;
    run.log.error({ error, kind, attempts }, 'delivery failed by a bug');
    await putOff(run, delivery, 'a mistake of ours');
    return true;
  }
}

async function settleOne(run: Run, delivery: Delivery, factsOf: FactsOf): Promise<boolean> {
  const { now, store } = run;
  if (delivery.expiresAt && delivery.expiresAt <= now)
    return finish(run, delivery, 'expired', 'its time had passed');
  const facts = await factsOf(delivery);
  if (!facts.holds) return finish(run, delivery, 'suppressed', 'no longer true when it was due');
  const addresses =
    facts.addresses ?? (delivery.to.kind === 'channel' ? run.channelAddresses(delivery.to.channel) : []);
  const address = addresses.find(({ platform }) => platform === facts.posted?.platform) ?? addresses[0];
  const adapter = run.adapters.find(({ platform }) => platform === address?.platform);
  if (!address || !adapter)
    return finish(run, delivery, 'unreachable', 'no address on any connected platform');
  const until = new Date(run.present().getTime() + LEASE_MS);
  const [checked] = await store.deliveries.check([delivery], until);
  if (!checked?.isOurs) return false;
  const edits = facts.posted && facts.posted.platform === address.platform ? facts.posted.messageId : null;
  const outcome = await send(adapter, address, delivery.message, delivery.key, edits);
  if (outcome.kind !== 'delivered') return failed(run, delivery, outcome);
  await store.deliveries.sent(delivery.key, address, outcome.messageId, now);
  return true;
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

async function failed(run: Run, delivery: Delivery, failure: DeliveryFailure): Promise<true> {
  run.log.warn(
    { failure: failure.kind, kind: delivery.kind, attempts: delivery.attempts },
    'delivery not taken',
  );
  switch (failure.kind) {
    case 'rate-limited':
      return wait(run, delivery, failure.retryAt);
    case 'unavailable':
    case 'unknown':
      return putOff(run, delivery, 'the platform did not answer');
    case 'gone':
      return finish(run, delivery, 'unreachable', 'the conversation is gone');
    case 'forbidden':
      return finish(run, delivery, 'blocked', `the platform refused: ${failure.need}`);
    default:
      return failure satisfies never;
  }
}

async function finish(
  run: Run,
  delivery: Delivery,
  state: 'suppressed' | 'blocked' | 'unreachable' | 'expired',
  reason: string,
): Promise<true> {
  await run.store.deliveries.finish(delivery, state, reason, run.present());
  return true;
}

/** Until the instant the platform names, as long as that is ahead and not out of sight, for a day at most in all. */
async function wait(run: Run, delivery: Delivery, retryAt: Date): Promise<true> {
  const { now, store } = run;
  const since = delivery.waitingSince ?? now;
  if (now.getTime() - since.getTime() >= MOST_WAITING_MS)
    return finish(run, delivery, 'unreachable', 'the platform asked to wait for more than a day');
  const waitMs = Math.max(SHORTEST_WAIT_MS, Math.min(LONGEST_WAIT_MS, retryAt.getTime() - now.getTime()));
  const dueAt = new Date(now.getTime() + waitMs);
  const reason = 'the platform asked to wait';
  await store.deliveries.later(delivery, { kind: 'asked-to-wait', dueAt, reason, at: now });
  return true;
}

/** Waits twice as long each time, up to an hour, then gives up. */
async function putOff(run: Run, delivery: Delivery, reason: string): Promise<true> {
  const { now, store } = run;
  const failures = delivery.failures + 1;
  if (failures >= MOST_FAILURES) return finish(run, delivery, 'unreachable', `${reason}, ${failures} times`);
  const waitMs = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (failures - 1));
  const dueAt = new Date(now.getTime() + waitMs);
  await store.deliveries.later(delivery, { kind: 'failed', dueAt, reason, at: now });
  return true;
}
