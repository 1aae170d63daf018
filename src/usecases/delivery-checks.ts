/** What the sending of claimed rows depends on, read for all of them together and never older than a second when used. */
import type { Delivery, DeliveryFacts, StillTrue, Store } from '../ports.ts';

/** What was read longer ago than this is read again before anything is sent on its strength. */
const FRESH_MS = 1_000;
/** A lease that ends sooner than this is written anew at a check. */
const HELD_MS = 30_000;

export interface Checks {
  /** The row's facts when they were read within the last second; null otherwise. */
  known(row: Delivery): DeliveryFacts | null;
  /** The row's facts, at most a second old. */
  of(row: Delivery): Promise<DeliveryFacts>;
  /** More rows that this run has claimed. */
  add(rows: readonly Delivery[]): void;
  /** Takes what was read with a row's claim, which began at `readAtMs` of `performance.now()`. */
  learn(row: Delivery, facts: DeliveryFacts, readAtMs: number): void;
  /** The row came to its end; it is not read again. */
  drop(row: Delivery): void;
  /**
   * These went out as one message, the day's or not: where their cards stand, and whether the reader had the day's message,
   * is out of date for the recipient's other rows that go by it.
   */
  wentOut(rows: readonly Delivery[], isDaily: boolean): void;
}

/** Checks for the rows of a run. `present` is what others' clocks show, who wait for its leases to end. */
export function createChecks(store: Store, present: () => Date): Checks {
  const open = new Map<string, Set<Delivery>>();
  const readings = new Map<Delivery, { readonly facts: DeliveryFacts; readonly readAtMs: number }>();
  const forgottenMs = new Map<Delivery, number>();
  let reading: Promise<void> | null = null;
  const add = (rows: readonly Delivery[]): void => {
    for (const row of rows) {
      const name = recipientName(row);
      const lane = open.get(name);
      if (lane) lane.add(row);
      else open.set(name, new Set([row]));
    }
  };
  const known = (row: Delivery): DeliveryFacts | null => {
    const found = readings.get(row);
    return found && performance.now() - found.readAtMs < FRESH_MS ? found.facts : null;
  };
  const read = async (rows: readonly Delivery[]): Promise<void> => {
    const readAtMs = performance.now();
    const until = new Date(present().getTime() + HELD_MS);
    const facts = await store.deliveries.check(rows, until);
    rows.forEach((row, place) => {
      const found = facts[place];
      // What began to be read before the row was forgotten is out of date.
      if (found && (forgottenMs.get(row) ?? -Infinity) <= readAtMs)
        readings.set(row, { facts: found, readAtMs });
    });
  };
  const readAll = async (): Promise<void> => {
    const stale = (): Delivery[] =>
      [...open.values()].flatMap((lane) => [...lane].filter((row) => known(row) === null));
    reading ??= read(stale()).finally(() => {
      reading = null;
    });
    await reading;
  };
  return {
    add,
    known,
    learn: (row, facts, readAtMs) => {
      readings.set(row, { facts, readAtMs });
    },
    drop: (row) => {
      const name = recipientName(row);
      const lane = open.get(name);
      lane?.delete(row);
      if (lane?.size === 0) open.delete(name);
      readings.delete(row);
    },
    wentOut: (rows, isDaily) => {
      const [first] = rows;
      const cards = new Set(rows.flatMap(({ card }) => (card === null ? [] : [card])));
      if (!first || (!isDaily && cards.size === 0)) return;
      for (const row of open.get(recipientName(first)) ?? []) {
        const isTouched =
          (isDaily && row.urgency === 'routine') || (row.card !== null && cards.has(row.card));
        if (!isTouched) continue;
        readings.delete(row);
        forgottenMs.set(row, performance.now());
      }
    },
    async of(row) {
      // The reading in hand may have begun before the row was added or forgotten, hence a second look.
      for (let looks = 0; looks < 2; looks += 1) {
        const fresh = known(row);
        if (fresh) return fresh;
        await readAll();
      }
      const fresh = known(row);
      if (fresh) return fresh;
      await read([row]);
      const alone = readings.get(row);
      if (!alone) throw new Error('a claimed row could not be read');
      return alone.facts;
    },
  };
}

/** One name for each recipient, within a run. */
export const recipientName = ({ to }: Delivery): string =>
  to.kind === 'channel' ? `#${to.channel}` : `${to.kind} ${to.personId}`;

/** What decides whether a message is still true. */
export type Truth = Pick<DeliveryFacts, 'engagementState' | 'meeting' | 'isAnswered' | 'paperState' | 'item'>;

/** Whether what a message says is still true. */
export function holds(condition: StillTrue | null, facts: Truth): boolean {
  if (condition === null) return true;
  switch (condition.kind) {
    case 'engagement-in':
      return facts.engagementState !== null && condition.states.includes(facts.engagementState);
    case 'meeting-in':
      return (
        facts.meeting !== null &&
        condition.states.includes(facts.meeting.state) &&
        (condition.version === null || condition.version === facts.meeting.version)
      );
    case 'meeting-time':
      return facts.meeting?.state === condition.state && facts.meeting.sequence === condition.sequence;
    case 'check-in-open':
      return (
        facts.meeting?.state === 'booked' &&
        (condition.sequence === null || facts.meeting.sequence === condition.sequence) &&
        !facts.isAnswered
      );
    case 'survey-open':
      return !facts.isAnswered;
    case 'item-open': {
      const { item } = facts;
      const isSettled = item === null || item.state === 'done' || item.state === 'not_needed';
      return !isSettled && item.reopened === condition.reopened;
    }
    case 'paper-in':
      return facts.paperState !== null && condition.states.includes(facts.paperState);
    default:
      return condition satisfies never;
  }
}
