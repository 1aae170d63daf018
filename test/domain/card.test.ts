import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  allowedFrom,
  type Card,
  type CardRefusal,
  changeItem,
  ITEM_STATUSES,
  type ItemChange,
  type ItemStatus,
  isSettled,
  itemOf,
  newCard,
  noteNext,
  openNeeds,
  withItem,
} from '../../src/domain/card.ts';
import {
  type CardFacts,
  followFacts,
  holderOf,
  isBlocked,
  percentDone,
  workableItems,
} from '../../src/domain/card-progress.ts';
import {
  type CardTemplate,
  checkedTemplate,
  GATE_KEYS,
  type ItemTemplate,
  itemIn,
  nameOn,
  strictNeeds,
  templateProblems,
} from '../../src/domain/card-template.ts';
import { UNSIGNED } from '../../src/domain/course.ts';
import type { Result } from '../../src/domain/result.ts';
import { addDays } from '../../src/domain/time.ts';
import { CARD_TEMPLATE, cardTemplate } from '../../src/offerings/card-template.ts';

const DAY_0 = '2027-01-11';
const TODAY = '2027-02-01';
const at = new Date('2027-02-01T15:00:00Z');
const by = { byId: 'lead', at };
const fresh = newCard(CARD_TEMPLATE, DAY_0);
const KEYS = CARD_TEMPLATE.items.map(({ key }) => key);

const change = (card: Card, key: string, to: ItemChange): Result<Card, CardRefusal> =>
  changeItem(CARD_TEMPLATE, card, key, to, { today: TODAY, by });
const done = (reference: string | null = 'TICKET-1', on = TODAY): ItemChange => ({
  to: 'done',
  on,
  reference,
});
/** The card after changes that must all be taken. */
const having = (card: Card, ...changes: readonly (readonly [string, ItemChange])[]): Card =>
  changes.reduce((before, [key, to]) => {
    const made = change(before, key, to);
    if (!made.ok) throw new Error(`${key}: ${JSON.stringify(made.refusal)}`);
    return made.value;
  }, card);
/** A card in which these lines are done, whatever they need. */
const withDone = (card: Card, ...keys: readonly string[]): Card =>
  keys.reduce((before, key) => {
    const item = itemOf(before, key);
    if (!item) throw new Error(key);
    return withItem(before, { ...item, state: { is: 'done', reference: null }, doneOn: DAY_0 });
  }, card);

describe('the template', () => {
  it('has the 22 lines of the domain reference, in their order, with their days', () => {
    expect(CARD_TEMPLATE.items.map(({ key, startDay, finishDay }) => [key, startDay, finishDay])).toEqual([
      ['offer_accepted', 0, 2],
      ['roster_add', 0, 3],
      ['ict_request', 1, 5],
      ['cor_approval', 3, 8],
      ['security_clearance', 5, 12],
      ['fingerprinting', 7, 14],
      ['eqip', 7, 17],
      ['prescreen_ok', 14, 38],
      ['eua_id', 10, 40],
      ['isspa_training', 10, 42],
      ['gfe_laptop', 25, 45],
      ['piv_card', 30, 48],
      ['remote_access', 45, 50],
      ['email_chat', 40, 50],
      ['cfacts_access', 42, 52],
      ['other_access', 42, 55],
      ['appointment_letter', 40, 56],
      ['rbt', 10, 58],
      ['curriculum', 1, 58],
      ['bo_prep', 0, 30],
      ['initial_meeting', 15, 45],
      ['ready', 55, 60],
    ]);
  });

  it('has a line for each part of the gate, and off-boarding mirrors for all but what leaves nothing behind', () => {
    for (const key of GATE_KEYS)
      expect(CARD_TEMPLATE.items.some(({ gates }) => gates.includes(key))).toBe(true);
    const without = CARD_TEMPLATE.items.filter(({ mirror }) => mirror === null).map(({ key }) => key);
    expect(without).toEqual(['fingerprinting', 'eqip', 'prescreen_ok', 'isspa_training', 'curriculum']);
  });

  it('calls a line what it was called on the day', () => {
    const eqip = itemIn(CARD_TEMPLATE, 'eqip');
    if (!eqip) throw new Error('no line');
    expect(nameOn(eqip, '2023-09-30')).toContain('(e-QIP)');
    expect(nameOn(eqip, '2023-10-01')).toContain('eApp, formerly e-QIP');
  });

  it('is found by its version, and a version there never was is a bug', () => {
    expect(cardTemplate(2)).toBe(CARD_TEMPLATE);
    expect(cardTemplate(1).items).toHaveLength(22);
    expect(() => cardTemplate(99)).toThrow('version 99');
  });

  it('can be used: nothing is wrong with it, and it can be worked through to the last line', () => {
    expect(templateProblems(CARD_TEMPLATE)).toEqual([]);
    let card = fresh;
    for (let round = 0; round < KEYS.length && percentDone(card) < 100; round += 1)
      card = withDone(card, ...workableItems(CARD_TEMPLATE, card).map(({ key }) => key));
    expect(percentDone(card)).toBe(100);
  });
});

