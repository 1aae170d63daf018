/** A cadence in plain words: "every Tuesday at 10:00 AM Eastern Time". */
import type { HolidayRule } from './cadence.ts';
import { monthName, sayLocalTime, timeOfMinutes, weekdayName, zoneName } from './time.ts';

const ORDINALS = ['', 'first', 'second', 'third', 'fourth', 'fifth'] as const;
const MONTH_NAMES: readonly string[] = ['', ...'JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC'.split(' ')];
const DAY_NAMES: readonly string[] = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

/**
 * The cadence for people: "the second Wednesday of each month at 1:00 PM Eastern Time; if that is a federal holiday or
 * the office is closed, the next business day". A pattern too involved for a plain sentence is named as it stands, never
 * misdescribed. The holiday rule is said wherever it makes a difference. `src/forms/read-cadence.ts` reads the sentence back.
 */
export function describeCadence(cadence: {
  readonly cron: string;
  readonly zone: string;
  readonly holidayRule: HolidayRule;
}): string {
  const [minute = '', hour = '', day = '', month = '', dayOfWeek = ''] = cadence.cron.trim().split(/\s+/u);
  const times = timesInWords(minute, hour);
  const months = monthsOf(month);
  const days = daysInWords(day, dayOfWeek, months?.length === ALL_MONTHS ? cadence.holidayRule : 'keep');
  const zone = zoneWords(cadence.zone);
  if (times === null || days === null || months === null)
    return `on the schedule "${cadence.cron}" (${zone})${ruleInWords(cadence.holidayRule, { mayBeWeekend: true })}`;
  const sentence = `${withMonths(days, months)} at ${times} ${zone}`;
  return days.words === EVERY_BUSINESS_DAY
    ? sentence
    : `${sentence}${ruleInWords(cadence.holidayRule, days)}`;
}

/** Zones that people mean by their everyday names; beside the name of any other stands which it is. */
const EVERYDAY_ZONES: ReadonlySet<string> = new Set([
  'America/New_York',
  'America/Chicago',
  'America/Denver',
  'America/Phoenix',
  'America/Los_Angeles',
  'America/Anchorage',
  'Pacific/Honolulu',
  'America/Puerto_Rico',
  'Pacific/Pago_Pago',
  'UTC',
]);
const zoneWords = (zone: string): string =>
  EVERYDAY_ZONES.has(zone) ? zoneName(zone) : `${zoneName(zone)} (${zone})`;

interface Days {
  /** "every Tuesday", "the second Tuesday". */
  readonly words: string;
  /** Once in a month, so that "of each month" belongs to it. */
  readonly isMonthly: boolean;
  readonly mayBeWeekend: boolean;
}

const EVERY_BUSINESS_DAY = 'every business day';

/** What happens on a day that is no business day, as a part of the sentence. */
function ruleInWords(rule: HolidayRule, { mayBeWeekend }: Pick<Days, 'mayBeWeekend'>): string {
  const closed = mayBeWeekend
    ? 'if that is a weekend day or a federal holiday, or the office is closed,'
    : 'if that is a federal holiday or the office is closed,';
  switch (rule) {
    case 'next-business-day':
      return `; ${closed} the next business day`;
    case 'previous-business-day':
      return `; ${closed} the business day before`;
    case 'skip':
      return mayBeWeekend
        ? '; not on weekends, on federal holidays or when the office is closed'
        : '; not on federal holidays or when the office is closed';
    case 'keep':
      return mayBeWeekend
        ? '; also on weekends, on federal holidays and when the office is closed'
        : '; also on federal holidays and when the office is closed';
    default:
      return rule satisfies never;
  }
}

function timesInWords(minute: string, hour: string): string | null {
  if (!/^\d{1,2}$/u.test(minute) || !/^\d{1,2}(?:,\d{1,2}){0,5}$/u.test(hour)) return null;
  const times = hour.split(',').map((each) => Number(each) * 60 + Number(minute));
  return inSeries(times.sort((a, b) => a - b).map((minutes) => sayLocalTime(timeOfMinutes(minutes))));
}

const ALL_MONTHS = 12;
const STEP_WORDS: Readonly<Record<number, string>> = { 2: 'two', 3: 'three', 4: 'four', 6: 'six' };

/** The months of a field such as `*`, `1,4,7`, `*\/3` or `JAN-MAR`, in order; null for anything else, as a step from a single month. */
function monthsOf(field: string): number[] | null {
  const numbers = field.toUpperCase().replace(/[A-Z]{3}/gu, (name) => {
    const number = MONTH_NAMES.indexOf(name);
    return number < 0 ? name : String(number);
  });
  const months = new Set<number>();
  for (const part of numbers.split(',')) {
    const read = /^(?:\*|(\d{1,2})(?:-(\d{1,2}))?)(?:\/(\d{1,2}))?$/u.exec(part);
    if (!read || (read[1] !== undefined && read[2] === undefined && read[3] !== undefined)) return null;
    const from = Number(read[1] ?? 1);
    const to = Number(read[2] ?? (read[1] === undefined ? ALL_MONTHS : from));
    const step = Number(read[3] ?? 1);
    if (from < 1 || to > ALL_MONTHS || step < 1) return null;
    for (let month = from; month <= to; month += step) months.add(month);
  }
  return months.size === 0 ? null : [...months].sort((a, b) => a - b);
}

