/** The program in a process of its own, for tests that end it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** For a process that ends long before its database's code, made ever quicker, would have made up for that work. */
export const SHORT_LIVED = '--liftoff-only';

export interface ChildBot {
  readonly url: string;
  readonly process: ChildProcess;
  /** Ends it with `signal`; answers how it ended. */
  end(signal: NodeJS.Signals): Promise<Ended>;
}

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly errors: string;
}

function launch(settings: Readonly<Record<string, string>>): {
  child: ChildProcess;
  ended: Promise<Ended>;
  output: () => string;
} {
  const { PATH = '', HOME = '', TMPDIR = '/tmp' } = process.env;
  const child = spawn(process.execPath, [SHORT_LIVED, 'dist/src/main.js'], {
    cwd: root,
    env: { PATH, HOME, TMPDIR, PORT: '0', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let errors = '';
  child.stdout?.on('data', (chunk) => {
    output += String(chunk);
  });
  child.stderr?.on('data', (chunk) => {
    errors += String(chunk);
  });
  const ended = new Promise<Ended>((resolve) =>
    child.once('close', (code, signal) => resolve({ code, signal, errors })),
  );
  return { child, ended, output: () => output };
}

/** Starts the program and waits until it says where it listens. */
export async function startChild(settings: Readonly<Record<string, string>>): Promise<ChildBot> {
  const { child, ended, output } = launch(settings);
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout?.on('data', () => {
      const found = /running at (http:\S+)/u.exec(output())?.[1];
      if (found) resolve(found);
    });
    void ended.then(({ errors }) => reject(new Error(`it did not start: ${errors}`)));
  });
  return {
    url,
    process: child,
    end(signal) {
      child.kill(signal);
      return ended;
    },
  };
}

/** Starts the program where it is expected not to start. */
export function runChild(settings: Readonly<Record<string, string>>): Promise<Ended> {
  return launch(settings).ended;
}

/** A port on which nothing listens now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}
