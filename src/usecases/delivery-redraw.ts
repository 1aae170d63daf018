/**
 * The sending of a row that redraws: the message that its reader got is composed anew from all its parts and takes the place of what
 * stands there. It is an edit or nothing: where there is no such message, none is posted.
 */
import type { DeliveryKey } from '../domain/ids.ts';
import { redrawCard } from '../domain/redraw.ts';
import type { Delivery, DeliveryFacts, PutOff, StandingMessage } from '../ports.ts';
import { composed } from './delivery-parts.ts';
import { judge, mayGo, type Ready } from './delivery-ready.ts';
import { type Batch, done, finish, letGo, putOff } from './delivery-run.ts';
import { sendDelivery } from './send-delivery.ts';

/** How long a redrawing waits at least for the message it redraws, of which nobody knows whether it came. */
const UNKNOWN_MS = 60_000;

/** Redraws the part `key` of what the row's reader got. Answers how the rest of the lane has to wait. */
export async function redraw(batch: Batch, row: Delivery, key: DeliveryKey): Promise<PutOff | null> {
  const facts = batch.checks.known(row) ?? (await batch.checks.of(row));
  if (!facts.isOurs) {
    letGo(batch, row);
    return null;
  }
  const standing =
    row.to.kind === 'person' ? await batch.store.deliveries.standing(key, row.to.personId) : null;
  if (!standing) return unposted(batch, row, key);
  const there = factsThere(key, facts, standing);
  if (!there) return finish(batch, row, 'suppressed', 'its reader is not reached where it stands');
  // An edit calls nobody, so that any hour will do.
  const ready = await judge(batch, row, there);
  return ready ? drawOver(batch, ready, key, standing) : null;
}

/** The row's facts with the one place where it can be drawn; null when its reader has no such address any more. */
function factsThere(key: DeliveryKey, facts: DeliveryFacts, at: StandingMessage): DeliveryFacts | null {
  const { platform, addressId, messageId } = at;
  const address = facts.addresses.find((each) => each.platform === platform && each.id === addressId);
  if (!address) return null;
  return {
    ...facts,
    addresses: [address],
    posted: { card: redrawCard(key), platform, addressId, messageId },
  };
}

/** What it redraws has not come. It waits for as long as that may have come all the same; otherwise it is over. */
async function unposted(batch: Batch, row: Delivery, key: DeliveryKey): Promise<null> {
  const part = await batch.store.deliveries.find(key);
  const mayHaveCome = part?.state === 'leased' || (part?.state === 'pending' && part.unsettledSince !== null);
  if (!part || !mayHaveCome) {
    const reason =
      part?.state === 'pending' ? 'it goes out with these words' : 'what it redraws does not stand';
    return finish(batch, row, 'suppressed', reason);
  }
  const soonest = batch.now.getTime() + UNKNOWN_MS;
  const dueAt = new Date(Math.max(part.dueAt.getTime(), soonest));
  await putOff(batch, row, { kind: 'held', dueAt, reason: 'it is not known whether it came', at: batch.now });
  return null;
}

async function drawOver(
  batch: Batch,
  { row, facts }: Ready,
  key: DeliveryKey,
  { leader, isDaily, parts }: StandingMessage,
): Promise<PutOff | null> {
  const own = parts.find((part) => part.key === key);
  const first = parts.find((part) => part.key === leader);
  const sent = await sendDelivery(batch, {
    // It keeps the name and the file of the message, by which both are found there.
    row: { ...row, key: leader, attachment: first?.attachment ?? null },
    facts,
    message: composed(own?.sentAt ?? batch.now, leader, parts, isDaily),
    sentBeforeAs: leader,
    // Drawing the same over it once more changes nothing.
    isUnsettled: false,
    confirm: () => mayGo(batch, [row]),
    note: () => null,
  });
  switch (sent.kind) {
    case 'sent':
      batch.traffic.noted(sent.to.platform, true);
      batch.measures.sent(sent.to.platform, row.urgency);
      // The message is the other's.
      await batch.store.deliveries.sent(row.key, sent.to, null, batch.now);
      batch.measures.ended('sent', row.urgency);
      done(batch, [row], false);
      return null;
    case 'later':
      await putOff(batch, row, sent.putOff);
      return sent.putOff;
    case 'over':
      return finish(batch, row, 'suppressed', sent.reason);
    case 'changed':
      return redraw(batch, row, key);
    default:
      return sent satisfies never;
  }
}
