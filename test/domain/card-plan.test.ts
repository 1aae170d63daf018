import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FEDERAL_CALENDAR, isBusinessDay } from '../../src/domain/calendar.ts';
import type { Card } from '../../src/domain/card.ts';
import { inOrderOfNeeds, onOrBefore, planOf, type WorkingDays } from '../../src/domain/card-plan.ts';
import type { ItemTemplate } from '../../src/domain/card-template.ts';
import { addDays, laterOf } from '../../src/domain/time.ts';
import { CARD_TEMPLATE } from '../../src/offerings/card-template.ts';
import { aCard, doneOn, NOT_NEEDED, workingDays } from '../support/a-card.ts';

/** A Monday; Thanksgiving is day 10, Christmas day 39, New Year's Day day 46; the goal is Friday, January 15, 2027. */
const DAY_0 = '2026-11-16';
const KEYS = CARD_TEMPLATE.items.map(({ key }) => key);

const dueDays = (card: Card, days: WorkingDays = workingDays()): Readonly<Record<string, string>> =>
  Object.fromEntries([...planOf(CARD_TEMPLATE, card, days).items].map(([key, { dueOn }]) => [key, dueOn]));
/** The lines that are due on another day than on a card on which nothing was said. */
const otherDays = (card: Card, days?: WorkingDays): Readonly<Record<string, string>> => {
  const clean = dueDays(aCard(card.dayZeroOn));
  return Object.fromEntries(Object.entries(dueDays(card, days)).filter(([key, on]) => clean[key] !== on));
};

describe('the plan of a card on which nothing was said', () => {
  const plan = planOf(CARD_TEMPLATE, aCard(DAY_0), workingDays());

  it('has the goal 60 calendar days after day 0', () => {
    expect(plan.goalOn).toBe('2027-01-15');
  });

  it('has the days of the template, on the business day before where one is none', () => {
    expect(dueDays(aCard(DAY_0))).toEqual({
      offer_accepted: '2026-11-18',
      roster_add: '2026-11-19',
      // Saturday.
      ict_request: '2026-11-20',
      cor_approval: '2026-11-24',
      // Saturday; Thursday was Thanksgiving, Friday is a working day.
      security_clearance: '2026-11-27',
      fingerprinting: '2026-11-30',
      eqip: '2026-12-03',
      prescreen_ok: '2026-12-24',
      // Saturday after Christmas Day.
      eua_id: '2026-12-24',
      isspa_training: '2026-12-28',
      gfe_laptop: '2026-12-31',
      // Sunday after New Year's Day.
      piv_card: '2026-12-31',
      remote_access: '2027-01-05',
      email_chat: '2027-01-05',
      cfacts_access: '2027-01-07',
      other_access: '2027-01-08',
      appointment_letter: '2027-01-11',
      rbt: '2027-01-13',
      curriculum: '2027-01-13',
      bo_prep: '2026-12-16',
      initial_meeting: '2026-12-31',
      ready: '2027-01-15',
    });
  });

  it('begins each line on its day, on the business day after where one is none', () => {
    const starts = (key: string) => plan.items.get(key)?.startsOn;
    expect(starts('offer_accepted')).toBe('2026-11-16');
    // Saturday, Thanksgiving, Saturday after Christmas Day, Sunday.
    expect(starts('security_clearance')).toBe('2026-11-23');
    expect(starts('eua_id')).toBe('2026-11-27');
    expect(starts('appointment_letter')).toBe('2026-12-28');
    expect(starts('ready')).toBe('2027-01-11');
  });

  it('is never due before it is to be begun, though its days lie on one weekend', () => {
    const [first] = CARD_TEMPLATE.items;
    if (!first) throw new Error('no line');
    const template = { version: 9, items: [{ ...first, startDay: 5, finishDay: 6 }] };
    const { items } = planOf(template, aCard(DAY_0, {}, template), workingDays());
    expect(items.get(first.key)).toEqual({
      key: first.key,
      startsOn: '2026-11-23',
      dueOn: '2026-11-23',
    });
  });

  it('is that of the template whatever day 0 is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3000 }), (later) => {
        const card = aCard(addDays('2022-01-01', later));
        for (const [key, { startsOn, dueOn }] of planOf(CARD_TEMPLATE, card, workingDays()).items) {
          const of = CARD_TEMPLATE.items.find((each) => each.key === key);
          const finishOn = onOrBefore(addDays(card.dayZeroOn, of?.finishDay ?? 0), FEDERAL_CALENDAR);
          expect(dueOn).toBe(laterOf(finishOn, startsOn));
          expect(isBusinessDay(startsOn, FEDERAL_CALENDAR) && isBusinessDay(dueOn, FEDERAL_CALENDAR)).toBe(
            true,
          );
        }
      }),
    );
  });
});

