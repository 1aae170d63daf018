// `npm run teams:manifest`: makes ready what is missing, then compares the kept manifests with the code, or renews them.
import { join } from 'node:path';
import { ensure, root, run } from './ensure.mjs';

await ensure();
run(process.execPath, [
  '--import',
  'tsx',
  join(root, 'scripts', 'teams-manifest.ts'),
  ...process.argv.slice(2),
]);
