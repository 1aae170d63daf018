import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Card,
  type CardItem,
  changeItem,
  type ItemChange,
  itemOf,
  withItem,
} from '../../src/domain/card.ts';
import { mirrored, takenOver } from '../../src/domain/card-mirror.ts';
import { type CardTemplate, checkedTemplate } from '../../src/domain/card-template.ts';
import { addDays } from '../../src/domain/time.ts';
import { CARD_TEMPLATE } from '../../src/offerings/card-template.ts';
import { aCard, begun, doneOn, NOT_NEEDED } from '../support/a-card.ts';

const TODAY = '2027-02-01';
const by = { byId: 'lead', at: new Date('2027-02-01T15:00:00Z') };
const fresh = aCard('2027-01-11');
const other = aCard('2027-01-18');
const OWN_KEYS = CARD_TEMPLATE.items.filter(({ isOfPerson }) => !isOfPerson).map(({ key }) => key);
const PERSON_KEYS = CARD_TEMPLATE.items.filter(({ isOfPerson }) => isOfPerson).map(({ key }) => key);

const of = (card: Card, template: CardTemplate = CARD_TEMPLATE) => ({ template, card });
const follow = (before: Card, after: Card, to: Card): Card => mirrored(before, of(after), of(to));
const put = (card: Card, key: string, line: Partial<CardItem>): Card => {
  const item = itemOf(card, key);
  if (!item) throw new Error(`no line ${key}`);
  return withItem(card, { ...item, ...line });
};
const said = (card: Card, key: string, change: ItemChange): Card => {
  const made = changeItem(CARD_TEMPLATE, card, key, change, { today: TODAY, by });
  if (!made.ok) throw new Error(JSON.stringify(made.refusal));
  return made.value;
};
const FINGERS = 'fingerprinting';
const CLEARED = { security_clearance: doneOn('2027-01-20') };

describe('a line of the person that changes on one card', () => {
  it('follows when it is done, with its day and reference, whatever is open there', () => {
    const before = aCard('2027-01-11', CLEARED);
    const after = said(before, FINGERS, { to: 'done', on: '2027-01-28', reference: 'FP-1' });
    const there = put(other, FINGERS, {
      movedTo: '2027-02-09',
      snoozedUntil: '2027-02-04',
      nextAction: 'Call.',
    });
    expect(itemOf(other, 'security_clearance')?.state.is).toBe('not_started');
    const next = follow(before, after, there);
    expect(itemOf(next, FINGERS)).toEqual({
      key: FINGERS,
      state: { is: 'done', reference: 'FP-1' },
      requestedOn: null,
      begunOn: null,
      doneOn: '2027-01-28',
      movedTo: '2027-02-09',
      snoozedUntil: null,
      reopened: 0,
      nextAction: null,
      changed: by,
    });
    // Nothing else does.
    expect(put(next, FINGERS, itemOf(there, FINGERS) ?? {})).toEqual(there);
  });

  it('follows while it is open: whom it waits for, why it is blocked', () => {
    for (const change of [
      { to: 'waiting_on', party: 'badging_office' },
      { to: 'blocked', reason: 'The device is broken.' },
      { to: 'requested', on: '2027-01-29' },
    ] as const) {
      const after = said(fresh, FINGERS, change);
      const { state, begunOn, requestedOn } = itemOf(after, FINGERS) ?? {};
      expect(itemOf(follow(fresh, after, other), FINGERS)).toMatchObject({ state, begunOn, requestedOn });
    }
  });

  it('is opened again there too where it was done by the same evidence, and counts as opened', () => {
    const done = put(fresh, FINGERS, doneOn('2027-01-28'));
    const opened = said(done, FINGERS, { to: 'in_progress' });
    const next = follow(done, opened, put(other, FINGERS, { ...doneOn('2027-01-28'), reopened: 2 }));
    expect(itemOf(next, FINGERS)).toMatchObject({ state: { is: 'in_progress' }, doneOn: null, reopened: 3 });
  });

  it('leaves alone what is done there by other evidence', () => {
    const done = put(fresh, FINGERS, doneOn('2027-01-28'));
    const opened = said(done, FINGERS, { to: 'in_progress' });
    for (const line of [
      doneOn('2027-01-27'),
      { ...doneOn('2027-01-28'), state: { is: 'done', reference: null } } as const,
    ]) {
      const there = put(other, FINGERS, line);
      expect(follow(done, opened, there)).toBe(there);
      expect(follow(fresh, done, there)).toBe(there);
    }
  });

  it('leaves alone what is not needed on either card', () => {
    const there = put(other, FINGERS, NOT_NEEDED);
    expect(follow(fresh, put(fresh, FINGERS, doneOn('2027-01-28')), there)).toBe(there);
    expect(follow(fresh, put(fresh, FINGERS, NOT_NEEDED), other)).toBe(other);
  });

  it('never touches a line of one engagement', () => {
    const after = OWN_KEYS.reduce((card, key) => put(card, key, doneOn('2027-01-28')), fresh);
    expect(follow(fresh, after, other)).toBe(other);
  });

  it('does not follow for what each card says for itself', () => {
    const after = put(fresh, FINGERS, {
      movedTo: '2027-02-09',
      snoozedUntil: '2027-02-03',
      nextAction: 'Call.',
    });
    expect(follow(fresh, after, other)).toBe(other);
  });

  it('belongs to the person only where both templates say so', () => {
    const items = CARD_TEMPLATE.items.map((item) =>
      item.key === FINGERS ? { ...item, isOfPerson: false } : item,
    );
    const newer = checkedTemplate({ version: CARD_TEMPLATE.version + 1, items });
    const after = put(fresh, FINGERS, doneOn('2027-01-28'));
    expect(mirrored(fresh, of(after, newer), of(other))).toBe(other);
    expect(mirrored(fresh, of(after), of(other, newer))).toBe(other);
  });
});

