import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FEDERAL_CALENDAR, isBusinessDay } from '../../src/domain/calendar.ts';
import type { MeasureScope } from '../../src/domain/measures.ts';
import { addDays, EASTERN, type LocalDate } from '../../src/domain/time.ts';
import type { Tx } from '../../src/ports.ts';
import { type ToldLife, writeTold } from '../support/history-rows.ts';
import { fillProgramme } from '../support/many-engagements.ts';
import { measuresByLog } from '../support/measures-by-log.ts';
import { openTestDatabase, openTestStore } from '../support/open-store.ts';
import { ageingByLog, attendanceByLog, funnelByLog } from '../support/pictures-by-log.ts';
import type { ProgrammeLog } from '../support/programme-log.ts';
import { HISTORY_FROM, history, writeHistory } from '../support/random-history.ts';
import { readLog } from '../support/read-log.ts';

const BY = { timeZone: EASTERN, calendar: FEDERAL_CALENDAR };

function businessDays(from: LocalDate, until: LocalDate): readonly LocalDate[] {
  const days: LocalDate[] = [];
  for (let on = from; on <= until; on = addDays(on, 1)) if (isBusinessDay(on, BY.calendar)) days.push(on);
  return days;
}

/** What the database counts, over that scope. */
const counted = async (tx: Tx, scope: MeasureScope) => {
  const firstOn = (await tx.measures.firstOn(EASTERN)) ?? scope.until;
  const rules = { timeZone: EASTERN, businessDays: businessDays(firstOn, scope.until) };
  return {
    measures: await tx.measures.of(scope, rules),
    funnel: await tx.measures.funnel(scope, rules),
    ageing: await tx.measures.ageing(scope, rules),
    attendance: await tx.measures.attendance(scope, rules),
  };
};

/** The same, by hand. */
const byHand = (log: ProgrammeLog, scope: MeasureScope) => ({
  measures: measuresByLog(log, scope, BY),
  funnel: funnelByLog(log, scope, BY),
  ageing: ageingByLog(log, scope, BY),
  attendance: attendanceByLog(log, scope),
});

const scopeOf = (from: LocalDate, until: LocalDate, more: Partial<MeasureScope> = {}): MeasureScope => ({
  from,
  until,
  component: null,
  offering: null,
  ...more,
});

describe('the measures that the database counts', () => {
  it('are those of a second way of counting, over a large programme', async () => {
    const store = await openTestStore();
    const database = await openTestDatabase();
    await fillProgramme(database.url, { open: 60, ended: 90, seed: 4 });
    const log = await readLog(database);
    for (const scope of [
      scopeOf('2026-12-16', '2027-03-15'),
      scopeOf('2026-01-01', '2026-12-31'),
      scopeOf('2022-01-01', '2027-03-15'),
      scopeOf('2026-07-01', '2027-03-15', { component: 'OIT' }),
      scopeOf('2025-01-01', '2027-03-15', { offering: 'issoaas' }),
    ])
      expect(await store.transaction((tx) => counted(tx, scope))).toEqual(byHand(log, scope));
    // Two ways of counting nothing would agree, too.
    const { scope: _asked, ...measures } = measuresByLog(log, scopeOf('2022-01-01', '2027-03-15'), BY);
    expect(JSON.stringify(measures)).not.toMatch(/null|"(?:of|requests|active|repeatOwners)":0|\[\]/u);
  });

  it('are those of a second way of counting, whatever happened', async () => {
    const scopes = fc.record({
      from: fc.nat(160),
      days: fc.nat(120),
      component: fc.option(fc.constantFrom('OIT', 'CM')),
      offering: fc.option(fc.constantFrom('issoaas', 'issoaas_surge')),
    });
    await fc.assert(
      fc.asyncProperty(history, fc.array(scopes, { minLength: 3, maxLength: 3 }), async (lives, asked) => {
        const store = await openTestStore();
        const database = await openTestDatabase();
        await writeHistory(database, lives);
        const log = await readLog(database);
        for (const { from, days, component, offering } of asked) {
          const first = addDays(HISTORY_FROM, from);
          const scope = scopeOf(first, addDays(first, days), { component, offering });
          expect(await store.transaction((tx) => counted(tx, scope))).toEqual(byHand(log, scope));
        }
      }),
      { numRuns: 20 },
    );
  });

  it('are nothing in an empty programme, and in one where nothing happened in the time', async () => {
    const store = await openTestStore();
    const scope = scopeOf('2027-01-01', '2027-03-31');
    const { measures, funnel, ageing, attendance } = await store.transaction((tx) => counted(tx, scope));
    expect(await store.transaction((tx) => tx.measures.firstOn(EASTERN))).toBeNull();
    expect(measures).toMatchObject({
      adoption: { requests: 0, accepted: 0, active: 0, systems: 0, components: 0, repeatOwners: 0 },
      times: { kickoff: null, form: null, match: null, active: null },
      onTime: { met: 0, of: 0 },
      declined: [],
      coverage: { met: 0, of: 0 },
    });
    expect(funnel.steps.map(({ count }) => count)).toEqual([0, 0, 0, 0, 0, 0, 0]);
    expect(ageing).toEqual({ on: '2027-03-31', rows: [] });
    expect(attendance.months.map(({ month }) => month)).toEqual(['2027-01', '2027-02', '2027-03']);
  });
});

