/** What goes out as one message, and its words: the day's messages, and late ones of the same person. */
import type { DeliveryKey } from '../domain/ids.ts';
import { LEASE_MS } from '../domain/waits.ts';
import { bundled, markedLate, type Part, snoozable } from '../messages/copy/bundle.ts';
import type { Message } from '../messages/message.ts';
import type { Delivery } from '../ports.ts';
import { type Ready, readied } from './delivery-ready.ts';
import { type Batch, noteUnreadable, putOff } from './delivery-run.ts';

/** Messages that go into one bundle; the rest comes with the next. */
const MOST_IN_A_BUNDLE = 30;
/** A message that comes so long after its time says that it is late. */
const LATE_MS = 15 * 60_000;

/** Nothing else may go out in the same message. */
export const goesAlone = (batch: Batch, { row, courtesy }: Ready): boolean =>
  row.to.kind !== 'person' || (courtesy.kind !== 'daily' && !(isPlain(row) && isLate(batch.now, row)));

/** What goes out together with `first`: the day's other routine messages, and whatever waits late for the same person. */
export async function partsBeside(batch: Batch, first: Ready, lane: Delivery[]): Promise<Ready[]> {
  const { row, courtesy } = first;
  if (row.to.kind !== 'person') return [];
  const isDaily = courtesy.kind === 'daily';
  // What may have been posted already is settled by itself, with all that went out in the same message and nothing else.
  const inDoubt = row.unsettledSince !== null;
  const waited = new Set(inDoubt ? [] : waitedBehind(batch, lane));
  const beside = lane.filter((each) => {
    if (inDoubt) return each.bundle !== null && each.bundle === row.bundle;
    return waited.has(each) || (each.unsettledSince === null && isDaily && isRoutine(each));
  });
  if (isDaily && !inDoubt) {
    const ahead = await batch.store.deliveries.claimForBundle({
      personId: row.to.personId,
      before: courtesy.before,
      limit: MOST_IN_A_BUNDLE,
      leaseUntil: new Date(batch.present().getTime() + LEASE_MS),
      onUnreadable: () => noteUnreadable(batch),
    });
    batch.checks.add(ahead);
    batch.hand.take(ahead.length);
    beside.push(...ahead);
  }
  const parts: Ready[] = [];
  for (const each of beside) {
    const place = lane.indexOf(each);
    if (parts.length + 1 >= MOST_IN_A_BUNDLE) {
      if (place < 0)
        await putOff(batch, each, {
          kind: 'held',
          dueAt: each.dueAt,
          reason: 'the bundle is full',
          at: batch.now,
        });
      continue;
    }
    // The redrawing of a card goes by itself.
    if (each.card !== null && (await batch.checks.of(each)).posted) continue;
    if (place >= 0) lane.splice(place, 1);
    const ready = await readied(batch, each, first.facts.reader?.lastDaily?.key ?? null);
    if (ready) parts.push(ready);
  }
  return parts;
}

/**
 * What goes along since it waited: the late ones, and with them what fell due between them, so that all comes as one.
 * Nothing goes ahead of a message that has to go by itself; a card has its own place.
 */
function waitedBehind(batch: Batch, lane: readonly Delivery[]): readonly Delivery[] {
  const canJoin = (each: Delivery): boolean => isPlain(each) && each.unsettledSince === null;
  const end = lane.findIndex((each) => each.card === null && !canJoin(each));
  const joining = lane.slice(0, end < 0 ? lane.length : end).filter(canJoin);
  return joining.slice(0, joining.findLastIndex((each) => isLate(batch.now, each)) + 1);
}

const isRoutine = ({ urgency }: Delivery): boolean => urgency === 'routine';
const lateFor = ({ firstDueAt, dueAt }: Delivery): Date => firstDueAt ?? dueAt;
const isLate = (now: Date, row: Delivery): boolean => now.getTime() - lateFor(row).getTime() >= LATE_MS;
/** Late messages of one person come as one; cards stay by themselves, since they are redrawn in place, and a file with its own words. */
const isPlain = ({ card, kind, attachment }: Delivery): boolean =>
  card === null && attachment === null && kind !== 'answer' && kind !== 'digest';

/**
 * The words of what goes out as one, at `now` and as `leader`: one message, or several as one; late ones say so. Of the same rows
 * and the same instant the same comes out again.
 */
export function composed(
  now: Date,
  leader: DeliveryKey,
  rows: readonly Delivery[],
  isDaily: boolean,
): Message {
  const inOrder = isDaily ? rows.toSorted(urgentFirst) : rows;
  const parts: Part[] = inOrder.map((row) => ({
    message: row.message,
    lateFor: saysLate(now, row) ? lateFor(row) : null,
  }));
  const [only] = parts;
  const single = only && (only.lateFor ? markedLate(only.message, only.lateFor) : only.message);
  const message = single && parts.length === 1 ? single : bundled(parts, isDaily ? 'daily' : 'catch-up');
  // The lines of a nudge are put off one by one; `snooze` puts all of them off.
  const isNudgeAlone = rows.length === 1 && rows[0]?.kind === 'nudge';
  return isDaily && !isNudgeAlone ? snoozable(message, leader) : message;
}

/** A card shows how things stand, and a digest says by itself that it is late; a reminder does not, on a card or without. */
const saysLate = (now: Date, row: Delivery): boolean =>
  (row.card === null || row.kind === 'reminder') &&
  row.kind !== 'answer' &&
  row.kind !== 'digest' &&
  isLate(now, row);

/** What ends soonest comes first, then what was due first. */
const urgentFirst = (a: Delivery, b: Delivery): number =>
  (a.expiresAt?.getTime() ?? Number.MAX_SAFE_INTEGER) - (b.expiresAt?.getTime() ?? Number.MAX_SAFE_INTEGER) ||
  a.dueAt.getTime() - b.dueAt.getTime() ||
  (a.sequence < b.sequence ? -1 : 1);