describe('a line that comes up anew', () => {
  const dropped = put(fresh, FINGERS, NOT_NEEDED);
  const opened = put(fresh, FINGERS, {});

  it('stands as on the first other card that says something of it', () => {
    const others = [
      put(other, FINGERS, NOT_NEEDED),
      other,
      put(other, FINGERS, doneOn('2027-01-28')),
      put(other, FINGERS, begun('2027-01-20')),
    ].map((card) => of(card));
    expect(itemOf(takenOver(dropped, of(opened), others), FINGERS)).toMatchObject(doneOn('2027-01-28'));
    const without = { ...fresh, items: fresh.items.filter(({ key }) => key !== FINGERS) };
    expect(itemOf(takenOver(without, of(fresh), others), FINGERS)).toMatchObject(doneOn('2027-01-28'));
  });

  it('is left where nobody said anything, where it was there before, and of one engagement', () => {
    const all = PERSON_KEYS.reduce((card, key) => put(card, key, doneOn('2027-01-28')), other);
    expect(takenOver(dropped, of(opened), [of(other), of(put(other, FINGERS, NOT_NEEDED))])).toBe(opened);
    expect(takenOver(fresh, of(fresh), [of(all)])).toBe(fresh);
    const own = OWN_KEYS[0] ?? '';
    expect(
      takenOver(put(fresh, own, NOT_NEEDED), of(fresh), [of(put(other, own, doneOn('2027-01-28')))]),
    ).toBe(fresh);
  });
});

describe('after any changes on any of the cards of one person', () => {
  const CHANGES: readonly ((day: string, n: number) => ItemChange)[] = [
    () => ({ to: 'not_started' }),
    () => ({ to: 'in_progress' }),
    () => ({ to: 'submitted' }),
    (on) => ({ to: 'requested', on }),
    () => ({ to: 'waiting_on', party: 'badging_office' }),
    (on, n) => ({ to: 'done', on, reference: `T-${n}` }),
    () => ({ to: 'blocked', reason: 'The device is broken.' }),
    () => ({ to: 'not_needed', why: 'They have one.' }),
  ];
  const step = fc.record({
    card: fc.nat({ max: 2 }),
    // Few lines, so that the same ones change again and again; the first is of one engagement.
    key: fc.constantFrom('offer_accepted', 'roster_add', 'ict_request', 'curriculum', 'piv_card'),
    change: fc.nat({ max: CHANGES.length - 1 }),
  });

  it('its lines agree wherever they are needed, and a line of one engagement changes on its card alone', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 5, maxLength: 60 }), (steps) => {
        let cards = [fresh, other, aCard('2027-01-25')];
        steps.forEach(({ card: place, key, change }, index) => {
          const before = cards[place];
          const today = addDays(TODAY, index);
          const wanted = CHANGES[change]?.(today, index);
          if (!before || !wanted) throw new Error('no such step');
          const made = changeItem(CARD_TEMPLATE, before, key, wanted, { today, by });
          if (!made.ok) return;
          const others = cards.filter((_, at) => at !== place).map((card) => of(card));
          const after = takenOver(before, of(made.value), others);
          cards = cards.map((card, at) => (at === place ? after : follow(before, after, card)));
          for (const each of PERSON_KEYS) {
            const known = cards.flatMap((card) => {
              const { state, doneOn: on, begunOn } = itemOf(card, each) ?? {};
              return state && state.is !== 'not_needed' ? [JSON.stringify([state, on, begunOn])] : [];
            });
            expect(new Set(known).size, `${each}: ${known.join(' ')}`).toBeLessThanOrEqual(1);
          }
          if (key === 'offer_accepted')
            expect(cards.filter((_, at) => at !== place)).toEqual(others.map(({ card }) => card));
        });
      }),
      { numRuns: 300 },
    );
  });
});
