/** A second process that shows rows beside this one, for rows that leave a core free while they wait. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Listed } from './all.ts';
import { brokenOff, type Shown, type ShowOptions } from './show-row.ts';

/** What the second process is asked. */
export interface Asked extends ShowOptions {
  readonly show: string;
}

/** What it answers. */
export interface Answer {
  readonly shown: Shown;
}

const childFile = fileURLToPath(new URL('./second-child.ts', import.meta.url));

export interface SecondProcess {
  show(listed: Listed, options: ShowOptions): Promise<Shown>;
  /** Lets it take away what it made, and waits for its end. */
  end(): Promise<void>;
}

/** Starts when it is first needed, and again when it has ended with a row. */
export function secondProcess(): SecondProcess {
  let running: Running | null = null;
  return {
    async show(listed, options) {
      running ??= start();
      const { child, ended } = running;
      const asked: Asked = { show: listed.id, ...options };
      const answer = answerOf(child);
      child.send(asked);
      const found = await Promise.race([answer, ended]);
      if (typeof found === 'object') return found.shown;
      running = null;
      return brokenOff(listed, found);
    },
    async end() {
      if (!running) return;
      running.child.disconnect();
      await running.ended;
      running = null;
    },
  };
}

interface Running {
  readonly child: ChildProcess;
  /** Settles with how it ended. */
  readonly ended: Promise<string>;
}

/** With Node's arguments of this process. */
function start(): Running {
  const child = fork(childFile);
  const ended = once(child, 'exit').then(([code, signal]) => `its process ended with ${signal ?? code}`);
  return { child, ended };
}

/** The loader of TypeScript speaks to whoever started a process, too. */
function answerOf(child: ChildProcess): Promise<Answer> {
  return new Promise((resolve) => {
    const hear = (told: object): void => {
      if (!('shown' in told)) return;
      child.off('message', hear);
      resolve(told as Answer);
    };
    child.on('message', hear);
  });
}
