// A thread starts with plain JavaScript only. It takes the compiled `embedded-worker.ts` where that is as new as its source, and
// fetches the TypeScript loader where it is not: that takes as long as all the rest of opening a database.
import { statSync } from 'node:fs';

const source = new URL('./embedded-worker.ts', import.meta.url);
const compiled = new URL('../../dist/src/store/embedded-worker.js', import.meta.url);
const changedAt = (file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;

async function startCompiled() {
  if (changedAt(compiled) < changedAt(source)) return false;
  try {
    await import(compiled.href);
    return true;
  } catch (error) {
    // Another build has just put its own in its place.
    if (error?.code === 'ERR_MODULE_NOT_FOUND') return false;
    throw error;
  }
}

if (!(await startCompiled())) {
  const { register } = await import('tsx/esm/api');
  register();
  await import(source.href);
}
