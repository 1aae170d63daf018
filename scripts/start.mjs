// `npm start`: makes ready what is missing, then runs the bot in this very process, so that signals reach it.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from './build.mjs';
import { ensure, root } from './ensure.mjs';

await ensure();
build();
process.chdir(root);
if (existsSync('.env')) process.loadEnvFile('.env');
await import(pathToFileURL(join(root, 'dist', 'src', 'main.js')).href);
