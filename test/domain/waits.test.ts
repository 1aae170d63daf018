import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { retryAtOf } from '../../src/domain/waits.ts';
import { TUESDAY } from '../support/fakes.ts';

const later = (ms: number): Date => new Date(TUESDAY.getTime() + ms);

describe('what a platform names as the time to come back', () => {
  test.each([
    ['30', 30_000],
    [' 7 ', 7_000],
    ['2.5', 2_500],
    ['0', 0],
    [later(40_000).toUTCString(), 40_000],
    [later(-40_000).toUTCString(), -40_000],
  ])('is understood: %s', (named, ms) => {
    expect(retryAtOf(named, TUESDAY)).toEqual(later(ms));
  });

  test.each([null, undefined, '', '-5', 'soon', '1e3', '12 monkeys', 'May', '9'.repeat(40)])(
    'is nothing when it names nothing: %s',
    (named) => {
      expect(retryAtOf(named, TUESDAY)).toBeNull();
    },
  );

  it('is an instant or nothing, whatever it says', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (named) => {
        const at = retryAtOf(named, TUESDAY);
        expect(at === null || Number.isFinite(at.getTime())).toBe(true);
      }),
    );
  });
});
