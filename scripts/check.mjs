// `npm run check`: format and lint, types, unused code, tests; each once. Ends with one line of counts.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensure, root } from './ensure.mjs';

await ensure();
const bin = (name) => join(root, 'node_modules', '.bin', name);
const folder = mkdtempSync(join(tmpdir(), 'isso-check-'));
const results = join(folder, 'results.json');
const steps = [
  ['format and lint', bin('biome'), ['ci', '--error-on-warnings', '.']],
  ['types', bin('tsc'), ['-p', '.']],
  ['unused code', bin('knip'), []],
  [
    'tests',
    process.execPath,
    [
      join(root, 'scripts', 'test.mjs'),
      '--coverage',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${results}`,
    ],
  ],
];
let failedSteps = 0;
for (const [name, command, args] of steps) {
  process.stdout.write(`\n── ${name}\n`);
  const done = spawnSync(command, args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
  if (done.status !== 0) {
    failedSteps += 1;
    process.stdout.write(`${name}: FAILED\n`);
  }
}
const counts = readCounts();
rmSync(folder, { recursive: true, force: true });
process.stdout.write(`\n${counts.passed} passed, ${counts.failed + failedSteps} failed\n`);
process.exit(failedSteps === 0 && counts.failed === 0 ? 0 : 1);

function readCounts() {
  try {
    const report = JSON.parse(readFileSync(results, 'utf8'));
    return { passed: report.numPassedTests, failed: report.numFailedTests };
  } catch {
    return { passed: 0, failed: 0 };
  }
}
