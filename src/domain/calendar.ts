/**
 * Working days: federal holidays by rule (domain reference 9.1), single closures as data, and counting in business
 * days for timers and reminders (domain reference 2.3).
 */
import {
  addDays,
  EASTERN,
  instantOf,
  type LocalDate,
  type LocalTime,
  localDate,
  localTime,
  weekday,
} from './time.ts';

/** A day on which the office is closed without being a federal holiday, such as by executive order. */
export interface Closure {
  readonly on: LocalDate;
  readonly name: string;
}

/** Days in a row, both ends included, and what they are called: "leave". */
export interface Absence {
  readonly fromOn: LocalDate;
  readonly toOn: LocalDate;
  readonly name: string;
}

/** What beside the rules decides whether people work: of the programme, or of one person (`calendarOf` in contact.ts). */
export interface Calendar {
  readonly closures: readonly Closure[];
  /** Whether Inauguration Day is a holiday, as it is in the Washington area (domain reference 9.1); left out: it is not. */
  readonly inaugurationDay?: boolean;
  /** When the one person whose calendar this is is away. */
  readonly away?: readonly Absence[];
}

/** The federal holidays alone. */
export const FEDERAL_CALENDAR: Calendar = { closures: [] };

/** Opening times on business days; `from` and `to` both count as inside. */
export interface BusinessHours {
  readonly from: LocalTime;
  readonly to: LocalTime;
  readonly zone: string;
}

/** Default business hours (domain reference 9.1, assumed). */
export const BUSINESS_HOURS: BusinessHours = { from: '08:30', to: '17:00', zone: EASTERN };

/** More closed days than this in a row is a mistake; a year of leave next to a year of closures is within it. */
const MAX_CLOSED_DAYS_IN_A_ROW = 3 * 366;

const [SUNDAY, MONDAY, THURSDAY, SATURDAY] = [0, 1, 4, 6];

// ------------------------------------------------------------------------------------------ holidays

interface Holiday {
  readonly name: string;
  readonly on: LocalDate;
}

/** The eleven holidays of 5 U.S.C. 6103 in one year, on their own dates. Juneteenth since 2021. */
function holidaysOf(year: number): readonly Holiday[] {
  return [
    { name: "New Year's Day", on: `${year}-01-01` },
    { name: 'Birthday of Martin Luther King, Jr.', on: nthWeekday(year, 1, MONDAY, 3) },
    { name: "Washington's Birthday", on: nthWeekday(year, 2, MONDAY, 3) },
    { name: 'Memorial Day', on: addDays(nthWeekday(year, 6, MONDAY, 1), -7) },
    { name: 'Juneteenth', on: `${year}-06-19` },
    { name: 'Independence Day', on: `${year}-07-04` },
    { name: 'Labor Day', on: nthWeekday(year, 9, MONDAY, 1) },
    { name: 'Columbus Day', on: nthWeekday(year, 10, MONDAY, 2) },
    { name: 'Veterans Day', on: `${year}-11-11` },
    { name: 'Thanksgiving Day', on: nthWeekday(year, 11, THURSDAY, 4) },
    { name: 'Christmas Day', on: `${year}-12-25` },
  ];
}

function nthWeekday(year: number, month: number, day: number, n: number): LocalDate {
  const first = `${year}-${String(month).padStart(2, '0')}-01`;
  return addDays(first, ((day - weekday(first) + 7) % 7) + (n - 1) * 7);
}

/** Monday-to-Friday staff: a Saturday holiday is observed on Friday, a Sunday holiday on Monday (domain reference 9.1). */
function observedOn(on: LocalDate): LocalDate {
  if (weekday(on) === SATURDAY) return addDays(on, -1);
  return weekday(on) === SUNDAY ? addDays(on, 1) : on;
}

/** 20 January after each presidential election. */
const INAUGURATION = { name: 'Inauguration Day', first: 2021, everyYears: 4 } as const;

