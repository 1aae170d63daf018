import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Card, itemOf, newCard, withItem } from '../../src/domain/card.ts';
import { GATE_KEYS, type GateKey } from '../../src/domain/card-template.ts';
import type { Letter } from '../../src/domain/course.ts';
import { failingOf, type GateFacts, gateOf, lapsedOf } from '../../src/domain/gate.ts';
import { addDays } from '../../src/domain/time.ts';
import { CARD_TEMPLATE } from '../../src/offerings/card-template.ts';

const TODAY = '2027-03-10';
const fresh = newCard(CARD_TEMPLATE, '2027-01-11');
const KEYS = CARD_TEMPLATE.items.map(({ key }) => key);
const GATE_ITEMS = CARD_TEMPLATE.items.filter(({ gates }) => gates.length > 0).map(({ key }) => key);
const SIGNED: Letter = { isso: '2027-02-20', businessOwner: '2027-02-22', ciso: '2027-03-01' };

const withDone = (card: Card, keys: readonly string[]): Card =>
  keys.reduce((before, key) => {
    const item = itemOf(before, key);
    return item
      ? withItem(before, { ...item, state: { is: 'done', reference: null }, doneOn: TODAY })
      : before;
  }, card);
const facts = (over: Partial<GateFacts> = {}): GateFacts => ({
  template: CARD_TEMPLATE,
  card: withDone(fresh, KEYS),
  letter: SIGNED,
  trainingDueOn: null,
  today: TODAY,
  ...over,
});
const failing = (over: Partial<GateFacts> = {}): readonly GateKey[] => failingOf(gateOf(facts(over)));

describe('the gate before the start of work', () => {
  it('is open when the letter is signed by all three and its lines are done', () => {
    expect(failing()).toEqual([]);
    expect(gateOf(facts()).isTrainingAhead).toBe(false);
  });

  it('lists all seven while nothing has happened, each with who has it in hand', () => {
    const { lines } = gateOf(facts({ card: fresh, letter: { isso: null, businessOwner: null, ciso: null } }));
    expect(lines.map(({ key, holds, holder }) => [key, holds, holder])).toEqual([
      ['appointment_letter', false, 'service_isso'],
      ['screening', false, 'security_office'],
      ['rules_of_behavior', false, 'service_isso'],
      ['awareness_training', false, 'service_isso'],
      ['role_based_training', false, 'service_isso'],
      ['access', false, 'access_staff'],
      ['initial_meeting', false, 'ispg'],
    ]);
  });

  it.each([
    [{ isso: null, businessOwner: null, ciso: null }, 'service_isso'],
    [{ isso: '2027-02-20', businessOwner: null, ciso: null }, 'business_owner'],
    [{ isso: '2027-02-20', businessOwner: '2027-02-22', ciso: null }, 'ciso'],
  ] as const)('waits for the next signature of the letter %#', (letter, holder) => {
    const [line] = gateOf(facts({ letter })).lines;
    expect(line).toMatchObject({ key: 'appointment_letter', holds: false, holder });
  });

  it('goes by the signatures and not by what the card says of the letter', () => {
    const without = withDone(
      fresh,
      KEYS.filter((key) => key !== 'appointment_letter'),
    );
    expect(failing({ card: without })).toEqual([]);
    expect(failing({ letter: { ...SIGNED, ciso: null } })).toEqual(['appointment_letter']);
  });

  it('names whoever a line waits for', () => {
    const item = itemOf(fresh, 'cfacts_access');
    if (!item) throw new Error('no line');
    const card = withItem(withDone(fresh, KEYS), {
      ...item,
      state: { is: 'waiting_on', party: 'business_owner' },
    });
    expect(gateOf(facts({ card })).lines.find(({ key }) => key === 'access')).toEqual({
      key: 'access',
      holds: false,
      holder: 'business_owner',
      open: ['cfacts_access'],
    });
  });

  it('is held by a line that was dropped: what it stands for is missing', () => {
    const item = itemOf(fresh, 'prescreen_ok');
    if (!item) throw new Error('no line');
    const state = { is: 'not_needed', byId: 'lead', why: 'x' } as const;
    expect(failing({ card: withItem(withDone(fresh, KEYS), { ...item, state }) })).toEqual(['screening']);
  });
});

