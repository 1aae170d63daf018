/** Children's files compiled beside the program: many processes that start in turn must not each translate theirs anew. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from '../../scripts/build.mjs';

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
  if (!existsSync(stamp)) return false;
  const compiledAt = statSync(stamp).mtimeMs;
  const sources = ['proof', 'support'].flatMap((name) => filesIn(join(root, 'test', name)));
  const folders = new Set(sources.map((file) => dirname(file)));
  return [...sources, ...folders].every((path) => statSync(path).mtimeMs < compiledAt);
}

const filesIn = (from: string): readonly string[] =>
  readdirSync(from, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
