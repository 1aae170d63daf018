import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Card, itemOf, newCard, withItem } from '../../src/domain/card.ts';
import type { Course } from '../../src/domain/course.ts';
import { moveDayZero } from '../../src/domain/day-zero.ts';
import { type Engagement, stepped } from '../../src/domain/engagement.ts';
import { ENGAGEMENT_STATES } from '../../src/domain/engagement-states.ts';
import { addDays } from '../../src/domain/time.ts';
import { CARD_TEMPLATE } from '../../src/offerings/card-template.ts';
import { inState, later } from './engagement-steps.ts';

const DAY_0 = '2027-01-11';
const onboarding = (course: Partial<Course> = {}): Engagement => {
  const engagement = inState('ONBOARDING');
  return stepped(engagement, 'ONBOARDING', { candidate: null, ...course }, later).engagement;
};
const fresh = newCard(CARD_TEMPLATE, DAY_0);
const doneOn = (key: string, on: string): Card => {
  const item = itemOf(fresh, key);
  if (!item) throw new Error(key);
  return withItem(fresh, { ...item, state: { is: 'done', reference: null }, doneOn: on });
};
const moved = (to: string, today: string, card: Card = fresh, course: Partial<Course> = {}) => {
  const made = moveDayZero(onboarding(course), card, to, today);
  return made.ok ? made.value : made.refusal;
};

describe('day 0 that is moved', () => {
  it('is the day of the engagement, of its term and of the card; every line stays as it is', () => {
    const made = moved('2027-01-18', DAY_0, doneOn('offer_accepted', '2027-01-20'));
    expect(made).toMatchObject({
      change: {
        from: 'ONBOARDING',
        engagement: {
          state: 'ONBOARDING',
          course: { dayZeroOn: '2027-01-18', term: { startOn: '2027-01-18', endOn: '2028-01-10' } },
        },
      },
      card: { dayZeroOn: '2027-01-18', items: doneOn('offer_accepted', '2027-01-20').items },
    });
  });

  it('keeps the beginning of work that somebody else began before them', () => {
    const term = { startOn: '2026-03-02', endOn: null, hoursPerWeek: 20 };
    expect(moved('2027-01-18', DAY_0, fresh, { term })).toMatchObject({
      change: { engagement: { course: { term } } },
    });
  });

  it.each([
    // What is done keeps its day, also before day 0; the letter is not signed before it.
    ['2027-01-21', DAY_0, doneOn('offer_accepted', '2027-01-20'), {}, null],
    ['2027-01-21', DAY_0, doneOn('eua_id', '2026-05-04'), {}, null],
    ['2027-01-20', DAY_0, fresh, { letter: { isso: '2027-01-20', businessOwner: null, ciso: null } }, null],
    [
      '2027-01-21',
      DAY_0,
      fresh,
      { letter: { isso: '2027-01-20', businessOwner: null, ciso: null } },
      ['too-far', '2027-01-20'],
    ],
    // Before it ends.
    ['2028-01-10', '2027-06-01', fresh, {}, ['too-far', '2028-01-09']],
    [
      '2029-01-10',
      DAY_0,
      fresh,
      { term: { startOn: DAY_0, endOn: null, hoursPerWeek: 20 } },
      ['too-far', '2028-01-11'],
    ],
    // Back to today at most, or to where it was.
    ['2027-01-04', '2027-01-04', fresh, {}, null],
    ['2027-01-03', '2027-01-04', fresh, {}, ['before-start', '2027-01-03']],
    ['2027-01-10', '2027-02-01', fresh, {}, ['before-start', '2027-01-10']],
    ['2027-01-12', '2027-02-01', fresh, {}, null],
  ] as const)('to %s on %s is refused only for a reason %#', (to, today, card, course, refusal) => {
    const made = moved(to, today, card, course);
    if (refusal === null) expect(made).toMatchObject({ card: { dayZeroOn: to } });
    else expect(made).toEqual({ code: 'bad-day', because: refusal[0], limitOn: refusal[1] });
  });

  it('is not before the candidate can start', () => {
    const engagement = inState('ONBOARDING');
    const startOn = engagement.course.candidate?.startOn ?? '';
    expect(startOn).not.toBe('');
    const made = moveDayZero(engagement, fresh, addDays(startOn, -1), '2026-01-01');
    expect(made).toMatchObject({ refusal: { code: 'bad-day', because: 'before-start' } });
  });

  it('is refused where it is that day, and in every other state', () => {
    expect(moved(DAY_0, DAY_0)).toEqual({ code: 'already-done' });
    for (const state of ENGAGEMENT_STATES.filter((each) => each !== 'ONBOARDING'))
      expect(moveDayZero(inState(state), fresh, '2027-01-18', DAY_0)).toMatchObject({
        refusal: { code: 'wrong-state', state },
      });
  });

  it('and moved back is where it was, whatever is done', () => {
    const day = fc.integer({ min: 1, max: 200 });
    fc.assert(
      fc.property(day, day, (done, by) => {
        const card = doneOn('offer_accepted', addDays(DAY_0, done));
        const made = moveDayZero(onboarding(), card, addDays(DAY_0, by), DAY_0);
        expect(made.ok).toBe(true);
        if (!made.ok) return;
        const back = moveDayZero(made.value.change.engagement, made.value.card, DAY_0, DAY_0);
        expect(back).toMatchObject({
          value: { card, change: { engagement: { course: onboarding().course } } },
        });
      }),
    );
  });
});
