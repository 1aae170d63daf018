import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Cron } from 'croner';
import { type CadenceRule, nextOccurrence } from '../../src/domain/cadence.ts';
import { type Calendar, FEDERAL_CALENDAR } from '../../src/domain/calendar.ts';
import { DAY_MS, MINUTE_MS } from '../../src/domain/time.ts';
import { median } from './figures.ts';
import { random } from './random.ts';
import type { Row } from './row.ts';

const goal = 1;
const now = Date.UTC(2026, 11, 1, 15);
/** As people choose them: days of the week, a day of the month, quarters. */
const patterns: readonly ((minute: number, hour: number, day: number) => string)[] = [
  (minute, hour, day) => `${minute} ${hour} * * ${(day % 5) + 1}`,
  (minute, hour) => `${minute} ${hour} * * 1-5`,
  (minute, hour, day) => `${minute} ${hour} * * ${(day % 5) + 1}#${(day % 4) + 1}`,
  (minute, hour, day) => `${minute} ${hour} * */3 ${(day % 5) + 1}#2`,
  (minute, hour, day) => `${minute} ${hour} ${(day % 28) + 1} * *`,
];

interface Personal {
  readonly cron: string;
  readonly zone: string;
  readonly after: Date;
}

export const p6: Row = {
  id: 'P6',
  title: 'The next occurrence of personal cadences in all zones, beside the cron library with its own zones',
  goal: `≤ ${goal} × the cron library per call, holidays included; no heap per idle cadence`,
  async run({ quick, seed, log }) {
    const count = quick ? 10_000 : 100_000;
    const rounds = quick ? 3 : 5;
    const all = cadences(count, seed);
    const calendars: readonly (readonly [string, CadenceRule['holidayRule'], Calendar])[] = [
      ['as planned', 'keep', FEDERAL_CALENDAR],
      ['kept off holidays', 'next-business-day', FEDERAL_CALENDAR],
    ];
    // The library's schedules are compiled beforehand and shared, as favourable to it as can be.
    const theirs = compiled(all);
    const library: number[] = [];
    const ours = calendars.map((): number[] => []);
    let differences = 0;
    for (let round = 0; round < rounds; round += 1) {
      library.push(timed(all, ({ cron, zone, after }) => theirs.get(`${zone} ${cron}`)?.nextRun(after)));
      for (const [index, [, holidayRule, calendar]] of calendars.entries())
        ours[index]?.push(
          timed(all, ({ cron, zone, after }) => nextOccurrence({ cron, zone, holidayRule, calendar }, after)),
        );
    }
    for (const { cron, zone, after } of all.slice(0, 10_000)) {
      const mine = nextOccurrence({ cron, zone, holidayRule: 'keep', calendar: FEDERAL_CALENDAR }, after);
      if (mine?.at.getTime() !== theirs.get(`${zone} ${cron}`)?.nextRun(after)?.getTime()) differences += 1;
    }
    const bare = median(library);
    const ratios = ours.map((times) => median(times) / bare);
    const bytes = heapOfIdle(all);
    log(
      `library ${(bare * 1000).toFixed(1)} µs a call; ${calendars.map(([name], index) => `${name} ${(median(ours[index] ?? []) * 1000).toFixed(1)} µs`).join(', ')}`,
    );
    log(
      `${differences} of ${Math.min(count, 10_000)} answers differ from the library's; heap that ${count.toLocaleString('en')} cadences leave when idle: ${bytes.toFixed(1)} bytes each`,
    );
    return {
      figure: `ratio ${ratios.map((ratio) => ratio.toFixed(2)).join(' as planned, ')} kept off holidays; ${bytes.toFixed(1)} bytes of heap each`,
      ok: ratios.every((ratio) => ratio <= goal) && bytes < heapNoise && differences === 0,
    };
  },
};

const cronsOfZone = 8;
/** A cadence that held anything would hold hundreds of bytes; this much is the collector's own. */
const heapNoise = 16;

function cadences(count: number, seed: number): readonly Personal[] {
  const { below, pick } = random(seed);
  const zones = Intl.supportedValuesOf('timeZone');
  // Office hours, in which no clock changes. So few for each zone that the library can keep all of them compiled.
  const crons = zones.map(() =>
    Array.from({ length: cronsOfZone }, () => pick(patterns)(below(2) * 30, 9 + below(8), below(28))),
  );
  return Array.from({ length: count }, (_, index) => ({
    zone: zones[index % zones.length] ?? 'UTC',
    cron: pick(crons[index % zones.length] ?? ['0 9 * * *']),
    after: new Date(now + below(DAY_MS / MINUTE_MS) * MINUTE_MS),
  }));
}

function compiled(all: readonly Personal[]): ReadonlyMap<string, Cron> {
  const made = new Map<string, Cron>();
  for (const { cron, zone } of all) {
    const key = `${zone} ${cron}`;
    if (!made.has(key)) made.set(key, new Cron(cron, { timezone: zone, domAndDow: true }));
  }
  return made;
}

/** Milliseconds a call. */
function timed(all: readonly Personal[], ask: (one: Personal) => unknown): number {
  const startedAt = performance.now();
  for (const one of all) ask(one);
  return (performance.now() - startedAt) / all.length;
}

/** What a sweep over further cadences leaves on the heap, for each of them: they are rows, not objects. */
function heapOfIdle(all: readonly Personal[]): number {
  const sweep = (): void => {
    for (const { cron, zone, after } of all)
      nextOccurrence({ cron, zone, holidayRule: 'keep', calendar: FEDERAL_CALENDAR }, after);
  };
  sweep();
  const before = settledHeap();
  sweep();
  return Math.max(0, settledHeap() - before) / all.length;
}

function settledHeap(): number {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  for (let turn = 0; turn < 4; turn += 1) if (typeof collect === 'function') collect();
  return process.memoryUsage().heapUsed;
}
