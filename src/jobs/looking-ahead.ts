/** When jobs next have something to do, without reading more of the database for it than has to be. */
import type { Store } from '../ports.ts';
import type { Programme } from '../usecases/work.ts';
import type { Job } from './schedule.ts';

/** Reads once for all who ask with the same look, and anew for whoever asks without one. */
export function oncePerLook<T>(read: () => Promise<T>): (look?: object) => Promise<T> {
  const found = new WeakMap<object, Promise<T>>();
  return (look = {}) => {
    const known = found.get(look) ?? read();
    found.set(look, known);
    return known;
  };
}

export type Ahead = Omit<Job, 'nextDueAt'> & { nextAfter(now: Date): Promise<Date | null> };

/**
 * A job whose next instant is looked for from the present one on. The present is its last run's: every step of the
 * console's clock runs every job, and a run that comes to nothing is enough to see what has passed. What was found holds until
 * it runs again, facts change or other days are closed: it must not hang on messages, the record or cadences.
 */
export function jobAhead(
  {
    store,
    programme,
  }: { readonly store: Pick<Store, 'changes'>; readonly programme: Pick<Programme, 'calendar'> },
  { nextAfter, ...job }: Ahead,
): Job {
  let ranAt = new Date(0);
  let found: { readonly seen: readonly unknown[]; readonly next: Date | null } | null = null;
  return {
    ...job,
    run(now) {
      ranAt = now;
      return job.run(now).finally(() => {
        found = null;
      });
    },
    async nextDueAt() {
      const seen = [ranAt, store.changes(), programme.calendar];
      if (found?.seen.every((each, place) => each === seen[place])) return found.next;
      const next = await nextAfter(ranAt);
      found = { seen, next };
      return next;
    },
  };
}
