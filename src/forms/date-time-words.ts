/** Reads a day and time as people type them: "Tue Dec 1 at 2pm", "12/3 10:30". */
import { casual, type ParsedResult } from 'chrono-node';
import { FEDERAL_CALENDAR } from '../domain/calendar.ts';
import { exampleTimes } from '../domain/example-times.ts';
import { accepted, type Result, refused } from '../domain/result.ts';
import {
  addDays,
  instantOf,
  type LocalDate,
  MINUTE_MS,
  sayLocalDate,
  timeOfMinutes,
  wallClockMs,
  weekday,
  weekdayName,
} from '../domain/time.ts';

/** What the person reads instead: what was understood, what is missing, an example. */
export interface UnreadTime {
  readonly text: string;
  /** Set when more than one time was read. */
  readonly isSeveral?: true;
}

/** Longer text is talk, not a time. */
const MAX_LENGTH = 120;
/** A bare hour up to this one is meant for the afternoon: nobody proposes 2 at night (business hours 8:30 to 5). */
const LAST_BARE_AFTERNOON_HOUR = 6;

/** Zones people name in words. "EST" in July is Eastern Time all the same. */
const ZONE_WORDS: readonly (readonly [RegExp, string])[] = [
  [/\b(?:e[sd]?t|eastern)\b/iu, 'America/New_York'],
  [/\b(?:c[sd]?t|central)\b/iu, 'America/Chicago'],
  [/\b(?:m[sd]?t|mountain)\b/iu, 'America/Denver'],
  [/\b(?:p[sd]?t|pacific)\b/iu, 'America/Los_Angeles'],
  [/\b(?:ak[sd]?t|alaska)\b/iu, 'America/Anchorage'],
  [/\b(?:hs?t|hawaii)\b/iu, 'Pacific/Honolulu'],
  [/\barizona\b/iu, 'America/Phoenix'],
  [/\b(?:utc|gmt)\b/iu, 'UTC'],
];

/**
 * The instant meant by `text`, read at `now` by somebody in `zone` (a zone named in the text wins). A day without a
 * year is the next such day; a bare hour from 1 to 6 is in the afternoon. Refused: no day, no time, more than one
 * time, a weekday that is not that date's. The caller says back what was understood with `sayDateTime`.
 */
export function readDateTime(
  text: string,
  reader: { readonly now: Date; readonly zone: string },
): Result<Date, UnreadTime> {
  const [first] = exampleTimes(reader.now, reader.zone, FEDERAL_CALENDAR);
  const example = `Write a day and a time, such as "${first}".`;
  if (text.length > MAX_LENGTH) return refused({ text: `That is too long for a time. ${example}` });
  const named = ZONE_WORDS.find(([word]) => word.test(text));
  const zone = named?.[1] ?? reader.zone;
  const words = named ? text.replace(named[0], ' ').replace(/\btime\b/iu, ' ') : text;
  const offsetMinutes = Math.round((wallClockMs(reader.now, zone) - reader.now.getTime()) / MINUTE_MS);
  const reference = { instant: reader.now, timezone: offsetMinutes };
  const [found, second] = casual.parse(words, reference, { forwardDate: true });
  if (!found) return refused({ text: `I can't read a day and a time in that. ${example}` });
  if (second)
    return refused({
      text: `I read more than one time: "${found.text}" and "${second.text}". Write one at a time.`,
      isSeveral: true,
    });
  return instantMeant(found, reader.now, zone, example);
}

function instantMeant(
  found: ParsedResult,
  now: Date,
  zone: string,
  example: string,
): Result<Date, UnreadTime> {
  const { start } = found;
  if (/\dz$|\d[+-]\d{2}:?\d{2}$/iu.test(found.text)) return accepted(start.date());
  if (!start.isCertain('day') && !start.isCertain('weekday'))
    return refused({ text: `I read a time ("${found.text}") but no day. ${example}` });
  const on = dayOf(start);
  if (!start.isCertain('hour'))
    return refused({ text: `I read ${sayLocalDate(on)} but no time. ${example}` });
  const said = start.isCertain('weekday') ? start.get('weekday') : null;
  if (said !== null && said !== weekday(on))
    return refused({ text: `${sayLocalDate(on)} is not a ${weekdayName(said)}. Write the day you mean.` });
  const time = timeOfMinutes(hourMeant(found) * 60 + (start.get('minute') ?? 0));
  const at = instantOf(on, time, zone);
  const isThisWeekdayGone = at <= now && !start.isCertain('day');
  return accepted(isThisWeekdayGone ? instantOf(addDays(on, 7), time, zone) : at);
}

function dayOf(start: ParsedResult['start']): LocalDate {
  const figure = (part: 'year' | 'month' | 'day', length: number): string =>
    String(start.get(part) ?? 0).padStart(length, '0');
  return `${figure('year', 4)}-${figure('month', 2)}-${figure('day', 2)}`;
}

function hourMeant({ start, text }: ParsedResult): number {
  const hour = start.get('hour') ?? 0;
  const isBare = !start.isCertain('meridiem') && !/\b0\d/u.test(text);
  return isBare && hour >= 1 && hour <= LAST_BARE_AFTERNOON_HOUR ? hour + 12 : hour;
}
