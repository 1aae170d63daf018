// Compiles the program into dist, file by file, with what it reads beside its code. Quick when nothing has changed.
// The program needs a third less memory so than through a TypeScript loader, and starts sooner.
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { isCompiled, SOURCES } from '../src/start-thread.mjs';
import { root, run } from './ensure.mjs';

const dist = join(root, 'dist');

function filesIn(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** A folder in which a starter died while it compiled; none takes so long. */
const leftAfterMs = 600_000;

/** After this `dist/src/main.js` is the program as its sources are now, also when two start at once. */
export function build() {
  if (isCompiled(root)) return;
  process.stdout.write('Compiling …\n');
  removeLeft();
  // In a folder of one's own, put into place at the end: nobody ever starts half a program.
  const fresh = `${dist}.${process.pid}`;
  const begunAt = new Date();
  rmSync(fresh, { recursive: true, force: true });
  run(process.execPath, [
    join(root, 'node_modules', 'typescript', 'bin', 'tsc'),
    '-p',
    join(root, 'tsconfig.build.json'),
    '--outDir',
    fresh,
  ]);
  const files = SOURCES.flatMap((folder) => filesIn(join(root, folder)));
  for (const file of files.filter((path) => !path.endsWith('.ts'))) {
    const target = join(fresh, relative(root, file));
    mkdirSync(dirname(target), { recursive: true });
    cpSync(file, target);
  }
  writeFileSync(join(fresh, 'built'), '');
  // What changed while it was compiled is newer than the stamp.
  utimesSync(join(fresh, 'built'), begunAt, begunAt);
  putIntoPlace(fresh);
}

/** Whoever comes first wins; the others throw their own away. */
function putIntoPlace(fresh) {
  const old = `${fresh}.old`;
  for (let tries = 0; tries < 100 && !isCompiled(root); tries += 1) {
    rmSync(old, { recursive: true, force: true });
    try {
      if (existsSync(dist)) renameSync(dist, old);
      renameSync(fresh, dist);
      break;
    } catch (error) {
      // Somebody else moved it away or put theirs here meanwhile.
      if (!['ENOENT', 'ENOTEMPTY', 'EEXIST', 'EPERM'].includes(error.code)) throw error;
    }
  }
  for (const folder of [old, fresh]) rmSync(folder, { recursive: true, force: true });
}

function removeLeft() {
  for (const name of readdirSync(root).filter((entry) => /^dist\.\d+(\.old)?$/u.test(entry))) {
    const folder = join(root, name);
    const age = Date.now() - (statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (age > leftAfterMs) rmSync(folder, { recursive: true, force: true });
  }
}
