import { describe, expect, it } from 'vitest';
import { type OnboardingLine, onboardingDigest } from '../../src/messages/copy/digest-onboarding.ts';
import { plainText } from '../../src/messages/plain-text.ts';

const at = new Date('2026-12-10T13:30:00Z');
const onDay = (day: number): string => {
  const one: OnboardingLine = {
    number: 'ISSO-2026-0001',
    systemName: 'Claims Hub',
    issoName: { kind: 'theirs', text: 'Ines Sorensen' },
    standing: 'on-track',
    day,
    percent: 40,
    readyOn: '2026-12-31',
    waitsFor: null,
  };
  return plainText(onboardingDigest([one], { at, lateFor: null, pages: null }), {
    timeZone: 'America/New_York',
  });
};

describe('the onboarding digest', () => {
  it.each([
    [-2, 'begins in 2 days'],
    [-1, 'begins in 1 day'],
    [0, 'day 0 of 60'],
    [60, 'day 60 of 60'],
    [61, '1 day past the 60'],
    [62, '2 days past the 60'],
  ])('says where day %i is: %s', (day, words) => {
    expect(onDay(day)).toContain(`Ines Sorensen: ${words}, 40% done`);
  });
});