describe('role-based training at the gate', () => {
  const card = withDone(
    fresh,
    KEYS.filter((key) => key !== 'rbt'),
  );

  it.each([
    ['is not dated', null, SIGNED.ciso, false],
    ['is dated for today', TODAY, SIGNED.ciso, true],
    ['was dated for yesterday', '2027-03-09', SIGNED.ciso, false],
    ['is dated for the last day of the window', '2027-04-30', SIGNED.ciso, true],
    ['is dated for the day after the window', '2027-05-01', SIGNED.ciso, false],
  ] as const)('%s', (_, trainingDueOn, ciso, holds) => {
    const gate = gateOf(facts({ card, trainingDueOn, letter: { ...SIGNED, ciso } }));
    expect(failingOf(gate).includes('role_based_training')).toBe(!holds);
    expect(gate.isTrainingAhead).toBe(holds);
  });

  it('counts its window from today while nobody is appointed', () => {
    const letter = { ...SIGNED, ciso: null };
    const on = (days: number) => failing({ card, letter, trainingDueOn: addDays(TODAY, days) });
    expect(on(60)).toEqual(['appointment_letter']);
    expect(on(61)).toEqual(['appointment_letter', 'role_based_training']);
  });
});

describe('whatever is done', () => {
  const days = fc.option(fc.integer({ min: -90, max: 90 }).map((day) => addDays(TODAY, day)));
  const letters = fc.constantFrom<Letter>(
    { isso: null, businessOwner: null, ciso: null },
    { ...SIGNED, businessOwner: null, ciso: null },
    { ...SIGNED, ciso: null },
    SIGNED,
  );

  it('the gate fails exactly for the lines that are open, and is open only when none is', () => {
    fc.assert(
      fc.property(fc.subarray(KEYS), letters, days, (keys, letter, trainingDueOn) => {
        const card = withDone(fresh, keys);
        const fails = failing({ card, letter, trainingDueOn });
        const isOpen = (key: string) => !keys.includes(key);
        expect(fails.includes('appointment_letter')).toBe(letter.ciso === null);
        expect(fails.includes('screening')).toBe(isOpen('prescreen_ok'));
        expect(fails.includes('rules_of_behavior')).toBe(isOpen('isspa_training'));
        expect(fails.includes('awareness_training')).toBe(isOpen('isspa_training'));
        expect(fails.includes('access')).toBe(isOpen('eua_id') || isOpen('cfacts_access'));
        expect(fails.includes('initial_meeting')).toBe(isOpen('initial_meeting'));
        const until = addDays(letter.ciso ?? TODAY, 60);
        const isDated = trainingDueOn !== null && trainingDueOn >= TODAY && trainingDueOn <= until;
        expect(fails.includes('role_based_training')).toBe(isOpen('rbt') && !isDated);
        expect(fails.every((key) => GATE_KEYS.includes(key))).toBe(true);
      }),
    );
  });

  it('nothing that is done on the card closes the gate again', () => {
    fc.assert(
      fc.property(
        fc.subarray(KEYS),
        fc.constantFrom(...KEYS),
        letters,
        days,
        (keys, more, letter, trainingDueOn) => {
          const before = failing({ card: withDone(fresh, keys), letter, trainingDueOn });
          const next = failing({ card: withDone(fresh, [...keys, more]), letter, trainingDueOn });
          expect(next.every((key) => before.includes(key))).toBe(true);
        },
      ),
    );
  });

  it('what holds is in nobody’s hands, and what does not is in somebody’s', () => {
    fc.assert(
      fc.property(fc.subarray(GATE_ITEMS), letters, (keys, letter) => {
        for (const { holds, holder, open } of gateOf(facts({ card: withDone(fresh, keys), letter })).lines) {
          expect(holder === null).toBe(holds);
          expect(open.length === 0).toBe(holds);
        }
      }),
    );
  });
});

describe('after a pause', () => {
  it('nothing has lapsed while training is not overdue and access stands', () => {
    expect(lapsedOf(facts({ trainingDueOn: TODAY }))).toEqual([]);
    expect(lapsedOf({ ...facts(), card: null })).toEqual([]);
  });

  it('training that is overdue, and access or screening that is open again, have lapsed', () => {
    expect(lapsedOf({ ...facts({ trainingDueOn: '2027-03-09' }), card: null })).toEqual([
      'role_based_training',
    ]);
    const without = (key: string) =>
      withDone(
        fresh,
        KEYS.filter((each) => each !== key),
      );
    expect(lapsedOf(facts({ card: without('eua_id') }))).toEqual(['access']);
    expect(lapsedOf(facts({ card: without('prescreen_ok') }))).toEqual(['screening']);
    expect(lapsedOf(facts({ card: without('gfe_laptop') }))).toEqual([]);
  });
});
