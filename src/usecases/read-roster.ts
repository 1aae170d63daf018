/** The people of the programme from a CSV file: every bad line is reported, nothing is guessed. */
import { CsvError, parse } from 'csv-parse/sync';
import { z } from 'zod';
import { ROLES, type Role } from '../domain/person.ts';
import { clashOf } from '../domain/role-grants.ts';
import type { RosterPerson } from '../domain/roster.ts';
import { isZone } from '../domain/time.ts';
import { clashWords } from '../messages/copy/people-roles.ts';
import { ROLE_RULES } from '../offerings/role-rules.ts';

export type { RosterPerson } from '../domain/roster.ts';

/** The columns of the file, in any order; `roles` and `component` take several values with a semicolon between. */
export const ROSTER_COLUMNS = ['id', 'name', 'email', 'roles', 'component', 'time_zone'] as const;

export interface RosterProblem {
  /** Line of the file, from 1. */
  readonly line: number;
  readonly mend: string;
}

export interface Roster {
  readonly people: readonly RosterPerson[];
  readonly problems: readonly RosterProblem[];
}

const list = (cell: string): string[] =>
  cell
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part !== '');
const isRole = (word: string): word is Role => (ROLES as readonly string[]).includes(word);

const row = z.object({
  id: z
    .string()
    .trim()
    .regex(/^[a-z0-9][a-z0-9._-]{0,63}$/iu, 'id: use 1 to 64 letters, digits, dots, hyphens or underscores'),
  name: z.string().trim().min(1, 'name: is empty').max(120, 'name: is longer than 120 characters'),
  email: z.union([z.literal(''), z.email('email: is not an e-mail address')]),
  roles: z.string().superRefine((cell, context) => {
    for (const word of list(cell)) {
      if (!isRole(word))
        context.addIssue({
          code: 'custom',
          message: `roles: "${word.slice(0, 40)}" is not a role; the roles are ${ROLES.join(', ')}`,
        });
    }
    const clash = clashOf(list(cell).filter(isRole), ROLE_RULES);
    if (clash) context.addIssue({ code: 'custom', message: `roles: ${clashWords(clash)}` });
  }),
  component: z.string(),
  time_zone: z.string().trim().refine(isZone, 'time_zone: is not an IANA zone such as America/New_York'),
});

interface Line {
  readonly cells: readonly string[];
  /** Where it ends in the file. */
  readonly line: number;
}

/** Reads the file's text. People of bad lines are left out and each line is reported; a bad header leaves nobody. */
export function readRoster(csv: string): Roster {
  const lines = linesOf(csv);
  if (!Array.isArray(lines)) return { people: [], problems: [lines] };
  const [header, ...rest] = lines;
  const columns = header?.cells ?? [];
  const problem = headerProblem(columns, header?.line ?? 1, rest.length);
  if (problem) return { people: [], problems: [problem] };
  const people: RosterPerson[] = [];
  const problems: RosterProblem[] = [];
  const seen: Seen = { ids: new Map(), emails: new Map() };
  for (const { cells, line } of rest) {
    const mends = cellsProblems(columns, cells);
    const parsed = row.safeParse(Object.fromEntries(columns.map((column, at) => [column, cells[at]])));
    if (mends.length === 0 && !parsed.success)
      mends.push(...parsed.error.issues.map(({ message }) => message));
    if (parsed.success) mends.push(...alreadySeen(parsed.data, line, seen));
    if (mends.length === 0 && parsed.success) people.push(personOf(parsed.data));
    problems.push(...mends.map((mend) => ({ line, mend })));
  }
  return { people, problems };
}

/** The lines that have anything in them, or why the text is not CSV. */
function linesOf(csv: string): Line[] | RosterProblem {
  try {
    // Without named columns each line is a list of cells, which the package's types do not say of `info`.
    const records = parse(csv, {
      bom: true,
      info: true,
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

function headerProblem(columns: readonly string[], line: number, people: number): RosterProblem | null {
  const wanted = ROSTER_COLUMNS.join(', ');
  const missing = ROSTER_COLUMNS.filter((column) => !columns.includes(column));
  if (missing.length > 0) {
    return { line, mend: `the header lacks ${missing.join(', ')}; it must name ${wanted}` };
  }
  const twice = ROSTER_COLUMNS.filter((column) => columns.indexOf(column) !== columns.lastIndexOf(column));
  if (twice.length > 0) return { line, mend: `the header names ${twice.join(', ')} more than once` };
  return people === 0 ? { line, mend: 'nobody is in the file: add a line for each person' } : null;
}

/** Which cell is whose is never guessed: a line has as many as the header. */
function cellsProblems(columns: readonly string[], cells: readonly string[]): string[] {
  if (cells.length > columns.length) {
    return [
      `has ${cells.length} cells where the header has ${columns.length}; quote a cell that holds a comma`,
    ];
  }
  const missing = columns.slice(cells.length).filter((column) => column !== '');
  return cells.length < columns.length
    ? [`ends before ${missing.join(', ')}; a cell may be empty, but its comma must stand`]
    : [];
}

/** Lines on which an id and an e-mail address stood first. */
interface Seen {
  readonly ids: Map<string, number>;
  readonly emails: Map<string, number>;
}

/** What of this line stood on an earlier one; remembers the line. Two people of one address could not be told apart. */
function alreadySeen({ id, email }: z.infer<typeof row>, line: number, seen: Seen): string[] {
  const address = email.toLowerCase();
  const mends: string[] = [];
  if (seen.ids.has(id)) mends.push(`id: "${id}" stands on an earlier line too`);
  else if (address !== '' && seen.emails.has(address)) {
    mends.push(`email: is that of line ${seen.emails.get(address)} too; each person has their own`);
  }
  seen.ids.set(id, seen.ids.get(id) ?? line);
  if (address !== '') seen.emails.set(address, seen.emails.get(address) ?? line);
  return mends;
}

function personOf(cells: z.infer<typeof row>): RosterPerson {
  return {
    id: cells.id,
    name: cells.name,
    email: cells.email === '' ? null : cells.email.toLowerCase(),
    roles: list(cells.roles).filter(isRole),
    components: list(cells.component),
    timeZone: cells.time_zone,
  };
}
