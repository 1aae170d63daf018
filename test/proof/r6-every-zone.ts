import { setImmediate as nextTurn } from 'node:timers/promises';
import { Temporal } from 'temporal-polyfill';
import { type CadenceRule, lastOccurrence, nextOccurrence } from '../../src/domain/cadence.ts';
import { FEDERAL_CALENDAR } from '../../src/domain/calendar.ts';
import { DAY_MS, localDate, localTime, MINUTE_MS } from '../../src/domain/time.ts';
import { type Random, random } from './random.ts';
import type { Row } from './row.ts';

const first = Date.UTC(2024, 0, 1);
const end = Date.UTC(2031, 0, 1);
const HOUR_MS = 60 * MINUTE_MS;
/** Midnight, half past midnight and the hours in which most clocks change, and an hour of the working day. */
const times = [0, 30, 90, 120, 150, 195, 540] as const;
/** Zones with odd changes: at midnight, by half an hour, in Ramadan, of three hours, none. */
const odd = [
  'America/New_York',
  'America/Sao_Paulo',
  'America/Havana',
  'America/Asuncion',
  'America/Nuuk',
  'Africa/Cairo',
  'Africa/Casablanca',
  'Asia/Beirut',
  'Asia/Almaty',
  'Australia/Lord_Howe',
  'Antarctica/Troll',
  'Pacific/Honolulu',
];

export const r6: Row = {
  id: 'R6',
  title: 'Daily cadences in every zone from 2024 to 2030, and clocks that jump',
  goal: 'one occurrence on each local day; gap → first valid instant, overlap → first; none lost or twice when the clock jumps',
  async run({ quick, seed, log }) {
    const all = Intl.supportedValuesOf('timeZone');
    const zones = quick ? all.filter((zone, index) => odd.includes(zone) || index % 60 === 0) : all;
    const faults: string[] = [];
    let days = 0;
    let gaps = 0;
    let overlaps = 0;
    for (const zone of zones) {
      // Whoever runs beside this one is to be heard.
      await nextTurn();
      const clock = clockOf(zone);
      for (const minutes of times) {
        const found = compare(zone, minutes, clock, faults);
        days += found.days;
        gaps += found.gaps;
        overlaps += found.overlaps;
      }
    }
    const jumps = jumpingClocks(quick ? 60 : 2_000, random(seed), all, faults);
    for (const fault of faults.slice(0, 10)) log(fault);
    log(`${gaps} in a gap, ${overlaps} in an overlap; 2024-02-29 and 2028-02-29 among the days`);
    return {
      figure: `${zones.length} zones, ${days.toLocaleString('en')} local days; ${jumps.toLocaleString('en')} jumps of the clock; ${faults.length} faults`,
      ok: faults.length === 0 && gaps > 0 && overlaps > 0,
    };
  },
};

/** A span in which a zone's clock runs evenly, as the Temporal proposal knows it. */
interface Span {
  readonly fromMs: number;
  readonly toMs: number;
  readonly offsetMs: number;
}

function clockOf(zone: string): readonly Span[] {
  const spans: Span[] = [];
  const from = first - 3 * DAY_MS;
  const until = end + 3 * DAY_MS;
  let at = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(zone);
  while (at.epochMilliseconds < until) {
    const next = at.getTimeZoneTransition('next');
    const toMs = Math.min(next?.epochMilliseconds ?? until, until);
    spans.push({ fromMs: at.epochMilliseconds, toMs, offsetMs: at.offsetNanoseconds / 1e6 });
    if (!next) break;
    at = next;
  }
  return spans;
}

type Place = { readonly at: number; readonly kind: 'once' | 'gap' | 'overlap' };

/** When the clock shows `wallMs` for the first time; after a gap, the gap's end. Written without the program's own rules. */
function expected(spans: readonly Span[], wallMs: number): Place | null {
  const shown = spans
    .map(({ fromMs, toMs, offsetMs }) => ({ at: wallMs - offsetMs, fromMs, toMs }))
    .filter(({ at, fromMs, toMs }) => fromMs <= at && at < toMs);
  const [once, again] = shown;
  if (once) return { at: once.at, kind: again ? 'overlap' : 'once' };
  const past = spans.find(({ fromMs, offsetMs }) => fromMs + offsetMs > wallMs);
  return past ? { at: past.fromMs, kind: 'gap' } : null;
}

