import { describe, expect, it } from 'vitest';
import { type Onboarding, onboardingOf } from '../../src/domain/onboarding.ts';
import type { Assignment } from '../../src/domain/training.ts';

const today = '2026-12-15';

describe('onboarding', () => {
  it.each<readonly [string, Assignment['days'], Onboarding]>([
    ['without a first day is not recorded', { 'training-done': '2026-12-01' }, { kind: 'not-recorded' }],
    [
      'with a first day to come lies ahead',
      { 'onboarding-began': '2026-12-16' },
      { kind: 'ahead', beginsOn: '2026-12-16' },
    ],
    [
      'is at day 0 on its first day',
      { 'onboarding-began': today },
      { kind: 'under-way', day: 0, readyBy: '2027-02-13' },
    ],
    [
      'counts the days since',
      { 'onboarding-began': '2026-10-01' },
      { kind: 'under-way', day: 75, readyBy: '2026-11-30' },
    ],
    [
      'is done once work began',
      { 'onboarding-began': '2026-10-01', 'work-began': today },
      { kind: 'at-work' },
    ],
    [
      'is over once work ended, and not before that day',
      { 'work-began': '2026-10-01', 'work-ended': today },
      { kind: 'ended' },
    ],
    [
      'goes on while the end of work lies ahead',
      { 'work-began': '2026-10-01', 'work-ended': '2026-12-16' },
      { kind: 'at-work' },
    ],
  ])('%s', (_, days, stands) => {
    expect(onboardingOf({ days }, today)).toEqual(stands);
  });
});
