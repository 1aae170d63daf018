import { describe, expect, it } from 'vitest';
import { type Course, type Mark, type Membership, NEW_COURSE } from '../../src/domain/course.ts';
import { ENGAGEMENT_STATES, type EngagementState } from '../../src/domain/engagement-states.ts';
import { hasLeft, presentServiceIsso } from '../../src/domain/service-isso-now.ts';

const by: Mark = { byId: 'gtl', at: new Date('2027-01-20T15:00:00Z') };
const at = (
  state: EngagementState,
  course: Partial<Course> = {},
  memberships: readonly Membership[] = [],
) => ({
  state,
  course: { ...NEW_COURSE, ...course },
  memberships,
});
const ours = { serviceIssoId: 'isso' } as const;
const leaving = (reason: string): Partial<Course> => ({
  ...ours,
  reassignment: { reason, by, outgoingId: 'isso', replacement: null },
});
const ended: Membership = {
  personId: 'isso',
  role: 'service_isso',
  granted: by,
  second: null,
  needsSecond: false,
  ended: by,
};

describe('the Service ISSO of now', () => {
  it('is there from onboarding until off-boarding begins', () => {
    expect(ENGAGEMENT_STATES.filter((state) => presentServiceIsso(at(state, ours)) === 'isso')).toEqual([
      'ONBOARDING',
      'ACTIVE',
      'PAUSED',
      'EXTENSION_REVIEW',
      'REASSIGNING',
    ]);
  });

  it('works on while they are changed, unless they are gone', () => {
    expect(presentServiceIsso(at('REASSIGNING', leaving('funding')))).toBe('isso');
    expect(presentServiceIsso(at('REASSIGNING', leaving('isso_departed')))).toBeNull();
  });
});

describe('somebody of whom dates are recorded', () => {
  it('has left once it ended, another came, or they went; before anybody is assigned their dates stand', () => {
    expect(hasLeft(at('ACTIVE', ours), 'isso')).toBe(false);
    expect(hasLeft(at('ACTIVE', ours), 'before')).toBe(true);
    expect(hasLeft(at('OFFBOARDING', ours), 'isso')).toBe(true);
    expect(hasLeft(at('CLOSED', ours), 'isso')).toBe(true);
    expect(hasLeft(at('REASSIGNING', leaving('isso_departed')), 'isso')).toBe(true);
    expect(hasLeft(at('KICKOFF_HELD'), 'isso')).toBe(false);
    expect(hasLeft(at('MATCHING', {}, [ended]), 'isso')).toBe(true);
    expect(hasLeft(at('MATCHING', {}, [ended]), 'other')).toBe(false);
  });
});
