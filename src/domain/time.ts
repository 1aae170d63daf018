/**
 * Instants, local dates and local times. An instant is a `Date` (UTC); a local date or time always has an
 * IANA zone beside it (architecture, decision 6). Zone rules come from the runtime's own table (Intl).
 */

/** A day on the calendar, `YYYY-MM-DD`, without a zone. */
export type LocalDate = string & { readonly __name?: 'LocalDate' };
/** A time of day, `HH:MM` on the 24-hour clock. */
export type LocalTime = string & { readonly __name?: 'LocalTime' };

/** CMS is in Maryland (domain reference 6.1). */
export const EASTERN = 'America/New_York';

export const MINUTE_MS = 60_000;
export const DAY_MS = 86_400_000;

const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

// ------------------------------------------------------------------------------------------ local dates

/** `text` as a day that exists, or null: `2026-02-30` and `2026-2-3` are none. */
export function readLocalDate(text: string): LocalDate | null {
  const read = /^(\d{4})-(\d{2})-(\d{2})$/u.exec(text);
  if (!read) return null;
  const meant = new Date(Date.UTC(Number(read[1]), Number(read[2]) - 1, Number(read[3])));
  return meant.toISOString().slice(0, 10) === text ? text : null;
}

/** The day `days` later (earlier when negative). Throws RangeError for something that is no date. */
export function addDays(date: LocalDate, days: number): LocalDate {
  return dateOfDay(dayNumber(date) + days);
}

/** Whole days from one date to the other; negative when `to` comes first. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return dayNumber(to) - dayNumber(from);
}

/** Whichever day comes later. */
export const laterOf = (a: LocalDate, b: LocalDate): LocalDate => (a > b ? a : b);
/** Whichever day comes first. */
export const earlierOf = (a: LocalDate, b: LocalDate): LocalDate => (a < b ? a : b);

/** 0 for Sunday to 6 for Saturday, as cron counts. */
export function weekday(date: LocalDate): number {
  return (((dayNumber(date) + 4) % 7) + 7) % 7;
}

/** "Tuesday" for 2 (also for 9 or -5, counting on). */
export function weekdayName(day: number): string {
  return WEEKDAYS[((day % 7) + 7) % 7] ?? '';
}

/** "December" for 12. */
export function monthName(month: number): string {
  return MONTHS[month - 1] ?? '';
}

/** Days since 1970-01-01. */
function dayNumber(date: LocalDate): number {
  const day = Date.parse(`${date}T00:00:00Z`) / DAY_MS;
  if (!Number.isInteger(day)) throw new RangeError(`"${date}" is not a date like 2026-12-01`);
  return day;
}

const dateOfDay = (day: number): LocalDate => new Date(day * DAY_MS).toISOString().slice(0, 10);

// ------------------------------------------------------------------------------------------ zones