const lineNeeding = (key: string, ...needs: readonly string[]): ItemTemplate => ({
  ...(CARD_TEMPLATE.items[0] as ItemTemplate),
  key,
  needs: needs.map((need) => ({ key: need, unless: null })),
});

describe('a template that is wrong', () => {
  it.each([
    ['a key twice', [lineNeeding('a'), lineNeeding('a')], 'a stands twice'],
    ['a need that is no line', [lineNeeding('a', 'b')], 'a needs b, which is no line'],
    ['a circle of two', [lineNeeding('a', 'b'), lineNeeding('b', 'a')], 'wait for each other: a, b'],
    ['a line that needs itself', [lineNeeding('a', 'a')], 'wait for each other: a'],
    [
      'days the wrong way round',
      [{ ...lineNeeding('a'), startDay: 5, finishDay: 4 }],
      'finishes before it starts',
    ],
  ] as const)('is refused for %s', (_, items, words) => {
    expect(() => checkedTemplate({ version: 1, items })).toThrow(words);
  });

  it('has a circle exactly when some line needs itself by way of others', () => {
    const names = ['a', 'b', 'c', 'd', 'e'];
    const lines = fc.tuple(
      ...names.map((name) => fc.subarray(names).map((needs) => lineNeeding(name, ...needs))),
    );
    fc.assert(
      fc.property(lines, (items) => {
        const template: CardTemplate = { version: 1, items };
        const reached = new Map(
          names.map((name) => [name, new Set(itemIn(template, name)?.needs.map(({ key }) => key))]),
        );
        for (let round = 0; round < names.length; round += 1)
          for (const found of reached.values())
            for (const name of [...found]) for (const next of reached.get(name) ?? []) found.add(next);
        const isCircle = names.some((name) => reached.get(name)?.has(name));
        expect(templateProblems(template).some((each) => each.startsWith('these wait'))).toBe(isCircle);
      }),
    );
  });
});

