// `npm run roster`: makes ready what is missing, then shows what an import of a roster file would do, or does it.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from './build.mjs';
import { ensure, root } from './ensure.mjs';

await ensure();
build();
process.chdir(root);
if (existsSync('.env')) process.loadEnvFile('.env');
await import(pathToFileURL(join(root, 'dist', 'src', 'roster.js')).href);