/** Whether `name` is an IANA zone that this runtime knows, such as `America/Chicago`. Bare offsets are none. */
export function isZone(name: string): boolean {
  if (!/^[A-Za-z]/u.test(name)) return false;
  try {
    clockIn(name);
    return true;
  } catch {
    return false;
  }
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** Making a formatter costs a hundred times its use, hence kept for each zone. Throws RangeError for an unknown zone. */
function clockIn(zone: string): Intl.DateTimeFormat {
  const known = clocks.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  clocks.set(zone, made);
  return made;
}

/**
 * What the wall clock in `zone` shows at `at`, as milliseconds of a UTC day with the same figures.
 * For arithmetic inside the domain; whole seconds.
 */
export function wallClockMs(at: Date, zone: string): number {
  const atMs = Math.floor(at.getTime() / 1000) * 1000;
  return atMs + offsetMs(atMs, zone);
}

// Asking the runtime's table costs a hundred times a look into a map, so a zone's offset is kept for the ends of each
// UTC day. Between two ends that differ, the second of the change is found once by halving. Zones change their offset
// at most once in any two days.
const MAX_KEPT_OFFSETS = 200_000;
const keptOffsets = new Map<string, Map<number, number>>();
const keptChanges = new Map<string, number>();
let kept = 0;

/** How far the clock in `zone` is ahead of UTC at `atMs`, in milliseconds, to the second. */
function offsetMs(atMs: number, zone: string): number {
  const day = Math.floor(atMs / DAY_MS);
  const before = offsetAtDay(day, zone);
  const after = offsetAtDay(day + 1, zone);
  if (before === after) return before;
  return atMs < changeOn(day, zone) ? before : after;
}

function offsetAtDay(day: number, zone: string): number {
  let ofZone = keptOffsets.get(zone);
  const known = ofZone?.get(day);
  if (known !== undefined) return known;
  const offset = shownMs(new Date(day * DAY_MS), zone) - day * DAY_MS;
  if (kept >= MAX_KEPT_OFFSETS) {
    keptOffsets.clear();
    keptChanges.clear();
    kept = 0;
    ofZone = undefined;
  }
  if (!ofZone) {
    ofZone = new Map();
    keptOffsets.set(zone, ofZone);
  }
  ofZone.set(day, offset);
  kept += 1;
  return offset;
}

/** The instant of the only change on a UTC day. */
function changeOn(day: number, zone: string): number {
  const key = `${zone} ${day}`;
  const known = keptChanges.get(key);
  if (known !== undefined) return known;
  const before = offsetAtDay(day, zone);
  let low = day * (DAY_MS / 1000);
  let high = (day + 1) * (DAY_MS / 1000);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (shownMs(new Date(middle * 1000), zone) - middle * 1000 === before) low = middle;
    else high = middle;
  }
  keptChanges.set(key, high * 1000);
  return high * 1000;
}

/** As `wallClockMs`, from the runtime's table. */
function shownMs(at: Date, zone: string): number {
  const shown = /^(\d+)\/(\d+)\/(\d+), (\d+):(\d+):(\d+)$/u.exec(clockIn(zone).format(at));
  if (!shown) throw new RangeError(`No local time for ${String(at.getTime())} in ${zone}`);
  const [month, day, year, hour, minute, second] = shown.slice(1).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** The day on the calendar at `at` in `zone`. */
export function localDate(at: Date, zone: string): LocalDate {
  return new Date(wallClockMs(at, zone)).toISOString().slice(0, 10);
}

/** The time of day at `at` in `zone`, `HH:MM`; seconds are dropped. */
export function localTime(at: Date, zone: string): LocalTime {
  return new Date(wallClockMs(at, zone)).toISOString().slice(11, 16);
}

/**
 * The instant at which the clock in `zone` shows `time` on `date`. A time that the clock skips gives the first
 * instant after the gap; a time it shows twice gives the first (quality R6).
 * Throws RangeError for no date, no `HH:MM` or an unknown zone.
 */
export function instantOf(date: LocalDate, time: LocalTime, zone: string): Date {
  return instantOfWallClock(dayNumber(date) * DAY_MS + minutesOfDay(time) * MINUTE_MS, zone);
}

/** As `instantOf`, from the figures `wallClockMs` gives. */
export function instantOfWallClock(wallMs: number, zone: string): Date {
  // Zones change their offset at most once in any two days, so the offsets a day either side are all there are.
  const before = offsetMs(wallMs - DAY_MS, zone);
  const after = offsetMs(wallMs + DAY_MS, zone);
  const first = wallMs - Math.max(before, after);
  const last = wallMs - Math.min(before, after);
  if (before === after) return new Date(first);
  if (wallClockMs(new Date(first), zone) === wallMs) return new Date(first);
  if (wallClockMs(new Date(last), zone) === wallMs) return new Date(last);
  return firstInstantPast(wallMs, first, last, zone);
}

/** The end of the gap that swallows `wallMs`: halving between an instant before it and one after, to the second. */
function firstInstantPast(wallMs: number, beforeMs: number, afterMs: number, zone: string): Date {
  let low = Math.floor(beforeMs / 1000) - 1;
  let high = Math.ceil(afterMs / 1000);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (wallClockMs(new Date(middle * 1000), zone) >= wallMs) high = middle;
    else low = middle;
  }
  return new Date(high * 1000);
}

