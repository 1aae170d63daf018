// `npm run teams:package`: makes ready what is missing, then packs the Teams app by the settings that `npm start` would have.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ensure, root, run } from './ensure.mjs';

await ensure();
const settings = join(root, '.env');
if (existsSync(settings)) process.loadEnvFile(settings);
run(process.execPath, [
  '--import',
  'tsx',
  join(root, 'scripts', 'teams-package.ts'),
  ...process.argv.slice(2),
]);
