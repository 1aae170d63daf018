import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { ms } from './figures.ts';
import { type Pattern, patternsIn } from './regex-literals.ts';
import type { Row } from './row.ts';
import type { Tried } from './s9-child.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const goalMs = 10;
/** A pattern that is silent for so long is given up. */
const patienceMs = 20_000;

export const s9: Row = {
  id: 'S9',
  title: 'Every regular expression at 50 kB of its worst input',
  goal: '≤ 10 ms each',
  async run({ log }) {
    const patterns = await patternsIn(root, ['src', 'adapters', 'prisma']);
    const tried = await tryAll(patterns);
    const slow = tried.filter(({ worstMs }) => worstMs > goalMs).sort((a, b) => b.worstMs - a.worstMs);
    for (const { index, worstMs, input } of slow) {
      const pattern = patterns[index];
      if (pattern) {
        log(
          `${pattern.file}:${pattern.line} ${ms(worstMs)} on ${input}… /${pattern.source}/${pattern.flags}`,
        );
      }
    }
    const worst = Math.max(0, ...tried.map(({ worstMs }) => worstMs));
    return {
      figure: `${patterns.length} patterns, slowest ${Number.isFinite(worst) ? ms(worst) : 'never ends'}, ${slow.length} too slow`,
      ok: slow.length === 0 && tried.length === patterns.length && patterns.length > 0,
    };
  },
};

/** Tries them in a thread; one that does not come back is noted, and the others go on in a new thread. */
async function tryAll(patterns: readonly Pattern[]): Promise<Tried[]> {
  const tried: Tried[] = [];
  for (let from = 0; from < patterns.length; ) {
    const stuck = await tryFrom(patterns, from, tried);
    if (stuck === null) break;
    tried.push({ index: stuck, worstMs: Number.POSITIVE_INFINITY, input: '(never came back)' });
    from = stuck + 1;
  }
  return tried;
}

/** The index of the pattern it got stuck on; null when it came to the end. */
function tryFrom(patterns: readonly Pattern[], from: number, tried: Tried[]): Promise<number | null> {
  const worker = new Worker(new URL('./s9-start.mjs', import.meta.url), {
    workerData: { patterns, from },
    execArgv: [],
  });
  return new Promise((resolve, reject) => {
    let current = from;
    const end = (stuck: number | null): void => {
      clearTimeout(patience);
      void worker.terminate().then(() => resolve(stuck));
    };
    const giveUp = (): void => end(current);
    let patience = setTimeout(giveUp, patienceMs);
    worker.once('error', reject);
    worker.on('message', (told: 'done' | { index: number } | Tried) => {
      clearTimeout(patience);
      if (told === 'done') return end(null);
      current = told.index;
      if ('worstMs' in told) tried.push(told);
      patience = setTimeout(giveUp, patienceMs);
    });
  });
}
