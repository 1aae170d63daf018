import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Card, changeItem, type ItemChange, isSettled, itemOf } from '../../src/domain/card.ts';
import { type CardVersion, itemClocks } from '../../src/domain/card-clocks.ts';
import { CARD_TEMPLATE } from '../../src/offerings/card-template.ts';
import { aCard, doneOn, NOT_NEEDED } from '../support/a-card.ts';

const DAY_0 = '2026-11-16';
const HOUR_MS = 3_600_000;
const KEYS = CARD_TEMPLATE.items.map(({ key }) => key);
const START = new Date('2026-11-16T14:00:00Z');
const hour = (n: number): Date => new Date(START.getTime() + n * HOUR_MS);

/** The clock of one line in hours, until the 100th. */
const clock = (key: string, ...versions: readonly (readonly [number, Card])[]) => {
  const found = itemClocks(
    CARD_TEMPLATE,
    versions.map(([at, card]): CardVersion => ({ at: hour(at), card })),
    hour(100),
  ).find((each) => each.key === key);
  return {
    open: (found?.openMs ?? Number.NaN) / HOUR_MS,
    ...Object.fromEntries([...(found?.byParty ?? [])].map(([party, ms]) => [party, ms / HOUR_MS])),
  };
};

describe('the clock of a line', () => {
  it('runs from the beginning where nothing comes first, for whoever does it', () => {
    expect(clock('bo_prep', [0, aCard(DAY_0)])).toEqual({ open: 100, business_owner: 100 });
  });

  it('stands until what the line needs is settled, also what it can go without', () => {
    const first = aCard(DAY_0);
    const offered = aCard(DAY_0, { offer_accepted: doneOn(DAY_0) });
    expect(clock('roster_add', [0, first])).toEqual({ open: 0 });
    expect(clock('roster_add', [0, first], [30, offered])).toEqual({ open: 70, roster_owner: 70 });
    // It needs an EUA ID, unless it is taken by another access: whoever does so has begun.
    expect(clock('isspa_training', [0, first])).toEqual({ open: 0 });
    const taken = aCard(DAY_0, { isspa_training: { state: { is: 'in_progress' } } });
    expect(clock('isspa_training', [0, first], [40, taken])).toEqual({ open: 60, service_isso: 60 });
  });

  it('runs for whoever has it: the one it waits for, then again whoever does it', () => {
    const waits = aCard(DAY_0, { bo_prep: { state: { is: 'waiting_on', party: 'cra' } } });
    const back = aCard(DAY_0, { bo_prep: { state: { is: 'in_progress' } } });
    expect(clock('bo_prep', [0, aCard(DAY_0)], [10, waits], [40, back])).toEqual({
      open: 100,
      business_owner: 70,
      cra: 30,
    });
  });

  it('runs early for what is begun early', () => {
    const asked = aCard(DAY_0, { eua_id: { state: { is: 'requested' } } });
    expect(clock('eua_id', [0, aCard(DAY_0)], [20, asked])).toEqual({ open: 80, access_staff: 80 });
  });

  it('stops when what the line needs is open again, unless somebody has begun it', () => {
    const offered = aCard(DAY_0, { offer_accepted: doneOn(DAY_0) });
    expect(clock('roster_add', [0, offered], [50, aCard(DAY_0)], [80, offered])).toEqual({
      open: 70,
      roster_owner: 70,
    });
    const begun = { roster_add: { state: { is: 'in_progress' } } } as const;
    expect(
      clock(
        'roster_add',
        [0, aCard(DAY_0, { offer_accepted: doneOn(DAY_0), ...begun })],
        [50, aCard(DAY_0, begun)],
      ),
    ).toEqual({ open: 100, roster_owner: 100 });
  });

  it('runs for the Government Task Lead while the line is blocked, and for the next signer of the letter', () => {
    const blocked = aCard(DAY_0, { bo_prep: { state: { is: 'blocked', reason: 'Closed.' } } });
    expect(clock('bo_prep', [0, aCard(DAY_0)], [10, blocked])).toEqual({
      open: 100,
      business_owner: 10,
      gtl: 90,
    });
    const letter = (is: 'in_progress' | 'submitted') =>
      aCard(DAY_0, { appointment_letter: { state: { is } } });
    expect(clock('appointment_letter', [0, letter('in_progress')], [30, letter('submitted')])).toEqual({
      open: 100,
      business_owner: 30,
      ciso: 70,
    });
  });

  it('stops when the line is settled, and runs anew when it is opened again', () => {
    const done = aCard(DAY_0, { bo_prep: doneOn(DAY_0) });
    const again = aCard(DAY_0, { bo_prep: { state: { is: 'in_progress' } } });
    expect(clock('bo_prep', [0, aCard(DAY_0)], [25, done])).toEqual({ open: 25, business_owner: 25 });
    expect(clock('bo_prep', [0, aCard(DAY_0)], [25, done], [95, again])).toEqual({
      open: 30,
      business_owner: 30,
    });
    expect(clock('bo_prep', [0, aCard(DAY_0, { bo_prep: NOT_NEEDED })])).toEqual({ open: 0 });
  });

  it('knows nothing of what is kept later, nor of a card that is not kept', () => {
    expect(clock('bo_prep', [0, aCard(DAY_0)], [120, aCard(DAY_0, { bo_prep: doneOn(DAY_0) })]).open).toBe(
      100,
    );
    expect(clock('bo_prep')).toEqual({ open: 0 });
  });
});