/** By hand: what may follow each state. */
const MAY: Readonly<Record<ItemStatus, readonly ItemStatus[]>> = {
  not_started: ['waiting_on', 'requested', 'in_progress', 'submitted', 'done', 'blocked', 'not_needed'],
  waiting_on: ['waiting_on', 'requested', 'in_progress', 'submitted', 'done', 'blocked', 'not_needed'],
  requested: ['waiting_on', 'in_progress', 'submitted', 'done', 'blocked', 'not_needed'],
  in_progress: ['waiting_on', 'submitted', 'done', 'blocked', 'not_needed'],
  submitted: ['waiting_on', 'in_progress', 'done', 'blocked', 'not_needed'],
  blocked: ['waiting_on', 'requested', 'in_progress', 'submitted', 'done', 'blocked', 'not_needed'],
  done: ['in_progress'],
  not_needed: ['not_started'],
};
const INTO: Readonly<Record<ItemStatus, ItemChange>> = {
  not_started: { to: 'not_started' },
  waiting_on: { to: 'waiting_on', party: 'cor' },
  requested: { to: 'requested', on: TODAY },
  in_progress: { to: 'in_progress' },
  submitted: { to: 'submitted' },
  done: done(),
  blocked: { to: 'blocked', reason: 'The stock is empty.' },
  not_needed: { to: 'not_needed', why: 'They have one.' },
};
/** A line without needs, brought into a state by hand. */
const standing = (status: ItemStatus): Card => {
  const item = itemOf(fresh, 'offer_accepted');
  if (!item) throw new Error('no line');
  const state =
    status === 'waiting_on'
      ? ({ is: status, party: 'gtl' } as const)
      : status === 'done'
        ? ({ is: status, reference: null } as const)
        : status === 'blocked'
          ? ({ is: status, reason: 'x' } as const)
          : status === 'not_needed'
            ? ({ is: status, byId: 'lead', why: 'x' } as const)
            : ({ is: status } as const);
  return withItem(fresh, { ...item, state });
};

