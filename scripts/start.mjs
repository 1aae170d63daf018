// `npm start`: makes ready what is missing, then runs the bot in this very process, so that signals reach it.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensure, root } from './ensure.mjs';

await ensure();
process.chdir(root);
if (existsSync('.env')) process.loadEnvFile('.env');
const { register } = await import('tsx/esm/api');
register();
await import(pathToFileURL(join(root, 'src', 'main.ts')).href);
