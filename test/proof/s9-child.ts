/** A thread that tries patterns on their worst inputs; it may never come back, so that others can end it. */
import { parentPort, workerData } from 'node:worker_threads';
import type { Pattern } from './regex-literals.ts';
import { worstInputs } from './worst-inputs.ts';

export interface Tried {
  readonly index: number;
  readonly worstMs: number;
  /** The beginning of the input that took longest. */
  readonly input: string;
}

const goalMs = 10;
/** So slow that no stall explains it. */
const clearMs = 500;
const { patterns, from } = workerData as { patterns: readonly Pattern[]; from: number };

for (const [index, { source, flags }] of patterns.entries()) {
  if (index < from) continue;
  parentPort?.postMessage({ index });
  const pattern = new RegExp(source, flags);
  let worst: Tried = { index, worstMs: 0, input: '' };
  for (const input of worstInputs(source)) {
    let tookMs = once(pattern, input);
    // A stalled machine is not the pattern's fault: the best of several tries counts.
    for (let again = 0; again < 4 && tookMs > goalMs && tookMs < clearMs; again += 1)
      tookMs = Math.min(tookMs, once(pattern, input));
    if (tookMs > worst.worstMs) worst = { index, worstMs: tookMs, input: JSON.stringify(input.slice(0, 24)) };
    if (tookMs > goalMs) break;
  }
  parentPort?.postMessage(worst);
}
parentPort?.postMessage('done');

/** Finds every match, as replacing and splitting do, when the pattern is one for that; else looks once. */
function once(pattern: RegExp, input: string): number {
  pattern.lastIndex = 0;
  const startedAt = performance.now();
  if (pattern.global) input.replace(pattern, '');
  else pattern.test(input);
  return performance.now() - startedAt;
}
