import { describe, expect, it } from 'vitest';
import { NEW_COURSE } from '../../src/domain/course.ts';
import type { Engagement } from '../../src/domain/engagement.ts';
import { declineCandidate } from '../../src/domain/engagement-matching.ts';
import { shortlist } from '../../src/domain/matching.ts';
import { isPromised, proposalOf, seedOf, withoutPassedOver } from '../../src/domain/matching-candidate.ts';
import { MATCHING } from '../../src/offerings/matching-weights.ts';
import { aContender, aNeed, TODAY } from '../support/a-contender.ts';

const NAMES = ['ann', 'ben', 'cem', 'dee'];
/** Four who score the same but for one task less each. */
const list = shortlist(
  NAMES.map((personId, index) =>
    aContender({
      personId,
      ratings: Object.fromEntries(
        aNeed()
          .tasks.slice(index)
          .map((task) => [task, 3]),
      ),
    }),
  ),
  aNeed(),
  MATCHING,
  { seed: 7, today: TODAY },
);

describe('somebody who was declined before', () => {
  it('stands apart, and the next of the others moves up into the first three', () => {
    const { open, passedOver } = withoutPassedOver(list, ['ann'], 3);
    expect(open.top.map(({ personId }) => personId)).toEqual(['ben', 'cem', 'dee']);
    expect(passedOver.map(({ personId }) => personId)).toEqual(['ann']);
  });

  it('needs an exception, however well they fit', () => {
    expect(proposalOf(list, [], 'ann')).toMatchObject({ isTop: true, needsException: false });
    expect(proposalOf(list, ['ann'], 'ann')).toMatchObject({ needsException: true, wasDeclined: true });
  });

  it('is nobody for whom the next one would have to be explained', () => {
    expect(proposalOf(list, [], 'ben')).toMatchObject({ isTop: false });
    expect(proposalOf(list, ['ann'], 'ben')).toMatchObject({ isTop: true, needsException: false });
    expect(proposalOf(list, ['ann'], 'cem')).toMatchObject({ isTop: false });
  });

  it('is nobody at all when they are not on the list', () => {
    expect(proposalOf(list, ['eve'], 'eve')).toBeNull();
  });
});

describe('hours that are promised elsewhere', () => {
  it.each([
    [40, 0, 50, false],
    [40, 20, 20, false],
    [40, 21, 20, true],
    [10, 5, 20, true],
  ])('%i free, %i promised, %i needed: taken is %s', (freeHours, promised, needed, isTaken) => {
    expect(isPromised({ freeHours }, promised, needed)).toBe(isTaken);
  });
});

describe('the seed', () => {
  it('is a whole number, the same for an engagement always, and another for another', () => {
    const ids = Array.from({ length: 200 }, (_, index) => `engagement-${index}`);
    const seeds = ids.map(seedOf);
    expect(seeds).toEqual(ids.map(seedOf));
    expect(new Set(seeds).size).toBe(ids.length);
    expect(seeds.every((seed) => Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32)).toBe(true);
  });
});

describe('declining a candidate (T11)', () => {
  const by = { byId: 'bo', at: new Date('2027-01-15T15:00:00Z') };
  const candidate = {
    personId: 'ann',
    proposed: by,
    startOn: TODAY,
    score: 90,
    exception: null,
    exceptionAllowed: null,
    whyNotTop: null,
    ispg: null,
    businessOwner: null,
  };
  const engagement = (ispg: typeof by | null): Engagement =>
    ({
      id: 'e',
      version: 3,
      state: 'CANDIDATE_PROPOSED',
      course: { ...NEW_COURSE, candidate: { ...candidate, ispg } },
      memberships: [],
    }) as unknown as Engagement;

  it('waits for ISPG when the Business Owner would, who does not know yet who it is', () => {
    expect(declineCandidate(engagement(null), 'cost', 'business_owner', by)).toEqual({
      ok: false,
      refusal: { code: 'waits-for', side: 'ispg' },
    });
    expect(declineCandidate(engagement(null), 'cost', 'ispg', by).ok).toBe(true);
  });

  it('is the Business Owner’s once ISPG has accepted, and frees the person', () => {
    const made = declineCandidate(engagement(by), 'cost', 'business_owner', by);
    expect(made).toMatchObject({
      ok: true,
      value: {
        engagement: {
          state: 'MATCHING',
          course: {
            candidate: null,
            passedOver: [{ personId: 'ann', reason: 'cost', side: 'business_owner' }],
          },
        },
      },
    });
  });
});
