/** How much a run has in hand, and what it did with it. */

export interface Hand {
  /** So many more rows were claimed. */
  take(rows: number): void;
  /** A row came to its end or was put off; or it was lost to somebody else, and does not count. */
  drop(counts: boolean): void;
  /** False once some work has failed. */
  isWell(): boolean;
  /** Work on rows in hand; of what fails the first is told at the end. */
  does(work: Promise<void>): void;
  /**
   * Settles when no more than so many rows are in hand, or some work has failed. With none left it waits for all work, and
   * throws when some has failed.
   */
  holds(most: number): Promise<void>;
  /** How many rows came to an end or were put off, once all work has ended. Throws when some has failed. */
  put(): Promise<number>;
}

export function createHand(): Hand {
  const working = new Set<Promise<void>>();
  const failures: unknown[] = [];
  let held = 0;
  let handled = 0;
  let waiting: { readonly most: number; readonly go: () => void } | null = null;
  const look = (): void => {
    if (waiting && held <= waiting.most) waiting.go();
  };
  const whole = async (): Promise<void> => {
    await Promise.all(working);
    if (failures.length > 0) throw failures[0];
  };
  return {
    take(rows) {
      held += rows;
    },
    drop(counts) {
      held -= 1;
      if (counts) handled += 1;
      look();
    },
    isWell: () => failures.length === 0,
    does(work) {
      const mine = work
        .catch((error: unknown) => {
          failures.push(error);
          waiting?.go();
        })
        .finally(() => working.delete(mine));
      working.add(mine);
    },
    async holds(most) {
      if (held > most && failures.length === 0) {
        await new Promise<void>((go) => {
          waiting = { most, go };
        });
        waiting = null;
      }
      // With nothing in hand, what is left is the last step of each recipient's work.
      if (most === 0) await whole();
    },
    async put() {
      await whole();
      return handled;
    },
  };
}