describe('a line', () => {
  for (const from of ITEM_STATUSES)
    it(`that is ${from} becomes what may follow it, and nothing else`, () => {
      for (const to of ITEM_STATUSES) {
        const made = change(standing(from), 'offer_accepted', INTO[to]);
        expect([to, made.ok]).toEqual([to, MAY[from].includes(to)]);
        if (!made.ok) expect(made.refusal).toEqual({ code: 'illegal-move', from, allowed: MAY[from] });
      }
    });

  it('can be asked for before what it needs, and is begun only after', () => {
    expect(change(fresh, 'roster_add', { to: 'requested', on: TODAY }).ok).toBe(true);
    for (const to of ['in_progress', 'submitted', 'done'] as const)
      expect(change(fresh, 'roster_add', INTO[to])).toEqual({
        ok: false,
        refusal: { code: 'needs-first', keys: ['offer_accepted'] },
      });
    const ready = having(fresh, ['offer_accepted', done(null)]);
    expect(change(ready, 'roster_add', INTO.done).ok).toBe(true);
  });

  it('that is dropped counts as settled for those that need it', () => {
    const dropped = having(fresh, ['offer_accepted', INTO.not_needed]);
    expect(change(dropped, 'roster_add', INTO.done).ok).toBe(true);
  });

  it('goes without a need that has its exceptions', () => {
    const card = withDone(fresh, 'cor_approval');
    expect(itemOf(card, 'prescreen_ok')?.state.is).toBe('not_started');
    expect(change(card, 'eua_id', INTO.done).ok).toBe(true);
  });

  it('is done with a reference where it needs one, on a day that has come', () => {
    const card = withDone(fresh, 'security_clearance');
    expect(change(card, 'fingerprinting', done(null))).toMatchObject({
      refusal: { code: 'reference-needed' },
    });
    expect(change(card, 'fingerprinting', done('T-1', addDays(TODAY, 1)))).toMatchObject({
      refusal: { code: 'still-to-come' },
    });
    const made = having(card, ['fingerprinting', done('T-1', '2027-01-20')]);
    expect(itemOf(made, 'fingerprinting')).toEqual({
      key: 'fingerprinting',
      state: { is: 'done', reference: 'T-1' },
      requestedOn: null,
      begunOn: null,
      doneOn: '2027-01-20',
      movedTo: null,
      snoozedUntil: null,
      reopened: 0,
      nextAction: null,
      changed: by,
    });
  });

  it('that follows something else alone is never done by hand', () => {
    for (const [key, fact] of [
      ['appointment_letter', 'letter'],
      ['ready', 'start-of-work'],
      ['curriculum', 'curriculum'],
    ] as const)
      expect(change(fresh, key, done())).toEqual({ ok: false, refusal: { code: 'follows', fact } });
    expect(change(fresh, 'curriculum', { to: 'not_needed', why: 'They know all of it.' }).ok).toBe(true);
  });

  it('that follows something else as well is done by hand with what shows it, on cards of the second template', () => {
    const prepared = having(fresh, ['bo_prep', done()]);
    for (const [card, key] of [
      [fresh, 'bo_prep'],
      [prepared, 'initial_meeting'],
    ] as const) {
      expect(change(card, key, done(null))).toEqual({ ok: false, refusal: { code: 'reference-needed' } });
      expect(change(card, key, done()).ok).toBe(true);
    }
    const first = cardTemplate(1);
    const old = newCard(first, DAY_0);
    expect(changeItem(first, old, 'bo_prep', done(null), { today: TODAY, by }).ok).toBe(true);
  });

  it('of this engagement alone is done on no day before day 0; what is of the person can be', () => {
    const early = (key: string, on: string) => change(fresh, key, done('T-1', on));
    expect(early('offer_accepted', '2027-01-10')).toEqual({
      ok: false,
      refusal: { code: 'before-day-zero', dayZeroOn: DAY_0 },
    });
    expect(early('offer_accepted', DAY_0).ok).toBe(true);
    expect(change(withDone(fresh, 'offer_accepted'), 'roster_add', done(null, '2026-12-01')).ok).toBe(true);
  });

  it('of training is done by training that still counts on day 0', () => {
    const able = withDone(fresh, 'eua_id');
    expect(change(able, 'rbt', done('C-1', '2026-01-11')).ok).toBe(true);
    expect(change(able, 'rbt', done('C-1', '2026-01-10'))).toEqual({
      ok: false,
      refusal: { code: 'lapsed', dayZeroOn: DAY_0 },
    });
  });

  it('that is opened again is to be done anew, though others that need it are done', () => {
    const card = withDone(fresh, ...KEYS);
    const opened = having(card, ['eua_id', { to: 'in_progress' }]);
    expect(itemOf(opened, 'eua_id')).toMatchObject({ state: { is: 'in_progress' }, doneOn: null });
    expect(itemOf(opened, 'piv_card')?.state.is).toBe('done');
  });

  it('keeps what is next until it is settled', () => {
    const noted = noteNext(fresh, 'offer_accepted', 'Watch the videos.');
    if (!noted.ok) throw new Error('not noted');
    expect(
      itemOf(having(noted.value, ['offer_accepted', { to: 'in_progress' }]), 'offer_accepted')?.nextAction,
    ).toBe('Watch the videos.');
    const settled = having(noted.value, ['offer_accepted', done(null)]);
    expect(itemOf(settled, 'offer_accepted')?.nextAction).toBe(null);
    expect(noteNext(settled, 'offer_accepted', 'More.').ok).toBe(false);
  });

  it('knows since when somebody has it, and is begun anew after it was blocked or done', () => {
    const day = (...changes: readonly ItemChange[]) =>
      itemOf(having(fresh, ...changes.map((each) => ['offer_accepted', each] as const)), 'offer_accepted')
        ?.begunOn;
    const on = (to: ItemChange, today: string) => {
      const [asked, blocked] = [
        having(fresh, ['offer_accepted', { to: 'requested', on: '2027-01-20' }]),
        having(fresh, ['offer_accepted', INTO.blocked]),
      ];
      return [asked, blocked].map((card) => {
        const made = changeItem(CARD_TEMPLATE, card, 'offer_accepted', to, { today, by });
        return made.ok ? itemOf(made.value, 'offer_accepted')?.begunOn : 'refused';
      });
    };
    expect(day()).toBe(null);
    expect(day({ to: 'in_progress' })).toBe(TODAY);
    expect(day({ to: 'requested', on: '2027-01-20' })).toBe('2027-01-20');
    expect(on({ to: 'waiting_on', party: 'ispg' }, '2027-02-10')).toEqual(['2027-01-20', '2027-02-10']);
    expect(on({ to: 'submitted' }, '2027-02-10')).toEqual(['2027-01-20', '2027-02-10']);
    expect(on(INTO.blocked, '2027-02-10')).toEqual([null, null]);
    expect(on(done(null), '2027-02-10')).toEqual(['2027-01-20', null]);
    expect(day(done(null, '2027-01-20'), { to: 'in_progress' })).toBe(TODAY);
    expect(day(INTO.not_needed, { to: 'not_started' })).toBe(null);
  });

  it('is in the hands of whoever it waits for', () => {
    const item = itemIn(CARD_TEMPLATE, 'fingerprinting') as ItemTemplate;
    expect(holderOf(item, { state: { is: 'not_started' } })).toBe('service_isso');
    expect(holderOf(item, { state: { is: 'waiting_on', party: 'security_office' } })).toBe('security_office');
    expect(holderOf(item, { state: { is: 'blocked', reason: 'Closed.' } })).toBe('gtl');
  });

  it('that there is not is refused', () => {
    expect(change(fresh, 'nothing', INTO.done)).toEqual({ ok: false, refusal: { code: 'no-such-item' } });
  });
});

