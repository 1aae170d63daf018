/**
 * Gathers calls that come while the database is busy with earlier ones and gives them on together: one statement for many
 * rows under load, no waiting without.
 */
export function inBatches<In, Out>(
  run: (items: readonly In[]) => Promise<readonly Out[]>,
  options: {
    readonly size: number;
    readonly parallel: number;
    /** True for an error that one row can cause: then each is tried alone, so that it does not take its neighbours with it. */
    readonly blamesRow: (error: unknown) => boolean;
  },
): (item: In) => Promise<Out> {
  interface Waiting {
    readonly item: In;
    readonly resolve: (out: Out) => void;
    readonly reject: (error: unknown) => void;
  }
  const waiting: Waiting[] = [];
  let running = 0;

  async function runAll(batch: readonly Waiting[]): Promise<void> {
    try {
      const outs = await run(batch.map(({ item }) => item));
      batch.forEach(({ resolve, reject }, index) => {
        const out = outs[index];
        if (out === undefined) reject(new Error('A batch answered too few rows.'));
        else resolve(out);
      });
    } catch (error) {
      if (batch.length > 1 && options.blamesRow(error)) for (const single of batch) await runAll([single]);
      else for (const { reject } of batch) reject(error);
    }
  }

  function start(): void {
    while (running < options.parallel && waiting.length > 0) {
      running += 1;
      void runAll(waiting.splice(0, options.size)).finally(() => {
        running -= 1;
        start();
      });
    }
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      // Callers of the same turn of the event loop share the first batch.
      if (waiting.length === 1) setImmediate(start);
    });
}