describe('another day 0', () => {
  it('a week later moves each day by that week where no holiday lies between', () => {
    const [before, after] = [dueDays(aCard('2027-03-01')), dueDays(aCard('2027-03-08'))];
    expect(after).toEqual(Object.fromEntries(KEYS.map((key) => [key, addDays(before[key] ?? '', 7)])));
  });

  it('a week later moves every line, whatever is done', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3000 }), fc.subarray(KEYS), (later, settled) => {
        const dayZeroOn = addDays('2022-01-01', later);
        const card = aCard(dayZeroOn, Object.fromEntries(settled.map((key) => [key, doneOn(dayZeroOn)])));
        const before = dueDays(card);
        const after = dueDays({ ...card, dayZeroOn: addDays(dayZeroOn, 7) });
        for (const key of KEYS) expect((after[key] ?? '') > (before[key] ?? '')).toBe(true);
      }),
    );
  });

  it('leaves a day alone that was set by hand', () => {
    const card = aCard('2027-03-01', { bo_prep: { movedTo: '2027-04-09' } });
    expect(dueDays({ ...card, dayZeroOn: '2027-03-08' }).bo_prep).toBe('2027-04-09');
  });
});

describe('what was done late', () => {
  it('leaves what needs it as long as that takes, in calendar days, whoever was late', () => {
    // Three weeks for the interim result, due on December 24; then five business days, which are seven days.
    const late = { fingerprinting: doneOn('2026-12-01'), eqip: doneOn('2026-12-22') };
    expect(dueDays(aCard(DAY_0, late)).prescreen_ok).toBe('2027-01-12');
    const later = { ...late, prescreen_ok: doneOn('2027-01-13') };
    expect(dueDays(aCard(DAY_0, later)).piv_card).toBe('2027-01-20');
    expect(dueDays(aCard(DAY_0, { ...later, piv_card: { movedTo: '2027-01-15' } })).piv_card).toBe(
      '2027-01-15',
    );
  });

  it('moves nothing past the last day that a line has by policy', () => {
    expect(dueDays(aCard(DAY_0, { eua_id: doneOn('2027-01-14') })).rbt).toBe('2027-01-15');
  });

  it('moves nothing where enough time is left, or where it was not needed', () => {
    expect(otherDays(aCard(DAY_0, { prescreen_ok: doneOn('2026-12-20') }))).toEqual({});
    expect(otherDays(aCard(DAY_0, { prescreen_ok: NOT_NEEDED }))).toEqual({});
  });
});

describe('a day set by hand', () => {
  it('moves what needs the line only as far as it must', () => {
    expect(otherDays(aCard(DAY_0, { prescreen_ok: { movedTo: '2027-01-04' } }))).toEqual({
      prescreen_ok: '2027-01-04',
      // Two days after the result, as in the template.
      eua_id: '2027-01-06',
      isspa_training: '2027-01-08',
      // Five business days after the result; the template has more between the two.
      gfe_laptop: '2027-01-11',
      piv_card: '2027-01-11',
      remote_access: '2027-01-14',
      // Saturday.
      email_chat: '2027-01-08',
      cfacts_access: '2027-01-15',
      other_access: '2027-01-13',
      appointment_letter: '2027-01-13',
      // Training has time enough as it is; what is ready on a Sunday is ready on the Friday of the goal.
    });
  });

  it('that comes earlier moves nothing else', () => {
    expect(otherDays(aCard(DAY_0, { prescreen_ok: { movedTo: '2026-12-10' } }))).toEqual({
      prescreen_ok: '2026-12-10',
    });
  });

  it('holds, however short the time after what it needs, but never before that', () => {
    const short = { fingerprinting: { movedTo: '2026-12-09' }, prescreen_ok: { movedTo: '2026-12-10' } };
    expect(dueDays(aCard(DAY_0, short)).prescreen_ok).toBe('2026-12-10');
    const before = { fingerprinting: { movedTo: '2026-12-15' }, prescreen_ok: { movedTo: '2026-12-10' } };
    expect(dueDays(aCard(DAY_0, before)).prescreen_ok).toBe('2026-12-15');
  });

  it('is on the business day before when it is none', () => {
    expect(dueDays(aCard(DAY_0, { bo_prep: { movedTo: '2027-01-18' } })).bo_prep).toBe('2027-01-15');
  });

  it('counts for nothing that follows once the line is settled, whose own day does', () => {
    const moved = { movedTo: '2027-01-04' };
    for (const settled of [doneOn('2026-12-20'), NOT_NEEDED])
      expect(otherDays(aCard(DAY_0, { prescreen_ok: { ...moved, ...settled } }))).toEqual({
        prescreen_ok: '2027-01-04',
      });
    // What is settled keeps its own day.
    const lines = { prescreen_ok: moved, eua_id: doneOn('2026-12-20') };
    expect(otherDays(aCard(DAY_0, lines))).toEqual({
      prescreen_ok: '2027-01-04',
      gfe_laptop: '2027-01-11',
      piv_card: '2027-01-11',
      remote_access: '2027-01-14',
    });
  });

  it('never moves role-based training past day 60', () => {
    expect(dueDays(aCard(DAY_0, { eua_id: { movedTo: '2027-01-20' } })).rbt).toBe('2027-01-15');
    expect(dueDays(aCard(DAY_0, { rbt: { movedTo: '2027-01-20' } })).rbt).toBe('2027-01-15');
  });
});

