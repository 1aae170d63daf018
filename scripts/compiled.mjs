// One of the project's programs as people start it: what is missing is made ready, what is old compiled, settings read from `.env`.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from './build.mjs';
import { ensure, root } from './ensure.mjs';

/** Runs `dist/src/<name>.js` in this very process, so that signals and words reach it; `before` is done once the settings are read. */
export async function runCompiled(name, before = () => {}) {
  await ensure();
  build();
  process.chdir(root);
  if (existsSync('.env')) process.loadEnvFile('.env');
  before();
  await import(pathToFileURL(join(root, 'dist', 'src', `${name}.js`)).href);
}
