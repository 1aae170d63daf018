/**
 * The compiled code of the embedded database is shared by all that open it in one process, and made ever quicker, as long
 * as somebody holds it. Tests open and close it all the time: held here, it halves their work.
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

declare const WebAssembly: { compile(code: Uint8Array): Promise<object> };

const kept: typeof globalThis & { embeddedDatabase?: object } = globalThis;
const folder = dirname(createRequire(import.meta.url).resolve('@electric-sql/pglite'));
kept.embeddedDatabase ??= await WebAssembly.compile(await readFile(join(folder, 'pglite.wasm')));
