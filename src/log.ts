import pino from 'pino';
import type { Log } from './ports.ts';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

/**
 * JSON lines on standard error (standard output is for what the operator reads). An error is reduced to its name,
 * code and the functions it came through: its message may quote what a person typed or a secret in an address.
 */
export function createLog(level: LogLevel, destination: pino.DestinationStream = pino.destination(2)): Log {
  const logger = pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { error: describeError },
    },
    destination,
  );
  return {
    info: (fields, event) => logger.info(fields, event),
    warn: (fields, event) => logger.warn(fields, event),
    error: (fields, event) => logger.error(fields, event),
  };
}

function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return { name: typeof error };
  const code = (error as { code?: unknown }).code;
  return {
    name: error.name,
    ...(typeof code === 'string' ? { code } : {}),
    at: framesOf(error),
  };
}

/**
 * The functions an error came through. The message stands before them in `stack` and may look like them, so it is cut
 * off by its length; a stack that does not begin with it is not told from a message, and nothing of it is said.
 */
function framesOf(error: Error): string[] {
  const { stack = '', message } = error;
  // The name in the stack is the one at the throw, and Node puts its codes behind: "TypeError [ERR_X]: ...".
  const name = /^[\w$.]+(?: \[\w+\])?/u.exec(stack)?.[0] ?? '';
  const head = message === '' ? name : `${name}: ${message}`;
  const frames = stack.slice(head.length);
  if (name === '' || !stack.startsWith(head) || !frames.startsWith('\n')) return [];
  return frames
    .split('\n')
    .filter((row) => /^\s+at /u.test(row))
    .map((row) => row.trim())
    .slice(0, 12);
}
