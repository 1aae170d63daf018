/**
 * Cadences: a cron expression in a zone, kept off holidays (domain reference 6.1). The expression is evaluated on the
 * wall clock alone and only then placed in the zone, so every local time happens exactly once: a time the clock
 * skips happens at the first instant after the gap, one it shows twice happens the first time (quality R6).
 * In words: `cadence-words.ts`.
 */
import { Cron } from 'croner';
import { type Calendar, holidayOn, isBusinessDay, nextBusinessDay, previousBusinessDay } from './calendar.ts';
import { accepted, type Result, refused } from './result.ts';
import {
  addDays,
  DAY_MS,
  instantOfWallClock,
  isZone,
  type LocalDate,
  wallClockMs,
  weekday,
  weekdayName,
} from './time.ts';

/**
 * What happens to an occurrence on a day that is no business day (weekend, federal holiday, closure): meetings move to
 * the business day after, the status report to the one before (domain reference 6.1, assumed).
 */
export type HolidayRule = 'next-business-day' | 'previous-business-day' | 'skip' | 'keep';

export interface CadenceRule {
  /** Five fields: minute, hour, day of month, month, day of week; `3#2` is the second Wednesday, `L` the last. */
  readonly cron: string;
  readonly zone: string;
  readonly holidayRule: HolidayRule;
  readonly calendar: Calendar;
}

export interface NextOccurrence {
  readonly at: Date;
  /** The day it would have been on, and why not: "Memorial Day", "Saturday". Null when it didn't move. */
  readonly movedFrom: { readonly on: LocalDate; readonly because: string } | null;
}

/** Enough for every minute of two closed weeks. */
const MAX_STEPS = 20_000;
/** A cadence that finds no day to happen on for so long has none. */
const MAX_DAYS_AHEAD = 5 * 366;

// Compiling an expression costs more than asking it; there are few different ones.
const MAX_COMPILED = 1_000;
const compiled = new Map<string, Cron>();

/** Throws when the expression can't be read. */
function compile(cron: string): Cron {
  const known = compiled.get(cron);
  if (known) return known;
  // Day of month and day of week together mean both, not either (the cron trap of domain reference 6.1).
  const made = new Cron(cron, { mode: '5-part', utcOffset: 0, domAndDow: true });
  if (compiled.size >= MAX_COMPILED) compiled.clear();
  compiled.set(cron, made);
  return made;
}

const dateOf = (wallMs: number): LocalDate => new Date(wallMs).toISOString().slice(0, 10);
const midnightOf = (date: LocalDate): number => Date.parse(`${date}T00:00:00Z`);

/**
 * The first occurrence after `after`, as the calendar moves it; null when there is none within five years. Occurrences
 * that a move brings together are one, and count as not moved when one of them was there anyway.
 * Throws for an expression or zone that `checkCadence` refuses as unreadable.
 */
export function nextOccurrence(rule: CadenceRule, after: Date): NextOccurrence | null {
  const { zone, calendar, holidayRule } = rule;
  const pattern = compile(rule.cron);
  const afterWallMs = wallClockMs(after, zone);
  const horizonMs = afterWallMs + MAX_DAYS_AHEAD * DAY_MS;
  let wallMs = searchFrom(afterWallMs, holidayRule, calendar);
  let best: (NextOccurrence & { readonly settledFrom: LocalDate }) | null = null;
  for (let step = 0; step < MAX_STEPS; step += 1) {
    const found = pattern.nextRun(new Date(wallMs));
    if (!found || found.getTime() > horizonMs) break;
    wallMs = found.getTime();
    const plannedOn = dateOf(wallMs);
    if (best && plannedOn >= best.settledFrom) break;
    const on = dayKept(plannedOn, holidayRule, calendar);
    if (on === null) {
      wallMs = midnightOf(nextBusinessDay(plannedOn, calendar)) - 1000;
      continue;
    }
    const at = instantOfWallClock(midnightOf(on) + (wallMs - midnightOf(plannedOn)), zone);
    if (
      at <= after ||
      (best && at > best.at) ||
      (best && at.getTime() === best.at.getTime() && on !== plannedOn)
    )
      continue;
    const movedFrom = on === plannedOn ? null : { on: plannedOn, because: whyClosed(plannedOn, calendar) };
    const settledFrom = nextBusinessDay(on, calendar);
    if (!movedFrom && isSettled(on, settledFrom, holidayRule)) return { at, movedFrom };
    best = { at, movedFrom, settledFrom };
  }
  return best && { at: best.at, movedFrom: best.movedFrom };
}

