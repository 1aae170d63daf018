/** What `npm run simulate` is asked to do: its arguments, read and checked. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { addDays, DAY_MS, EASTERN, instantOf, isZone, readLocalDate } from '../../src/domain/time.ts';
import { placeOf, startOf, withParts } from './journey.ts';

const journeys = fileURLToPath(new URL('../../test/journeys', import.meta.url));
const mostDays = 1_100;

/** What whoever called us got wrong, with the mend. */
export class BadArguments extends Error {}

export interface Arguments {
  readonly file: string;
  readonly journey: string;
  /** Where a line of the journey comes from. */
  readonly placeOf: (line: number) => string;
  readonly from: Date;
  readonly to: Date;
  readonly full: boolean;
  readonly json: boolean;
}

/** Null without any; throws `BadArguments`, with the mend. `words` are those behind the command's name. */
export function readArguments(words: readonly string[]): Arguments | null {
  const { journey: name, from, to, full, json } = readOptions(words);
  if (name === undefined) {
    if (from === undefined && to === undefined) return null;
    throw new BadArguments(
      'Name a journey: --journey FILE. Without anything, the journeys there are are listed.',
    );
  }
  const file = findJourney(name);
  const script = readFileSync(file, 'utf8');
  const part = (named: string): string => readPart(file, named);
  const journey = withParts(script, part);
  const startsAt = startInstant(journey);
  const fromAt = from === undefined ? startsAt : readDay('--from', from, 'first');
  const toAt = to === undefined ? new Date(fromAt.getTime() + 30 * DAY_MS) : readDay('--to', to, 'last');
  if (toAt < fromAt) throw new BadArguments('--to comes before --from. Give the later day as --to.');
  if (toAt < startsAt)
    throw new BadArguments(`The journey starts at ${startsAt.toISOString()}, after --to. Give a later --to.`);
  if (toAt.getTime() - startsAt.getTime() > mostDays * DAY_MS)
    throw new BadArguments(
      `--to is more than ${mostDays} days after the journey starts. Give an earlier one.`,
    );
  const lineOf = (expanded: number): string => {
    const place = placeOf(script, expanded, part);
    return `${file}, line ${place.line}${place.part ? `, in the part "${place.part}"` : ''}`;
  };
  return { file, journey, placeOf: lineOf, from: fromAt, to: toAt, full, json };
}

function readOptions(words: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...words],
      options: {
        journey: { type: 'string' },
        from: { type: 'string' },
        to: { type: 'string' },
        full: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
      },
    });
    return values;
  } catch (error) {
    throw new BadArguments(error instanceof Error ? error.message : String(error));
  }
}

export const namesOfJourneys = (): string[] =>
  readdirSync(journeys)
    .filter((name) => name.endsWith('.journey'))
    .sort()
    .map((name) => {
      const about = /^# (.*)$/mu.exec(readFileSync(join(journeys, name), 'utf8'))?.[1] ?? '';
      return `  test/journeys/${name}\n      ${about}`;
    });

/** A file of the caller's, or one of ours by its bare name. */
function findJourney(name: string): string {
  // npm runs us in the project's folder and says where it was called.
  const here = process.env.INIT_CWD ?? process.cwd();
  const places = [
    resolve(here, name),
    resolve(name),
    join(journeys, name),
    join(journeys, `${name}.journey`),
  ];
  const found = places.find((place) => existsSync(place));
  if (found !== undefined) return found;
  throw new BadArguments(`There is no journey "${name}". Run npm run simulate to see those there are.`);
}

/** Parts lie beside the journey, else beside ours. */
function readPart(file: string, part: string): string {
  const places = [join(dirname(file), 'parts'), join(journeys, 'parts')].map((folder) =>
    join(folder, `${part}.journey`),
  );
  const found = places.find((place) => existsSync(place));
  if (found === undefined)
    throw new BadArguments(`The journey follows "${part}", and there is no such part.`);
  return readFileSync(found, 'utf8');
}

function startInstant(journey: string): Date {
  const said = /^start at (\S+)$/mu.test(journey) ? startOf(journey) : '';
  const at = new Date(said);
  if (said !== '' && !Number.isNaN(at.getTime())) return at;
  throw new BadArguments('The journey has to begin with a line such as: start at 2026-12-01T10:00:00-05:00');
}

/** A day of the programme's zone, from its beginning or to its end, or an instant with its offset. */
function readDay(option: string, given: string, side: 'first' | 'last'): Date {
  const named = process.env.PROGRAM_TIME_ZONE ?? '';
  const zone = isZone(named) ? named : EASTERN;
  const day = readLocalDate(given);
  if (day !== null && side === 'first') return instantOf(day, '00:00', zone);
  if (day !== null) return new Date(instantOf(addDays(day, 1), '00:00', zone).getTime() - 1);
  const at = /T.*(?:Z|[+-]\d{2}:\d{2})$/u.test(given) ? new Date(given) : new Date(Number.NaN);
  if (!Number.isNaN(at.getTime())) return at;
  throw new BadArguments(
    `${option} takes a day such as 2026-12-01, or an instant such as 2026-12-01T09:00:00-05:00.`,
  );
}
