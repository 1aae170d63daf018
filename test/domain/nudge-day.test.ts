import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addBusinessDays,
  businessDaysBetween,
  type Calendar,
  FEDERAL_CALENDAR,
  isBusinessDay,
} from '../../src/domain/calendar.ts';
import type { Rhythm } from '../../src/domain/contact.ts';
import { type ItemLine, type NudgeLine, nameOfTold } from '../../src/domain/nudge.ts';
import { linesOfDay, openLines, putOff, withoutCopies, withoutTwins } from '../../src/domain/nudge-day.ts';
import { daysLate, rungsOf } from '../../src/domain/nudge-ladder.ts';
import { addDays } from '../../src/domain/time.ts';
import { NUDGE_LADDER, WEEKLY_AFTER_DAYS } from '../../src/offerings/programme-timers.ts';

const line = (key: string, facts: Partial<ItemLine> = {}): ItemLine => ({
  systemName: 'Claims Hub',
  party: 'service_isso',
  blocked: null,
  done: 'at-once',
  reopened: 0,
  about: { kind: 'item', number: 'ISSO-2026-0001', engagementId: 'e1', personId: 'isso', key },
  name: key,
  part: null,
  dueOn: '2026-12-30',
  saidFrom: '2026-12-01',
  snoozedUntil: null,
  waitsFor: null,
  ...facts,
});
const keys = (lines: readonly NudgeLine[]) => lines.map(({ about }) => about.key);
const on = (today: string, calendar: Calendar = FEDERAL_CALENDAR) => ({ today, calendar });

/** To somebody who was told of all of them, unless said otherwise. */
const saidOn = (
  lines: readonly ItemLine[],
  day: ReturnType<typeof on>,
  rhythm: Rhythm,
  told = lines.map(nameOfTold),
) => keys(linesOfDay(lines, day, { rhythm, told, weeklyAfterDays: WEEKLY_AFTER_DAYS }));

