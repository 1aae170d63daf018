/** Closed days from a CSV file: agency closures and days by executive order. Every bad line is reported, nothing is guessed. */
import { CsvError, parse } from 'csv-parse/sync';
import type { Closure } from '../domain/calendar.ts';
import { readLocalDate } from '../domain/time.ts';
import { cleanText } from '../forms/text.ts';

/** The columns of the file, in this order. */
const CLOSURE_COLUMNS = ['date', 'name'] as const;
const LONGEST_NAME = 80;
/** More is a mistake; and so few leave a business day within a year of any day. */
const MOST_CLOSURES = 200;
/** The holiday rules are good for these years, and a closure outside them is a slip of the pen. */
const YEARS = { from: 2021, to: 2100 } as const;

export interface ClosuresProblem {
  /** Line of the file, from 1. */
  readonly line: number;
  readonly mend: string;
}

export interface Closures {
  /** In order of date. */
  readonly closures: readonly Closure[];
  readonly problems: readonly ClosuresProblem[];
}

interface Line {
  readonly cells: readonly string[];
  readonly line: number;
}

/**
 * Reads the file's text. Bad lines are left out and each is reported: a date that is none or stands twice, a name that is
 * empty or longer than 80 characters. Names are cleaned of what can't be seen. A header alone means no closures.
 */
export function readClosures(csv: string): Closures {
  const lines = linesOf(csv);
  if (!Array.isArray(lines)) return { closures: [], problems: [lines] };
  const [header, ...rest] = lines;
  const problem = headerProblem(header) ?? tooMany(rest);
  if (problem) return { closures: [], problems: [problem] };
  const closures: Closure[] = [];
  const problems: ClosuresProblem[] = [];
  const seen = new Map<string, number>();
  for (const { cells, line } of rest) {
    const [on = '', name = ''] = cells.map((cell) => cleanText(cell, 'one'));
    const mends = [...dateProblems(on, seen), ...nameProblems(cells, name)];
    seen.set(on, seen.get(on) ?? line);
    if (mends.length === 0) closures.push({ on, name });
    problems.push(...mends.map((mend) => ({ line, mend })));
  }
  return { closures: closures.sort((a, b) => (a.on < b.on ? -1 : 1)), problems };
}

/** The lines that have anything in them, or why the text is not CSV. */
function linesOf(csv: string): Line[] | ClosuresProblem {
  try {
    // Without named columns each line is a list of cells, which the package's types do not say of `info`.
    const records = parse(csv, {
      bom: true,
      info: true,
      record_delimiter: ['\r\n', '\n', '\r'],
      skip_empty_lines: true,
      trim: true,
      relax_column_count: true,
    }) as unknown as { record: string[]; info: { lines: number } }[];
    return records.map(({ record, info }) => ({ cells: record, line: info.lines }));
  } catch (error) {
    const line = error instanceof CsvError && typeof error.lines === 'number' ? error.lines : 1;
    return { line, mend: 'a quotation mark is out of place; a cell that holds one is quoted and doubles it' };
  }
}

function headerProblem(header: Line | undefined): ClosuresProblem | null {
  const wanted = CLOSURE_COLUMNS.join(',');
  if (header?.cells.join(',').toLowerCase() === wanted) return null;
  return { line: header?.line ?? 1, mend: `the first line must be the header ${wanted}` };
}

const tooMany = (rest: readonly Line[]): ClosuresProblem | null => {
  const first = rest[MOST_CLOSURES];
  return first
    ? { line: first.line, mend: `more than ${MOST_CLOSURES} closures; drop those long past` }
    : null;
};

function dateProblems(on: string, seen: ReadonlyMap<string, number>): string[] {
  if (readLocalDate(on) === null) return ['date: is not a day such as 2026-12-24'];
  const year = Number(on.slice(0, 4));
  if (year < YEARS.from || year > YEARS.to) return [`date: must be from ${YEARS.from} to ${YEARS.to}`];
  return seen.has(on) ? [`date: ${on} stands on line ${seen.get(on)} too; give one name`] : [];
}

function nameProblems(cells: readonly string[], name: string): string[] {
  if (cells.length > CLOSURE_COLUMNS.length)
    return [`has ${cells.length} cells; quote a name that holds a comma`];
  if (name === '')
    return ['name: is empty; say why the office is closed, such as "Closed by executive order"'];
  return name.length > LONGEST_NAME ? [`name: is longer than ${LONGEST_NAME} characters`] : [];
}
