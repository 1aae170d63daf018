/**
 * Pictures and papers are made in a thread of their own: each takes a fifth of a second or more, in which nobody else would be
 * answered. It begins with the first that is asked for.
 */
import { Worker } from 'node:worker_threads';
import type { BurnDown } from './domain/burn-down.ts';
import type { ProgrammePicture } from './domain/programme-pictures.ts';
import type { BurnDownOf } from './messages/copy/burn-down.ts';
import type { TextDocument } from './messages/document.ts';
import type { Papermaker, Pictures, Sheet } from './ports.ts';
import { makeCsv } from './reports/csv.ts';

type Order =
  | { readonly kind: 'burn-down'; readonly of: BurnDownOf; readonly burnDown: BurnDown }
  | { readonly kind: 'programme'; readonly picture: ProgrammePicture }
  | { readonly kind: 'pdf' | 'docx'; readonly document: TextDocument }
  | { readonly kind: 'xlsx'; readonly sheets: readonly Sheet[] };

/** What the thread is sent, and what it answers: the bytes in base64, or why there are none. */
export type DrawingOrder = Order & { readonly id: number };
export type Drawn =
  | { readonly id: number; readonly content: string }
  | { readonly id: number; readonly error: string };

export interface Drawing {
  readonly pictures: Pictures;
  readonly papermaker: Papermaker;
  /** Ends the thread; what is asked for afterwards begins another. */
  stop(): Promise<void>;
}

interface Waiting {
  readonly done: (content: string) => void;
  readonly failed: (error: Error) => void;
}

export function createDrawing(): Drawing {
  const waiting = new Map<number, Waiting>();
  let thread: Worker | null = null;
  let last = 0;
  const settle = (drawn: Drawn): void => {
    const who = waiting.get(drawn.id);
    waiting.delete(drawn.id);
    if ('content' in drawn) who?.done(drawn.content);
    else who?.failed(new Error(drawn.error));
    // It keeps no program from ending once it has nothing in hand.
    if (waiting.size === 0) thread?.unref();
  };
  const ended = (worker: Worker, error: Error): void => {
    if (thread !== worker) return;
    thread = null;
    for (const [id] of waiting) settle({ id, error: error.message });
  };
  const running = (): Worker => {
    if (thread) return thread;
    const worker = new Worker(startFile(), { execArgv: [] });
    worker.on('message', settle);
    worker.on('error', (error) => ended(worker, error));
    worker.on('exit', () => ended(worker, new Error('the thread that draws has ended')));
    thread = worker;
    return worker;
  };
  const ask = (order: Order): Promise<string> =>
    new Promise((done, failed) => {
      last += 1;
      waiting.set(last, { done, failed });
      const worker = running();
      worker.ref();
      worker.postMessage({ ...order, id: last });
    });
  return {
    pictures: {
      burnDown: (of, burnDown) => ask({ kind: 'burn-down', of, burnDown }),
      programme: (picture) => ask({ kind: 'programme', picture }),
    },
    papermaker: {
      pdf: (document) => ask({ kind: 'pdf', document }),
      docx: (document) => ask({ kind: 'docx', document }),
      csv: makeCsv,
      xlsx: (sheets) => ask({ kind: 'xlsx', sheets }),
    },
    stop: async () => {
      await thread?.terminate();
    },
  };
}

/** A thread takes plain JavaScript only: the compiled file, or the one that fetches the TypeScript loader. */
const startFile = (): URL =>
  new URL(import.meta.url.endsWith('.ts') ? './drawing-start.mjs' : './drawing-worker.js', import.meta.url);
