// `npm test`: makes ready what is missing, then runs every test. Arguments are passed on to the test runner.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ensure, root, run } from './ensure.mjs';

await ensure();
ensureBrowser();
const asked = process.argv.slice(2);
run(process.execPath, [join(root, 'node_modules', 'vitest', 'vitest.mjs'), 'run', ...asked]);

/** The browser tests drive Debian's Chromium; where it can be installed, it is. */
function ensureBrowser() {
  if (process.env.CHROMIUM_PATH || existsSync('/usr/bin/chromium')) return;
  const canInstall =
    process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
  if (canInstall) {
    process.stdout.write('Installing chromium for the browser tests …\n');
    const quiet = { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
    spawnSync('apt-get', ['update'], quiet);
    spawnSync('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], quiet);
  }
  if (existsSync('/usr/bin/chromium')) return;
  process.stdout.write(
    '\n*** No chromium here: THE BROWSER TESTS ARE SKIPPED. Install it, or name it with CHROMIUM_PATH. ***\n\n',
  );
}
