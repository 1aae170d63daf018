/** Children's files compiled beside the program: many processes that start in turn must not each translate theirs anew. */
import { spawnSync } from 'node:child_process';
import { statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from '../../scripts/build.mjs';
import { isOlder } from '../../src/start-thread.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = join(root, 'dist', 'test', 'proof');
/** As new as what was compiled. */
const stamp = join(folder, 'compiled');
const names = [
  'sending-child',
  'slack-sending-child',
  'teams-sending-child',
  'r12-child',
  'bare-botbuilder-child',
  'bare-bolt-child',
  'bare-child',
] as const;
export type CompiledChild = (typeof names)[number];

/** The compiled file of `test/proof/<name>.ts`. */
export function compiledChild(name: CompiledChild): string {
  compileChildren();
  return join(folder, `${name}.js`);
}

/** Compiles the program and all of them, where something has changed. Nobody may start the program meanwhile. */
export function compileChildren(): void {
  build();
  if (isCurrent()) return;
  const settings = join(root, 'dist', 'children.tsconfig.json');
  const begunAt = new Date();
  writeFileSync(
    settings,
    JSON.stringify({
      extends: '../tsconfig.build.json',
      compilerOptions: { rootDir: '..', outDir: '.' },
      files: names.map((name) => `../test/proof/${name}.ts`),
    }),
  );
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const done = spawnSync(process.execPath, [compiler, '-p', settings], { cwd: root, encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`The children could not be compiled: ${done.stdout}${done.stderr}`);
  writeFileSync(stamp, '');
  // What changed while it was compiled is newer than the stamp.
  utimesSync(stamp, begunAt, begunAt);
}

/** True while they are what their sources are now; the program's own take them away with what was compiled before. */
function isCurrent(): boolean {
  const compiledAt = statSync(stamp, { throwIfNoEntry: false })?.mtimeMs;
  if (compiledAt === undefined) return false;
  return ['proof', 'support'].every((name) => isOlder(join(root, 'test', name), compiledAt));
}
