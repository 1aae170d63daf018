/** How long records are kept after they ended, and which ones ended long enough ago. Pure. */
import { addDays, instantOf, type LocalDate, localDate } from './time.ts';

/** `kept`: the bot never disposes of it, and why. */
export type Retention =
  | { readonly kind: 'days' | 'years'; readonly count: number }
  | { readonly kind: 'kept'; readonly because: string };

/**
 * What ended before this instant may go: the begin of the day, in `zone`, that lies the whole retention back. A record that ended on
 * that day or later is too young. Null for what is kept for good.
 */
export function cutOffOf(retention: Retention, now: Date, zone: string): Date | null {
  if (retention.kind === 'kept') return null;
  const today = localDate(now, zone);
  const day =
    retention.kind === 'days' ? addDays(today, -retention.count) : yearsBack(today, retention.count);
  return instantOf(day, '00:00', zone);
}

/** The same day of an earlier year; from February 29 the 28th where that year has no such day. */
function yearsBack(day: LocalDate, count: number): LocalDate {
  const year = String(Number(day.slice(0, 4)) - count).padStart(4, '0');
  const isLeap = new Date(Date.UTC(Number(year), 1, 29)).getUTCMonth() === 1;
  return day.endsWith('-02-29') && !isLeap ? `${year}-02-28` : `${year}${day.slice(4)}`;
}
