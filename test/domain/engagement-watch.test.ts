import { describe, expect, it } from 'vitest';
import { type Course, NEW_COURSE } from '../../src/domain/course.ts';
import { type Engagement, fileRequest } from '../../src/domain/engagement.ts';
import { endWithTerm } from '../../src/domain/engagement-ending.ts';
import { beginOnboarding } from '../../src/domain/engagement-matching.ts';
import type { OpenState } from '../../src/domain/engagement-states.ts';
import { type StepDue, stepsDue } from '../../src/domain/engagement-watch.ts';
import {
  cisoNotice,
  noteCisoTold,
  reviewExtension,
  wishForExtension,
} from '../../src/domain/engagement-work.ts';
import { nextMoves } from '../../src/domain/next-move.ts';
import { WATCH_DAYS } from '../../src/offerings/programme-timers.ts';

const now = new Date('2027-06-01T15:00:00Z');
const mark = { byId: 'gtl', at: now };
const base = fileRequest(
  {
    id: 'e1',
    number: 'ISSO-2026-0001',
    offering: 'issoaas',
    formVersion: 1,
    component: 'OIT',
    systemName: 'Claims Hub',
    answers: [],
    requesterId: 'bo',
    businessOwnerId: 'bo',
    craId: 'cra',
  },
  now,
).engagement;
const at = (state: OpenState, course: Partial<Course>): Engagement =>
  ({
    ...base,
    state,
    ending: null,
    course: { ...NEW_COURSE, serviceIssoId: 'isso', ...course },
  }) as Engagement;
const TERM = { startOn: '2027-01-11', endOn: '2028-01-11', hoursPerWeek: 20 };
const EXTENSION = { asked: null, because: 'term-ends', endOn: null, gtl: null, cor: null, wish: null };
const kinds = (engagement: Engagement, today: string): readonly string[] =>
  stepsDue(engagement, today, WATCH_DAYS).map((due: StepDue) =>
    due.what === 'onboarding-alert' || due.what === 'ciso-reminder' ? `${due.what} ${due.day}` : due.what,
  );

describe('what falls due by the calendar', () => {
  it.each([
    ['2027-02-09', []],
    ['2027-02-10', ['onboarding-alert 30']],
    ['2027-02-24', ['onboarding-alert 30']],
    ['2027-02-25', ['onboarding-alert 45']],
    ['2027-03-07', ['onboarding-alert 55']],
    ['2027-05-01', ['onboarding-alert 55']],
  ])('in onboarding on %s', (today, due) => {
    expect(kinds(at('ONBOARDING', { dayZeroOn: '2027-01-11' }), today)).toEqual(due);
  });

  it.each([
    ['2027-11-11', []],
    ['2027-11-12', ['ask-extension']],
    ['2028-02-01', ['ask-extension']],
  ])('at work on %s', (today, due) => {
    expect(kinds(at('ACTIVE', { term: TERM }), today)).toEqual(due);
    expect(kinds(at('ACTIVE', { term: { ...TERM, endOn: null } }), today)).toEqual([]);
  });

  it.each([
    ['2027-12-11', []],
    ['2027-12-12', ['extension-undecided']],
    ['2028-01-10', ['extension-undecided']],
    ['2028-01-11', ['term-over']],
    ['2028-02-11', ['term-over']],
  ])('while an extension is under review on %s', (today, due) => {
    expect(kinds(at('EXTENSION_REVIEW', { term: TERM, extension: EXTENSION }), today)).toEqual(due);
  });

  it('before a pause ends, a week ahead and on the day; and when the term ends during it', () => {
    const pause = { reason: 'x', fromOn: '2027-06-01', resumeOn: '2027-08-02', by: mark };
    const paused = at('PAUSED', { pause, term: TERM });
    const ahead = (today: string) => stepsDue(paused, today, WATCH_DAYS);
    expect(ahead('2027-07-25')).toEqual([]);
    expect(ahead('2027-07-26')).toEqual([{ what: 'pause-ends', daysBefore: 7, resumeOn: '2027-08-02' }]);
    expect(ahead('2027-08-02')).toEqual([{ what: 'pause-ends', daysBefore: 0, resumeOn: '2027-08-02' }]);
    const late = at('PAUSED', { pause: { ...pause, resumeOn: '2028-03-01' }, term: TERM });
    expect(kinds(late, '2027-12-12')).toEqual(['ends-in-pause']);
  });

  it.each([
    ['2027-06-01', ['ciso-reminder 0']],
    ['2027-06-14', ['ciso-reminder 0']],
    ['2027-06-15', ['ciso-reminder 14']],
    ['2027-06-26', ['ciso-reminder 25']],
    ['2027-07-01', ['ciso-reminder 30']],
    ['2027-07-02', ['ciso-reminder 30', 'ciso-overdue']],
  ])('of a notice to the CISO on %s', (today, due) => {
    const open = at('ACTIVE', { cisoNotices: [cisoNotice('assignment', '2027-06-01')] });
    expect(kinds(open, today)).toEqual(due);
    const told = noteCisoTold(open, '2027-06-01');
    expect(told.ok && kinds(told.value.engagement, today)).toEqual([]);
  });

  it('nothing of a notice before the change, which can be told before somebody leaves and not before somebody comes', () => {
    const leaving = at('OFFBOARDING', { cisoNotices: [cisoNotice('off-boarding', '2027-06-30')] });
    expect(kinds(leaving, '2027-06-29')).toEqual([]);
    expect(noteCisoTold(leaving, '2027-06-10').ok).toBe(true);
    const coming = at('ACTIVE', { cisoNotices: [cisoNotice('assignment', '2027-06-30')] });
    expect(noteCisoTold(coming, '2027-06-10')).toMatchObject({ refusal: { code: 'bad-day' } });
  });
});

