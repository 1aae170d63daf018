// Makes a fresh clone ready: installs packages when they are missing or older than the lock file, and generates the
// database client when it is missing or older than the schema. Quick when there is nothing to do.
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const oldestNode = [20, 19];

/** Runs a command in the project's folder, its output passed on; ends this process when it fails. */
export function run(command, args, options = {}) {
  const done = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
    ...options,
  });
  if (done.status !== 0) process.exit(done.status ?? 1);
}

function refuseOldNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1])) return;
  process.stderr.write(
    `Node ${oldestNode.join('.')} or newer is needed; this is ${process.versions.node}.\n`,
  );
  process.exit(1);
}

function isInstalled() {
  const installed = join(root, 'node_modules', '.package-lock.json');
  return (
    existsSync(installed) && statSync(installed).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs
  );
}

/** After this the packages and the database client are there. */
export async function ensure() {
  refuseOldNode();
  if (!isInstalled()) {
    process.stdout.write('Installing packages …\n');
    run('npm', ['ci', '--no-audit', '--no-fund']);
  }
  // In this process: starting another one takes longer than looking.
  const { generate } = await import('./generate-client.mjs');
  generate();
}
