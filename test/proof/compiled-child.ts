/** A child's file compiled beside the program: many processes that start in turn must not each translate it anew. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from '../../scripts/build.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The compiled file of `test/proof/<name>.ts`. */
export function compiledChild(name: string): string {
  build();
  const settings = join(root, 'dist', `${name}.tsconfig.json`);
  writeFileSync(
    settings,
    JSON.stringify({
      extends: '../tsconfig.build.json',
      compilerOptions: { rootDir: '..', outDir: '.' },
      files: [`../test/proof/${name}.ts`],
    }),
  );
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const done = spawnSync(process.execPath, [compiler, '-p', settings], { cwd: root, encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`${name} could not be compiled: ${done.stdout}${done.stderr}`);
  return join(root, 'dist', 'test', 'proof', `${name}.js`);
}
