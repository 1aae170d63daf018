/** "last quarter", "2027 Q1", "March 2027", "fiscal year 2027", "the last 30 days": which days somebody means. */
import {
  fiscalYearAround,
  lastDays,
  monthAround,
  nextDays,
  type Period,
  quarterAround,
  yearAround,
} from '../domain/period.ts';
import { type LocalDate, monthName } from '../domain/time.ts';
import { fold } from './text.ts';

/** Where a month is said without its year: the last one that has begun, or the next that is not over. */
export type Bare = 'past' | 'coming';

/** Longer texts name no period. */
const LONGEST = 160;
/** Words that the longest name of a period has: `the last 90 days`, `in fiscal year 2027`. */
const MOST_WORDS = 5;
const MOST_DAYS = 3660;

const MOVED: Readonly<Record<string, number>> = {
  this: 0,
  current: 0,
  last: -1,
  previous: -1,
  next: 1,
};
const AROUND = {
  month: monthAround,
  quarter: quarterAround,
  year: yearAround,
  'calendar year': yearAround,
  'fiscal year': fiscalYearAround,
  fy: fiscalYearAround,
} as const;

const MONTHS: ReadonlyMap<string, number> = new Map(
  Array.from({ length: 12 }, (_, index) => monthName(index + 1).toLowerCase()).flatMap((name, index) => [
    [name, index + 1] as const,
    [name.slice(0, 3), index + 1] as const,
  ]),
);

/** The period that a whole text names; null for anything else. Days that lie ahead of today are the caller's to leave out. */
export function readPeriod(words: string, today: LocalDate, bare: Bare = 'past'): Period | null {
  if (words.length > LONGEST) return null;
  const said = fold(words)
    .replace(/^(?:in|for|of|during|over) /u, '')
    .replace(/^the /u, '');
  return moved(said, today) ?? ofDays(said, today) ?? ofYear(said) ?? ofMonth(said, today, bare);
}

/** The first period that stands in the text, longest first, with the words around it; null when there is none. */
export function findPeriod(
  text: string,
  today: LocalDate,
  bare: Bare = 'past',
): { readonly period: Period; readonly rest: string } | null {
  if (text.length > LONGEST) return null;
  const words = text.split(/\s/u).filter((word) => word !== '');
  for (let length = Math.min(MOST_WORDS, words.length); length > 0; length -= 1) {
    for (let start = 0; start + length <= words.length; start += 1) {
      const period = readPeriod(words.slice(start, start + length).join(' '), today, bare);
      const rest = [...words.slice(0, start), ...words.slice(start + length)].join(' ');
      if (period) return { period, rest };
    }
  }
  return null;
}

/** `this month`, `last quarter`, `next fiscal year`. */
function moved(said: string, today: LocalDate): Period | null {
  const [, which = '', what = ''] =
    /^(this|current|last|previous|next) (month|quarter|year|calendar year|fiscal year|fy)$/u.exec(said) ?? [];
  const around = AROUND[what as keyof typeof AROUND];
  const by = MOVED[which];
  return around === undefined || by === undefined ? null : around(today, by);
}

/** `last 30 days`, `next 30 days`; `today`. */
function ofDays(said: string, today: LocalDate): Period | null {
  if (said === 'today') return lastDays(today, 1);
  const [, which, days = ''] = /^(last|past|next|coming) (\d{1,4}) days?$/u.exec(said) ?? [];
  const count = Number(days);
  if (count < 1 || count > MOST_DAYS) return null;
  return which === 'last' || which === 'past' ? lastDays(today, count) : nextDays(today, count);
}

/** `2027 Q1`, `Q1 2027`, `FY2027`, `fiscal year 2027`, `2027`. */
function ofYear(said: string): Period | null {
  const fiscal = /^(?:fy|fiscal year) ?((?:20)?\d\d)$/u.exec(said)?.[1];
  if (fiscal !== undefined) return fiscalYearAround(`${full(fiscal)}-01-01`);
  const quarter = /^(20\d\d) ?q([1-4])$/u.exec(said) ?? flipped(/^q([1-4]) ?(20\d\d)$/u.exec(said));
  if (quarter) return quarterAround(`${quarter[1]}-01-01`, Number(quarter[2]) - 1);
  return /^20\d\d$/u.test(said) ? yearAround(`${said}-01-01`) : null;
}

const full = (year: string): string => (year.length === 2 ? `20${year}` : year);
const flipped = (found: RegExpExecArray | null): readonly (string | undefined)[] | null =>
  found && [found[0], found[2], found[1]];

/** `March 2027`, `2027-03`, `March`. */
function ofMonth(said: string, today: LocalDate, bare: Bare): Period | null {
  const [, year, number] = /^(20\d\d)-(0[1-9]|1[0-2])$/u.exec(said) ?? [];
  if (year !== undefined && number !== undefined) return monthAround(`${year}-${number}-01`);
  const [, name = '', named] = /^([a-z]{3,9})(?: (20\d\d))?$/u.exec(said) ?? [];
  const month = MONTHS.get(name);
  if (month === undefined) return null;
  const ofThisYear = `${named ?? today.slice(0, 4)}-${String(month).padStart(2, '0')}-01`;
  if (named !== undefined) return monthAround(ofThisYear);
  const { from, until } = monthAround(ofThisYear);
  if (bare === 'past' && from > today) return monthAround(ofThisYear, -12);
  return bare === 'coming' && until < today ? monthAround(ofThisYear, 12) : monthAround(ofThisYear);
}
