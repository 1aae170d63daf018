import { describe, expect, it } from 'vitest';
import { gatesOf } from '../../src/domain/matching-gates.ts';
import type { Contender, Need } from '../../src/domain/matching-terms.ts';
import { MATCHING } from '../../src/offerings/matching-weights.ts';
import { aContender, aNeed, TODAY } from '../support/a-contender.ts';

const shutGates = (contender: Contender, need: Need = aNeed()): readonly string[] =>
  gatesOf(contender, need, MATCHING, TODAY).flatMap(({ key, isPassed }) => (isPassed ? [] : [key]));

describe('a hard gate', () => {
  it('is open for somebody who has everything, and each is shown', () => {
    const gates = gatesOf(aContender(), aNeed(), MATCHING, TODAY);
    expect(gates.map(({ key }) => key)).toEqual([
      'contract',
      'confirmed',
      'screening',
      'hours',
      'conflict',
      'location',
      'fti',
      'certification',
      'must-have',
    ]);
    expect(gates.every(({ isPassed }) => isPassed)).toBe(true);
  });

  it.each([
    ['contract', aContender({}, { isOnContract: false }), aNeed()],
    ['confirmed', aContender({ confirmed: null }), aNeed()],
    ['screening', aContender({ screening: 'none' }), aNeed({ wantedStartOn: '2027-02-21' })],
    ['hours', aContender({}, { loadHours: 21 }), aNeed()],
    ['conflict', aContender({ develops: ['PEP'] }), aNeed()],
    ['conflict', aContender({ assesses: ['Provider enrollment portal'] }), aNeed()],
    ['location', aContender({ location: 'hybrid' }), aNeed({ location: 'on_site' })],
    ['fti', aContender({ hasFtiExperience: false }), aNeed({ needsFti: true })],
    ['certification', aContender({ certifications: ['sscp'] }), aNeed({ certificationTier: 'upper' })],
    ['must-have', aContender({ hasLedFisma: false }), aNeed({ mustHave: ['led_fisma'] })],
    ['must-have', aContender(), aNeed({ mustHave: ['NF-COM-004'] })],
    ['must-have', aContender({ ratings: { poam: 1 } }), aNeed({ mustHave: ['poam'], tasks: [] })],
  ] as const)('shuts alone: %s', (key, contender, need) => {
    expect(shutGates(contender, need)).toEqual([key]);
  });

  it('of screening looks at the day on which it will be far enough', () => {
    const need = aNeed({ wantedStartOn: '2027-02-10' });
    expect(shutGates(aContender({ screening: 'requested' }), need)).toEqual([]);
    expect(
      shutGates(aContender({ screening: 'requested' }), { ...need, wantedStartOn: '2027-02-09' }),
    ).toEqual(['screening']);
    expect(shutGates(aContender({ screening: 'interim' }), { ...need, wantedStartOn: TODAY })).toEqual([]);
  });

  it('of hours lets exactly enough pass', () =>
    expect(shutGates(aContender({}, { loadHours: 20 }))).toEqual([]));
});
