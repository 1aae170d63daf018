/** Spans of days that figures are taken over, by name. Pure: today is an argument. */
import { addDays, type LocalDate, monthName } from './time.ts';

/** Days in a row, both included, and what they are called: `2027 Q1`, `the last 90 days`. */
export interface Period {
  readonly from: LocalDate;
  readonly until: LocalDate;
  readonly name: string;
}

const day = (year: number, month: number, date: number): LocalDate =>
  `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`;

/** Months from January of year 0, so that they can be added. */
const monthsOf = (date: LocalDate): number => Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1;
const firstOf = (months: number): LocalDate => day(Math.floor(months / 12), (months % 12) + 1, 1);
const span = (months: number, count: number, name: string): Period => ({
  from: firstOf(months),
  until: addDays(firstOf(months + count), -1),
  name,
});

/** So many days up to today, today included. */
export const lastDays = (today: LocalDate, days: number): Period => ({
  from: addDays(today, 1 - days),
  until: today,
  name: days === 1 ? 'today' : `the last ${days} days`,
});
/** From today to so many days ahead. */
export const nextDays = (today: LocalDate, days: number): Period => ({
  from: today,
  until: addDays(today, days),
  name: days === 1 ? 'today and tomorrow' : `the next ${days} days`,
});
const USUAL_DAYS = 90;
/** What figures are taken over when nobody says. */
export const lastNinetyDays = (today: LocalDate): Period => lastDays(today, USUAL_DAYS);

/** The calendar month of the day, moved by so many months: `March 2027`. */
export function monthAround(date: LocalDate, moved = 0): Period {
  const months = monthsOf(date) + moved;
  return span(months, 1, `${monthName((months % 12) + 1)} ${Math.floor(months / 12)}`);
}

/** The quarter of the calendar year that holds the day, moved by so many quarters: `2027 Q1`. */
export function quarterAround(date: LocalDate, moved = 0): Period {
  const quarters = Math.floor(monthsOf(date) / 3) + moved;
  return span(quarters * 3, 3, `${Math.floor(quarters / 4)} Q${(quarters % 4) + 1}`);
}

/** The name of the quarter that holds the day: `2027 Q1`. */
export const quarterOf = (date: LocalDate): string => quarterAround(date).name;

/** The calendar year of the day, moved by so many years: `2027`. */
export function yearAround(date: LocalDate, moved = 0): Period {
  const year = Number(date.slice(0, 4)) + moved;
  return { from: day(year, 1, 1), until: day(year, 12, 31), name: String(year) };
}

/** The federal fiscal year of the day, 1 October to 30 September, moved by so many years: `fiscal year 2027` (domain reference 3.2). */
export function fiscalYearAround(date: LocalDate, moved = 0): Period {
  const year = Number(date.slice(0, 4)) + (date.slice(5) >= '10-01' ? 1 : 0) + moved;
  return { from: day(year - 1, 10, 1), until: day(year, 9, 30), name: `fiscal year ${year}` };
}

/** Names of all quarters that have a day from the first to the last, in order. */
export function quartersBetween(from: LocalDate, until: LocalDate): readonly string[] {
  const [first, last] = [Math.floor(monthsOf(from) / 3), Math.floor(monthsOf(until) / 3)];
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, place) => quarterAround(from, place).name);
}
