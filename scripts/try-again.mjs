// What failed among thousands of tests is run once more, alone: a shared machine may stand still for seconds.
// `try-again.mjs RESULTS COMMAND…` runs COMMAND with the test files that failed by RESULTS, the runner's JSON report, and keeps in
// RESULTS what came of it. Whatever needed a second try is named: it is a defect of the test, to be mended.
// Exit code 0: all of them pass alone. 1: some don't, or too many failed to blame the machine.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { root } from './ensure.mjs';

/** More than so many files don't fail by chance. */
const MOST_FILES = 5;

const [results, command, ...words] = process.argv.slice(2);
const first = JSON.parse(readFileSync(results, 'utf8'));
const failed = first.testResults.filter(({ status }) => status === 'failed');
const files = failed.map(({ name }) => relative(root, name));
if (files.length === 0 || files.length > MOST_FILES) process.exit(1);
process.stdout.write(`\n── tried again alone: ${files.join(', ')}\n`);
const again = `${results}.again`;
const options = ['--reporter=default', '--reporter=json', `--outputFile.json=${again}`];
const { status } = spawnSync(command, [...words, ...files, ...options], { cwd: root, stdio: 'inherit' });
const second = JSON.parse(readFileSync(again, 'utf8'));
const verdict = status === 0 ? 'needed a second try' : 'failed';
for (const name of namesOf(failed)) process.stdout.write(`${verdict}: ${name}\n`);
writeFileSync(results, JSON.stringify(merged()));
process.exit(status === 0 ? 0 : 1);

/** The first report with the files of the second in place of their own. */
function merged() {
  const rest = first.testResults.filter((each) => !failed.includes(each));
  const counted = (state) => second[state] - countOf(failed, state);
  return {
    ...first,
    numPassedTests: first.numPassedTests + counted('numPassedTests'),
    numFailedTests: first.numFailedTests + counted('numFailedTests'),
    testResults: [...rest, ...second.testResults],
  };
}

function countOf(reports, state) {
  const status = state === 'numPassedTests' ? 'passed' : 'failed';
  return reports.flatMap(({ assertionResults }) => assertionResults).filter((each) => each.status === status)
    .length;
}

function namesOf(reports) {
  return reports.flatMap(({ name, assertionResults }) => {
    const fallen = assertionResults.filter((each) => each.status === 'failed');
    const file = relative(root, name);
    return fallen.length === 0 ? [file] : fallen.map(({ fullName }) => `${file} > ${fullName}`);
  });
}
