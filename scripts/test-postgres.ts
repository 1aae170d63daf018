/**
 * `npm run test:postgres [-- TEST… OPTION…]`: runs the store's tests and the journeys on a private PostgreSQL server, made for the run and removed
 * afterwards. Without PostgreSQL's programs on this machine it says so and is content.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findPostgres, startPrivatePostgres } from './private-postgres.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const defaultTests = [
  'test/store',
  'test/journeys/slack.test.ts',
  'test/journeys/teams.test.ts',
  // The long ones; the rest is played on the embedded database.
  'test/journeys/console.test.ts',
  'test/dispatch.test.ts',
  'test/usecases/at-the-same-instant.test.ts',
];

async function main(words: readonly string[]): Promise<number> {
  const programs = findPostgres();
  if (typeof programs === 'string') {
    console.log(`PostgreSQL tests NOT RUN: ${programs}.`);
    return 0;
  }
  const server = await startPrivatePostgres(programs);
  try {
    const hasTests = words.some((word) => !word.startsWith('--'));
    return await runTests(server.url, hasTests ? words : [...defaultTests, ...words]);
  } finally {
    await server.remove();
  }
}

function runTests(url: string, tests: readonly string[]): Promise<number> {
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const run = spawn(process.execPath, [vitest, 'run', '--passWithNoTests', ...tests], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, TEST_DATABASE_URL: url },
  });
  return new Promise((resolve, reject) => {
    run.once('error', reject);
    run.once('exit', (code) => resolve(code ?? 1));
  });
}

process.exitCode = await main(process.argv.slice(2));
