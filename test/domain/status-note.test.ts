import { describe, expect, it } from 'vitest';
import {
  answered,
  answerIn,
  asked,
  countedWords,
  earlyFor,
  NOTHING_NEW,
  type NoteWords,
  withEarly,
} from '../../src/domain/status-note.ts';

const words = (wentOn: string, more: Partial<NoteWords> = {}): NoteWords => ({
  wentOn,
  blockers: '',
  help: '',
  ...more,
});
const late = withEarly(null, '2026-12-04', words('The laptop came'));

describe('what was written early or late', () => {
  it('is no answer, and stays when the question is asked and answered', () => {
    expect([late.state, answerIn(late)]).toEqual(['early', null]);
    expect(asked(late)).toEqual({ state: 'asked', early: late.early });
    const both = answered(asked(late), words('Training is booked', { help: 'A bag' }));
    expect(answerIn(both)).toEqual(words('Training is booked', { help: 'A bag' }));
    expect(countedWords(both)).toEqual(words('The laptop came. Training is booked', { help: 'A bag' }));
  });

  it('takes the place of what was written for the same week alone', () => {
    const two = withEarly(
      withEarly(late, '2026-12-11', words('On Monday.')),
      '2026-12-04',
      words('Two came!'),
    );
    expect(earlyFor(two, '2026-12-04')).toEqual(words('Two came!'));
    expect(earlyFor(two, '2026-12-11')).toEqual(words('On Monday.'));
    expect(earlyFor(two, '2026-12-18')).toBeNull();
    expect(countedWords(two)).toEqual(words('On Monday. Two came!'));
    expect(withEarly(answered(null, words('A')), '2026-12-04', words('B')).state).toBe('written');
  });

  it('leaves out that there is nothing new where anything is said', () => {
    expect(countedWords(answered(late, NOTHING_NEW))).toEqual(words('The laptop came'));
    expect(countedWords(answered(null, NOTHING_NEW))).toEqual(NOTHING_NEW);
    expect(countedWords(asked(null))).toBeNull();
  });
});
