import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FEDERAL_CALENDAR } from '../../src/domain/calendar.ts';
import { type Card, type CardItem, isSettled, newCard, openNeeds, withItem } from '../../src/domain/card.ts';
import { type NextSteps, nextSteps } from '../../src/domain/card-next.ts';
import { planOf } from '../../src/domain/card-plan.ts';
import { itemIn } from '../../src/domain/card-template.ts';
import { cardLines } from '../../src/domain/nudge-lines.ts';
import { addDays, type LocalDate } from '../../src/domain/time.ts';
import { CARD_TEMPLATE } from '../../src/offerings/card-template.ts';

const DAY_0 = '2026-12-07';

/** The next steps of a card on that day, with the lines that are nudged about. */
function stepsOf(card: Card, today: LocalDate): NextSteps {
  const template = CARD_TEMPLATE;
  const plan = planOf(template, card, () => FEDERAL_CALENDAR);
  const engagement = {
    id: 'e',
    number: 'ISSO-2026-0042',
    systemName: 'Claims Hub',
  };
  const lines = cardLines(
    { engagement, personId: 'isso', template, card, plan, isMeetingBooked: false, partsOpen: ['cra'] },
    today,
  );
  return nextSteps({ template, card, plan }, lines, today);
}

/** A new card with these lines in these states. */
const cardWith = (states: Readonly<Record<string, CardItem['state']>>): Card =>
  newCard(CARD_TEMPLATE, DAY_0).items.reduce(
    (card, item) => withItem(card, { ...item, state: states[item.key] ?? item.state }),
    newCard(CARD_TEMPLATE, DAY_0),
  );
const DONE = { is: 'done', reference: null } as const;
const TO_CLEARANCE = {
  offer_accepted: DONE,
  roster_add: DONE,
  ict_request: DONE,
  cor_approval: DONE,
  security_clearance: DONE,
};
const keysNow = ({ now }: NextSteps): readonly string[] => now.map(({ about }) => about.key);

describe('what somebody can do next', () => {
  it('is what they have in hand and nothing has to come before, the most urgent first', () => {
    expect(keysNow(stepsOf(cardWith(TO_CLEARANCE), '2026-12-16'))).toEqual([
      'fingerprinting',
      'eqip',
      'curriculum',
    ]);
  });

  it('is nothing but the curriculum while all waits for the contractor', () => {
    const steps = stepsOf(cardWith({}), '2026-12-08');
    expect(keysNow(steps)).toEqual(['curriculum']);
    expect(steps.held.map(({ key, holder }) => [key, holder])).toEqual([
      ['offer_accepted', 'contractor'],
      ['bo_prep', 'business_owner'],
      ['curriculum', 'service_isso'],
    ]);
  });

  it('names whoever is waited for before the template begins the line, once nothing comes first', () => {
    const early = cardWith({ ...TO_CLEARANCE, fingerprinting: DONE, eqip: DONE, prescreen_ok: DONE });
    const { held } = stepsOf(early, '2026-12-08');
    expect(held.map(({ key }) => key)).toEqual(expect.arrayContaining(['eua_id', 'gfe_laptop']));
    expect(held.find(({ key }) => key === 'eua_id')?.holder).toBe('access_staff');
  });

  it('is followed by their other lines, each with what it comes after', () => {
    const { later } = stepsOf(cardWith(TO_CLEARANCE), '2026-12-16');
    expect(later[0]).toEqual({
      name: 'ISSPA awareness training and HHS Rules of Behavior',
      startsOn: '2026-12-17',
      after: ['EUA ID issued'],
    });
    expect(later.find(({ name }) => name.startsWith('PIV'))?.after).toEqual([
      'Background questionnaire (eApp, formerly e-QIP) submitted',
      'Favorable interim result; access allowed',
    ]);
  });

  it('leaves out what waits for somebody else, or is blocked, and says who has it', () => {
    const card = cardWith({
      ...TO_CLEARANCE,
      fingerprinting: { is: 'blocked', reason: 'No appointment before May.' },
      eqip: { is: 'waiting_on', party: 'security_office' },
      // Begun before what it needs is there.
      piv_card: { is: 'waiting_on', party: 'badging_office' },
    });
    const steps = stepsOf(card, '2026-12-16');
    expect(keysNow(steps)).toEqual(['curriculum']);
    const held = steps.held.map(({ key, holder, followedBy, blocked }) => [key, holder, followedBy, blocked]);
    expect(held).toEqual(
      expect.arrayContaining([
        ['fingerprinting', 'gtl', null, 'No appointment before May.'],
        ['eqip', 'security_office', 'contractor', null],
        ['piv_card', 'badging_office', 'contractor', null],
      ]),
    );
  });

  it('never names a line twice, nor one whose needs are open, nor one that is settled', () => {
    const states: readonly CardItem['state'][] = [
      { is: 'not_started' },
      { is: 'in_progress' },
      { is: 'waiting_on', party: 'ispg' },
      { is: 'blocked', reason: 'x' },
      { is: 'not_needed', byId: 'gtl', why: 'x' },
      DONE,
    ];
    const anyStates = fc.tuple(...CARD_TEMPLATE.items.map(() => fc.constantFrom(...states)));
    fc.assert(
      fc.property(anyStates, fc.nat(70), (drawn, day) => {
        const card = cardWith(
          Object.fromEntries(CARD_TEMPLATE.items.map(({ key }, index) => [key, drawn[index] ?? DONE])),
        );
        const steps = stepsOf(card, addDays(DAY_0, day));
        const keys = keysNow(steps);
        expect(new Set(keys).size).toBe(keys.length);
        for (const key of keys) {
          const item = itemIn(CARD_TEMPLATE, key);
          expect(item && openNeeds(item, card)).toEqual([]);
        }
        const open = card.items.filter((item) => !isSettled(item));
        for (const key of [...keys, ...steps.held.map((each) => each.key)])
          expect(open.map((each) => each.key)).toContain(key);
        const names = steps.now.map(({ name }) => name);
        for (const { name } of steps.later) expect(names).not.toContain(name);
      }),
      { numRuns: 60 },
    );
  });
});