/** A second before the first planned time that may still happen after `afterWallMs`: a closed day's moves forward. */
function searchFrom(afterWallMs: number, rule: HolidayRule, calendar: Calendar): number {
  if (rule !== 'next-business-day') return afterWallMs;
  const today = dateOf(afterWallMs);
  const closedSince = addDays(previousBusinessDay(today, calendar), 1);
  const nothingMovesToToday = closedSince === today && isBusinessDay(today, calendar);
  return nothingMovesToToday ? afterWallMs : midnightOf(closedSince) - 1000;
}

/** The next `count` occurrences after `after`, in order; fewer when there are no more within five years. */
export function nextOccurrences(rule: CadenceRule, after: Date, count: number): readonly NextOccurrence[] {
  const found: NextOccurrence[] = [];
  for (let at = after; found.length < count; ) {
    const next = nextOccurrence(rule, at);
    if (!next) break;
    found.push(next);
    at = next.at;
  }
  return found;
}

/**
 * The last occurrence before `before`, as the calendar moves it; null when there is none in the five years before.
 * It looks at a handful of planned times, however many were missed.
 */
export function lastOccurrence(rule: CadenceRule, before: Date): NextOccurrence | null {
  const { zone, calendar, holidayRule } = rule;
  const pattern = compile(rule.cron);
  const latestMs = latestWallMs(before, zone);
  const lastOn = dateOf(latestMs);
  // What is planned for the closed days to come may have happened today.
  const looksAhead = holidayRule === 'previous-business-day';
  let untilMs = midnightOf(looksAhead ? nextBusinessDay(lastOn, calendar) : addDays(lastOn, 1));
  const horizonMs = latestMs - MAX_DAYS_AHEAD * DAY_MS;
  let best: (NextOccurrence & { readonly on: LocalDate }) | null = null;
  for (let step = 0; step < MAX_STEPS; step += 1) {
    const foundMs = pattern.previousRuns(1, new Date(untilMs))[0]?.getTime();
    if (foundMs === undefined || foundMs < horizonMs) break;
    const plannedOn = dateOf(foundMs);
    const on = dayKept(plannedOn, holidayRule, calendar);
    if (best && on !== best.on) break;
    const dayMs = midnightOf(plannedOn);
    untilMs = dayMs;
    if (on === null) untilMs = midnightOf(addDays(previousBusinessDay(plannedOn, calendar), 1));
    if (on === null || on > lastOn) continue;
    const wallMs = midnightOf(on) + foundMs - dayMs;
    const at = instantOfWallClock(wallMs, zone);
    if (at >= before) {
      untilMs = Math.min(foundMs, foundMs - wallMs + latestMs + 1000);
      continue;
    }
    const movedFrom: NextOccurrence['movedFrom'] =
      on === plannedOn ? null : { on: plannedOn, because: whyClosed(plannedOn, calendar) };
    // Of those that a move brings together the first planned gives the reason, as in `nextOccurrence`.
    if (!best || at > best.at || (at.getTime() === best.at.getTime() && best.movedFrom))
      best = { at, movedFrom, on };
  }
  return best && { at: best.at, movedFrom: best.movedFrom };
}

/** The latest figure that the clock in `zone` can have shown before `before`, also where it was set back since. */
function latestWallMs(before: Date, zone: string): number {
  const offsets = [before, new Date(before.getTime() - DAY_MS)].map(
    (at) => wallClockMs(at, zone) - Math.floor(at.getTime() / 1000) * 1000,
  );
  return Math.floor(before.getTime() / 1000) * 1000 + Math.max(...offsets);
}

