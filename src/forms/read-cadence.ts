/** Reads a cadence as people type it: five cron fields, or "every Tuesday at 10:00", "second Wednesday at 1pm in Chicago". */
import type { HolidayRule } from '../domain/cadence.ts';
import { accepted, type Result, refused } from '../domain/result.ts';
import { isZone, timeOfMinutes } from '../domain/time.ts';

/** What was understood; zone and holiday rule are null where nothing was said about them. */
export interface ReadCadence {
  readonly cron: string;
  readonly zone: string | null;
  readonly holidayRule: HolidayRule | null;
}

const EXAMPLES =
  'Write it such as `every Tuesday at 10:00`, `second Wednesday at 1pm`, `quarterly second Tuesday at 10am`, or as five cron fields.';
const LONGEST = 120;
const DAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;
const NTH: Readonly<Record<string, string>> = {
  first: '#1',
  '1st': '#1',
  second: '#2',
  '2nd': '#2',
  third: '#3',
  '3rd': '#3',
  fourth: '#4',
  '4th': '#4',
  last: 'L',
};
/** Months of a quarterly cadence: the second of each quarter is as good as another, the first is where quarters begin. */
const QUARTERS = '1,4,7,10';
const RULES: Readonly<Record<string, HolidayRule>> = {
  next: 'next-business-day',
  previous: 'previous-business-day',
  skip: 'skip',
  keep: 'keep',
};
const PLACES: Readonly<Record<string, string>> = {
  eastern: 'America/New_York',
  'new york': 'America/New_York',
  washington: 'America/New_York',
  baltimore: 'America/New_York',
  central: 'America/Chicago',
  chicago: 'America/Chicago',
  mountain: 'America/Denver',
  denver: 'America/Denver',
  arizona: 'America/Phoenix',
  phoenix: 'America/Phoenix',
  pacific: 'America/Los_Angeles',
  'los angeles': 'America/Los_Angeles',
  alaska: 'America/Anchorage',
  anchorage: 'America/Anchorage',
  hawaii: 'Pacific/Honolulu',
  honolulu: 'Pacific/Honolulu',
};

/** The cadence that `typed` names; refused with what to write instead. Whether it can be kept is `checkCadence`'s to say. */
export function readCadence(typed: string): Result<ReadCadence, string> {
  if (typed.length > LONGEST) return refused(`That is too long for a cadence. ${EXAMPLES}`);
  const { words, holidayRule } = takeRule(typed.trim().replace(/\s+/gu, ' '));
  const placed = takePlace(words);
  if (!placed.ok) return placed;
  const cron = asCron(placed.value.words) ?? inWords(placed.value.words.toLowerCase());
  if (cron === null) return refused(`I can't read that as a cadence. ${EXAMPLES}`);
  return accepted({ cron, zone: placed.value.zone, holidayRule });
}

/** `skip`, `next business day`, `previous`, `keep` at the end, with or without "on holidays". */
function takeRule(typed: string): { readonly words: string; readonly holidayRule: HolidayRule | null } {
  const found =
    /[,;]?(?<!\s)\s+(?:holidays?:?\s+)?(skip|next|previous|keep)(?: business day)?(?: (?:on|for) (?:federal )?holidays| (?:it|holidays))?\.?$/iu.exec(
      typed,
    );
  const rule = found ? RULES[(found[1] ?? '').toLowerCase()] : undefined;
  return found && rule
    ? { words: typed.slice(0, found.index), holidayRule: rule }
    : { words: typed, holidayRule: null };
}

function takePlace(typed: string): Result<{ readonly words: string; readonly zone: string | null }, string> {
  const found =
    /(?<!\s)\s+in ([A-Za-z][A-Za-z_/ ]{1,38})$/iu.exec(typed) ??
    /(?<!\s)\s+(eastern|central|mountain|pacific)(?: time)?$/iu.exec(typed);
  if (!found) return accepted({ words: typed, zone: null });
  const named = (found[1] ?? '').trim();
  const zone = PLACES[named.toLowerCase().replace(/ time$/u, '')] ?? (isZone(named) ? named : null);
  if (zone === null)
    return refused(
      `"${named}" is not a place whose time I know. Write it such as \`in Chicago\` or \`in America/Chicago\`.`,
    );
  return accepted({ words: typed.slice(0, found.index), zone });
}

const asCron = (words: string): string | null =>
  /^(?:[\d*][\d*,/-]* ){2}[\dLW*?][\dLW*?,/-]* [\dA-Za-z*][\dA-Za-z*,/-]* [\dA-Za-z*][\dA-Za-z*,/#-]*$/u.test(
    words,
  )
    ? words
    : null;

function inWords(words: string): string | null {
  const [days, time] = splitAtTime(words);
  if (time === null) return null;
  const isQuarterly = /\b(?:quarterly|(?:each|every) quarter|of (?:each|every) quarter)\b/u.test(days);
  const rest = days
    .replace(/\b(?:of )?(?:quarterly|(?:each|every) (?:quarter|month)|monthly|weekly|week)\b/gu, ' ')
    .replace(/\b(?:the|on|each|every|of|and)\b|,/gu, ' ')
    .trim()
    .split(/\s+/u);
  const field = dayField(rest);
  if (field === null) return null;
  // A quarter has thirteen of each weekday: which one must be said.
  if (isQuarterly && !/[#L]/u.test(field)) return null;
  return `${time} * ${isQuarterly ? QUARTERS : '*'} ${field}`;
}

/** Before the time, and the time as two cron fields. */
function splitAtTime(words: string): readonly [string, string | null] {
  const found = / (?:at )?(\d{1,2})(?::(\d{2}))? ?(am|pm|a\.m\.|p\.m\.)?$| at (noon)$/u.exec(words);
  if (!found) return [words, null];
  const [, hourText = '12', minuteText = '0', half = '', noon] = found;
  const [hour, minute] = [Number(hourText), Number(minuteText)];
  const isTwelve = half !== '' || noon !== undefined;
  if (minute > 59 || hour > 23 || (isTwelve && (hour < 1 || hour > 12))) return [words, null];
  // A bare hour without minutes could be either half of the day.
  if (!isTwelve && found[2] === undefined) return [words, null];
  const hours = !isTwelve ? hour : (hour % 12) + (half.startsWith('p') || noon !== undefined ? 12 : 0);
  const time = timeOfMinutes(hours * 60 + minute);
  return [words.slice(0, found.index), `${Number(time.slice(3))} ${Number(time.slice(0, 2))}`];
}

/** The day-of-week field of "second wednesday", "tuesday thursday", "weekday". */
function dayField(words: readonly string[]): string | null {
  const [first = '', second = ''] = words;
  const nth = NTH[first];
  if (nth !== undefined) {
    const day = dayOf(second);
    return day === null || words.length !== 2 ? null : `${day}${nth}`;
  }
  if (words.length === 1 && /^(?:weekdays?|business)$/u.test(first)) return '1-5';
  const days = words.map(dayOf);
  return days.includes(null) ? null : [...new Set(days)].sort().join(',');
}

function dayOf(word: string): number | null {
  const short = word.replace(/s$/u, '');
  const found = DAYS.findIndex((name) => name === short || (short.length >= 3 && name.startsWith(short)));
  return found < 0 ? null : found;
}
