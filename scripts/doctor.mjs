// `npm run doctor`: makes ready what is missing, then looks how the bot is. Argument: the address of a bot, or none.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from './build.mjs';
import { ensure, root } from './ensure.mjs';

await ensure();
build();
process.chdir(root);
if (existsSync('.env')) process.loadEnvFile('.env');
await import(pathToFileURL(join(root, 'dist', 'src', 'doctor.js')).href);
