// `npm run audit:verify`: makes ready what is missing, then checks the audit record, in the database or in an exported file.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from './build.mjs';
import { ensure, root } from './ensure.mjs';

await ensure();
build();
process.chdir(root);
if (existsSync('.env')) process.loadEnvFile('.env');
await import(pathToFileURL(join(root, 'dist', 'src', 'audit-verify.js')).href);
