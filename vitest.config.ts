import { accessSync, constants, statfsSync } from 'node:fs';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** What plays whole programmes takes longest: begun first, it does not go on alone when all the rest is done. */
const LONGEST = [
  '/test/journeys/',
  '/test/story.test.ts',
  '/test/sixty-days.test.ts',
  '/test/simulate.test.ts',
  '/test/app',
  '/test/browser/',
];
const rank = ({ moduleId }: TestSpecification): number => {
  const found = LONGEST.findIndex((part) => moduleId.includes(part));
  return found < 0 ? LONGEST.length : found;
};

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).sort((one, other) => rank(one) - rank(other));
  }
}

const MEMORY = '/dev/shm';
const ROOM_BYTES = 4 * 1024 ** 3;

/**
 * Every database of a test is a thousand small files that are made and thrown away: in memory, where there is plenty, that takes
 * a tenth of the time. Where somebody has said where temporary files go, they go there.
 */
function temporaryFiles(): { readonly TMPDIR?: string } {
  if (process.env.TMPDIR) return {};
  try {
    accessSync(MEMORY, constants.W_OK);
    const { bavail, bsize } = statfsSync(MEMORY);
    return bavail * bsize >= ROOM_BYTES ? { TMPDIR: MEMORY } : {};
  } catch {
    return {};
  }
}

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Real databases, servers and browsers on a shared machine: conditions are waited for, never times.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    maxWorkers: 2,
    pool: 'forks',
    // Loading everything anew for each file takes longer than most files: what one leaves behind must not disturb the next.
    isolate: false,
    setupFiles: ['test/support/keep-warm.ts', 'test/support/chosen-seed.ts'],
    sequence: { sequencer: LongestFirst },
    env: temporaryFiles(),
    globalSetup: ['test/support/build-once.ts'],
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts', 'adapters/**/*.ts'],
      exclude: ['src/store/generated/**'],
      reporter: ['text-summary'],
    },
  },
});
