/** Where links to the dashboard lead, for those who can open them. */
import { mayEver } from '../domain/access.ts';
import type { Person } from '../domain/person.ts';
import type { Programme } from './work.ts';

/**
 * The address of the pages, without a slash at the end; null where there are none, or the reader may not look at them. Null for
 * `reader` is a channel: its links are for those of its readers who may.
 */
export const pagesFor = (
  { dashboardIsOn, publicUrl }: Pick<Programme, 'dashboardIsOn' | 'publicUrl'>,
  reader: Person | null,
): string | null =>
  dashboardIsOn && (reader === null || mayEver(reader, 'dashboard.read')) ? publicUrl : null;
