/** What a delivery's sending depends on, read shortly before it is sent and for several at once. */
import type { Address, Delivery, PostedCard, StillTrue, Store, Tx } from '../ports.ts';

/** What was read longer ago than this is read again before anything is sent on its strength. */
const FRESH_MS = 1_000;
/** Rows read in one transaction: few enough that it never keeps others from the database for long. */
const READ_AT_ONCE = 10;

export interface DeliveryFacts {
  /** Whether what it says is still true. */
  readonly holds: boolean;
  /** The message to redraw, for a card that stands somewhere. */
  readonly posted: PostedCard | null;
  /** A person's addresses, preferred first; null for a channel. */
  readonly addresses: readonly Address[] | null;
}

/** The facts of the rows of `batch`, asked for in its order: reads ahead, so that a fast batch takes few transactions. */
export function factsAhead(
  store: Store,
  batch: readonly Delivery[],
): (delivery: Delivery) => Promise<DeliveryFacts> {
  const known = new Map<Delivery, DeliveryFacts>();
  let readAtMs = Number.NEGATIVE_INFINITY;
  const readTogether = async (rows: readonly Delivery[]): Promise<void> => {
    const startedMs = performance.now();
    const facts = await store.transaction(async (tx) => {
      const found: [Delivery, DeliveryFacts][] = [];
      for (const row of rows) found.push([row, await factsOf(tx, row)]);
      return found;
    });
    known.clear();
    for (const [row, each] of facts) known.set(row, each);
    readAtMs = startedMs;
  };
  return async (delivery) => {
    if (needsNothing(delivery)) return NOTHING;
    const before = performance.now() - readAtMs < FRESH_MS ? known.get(delivery) : undefined;
    if (before) return before;
    const ahead = batch.slice(batch.indexOf(delivery)).filter((row) => !needsNothing(row));
    // A row that can't be read fails alone: its neighbours are then read without it.
    await readTogether(ahead.slice(0, READ_AT_ONCE)).catch(() => readTogether([delivery]));
    return known.get(delivery) ?? store.transaction((tx) => factsOf(tx, delivery));
  };
}

const NOTHING: DeliveryFacts = { holds: true, posted: null, addresses: null };
const needsNothing = ({ stillTrue, card, to }: Delivery): boolean =>
  stillTrue === null && card === null && to.kind === 'channel';

async function factsOf(tx: Tx, { stillTrue, card, to }: Delivery): Promise<DeliveryFacts> {
  return {
    holds: stillTrue === null || (await isStillTrue(tx, stillTrue)),
    posted: card === null ? null : await tx.deliveries.postedCard(card),
    addresses: to.kind === 'person' ? await tx.people.addresses(to.personId) : null,
  };
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
    case 'check-in-open': {
      const checkIn = await tx.checkIns.get(condition.meetingId, condition.personId);
      const meeting = await tx.meetings.get(condition.meetingId);
      return meeting?.state === 'booked' && (checkIn?.answeredAt ?? null) === null;
    }
    case 'survey-open':
      return ((await tx.surveys.forChange(condition.surveyId))?.answeredAt ?? null) === null;
    default:
      return condition satisfies never;
  }
}
