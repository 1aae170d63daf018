import { describe, expect, it } from 'vitest';
import {
  type AccessFacts,
  idleOf,
  newlyIdle,
  quarterOf,
  reviewAccess,
} from '../../src/domain/access-review.ts';
import type { Role } from '../../src/domain/person.ts';
import { REVIEW_RULES } from '../../src/offerings/role-rules.ts';
import { aPerson } from '../store/samples.ts';

const day = (on: string): Date => new Date(`${on}T14:00:00Z`);
const BEGAN = day('2027-01-04');
const person = (id: string, ...roles: Role[]) => aPerson({ id, name: id.toUpperCase(), roles });
const grant = (personId: string, role: Role, on: string, byId = 'admin') => ({
  id: `${personId}-${role}`,
  personId,
  role,
  granted: { byId, at: day(on) },
  ended: null,
});
const word = (personId: string, role: Role, on: string, byId = 'gtl') => ({
  id: `${personId}-${role}-${on}`,
  personId,
  role,
  said: { byId, at: day(on) },
});
const facts = (some: Partial<AccessFacts>): AccessFacts => ({
  people: [],
  held: [],
  words: [],
  lastSpokeOn: new Map(),
  atHigh: new Set(),
  beganOn: '2026-12-01',
  today: '2027-01-10',
  zone: 'America/New_York',
  ...some,
});
const spoke = (...ids: string[]) => new Map(ids.map((id) => [id, '2027-01-08']));

describe('what a review asks', () => {
  it('is of each privileged role whether it stays, until somebody has said so since it began', () => {
    const asked = (words: AccessFacts['words'], givenOn = '2026-02-01') =>
      reviewAccess(
        facts({
          people: [person('bo', 'gtl')],
          held: [grant('bo', 'gtl', givenOn)],
          words,
          lastSpokeOn: spoke('bo'),
        }),
        BEGAN,
        REVIEW_RULES,
      )[0];
    expect(asked([])).toMatchObject({ isOpen: true, kept: null });
    expect(asked([word('bo', 'gtl', '2027-01-03')])).toMatchObject({ isOpen: true });
    expect(asked([word('bo', 'gtl', '2027-01-05')])).toMatchObject({ isOpen: false, kept: { byId: 'gtl' } });
    expect(asked([], '2027-01-06')).toMatchObject({ isOpen: false });
  });

  it('is of the others once a year, early enough that none goes over', () => {
    const isOpen = (givenOn: string) =>
      reviewAccess(
        facts({
          people: [person('bo', 'cra')],
          held: [grant('bo', 'cra', givenOn)],
          lastSpokeOn: spoke('bo'),
        }),
        BEGAN,
        REVIEW_RULES,
      )[0]?.isOpen;
    expect(isOpen('2026-12-01')).toBe(false);
    expect(isOpen('2026-04-08')).toBe(false);
    expect(isOpen('2026-04-03')).toBe(true);
    expect(
      reviewAccess(
        facts({ people: [person('bo', 'cra')], lastSpokeOn: spoke('bo') }),
        BEGAN,
        REVIEW_RULES,
      )[0],
    ).toMatchObject({ isOpen: true, granted: null });
  });

  it('comes first, privileged roles before others', () => {
    const rows = reviewAccess(
      facts({
        people: [person('ann', 'cra'), person('ben', 'gtl'), person('cay', 'ispg_team')],
        held: [
          grant('ann', 'cra', '2026-12-20'),
          grant('ben', 'gtl', '2026-12-20'),
          grant('cay', 'ispg_team', '2027-01-05'),
        ],
        lastSpokeOn: spoke('ann', 'ben', 'cay'),
      }),
      BEGAN,
      REVIEW_RULES,
    );
    expect(rows.map(({ person: { id } }) => id)).toEqual(['ben', 'cay', 'ann']);
  });

  it('names the second of two who granted, and tells keeping from granting', () => {
    const [row] = reviewAccess(
      facts({
        people: [person('bo', 'gtl')],
        held: [grant('bo', 'gtl', '2026-12-20', 'ann')],
        words: [word('bo', 'gtl', '2026-12-20', 'ben'), word('bo', 'gtl', '2027-01-06', 'cay')],
        lastSpokeOn: spoke('bo'),
      }),
      BEGAN,
      REVIEW_RULES,
    );
    expect(row).toMatchObject({ granted: { byId: 'ann' }, secondId: 'ben', kept: { byId: 'cay' } });
  });
});

describe('somebody idle', () => {
  const idle = (some: Partial<AccessFacts>) =>
    idleOf(facts({ people: [person('bo', 'cra')], ...some }), REVIEW_RULES).get('bo');

  it('has not spoken for sixty days, or thirty where the system is High', () => {
    const lastSpokeOn = new Map([['bo', '2026-11-11']]);
    expect(idle({ lastSpokeOn, today: '2027-01-09' })).toBeUndefined();
    expect(idle({ lastSpokeOn, today: '2027-01-10' })).toEqual({
      sinceOn: '2026-11-11',
      hasSpoken: true,
      days: 60,
      limitDays: 60,
    });
    const atHigh = new Set(['bo']);
    expect(idle({ lastSpokeOn, atHigh, today: '2026-12-10' })).toBeUndefined();
    expect(idle({ lastSpokeOn, atHigh, today: '2026-12-11' })).toMatchObject({ days: 30, limitDays: 30 });
  });

  it('who never spoke is counted from their first role, else from the beginning of the record', () => {
    const held = [grant('bo', 'cra', '2026-12-10')];
    expect(idle({ held, today: '2027-02-07' })).toBeUndefined();
    expect(idle({ held, today: '2027-02-08' })).toMatchObject({ sinceOn: '2026-12-10', hasSpoken: false });
    expect(idle({ today: '2027-01-30' })).toMatchObject({ sinceOn: '2026-12-01' });
    expect(idle({ beganOn: null, today: '2027-01-30' })).toBeUndefined();
  });

  it('is told of once a spell', () => {
    const found = idleOf(
      facts({ people: [person('bo', 'cra')], lastSpokeOn: new Map([['bo', '2026-09-01']]) }),
      REVIEW_RULES,
    );
    expect(newlyIdle(found, {})).toEqual(['bo']);
    expect(newlyIdle(found, { bo: '2026-09-01' })).toEqual([]);
    expect(newlyIdle(found, { bo: '2026-05-01' })).toEqual(['bo']);
  });
});

it('a day lies in its quarter', () => {
  expect(['2027-01-04', '2027-03-31', '2027-04-01', '2027-12-31'].map(quarterOf)).toEqual([
    '2027-Q1',
    '2027-Q1',
    '2027-Q2',
    '2027-Q4',
  ]);
});
