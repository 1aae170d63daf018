/** The parts of a cadence in words: its times, its days and its months. */
import type { HolidayRule } from '../domain/cadence.ts';
import { monthName, weekdayName } from '../domain/time.ts';

const DAYS = [0, 1, 2, 3, 4, 5, 6].map((day) => weekdayName(day).toLowerCase());
const MONTHS = Array.from({ length: 12 }, (_, month) => monthName(month + 1).toLowerCase());
const NTH: Readonly<Record<string, string>> = {
  first: '#1',
  '1st': '#1',
  second: '#2',
  '2nd': '#2',
  third: '#3',
  '3rd': '#3',
  fourth: '#4',
  '4th': '#4',
  fifth: '#5',
  '5th': '#5',
  last: 'L',
};
/** Months of a quarterly cadence: the second of each quarter is as good as another, the first is where quarters begin. */
const QUARTERS = '1,4,7,10';

/** What no cron expression can say. */
export const EVERY_OTHER = /\b(?:every other|every (?:two|2) weeks|bi-?weekly|fortnight(?:ly)?)\b/iu;

/** The first day of the week that `words` name, as "Wednesday"; null for none. */
export function weekdayIn(words: string): string | null {
  const day = words
    .toLowerCase()
    .split(/[\s,;]+/u)
    .map(dayOf)
    .find((each) => each !== null);
  return day === undefined || day === null ? null : weekdayName(day);
}

/** "A, B, and C" as its parts. */
const seriesOf = (words: string): string[] => words.split(/, and |, | and /u);

// ------------------------------------------------------------------------------------------ times

interface ReadTimes {
  readonly before: string;
  readonly minute: number;
  /** One hour, or several of the same minute: `9,13`. */
  readonly hours: string;
}

/** What stands before the time, and the time at the end of `words`; null without one. */
export function readTimes(words: string): ReadTimes | null {
  const at = words.lastIndexOf(' at ');
  const several = at < 0 ? [] : seriesOf(words.slice(at + 4));
  if (several.length > 1) return severalTimes(words.slice(0, at), several);
  const found = / (?:at )?(\d{1,2}(?::\d{2})? ?(?:am|pm|a\.m\.|p\.m\.)?)$| at (noon)$/u.exec(words);
  const time = found && timeOf(found[1] ?? found[2] ?? '');
  return found && time
    ? { before: words.slice(0, found.index), minute: time.minute, hours: String(time.hour) }
    : null;
}

function severalTimes(before: string, parts: readonly string[]): ReadTimes | null {
  const times = parts.map(timeOf);
  const minute = times[0]?.minute;
  if (minute === undefined || times.some((time) => time?.minute !== minute)) return null;
  return { before, minute, hours: times.map((time) => time?.hour).join(',') };
}

function timeOf(text: string): { readonly hour: number; readonly minute: number } | null {
  if (text === 'noon') return { hour: 12, minute: 0 };
  const [, hourText, minuteText, half = ''] =
    /^(\d{1,2})(?::(\d{2}))? ?(am|pm|a\.m\.|p\.m\.)?$/u.exec(text) ?? [];
  if (hourText === undefined) return null;
  const [hour, minute] = [Number(hourText), Number(minuteText ?? 0)];
  // A bare hour without minutes could be either half of the day.
  if (half === '') return hour > 23 || minute > 59 || minuteText === undefined ? null : { hour, minute };
  if (minute > 59 || hour < 1 || hour > 12) return null;
  return { hour: (hour % 12) + (half.startsWith('p') ? 12 : 0), minute };
}

// ------------------------------------------------------------------------------------------ days

/** Three cron fields, and the holiday rule that the words mean by themselves. */
export interface ReadDays {
  readonly dayOfMonth: string;
  readonly months: string;
  readonly dayOfWeek: string;
  readonly holidayRule: HolidayRule | null;
}

/** The days in `words`: "every tuesday", "second wednesday of each month", "quarterly last day", "day 15 of june". */
export function readDays(words: string): ReadDays | null {
  const isQuarterly = /\b(?:quarterly|(?:each|every) quarter|of (?:each|every) quarter)\b/u.test(words);
  const { rest, months } = takeMonths(words);
  const plain = rest
    .replace(/\b(?:of )?(?:quarterly|(?:each|every) (?:quarter|month)|monthly|weekly|week)\b/gu, ' ')
    .replace(/\b(?:the|on|each|every|of|and)\b|,/gu, ' ')
    .trim()
    .split(/\s+/u);
  const days = daysOf(plain);
  if (days === null) return null;
  // A quarter has thirteen of each weekday: which one must be said.
  if (isQuarterly && days.dayOfMonth === '*' && !/[#L]/u.test(days.dayOfWeek)) return null;
  return { holidayRule: null, ...days, months: months ?? (isQuarterly ? QUARTERS : '*') };
}

/** "every three months on the second tuesday (in january, april, …)", "every tuesday in january", "day 1 of june and july". */
function takeMonths(words: string): { readonly rest: string; readonly months: string | null } {
  const [, listed, bracketed] =
    /^every \w{3,5} months on (.{1,80}) \(in ([a-z, ]{3,110})\)$/u.exec(words) ?? [];
  if (listed !== undefined && bracketed !== undefined) return { rest: listed, months: monthsOf(bracketed) };
  const at = Math.max(words.lastIndexOf(' in '), words.lastIndexOf(' of '));
  const months = at < 0 ? null : monthsOf(words.slice(at + 4));
  return months === null ? { rest: words, months } : { rest: words.slice(0, at), months };
}

function monthsOf(words: string): string | null {
  const months = seriesOf(words).map((name) => MONTHS.indexOf(name) + 1);
  return months.includes(0) ? null : months.join(',');
}

/** The words that are left: "second wednesday", "tuesday thursday", "weekday", "last day". */
function daysOf(
  words: readonly string[],
): (Omit<ReadDays, 'months' | 'holidayRule'> & Partial<ReadDays>) | null {
  const every = (dayOfWeek: string) => ({ dayOfMonth: '*', dayOfWeek });
  const days = words.join(' ');
  const dayOfMonth = /^day ([1-9]|[12]\d|3[01])$/u.exec(days)?.[1];
  if (dayOfMonth !== undefined) return { dayOfMonth, dayOfWeek: '*' };
  switch (days) {
    case 'last day':
      return { dayOfMonth: 'L', dayOfWeek: '*' };
    case 'last weekday':
      return { dayOfMonth: 'LW', dayOfWeek: '*' };
    case 'business day':
    case 'business days':
      return { ...every('1-5'), holidayRule: 'skip' };
    case 'weekday':
    case 'weekdays':
      return every('1-5');
    case 'day':
    case 'days':
      return every('*');
    default: {
      const named = NTH[words[0] ?? ''] === undefined ? listedDays(words) : placesOf(words);
      return named === null ? null : every(named);
    }
  }
}

function listedDays(words: readonly string[]): string | null {
  const days = words.map(dayOf);
  return days.includes(null) ? null : [...new Set(days)].sort().join(',');
}

/** "first third wednesday" as `3#1,3#3`. */
function placesOf(words: readonly string[]): string | null {
  const day = dayOf(words.at(-1) ?? '');
  const places = words.slice(0, -1).map((word) => NTH[word]);
  if (day === null || places.includes(undefined)) return null;
  return places.map((place) => `${day}${place}`).join(',');
}

function dayOf(word: string): number | null {
  const short = word.replace(/s$/u, '');
  const found = DAYS.findIndex((name) => name === short || (short.length >= 3 && name.startsWith(short)));
  return found < 0 ? null : found;
}
