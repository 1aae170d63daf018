import { addDays, instantOf, type LocalDate, sayLocalDate, wallClockMs, weekday } from './time.ts';

const HOUR_MS = 3_600_000;
const SECOND_MS = 1_000;
/** US zones: hours from UTC in winter, and whether their clocks change (15 U.S.C. 260a). */
const US_ZONES: readonly (readonly [zone: string, winterHours: number, changes: boolean])[] = [
  ['America/New_York', -5, true],
  ['America/Chicago', -6, true],
  ['America/Denver', -7, true],
  ['America/Phoenix', -7, false],
  ['America/Los_Angeles', -8, true],
  ['America/Anchorage', -9, true],
  ['Pacific/Honolulu', -10, false],
];
const FIRST_YEAR = 2026;
const LAST_YEAR = 2030;

/**
 * Where the runtime's zone data contradict the law on the US clock changes of 2026 to 2030: 2:00 a.m. local time on the
 * second Sunday of March and the first of November. Empty when all is right.
 */
export function zoneTroubles(offsetHours: (zone: string, at: Date) => number = offsetOf): string[] {
  const troubles: string[] = [];
  for (const [zone, winter, changes] of US_ZONES) {
    const summer = changes ? winter + 1 : winter;
    for (let year = FIRST_YEAR; year <= LAST_YEAR; year += 1) {
      const spring = sunday(`${year}-03-08`);
      const autumn = sunday(`${year}-11-01`);
      const instants: readonly (readonly [day: LocalDate, at: number, before: number, after: number])[] = [
        [spring, atTwo(spring) - winter * HOUR_MS, winter, summer],
        [autumn, atTwo(autumn) - summer * HOUR_MS, summer, winter],
      ];
      for (const [day, at, before, after] of instants) {
        const isRight =
          offsetHours(zone, new Date(at - SECOND_MS)) === before && offsetHours(zone, new Date(at)) === after;
        if (!isRight) troubles.push(`the clocks of ${zone} on ${sayLocalDate(day)}`);
      }
    }
  }
  return troubles;
}

const offsetOf = (zone: string, at: Date): number => (wallClockMs(at, zone) - at.getTime()) / HOUR_MS;
/** The first Sunday on the day or after it. */
const sunday = (from: LocalDate): LocalDate => addDays(from, (7 - weekday(from)) % 7);
const atTwo = (day: LocalDate): number => instantOf(day, '02:00', 'UTC').getTime();
