// `npm run prove`: makes ready what is missing, then runs the proofs of test/proof. Arguments: names of rows, --quick, --seed N.
import { join } from 'node:path';
import { ensure, root, run } from './ensure.mjs';

await ensure();
run(process.execPath, ['--import', 'tsx', join(root, 'test', 'proof', 'main.ts'), ...process.argv.slice(2)]);
