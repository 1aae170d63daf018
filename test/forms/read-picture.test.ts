import { describe, expect, it } from 'vitest';
import { readPicture } from '../../src/forms/read-picture.ts';
import { quickest } from './quickest.ts';

describe('a wish for a picture', () => {
  it.each(['pictures', 'Pictures.', 'list charts', 'show the pictures', 'picture', 'chart'])(
    'may be for the list: %s',
    (typed) => {
      expect(readPicture(typed)).toEqual({ is: 'list' });
    },
  );

  it.each([
    ['picture funnel', 'funnel', ''],
    ['Picture of the funnel?', 'funnel', ''],
    ['show me the chart of satisfaction', 'satisfaction', ''],
    ['picture ageing OIT', 'ageing', 'oit'],
    ['graph aging in OIT last quarter', 'ageing', 'in oit last quarter'],
    ['draw a picture of burn-down', 'burn-down', ''],
    ['picture burn down CCSQ', 'burn-down', 'ccsq'],
    ['picture burndown', 'burn-down', ''],
    ['picture attendance this year', 'attendance', 'this year'],
    ['diagram meetings', 'attendance', ''],
  ])('names its kind and what it is of: %s', (typed, kind, words) => {
    expect(readPicture(typed)).toEqual({ is: 'picture', kind, words });
  });

  it('may be for one that there is none of, in a word or two', () => {
    expect(readPicture('picture budget')).toEqual({ is: 'unknown', words: 'budget' });
    expect(readPicture('picture funnels')).toEqual({ is: 'unknown', words: 'funnels' });
  });

  it.each([
    'I have a picture of the funnel',
    'picture this: nobody reads the form any more',
    'the funnel',
    'burn-down all',
    'charts of the sea and the sky',
    `picture funnel ${'x'.repeat(200)}`,
    '',
  ])('is not everything that has the word in it: %s', (typed) => {
    expect(readPicture(typed)).toBeNull();
  });

  it('is read at once, however long the text', () => {
    for (const unit of ['picture ', 'show the ', 'the ', 'picture of the ', ' '])
      expect(quickest(() => readPicture(unit.repeat(50_000 / unit.length)))).toBeLessThan(200);
  });
});
