/** The project's own commands, each compiled and in a process of its own, as `npm run` starts them. */
import { spawn } from 'node:child_process';

/** How a command ended, and all that it said. */
export interface Found {
  readonly code: number | null;
  readonly out: string;
}

/** Runs the file of that name in `dist/src` with these settings alone, and waits for its end. */
export function runCommand(
  name: string,
  settings: Readonly<Record<string, string>>,
  words: readonly string[],
): Promise<Found> {
  const child = spawn(process.execPath, [`dist/src/${name}.js`, ...words], {
    env: { PATH: process.env.PATH ?? '', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      out += chunk.toString();
    });
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, out })));
}
