import * as chrono from 'chrono-node';
import type { Result } from '../domain/result.ts';
import { accepted, refused } from '../domain/result.ts';
import type { LocalDate } from '../domain/time.ts';
import { readLocalDate } from '../domain/time.ts';
import { fold } from './text.ts';

/** Why a text gives no date: there is none in it, it leaves the day open or names several, or that day does not exist. */
type NoDate = 'absent' | 'unclear' | 'impossible';

/** Longer than any way to say a date; it also keeps the parser's work small. */
const LONGEST = 80;
/** The parser would pick a day for these; we ask instead. */
const OPEN_SPAN = /\b(?:this|next|last|past|coming) (?:week|weekend|month|quarter|year)$/u;

/**
 * The one date a text names: `2026-12-03`, `12/3/2026` (month first), `Dec 3`, `next Monday`, `in two weeks`.
 * Relative dates count from `today`; a day without a year is the next one to come.
 */
export function readDate(text: string, today: LocalDate): Result<LocalDate, NoDate> {
  const wanted = fold(text);
  if (wanted.length > LONGEST) return refused('absent');
  if (/^\d{4}-\d{2}-\d{2}$/u.test(wanted)) return existing(wanted);
  // A UTC reference makes the parser work in plain calendar days, whatever zone this machine is in.
  const reference = { instant: new Date(`${today}T12:00:00Z`), timezone: 'UTC' };
  const found = chrono.en.casual.parse(wanted, reference, { forwardDate: true });
  const dates = new Set<LocalDate>();
  for (const each of found) {
    const day = dayOf(each);
    if (day === null) return refused('unclear');
    if (!existing(day).ok) return refused('impossible');
    dates.add(day);
  }
  const [only, ...others] = dates;
  if (only === undefined) return refused('absent');
  return others.length === 0 ? accepted(only) : refused('unclear');
}

function existing(day: string): Result<LocalDate, NoDate> {
  const date = readLocalDate(day);
  return date === null ? refused('impossible') : accepted(date);
}

/** The day a parsed piece stands for, or null when it is a span or leaves the day open. */
function dayOf(found: chrono.ParsedResult): LocalDate | null {
  const { start, end, text } = found;
  const day = start.isCertain('day') || start.isCertain('weekday') || /\b(?:months?|years?)\b/u.test(text);
  if (end || !day || OPEN_SPAN.test(text)) return null;
  const parts = [start.get('month'), start.get('day')].map((part) => String(part).padStart(2, '0'));
  return [String(start.get('year')).padStart(4, '0'), ...parts].join('-');
}
