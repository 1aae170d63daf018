/** What is typed about lines of an off-boarding record: `laptop returned to Leila; tag 1234; ref T-77; 6/30/2028`. */
import type { RawValues } from '../domain/field.ts';
import { type OffBoardingLine, type OffBoardingRecord, openStateOf } from '../domain/off-boarding.ts';
import type { LocalDate } from '../domain/time.ts';
import { fold } from '../forms/text.ts';
import { STATE_PHRASES, typedKey } from '../messages/copy/off-boarding-words.ts';
import { readDayNear } from './meeting-words.ts';

/** Several lines, what became of them, and what shows it; or the number of an incident. */
export type TypedLines =
  | {
      readonly kind: 'report';
      readonly lines: readonly OffBoardingLine[];
      /** Values of `lineForm`, by line: the same words can stand for different states. */
      valuesFor(line: OffBoardingLine): RawValues;
    }
  | { readonly kind: 'incident'; readonly line: OffBoardingLine; readonly number: string }
  /** No line is named. */
  | { readonly kind: 'no-line' }
  /** What became of it is not said. */
  | { readonly kind: 'no-state'; readonly line: OffBoardingLine };

/** More lines than any record has. */
const MOST_LINES = 60;

/** Reads the words behind the number; `namesOf` are other words for a line, by its key. */
export function readTypedLines(
  typed: string,
  record: OffBoardingRecord,
  namesOf: (key: string) => readonly string[],
  today: LocalDate,
): TypedLines {
  const [first = '', ...parts] = typed.split(/[;\n]/u).map((part) => part.trim());
  const { lines, rest, lastName } = readNames(first, record, namesOf);
  const [line] = lines;
  if (!line) return { kind: 'no-line' };
  const incident = /^incident(?:\s+number)?[\s:#]*(\S{1,60})$/iu.exec(rest)?.[1];
  if (incident !== undefined) return { kind: 'incident', line, number: incident };
  const said = rest === '' ? stateInName(lastName) : readState(rest);
  if (!said) return { kind: 'no-state', line };
  const values = partValues([...parts, ...(said.behind === '' ? [] : [said.behind])], today);
  return {
    kind: 'report',
    lines,
    valuesFor: ({ kind }) => ({
      ...values,
      state: said.state === 'open' ? openStateOf(kind) : said.state,
    }),
  };
}

interface Named {
  readonly line: OffBoardingLine;
  readonly name: string;
}

/** The names that the text begins with, one after the other, divided by commas or "and"; the longest that fits counts. */
function readNames(
  text: string,
  record: OffBoardingRecord,
  namesOf: (key: string) => readonly string[],
): { readonly lines: readonly OffBoardingLine[]; readonly rest: string; readonly lastName: string } {
  const named: readonly Named[] = record.lines
    .flatMap((line) =>
      [typedKey(line.key), line.what, ...namesOf(line.key)].map((name) => ({ line, name: fold(name) })),
    )
    .toSorted((a, b) => b.name.length - a.name.length);
  const lines: OffBoardingLine[] = [];
  let lastName = '';
  let rest = text.replace(/\s+/gu, ' ').trim();
  for (let count = 0; count < MOST_LINES; count += 1) {
    const lower = rest.toLowerCase();
    const found = named.find(
      ({ name }) => lower.startsWith(name) && !/^[\p{L}\p{N}]/u.test(lower.slice(name.length)),
    );
    if (!found) break;
    if (!lines.includes(found.line)) lines.push(found.line);
    lastName = found.name;
    rest = rest.slice(found.name.length).trimStart();
    const divider = /^(?:,\s*(?:and\s+)?|and\s+)/iu.exec(rest)?.[0];
    if (divider === undefined) break;
    rest = rest.slice(divider.length);
  }
  return { lines, rest: rest.replace(/^[:,\s]+/u, ''), lastName };
}

type Said = { readonly state: (typeof STATE_PHRASES)[number][1]; readonly behind: string };

/** Some lines are called by what becomes of them: `EUA ID disabled` by itself says that it is. */
function stateInName(name: string): Said | null {
  const found = STATE_PHRASES.find(([phrase]) => name.endsWith(` ${phrase}`));
  return found ? { state: found[1], behind: '' } : null;
}

/** The state, and what stands behind it: `returned to Leila`. */
function readState(rest: string): Said | null {
  const lower = rest.toLowerCase().replace(/^(?:is|was|are|were|has been|have been)\s+/u, '');
  const found = STATE_PHRASES.find(
    ([phrase]) => lower === phrase || lower.startsWith(`${phrase} `) || lower.startsWith(`${phrase},`),
  );
  if (!found) return null;
  const behind = rest.slice(rest.length - lower.length + found[0].length);
  return { state: found[1], behind: behind.replace(/^[\s,]+/u, '') };
}

const PARTS: readonly (readonly [RegExp, string])[] = [
  [/^(?:asset\s+)?tag(?:\s+ending\s+in)?[\s:]+(.+)$/iu, 'tag'],
  [/^(?:ref|reference|ticket|receipt)\b[\s:.#]+(.+)$/iu, 'reference'],
  [/^tracking(?:\s+number)?[\s:]+(.+)$/iu, 'tracking'],
  [/^condition[\s:]+(.+)$/iu, 'condition'],
  [/^(?:returned\s+)?to[\s:]+(.+)$/iu, 'returned_to'],
];
const CONDITION_WORDS = /^(?:good|worn|damaged)$/iu;

/** Named parts by their field; a day by itself is the date. What says nothing known is refused by the form under `?`. */
function partValues(parts: readonly string[], today: LocalDate): RawValues {
  const values: Record<string, string> = {};
  for (const part of parts.filter((each) => each !== '')) {
    const named = PARTS.map(([shape, field]) => [field, shape.exec(part)?.[1]] as const).find(
      ([, value]) => value !== undefined,
    );
    if (named) values[named[0]] = named[1] ?? '';
    else if (CONDITION_WORDS.test(part)) values.condition = part;
    else values.on = readDayNear(part.replace(/^on\s+/iu, ''), today) ?? part;
  }
  return values;
}
