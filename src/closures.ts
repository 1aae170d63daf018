/** The closures file while the bot runs: read at the start, and again when it changes. */
import { readFile, stat } from 'node:fs/promises';
import type { Calendar } from './domain/calendar.ts';
import { MINUTE_MS } from './domain/time.ts';
import type { Log } from './ports.ts';
import { readClosures } from './usecases/read-closures.ts';

/** A closures file that can't be used as it stands, at the start: every bad line with its mend. */
export class BadClosures extends Error {
  override readonly name = 'BadClosures';
}

export interface ClosuresFile {
  /** The holidays and the closures in force; the same object until these change. */
  calendar(): Calendar;
  /**
   * Looks at the file, at most once a minute, or at once when `asked`, and reads it when it has changed. Answers whether
   * other days are closed since. A file that can't be used leaves the last good closures in force. Never rejects.
   */
  refresh(now: Date, asked?: boolean): Promise<boolean>;
  /** Why the file can't be used as it stands, for the operator; null when all is well. */
  trouble(): string | null;
}

/** Reads the file; no file means no closures, ever. Rejects with `BadClosures`, or as the file system does. */
export async function openClosures(file: string | null, log: Log): Promise<ClosuresFile> {
  if (file === null) return withoutFile();
  // Taken before reading: a file that is written meanwhile is read again.
  let stamp = await stampOf(file);
  const first = await readIn(file);
  if (typeof first === 'string') throw new BadClosures(first);
  let calendar = first;
  let trouble: string | null = null;
  let lookedAt = Number.NEGATIVE_INFINITY;
  const read = async (): Promise<Calendar | string> => {
    try {
      const seen = await stampOf(file);
      if (seen === stamp) return trouble ?? calendar;
      const found = await readIn(file);
      stamp = seen;
      return found;
    } catch (error) {
      stamp = '';
      return `the file can't be read (${String((error as { code?: unknown } | null)?.code ?? 'unknown')})`;
    }
  };
  return {
    calendar: () => calendar,
    trouble: () => trouble,
    async refresh(now, asked = false) {
      if (!asked && Math.abs(now.getTime() - lookedAt) < MINUTE_MS) return false;
      lookedAt = now.getTime();
      const found = await read();
      if (typeof found === 'string') {
        if (found !== trouble) log.warn({ problems: found.split('\n').length }, NOT_USED);
        trouble = found;
        return false;
      }
      trouble = null;
      if (found === calendar || sameDays(found, calendar)) return false;
      calendar = found;
      log.info({ closures: calendar.closures.length }, 'the closures file was read again');
      return true;
    },
  };
}

const NOT_USED = 'the closures file has lines that need mending; the closures read before stay in force';

function withoutFile(): ClosuresFile {
  const calendar: Calendar = { closures: [] };
  return { calendar: () => calendar, trouble: () => null, refresh: async () => false };
}

/** The calendar with the file's closures, or every bad line. */
async function readIn(file: string): Promise<Calendar | string> {
  const { closures, problems } = readClosures(await readFile(file, 'utf8'));
  if (problems.length === 0) return { closures };
  return problems.map(({ line, mend }) => `line ${line}: ${mend}`).join('\n');
}

/** What changes when somebody saves the file or puts another in its place. */
async function stampOf(file: string): Promise<string> {
  const { mtimeMs, size, ino } = await stat(file);
  return `${mtimeMs} ${size} ${ino}`;
}

const sameDays = (one: Calendar, other: Calendar): boolean =>
  JSON.stringify(one.closures) === JSON.stringify(other.closures);
