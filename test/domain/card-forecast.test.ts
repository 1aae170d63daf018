import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addBusinessDays, FEDERAL_CALENDAR } from '../../src/domain/calendar.ts';
import { type Card, type CardItem, isSettled, itemOf } from '../../src/domain/card.ts';
import { type Forecast, forecastOf } from '../../src/domain/card-forecast.ts';
import type { CardTemplate } from '../../src/domain/card-template.ts';
import { addDays, laterOf } from '../../src/domain/time.ts';
import { CARD_TEMPLATE } from '../../src/offerings/card-template.ts';
import { aCard, BLOCKED, begun, doneOn, NOT_NEEDED, workingDays } from '../support/a-card.ts';

/** A Monday; Thanksgiving is November 26, and the goal is Friday, January 15, 2027, before the birthday of Dr. King on Monday. */
const DAY_0 = '2026-11-16';
const GOAL = '2027-01-15';
const KEYS = CARD_TEMPLATE.items.map(({ key }) => key);

const forecast = (card: Card, today: string, days = workingDays(), template = CARD_TEMPLATE): Forecast =>
  forecastOf(template, card, days, today);
const finishes = ({ items }: Forecast, ...keys: readonly string[]) =>
  keys.map((key) => items.get(key)?.finishOn);
const slacks = ({ items }: Forecast, ...keys: readonly string[]) => keys.map((key) => items.get(key)?.slack);

/** All done on time up to the start of the clearance. */
const CLEARED = {
  offer_accepted: doneOn('2026-11-18'),
  roster_add: doneOn('2026-11-19'),
  ict_request: doneOn('2026-11-20'),
  cor_approval: doneOn('2026-11-24'),
  security_clearance: doneOn('2026-11-27'),
};

describe('the forecast on day 0', () => {
  const fresh = forecast(aCard(DAY_0), DAY_0);

  it('goes from line to line by lead times in business days, around Thanksgiving, Christmas and New Year', () => {
    expect(Object.fromEntries([...fresh.items].map(([key, { finishOn }]) => [key, finishOn]))).toEqual({
      offer_accepted: '2026-11-18',
      roster_add: '2026-11-19',
      ict_request: '2026-11-20',
      cor_approval: '2026-11-24',
      security_clearance: '2026-11-27',
      fingerprinting: '2026-12-01',
      eqip: '2026-12-03',
      prescreen_ok: '2026-12-24',
      eua_id: '2026-12-28',
      isspa_training: '2026-12-30',
      gfe_laptop: '2027-01-04',
      piv_card: '2027-01-04',
      remote_access: '2027-01-06',
      email_chat: '2026-12-30',
      cfacts_access: '2027-01-07',
      other_access: '2027-01-05',
      appointment_letter: '2027-01-05',
      rbt: '2026-12-31',
      curriculum: '2026-12-01',
      bo_prep: '2026-12-01',
      initial_meeting: '2026-12-08',
      ready: '2027-01-08',
    });
    expect(fresh.readyOn).toBe('2027-01-08');
  });

  it('has as much slack as business days are left before the goal', () => {
    expect(Object.fromEntries([...fresh.items].map(([key, { slack }]) => [key, slack]))).toEqual({
      offer_accepted: 5,
      roster_add: 5,
      ict_request: 5,
      cor_approval: 5,
      security_clearance: 5,
      fingerprinting: 7,
      eqip: 5,
      prescreen_ok: 5,
      eua_id: 5,
      isspa_training: 5,
      gfe_laptop: 7,
      piv_card: 7,
      remote_access: 7,
      email_chat: 11,
      cfacts_access: 5,
      other_access: 8,
      appointment_letter: 7,
      rbt: 9,
      curriculum: 31,
      bo_prep: 25,
      initial_meeting: 25,
      ready: 5,
    });
  });

  it('has the critical path of the domain reference', () => {
    expect(fresh.criticalPath).toEqual([
      'offer_accepted',
      'roster_add',
      'ict_request',
      'cor_approval',
      'security_clearance',
      'eqip',
      'prescreen_ok',
      'eua_id',
      'isspa_training',
      'cfacts_access',
      'ready',
    ]);
  });
});

