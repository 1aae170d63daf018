import { describe, expect, it } from 'vitest';
import { isNudgesWish, readDaysOff, readNudge } from '../../src/forms/read-nudge.ts';

describe('what is typed about a line of a nudge', () => {
  it.each([
    ['done 2 ref TICKET-1', { verb: 'done', place: 2, words: 'ref TICKET-1' }],
    ['Done 2', { verb: 'done', place: 2, words: '' }],
    ['done 2.', { verb: 'done', place: 2, words: '' }],
    ['done with 12', { verb: 'done', place: 12, words: '' }],
    ['blocked 3: the office is closed', { verb: 'blocked', place: 3, words: 'the office is closed' }],
    ['waiting 2 on badging office', { verb: 'waiting', place: 2, words: 'on badging office' }],
    ['not yet 2 for 3 days', { verb: 'not-yet', place: 2, words: 'for 3 days' }],
    ['not yet line 2', { verb: 'not-yet', place: 2, words: '' }],
    ['done fingerprinting ref T-1', { verb: 'done', place: null, words: 'fingerprinting ref T-1' }],
  ])('%s', (typed, expected) => {
    expect(readNudge(typed)).toEqual(expected);
  });

  it.each(['done', 'we are done 2', 'not 2', 'blocked', 'done 2\nand more', ''])(
    '%j is something else',
    (typed) => {
      expect(readNudge(typed)).toBeNull();
    },
  );

  it('reads for how many days', () => {
    expect(['', 'for 3 days', '5', '3 business days', 'for 1 day'].map(readDaysOff)).toEqual([1, 3, 5, 3, 1]);
    expect(readDaysOff('until Friday')).toBeNull();
  });

  it('reads the wish to see them', () => {
    for (const typed of ['nudges', 'my nudges', "What's open?", 'what is open'])
      expect(isNudgesWish(typed)).toBe(true);
    for (const typed of ['nudges weekly', 'what is open in May', 'nudge'])
      expect(isNudgesWish(typed)).toBe(false);
  });
});
