/** What answers within limits while work goes on: nothing here has a clock of its own. */

/** A timer that can be called off. */
export type After = (ms: number, then: () => void) => () => void;

/** The promise's value, or null when it takes longer by the timer `after`. Rejects as the promise does. */
export function within<T>(after: After, ms: number, promise: Promise<T>): Promise<T | null> {
  return new Promise((resolve, reject) => {
    const callOff = after(ms, () => resolve(null));
    promise.then(resolve, reject).finally(callOff);
  });
}

/** Work that goes on after its asker was answered. */
export interface InHand {
  /** Takes note of it; what fails goes to `onFailure` alone. */
  goesOn(work: Promise<unknown>): void;
  /** Settles when none is left. */
  idle(): Promise<void>;
}

export function inHand(onFailure: (error: unknown) => void): InHand {
  const works = new Set<Promise<unknown>>();
  return {
    goesOn(work) {
      const noted = work.catch(onFailure).finally(() => works.delete(noted));
      works.add(noted);
    },
    async idle() {
      while (works.size > 0) await Promise.all(works);
    },
  };
}

/** Whether something is news: it was not said within the last `ms`. Instants are of one clock that never goes back. */
export function notTwiceWithin(ms: number): (what: string, atMs: number) => boolean {
  const said = new Map<string, number>();
  return (what, atMs) => {
    const last = said.get(what);
    if (last !== undefined && atMs - last < ms) return false;
    said.set(what, atMs);
    return true;
  };
}
