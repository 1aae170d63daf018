/** The people of the programme from a CSV file: every bad line is reported, nothing is guessed. */
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { type Person, ROLES, type Role } from '../domain/person.ts';
import { isZone } from '../domain/time.ts';

/** The columns of the file, in any order; `roles` and `component` take several values with a semicolon between. */
export const ROSTER_COLUMNS = ['id', 'name', 'email', 'roles', 'component', 'time_zone'] as const;

export interface RosterProblem {
  /** Line of the file, from 1. */
  readonly line: number;
  readonly mend: string;
}

/** People without their calendar token, which is not for a file to say. */
export type RosterPerson = Omit<Person, 'calendarToken'>;

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
  }),
  component: z.string(),
  time_zone: z.string().trim().refine(isZone, 'time_zone: is not an IANA zone such as America/New_York'),
});

/** Reads the file's text. People of bad lines are left out and each line is reported; a bad header leaves nobody. */
export function readRoster(csv: string): Roster {
  let records: { record: Record<string, string>; info: { lines: number } }[];
  try {
    records = parse(csv, {
      bom: true,
      columns: true,
      info: true,
      skip_empty_lines: true,
      trim: true,
      relax_column_count: true,
    }) as unknown as typeof records;
  } catch {
    return { people: [], problems: [{ line: 1, mend: 'the file is not CSV: check the quotes' }] };
  }
  const header = Object.keys(records[0]?.record ?? {});
  const missing = ROSTER_COLUMNS.filter((column) => !header.includes(column));
  if (missing.length > 0) {
    return {
      people: [],
      problems: [
        {
          line: 1,
          mend: `the header lacks ${missing.join(', ')}; it must name ${ROSTER_COLUMNS.join(', ')}`,
        },
      ],
    };
  }
  const people = new Map<string, RosterPerson>();
  const problems: RosterProblem[] = [];
  for (const { record, info } of records) {
    const parsed = row.safeParse(record);
    if (!parsed.success) {
      problems.push(...parsed.error.issues.map(({ message }) => ({ line: info.lines, mend: message })));
    } else if (people.has(parsed.data.id)) {
      problems.push({ line: info.lines, mend: `id: "${parsed.data.id}" stands on an earlier line too` });
    } else {
      people.set(parsed.data.id, personOf(parsed.data));
    }
  }
  return { people: [...people.values()], problems };
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
