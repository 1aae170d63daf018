import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FEDERAL_CALENDAR } from '../../src/domain/calendar.ts';
import { type Card, changeItem, itemOf, newCard } from '../../src/domain/card.ts';
import { movableDays, moveItem } from '../../src/domain/card-move.ts';
import { planOf } from '../../src/domain/card-plan.ts';
import { addDays, type LocalDate } from '../../src/domain/time.ts';
import { CARD_TEMPLATE } from '../../src/offerings/card-template.ts';

const DAY_0 = '2027-01-11';
const TODAY = '2027-02-01';
const by = { byId: 'lead', at: new Date('2027-02-01T15:00:00Z') };
const fresh = newCard(CARD_TEMPLATE, DAY_0);
const move = (key: string, to: LocalDate | null, card: Card = fresh) =>
  moveItem(CARD_TEMPLATE, card, key, to, TODAY);
const card = (made: ReturnType<typeof move>): Card => {
  if (!made.ok) throw new Error(JSON.stringify(made.refusal));
  return made.value;
};
const due = (of: Card, key: string) =>
  planOf(CARD_TEMPLATE, of, () => FEDERAL_CALENDAR).items.get(key)?.dueOn;

describe('a line that is moved', () => {
  it('is due on its day, what needs it moves along, and nothing is said of its state', () => {
    const made = card(move('gfe_laptop', '2027-03-24'));
    expect([due(fresh, 'gfe_laptop'), due(made, 'gfe_laptop')]).toEqual(['2027-02-25', '2027-03-24']);
    expect([due(fresh, 'remote_access'), due(made, 'remote_access')]).toEqual(['2027-03-02', '2027-03-26']);
    expect(due(made, 'eua_id')).toBe(due(fresh, 'eua_id'));
    const { movedTo: _, ...before } = itemOf(fresh, 'gfe_laptop') ?? {};
    expect(itemOf(made, 'gfe_laptop')).toEqual({ ...before, movedTo: '2027-03-24' });
  });

  it('and moved back is due as if nobody had moved it', () => {
    expect(card(move('gfe_laptop', null, card(move('gfe_laptop', '2027-03-24'))))).toEqual(fresh);
  });

  it('is nudged about again, where somebody had put it off', () => {
    const put = { ...fresh, items: fresh.items.map((item) => ({ ...item, snoozedUntil: '2027-02-05' })) };
    expect(itemOf(card(move('gfe_laptop', '2027-03-24', put)), 'gfe_laptop')?.snoozedUntil).toBe(null);
  });

  it.each([
    ['kangaroo', '2027-03-24', { code: 'no-such-item' }],
    ['gfe_laptop', null, { code: 'same-day', movedTo: null }],
    ['gfe_laptop', '2027-01-31', { code: 'day-out-of-reach', fromOn: TODAY, untilOn: '2028-02-01' }],
    ['gfe_laptop', '2028-02-02', { code: 'day-out-of-reach', fromOn: TODAY, untilOn: '2028-02-01' }],
    // The policy's last day of role-based training is day 60.
    ['rbt', '2027-03-13', { code: 'day-out-of-reach', fromOn: TODAY, untilOn: '2027-03-12' }],
  ] as const)('%s to %s is refused', (key, to, refusal) => {
    expect(move(key, to)).toEqual({ ok: false, refusal });
  });

  it('is not moved twice to one day, nor before day 0, nor once it is settled', () => {
    const made = card(move('gfe_laptop', '2027-03-24'));
    expect(move('gfe_laptop', '2027-03-24', made)).toEqual({
      ok: false,
      refusal: { code: 'same-day', movedTo: '2027-03-24' },
    });
    expect(movableDays(CARD_TEMPLATE, fresh, 'gfe_laptop', '2026-12-01').fromOn).toBe(DAY_0);
    const settled = changeItem(
      CARD_TEMPLATE,
      fresh,
      'offer_accepted',
      { to: 'done', on: TODAY, reference: null },
      { today: TODAY, by },
    );
    if (!settled.ok) throw new Error('not done');
    expect(move('offer_accepted', '2027-03-24', settled.value)).toMatchObject({
      refusal: { code: 'illegal-move', from: 'done' },
    });
  });

  it('never makes another line due earlier when it is moved later', () => {
    const keys = CARD_TEMPLATE.items.map(({ key }) => key);
    fc.assert(
      fc.property(fc.constantFrom(...keys), fc.integer({ min: 0, max: 120 }), (key, days) => {
        const to = addDays(TODAY, days);
        const made = move(key, to);
        const before = due(fresh, key) ?? '';
        if (!made.ok || to < before) return;
        for (const other of keys)
          expect((due(made.value, other) ?? '') >= (due(fresh, other) ?? ''), other).toBe(true);
      }),
    );
  });
});
