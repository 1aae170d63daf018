import { describe, expect, it } from 'vitest';
import type { HolidayRule } from '../../src/domain/cadence.ts';
import { BUSINESS_HOURS, FEDERAL_CALENDAR } from '../../src/domain/calendar.ts';
import { checkMeetingCadence } from '../../src/domain/meeting-cadence.ts';

const EASTERN = 'America/New_York';
const NOW = new Date('2026-11-02T10:00:00-05:00');

const check = (cron: string, holidayRule: HolidayRule = 'next-business-day', zone = EASTERN, minutes = 45) =>
  checkMeetingCadence(
    { cron, zone, holidayRule, calendar: FEDERAL_CALENDAR },
    { now: NOW, minutes, hours: BUSINESS_HOURS },
  );

describe('a meeting may recur', () => {
  it.each([
    ['0 10 * * 2', 'next-business-day', EASTERN],
    ['30 8 * * 1-5', 'skip', EASTERN],
    ['15 16 * * 5', 'skip', EASTERN],
    ['0 9 * * *', 'next-business-day', EASTERN],
    ['0 13 15 * *', 'next-business-day', EASTERN],
    ['0 13 * * 3#2', 'keep', EASTERN],
    ['0 14 1 7 *', 'next-business-day', EASTERN],
    ['15 15 * * 2', 'next-business-day', 'America/Chicago'],
    ['0 13 * * 2', 'next-business-day', 'America/Phoenix'],
  ] as const)('by "%s" with "%s" in %s', (cron, holidayRule, zone) => {
    expect(check(cron, holidayRule, zone)).toMatchObject({ ok: true });
  });

  it.each([
    ['0 3 * * 3', 'next-business-day', EASTERN, 'outside-hours'],
    ['0 21 * * 4', 'next-business-day', EASTERN, 'outside-hours'],
    ['29 8 * * 4', 'next-business-day', EASTERN, 'outside-hours'],
    ['16 16 * * 4', 'next-business-day', EASTERN, 'outside-hours'],
    ['30 15 * * 4', 'next-business-day', 'America/Chicago', 'outside-hours'],
    // In winter Phoenix is two hours behind the East, in summer three.
    ['0 14 * * 2', 'next-business-day', 'America/Phoenix', 'outside-hours'],
    ['0 16 * * 2', 'next-business-day', 'Pacific/Honolulu', 'outside-hours'],
    ['0 13 * * 0', 'skip', EASTERN, 'weekend'],
    ['0 13 * * 6', 'next-business-day', EASTERN, 'weekend'],
    ['0 13 * * 7', 'previous-business-day', EASTERN, 'weekend'],
    ['0 13 * * SAT', 'keep', EASTERN, 'weekend'],
    ['0 13 * * 6#1', 'next-business-day', EASTERN, 'weekend'],
    ['0 13 * * 6L', 'next-business-day', EASTERN, 'weekend'],
    ['0 13 8-14 * 6', 'next-business-day', EASTERN, 'weekend'],
    ['0 13 * * 1,6', 'skip', EASTERN, 'weekend'],
    ['0 13 * * *', 'keep', EASTERN, 'kept-on-weekend'],
    ['0 13 15 * *', 'keep', EASTERN, 'kept-on-weekend'],
    ['0 13 25 12 *', 'skip', EASTERN, 'no-date'],
    ['0,30 9 * * 1', 'skip', EASTERN, 'oftener-than-daily'],
    ['*/5 9 * * 1', 'skip', EASTERN, 'oftener-than-daily'],
    ['0 9-11 * * 1', 'skip', EASTERN, 'oftener-than-daily'],
  ] as const)('but not by "%s" with "%s" in %s: %s', (cron, holidayRule, zone, code) => {
    expect(check(cron, holidayRule, zone)).toMatchObject({ ok: false, refusal: { code } });
  });
});
