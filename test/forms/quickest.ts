/**
 * Milliseconds that `work` takes, the best of five runs. What doubles with each character takes seconds; a machine with much to do
 * makes tens of milliseconds of one. So limits here are wide, and the proof of patterns (S9) measures closely, alone.
 */
export function quickest(work: () => unknown): number {
  const runs = Array.from({ length: 5 }, () => {
    const from = performance.now();
    work();
    return performance.now() - from;
  });
  return Math.min(...runs);
}
