/** A bare app in a process of its own, to be measured against. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type CompiledChild, compiledChild } from './compiled-child.ts';
import { atTheEnd } from './databases.ts';

export interface BareApp {
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts `test/proof/<name>.ts` with these arguments; it says where it listens. `isSilent`: what it writes is thrown away. */
export async function startBare(
  name: CompiledChild,
  args: readonly string[],
  { isSilent = false } = {},
): Promise<BareApp> {
  const output = isSilent ? 'ignore' : 'inherit';
  const child = spawn(process.execPath, [compiledChild(name), ...args], {
    stdio: ['ignore', output, output, 'ipc'],
  });
  atTheEnd(async () => void child.kill('SIGKILL'));
  const ended = once(child, 'exit');
  const [told] = await Promise.race([once(child, 'message'), ended.then(() => [{ url: '' }])]);
  return {
    url: (told as { readonly url: string }).url,
    async stop() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
