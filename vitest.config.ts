import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** What plays whole programmes takes longest: begun first, it does not go on alone when all the rest is done. */
const LONGEST = [
  '/test/journeys/',
  '/test/story.test.ts',
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

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Real databases, servers and browsers on a shared machine: conditions are waited for, never times.
    testTimeout: 120_000,
    hookTimeout: 180_000,
    maxWorkers: 2,
    pool: 'forks',
    // Loading everything anew for each file takes longer than most files: what one leaves behind must not disturb the next.
    isolate: false,
    setupFiles: ['test/support/keep-warm.ts'],
    sequence: { sequencer: LongestFirst },
    globalSetup: ['test/support/build-once.ts'],
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts', 'adapters/**/*.ts'],
      exclude: ['src/store/generated/**'],
      reporter: ['text-summary'],
    },
  },
});
