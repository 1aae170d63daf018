/** One run of sending, and what becomes of the rows it has in hand. */
import type { Courtesy, CourtesyRules } from '../domain/courtesy.ts';
import { MOST_FAILURES, retryAfterMs } from '../domain/waits.ts';
import type {
  Address,
  Carrier,
  Channel,
  Delivery,
  DeliveryAdapter,
  Log,
  Measures,
  PutOff,
  Store,
} from '../ports.ts';
import type { Checks } from './delivery-checks.ts';
import type { Hand } from './delivery-hand.ts';
import type { Traffic } from './traffic.ts';

export interface DeliverDeps {
  readonly store: Store;
  readonly adapters: readonly DeliveryAdapter[];
  /** Addresses of a programme channel, one for each platform that has it. */
  readonly channelAddresses: (channel: Channel) => readonly Address[];
  readonly log: Log;
  readonly measures: Measures;
  /** Holidays, closures and quiet hours as they are set now. */
  readonly courtesy: CourtesyRules;
  readonly traffic: Traffic;
  /** From 0 to 1, for jitter. */
  readonly random: () => number;
  /** Milliseconds that only rise: how long a run has taken. */
  readonly stopwatch: () => number;
}

/** One run: what is due at `now`, which stands while the run goes on. */
export interface Run extends DeliverDeps {
  readonly now: Date;
  /** `now` and the time the run has taken since: what others' clocks show, who wait for its leases to end. */
  readonly present: () => Date;
  readonly pauses: Map<Carrier, Date>;
}

export interface Batch extends Run {
  readonly checks: Checks;
  readonly hand: Hand;
  /** What was found for readers who keep the same hours, about messages without an end or a topic. */
  readonly openings: Map<string, Courtesy>;
}

/** The store has ended such a row; the digest names it. */
export function noteUnreadable({ log }: DeliverDeps): void {
  log.error({}, 'a delivery could not be read and was given up');
}

/** Somebody else has it, or it was taken back. */
export function letGo({ checks, hand }: Batch, row: Delivery): void {
  checks.drop(row);
  hand.drop(false);
}

function ended({ checks, hand }: Batch, row: Delivery): void {
  checks.drop(row);
  hand.drop(true);
}

export function done(batch: Batch, rows: readonly Delivery[], isDaily: boolean): void {
  for (const row of rows) ended(batch, row);
  batch.checks.wentOut(rows, isDaily);
}

export async function finish(
  batch: Batch,
  row: Delivery,
  state: 'suppressed' | 'blocked' | 'unreachable' | 'expired',
  reason: string,
): Promise<null> {
  await batch.store.deliveries.finish(row, state, reason, batch.present());
  batch.measures.ended(state, row.urgency);
  ended(batch, row);
  return null;
}

export async function putOff(batch: Batch, row: Delivery, put: PutOff): Promise<void> {
  await batch.store.deliveries.later(row, put);
  ended(batch, row);
}

export async function failedByBug(batch: Batch, row: Delivery): Promise<PutOff | null> {
  const failures = row.failures + 1;
  if (failures >= MOST_FAILURES) {
    await finish(batch, row, 'unreachable', `a mistake of ours, ${failures} times`);
    return null;
  }
  const dueAt = new Date(batch.now.getTime() + retryAfterMs(failures, batch.random()));
  const put: PutOff = { kind: 'failed', dueAt, reason: 'a mistake of ours', at: batch.now };
  await putOff(batch, row, put);
  return put;
}
