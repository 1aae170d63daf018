import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FEDERAL_CALENDAR, isBusinessDay } from '../../src/domain/calendar.ts';
import { addDays } from '../../src/domain/time.ts';
import { COURSE_KEYS, type CourseKey, courseDays } from '../../src/domain/training-course.ts';
import {
  curriculumDoneOn,
  gainOf,
  NEW_RECORD,
  noteCourse,
  noteOf,
  requiredCount,
  type SaidOfCourse,
  type TrainingRecord,
  withNote,
} from '../../src/domain/training-record.ts';
import { CARD_TEMPLATE } from '../../src/offerings/card-template.ts';
import { CURRICULUM, courseOf } from '../../src/offerings/curriculum.ts';

const TODAY = '2027-01-20';
const by = { byId: 'isso', at: new Date('2027-01-20T15:00:00Z') };
const when = { today: TODAY, by };
const say = (key: CourseKey, said: SaidOfCourse, record: TrainingRecord = NEW_RECORD) =>
  noteCourse(courseOf(key), noteOf(record, key), said, when);
const noted = (record: TrainingRecord, key: CourseKey, said: SaidOfCourse): TrainingRecord => {
  const made = say(key, said, record);
  if (!made.ok) throw new Error(`${key}: ${made.refusal.code}`);
  return withNote(record, made.value);
};
const LOW = { q_standards: 1, q_it: 2, q_disciplines: 0, q_program: 3, q_risk: 2, q_leadership: 4 } as const;
const HIGH = { q_standards: 3, q_it: 2, q_disciplines: 1, q_program: 4, q_risk: 1, q_leadership: 4 } as const;

describe('role-based training that is renewed', () => {
  it('keeps the newest day; of other courses a day is mended', () => {
    const done = (on: string, reference = 'C-1') => ({ to: 'done', on, reference }) as const;
    const record = noted(NEW_RECORD, 'rbt', done('2027-01-10'));
    expect(say('rbt', done('2027-01-09'), record)).toEqual({ ok: false, refusal: { code: 'done-since' } });
    expect(say('rbt', done('2027-01-10', 'C-2'), record).ok).toBe(true);
    expect(say('rbt', done('2027-01-11'), record).ok).toBe(true);
    const other = noted(NEW_RECORD, 'cfacts_training', done('2027-01-10'));
    expect(say('cfacts_training', done('2027-01-09'), other).ok).toBe(true);
  });
});

describe('the curriculum', () => {
  it('has its fourteen courses in the order of the programme page, each once', () => {
    expect(CURRICULUM.map(({ key }) => key)).toEqual(COURSE_KEYS);
    expect(CURRICULUM).toHaveLength(14);
  });

  it('names a link, or whom to ask, for each, but for the forum, whose day CMS sets', () => {
    const without = CURRICULUM.filter(({ links, contact }) => links.length === 0 && contact === null);
    expect(without.map(({ key }) => key)).toEqual(['forum']);
    expect(
      CURRICULUM.flatMap(({ links }) => links).every(({ url }) =>
        url.startsWith('https://security.cms.gov/'),
      ),
    ).toBe(true);
  });

  it('names only lines that the Information Card has', () => {
    const items = CARD_TEMPLATE.items.map(({ key }) => key);
    expect(CURRICULUM.flatMap(({ cardItem }) => cardItem ?? []).every((key) => items.includes(key))).toBe(
      true,
    );
  });
});

describe('the days of a course', () => {
  const [review, toolkit] = [courseOf('role_review'), courseOf('toolkit')];

  it('count from day 0; a closed end is rolled back, a closed start forward', () => {
    // Day 0 is Monday, December 21: day 4 is Christmas, day 5 a Saturday.
    expect(courseDays(review, '2026-12-21', FEDERAL_CALENDAR)).toEqual({
      startsOn: '2026-12-22',
      dueOn: '2026-12-24',
    });
    // Day 0 is a Friday: day 1 is a Saturday, and is moved to Monday as a whole.
    expect(courseDays(toolkit, '2026-12-11', FEDERAL_CALENDAR)).toEqual({
      startsOn: '2026-12-14',
      dueOn: '2026-12-14',
    });
  });

  it('give back the business days that leave takes', () => {
    const own = { ...FEDERAL_CALENDAR, away: [{ fromOn: '2027-01-04', toOn: '2027-01-06', name: 'leave' }] };
    const course = { startDay: 1, dueDay: 7 };
    // Day 0 is December 31: day 7 is Thursday, January 7; three days later is Tuesday the 12th.
    expect(courseDays(course, '2026-12-31', FEDERAL_CALENDAR).dueOn).toBe('2027-01-07');
    expect(courseDays(course, '2026-12-31', own).dueOn).toBe('2027-01-12');
  });

  it('are business days, the first never after the last', () => {
    const day = fc.integer({ min: 0, max: 1_000 }).map((days) => addDays('2026-01-01', days));
    fc.assert(
      fc.property(day, fc.constantFrom(...CURRICULUM), (dayZeroOn, course) => {
        const { startsOn, dueOn } = courseDays(course, dayZeroOn, FEDERAL_CALENDAR);
        expect(isBusinessDay(startsOn, FEDERAL_CALENDAR)).toBe(true);
        if (dueOn === null) return;
        expect(isBusinessDay(dueOn, FEDERAL_CALENDAR)).toBe(true);
        expect(startsOn <= dueOn).toBe(true);
      }),
    );
  });
});

