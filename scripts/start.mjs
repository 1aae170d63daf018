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
// Whoever tries the bot finds a programme under way; it is never loaded beside Slack, Teams or a roster.
if (!process.env.DATABASE_URL) process.env.DEMO_PROGRAM ||= 'on';
await import(pathToFileURL(join(root, 'dist', 'src', 'main.js')).href);
