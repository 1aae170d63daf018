// A thread starts with plain JavaScript only. Beside the sources it takes the compiled file where that is what the sources are now,
// and fetches the TypeScript loader where it is not: that takes longer than all the rest of starting a thread.
import { readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
/** What decides how everything is compiled. */
const settings = ['tsconfig.json', 'tsconfig.build.json', 'package-lock.json'];
/** The folders of everything that is compiled. */
export const SOURCES = ['src', 'adapters', 'prisma'];

/** When the compilation in `dist` of a folder began; nothing is older than one that is not there. */
const begunAtMs = (folder) => statSync(`${folder}/dist/built`, { throwIfNoEntry: false })?.mtimeMs ?? 0;

/** True when the file, or the folder and all in it, is older. A file that was taken away leaves its trace in its folder. */
export function isOlder(path, atMs) {
  const about = statSync(path, { throwIfNoEntry: false });
  if (!about || about.mtimeMs >= atMs) return false;
  if (!about.isDirectory()) return true;
  return readdirSync(path).every((name) => isOlder(`${path}/${name}`, atMs));
}

/**
 * True when the compilation in `dist` of a folder began after the last change of the sources named, files or folders in it.
 * Looking at all of them, a thousand files, takes some hundredths of a second.
 */
export function isCompiled(folder, sources = SOURCES) {
  const atMs = begunAtMs(folder);
  return [...settings, ...sources].every((name) => isOlder(`${folder}/${name}`, atMs));
}

async function startCompiled(name, sources) {
  if (!isCompiled(root, sources)) return false;
  const atMs = begunAtMs(root);
  try {
    await import(pathToFileURL(`${root}/dist/${name}.js`).href);
    return true;
  } catch (error) {
    // Another build has just put its own in its place.
    if (error?.code === 'ERR_MODULE_NOT_FOUND' || begunAtMs(root) !== atMs) return false;
    throw error;
  }
}

/** Runs in this thread the source file named without its ending, such as `src/drawing-worker`, that imports the sources named. */
export async function startThread(name, sources = SOURCES) {
  if (await startCompiled(name, sources)) return;
  const { register } = await import('tsx/esm/api');
  register();
  await import(pathToFileURL(`${root}/${name}.ts`).href);
}
