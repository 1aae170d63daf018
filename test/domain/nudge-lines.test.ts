import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FEDERAL_CALENDAR } from '../../src/domain/calendar.ts';
import { type Card, type CardItem, isSettled, itemOf, newCard, withItem } from '../../src/domain/card.ts';
import { planOf } from '../../src/domain/card-plan.ts';
import { CARD_PARTIES, itemIn, strictNeeds } from '../../src/domain/card-template.ts';
import { cardLines, type ReadyPart } from '../../src/domain/nudge-lines.ts';
import { CARD_TEMPLATE } from '../../src/offerings/card-template.ts';

const DAY_ZERO = '2026-12-07';
const NEW = newCard(CARD_TEMPLATE, DAY_ZERO);
const KEYS = CARD_TEMPLATE.items.map(({ key }) => key);

const linesOf = (card: Card, known: { booked?: boolean; parts?: readonly ReadyPart[] } = {}) =>
  cardLines(
    {
      engagement: {
        id: 'e1',
        number: 'ISSO-2026-0001',
        systemName: 'Claims Hub',
      },
      personId: 'isso',
      template: CARD_TEMPLATE,
      card,
      plan: planOf(CARD_TEMPLATE, card, () => FEDERAL_CALENDAR),
      isMeetingBooked: known.booked ?? false,
      partsOpen: known.parts ?? [],
    },
    DAY_ZERO,
  );
const keysOf = (...args: Parameters<typeof linesOf>) => linesOf(...args).map(({ about }) => about.key);

const settled = (card: Card, ...keys: readonly string[]): Card =>
  keys.reduce(
    (before, key) => change(before, key, { state: { is: 'done', reference: null }, doneOn: DAY_ZERO }),
    card,
  );
function change(card: Card, key: string, change_: Partial<CardItem>): Card {
  const item = itemOf(card, key);
  if (!item) throw new Error(`no line ${key}`);
  return withItem(card, { ...item, ...change_ });
}

/** Cards in any state that a card can be in, and some in which none can. */
const anyCard = fc
  .array(
    fc.oneof(
      fc.constantFrom<CardItem['state']>(
        { is: 'not_started' },
        { is: 'requested' },
        { is: 'in_progress' },
        { is: 'submitted' },
        { is: 'done', reference: null },
        { is: 'blocked', reason: 'Closed.' },
        { is: 'not_needed', byId: 'gtl', why: 'Not asked for.' },
      ),
      fc.constantFrom(...CARD_PARTIES).map((party): CardItem['state'] => ({ is: 'waiting_on', party })),
    ),
    { minLength: KEYS.length, maxLength: KEYS.length },
  )
  .map((states) =>
    KEYS.reduce(
      (card, key, index) => change(card, key, { state: states[index] ?? { is: 'not_started' } }),
      NEW,
    ),
  );

describe('which lines of a card somebody is nudged about', () => {
  it('are on a new card those that need nothing', () => {
    expect(keysOf(NEW)).toEqual(['offer_accepted', 'curriculum', 'bo_prep']);
  });

  it('leaves the badge until fingerprints, questionnaire and the interim result are there', () => {
    const before = settled(
      NEW,
      'offer_accepted',
      'roster_add',
      'ict_request',
      'cor_approval',
      'security_clearance',
    );
    expect(keysOf(before)).toEqual(expect.arrayContaining(['fingerprinting', 'eqip']));
    expect(keysOf(before)).not.toContain('piv_card');
    expect(keysOf(settled(before, 'fingerprinting'))).not.toContain('piv_card');
    expect(keysOf(settled(before, 'fingerprinting', 'eqip'))).not.toContain('piv_card');
    expect(keysOf(settled(before, 'fingerprinting', 'eqip', 'prescreen_ok'))).toContain('piv_card');
  });

  it('never has a line whose needs are open, nor one that is settled', () => {
    fc.assert(
      fc.property(anyCard, (card) => {
        for (const { about } of linesOf(card, { parts: ['cra'] })) {
          const of = itemIn(CARD_TEMPLATE, about.key);
          const open = strictNeeds(of ?? { needs: [] }).filter((key) => {
            const need = itemOf(card, key);
            return need && !isSettled(need);
          });
          expect(open).toEqual([]);
          expect(itemOf(card, about.key)?.state.is).not.toMatch(/^(?:done|not_needed)$/u);
        }
      }),
    );
  });

  it('has each line once, and a part of it once for each who says it of themselves', () => {
    fc.assert(
      fc.property(anyCard, (card) => {
        const names = linesOf(card, { parts: ['data_guardian', 'cra'] }).map(
          ({ about, part }) => `${about.key}:${part}`,
        );
        expect(new Set(names).size).toBe(names.length);
      }),
    );
  });

  it('has a line with a need that can go without once it is begun', () => {
    expect(keysOf(NEW)).not.toContain('rbt');
    expect(keysOf(change(NEW, 'rbt', { state: { is: 'in_progress' } }))).toContain('rbt');
  });

  it('says a line at once when what it needs is settled or it is begun, and any other from its planned day', () => {
    const from = (card: Card, key: string) => linesOf(card).find(({ about }) => about.key === key)?.saidFrom;
    expect(from(NEW, 'curriculum')).toBe('2026-12-08');
    expect(from(change(NEW, 'curriculum', { state: { is: 'in_progress' } }), 'curriculum')).toBe(DAY_ZERO);
    expect(from(change(NEW, 'curriculum', { reopened: 1 }), 'curriculum')).toBe(DAY_ZERO);
    // Planned for day 15.
    expect(from(settled(NEW, 'bo_prep'), 'initial_meeting')).toBe(DAY_ZERO);
  });

  it('asks nobody to arrange an initial meeting that is arranged', () => {
    const prepared = settled(NEW, 'bo_prep');
    expect(keysOf(prepared)).toContain('initial_meeting');
    expect(keysOf(prepared, { booked: true })).not.toContain('initial_meeting');
  });

  it('asks the Data Guardian and the advisor for their part of the preparation only', () => {
    const lines = linesOf(NEW, { parts: ['data_guardian', 'cra'] }).filter(
      ({ about }) => about.key === 'bo_prep',
    );
    expect(lines.map(({ party, part, done }) => [party, part, done])).toEqual([
      ['business_owner', null, 'elsewhere'],
      ['data_guardian', 'data_guardian', 'elsewhere'],
      ['cra', 'cra', 'elsewhere'],
    ]);
  });
});
