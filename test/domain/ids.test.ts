import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findRequestNumber, requestNumber } from '../../src/domain/ids.ts';

describe('request numbers', () => {
  it('have prefix, year and four digits at least', () => {
    expect(requestNumber('ISSO', 2026, 42)).toBe('ISSO-2026-0042');
    expect(requestNumber('ISSO', 2026, 9999)).toBe('ISSO-2026-9999');
    expect(requestNumber('ISSO', 2026, 10_000)).toBe('ISSO-2026-10000');
  });

  it.each([
    ['ISSO-2026-0042', 'ISSO-2026-0042'],
    ['isso-2026-42', 'ISSO-2026-0042'],
    ['What about Isso 2026 0042?', 'ISSO-2026-0042'],
    ['(ISSO-2026-10000)', 'ISSO-2026-10000'],
    ['first ISSO-2026-0001, then ISSO-2026-0002', 'ISSO-2026-0001'],
  ])('are found in "%s"', (text, number) => {
    expect(findRequestNumber(text)).toBe(number);
  });

  it.each([
    '',
    'ISSO',
    'ISSO-26-0042',
    '2026-0042',
    'ISSO-2026-',
    'ISSO-1999-0001',
    'ISSO-2026-1234567',
    'ISSO20260042',
  ])('are not seen in "%s"', (text) => {
    expect(findRequestNumber(text)).toBeNull();
  });

  it('are found again however they are typed', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2000, max: 2099 }),
        fc.integer({ min: 1, max: 999_999 }),
        (year, sequence) => {
          const number = requestNumber('ISSO', year, sequence);
          expect(findRequestNumber(number)).toBe(number);
          expect(findRequestNumber(`status ${number.toLowerCase()}, please`)).toBe(number);
        },
      ),
      { seed: 3 },
    );
  });
});
