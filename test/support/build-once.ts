/**
 * Before the tests: compiles the program once, for those that start it in a process of its own, and takes away what runs that were
 * killed have left in memory.
 */
import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { build } from '../../scripts/build.mjs';

/** No run takes so long. */
const LEFT_AFTER_MS = 6 * 3_600_000;
/** What tests make; the database that the others are copied from stays. */
const MADE = /^isso-(?!test-template)/u;

export default function setup({ config }: TestProject): void {
  const inMemory = config.env?.TMPDIR;
  if (inMemory !== undefined) removeLeft(inMemory);
  build();
}

function removeLeft(folder: string): void {
  for (const name of readdirSync(folder).filter((each) => MADE.test(each))) {
    const path = join(folder, name);
    const madeAtMs = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (Date.now() - madeAtMs > LEFT_AFTER_MS) rmSync(path, { recursive: true, force: true });
  }
}
