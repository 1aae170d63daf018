// Compiles the program into dist, file by file, with what it reads beside its code. Quick when nothing has changed.
// The program needs a third less memory so than through a TypeScript loader, and starts sooner.
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { root, run } from './ensure.mjs';

const dist = join(root, 'dist');
const stamp = join(dist, 'built');
const sources = ['src', 'adapters', 'prisma'].map((folder) => join(root, folder));
const settings = ['tsconfig.json', 'tsconfig.build.json', 'package-lock.json'].map((name) =>
  join(root, name),
);

function filesIn(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** After this `dist/src/main.js` is the program as its sources are now. */
export function build() {
  const files = sources.flatMap(filesIn);
  if (existsSync(stamp)) {
    const builtAt = statSync(stamp).mtimeMs;
    // Folders too: a file that was taken away leaves its trace there.
    const folders = files.map((file) => dirname(file));
    if ([...new Set([...files, ...folders, ...settings])].every((path) => statSync(path).mtimeMs < builtAt))
      return;
  }
  process.stdout.write('Compiling …\n');
  rmSync(dist, { recursive: true, force: true });
  run(process.execPath, [
    join(root, 'node_modules', 'typescript', 'bin', 'tsc'),
    '-p',
    join(root, 'tsconfig.build.json'),
  ]);
  for (const file of files.filter((path) => !path.endsWith('.ts'))) {
    const target = join(dist, relative(root, file));
    mkdirSync(dirname(target), { recursive: true });
    cpSync(file, target);
  }
  writeFileSync(stamp, '');
}
