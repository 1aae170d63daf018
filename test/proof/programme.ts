/** The real program in a process of its own, started as `npm start` does, to be spoken to, stopped and killed. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { atTheEnd } from './databases.ts';

const startFile = fileURLToPath(new URL('../../scripts/start.mjs', import.meta.url));
const patienceMs = 60_000;

export interface Programme {
  readonly url: string;
  readonly child: ChildProcess;
  /** From the start of the process to the line that says it runs, in milliseconds. */
  readonly startedInMs: number;
  /** All it has written so far, on both outputs. */
  output(): string;
  isRunning(): boolean;
  /** Ends it without warning. */
  kill(): Promise<void>;
  /** Asks it to end, and waits. */
  stop(): Promise<void>;
}

/** A process that ended, or did not. */
export interface Ending {
  readonly code: number | null;
  readonly output: string;
  readonly tookMs: number;
}

export interface Settings {
  readonly env: Readonly<Record<string, string>>;
  /** Further arguments of Node, such as a file loaded first. */
  readonly nodeArgs?: readonly string[];
  /** Has messages go between the processes. */
  readonly withMessages?: boolean;
}

interface Spawned {
  readonly child: ChildProcess;
  readonly startedAt: number;
  output(): string;
  /** Settles with the address it prints, or null when it ends before. */
  readonly running: Promise<string | null>;
  readonly ended: Promise<void>;
}

function spawnProgramme({ env, nodeArgs = [], withMessages = false }: Settings): Spawned {
  const startedAt = performance.now();
  const child = spawn(process.execPath, [...nodeArgs, startFile], {
    stdio: withMessages ? ['ignore', 'pipe', 'pipe', 'ipc'] : ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH, HOME: process.env.HOME, PORT: '0', DEMO_PROGRAM: 'off', ...env },
  });
  let output = '';
  const ended = once(child, 'exit').then(() => undefined);
  const running = new Promise<string | null>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (chunk: string) => {
        output += chunk;
        const found = /^The bot is running at (\S+)$/mu.exec(output);
        if (found?.[1]) resolve(found[1]);
      });
    }
    void ended.then(() => resolve(null));
  });
  atTheEnd(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  return { child, startedAt, output: () => output, running, ended };
}

/** Starts it and waits until it runs; fails with its own words when it does not. */
export async function startProgramme(settings: Settings): Promise<Programme> {
  const { child, startedAt, output, running, ended } = spawnProgramme(settings);
  const url = await within(patienceMs, running);
  if (url === null) {
    child.kill('SIGKILL');
    throw new Error(`The program did not start:\n${output()}`);
  }
  const endBy = async (signal: NodeJS.Signals): Promise<void> => {
    child.kill(signal);
    const patience = setTimeout(() => child.kill('SIGKILL'), patienceMs);
    await ended;
    clearTimeout(patience);
  };
  return {
    url,
    child,
    startedInMs: performance.now() - startedAt,
    output,
    isRunning: () => child.exitCode === null && child.signalCode === null,
    kill: () => endBy('SIGKILL'),
    stop: () => endBy('SIGTERM'),
  };
}

/** Starts it where it should refuse to run, and waits for its end; killed when it runs all the same. */
export async function expectRefusal(settings: Settings): Promise<Ending> {
  const { child, startedAt, output, running, ended } = spawnProgramme(settings);
  const url = await within(patienceMs, running);
  const tookMs = performance.now() - startedAt;
  if (url !== null) child.kill('SIGKILL');
  await ended;
  return { code: url === null ? child.exitCode : null, output: output(), tookMs };
}

function within<T>(limitMs: number, promise: Promise<T>): Promise<T | null> {
  return new Promise((resolve, reject) => {
    const patience = setTimeout(() => resolve(null), limitMs);
    promise.then(resolve, reject).finally(() => clearTimeout(patience));
  });
}