/** Inauguration Day of `year` as it is observed: not at all on a Saturday, on Monday for a Sunday (domain reference 9.1). */
function inaugurationOf(year: number): Holiday[] {
  if ((year - INAUGURATION.first) % INAUGURATION.everyYears !== 0) return [];
  const on = `${year}-01-20`;
  return weekday(on) === SATURDAY ? [] : [{ name: INAUGURATION.name, on }];
}

/** The years' tables, without and with Inauguration Day. */
const byYear = { without: new Map<number, HolidayTable>(), including: new Map<number, HolidayTable>() };
type HolidayTable = ReadonlyMap<LocalDate, string>;

/** Every day of `year` that is a holiday or the observed day of one, also of New Year's Day of the year after. */
function holidayTable(year: number, inaugurationDay: boolean): HolidayTable {
  const tables = inaugurationDay ? byYear.including : byYear.without;
  const known = tables.get(year);
  if (known) return known;
  const table = new Map<LocalDate, string>();
  for (const { name, on } of holidaysToObserve(year, inaugurationDay)) {
    const observed = observedOn(on);
    table.set(on, named(table.get(on), name));
    if (observed !== on) table.set(observed, named(table.get(observed), `${name}, observed`));
  }
  tables.set(year, table);
  return table;
}

/** The holidays whose own or observed date lies in `year`, by their own dates. */
const holidaysToObserve = (year: number, inaugurationDay: boolean): readonly Holiday[] => [
  ...holidaysOf(year),
  ...holidaysOf(year + 1).slice(0, 1),
  ...(inaugurationDay ? inaugurationOf(year) : []),
];

/** Two holidays on one day are both named; the only two that ever meet are King's birthday and Inauguration Day. */
const named = (already: string | undefined, name: string): string =>
  already ? `${already} and ${name}` : name;

const closuresByDay = new WeakMap<readonly Closure[], ReadonlyMap<LocalDate, string>>();

function closureOn(date: LocalDate, closures: readonly Closure[]): string | undefined {
  if (closures.length === 0) return undefined;
  const known = closuresByDay.get(closures) ?? new Map(closures.map(({ on, name }) => [on, name]));
  closuresByDay.set(closures, known);
  return known.get(date);
}

/**
 * The federal holiday or closure on that day, by name, or null: "Memorial Day", "Independence Day, observed".
 * Right for 2021 to 2100. A holiday on a weekend is named on its own date as well as on the day it is observed. A
 * holiday's name goes before that of a closure, and both before leave.
 */
export function holidayOn(date: LocalDate, calendar: Calendar): string | null {
  const table = holidayTable(Number(date.slice(0, 4)), calendar.inaugurationDay ?? false);
  const away = calendar.away?.find(({ fromOn, toOn }) => fromOn <= date && date <= toOn);
  return table.get(date) ?? closureOn(date, calendar.closures) ?? away?.name ?? null;
}

/** The holidays people are off for in `year`, in order of date: the day observed and the holiday's name. */
export function observedHolidays(year: number, inaugurationDay = false): readonly Closure[] {
  return holidaysToObserve(year, inaugurationDay)
    .map(({ name, on }) => ({ on: observedOn(on), name }))
    .filter(({ on }) => on.startsWith(`${year}-`))
    .sort((a, b) => (a.on < b.on ? -1 : 1));
}

// ------------------------------------------------------------------------------------------ business days

export function isWeekend(date: LocalDate): boolean {
  return weekday(date) === SATURDAY || weekday(date) === SUNDAY;
}

/** Monday to Friday, no federal holiday, no closure. */
export function isBusinessDay(date: LocalDate, calendar: Calendar): boolean {
  return !isWeekend(date) && holidayOn(date, calendar) === null;
}

/** The first business day after `date`. */
export const nextBusinessDay = (date: LocalDate, calendar: Calendar): LocalDate => openDay(date, 1, calendar);

/** The last business day before `date`. */
export const previousBusinessDay = (date: LocalDate, calendar: Calendar): LocalDate =>
  openDay(date, -1, calendar);

