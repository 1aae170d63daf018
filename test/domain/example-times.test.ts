import { describe, expect, it } from 'vitest';
import { FEDERAL_CALENDAR } from '../../src/domain/calendar.ts';
import { exampleTimes } from '../../src/domain/example-times.ts';

const EASTERN = 'America/New_York';

describe('times shown as examples', () => {
  it('are on the next two business days, over weekends, holidays and closures', () => {
    expect(exampleTimes(new Date('2026-12-04T15:00:00Z'), EASTERN, FEDERAL_CALENDAR)).toEqual([
      'Mon Dec 7 2pm',
      'Tue Dec 8 10am',
    ]);
    const calendar = { closures: [{ on: '2026-12-24', name: 'Closed' }] };
    expect(exampleTimes(new Date('2026-12-23T15:00:00Z'), EASTERN, calendar)).toEqual([
      'Mon Dec 28 2pm',
      'Tue Dec 29 10am',
    ]);
  });
});