describe('what is said on a day', () => {
  it('is the most urgent first; on one day by number, and within a card in its order', () => {
    const other = line('other', { dueOn: '2026-12-10' });
    const lines = [
      line('late', { dueOn: '2026-12-20' }),
      line('b', { dueOn: '2026-12-10' }),
      line('a', { dueOn: '2026-12-10' }),
      { ...other, about: { ...other.about, number: 'ISSO-2026-0000' } },
    ];
    expect(keys(openLines(lines, '2026-12-08'))).toEqual(['other', 'b', 'a', 'late']);
  });

  it('is nothing before its first day, and nothing that is put off until that day', () => {
    const lines = [line('a', { saidFrom: '2026-12-09' }), line('b', { snoozedUntil: '2026-12-10' })];
    expect(keys(openLines(lines, '2026-12-08'))).toEqual([]);
    expect(keys(openLines(lines, '2026-12-09'))).toEqual(['a']);
    expect(keys(openLines(lines, '2026-12-10'))).toEqual(['a', 'b']);
  });

  it('is nothing on a weekend, a holiday or leave', () => {
    const leave = {
      ...FEDERAL_CALENDAR,
      away: [{ fromOn: '2026-12-08', toOn: '2026-12-09', name: 'leave' }],
    };
    const lines = [line('a', { dueOn: '2026-12-08' })];
    for (const day of ['2026-12-05', '2026-12-25', '2026-11-26'])
      expect(saidOn(lines, on(day), 'daily')).toEqual([]);
    expect(saidOn(lines, on('2026-12-08', leave), 'daily')).toEqual([]);
    expect(saidOn(lines, on('2026-12-10', leave), 'daily')).toEqual(['a']);
  });

  it('is, weekly, all on the first business day of the week, which is Tuesday after a holiday', () => {
    const lines = [line('a', { dueOn: '2027-02-12', saidFrom: '2026-12-01' })];
    const said = (day: string) => saidOn(lines, on(day), 'weekly');
    expect(said('2026-12-07')).toEqual(['a']);
    expect(said('2026-12-08')).toEqual([]);
    // Dr. King's birthday.
    expect(said('2027-01-18')).toEqual([]);
    expect(said('2027-01-19')).toEqual(['a']);
    expect(said('2027-01-20')).toEqual([]);
  });

  it('is, weekly, on other days only what is due within two business days, due or overdue', () => {
    const lines = [
      line('overdue', { dueOn: '2026-12-01' }),
      line('today', { dueOn: '2026-12-10' }),
      // Two business days after Thursday is Monday.
      line('soon', { dueOn: '2026-12-14' }),
      line('later', { dueOn: '2026-12-15' }),
    ];
    expect(saidOn(lines, on('2026-12-10'), 'weekly')).toEqual(['overdue', 'today', 'soon']);
    expect(saidOn(lines, on('2026-12-10'), 'daily')).toEqual(['overdue', 'today', 'soon', 'later']);
  });

  it('is, weekly, on any business day what they were never told of, also what is opened again', () => {
    const lines = [line('old'), line('new')];
    const told = [nameOfTold(line('old'))];
    expect(saidOn(lines, on('2026-12-10'), 'weekly', told)).toEqual(['new']);
    expect(saidOn([line('old', { reopened: 1 })], on('2026-12-10'), 'weekly', told)).toEqual(['old']);
    // A Saturday.
    expect(saidOn(lines, on('2026-12-12'), 'weekly', told)).toEqual([]);
  });

  it('is, of what is more than ten business days late, said on the first business day of the week only', () => {
    const monday = '2026-12-14';
    const late = (days: number) =>
      line('late', { dueOn: addBusinessDays('2026-12-16', -days, FEDERAL_CALENDAR) });
    for (const rhythm of ['daily', 'weekly'] as const) {
      expect(saidOn([late(10)], on('2026-12-16'), rhythm)).toEqual(['late']);
      expect(saidOn([late(11)], on('2026-12-16'), rhythm)).toEqual([]);
      expect(saidOn([late(11)], on(monday), rhythm)).toEqual(['late']);
      expect(saidOn([late(11)], on('2026-12-16'), rhythm, [])).toEqual(['late']);
    }
    expect(saidOn([{ ...line('rbt'), dueOn: late(11).dueOn }], on('2026-12-16'), 'daily')).toEqual(['rbt']);
  });

  it('is a thing once: a course that is a line of the card, and not the curriculum beside its courses', () => {
    const course = (key: string): NudgeLine => ({ ...line(key), about: { kind: 'course', key } });
    const itemOf = (key: string) => (key === 'isspa' ? 'isspa_training' : null);
    const items = [line('isspa_training'), line('curriculum')];
    expect(keys(withoutTwins(items, [course('isspa')], itemOf))).toEqual(['isspa_training', 'curriculum']);
    expect(keys(withoutTwins(items, [course('isspa'), course('toolkit')], itemOf))).toEqual([
      'isspa_training',
      'toolkit',
    ]);
  });
});

describe('a line of a person with several cards', () => {
  const of = (number: string, key: string, dueOn: string, part: string | null = null, personId = 'isso') => ({
    ...line(key, { dueOn, part }),
    about: { kind: 'item', number, engagementId: number, personId, key } as const,
  });
  const isOfPerson = (key: string): boolean => key !== 'letter';
  const said = (items: readonly ReturnType<typeof of>[]) =>
    withoutCopies(items, isOfPerson).map(({ about }) => `${about.number} ${about.personId} ${about.key}`);

  it('is said once, by the card on which it is due first, by number on one day', () => {
    const items = [
      of('2', 'badge', '2026-12-11'),
      of('1', 'badge', '2026-12-12'),
      of('2', 'prints', '2026-12-10'),
      of('1', 'prints', '2026-12-10'),
    ];
    expect(said(items)).toEqual(['2 isso badge', '1 isso prints']);
    expect(said(items.toReversed()).toSorted()).toEqual(['1 isso prints', '2 isso badge']);
  });

  it('is said for each person, each part, and each engagement to which it belongs', () => {
    const items = [
      of('1', 'badge', '2026-12-11'),
      of('2', 'badge', '2026-12-11', null, 'isso2'),
      of('3', 'badge', '2026-12-11', 'cra'),
      of('1', 'letter', '2026-12-11'),
      of('2', 'letter', '2026-12-11'),
    ];
    expect(withoutCopies(items, isOfPerson)).toEqual(items);
  });
});