describe('a new card for somebody who works elsewhere', () => {
  it('takes over what is done and belongs to the person, and nothing of the other engagement', () => {
    const made = newCard(CARD_TEMPLATE, DAY_0, [withDone(fresh, ...KEYS)]);
    const taken = made.items.filter(({ state }) => state.is === 'done').map(({ key }) => key);
    expect(taken).toEqual(CARD_TEMPLATE.items.filter(({ isOfPerson }) => isOfPerson).map(({ key }) => key));
    expect(taken).not.toContain('appointment_letter');
    expect(taken).not.toContain('initial_meeting');
    const open = newCard(CARD_TEMPLATE, DAY_0, [having(fresh, ['curriculum', { to: 'in_progress' }])]);
    expect(itemOf(open, 'curriculum')?.state.is).toBe('not_started');
  });
});

describe('how far a card is', () => {
  it('counts what is done among what is needed, and is whole only at the end', () => {
    expect(percentDone(fresh)).toBe(0);
    expect(percentDone(withDone(fresh, ...KEYS.slice(0, 11)))).toBe(50);
    expect(percentDone(withDone(fresh, ...KEYS.slice(1)))).toBe(95);
    const dropped = having(withDone(fresh, ...KEYS.slice(1)), ['offer_accepted', INTO.not_needed]);
    expect(percentDone(dropped)).toBe(100);
  });

  it('says whether anything is blocked', () => {
    expect(isBlocked(fresh)).toBe(false);
    expect(isBlocked(having(fresh, ['gfe_laptop', INTO.blocked]))).toBe(true);
  });
});

const NO_FACTS: CardFacts = {
  letter: UNSIGNED,
  preparedOn: null,
  initialMeetingOn: null,
  trainingDoneOn: null,
  curriculumDoneOn: null,
  workSinceOn: null,
};

