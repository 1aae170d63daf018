import { describe, expect, it } from 'vitest';
import { isEmpty, isForChannel, shownPart } from '../../src/domain/picture-shown.ts';
import {
  aBurnDownOfAll,
  aFunnel,
  anAgeing,
  anAttendance,
  aTrend,
  EMPTY,
  USUAL,
} from '../support/programme-pictures.ts';

const SMALLEST = 3;

describe('what may stand in the ISPG channel', () => {
  it('is what counts engagements, one by one if need be', () => {
    expect(isForChannel(aFunnel([1, 1]), SMALLEST)).toBe(true);
    expect(isForChannel(anAgeing([[1, 0, 0, 0, 0]]), SMALLEST)).toBe(true);
  });

  it('is averages of satisfaction, which are of enough people by themselves', () => {
    expect(isForChannel(aTrend(), SMALLEST)).toBe(true);
    expect(isForChannel(aTrend([]), SMALLEST)).toBe(true);
  });

  it('is nothing of fewer people than may be spoken of', () => {
    const ofPeople = (people: number) => isForChannel({ ...aBurnDownOfAll(), people }, SMALLEST);
    expect([0, 1, 2, 3].map(ofPeople)).toEqual([true, false, false, true]);
    expect(isForChannel(anAttendance([[1, 3, 0]]), SMALLEST)).toBe(true);
    expect(isForChannel(anAttendance([[1, 2, 1]]), SMALLEST)).toBe(false);
    // Two people, invited to two meetings, are four invitations.
    expect(isForChannel(anAttendance([[2, 4, 3]]), SMALLEST)).toBe(false);
    expect(
      isForChannel(
        anAttendance([
          [4, 30, 24],
          [1, 1, 1],
        ]),
        SMALLEST,
      ),
    ).toBe(false);
    expect(isForChannel(anAttendance([[0, 0, 0]]), SMALLEST)).toBe(true);
  });
});

describe('the part of a picture that is shown', () => {
  it('is a year of months and two years of quarters, the newest', () => {
    const months = shownPart(anAttendance(Array.from({ length: 30 }, (_, at) => [1, at, 0] as const)));
    expect(months.left).toBe(18);
    expect(
      months.picture.kind === 'attendance' && months.picture.facts.months.map(({ month }) => month),
    ).toEqual(Array.from({ length: 12 }, (_, at) => expect.stringMatching(at < 6 ? /^2027-/u : /^2028-/u)));
    const quarters = shownPart(aTrend(Array.from({ length: 9 }, () => 4)));
    expect([
      quarters.left,
      quarters.picture.kind === 'satisfaction' && quarters.picture.facts.quarters.length,
    ]).toEqual([1, 8]);
  });

  it('is all of it when there is no more, with what it is of', () => {
    for (const picture of USUAL) {
      const ofOit = { ...picture, component: 'OIT' };
      expect(shownPart(ofOit)).toEqual({ picture: ofOit, left: 0 });
    }
  });

  it('is empty only when there is nothing to count', () => {
    expect(EMPTY.map(isEmpty)).toEqual(EMPTY.map(() => true));
    expect(USUAL.map(isEmpty)).toEqual(USUAL.map(() => false));
    expect(isEmpty(anAgeing([[0, 0, 0, 0, 0]]))).toBe(true);
    expect(isEmpty(anAttendance([[1, 3, 0]]))).toBe(false);
  });
});
