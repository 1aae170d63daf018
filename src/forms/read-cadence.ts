/**
 * Reads a cadence as people type it: five cron fields, or "every Tuesday at 10:00", "second Wednesday at 1pm in Chicago"; and as
 * the bot says it (`describeCadence`), so that its own sentence can be pasted back.
 */
import type { HolidayRule } from '../domain/cadence.ts';
import { accepted, type Result, refused } from '../domain/result.ts';
import { EVERY_OTHER, type ReadDays, readDays, readTimes, weekdayIn } from './cadence-phrases.ts';
import { readZone } from './read-zone.ts';

/** What was understood; zone and holiday rule are null where nothing was said about them. */
export interface ReadCadence {
  readonly cron: string;
  readonly zone: string | null;
  readonly holidayRule: HolidayRule | null;
}

const EXAMPLES =
  'Write it such as `every Tuesday at 10:00`, `second Wednesday at 1pm`, `quarterly second Tuesday at 10am`, or as five cron fields.';
/** The bot's own longest sentences have room. */
const LONGEST = 400;
const RULES: Readonly<Record<string, HolidayRule>> = {
  next: 'next-business-day',
  previous: 'previous-business-day',
  skip: 'skip',
  keep: 'keep',
};

/** The cadence that `typed` names; refused with what to write instead. Whether it can be kept is `checkCadence`'s to say. */
export function readCadence(typed: string): Result<ReadCadence, string> {
  if (typed.length > LONGEST) return refused(`That is too long for a cadence. ${EXAMPLES}`);
  const { words, holidayRule } = takeRule(
    typed
      .trim()
      .replace(/\s+/gu, ' ')
      .replace(/(?<!\b[ap]\.m)\.$/iu, ''),
  );
  const placed = takePlace(words);
  if (!placed.ok) return placed;
  const { words: rest, zone } = placed.value;
  if (EVERY_OTHER.test(rest)) return refused(everyOther(rest));
  const cron = asCron(rest);
  const read = cron === null ? inWords(rest.toLowerCase()) : { cron, holidayRule: null };
  if (read === null) return refused(`I can't read that as a cadence. ${EXAMPLES}`);
  return accepted({ cron: read.cron, zone, holidayRule: holidayRule ?? read.holidayRule });
}

/** A month holds no whole number of weeks. */
const everyOther = (words: string): string =>
  `A cadence can't say every other week. Name weeks of the month instead, such as \`first and third ${weekdayIn(words) ?? 'Wednesday'} at 1pm\`.`;

interface Ruled {
  readonly words: string;
  readonly holidayRule: HolidayRule | null;
}

/** The rule for days off: the bot's sentence about it, or `skip`, `next business day`, `previous`, `keep` at the end, with or without "on holidays". */
function takeRule(typed: string): Ruled {
  const said = ruleSaid(typed);
  if (said) return said;
  const found =
    /[,;]?(?<!\s)\s+(?:holidays?:?\s+)?(skip|next|previous|keep)(?: business day)?(?: (?:on|for) (?:federal )?holidays| (?:it|holidays))?$/iu.exec(
      typed,
    );
  const rule = found ? RULES[(found[1] ?? '').toLowerCase()] : undefined;
  return found && rule
    ? { words: typed.slice(0, found.index), holidayRule: rule }
    : { words: typed, holidayRule: null };
}

function ruleSaid(typed: string): Ruled | null {
  const end = typed.indexOf(';');
  if (end < 0) return null;
  const said = typed
    .slice(end + 1)
    .trim()
    .toLowerCase();
  const rule = (holidayRule: HolidayRule): Ruled => ({ words: typed.slice(0, end), holidayRule });
  if (said.startsWith('if that is ') && said.endsWith(' the next business day'))
    return rule('next-business-day');
  if (said.startsWith('if that is ') && said.endsWith(' the business day before'))
    return rule('previous-business-day');
  if (said.startsWith('not on ')) return rule('skip');
  return said.startsWith('also on ') ? rule('keep') : null;
}

interface Placed {
  readonly words: string;
  readonly zone: string | null;
}

/** `in Chicago`, `Eastern Time`, or the zone's own name in brackets behind how people call it. */
function takePlace(typed: string): Result<Placed, string> {
  const schedule = /^(?:on )?the schedule "([^"]{1,100})" \((.{1,90})\)$/iu.exec(typed);
  if (schedule) return placed(schedule[1] ?? '', schedule[2]?.replace(/^[^(]*\(|\)$/gu, '') ?? '');
  const bracketed = / \(([A-Za-z][\w/+-]{1,40})\)$/u.exec(typed);
  if (bracketed) {
    // Between the time and it stands how people call it.
    const before = typed.slice(0, bracketed.index);
    const end = Math.max(before.lastIndexOf(' AM '), before.lastIndexOf(' PM '));
    return placed(end < 0 ? before : before.slice(0, end + 3), bracketed[1] ?? '');
  }
  const found =
    /(?<!\s)\s+in ([A-Za-z][A-Za-z_/ ]{1,38})$/iu.exec(typed) ??
    /(?<!\s)\s+(eastern|central|mountain|pacific|arizona|alaska|hawaii|atlantic|samoa|coordinated universal)(?: time)?$/iu.exec(
      typed,
    );
  if (!found) return accepted({ words: typed, zone: null });
  return placed(typed.slice(0, found.index), (found[1] ?? '').trim());
}

function placed(words: string, named: string): Result<Placed, string> {
  const zone = readZone(named);
  return zone === null
    ? refused(
        `"${named}" is not a place whose time I know. Write it such as \`in Chicago\` or \`in America/Chicago\`.`,
      )
    : accepted({ words, zone });
}

const asCron = (words: string): string | null =>
  /^(?:[\d*][\d*,/-]* ){2}[\dLW*?][\dLW*?,/-]* [\dA-Za-z*][\dA-Za-z*,/-]* [\dA-Za-z*][\dA-Za-z*,/#-]*$/u.test(
    words,
  )
    ? words
    : null;

function inWords(words: string): Pick<ReadCadence, 'cron' | 'holidayRule'> | null {
  const times = readTimes(words);
  const days: ReadDays | null = times && readDays(times.before);
  if (times === null || days === null) return null;
  const { dayOfMonth, months, dayOfWeek, holidayRule } = days;
  return { cron: `${times.minute} ${times.hours} ${dayOfMonth} ${months} ${dayOfWeek}`, holidayRule };
}
