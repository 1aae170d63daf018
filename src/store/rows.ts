import { z } from 'zod';

const earliestSchema = z.tuple([z.object({ at: z.date().nullable() })]);

/** The instant from `SELECT min(…) AS at`; null when there was no row. */
export function earliestOf(rows: unknown): Date | null {
  return earliestSchema.parse(rows)[0].at;
}
