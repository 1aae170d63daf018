/** Whether a claimed row may go out now: it is ours, still true, and this is the hour for it. */
import { type Courtesy, courtesyOf } from '../domain/courtesy.ts';
import type { DeliveryKey } from '../domain/ids.ts';
import type { Delivery, DeliveryFacts, PutOff } from '../ports.ts';
import { holds } from './delivery-checks.ts';
import { type Batch, finish, letGo, putOff } from './delivery-run.ts';

export type Daily = Extract<Courtesy, { kind: 'daily' }>;

/** A row that may go out now, with what was read about it. */
export interface Ready {
  readonly row: Delivery;
  readonly facts: DeliveryFacts;
  readonly courtesy: Courtesy;
}

/** The row, when it is ours, still true and in its hour, or `joins` the day's message; otherwise it is ended or held, and null. */
export async function readied(
  batch: Batch,
  row: Delivery,
  joins: DeliveryKey | null = null,
): Promise<Ready | null> {
  return judge(batch, row, batch.checks.known(row) ?? (await batch.checks.of(row)), joins);
}

/** As `readied`, on the strength of `facts`: at once for a row that may go, since there may be thousands a second. */
export function judge(
  batch: Batch,
  row: Delivery,
  facts: DeliveryFacts,
  joins: DeliveryKey | null = null,
): Ready | null | Promise<null> {
  if (!facts.isOurs) {
    letGo(batch, row);
    return null;
  }
  if (row.expiresAt && row.expiresAt <= batch.now)
    return finish(batch, row, 'expired', 'its time had passed');
  if (!holds(row.stillTrue, facts)) return finish(batch, row, 'suppressed', 'no longer true when it was due');
  const courtesy = courtesyFor(batch, row, facts, joins);
  if (courtesy.kind === 'drop') return finish(batch, row, 'suppressed', courtesy.because);
  if (courtesy.kind === 'hold') {
    const { until, because } = courtesy;
    const held: PutOff = { kind: 'held', dueAt: until, reason: because, at: batch.now };
    return putOff(batch, row, held).then(() => null);
  }
  return { row, facts, courtesy };
}

function courtesyFor(
  { courtesy, openings, now }: Batch,
  row: Delivery,
  { reader, posted }: DeliveryFacts,
  joins: DeliveryKey | null,
): Courtesy {
  if (row.to.kind !== 'person' || !reader) return { kind: 'now' };
  const { key, urgency, topic, expiresAt } = row;
  const writing = { key, urgency, topic, expiresAt, bundle: row.bundle ?? joins, isEdit: posted !== null };
  const { settings, leaves, timeZone } = reader;
  if (urgency === 'routine' || topic !== null || expiresAt !== null || leaves.length > 0 || posted !== null)
    return courtesyOf(writing, reader, courtesy, now);
  // Many people keep the same hours, and for one run it is the same instant for all of them.
  const { quietHours: quiet, inaugurationDay } = settings;
  const hours = `${urgency} ${timeZone} ${quiet ? `${quiet.from}-${quiet.to}` : ''} ${inaugurationDay}`;
  const known = openings.get(hours);
  if (known) return known;
  const found = courtesyOf(writing, reader, courtesy, now);
  openings.set(hours, found);
  return found;
}

/** Whether all of these are still ours and true; at once when that was read within the last second. */
export function mayGo(batch: Batch, rows: readonly Delivery[]): boolean | Promise<boolean> {
  for (const [place, row] of rows.entries()) {
    const facts = batch.checks.known(row);
    if (!facts)
      return batch.checks.of(row).then((read) => isStill(row, read) && mayGo(batch, rows.slice(place + 1)));
    if (!isStill(row, facts)) return false;
  }
  return true;
}

const isStill = (row: Delivery, facts: DeliveryFacts): boolean => facts.isOurs && holds(row.stillTrue, facts);