describe('what is said of a course', () => {
  it('is done by their own word, with a day that is not ahead and a reference where one is needed', () => {
    expect(say('toolkit', { to: 'done', on: TODAY, reference: null })).toMatchObject({
      value: { state: { is: 'done', on: TODAY, reference: null }, changed: by },
    });
    expect(say('toolkit', { to: 'done', on: '2027-01-21', reference: null })).toMatchObject({
      refusal: { code: 'still-to-come' },
    });
    expect(say('rbt', { to: 'done', on: TODAY, reference: null })).toMatchObject({
      refusal: { code: 'reference-needed' },
    });
    expect(say('rbt', { to: 'done', on: TODAY, reference: 'CERT-1', hours: 8 })).toMatchObject({
      value: { state: { is: 'done', reference: 'CERT-1' }, hours: 8 },
    });
  });

  it('is refused where the course is answered or attended instead', () => {
    for (const [key, said] of [
      ['scorecard_start', { to: 'done', on: TODAY, reference: null }],
      ['mentorship', { to: 'done', on: TODAY, reference: null }],
      ['toolkit', { to: 'attended', on: TODAY }],
      ['toolkit', { to: 'choice', choice: 'yes' }],
      ['toolkit', { to: 'scores', scores: LOW }],
    ] as const)
      expect([key, said.to, say(key, said)]).toMatchObject([
        key,
        said.to,
        { refusal: { code: 'said-otherwise' } },
      ]);
  });

  it('of the mentorship is an answer that can be changed, of the boot camp one that leaves it open', () => {
    const later = noted(NEW_RECORD, 'mentorship', { to: 'choice', choice: 'later' });
    expect(noteOf(later, 'mentorship')).toMatchObject({ choice: 'later', state: { is: 'done' } });
    expect(noteOf(noted(later, 'mentorship', { to: 'choice', choice: 'yes' }), 'mentorship').choice).toBe(
      'yes',
    );
    expect(
      noteOf(noted(NEW_RECORD, 'bootcamp', { to: 'choice', choice: 'later' }), 'bootcamp'),
    ).toMatchObject({
      choice: 'later',
      state: { is: 'open' },
    });
  });

  it('of the forum is one day and settles it; of the boot camp each session, in order and once', () => {
    const forum = noted(NEW_RECORD, 'forum', { to: 'attended', on: '2026-12-17' });
    expect(noteOf(forum, 'forum')).toMatchObject({
      attendedOn: ['2026-12-17'],
      state: { is: 'done', on: '2026-12-17' },
    });
    const camp = (['2027-01-13', '2027-01-12', '2027-01-13'] as const).reduce(
      (record, on) => noted(record, 'bootcamp', { to: 'attended', on }),
      NEW_RECORD,
    );
    expect(noteOf(camp, 'bootcamp')).toMatchObject({
      attendedOn: ['2027-01-12', '2027-01-13'],
      state: { is: 'open' },
    });
  });

  it('can be taken back, and what is settled is not dropped', () => {
    const done = noted(NEW_RECORD, 'toolkit', { to: 'done', on: TODAY, reference: null });
    expect(say('toolkit', { to: 'not_needed', why: 'Known.' }, done)).toMatchObject({
      refusal: { code: 'not-open' },
    });
    expect(noteOf(noted(done, 'toolkit', { to: 'open' }), 'toolkit').state).toEqual({ is: 'open' });
    expect(say('toolkit', { to: 'open' })).toMatchObject({ refusal: { code: 'is-open' } });
  });
});

describe('the whole curriculum', () => {
  const required = CURRICULUM.filter(({ isRequired }) => isRequired).map(({ key }) => key);
  const settle = (record: TrainingRecord, key: CourseKey, on: string): TrainingRecord =>
    withNote(record, { ...noteOf(record, key), state: { is: 'done', on, reference: null } });

  it('is done on the day of its last required course, dropped ones among them, and not before', () => {
    const all = required.reduce((record, key) => settle(record, key, '2027-01-10'), NEW_RECORD);
    expect(curriculumDoneOn(CURRICULUM, all)).toBe('2027-01-10');
    expect(curriculumDoneOn(CURRICULUM, settle(all, 'policies', '2027-01-15'))).toBe('2027-01-15');
    const dropped = noted(noted(all, 'policies', { to: 'open' }), 'policies', {
      to: 'not_needed',
      why: 'Known.',
    });
    expect(curriculumDoneOn(CURRICULUM, dropped)).toBe(TODAY);
    for (const key of required)
      expect([
        key,
        curriculumDoneOn(CURRICULUM, withNote(all, { ...noteOf(all, key), state: { is: 'open' } })),
      ]).toEqual([key, null]);
  });

  it('counts required courses alone', () => {
    expect(requiredCount(CURRICULUM, NEW_RECORD)).toEqual({ settled: 0, all: 11 });
    expect(
      requiredCount(CURRICULUM, settle(settle(NEW_RECORD, 'mentorship', TODAY), 'forum', TODAY)),
    ).toEqual({
      settled: 1,
      all: 11,
    });
  });
});

describe('the gain of a Service ISSO', () => {
  it('is the end less the start, by area, once both scorecards are filled in', () => {
    const start = noted(NEW_RECORD, 'scorecard_start', { to: 'scores', scores: LOW });
    expect(gainOf(start)).toBeNull();
    expect(gainOf(noted(start, 'scorecard_end', { to: 'scores', scores: HIGH }))).toEqual({
      q_standards: 2,
      q_it: 0,
      q_disciplines: 1,
      q_program: 1,
      q_risk: -1,
      q_leadership: 0,
    });
  });
});