describe('at the edges, by hand', () => {
  const told = async (lives: readonly ToldLife[], scope: MeasureScope) => {
    const store = await openTestStore();
    const database = await openTestDatabase();
    await writeTold(database, lives);
    const found = await store.transaction((tx) => counted(tx, scope));
    expect(found).toEqual(byHand(await readLog(database), scope));
    return found;
  };
  const spring = scopeOf('2027-01-01', '2027-06-30');

  it('the same day is no business day, a weekend and a holiday are none, and half of two is said', async () => {
    const { measures } = await told(
      [
        {
          steps: [
            ['2027-01-15T15:00:00Z', 'REQUESTED'],
            ['2027-01-15T16:00:00Z', 'KICKOFF_PENDING'],
            ['2027-01-15T21:00:00Z', 'KICKOFF_HELD'],
            // Friday to Tuesday, over the birthday of Martin Luther King, Jr.
            ['2027-01-19T15:00:00Z', 'FORM_COMPLETE'],
          ],
        },
        {
          owner: 'ben',
          steps: [
            ['2027-01-16T15:00:00Z', 'REQUESTED'],
            ['2027-01-18T15:00:00Z', 'KICKOFF_PENDING'],
            ['2027-01-20T15:00:00Z', 'KICKOFF_HELD'],
            ['2027-01-21T15:00:00Z', 'FORM_COMPLETE'],
          ],
        },
      ],
      spring,
    );
    expect(measures.times.kickoff).toEqual({ count: 2, median: 1, p90: 2 });
    expect(measures.times.form).toEqual({ count: 2, median: 2, p90: 3 });
    expect(measures.times.match).toBeNull();
  });

  it('a day is the programme’s: a minute before midnight in Washington is still the day before', async () => {
    const lives: readonly ToldLife[] = [
      { steps: [['2027-04-01T03:59:59Z', 'REQUESTED']] },
      { owner: 'ben', steps: [['2027-04-01T04:00:00Z', 'REQUESTED']] },
    ];
    const requests = async (scope: MeasureScope) => (await told(lives, scope)).measures.adoption.requests;
    expect(await requests(scopeOf('2027-01-01', '2027-03-31'))).toBe(1);
    expect(await requests(scopeOf('2027-04-01', '2027-06-30'))).toBe(1);
  });

  it('a step that is reached again after work was sent back counts once, when it was first reached', async () => {
    const { measures, funnel, ageing } = await told(
      [
        {
          steps: [
            ['2027-02-01T15:00:00Z', 'REQUESTED'],
            ['2027-02-02T15:00:00Z', 'KICKOFF_PENDING'],
            ['2027-02-03T15:00:00Z', 'KICKOFF_HELD', { facts: { heldOn: '2027-02-02' } }],
            ['2027-02-04T15:00:00Z', 'FORM_COMPLETE'],
            ['2027-03-04T15:00:00Z', 'KICKOFF_HELD'],
            ['2027-04-05T15:00:00Z', 'FORM_COMPLETE'],
          ],
        },
      ],
      spring,
    );
    expect(measures.times.kickoff).toEqual({ count: 1, median: 1, p90: 1 });
    expect(measures.times.form).toEqual({ count: 1, median: 3, p90: 3 });
    expect(funnel.steps.map(({ count }) => count)).toEqual([1, 1, 1, 1, 0, 0, 0]);
    expect(ageing.rows).toEqual([{ state: 'FORM_COMPLETE', counts: [0, 0, 0, 0, 1] }]);
  });

  it('an owner of two requests came back once, whether the first was in the time or before it', async () => {
    const two = (first: string, second: string): readonly ToldLife[] => [
      { steps: [[first, 'REQUESTED']] },
      { steps: [[second, 'REQUESTED']] },
      { owner: 'ben', steps: [[second, 'REQUESTED']] },
    ];
    const came = async (lives: readonly ToldLife[]) => (await told(lives, spring)).measures.adoption;
    expect(await came(two('2027-02-01T15:00:00Z', '2027-03-01T15:00:00Z'))).toMatchObject({
      requests: 3,
      repeatOwners: 1,
    });
    expect(await came(two('2026-02-02T15:00:00Z', '2027-03-01T15:00:00Z'))).toMatchObject({
      requests: 2,
      repeatOwners: 1,
    });
  });

  it('an onboarding is in time on day 60 by its day 0 as set last, late from day 61, and decided once', async () => {
    const onboarding = (activeAt: string | null, moved?: string): ToldLife => ({
      steps: [
        ['2026-12-01T15:00:00Z', 'ISSO_IDENTIFIED'],
        ['2027-01-04T15:00:00Z', 'ONBOARDING', { facts: { isso: 'ida', dayZero: '2027-01-04' } }],
        ...(moved === undefined
          ? []
          : ([
              [
                '2027-01-05T15:00:00Z',
                'ONBOARDING',
                { verb: 'card.move-day-zero', facts: { dayZero: moved } },
              ],
            ] as const)),
        ...(activeAt === null ? [] : ([[activeAt, 'ACTIVE']] as const)),
      ],
    });
    const onTime = async (life: ToldLife, scope = spring) => (await told([life], scope)).measures.onTime;
    expect(await onTime(onboarding('2027-03-05T20:00:00Z'))).toEqual({ met: 1, of: 1 });
    expect(await onTime(onboarding('2027-03-06T20:00:00Z'))).toEqual({ met: 0, of: 1 });
    expect(await onTime(onboarding('2027-03-06T20:00:00Z', '2027-01-06'))).toEqual({ met: 1, of: 1 });
    expect(await onTime(onboarding(null), scopeOf('2027-01-01', '2027-03-05'))).toEqual({ met: 0, of: 0 });
    expect(await onTime(onboarding(null), scopeOf('2027-03-06', '2027-06-30'))).toEqual({ met: 0, of: 1 });
  });
});
