import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FEDERAL_CALENDAR, isBusinessDay } from '../../src/domain/calendar.ts';
import {
  type Asked,
  askingAt,
  nextAskingAt,
  occasionDue,
  scheduledOccasions,
  sessionOccasion,
  workPeriod,
} from '../../src/domain/survey-occasions.ts';
import { addDays, localTime } from '../../src/domain/time.ts';

const EASTERN = 'America/New_York';
const NEVER: Asked = { names: [], lastAt: null };
const period = (beganOn: string, endedOn: string | null = null) => ({ beganOn, endedOn });
const scheduled = (beganOn: string, until: string, endedOn: string | null = null) =>
  scheduledOccasions(period(beganOn, endedOn), until, FEDERAL_CALENDAR);

describe('the occasions of a survey', () => {
  it('are day 30 and day 90 of the work, then every three months, each on a business day', () => {
    // Day 30 of 1 September 2026 is Thursday, 1 October; day 90 is Monday, 30 November; 28 February is a Sunday.
    expect(scheduled('2026-09-01', '2027-09-30')).toEqual([
      { name: 'day-30', on: '2026-10-01' },
      { name: 'day-90', on: '2026-11-30' },
      { name: 'quarter-2027-02', on: '2027-03-01' },
      { name: 'quarter-2027-05', on: '2027-06-01' },
      { name: 'quarter-2027-08', on: '2027-08-30' },
    ]);
  });

  it('end with the work', () => {
    expect(scheduled('2026-09-01', '2027-09-30', '2026-12-31').map(({ name }) => name)).toEqual([
      'day-30',
      'day-90',
    ]);
    expect(scheduled('2026-09-01', '2027-09-30', '2026-09-15')).toEqual([]);
  });

  it('after a session are the business day after it', () => {
    expect(sessionOccasion('m1', '2026-11-25', FEDERAL_CALENDAR)).toEqual({
      name: 'meeting-m1',
      on: '2026-11-27',
    });
  });

  it('of any work are business days in order, at nine in the morning, each name once', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3_650 }), (days) => {
        const beganOn = addDays('2026-01-01', days);
        const all = scheduled(beganOn, addDays(beganOn, 1_500));
        expect(all.length).toBeGreaterThanOrEqual(16);
        expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
        expect(all.map(({ on }) => on)).toEqual(all.map(({ on }) => on).toSorted());
        for (const each of all) {
          expect(isBusinessDay(each.on, FEDERAL_CALENDAR)).toBe(true);
          expect(localTime(askingAt(each, 'America/Denver'), 'America/Denver')).toBe('00:00');
        }
      }),
    );
  });
});

describe('the time that work goes on', () => {
  const row = (name: 'work-began' | 'work-ended', personId: string, on: string) => ({ name, personId, on });
  it('is from the first who began until the last who ended', () => {
    expect(workPeriod([])).toBeNull();
    expect(workPeriod([row('work-ended', 'isso', '2026-09-01')])).toBeNull();
    const both = [row('work-began', 'isso2', '2026-09-20'), row('work-began', 'isso', '2026-09-01')];
    expect(workPeriod(both)).toEqual(period('2026-09-01'));
    expect(workPeriod([...both, row('work-ended', 'isso', '2026-10-01')])).toEqual(period('2026-09-01'));
    expect(
      workPeriod([
        ...both,
        row('work-ended', 'isso', '2026-10-01'),
        row('work-ended', 'isso2', '2027-01-05'),
      ]),
    ).toEqual(period('2026-09-01', '2027-01-05'));
  });
});

describe('what is asked now', () => {
  const all = scheduled('2026-09-01', '2027-09-30');
  const at = (day: string, time = '09:00'): Date => new Date(`${day}T${time}:00-05:00`);

  it('is nothing before the day begins, in the zone of whoever is asked', () => {
    const late = at('2026-11-29', '23:59');
    expect(occasionDue(all, { names: ['day-30'], lastAt: at('2026-10-01') }, EASTERN, late)).toBeNull();
    expect(occasionDue(all, NEVER, EASTERN, at('2026-11-30', '00:00'))?.name).toBe('day-90');
    expect(occasionDue(all, NEVER, 'America/Los_Angeles', at('2026-11-30', '00:00'))?.name).toBe('day-30');
  });

  it('is the newest after an outage, and the older ones are dropped for good', () => {
    const now = at('2027-03-10', '13:00');
    const due = occasionDue(all, NEVER, EASTERN, now);
    expect(due?.name).toBe('quarter-2027-02');
    const asked: Asked = { names: ['quarter-2027-02'], lastAt: now };
    expect(occasionDue(all, asked, EASTERN, now)).toBeNull();
    expect(nextAskingAt(all, asked, EASTERN, now)).toEqual(new Date('2027-06-01T00:00:00-04:00'));
  });

  it('never goes back to one that lies before the last asking', () => {
    const asked: Asked = { names: ['meeting-m1'], lastAt: at('2026-12-01') };
    expect(occasionDue(all, asked, EASTERN, at('2026-12-02'))).toBeNull();
  });

  it('over any outages asks each occasion once at most, newest first, and leaves none that is due', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 200 }), { maxLength: 12 }), (pauses) => {
        let now = new Date('2026-09-01T12:00:00Z');
        let asked: Asked = NEVER;
        for (const days of pauses) {
          now = new Date(now.getTime() + days * 86_400_000);
          const due = occasionDue(all, asked, EASTERN, now);
          if (!due) continue;
          expect(asked.names).not.toContain(due.name);
          expect(nextAskingAt(all, asked, EASTERN, now)).toEqual(askingAt(due, EASTERN));
          asked = { names: [...asked.names, due.name], lastAt: now };
          expect(occasionDue(all, asked, EASTERN, now)).toBeNull();
          const next = nextAskingAt(all, asked, EASTERN, now);
          if (next) expect(next > now).toBe(true);
        }
        const order = all.map(({ name }) => name);
        const places = asked.names.map((name) => order.indexOf(name));
        expect(places).toEqual(places.toSorted((a, b) => a - b));
      }),
    );
  });
});