describe('putting a line off', () => {
  it('is by business days of the reader', () => {
    expect(putOff(line('a'), 1, on('2026-12-11'))).toEqual({ until: '2026-12-14', because: 'wanted' });
    expect(putOff(line('a'), 3, on('2026-12-11'))).toEqual({ until: '2026-12-16', because: 'wanted' });
  });

  it('ends on the due day, and says so', () => {
    expect(putOff(line('a', { dueOn: '2026-12-15' }), 5, on('2026-12-11'))).toEqual({
      until: '2026-12-15',
      because: 'due-then',
    });
  });

  it('skips one business day only, once the due day is there', () => {
    for (const dueOn of ['2026-12-11', '2026-12-01'])
      expect(putOff(line('a', { dueOn }), 5, on('2026-12-11'))).toEqual({
        until: '2026-12-14',
        because: 'due-already',
      });
  });

  it('never passes the due day before it has come, and never is today', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 400 }),
        fc.integer({ min: -20, max: 60 }),
        fc.constantFrom(1, 3, 5),
        (start, ahead, days) => {
          const today = addDays('2026-10-01', start);
          const dueOn = addDays(today, ahead);
          const { until } = putOff({ dueOn }, days, on(today));
          expect(until > today).toBe(true);
          if (dueOn > today) expect(until <= dueOn).toBe(true);
          else expect(businessDaysBetween(today, until, FEDERAL_CALENDAR)).toBe(1);
        },
      ),
    );
  });
});

describe('who else hears of a late line', () => {
  const told = (dueOn: string, today: string, party = 'service_isso' as const) =>
    rungsOf({ dueOn, party }, NUDGE_LADDER, today, FEDERAL_CALENDAR).map(({ tells }) => tells);
  const firstDay = (tells: string, dueOn: string): string => {
    for (let day = dueOn; day <= addDays(dueOn, 40); day = addDays(day, 1))
      if (told(dueOn, day).some((each) => each === tells)) return day;
    return 'never';
  };

  it('are the lead, the GTL and the ISPG channel, 3, 5 and 10 business days after the due day, over Thanksgiving', () => {
    // Due on Monday; Thursday, November 26 is Thanksgiving.
    expect(firstDay('contractor', '2026-11-23')).toBe('2026-11-27');
    expect(firstDay('gtl', '2026-11-23')).toBe('2026-12-01');
    expect(firstDay('ispg-channel', '2026-11-23')).toBe('2026-12-08');
    expect(told('2026-11-23', '2026-11-25')).toEqual([]);
  });

  it('are all that were missed after an outage, each of whom is told once', () => {
    expect(told('2026-11-23', '2026-12-02')).toEqual(['contractor', 'gtl']);
    expect(told('2026-11-23', '2027-03-01')).toEqual(['contractor', 'gtl', 'ispg-channel']);
  });

  it('are not those who have the line in hand', () => {
    const of = (party: 'contractor' | 'gtl') =>
      rungsOf({ dueOn: '2026-11-23', party }, NUDGE_LADDER, '2027-03-01', FEDERAL_CALENDAR).map(
        ({ tells }) => tells,
      );
    expect(of('contractor')).toEqual(['gtl', 'ispg-channel']);
    expect(of('gtl')).toEqual(['contractor', 'ispg-channel']);
  });

  it('hear nothing new on a day off', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), (days) => {
        const today = addDays('2026-11-23', days);
        if (isBusinessDay(today, FEDERAL_CALENDAR)) return;
        expect(daysLate({ dueOn: '2026-11-23' }, today, FEDERAL_CALENDAR)).toBe(
          daysLate({ dueOn: '2026-11-23' }, addDays(today, -1), FEDERAL_CALENDAR),
        );
      }),
    );
  });
});