describe('a history', () => {
  it('that is blocked at fingerprinting takes its whole lead from today, over Christmas and the birthday of Dr. King', () => {
    const card = aCard(DAY_0, { ...CLEARED, eqip: doneOn('2026-12-03'), fingerprinting: BLOCKED });
    const blocked = forecast(card, '2026-12-21');
    expect(finishes(blocked, 'fingerprinting', 'prescreen_ok', 'eua_id', 'isspa_training')).toEqual([
      '2026-12-23',
      '2027-01-15',
      '2027-01-19',
      '2027-01-21',
    ]);
    expect(finishes(blocked, 'rbt', 'appointment_letter', 'cfacts_access', 'ready')).toEqual([
      '2027-01-22',
      '2027-01-26',
      '2027-01-28',
      '2027-01-29',
    ]);
    expect(finishes(blocked, 'curriculum', 'bo_prep', 'initial_meeting')).toEqual([
      '2027-01-06',
      '2027-01-06',
      '2027-01-13',
    ]);
    expect(blocked.readyOn).toBe('2027-01-29');
    expect(blocked.criticalPath).toEqual([
      'fingerprinting',
      'prescreen_ok',
      'eua_id',
      'isspa_training',
      'cfacts_access',
      'ready',
    ]);
    // Nine business days from January 15 to 29; the meeting could still slip by a day.
    expect(slacks(blocked, 'fingerprinting', 'ready', 'initial_meeting')).toEqual([-9, -9, 1]);
    expect(slacks(blocked, 'eqip')).toEqual([null]);
  });

  it('that is blocked begins anew, though it was asked for long ago', () => {
    const card = aCard(DAY_0, { bo_prep: { ...BLOCKED, requestedOn: '2026-11-17' } });
    expect(finishes(forecast(card, '2026-12-21'), 'bo_prep')).toEqual(['2027-01-06']);
  });

  it('in which the result has taken longer than it takes expects it today, or on the next business day', () => {
    const card = aCard(DAY_0, {
      ...CLEARED,
      eqip: doneOn('2026-12-03'),
      fingerprinting: doneOn('2026-12-02'),
      bo_prep: doneOn('2026-12-10'),
      initial_meeting: doneOn('2026-12-17'),
      prescreen_ok: { state: { is: 'waiting_on', party: 'security_office' }, begunOn: '2026-12-03' },
    });
    expect(finishes(forecast(card, '2026-12-22'), 'prescreen_ok')).toEqual(['2026-12-24']);
    expect(finishes(forecast(card, '2026-12-29'), 'prescreen_ok', 'ready')).toEqual([
      '2026-12-29',
      '2027-01-12',
    ]);
    // New Year's Day.
    expect(finishes(forecast(card, '2027-01-01'), 'prescreen_ok')).toEqual(['2027-01-04']);
  });

  it('counts from the day on which something was asked for, begun or handed in, not before what it needs is there', () => {
    const asked = aCard(DAY_0, { bo_prep: begun('2026-11-17', 'requested') });
    expect(finishes(forecast(asked, '2026-11-24'), 'bo_prep')).toEqual(['2026-12-02']);
    const kept = aCard(DAY_0, { bo_prep: { state: { is: 'requested' }, requestedOn: '2026-11-17' } });
    expect(finishes(forecast(kept, '2026-11-24'), 'bo_prep')).toEqual(['2026-12-02']);
    const early = aCard(DAY_0, { eua_id: begun('2026-11-20', 'requested') });
    expect(finishes(forecast(early, '2026-11-20'), 'prescreen_ok', 'eua_id')).toEqual([
      '2026-12-31',
      '2027-01-04',
    ]);
  });

  it('in which all is done but the last line expects it on the next business day', () => {
    const all = Object.fromEntries(
      KEYS.filter((key) => key !== 'ready').map((key) => [key, doneOn('2026-12-30')]),
    );
    const last = forecast(aCard(DAY_0, all), '2026-12-31');
    expect([last.readyOn, ...last.criticalPath]).toEqual(['2027-01-04', 'ready']);
    const done = forecast(aCard(DAY_0, { ...all, ready: doneOn('2027-01-04') }), '2027-02-01');
    expect([done.readyOn, ...done.criticalPath]).toEqual(['2027-01-04']);
  });

  it('in which a line is not needed goes on without it', () => {
    const dropped = forecast(aCard(DAY_0, { ...CLEARED, prescreen_ok: NOT_NEEDED }), '2026-11-30');
    expect(finishes(dropped, 'prescreen_ok', 'eua_id')).toEqual(['2026-11-30', '2026-12-01']);
    expect(dropped.criticalPath).not.toContain('prescreen_ok');
    expect(slacks(dropped, 'prescreen_ok')).toEqual([null]);
  });

  it('with leave of the Service ISSO puts off what they do, and nothing that others do', () => {
    const card = aCard(DAY_0, CLEARED);
    const away = forecast(card, '2026-11-27', workingDays(['2026-11-30', '2026-12-04']));
    expect(finishes(away, 'fingerprinting', 'eqip', 'curriculum', 'bo_prep')).toEqual([
      '2026-12-08',
      '2026-12-10',
      '2026-12-18',
      '2026-12-11',
    ]);
    // A line of theirs that waits for an office goes on without them.
    const waits = aCard(DAY_0, {
      ...CLEARED,
      eqip: { state: { is: 'waiting_on', party: 'security_office' }, begunOn: '2026-11-27' },
    });
    expect(
      finishes(forecast(waits, '2026-11-27', workingDays(['2026-11-30', '2026-12-04'])), 'eqip'),
    ).toEqual(['2026-12-03']);
  });
});