/** Each day's occurrence of a daily cadence beside what it must be. */
function compare(zone: string, minutes: number, spans: readonly Span[], faults: string[]) {
  const cadence = daily(zone, minutes);
  const counts = { days: 0, gaps: 0, overlaps: 0 };
  let after = new Date((expected(spans, first + minutes * MINUTE_MS)?.at ?? first) - 1);
  for (let dayMs = first; dayMs < end; dayMs += DAY_MS) {
    const due = expected(spans, dayMs + minutes * MINUTE_MS);
    const next = nextOccurrence(cadence, after);
    if (!due || next?.at.getTime() !== due.at) {
      faults.push(
        `${zone} ${new Date(dayMs + minutes * MINUTE_MS).toISOString()}: ${next?.at.toISOString() ?? 'none'}, not ${due ? new Date(due.at).toISOString() : 'any'}`,
      );
      return counts;
    }
    counts.days += 1;
    if (due.kind === 'gap') counts.gaps += 1;
    if (due.kind === 'overlap') counts.overlaps += 1;
    after = next.at;
  }
  return counts;
}

const daily = (zone: string, minutes: number): CadenceRule => ({
  cron: `${minutes % 60} ${Math.floor(minutes / 60)} * * *`,
  zone,
  holidayRule: 'keep',
  calendar: FEDERAL_CALENDAR,
});

const JUMPS = [HOUR_MS, -HOUR_MS, DAY_MS, -DAY_MS, -5_000, 3 * HOUR_MS] as const;

/**
 * Two kinds of job watch a clock that jumps: one does each occurrence that was planned, the other the last one due, as
 * the digest does. Each remembers its next instant in a row and marks what it did by cadence and local time.
 */
function jumpingClocks(runs: number, choices: Random, zones: readonly string[], faults: string[]): number {
  let jumps = 0;
  for (let run = 0; run < runs; run += 1) {
    const zone = choices.pick(run % 2 === 0 ? odd : zones);
    const rule = daily(zone, choices.pick(times));
    const start = first + choices.below((end - first) / DAY_MS - 40) * DAY_MS;
    const each = eachPlanned(rule, new Date(start));
    const last = lastDue(rule, new Date(start));
    let now = start;
    let latest = start;
    for (let beat = 0; beat < 30 * 24; beat += 1) {
      // A tick comes about once an hour here, late by up to a minute.
      now += HOUR_MS + choices.below(MINUTE_MS);
      if (choices.below(24) === 0) {
        now += choices.pick(JUMPS);
        jumps += 1;
      }
      latest = Math.max(latest, now);
      each.beat(new Date(now));
      last.beat(new Date(now));
    }
    check(rule, each.done, last.done, { start, latest }, faults);
  }
  return jumps;
}

interface Watcher {
  readonly done: readonly string[];
  beat(now: Date): void;
}

const identity = (at: Date, { zone }: CadenceRule): string => `${localDate(at, zone)}T${localTime(at, zone)}`;

function eachPlanned(rule: CadenceRule, start: Date): Watcher {
  const done: string[] = [];
  let planned = nextOccurrence(rule, start);
  return {
    done,
    beat(now) {
      for (let step = 0; planned && planned.at <= now && step < 100; step += 1) {
        done.push(identity(planned.at, rule));
        planned = nextOccurrence(rule, planned.at);
      }
    },
  };
}

function lastDue(rule: CadenceRule, start: Date): Watcher {
  const done: string[] = [];
  const keys = new Set<string>();
  let nextAt = nextOccurrence(rule, start)?.at ?? null;
  return {
    done,
    beat(now) {
      if (!nextAt || nextAt > now) return;
      const due = lastOccurrence(rule, new Date(now.getTime() + 1));
      nextAt = nextOccurrence(rule, now)?.at ?? null;
      // As the unique key of a delivery: what was said for that local time is never said again.
      const key = due && identity(due.at, rule);
      if (!key || keys.has(key)) return;
      keys.add(key);
      done.push(key);
    },
  };
}

/** Each local day from the start to the latest instant seen, once, in order; the other job none twice and the last of them. */
function check(
  rule: CadenceRule,
  each: readonly string[],
  last: readonly string[],
  seen: { readonly start: number; readonly latest: number },
  faults: string[],
): void {
  const wanted: string[] = [];
  for (let at = new Date(seen.start); ; ) {
    const next = nextOccurrence(rule, at);
    if (!next || next.at.getTime() > seen.latest) break;
    wanted.push(identity(next.at, rule));
    at = next.at;
  }
  if (each.join() !== wanted.join()) faults.push(`${rule.zone} ${rule.cron}: each planned, lost or twice`);
  if (new Set(wanted.map((one) => one.slice(0, 10))).size !== wanted.length)
    faults.push(`${rule.zone} ${rule.cron}: two on one local day`);
  if (new Set(last).size !== last.length || last.at(-1) !== wanted.at(-1))
    faults.push(`${rule.zone} ${rule.cron}: last due, twice or left out`);
}
