/** Pictures of the programme made up for tests: ordinary ones, and any that there can be. */
import fc from 'fast-check';
import { OPEN_STATES } from '../../src/domain/engagement-states.ts';
import {
  AGE_LIMITS,
  FUNNEL_STEPS,
  type PictureKind,
  type ProgrammePicture,
} from '../../src/domain/programme-pictures.ts';
import { aBurnDown, anyBurnDown } from './a-burn-down.ts';

type Of<K extends PictureKind> = Extract<ProgrammePicture, { kind: K }>;

/** Of the requests of a quarter, `counts` by step. */
export const aFunnel = (counts: readonly number[] = [24, 21, 19, 17, 12, 9, 6]): Of<'funnel'> => ({
  kind: 'funnel',
  facts: {
    from: '2026-10-01',
    until: '2026-12-31',
    steps: FUNNEL_STEPS.map((step, at) => ({ step, count: counts[at] ?? 0 })),
  },
});

/** Engagements in the first states of the way, `rows` of them, by age. */
export const anAgeing = (
  rows: readonly (readonly number[])[] = [
    [3, 1, 0, 0, 0],
    [2, 2, 1, 0, 0],
    [1, 0, 3, 1, 0],
    [0, 1, 0, 0, 2],
    [4, 6, 9, 5, 3],
    [8, 2, 7, 14, 31],
  ],
): Of<'ageing'> => ({
  kind: 'ageing',
  facts: {
    on: '2026-12-31',
    rows: rows.map((counts, at) => ({ state: OPEN_STATES[at % OPEN_STATES.length] ?? 'ACTIVE', counts })),
  },
});

/** Averages from the first quarter of 2025 on. */
export const aTrend = (
  averages: readonly (number | null)[] = [3.8, 4.1, null, 4.4, 3.9, 4.6],
): Of<'satisfaction'> => ({
  kind: 'satisfaction',
  facts: {
    quarters: averages.map((average, at) => ({
      quarter: `${2025 + Math.floor(at / 4)} Q${(at % 4) + 1}`,
      average,
      answers: average === null ? 0 : 6 + at * 3,
    })),
  },
});

/** Months from January 2026 on: meetings, invited, present. */
export const anAttendance = (
  months: readonly (readonly [number, number, number])[] = [
    [4, 30, 24],
    [5, 41, 38],
    [0, 0, 0],
    [1, 3, 0],
    [4, 36, 36],
  ],
): Of<'attendance'> => ({
  kind: 'attendance',
  facts: {
    months: months.map(([meetings, invited, present], at) => ({
      month: `${2026 + Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`,
      meetings,
      invited,
      present,
    })),
  },
});

/** Of three people in onboarding. */
export const aBurnDownOfAll = (): Of<'burn-down'> => ({
  kind: 'burn-down',
  people: 3,
  facts: aBurnDown({ needed: 66 }),
});

/** One of each kind, as it usually is. */
export const USUAL: readonly ProgrammePicture[] = [
  aFunnel(),
  aBurnDownOfAll(),
  anAgeing(),
  aTrend(),
  anAttendance(),
];

/** One of each kind with nothing in it. */
export const EMPTY: readonly ProgrammePicture[] = [
  aFunnel([]),
  { kind: 'burn-down', people: 0, facts: { needed: 0, days: [] } },
  anAgeing([]),
  aTrend([null, null]),
  anAttendance([]),
];

/** The most there can be: every state, three digits, years of months and quarters, beside the least. */
export const EXTREME: readonly ProgrammePicture[] = [
  aFunnel([999, 999, 999, 999, 999, 999, 999]),
  aFunnel([1, 0, 0, 0, 0, 0, 0]),
  aFunnel([999, 1, 1, 1, 1, 1, 1]),
  anAgeing([[1, 0, 0, 0, 0]]),
  anAgeing(OPEN_STATES.map(() => [999, 999, 999, 999, 999])),
  anAgeing(OPEN_STATES.map((_, at) => [at % 3, 1, at % 2, 0, at * 60])),
  aTrend([5]),
  aTrend([1, 5, 1, 5, 1, 5, 1, 5]),
  aTrend(Array.from({ length: 40 }, (_, at) => (at % 3 === 0 ? null : 3 + (at % 5) / 3))),
  anAttendance([[1, 1, 1]]),
  anAttendance(Array.from({ length: 36 }, (_, at) => [at % 40, at * 27, at * 13])),
  anAttendance(Array.from({ length: 12 }, () => [100, 999, 998])),
  ...USUAL.map((each) => ({ ...each, component: 'OTHER' })),
];

const count = fc.oneof(fc.nat(3), fc.nat(999));

/** Any picture: as many rows as there can be, counts of up to three digits. */
export const anyPicture: fc.Arbitrary<ProgrammePicture> = fc
  .tuple(
    fc.oneof(
      fc
        .array(count, { minLength: 7, maxLength: 7 })
        .map((counts): ProgrammePicture => aFunnel(counts.toSorted((a, b) => b - a))),
      fc
        .tuple(fc.integer({ min: 1, max: 100 }), anyBurnDown)
        .map(([people, facts]): ProgrammePicture => ({ kind: 'burn-down', people, facts })),
      fc
        .array(fc.array(count, { minLength: AGE_LIMITS.length + 1, maxLength: AGE_LIMITS.length + 1 }), {
          maxLength: OPEN_STATES.length,
        })
        .map((rows): ProgrammePicture => anAgeing(rows)),
      fc
        .array(fc.option(fc.integer({ min: 10, max: 50 }).map((tenths) => tenths / 10)), { maxLength: 20 })
        .map((averages): ProgrammePicture => aTrend(averages)),
      fc
        .array(fc.tuple(fc.integer({ min: 1, max: 60 }), count, fc.double({ min: 0, max: 1, noNaN: true })), {
          maxLength: 30,
        })
        .map(
          (months): ProgrammePicture =>
            anAttendance(
              months.map(([meetings, invited, share]) => [meetings, invited, Math.round(invited * share)]),
            ),
        ),
    ),
    fc.constantFrom(null, 'OIT', 'OTHER', 'CCIIO'),
  )
  .map(([picture, component]) => ({ ...picture, component }));