/** Minutes since midnight of an `HH:MM`. Throws RangeError for anything else. */
export function minutesOfDay(time: LocalTime): number {
  const read = /^([01]\d|2[0-3]):([0-5]\d)$/u.exec(time);
  if (!read) throw new RangeError(`"${time}" is not a time like 08:30`);
  return Number(read[1]) * 60 + Number(read[2]);
}

/** `HH:MM` of so many minutes since midnight. */
export function timeOfMinutes(minutes: number): LocalTime {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

// ------------------------------------------------------------------------------------------ in words

/** "Tuesday, December 1, 2026" */
export function sayLocalDate(date: LocalDate): string {
  const [year = '', month = '', day = ''] = date.split('-');
  return `${weekdayName(weekday(date))}, ${monthName(Number(month))} ${Number(day)}, ${year}`;
}

/** "1:00 PM", without a zone: only for a time that stands beside its zone. */
export function sayLocalTime(time: LocalTime): string {
  const minutes = minutesOfDay(time);
  const hour = Math.floor(minutes / 60);
  return `${hour % 12 || 12}:${time.slice(3)} ${hour < 12 ? 'AM' : 'PM'}`;
}

/** "Tue, Dec 1", without a year: only for a day near at hand. */
export function sayShortDate(date: LocalDate): string {
  const [, month = '', day = ''] = date.split('-');
  return `${weekdayName(weekday(date)).slice(0, 3)}, ${monthName(Number(month)).slice(0, 3)} ${Number(day)}`;
}

/** "Tuesday, December 1, 2026", the day in `zone`. */
export const sayDate = (at: Date, zone: string): string => sayLocalDate(localDate(at, zone));

/** "1:00 PM Eastern Time" */
export const sayTime = (at: Date, zone: string): string =>
  `${sayLocalTime(localTime(at, zone))} ${zoneName(zone)}`;

/** "Tuesday, December 1, 2026 at 1:00 PM Eastern Time" */
export const sayDateTime = (at: Date, zone: string): string => `${sayDate(at, zone)} at ${sayTime(at, zone)}`;

/** "Tue, Dec 1, 1:00 PM", for a button beside which the zone stands. */
export const sayShortTime = (at: Date, zone: string): string =>
  `${sayShortDate(localDate(at, zone))}, ${sayLocalTime(localTime(at, zone))}`;

/** "Tuesday, December 1, 2026, 1:00 PM to 2:00 PM Eastern Time"; both days when the span passes midnight. */
export function saySpan(span: { readonly startsAt: Date; readonly endsAt: Date }, zone: string): string {
  const { startsAt, endsAt } = span;
  if (localDate(startsAt, zone) !== localDate(endsAt, zone))
    return `${sayDateTime(startsAt, zone)} to ${sayDateTime(endsAt, zone)}`;
  return `${sayDate(startsAt, zone)}, ${sayLocalTime(localTime(startsAt, zone))} to ${sayTime(endsAt, zone)}`;
}

/** Names people use where the runtime's are stiff or would leave Arizona and Utah alike. */
const EVERYDAY_NAMES: Readonly<Record<string, string>> = {
  'America/Phoenix': 'Arizona Time',
  'America/Puerto_Rico': 'Atlantic Time',
  'Pacific/Honolulu': 'Hawaii Time',
  'Pacific/Guam': 'Guam Time',
  'Pacific/Pago_Pago': 'Samoa Time',
  UTC: 'Coordinated Universal Time',
  'Etc/UTC': 'Coordinated Universal Time',
};
/** Any day will do: the name chosen is the same in summer and winter. */
const NAMED_AT = new Date(Date.UTC(2026, 0, 1));
const zoneNames = new Map<string, string>();

/** "Eastern Time", "Central European Time": the zone's name in American English, the same all year. */
export function zoneName(zone: string): string {
  const known = zoneNames.get(zone) ?? EVERYDAY_NAMES[zone];
  if (known) return known;
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    timeZoneName: 'longGeneric',
  }).formatToParts(NAMED_AT);
  const name = parts.find((part) => part.type === 'timeZoneName')?.value ?? zone;
  zoneNames.set(zone, name);
  return name;
}
