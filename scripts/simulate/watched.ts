/** A store that remembers what the database does not keep: what caused each message, and when it was put off. */
import type { Clock, Store } from '../../src/ports.ts';

/** When a message was written, for when, and what was going on. */
export interface Written {
  readonly at: Date;
  readonly dueAt: Date;
  readonly because: string;
}
export interface Hold {
  readonly at: Date;
  readonly until: Date;
  readonly because: string;
}

const THE_CLOCK = 'its time came';

/** `store`, looked at. `caused` says what is going on from now on; null: nothing but time going by. */
export function watched(store: Store, clock: Clock) {
  const written = new Map<string, Written>();
  const holds = new Map<string, Hold[]>();
  let because = THE_CLOCK;
  const looked: Store = {
    ...store,
    transaction: (work) =>
      store.transaction((tx) =>
        work({
          ...tx,
          deliveries: {
            ...tx.deliveries,
            async enqueue(delivery) {
              const isNew = await tx.deliveries.enqueue(delivery);
              if (isNew) written.set(delivery.key, { at: clock.now(), dueAt: delivery.dueAt, because });
              return isNew;
            },
          },
        }),
      ),
    deliveries: {
      ...store.deliveries,
      async later(lease, putOff) {
        await store.deliveries.later(lease, putOff);
        const known = holds.get(lease.key) ?? [];
        holds.set(lease.key, [...known, { at: putOff.at, until: putOff.dueAt, because: putOff.reason }]);
      },
    },
  };
  return {
    store: looked,
    written: written as ReadonlyMap<string, Written>,
    holds: holds as ReadonlyMap<string, readonly Hold[]>,
    caused: (by: string | null): void => {
      because = by ?? THE_CLOCK;
    },
  };
}