describe('what is known elsewhere', () => {
  it('ends the wait for a signer of the letter who has signed, and no other', () => {
    const waits = (party: 'business_owner' | 'ciso') =>
      having(fresh, ['appointment_letter', { to: 'waiting_on', party }]);
    const letter = { isso: '2027-01-20', businessOwner: '2027-01-21', ciso: null };
    const stateAfter = (card: Card) =>
      itemOf(followFacts(CARD_TEMPLATE, card, { ...NO_FACTS, letter }, at), 'appointment_letter')?.state;
    expect(stateAfter(waits('business_owner'))).toEqual({ is: 'submitted' });
    expect(stateAfter(waits('ciso'))).toEqual({ is: 'waiting_on', party: 'ciso' });
  });

  it('settles its lines, once', () => {
    const facts = { ...NO_FACTS, preparedOn: '2027-01-20', initialMeetingOn: '2027-01-29' };
    const followed = followFacts(CARD_TEMPLATE, fresh, facts, at);
    expect(itemOf(followed, 'bo_prep')).toMatchObject({
      state: { is: 'done', reference: null },
      doneOn: '2027-01-20',
      changed: { byId: null, at },
    });
    expect(itemOf(followed, 'initial_meeting')?.doneOn).toBe('2027-01-29');
    expect(followFacts(CARD_TEMPLATE, followed, facts, new Date(0))).toBe(followed);
    expect(followFacts(CARD_TEMPLATE, fresh, NO_FACTS, at)).toBe(fresh);
  });

  it('takes the letter on signature by signature, and leaves what is said of it by hand until it is done', () => {
    const signed = (isso: string | null, businessOwner: string | null, ciso: string | null) =>
      followFacts(CARD_TEMPLATE, fresh, { ...NO_FACTS, letter: { isso, businessOwner, ciso } }, at);
    const state = (card: Card) => itemOf(card, 'appointment_letter')?.state.is;
    expect(state(signed('2027-02-20', null, null))).toBe('in_progress');
    // It is begun on the day of the first signature.
    for (const owner of [null, '2027-02-22'])
      expect(itemOf(signed('2027-02-20', owner, null), 'appointment_letter')?.begunOn).toBe('2027-02-20');
    expect(state(signed('2027-02-20', '2027-02-22', null))).toBe('submitted');
    expect(itemOf(signed('2027-02-20', '2027-02-22', '2027-02-25'), 'appointment_letter')).toMatchObject({
      state: { is: 'done' },
      doneOn: '2027-02-25',
    });
    const waits = having(fresh, ['appointment_letter', { to: 'waiting_on', party: 'ciso' }]);
    const letter = { isso: '2027-02-20', businessOwner: '2027-02-22', ciso: null };
    expect(state(followFacts(CARD_TEMPLATE, waits, { ...NO_FACTS, letter }, at))).toBe('waiting_on');
  });

  it('does not bring back what was dropped', () => {
    const dropped = having(fresh, ['bo_prep', INTO.not_needed]);
    expect(followFacts(CARD_TEMPLATE, dropped, { ...NO_FACTS, preparedOn: TODAY }, at)).toBe(dropped);
  });
});

describe('whatever people say, in any order', () => {
  const changes = fc.oneof(
    fc.constantFrom(...ITEM_STATUSES).map((status) => INTO[status]),
    fc.constant(done(null)),
    fc.constant(done('T-2', addDays(TODAY, 3))),
  );
  const said = fc.array(fc.tuple(fc.constantFrom(...KEYS), changes), { maxLength: 120 });

  it('a card stays in order: nothing is begun before what it needs, days have come, refusals change nothing', () => {
    fc.assert(
      fc.property(said, (sequence) => {
        let card = fresh;
        for (const [key, to] of sequence) {
          const before = itemOf(card, key)?.state.is ?? 'done';
          const of = itemIn(CARD_TEMPLATE, key) as ItemTemplate;
          const open = openNeeds(of, card);
          const made = change(card, key, to);
          if (!made.ok) continue;
          expect(allowedFrom(before)).toContain(to.to);
          const isBegun = to.to === 'in_progress' || to.to === 'submitted' || to.to === 'done';
          if (isBegun && before !== 'done') expect(open).toEqual([]);
          if (to.to === 'done')
            expect(to.on <= TODAY && (!of.needsReference || to.reference !== null)).toBe(true);
          const item = itemOf(made.value, key);
          expect(item?.doneOn === null).toBe(to.to !== 'done');
          expect(made.value.items.filter((each) => each !== itemOf(card, each.key))).toHaveLength(1);
          card = made.value;
        }
        expect(card.items.map(({ key }) => key)).toEqual(KEYS);
        expect(itemOf(card, 'appointment_letter')?.state.is).not.toBe('done');
        const percent = percentDone(card);
        expect(percent >= 0 && percent <= 100).toBe(true);
        expect(percent === 100).toBe(card.items.every((item) => isSettled(item)));
        const workable = workableItems(CARD_TEMPLATE, card);
        for (const item of workable)
          for (const need of strictNeeds(item))
            expect(isSettled(itemOf(card, need) ?? (card.items[0] as never))).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});