describe('leave of the Service ISSO', () => {
  it('puts off their own lines by the business days they lose, and what needs those as far as it must', () => {
    const days = workingDays(['2026-11-28', '2026-12-04']);
    expect(otherDays(aCard(DAY_0), days)).toEqual({
      // One business day lost of those up to November 30, four of those up to December 3.
      fingerprinting: '2026-12-07',
      eqip: '2026-12-10',
      // Three weeks after the questionnaire; the ID two days later, which is a Saturday after New Year's Day.
      prescreen_ok: '2026-12-31',
      eua_id: '2026-12-31',
      // Five lost.
      isspa_training: '2027-01-05',
      gfe_laptop: '2027-01-07',
      piv_card: '2027-01-07',
      // Three days after the laptop is a Sunday.
      remote_access: '2027-01-08',
      cfacts_access: '2027-01-12',
      rbt: '2027-01-15',
      // January 18 is a holiday.
      curriculum: '2027-01-21',
    });
  });

  it('counts on the first and on the last day of a line', () => {
    // Days 7 and 14.
    for (const day of ['2026-11-23', '2026-11-30'])
      expect(dueDays(aCard(DAY_0), workingDays([day, day])).fingerprinting).toBe('2026-12-01');
  });

  it('moves nothing when it lies before or behind the days of a line, on holidays or on a weekend', () => {
    expect(
      otherDays(
        aCard(DAY_0),
        workingDays(['2026-10-01', '2026-11-15'], ['2026-11-26', '2026-11-26'], ['2026-12-25', '2026-12-27']),
      ),
    ).toEqual({});
  });

  it('leaves a day alone that was set by hand, and the lines of others', () => {
    const days = workingDays(['2026-11-30', '2026-12-04']);
    const due = dueDays(aCard(DAY_0, { curriculum: { movedTo: '2027-01-13' } }), days);
    expect(due.curriculum).toBe('2027-01-13');
    expect(due.bo_prep).toBe('2026-12-16');
  });
});

describe('the order of needs', () => {
  const lineOf = (key: string, needs: readonly string[]): ItemTemplate => ({
    ...(CARD_TEMPLATE.items[0] as ItemTemplate),
    key,
    needs: needs.map((need) => ({ key: need, unless: null })),
  });
  const names = ['a', 'b', 'c', 'd', 'e', 'f'];
  /** Each line needs some of those that come before it by name; they are written down in any order. */
  const acyclic = fc
    .tuple(...names.map((_, index) => fc.subarray(names.slice(0, index))))
    .map((needs) => needs.map((each, index) => lineOf(names[index] ?? '', each)))
    .chain((items) => fc.shuffledSubarray(items, { minLength: items.length }));

  it('has every line once, and behind all that it needs', () => {
    fc.assert(
      fc.property(acyclic, (items) => {
        const order = inOrderOfNeeds({ version: 1, items }).map(({ key }) => key);
        expect(order.toSorted()).toEqual(names);
        for (const { key, needs } of items)
          for (const need of needs) expect(order.indexOf(need.key)).toBeLessThan(order.indexOf(key));
      }),
    );
  });

  it('is that of the template where it is in order already', () => {
    expect(inOrderOfNeeds(CARD_TEMPLATE)).toEqual(CARD_TEMPLATE.items);
  });
});