describe('the extension', () => {
  const review = at('EXTENSION_REVIEW', { term: TERM, extension: EXTENSION });

  it('is not asked for without an end, nor until a day that is no later', () => {
    const ask = { asked: mark, because: 'gtl-asks', endOn: null };
    expect(reviewExtension(at('ACTIVE', { term: { ...TERM, endOn: null } }), ask, now).ok).toBe(false);
    const early = { ...ask, endOn: TERM.endOn };
    expect(reviewExtension(at('ACTIVE', { term: TERM }), early, now)).toEqual({
      ok: false,
      refusal: { code: 'bad-day', because: 'before-start', limitOn: TERM.endOn },
    });
  });

  it.each(['extend', 'replace'] as const)('needs a day to %s', (wish) => {
    expect(wishForExtension(review, wish, null)).toEqual({
      ok: false,
      refusal: { code: 'incomplete', missing: ['new_end'] },
    });
    const asked = at('EXTENSION_REVIEW', { term: TERM, extension: { ...EXTENSION, endOn: '2028-06-30' } });
    const wished = wishForExtension(asked, wish, null);
    expect(wished.ok && wished.value.engagement.course.extension).toMatchObject({
      wish,
      endOn: '2028-06-30',
    });
  });

  it('that is to end waits for nobody’s approval but for the GTL to end it', () => {
    const wished = wishForExtension(review, 'end', null);
    expect(wished.ok && nextMoves(wished.value.engagement, null)).toEqual([
      { side: 'gtl', what: 'settle-wish' },
    ]);
  });

  it('becomes the end on its day, by nobody, with the Business Owner to take over', () => {
    expect(endWithTerm(review, '2028-01-10', now).ok).toBe(false);
    const ended = endWithTerm(review, '2028-01-11', now);
    expect(ended.ok && ended.value.engagement).toMatchObject({
      state: 'OFFBOARDING',
      course: {
        extension: null,
        offBoarding: { reason: 'term_ended', endOn: '2028-01-11', handOverId: 'bo', by: null, done: null },
        cisoNotices: [{ because: 'off-boarding', sinceOn: '2028-01-11' }],
      },
    });
    expect(endWithTerm(at('ACTIVE', { term: TERM }), '2028-02-01', now).ok).toBe(false);
  });
});

describe('day 0', () => {
  const identified = at('ISSO_IDENTIFIED', {
    candidate: {
      personId: 'isso',
      proposed: mark,
      startOn: '2027-01-11',
      score: 80,
      exception: null,
      exceptionAllowed: null,
      whyNotTop: null,
      ispg: mark,
      businessOwner: mark,
    },
  });

  it('is not before the first day on which the person can start', () => {
    expect(beginOnboarding(identified, '2027-01-10', { ...TERM, startOn: '2027-01-10' }, now)).toEqual({
      ok: false,
      refusal: { code: 'bad-day', because: 'before-start', limitOn: '2027-01-10' },
    });
    expect(beginOnboarding(identified, '2027-01-11', TERM, now).ok).toBe(true);
  });

  it('leaves the first signature of the letter to the onboarding, and asks for the others one by one', () => {
    const signed = (isso: string | null, businessOwner: string | null, ciso: string | null) =>
      nextMoves(at('ONBOARDING', { letter: { isso, businessOwner, ciso } }), null).map(
        ({ side, what }) => `${side} ${what}`,
      );
    expect(signed(null, null, null)).toEqual(['contractor onboard']);
    expect(signed('2027-02-20', null, null)).toEqual(['contractor onboard', 'business_owner sign-letter']);
    expect(signed('2027-02-20', '2027-02-22', null)).toEqual(['contractor onboard', 'ciso sign-letter']);
    expect(signed('2027-02-20', '2027-02-22', '2027-03-01')).toEqual(['gtl confirm-start']);
  });
});
