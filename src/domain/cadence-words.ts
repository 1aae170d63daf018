/** A cadence in plain words: "every Tuesday at 10:00 AM Eastern Time". */
import type { HolidayRule } from './cadence.ts';
import { monthName, sayLocalTime, timeOfMinutes, weekdayName, zoneName } from './time.ts';

const ORDINALS = ['', 'first', 'second', 'third', 'fourth', 'fifth'] as const;
const DAY_NAMES: readonly string[] = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

/**
 * The cadence for people. A pattern too involved for a plain sentence is named as it stands, never misdescribed.
 * The holiday rule is said only where it makes a difference.
 */
export function describeCadence(cadence: {
  readonly cron: string;
  readonly zone: string;
  readonly holidayRule: HolidayRule;
}): string {
  const [minute = '', hour = '', day = '', month = '', dayOfWeek = ''] = cadence.cron.trim().split(/\s+/u);
  const times = timesInWords(minute, hour);
  const days = daysInWords(day, dayOfWeek, cadence.holidayRule);
  const months = monthsInWords(month);
  if (times === null || days === null || months === null)
    return `on the schedule "${cadence.cron}" (${zoneName(cadence.zone)})`;
  const sentence = `${days}${months} at ${times} ${zoneName(cadence.zone)}`;
  return days === 'every business day' ? sentence : `${sentence}${RULE_WORDS[cadence.holidayRule]}`;
}

const RULE_WORDS: Readonly<Record<HolidayRule, string>> = {
  'next-business-day': ' (the next business day when the office is closed)',
  'previous-business-day': ' (the business day before when the office is closed)',
  skip: ' (not when the office is closed)',
  keep: '',
};

function timesInWords(minute: string, hour: string): string | null {
  if (!/^\d{1,2}$/u.test(minute) || !/^\d{1,2}(?:,\d{1,2}){0,5}$/u.test(hour)) return null;
  const times = hour.split(',').map((each) => Number(each) * 60 + Number(minute));
  return inSeries(times.sort((a, b) => a - b).map((minutes) => sayLocalTime(timeOfMinutes(minutes))));
}

function monthsInWords(month: string): string | null {
  if (month === '*') return '';
  if (!/^\d{1,2}(?:,\d{1,2}){0,11}$/u.test(month)) return null;
  return ` in ${inSeries(month.split(',').map((each) => monthName(Number(each))))}`;
}

function daysInWords(day: string, dayOfWeek: string, rule: HolidayRule): string | null {
  if (day === '*') return weekdaysInWords(dayOfWeek, rule);
  if (dayOfWeek !== '*') return null;
  if (day === 'L') return 'the last day of each month';
  if (day === 'LW') return 'the last weekday of each month';
  return /^\d{1,2}$/u.test(day) ? `day ${Number(day)} of each month` : null;
}

function weekdaysInWords(field: string, rule: HolidayRule): string | null {
  const numbers = field.toUpperCase().replace(/[A-Z]{3}/gu, (name) => {
    const number = DAY_NAMES.indexOf(name);
    return number < 0 ? name : String(number);
  });
  const nth = /^([0-7])#([1-5])$/u.exec(numbers);
  if (nth) return `the ${ORDINALS[Number(nth[2])]} ${weekdayName(Number(nth[1]))} of each month`;
  const last = /^([0-7])(?:L|#L)$/u.exec(numbers);
  if (last) return `the last ${weekdayName(Number(last[1]))} of each month`;
  if (numbers === '*') return rule === 'keep' ? 'every day' : 'every business day';
  const days = daysOfWeek(numbers);
  if (days === null) return null;
  if (days.length === 7) return rule === 'keep' ? 'every day' : 'every business day';
  if (days.join() === '1,2,3,4,5') return rule === 'keep' ? 'every weekday' : 'every business day';
  return `every ${inSeries(days.map(weekdayName))}`;
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