const changes: fc.Arbitrary<ItemChange> = fc.constantFrom<ItemChange>(
  { to: 'not_started' },
  { to: 'in_progress' },
  { to: 'submitted' },
  { to: 'requested', on: DAY_0 },
  { to: 'waiting_on', party: 'cor' },
  { to: 'waiting_on', party: 'service_isso' },
  { to: 'done', on: DAY_0, reference: 'TICKET-1' },
  { to: 'done', on: DAY_0, reference: 'TICKET-2' },
  { to: 'blocked', reason: 'The device is broken.' },
  { to: 'not_needed', why: 'They have one.' },
);
/** A card as people change it: whatever is refused changes nothing. Times are minutes after the change before, often none. */
const histories = fc
  .array(fc.tuple(fc.constantFrom(...KEYS), changes, fc.constantFrom(0, 1, 17, 600, 4000)), { maxLength: 80 })
  .map((said) => {
    const versions: CardVersion[] = [{ at: START, card: aCard(DAY_0) }];
    for (const [key, change, minutes] of said) {
      const last = versions.at(-1) ?? { at: START, card: aCard(DAY_0) };
      const at = new Date(last.at.getTime() + minutes * 60_000);
      const made = changeItem(CARD_TEMPLATE, last.card, key, change, {
        today: DAY_0,
        by: { byId: 'lead', at },
      });
      if (made.ok) versions.push({ at, card: made.value });
    }
    return versions;
  });
const sum = (numbers: Iterable<number>): number => [...numbers].reduce((total, each) => total + each, 0);

describe('whatever people say', () => {
  it('the time of all parties together is the time for which a line was open', () => {
    fc.assert(
      fc.property(histories, fc.nat(500), (versions, more) => {
        const last = versions.at(-1)?.at ?? START;
        const clocks = itemClocks(CARD_TEMPLATE, versions, new Date(last.getTime() + more * 60_000));
        expect(clocks.map(({ key }) => key)).toEqual(KEYS);
        for (const { openMs, byParty } of clocks) expect(sum(byParty.values())).toBe(openMs);
      }),
    );
  });

  it('a line that is settled runs no clock, and an open one that is begun runs it to the minute', () => {
    fc.assert(
      fc.property(histories, (versions) => {
        const last = versions.at(-1);
        if (!last) throw new Error('no version');
        const [now, next] = [0, 1].map((minutes) =>
          itemClocks(CARD_TEMPLATE, versions, new Date(last.at.getTime() + minutes * 60_000)),
        );
        KEYS.forEach((key, index) => {
          const item = itemOf(last.card, key);
          const ran = (next?.[index]?.openMs ?? 0) - (now?.[index]?.openMs ?? 0);
          if (!item || isSettled(item)) expect(ran).toBe(0);
          else if (item.state.is !== 'not_started') expect(ran).toBe(60_000);
        });
      }),
    );
  });

  it('a version that changes nothing changes no clock', () => {
    fc.assert(
      fc.property(histories, fc.nat(), (versions, seed) => {
        const place = seed % versions.length;
        const from = versions[place];
        const to = versions[place + 1]?.at ?? hour(10_000);
        if (!from) throw new Error('no version');
        const between = { card: from.card, at: new Date((from.at.getTime() + to.getTime()) / 2) };
        const more = [...versions.slice(0, place + 1), between, ...versions.slice(place + 1)];
        const now = hour(10_000);
        expect(itemClocks(CARD_TEMPLATE, more, now)).toEqual(itemClocks(CARD_TEMPLATE, versions, now));
      }),
    );
  });
});
