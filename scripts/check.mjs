// `npm run check`: format and lint, types, unused code, tests; each once. Ends with one line of counts.
// `--tests-ran FILE` takes the counts of a test run that was made just before instead of running the tests again.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { ensure, root } from './ensure.mjs';

await ensure();
const [option, ranBefore] = process.argv.slice(2);
const testsRan = option === '--tests-ran' && ranBefore !== undefined;
const folder = mkdtempSync(join(tmpdir(), 'isso-check-'));
const results = testsRan ? ranBefore : join(folder, 'results.json');
const bin = (name) => join(root, 'node_modules', '.bin', name);
const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${results}`];
const steps = [
  ['format and lint', bin('biome'), ['ci', '--error-on-warnings', '.']],
  ['types', bin('tsc'), ['-p', '.']],
  ['unused code', bin('knip'), ['--no-config-hints']],
  ['tests', process.execPath, [join(root, 'scripts', 'test.mjs'), '--coverage', ...reporters]],
];
let failedSteps = 0;
for (const [name, command, args] of steps) {
  if (name === 'tests' && testsRan) continue;
  process.stdout.write(`\n── ${name}\n`);
  const done = spawnSync(command, args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
  if (done.status === 0) continue;
  failedSteps += 1;
  process.stdout.write(`${name}: FAILED\n`);
}
const counts = readCounts();
rmSync(folder, { recursive: true, force: true });
for (const line of counts.fallen) process.stdout.write(`${line}\n`);
process.stdout.write(`\n${counts.passed} passed, ${counts.failed + failedSteps} failed\n`);
process.exit(failedSteps === 0 && counts.failed === 0 && counts.passed > 0 ? 0 : 1);

/** The counts of the run, and what failed in it: each test with the first lines of why. */
function readCounts() {
  try {
    const report = JSON.parse(readFileSync(results, 'utf8'));
    return { passed: report.numPassedTests, failed: report.numFailedTests, fallen: fallenOf(report) };
  } catch {
    return { passed: 0, failed: 0, fallen: ['The results of the tests could not be read.'] };
  }
}

function fallenOf(report) {
  return report.testResults.flatMap(({ name, message, assertionResults }) => [
    // A file that could not be loaded has no tests; why stands with the file.
    ...(message ? ['', `FAILED ${relative(root, name)}`, ...shortly(message)] : []),
    ...assertionResults
      .filter(({ status }) => status === 'failed')
      .flatMap(({ fullName, failureMessages }) => [
        '',
        `FAILED ${relative(root, name)} > ${fullName}`,
        ...shortly(failureMessages.join('\n')),
      ]),
  ]);
}

/** At most 25 lines. */
function shortly(text) {
  return text.split('\n').slice(0, 25);
}