describe('a day set by hand', () => {
  it('is the earliest on which the line is finished, on a business day, with all that needs it', () => {
    const moved = (movedTo: string) => forecast(aCard(DAY_0, { cfacts_access: { movedTo } }), DAY_0);
    // A Saturday.
    expect(finishes(moved('2027-01-16'), 'cfacts_access', 'ready')).toEqual(['2027-01-15', '2027-01-19']);
    expect(moved('2027-01-16').readyOn > GOAL).toBe(true);
    expect(slacks(moved('2027-01-16'), 'cfacts_access')).toEqual([-1]);
    // Sooner than it can be.
    expect(finishes(moved('2026-12-01'), 'cfacts_access')).toEqual(['2027-01-07']);
  });
});

describe('a line that lies with an office', () => {
  const handedIn = {
    ...CLEARED,
    fingerprinting: doneOn('2026-12-01'),
    eqip: doneOn('2026-12-03'),
    bo_prep: doneOn('2026-12-03'),
    initial_meeting: doneOn('2026-12-04'),
  };
  it('counts from the day on which all was there that it needs, since nobody hears when an office begins', () => {
    for (const today of ['2026-12-04', '2026-12-14', '2026-12-24'])
      expect(finishes(forecast(aCard(DAY_0, handedIn), today), 'prescreen_ok', 'ready')).toEqual([
        '2026-12-24',
        '2027-01-08',
      ]);
    expect(finishes(forecast(aCard(DAY_0, handedIn), '2026-12-29'), 'prescreen_ok', 'ready')).toEqual([
      '2026-12-29',
      '2027-01-12',
    ]);
  });
  it('begins anew when it was blocked', () => {
    const card = aCard(DAY_0, { ...handedIn, prescreen_ok: BLOCKED });
    expect(finishes(forecast(card, '2026-12-14'), 'prescreen_ok')).toEqual(['2027-01-06']);
  });
});

describe('slack', () => {
  it('lets one party work while the next is on leave', () => {
    const others = KEYS.filter((key) => !['eua_id', 'rbt', 'ready'].includes(key));
    const card = aCard(DAY_0, Object.fromEntries(others.map((key) => [key, doneOn('2026-12-30')])));
    const away = forecast(card, '2026-12-30', workingDays(['2027-01-07', '2027-01-11']));
    expect(finishes(away, 'eua_id', 'rbt', 'ready')).toEqual(['2026-12-31', '2027-01-06', '2027-01-07']);
    // January 12, 13 and 14 do for the training, so the ID can come on the last day of the leave.
    expect(slacks(away, 'eua_id', 'rbt', 'ready')).toEqual([6, 3, 6]);
  });
});

