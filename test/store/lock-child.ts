/** A process that tries for a data directory as often at once as it is told, reports, and keeps what it got until it is ended. */
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { DataDirectoryInUse, lockDataDirectory } from '../../src/store/data-directory-lock.ts';

const [dataDir = '', attempts = '1'] = process.argv.slice(2);
const lines = createInterface({ input: process.stdin });
console.log('ready');
await once(lines, 'line');
const startedAt = performance.now();
const outcomes = await Promise.all(
  Array.from({ length: Number(attempts) }, async () => {
    try {
      await lockDataDirectory(dataDir);
      return 'held';
    } catch (error) {
      return error instanceof DataDirectoryInUse ? `refused: ${error.holderPid}` : `broken: ${String(error)}`;
    }
  }),
);
console.log(JSON.stringify({ outcomes, tookMs: performance.now() - startedAt }));
// The lock alone keeps no process alive.
setInterval(() => {}, 60_000);