function openDay(date: LocalDate, step: 1 | -1, calendar: Calendar): LocalDate {
  let day = date;
  for (let closed = 0; closed <= MAX_CLOSED_DAYS_IN_A_ROW; closed += 1) {
    day = addDays(day, step);
    if (isBusinessDay(day, calendar)) return day;
  }
  throw new RangeError(`No business day within ${MAX_CLOSED_DAYS_IN_A_ROW} days of ${date}`);
}

/**
 * The `n`th business day after `date` (before it when negative). For 0, the day itself when it is one, else the next.
 * One business day after a Friday, Saturday or Sunday is the Monday.
 */
export function addBusinessDays(date: LocalDate, n: number, calendar: Calendar): LocalDate {
  if (n === 0) return isBusinessDay(date, calendar) ? date : nextBusinessDay(date, calendar);
  let day = date;
  for (let left = Math.abs(n); left > 0; left -= 1) day = openDay(day, n > 0 ? 1 : -1, calendar);
  return day;
}

/** Business days after `from`, up to and with `to`: Friday to Monday is 1. Negative when `to` comes first. */
export function businessDaysBetween(from: LocalDate, to: LocalDate, calendar: Calendar): number {
  if (to < from) return -businessDaysBetween(to, from, calendar);
  let count = 0;
  for (let day = addDays(from, 1); day <= to; day = addDays(day, 1))
    if (isBusinessDay(day, calendar)) count += 1;
  return count;
}

// ------------------------------------------------------------------------------------------ business hours

/** Whether `at` is on a business day from opening to closing time. */
export function isInBusinessHours(at: Date, hours: BusinessHours, calendar: Calendar): boolean {
  const time = localTime(at, hours.zone);
  return time >= hours.from && time <= hours.to && isBusinessDay(localDate(at, hours.zone), calendar);
}

/** The first opening of a business day after `at`; at opening time itself, that of the next business day. */
export function businessDayStartAfter(at: Date, hours: BusinessHours, calendar: Calendar): Date {
  const today = localDate(at, hours.zone);
  if (isBusinessDay(today, calendar)) {
    const opens = instantOf(today, hours.from, hours.zone);
    if (opens > at) return opens;
  }
  return instantOf(nextBusinessDay(today, calendar), hours.from, hours.zone);
}

/** `at` when people are at work then, else the next opening. */
export function intoBusinessHours(at: Date, hours: BusinessHours, calendar: Calendar): Date {
  return isInBusinessHours(at, hours, calendar) ? at : businessDayStartAfter(at, hours, calendar);
}

/**
 * `n` business days after `at`, at the same local time in `zone`, for timers such as "two business days"
 * (domain reference 2.3). What happens outside business hours counts from the next opening, so a request of Friday
 * 7 PM, or of Saturday, is due with one of Monday 8:30 AM. To the minute. `n` must not be negative.
 */
export function atBusinessDays(
  at: Date,
  n: number,
  zone: string,
  calendar: Calendar,
  hours: Pick<BusinessHours, 'from' | 'to'> = BUSINESS_HOURS,
): Date {
  if (n < 0) throw new RangeError('atBusinessDays counts forward');
  const from = intoBusinessHours(at, { ...hours, zone }, calendar);
  if (n === 0) return from;
  return instantOf(addBusinessDays(localDate(from, zone), n, calendar), localTime(from, zone), zone);
}

/**
 * `n` business days before `at`, at the same local time in `zone`, for reminders ahead of a meeting. A time before
 * opening moves to opening and one after closing to closing, always on that day, so a reminder never comes less than
 * a night before what it is about. `n` must be 1 or more.
 */
export function beforeBusinessDays(
  at: Date,
  n: number,
  zone: string,
  calendar: Calendar,
  hours: Pick<BusinessHours, 'from' | 'to'> = BUSINESS_HOURS,
): Date {
  if (n < 1) throw new RangeError('beforeBusinessDays counts back by one day or more');
  const time = localTime(at, zone);
  const on = addBusinessDays(localDate(at, zone), -n, calendar);
  if (time < hours.from) return instantOf(on, hours.from, zone);
  if (time > hours.to) return instantOf(on, hours.to, zone);
  return instantOf(on, time, zone);
}