/** Lines in any state, as a history could have left them on day 20. */
const TODAY = addDays(DAY_0, 20);
const anyLine: fc.Arbitrary<Partial<CardItem>> = fc.oneof(
  fc.nat(20).map((day) => doneOn(addDays(DAY_0, day))),
  fc.nat(20).map((day) => begun(addDays(DAY_0, day))),
  fc.nat(20).map((day) => ({
    state: { is: 'waiting_on', party: 'cor' } as const,
    begunOn: addDays(DAY_0, day),
  })),
  fc.constantFrom(BLOCKED, NOT_NEEDED, {}, {}),
);
const anyCard = fc
  .tuple(...KEYS.map((key) => anyLine.map((line) => [key, line] as const)))
  .map((lines) => aCard(DAY_0, Object.fromEntries(lines)));
const anyLeave = fc
  .tuple(fc.nat(60), fc.nat(15))
  .map(([from, length]) => workingDays([addDays(DAY_0, from), addDays(DAY_0, from + length)]));

describe('whatever the history', () => {
  it('nobody is ready sooner because something was done later', () => {
    fc.assert(
      fc.property(anyCard, anyLeave, fc.constantFrom(...KEYS), fc.nat(20), (card, days, key, more) => {
        const before = itemOf(card, key)?.doneOn;
        fc.pre(before !== null && before !== undefined);
        const on = addDays(before, more);
        fc.pre(on <= TODAY);
        const later = {
          ...card,
          items: card.items.map((each) => (each.key === key ? { ...each, doneOn: on } : each)),
        };
        expect(forecast(later, TODAY, days).readyOn >= forecast(card, TODAY, days).readyOn).toBe(true);
      }),
    );
  });

  it('nobody is ready sooner as days go by, nor before today while anything is open', () => {
    fc.assert(
      fc.property(anyCard, anyLeave, fc.nat(60), (card, days, more) => {
        const [before, after] = [forecast(card, TODAY, days), forecast(card, addDays(TODAY, more), days)];
        expect(after.readyOn >= before.readyOn).toBe(true);
        for (const item of card.items)
          if (!isSettled(item)) expect((finishes(before, item.key)[0] ?? '') >= TODAY).toBe(true);
      }),
    );
  });

  it('the critical path ends with the last line, and each step of it follows the one before without a gap', () => {
    fc.assert(
      fc.property(anyCard, (card) => {
        const found = forecast(card, TODAY);
        const path = found.criticalPath;
        const ready = itemOf(card, 'ready');
        expect(path.at(-1)).toBe(ready && isSettled(ready) ? undefined : 'ready');
        path.forEach((key, index) => {
          const of = CARD_TEMPLATE.items.find((each) => each.key === key);
          const before = path[index - 1];
          if (!of || before === undefined) return;
          expect(of.needs.map((need) => need.key)).toContain(before);
          const [from = '', to] = finishes(found, before, key);
          expect(to).toBe(addBusinessDays(from, of.leadDays, FEDERAL_CALENDAR));
        });
      }),
    );
  });

  it('slack is exactly how many business days a line can take longer before something misses the goal', () => {
    const longer = (key: string, days: number): CardTemplate => ({
      ...CARD_TEMPLATE,
      items: CARD_TEMPLATE.items.map((of) => (of.key === key ? { ...of, leadDays: of.leadDays + days } : of)),
    });
    /** Nothing is begun: what was begun is finished from then on, however long it takes. */
    const unbegun = fc
      .tuple(
        ...KEYS.map((key) =>
          fc.constantFrom(BLOCKED, NOT_NEEDED, doneOn(DAY_0), {}).map((line) => [key, line] as const),
        ),
      )
      .map((lines) => aCard(DAY_0, Object.fromEntries(lines)));
    fc.assert(
      fc.property(unbegun, anyLeave, fc.constantFrom(...KEYS), (card, days, key) => {
        const now = forecast(card, DAY_0, days);
        const slack = now.items.get(key)?.slack ?? null;
        fc.pre(slack !== null && [...now.items.values()].every(({ finishOn }) => finishOn <= GOAL));
        const latest = (more: number): string =>
          [...forecast(card, DAY_0, days, longer(key, more)).items.values()]
            .map(({ finishOn }) => finishOn)
            .reduce(laterOf);
        expect(latest(slack) <= GOAL).toBe(true);
        expect(latest(slack + 1) > GOAL).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});
