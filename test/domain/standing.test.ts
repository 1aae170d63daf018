import { describe, expect, it } from 'vitest';
import { addBusinessDays, FEDERAL_CALENDAR } from '../../src/domain/calendar.ts';
import type { Card } from '../../src/domain/card.ts';
import { forecastOf, type Standing, standingOf } from '../../src/domain/card-forecast.ts';
import { planOf } from '../../src/domain/card-plan.ts';
import { CARD_TEMPLATE } from '../../src/offerings/card-template.ts';
import { STANDING_RULES } from '../../src/offerings/programme-timers.ts';
import { aCard, BLOCKED, begun, doneOn, NOT_NEEDED, workingDays } from '../support/a-card.ts';

/** A Monday; the goal is Friday, January 15, 2027. Begun then, the lines take 36 business days, which is 5 less than there are. */
const DAY_0 = '2026-11-16';

function standing(card: Card, today: string, rules = STANDING_RULES, days = workingDays()): Standing {
  const plan = planOf(CARD_TEMPLATE, card, days);
  const forecast = forecastOf(CARD_TEMPLATE, card, days, today);
  return standingOf(CARD_TEMPLATE, card, { plan, forecast, days }, rules, today);
}

const CLEARED = {
  offer_accepted: doneOn('2026-11-18'),
  roster_add: doneOn('2026-11-19'),
  ict_request: doneOn('2026-11-20'),
  cor_approval: doneOn('2026-11-24'),
  security_clearance: doneOn('2026-11-27'),
};

describe('an onboarding', () => {
  it('in which nobody does anything is on track, at risk and late, each on its day', () => {
    const fresh = aCard(DAY_0);
    expect(standing(fresh, DAY_0)).toEqual({ is: 'on-track', because: [] });
    expect(standing(fresh, '2026-11-19')).toEqual({ is: 'on-track', because: [] });
    expect(standing(fresh, '2026-11-20')).toEqual({
      is: 'at-risk',
      because: [{ code: 'little-slack', businessDays: 1 }],
    });
    expect(standing(fresh, '2026-11-23')).toEqual({
      is: 'at-risk',
      because: [{ code: 'little-slack', businessDays: 0 }],
    });
    expect(standing(fresh, '2026-11-24')).toEqual({
      is: 'late',
      because: [{ code: 'forecast-after-goal', businessDays: 1 }],
    });
    // What was due on November 18 is five business days past its day.
    expect(standing(fresh, '2026-11-25')).toEqual({
      is: 'late',
      because: [
        { code: 'forecast-after-goal', businessDays: 2 },
        { code: 'overdue', keys: ['offer_accepted'] },
      ],
    });
  });

  it('is at risk on the day on which a line is five business days past its own, whatever line it is', () => {
    for (const [index, { key }] of CARD_TEMPLATE.items.entries()) {
      const others = CARD_TEMPLATE.items.filter((each, at) => at !== index && each.key !== 'ready');
      const lines = Object.fromEntries(others.map((each) => [each.key, doneOn(DAY_0)]));
      const card = aCard(DAY_0, { ...lines, [key]: begun(DAY_0) });
      const dueOn = planOf(CARD_TEMPLATE, card, workingDays()).items.get(key)?.dueOn ?? '';
      const overdue = (days: number) =>
        standing(card, addBusinessDays(dueOn, days, FEDERAL_CALENDAR)).because.filter(
          ({ code }) => code === 'overdue',
        );
      expect(overdue(4)).toEqual([]);
      expect(overdue(5)).toEqual([{ code: 'overdue', keys: [key] }]);
      expect(standing(card, addBusinessDays(dueOn, 5, FEDERAL_CALENDAR)).is).not.toBe('on-track');
    }
  });

  it('is at risk by a line that is long overdue, though there is slack', () => {
    const card = aCard(DAY_0, {
      ...CLEARED,
      fingerprinting: doneOn('2026-12-01'),
      eqip: doneOn('2026-12-03'),
      prescreen_ok: begun('2026-12-03', 'submitted'),
      bo_prep: begun('2026-11-30'),
    });
    expect(standing(card, '2026-12-22')).toEqual({ is: 'on-track', because: [] });
    expect(standing(card, '2026-12-23')).toEqual({
      is: 'at-risk',
      because: [{ code: 'overdue', keys: ['bo_prep'] }],
    });
  });

  it('is at risk while a line is blocked that the rest waits for, and not for another', () => {
    expect(standing(aCard(DAY_0, { ...CLEARED, eqip: BLOCKED }), '2026-11-27')).toEqual({
      is: 'at-risk',
      because: [{ code: 'blocked', keys: ['eqip'] }],
    });
    expect(standing(aCard(DAY_0, { ...CLEARED, gfe_laptop: BLOCKED }), '2026-11-27').is).toBe('on-track');
  });

  it('that is blocked for three weeks is late for all its reasons, the worst first', () => {
    const card = aCard(DAY_0, { ...CLEARED, eqip: doneOn('2026-12-03'), fingerprinting: BLOCKED });
    expect(standing(card, '2026-12-21')).toEqual({
      is: 'late',
      because: [
        { code: 'forecast-after-goal', businessDays: 9 },
        { code: 'overdue', keys: ['fingerprinting'] },
        { code: 'blocked', keys: ['fingerprinting'] },
      ],
    });
  });

  it('is late once the goal is over, however little is open', () => {
    const lines = Object.fromEntries(CARD_TEMPLATE.items.map(({ key }) => [key, doneOn('2027-01-04')]));
    const card = aCard(DAY_0, { ...lines, ready: {} });
    expect(standing(card, '2027-01-12').is).toBe('on-track');
    expect(standing(card, '2027-01-15').is).toBe('late');
    expect(standing(card, '2027-01-19').is).toBe('late');
  });

  it('that is declared ready has nothing ahead, nor one in which that line is not needed', () => {
    for (const ready of [doneOn('2027-01-12'), NOT_NEEDED])
      expect(standing(aCard(DAY_0, { ready }), '2027-03-01')).toEqual({ is: 'ready', because: [] });
  });

  it('goes by rules that are data', () => {
    const fresh = aCard(DAY_0);
    expect(standing(fresh, DAY_0, { leastSlack: 5, overdueDays: 5 }).is).toBe('on-track');
    expect(standing(fresh, DAY_0, { leastSlack: 6, overdueDays: 5 }).is).toBe('at-risk');
    expect(standing(fresh, '2026-11-19', { leastSlack: 2, overdueDays: 1 }).because).toEqual([
      { code: 'overdue', keys: ['offer_accepted'] },
    ]);
  });
});
