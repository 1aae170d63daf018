import { describe, expect, it } from 'vitest';
import type { ProgrammeMeasures } from '../../src/domain/measures.ts';
import { measureLines, measureRows } from '../../src/messages/copy/measures.ts';

const MEASURES: ProgrammeMeasures = {
  scope: { from: '2027-01-01', until: '2027-03-31', component: null, offering: null },
  adoption: { requests: 12, accepted: 9, active: 1, systems: 1, components: 1, repeatOwners: 4 },
  times: {
    kickoff: { count: 8, median: 6.5, p90: 12 },
    form: { count: 1, median: 1, p90: 1 },
    match: null,
    active: null,
  },
  onTime: { met: 3, of: 4 },
  answered: { met: 7, of: 14 },
  training: { met: 6, of: 12 },
  declined: [
    { reason: 'no_capacity', count: 2 },
    { reason: 'other', count: 1 },
  ],
  withdrawn: [],
  property: { met: 1, of: 2 },
  coverage: { met: 2, of: 5 },
};
const told = (label: string, more: Partial<ProgrammeMeasures> = {}): string | undefined =>
  measureRows({ ...MEASURES, ...more }, null, 3).find((row) => row.label === label)?.value;

describe('measures in words', () => {
  it('are counted in plain words, one and several', () => {
    expect(told('Requests')).toBe('12 requests filed, 9 accepted so far');
    expect(told('At work')).toBe('1 engagement on 1 system in 1 component');
    expect(told('Time to kickoff')).toBe('median 6.5 business days, 9 of 10 within 12 (8 engagements)');
    expect(told('Time to form')).toBe('1 business day (1 engagement)');
    expect(told('Time to match')).toBe('none in this time');
    expect(told('Onboarding on time')).toBe('3 of 4 within 60 days (75%)');
    expect(told('Declined')).toBe('3: no Service ISSO is free at the time (2), another reason (1)');
    expect(told('Withdrawn')).toBe('none in this time');
    expect(told('Coverage')).toBe('2 of 5 systems without a trained ISSO now have one (40%)');
    expect(told('Property back')).toBe('1 of 2 returned or transferred in time (50%)');
  });

  it('say of people only what is of three or more, on either side', () => {
    expect(told('Role-based training')).toBe('6 of 12 in date (50%)');
    expect(told('Role-based training', { training: { met: 2, of: 2 } })).toBe(
      'too few to say (fewer than 3)',
    );
    expect(told('Role-based training', { training: { met: 11, of: 12 } })).toBe('more than 9 of 12 in date');
    expect(told('Role-based training', { training: { met: 1, of: 12 } })).toBe('fewer than 3 of 12 in date');
    expect(told('Role-based training', { training: { met: 12, of: 12 } })).toBe('12 of 12 in date (100%)');
    expect(told('Survey answers', { answered: { met: 0, of: 12 } })).toBe('0 of 12 answered (0%)');
    for (const repeatOwners of [1, 2])
      expect(told('Asked again', { adoption: { ...MEASURES.adoption, repeatOwners } })).toBe(
        'fewer than 3 Business Owners',
      );
    expect(told('Asked again')).toBe('4 Business Owners');
  });

  it('have a name and a definition each, and stand in lines as in rows', () => {
    const rows = measureRows(MEASURES, null, 3);
    expect(new Set(rows.map(({ label }) => label)).size).toBe(rows.length);
    expect(rows.every(({ definition }) => /^[A-Z].*\.$/u.test(definition))).toBe(true);
    expect(measureLines(MEASURES, null, 3)).toHaveLength(rows.length);
  });
});