/** Whether no later planned time can be moved ahead of one that stays where it was, on `on`. */
function isSettled(on: LocalDate, nextOpen: LocalDate, rule: HolidayRule): boolean {
  return rule !== 'previous-business-day' || nextOpen === addDays(on, 1);
}

/** The day an occurrence planned for `on` happens, or null when it is left out. */
function dayKept(on: LocalDate, rule: HolidayRule, calendar: Calendar): LocalDate | null {
  if (rule === 'keep' || isBusinessDay(on, calendar)) return on;
  if (rule === 'skip') return null;
  return rule === 'next-business-day' ? nextBusinessDay(on, calendar) : previousBusinessDay(on, calendar);
}

const whyClosed = (on: LocalDate, calendar: Calendar): string =>
  holidayOn(on, calendar) ?? weekdayName(weekday(on));

// ------------------------------------------------------------------------------------------ checking

/** Why a cadence can't be kept, with the reason in words. */
export interface CadenceRefusal {
  readonly code: 'unreadable' | 'unknown-zone' | 'night-hours' | 'never';
  readonly because: string;
}

/** Local times from 1 AM up to 3 AM are skipped or doubled when the clocks change. */
const NIGHT_HOURS = { from: 1, to: 3 } as const;
/** A leap day; any day does, as only the hours are asked. */
const SAMPLE_DAY_MS = Date.UTC(2028, 1, 29);

/** Whether a cadence can be kept: readable, a known zone, some day to happen on, and never from 1 AM up to 3 AM. */
export function checkCadence(cadence: {
  readonly cron: string;
  readonly zone: string;
}): Result<{ readonly cron: string; readonly zone: string }, CadenceRefusal> {
  const cron = cadence.cron.trim().replace(/\s+/gu, ' ');
  const refuse = (code: CadenceRefusal['code'], because: string) => refused({ code, because });
  const fields = cron.split(' ');
  if (fields.length !== 5 || cron.length > 100)
    return refuse('unreadable', 'A cadence has five fields: minute, hour, day of month, month, day of week.');
  if (!isZone(cadence.zone)) return refuse('unknown-zone', `"${cadence.zone}" is not a time zone I know.`);
  try {
    if (happensAtNight(fields[1] ?? '*'))
      return refuse(
        'night-hours',
        'Times from 1:00 AM up to 3:00 AM are skipped or happen twice when the clocks change. Choose another time.',
      );
    if (!compile(cron).nextRun(new Date(SAMPLE_DAY_MS - 1000)))
      return refuse('never', 'No day fits this cadence.');
  } catch {
    return refuse('unreadable', whyUnreadable(fields));
  }
  return accepted({ cron, zone: cadence.zone });
}

/** The fields in order, with what they take. */
const FIELDS = [
  ['minute', 'a number from 0 to 59'],
  ['hour', 'a number from 0 to 23'],
  ['day of the month', 'a number from 1 to 31, or L for the last day'],
  ['month', 'a number from 1 to 12, or a name such as JAN'],
  [
    'day of the week',
    'a number from 0 (Sunday) to 6, or a name such as TUE; with #1 to #5 or L behind it, one of the month',
  ],
] as const;

/** The first field that can't be read by itself, in our own words. */
function whyUnreadable(fields: readonly string[]): string {
  for (const [index, [name, takes]] of FIELDS.entries()) {
    const alone = FIELDS.map((_, other) => (other === index ? (fields[index] ?? '') : '*')).join(' ');
    try {
      compile(alone);
    } catch {
      return `The ${name} of this cadence can't be read. It takes ${takes}.`;
    }
  }
  return "This cadence can't be read as five cron fields.";
}

function happensAtNight(hourField: string): boolean {
  const before = new Date(SAMPLE_DAY_MS + NIGHT_HOURS.from * 3_600_000 - 1000);
  const next = compile(`0 ${hourField} * * *`).nextRun(before);
  return next !== null && next.getTime() < SAMPLE_DAY_MS + NIGHT_HOURS.to * 3_600_000;
}
