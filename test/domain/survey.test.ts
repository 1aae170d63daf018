import { describe, expect, it } from 'vitest';
import {
  answerSurvey,
  isLow,
  lastAsked,
  type Survey,
  type SurveyAnswers,
  takesAnswers,
} from '../../src/domain/survey.ts';
import { DAY_MS } from '../../src/domain/time.ts';

const ASKED_AT = new Date('2026-12-01T09:00:00-05:00');
const later = (days: number): Date => new Date(ASKED_AT.getTime() + days * DAY_MS);
const given = (overall: number): Omit<SurveyAnswers, 'counted'> => ({
  scores: { expertise: 4, responsiveness: 5, communication: 3, fit: 4, overall },
  comment: '',
  renew: 'yes',
});
const survey = (facts: Partial<Survey> = {}): Survey => ({
  id: 's1',
  engagementId: 'e1',
  personId: 'bo',
  occasion: 'day-30',
  askedAt: ASKED_AT,
  version: 1,
  answers: null,
  answeredAt: null,
  ...facts,
});

describe('a low score', () => {
  it.each([
    [1, true],
    [2, true],
    [3, false],
    [5, false],
  ])('is one line of 2 or less: %i', (overall, low) => {
    expect(isLow(given(overall))).toBe(low);
  });
  it('needs answers', () => expect(isLow(null)).toBe(false));
});

describe('a survey', () => {
  it('can be answered as long as no other was asked since', () => {
    const first = survey();
    const second = survey({ id: 's2', occasion: 'day-90', askedAt: later(60) });
    expect(takesAnswers(first, [first], later(59))).toBe(true);
    expect(takesAnswers(first, [first, second], later(60))).toBe(false);
    expect(takesAnswers(second, [first, second], later(60))).toBe(true);
    expect(lastAsked([second, first])?.id).toBe('s2');
    expect(lastAsked([])).toBeNull();
  });

  it('can be changed for 30 days from the first answer', () => {
    const answered = answerSurvey(survey(), given(4), later(2));
    expect(takesAnswers(answered, [answered], later(31.9))).toBe(true);
    expect(takesAnswers(answered, [answered], later(32))).toBe(false);
    const changed = answerSurvey(answered, given(5), later(20));
    expect(changed.answeredAt).toEqual(later(2));
    expect(changed).toMatchObject({ version: 3, answers: { scores: { overall: 5 } } });
  });

  it('keeps what it counts for when it is changed', () => {
    const counted = { ...given(4).scores };
    const before = survey({ answers: { ...given(4), counted }, answeredAt: later(1) });
    expect(answerSurvey(before, given(1), later(3)).answers).toMatchObject({
      counted: { overall: 4 },
      scores: { overall: 1 },
    });
  });
});