function withMonths({ words, isMonthly }: Days, months: readonly number[]): string {
  if (months.length === ALL_MONTHS) return isMonthly ? `${words} of each month` : words;
  const names = inSeries(months.map(monthName));
  const step = ALL_MONTHS / months.length;
  const isEven = months.every((month, index) => month === (months[0] ?? 1) + index * step);
  if (isMonthly && isEven && STEP_WORDS[step])
    return `every ${STEP_WORDS[step]} months on ${words} (in ${names})`;
  return isMonthly ? `${words} of ${names}` : `${words} in ${names}`;
}

function daysInWords(day: string, dayOfWeek: string, rule: HolidayRule): Days | null {
  if (day === '*') return weekdaysInWords(dayOfWeek, rule);
  const monthly = (words: string, mayBeWeekend: boolean): Days => ({ words, isMonthly: true, mayBeWeekend });
  // Both fields together mean both, and seven days from the 1st, 8th, 15th or 22nd hold each weekday once.
  const week = /^(1-7|8-14|15-21|22-28)$/u.exec(day)?.[1];
  if (dayOfWeek !== '*') {
    const [only, ...others] = daysOfWeek(numbered(dayOfWeek)) ?? [];
    if (!week || only === undefined || others.length > 0) return null;
    return monthly(`the ${ORDINALS[WEEKS.indexOf(week) + 1]} ${weekdayName(only)}`, isWeekendDay(only));
  }
  if (day === 'L') return monthly('the last day', true);
  if (day === 'LW') return monthly('the last weekday', false);
  return /^\d{1,2}$/u.test(day) ? monthly(`day ${Number(day)}`, true) : null;
}

const WEEKS = ['1-7', '8-14', '15-21', '22-28'];
const isWeekendDay = (day: number): boolean => day % 7 === 0 || day % 7 === 6;

/** Names of days as their numbers: `TUE` as 2. */
const numbered = (field: string): string =>
  field.toUpperCase().replace(/[A-Z]{3}/gu, (name) => {
    const number = DAY_NAMES.indexOf(name);
    return number < 0 ? name : String(number);
  });

function weekdaysInWords(field: string, rule: HolidayRule): Days | null {
  const numbers = numbered(field);
  const places = placesInMonth(numbers);
  if (places) return places;
  const days = numbers === '*' ? [0, 1, 2, 3, 4, 5, 6] : daysOfWeek(numbers);
  if (days === null) return null;
  const weekly = (words: string): Days => ({
    words,
    isMonthly: false,
    mayBeWeekend: days.some(isWeekendDay),
  });
  if (days.length === 7) return weekly(rule === 'keep' ? 'every day' : EVERY_BUSINESS_DAY);
  if (days.join() === '1,2,3,4,5') return weekly(rule === 'keep' ? 'every weekday' : EVERY_BUSINESS_DAY);
  return weekly(`every ${inSeries(days.map(weekdayName))}`);
}

/** "the second Wednesday", "the first and third Wednesday", "the last Friday"; null for anything else. */
function placesInMonth(field: string): Days | null {
  if (!/^[0-7](?:#[1-5L]|L)(?:,[0-7](?:#[1-5L]|L)){0,5}$/u.test(field)) return null;
  const parts = field.split(',');
  const day = Number(field[0]) % 7;
  if (parts.some((part) => Number(part[0]) % 7 !== day)) return null;
  const which = parts.map((part) => ORDINALS[Number(part.at(-1))] ?? 'last');
  return {
    words: `the ${inSeries(which)} ${weekdayName(day)}`,
    isMonthly: true,
    mayBeWeekend: isWeekendDay(day),
  };
}

/** Days listed in a field such as `1-3,5`, or null for anything else. */
function daysOfWeek(field: string): number[] | null {
  if (!/^[0-7](?:-[0-7])?(?:,[0-7](?:-[0-7])?){0,6}$/u.test(field)) return null;
  const days = new Set<number>();
  for (const part of field.split(',')) {
    const [from = 0, to = from] = part.split('-').map(Number);
    for (let day = from; day <= to; day += 1) days.add(day % 7);
  }
  return [...days].sort((a, b) => ((a + 6) % 7) - ((b + 6) % 7));
}

/** "A", "A and B", "A, B, and C" */
function inSeries(words: readonly string[]): string {
  if (words.length < 3) return words.join(' and ');
  return `${words.slice(0, -1).join(', ')}, and ${words.at(-1)}`;
}
