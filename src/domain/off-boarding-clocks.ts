/** When a line of off-boarding is due, counted from the last day (domain reference 4.6). Pure. */
import { addBusinessDays, type Calendar } from './calendar.ts';
import type { FipsLevel } from './context-facts.ts';
import { addDays, instantOf, type LocalDate } from './time.ts';

/** How long after the last day: that day's end, so many hours after it, or the end of a day after it. */
export type Within =
  | { readonly hours: number }
  /** 0: by the end of the last day itself. */
  | { readonly days: number }
  | { readonly businessDays: number };

/** A time of the policy that goes by the level of the system, or by its being a High Value Asset. */
export interface PolicyTime {
  readonly usual: Within;
  /** By the overall FIPS 199 level; a level left out has the usual time. */
  readonly byLevel?: Readonly<Partial<Record<Exclude<FipsLevel, 'not_categorized'>, Within>>>;
  /** On a High Value Asset. */
  readonly onHva?: Within;
}

/** What the times go by. */
export interface SystemLevel {
  readonly fips: FipsLevel;
  /** Null: nobody knows. */
  readonly isHva: boolean | null;
}

/** The time that counts for a system. What nobody has settled counts as the highest level, and as a High Value Asset. */
export function timeFor({ usual, byLevel, onHva }: PolicyTime, { fips, isHva }: SystemLevel): Within {
  if (onHva && isHva !== false) return onHva;
  return byLevel?.[fips === 'not_categorized' ? 'high' : fips] ?? usual;
}

/** The programme's zone and business days. */
export interface BusinessDays {
  readonly timeZone: string;
  readonly calendar: Calendar;
}

const HOUR_MS = 3_600_000;

/** The instant at which something is due that may take so long after the last day, `endOn`. */
export function dueAtOf(within: Within, endOn: LocalDate, { timeZone, calendar }: BusinessDays): Date {
  const endOf = (day: LocalDate): Date => instantOf(addDays(day, 1), '00:00', timeZone);
  if ('hours' in within) return new Date(endOf(endOn).getTime() + within.hours * HOUR_MS);
  if ('days' in within) return endOf(addDays(endOn, within.days));
  return endOf(addBusinessDays(endOn, within.businessDays, calendar));
}
