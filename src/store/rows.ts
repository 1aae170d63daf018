import { z } from 'zod';

const earliestSchema = z.tuple([z.object({ at: z.date().nullable() })]);

/** The instant from `SELECT min(…) AS at`; null when there was no row. */
export function earliestOf(rows: unknown): Date | null {
  return earliestSchema.parse(rows)[0].at;
}

/** Reads one of `names`; throws for any other text. */
export const memberOf =
  <Name extends string>(names: readonly Name[]) =>
  (text: string): Name => {
    const found = names.find((name) => name === text);
    if (found === undefined) throw new TypeError(`"${text}" was not written by this program.`);
    return found;
  };
