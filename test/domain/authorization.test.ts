import { describe, expect, it } from 'vitest';
import {
  type AtoStatus,
  type AuthorizationType,
  atoStatus,
  daysLeft,
  isPlanTestOverdue,
  isPrivacyAssessmentOld,
} from '../../src/domain/authorization.ts';
import { addDays } from '../../src/domain/time.ts';

const TODAY = '2026-12-01';

describe('the status of an ATO', () => {
  const byHand: readonly [AuthorizationType, string | null, AtoStatus | null][] = [
    ['none', null, 'no_ato'],
    ['pilot', null, 'no_ato'],
    ['ongoing', null, 'active'],
    ['expired', null, 'expired'],
    ['dont_know', null, null],
    ['ato', null, null],
    ['ato', '2026-11-30', 'expired'],
    ['ato', '2026-12-01', 'due_soon'],
    ['ato', '2027-03-01', 'due_soon'],
    ['ato', '2027-03-02', 'active'],
    ['temporary_ato', '2026-11-30', 'expired'],
    ['temporary_ato', '2027-02-28', 'due_soon'],
    ['temporary_ato', '2027-12-01', 'active'],
  ];
  it.each(byHand)('of type %s that ends on %s is %s', (type, expiresOn, status) => {
    expect(atoStatus({ type, expiresOn }, TODAY)).toBe(status);
  });

  it('goes from Active to Due Soon to Expired, and never back, as days pass', () => {
    const seen: (AtoStatus | null)[] = [];
    for (let day = 0; day < 400; day += 1) {
      const status = atoStatus({ type: 'ato', expiresOn: '2027-08-01' }, addDays(TODAY, day));
      if (seen.at(-1) !== status) seen.push(status);
    }
    expect(seen).toEqual(['active', 'due_soon', 'expired']);
  });

  it('counts days for types with a last day only', () => {
    expect(daysLeft({ type: 'ato', expiresOn: '2026-12-31' }, TODAY)).toBe(30);
    expect(daysLeft({ type: 'temporary_ato', expiresOn: '2026-11-30' }, TODAY)).toBe(-1);
    expect(daysLeft({ type: 'ongoing', expiresOn: '2026-12-31' }, TODAY)).toBe(null);
  });
});

describe('what is too old', () => {
  it('a contingency plan test after 365 days', () => {
    expect(isPlanTestOverdue('2025-12-01', TODAY)).toBe(false);
    expect(isPlanTestOverdue('2025-11-30', TODAY)).toBe(true);
  });
  it('a Privacy Impact Assessment after three calendar years, leap days or not', () => {
    expect(isPrivacyAssessmentOld('2023-12-01', TODAY)).toBe(false);
    expect(isPrivacyAssessmentOld('2023-11-30', TODAY)).toBe(true);
    expect(isPrivacyAssessmentOld('2024-02-29', '2027-02-28')).toBe(false);
    expect(isPrivacyAssessmentOld('2024-02-29', '2027-03-01')).toBe(true);
  });
});
