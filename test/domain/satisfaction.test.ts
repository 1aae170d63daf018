import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countNewGroups, satisfactionFigures } from '../../src/domain/satisfaction.ts';
import { answerSurvey, SURVEY_LINES, type Survey, type SurveyScores } from '../../src/domain/survey.ts';
import { addDays, DAY_MS, type LocalDate } from '../../src/domain/time.ts';
import { groupsIn } from '../support/counted-groups.ts';

const FIRST: LocalDate = '2027-03-01';
const scores = (each: number): SurveyScores => ({
  expertise: each,
  responsiveness: each,
  communication: each,
  fit: each,
  overall: each,
});
const asked = (id: string, personId: string, engagementId: string, at: Date): Survey => ({
  id,
  engagementId,
  personId,
  occasion: id,
  askedAt: at,
  version: 1,
  answers: null,
  answeredAt: null,
});

/** The stored surveys, changed as the use cases change them; `atWork`: engagements at work in a component. */
function programme(smallest: number, atWork = 0) {
  const surveys = new Map<string, Survey>();
  const components = new Map<string, string>();
  let day = 0;
  const today = () => addDays(FIRST, day);
  const now = () => new Date(Date.parse(`${FIRST}T12:00:00Z`) + day * DAY_MS);
  return {
    surveys,
    wait(days: number): void {
      day += days;
    },
    /** Answers which surveys entered the averages with it. */
    answer(
      id: string,
      personId: string,
      engagementId: string,
      each: number,
      component = 'OIT',
    ): readonly Survey[] {
      components.set(engagementId, component);
      const survey = surveys.get(id) ?? asked(id, personId, engagementId, now());
      surveys.set(id, answerSurvey(survey, { scores: scores(each), comment: '', renew: 'yes' }, now()));
      const waiting = [...surveys.values()]
        .filter(({ answers }) => answers !== null && answers.counted === null)
        .map((waits) => ({ survey: waits, component: components.get(waits.engagementId) ?? '', atWork }));
      const entered = countNewGroups(waiting, { smallest, now: now(), today: today() });
      for (const counted of entered) surveys.set(counted.id, counted);
      return entered;
    },
    shown: () => satisfactionFigures(groupsIn([...surveys.values()]), smallest, today()),
    /** Which answers stand in the averages, and as what. */
    standing: () =>
      new Map(
        [...surveys.values()].flatMap(({ id, answers }) =>
          answers?.counted ? [[id, answers.counted.overall] as const] : [],
        ),
      ),
  };
}

describe('averages of satisfaction', () => {
  it('are not shown for two answers, and shown for three', () => {
    const made = programme(3);
    made.answer('a', 'ann', 'e1', 5);
    made.answer('b', 'ben', 'e2', 4);
    expect(made.shown().overall).toBeNull();
    made.answer('c', 'cy', 'e3', 2);
    expect(made.shown().overall).toEqual({
      answers: 3,
      people: 3,
      averages: Object.fromEntries(SURVEY_LINES.map((line) => [line, 3.7])),
    });
  });

  it('are not shown for three answers of two people, nor of three people on two engagements', () => {
    const people = programme(3);
    for (const [id, who] of [
      ['a', 'ann'],
      ['b', 'ann'],
      ['c', 'ben'],
    ] as const)
      people.answer(id, who, `e-${id}`, 3);
    expect(people.shown().overall).toBeNull();
    const engagements = programme(3);
    for (const [id, who, on] of [
      ['a', 'ann', 'e1'],
      ['b', 'ben', 'e1'],
      ['c', 'cy', 'e2'],
    ] as const)
      engagements.answer(id, who, on, 3);
    expect(engagements.shown().overall).toBeNull();
  });

  it('stay as they are when a fourth and a fifth answer come, and when somebody changes theirs', () => {
    const made = programme(3);
    for (const id of ['a', 'b', 'c']) made.answer(id, id, id, 4);
    const before = made.shown();
    made.answer('d', 'd', 'd', 1);
    made.answer('e', 'e', 'e', 1);
    made.answer('a', 'a', 'a', 1);
    expect(made.shown()).toEqual(before);
    made.answer('f', 'f', 'f', 1);
    expect(made.shown().overall).toMatchObject({ answers: 6, averages: { overall: 2.5 } });
  });

  it('of a component are its own groups, of five answers or more, and of three people', () => {
    const made = programme(3, 5);
    for (const id of ['a', 'b', 'c', 'd']) expect(made.answer(id, `p-${id}`, id, 4)).toEqual([]);
    expect(made.shown()).toMatchObject({ overall: null, components: [] });
    expect(made.answer('e', 'p-a', 'e', 5)).toHaveLength(5);
    expect(made.shown().components).toEqual([
      { component: 'OIT', satisfaction: { answers: 5, people: 4, averages: scores(4.2) } },
    ]);
    for (const id of ['v', 'w', 'x', 'y', 'z']) made.answer(id, id < 'y' ? 'p-v' : 'p-y', id, 1, 'CM');
    expect(made.shown().components.map(({ component }) => component)).toEqual(['OIT']);
  });

  it('take in a component’s answers with the others’ where it has too few engagements for a group of its own', () => {
    const made = programme(3, 4);
    made.answer('a', 'a', 'a', 4, 'OIT');
    made.answer('b', 'b', 'b', 4, 'CM');
    expect(made.answer('c', 'c', 'c', 4, 'CPI')).toHaveLength(3);
    expect(made.shown()).toMatchObject({ overall: { answers: 3 }, components: [] });
  });

  it('wait for a component’s own group a quarter long, and not longer', () => {
    const made = programme(3, 5);
    for (const [id, component] of [
      ['a', 'OIT'],
      ['b', 'CM'],
      ['c', 'CPI'],
    ] as const)
      made.answer(id, id, id, 4, component);
    made.wait(91);
    expect(made.answer('d', 'd', 'd', 4, 'OC')).toEqual([]);
    made.wait(1);
    expect(made.answer('e', 'e', 'e', 4, 'OL').map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  });

  it('of a quarter are of what entered the averages in it; a quarter without a group has none', () => {
    const made = programme(3);
    for (const id of ['a', 'b', 'c']) made.answer(id, id, id, 4);
    made.wait(130);
    made.answer('d', 'd', 'd', 1);
    made.answer('e', 'e', 'e', 2);
    made.wait(90);
    made.answer('f', 'f', 'f', 3);
    expect(made.shown().trend.quarters).toEqual([
      { quarter: '2027 Q1', average: 4, answers: 3 },
      { quarter: '2027 Q2', average: null, answers: 0 },
      { quarter: '2027 Q3', average: null, answers: 0 },
      { quarter: '2027 Q4', average: 2, answers: 3 },
    ]);
  });

  it('leave out groups that are smaller than may be spoken of by now', () => {
    const made = programme(2);
    for (const id of ['a', 'b']) made.answer(id, id, id, 5);
    for (const id of ['c', 'd']) made.answer(id, id, id, 1);
    expect(made.shown().overall).toMatchObject({ answers: 4 });
    const stricter = groupsIn([...made.surveys.values()].filter(({ id }) => id < 'c'));
    expect(satisfactionFigures(stricter, 3, FIRST).overall).toBeNull();
  });

  it('count answers from before groups were noted over all, and in no quarter', () => {
    const made = programme(3);
    for (const id of ['a', 'b', 'c']) made.answer(id, id, id, 4);
    const before = [...made.surveys.values()].map((survey) => ({
      ...survey,
      answers: survey.answers && { ...survey.answers, counted: scores(4) },
    }));
    const { overall, trend } = satisfactionFigures(groupsIn(before), 3, FIRST);
    expect(overall).toMatchObject({ answers: 3 });
    expect(trend.quarters).toEqual([]);
  });
});

const event = fc.record({
  person: fc.integer({ min: 0, max: 6 }),
  engagement: fc.integer({ min: 0, max: 9 }),
  round: fc.integer({ min: 0, max: 2 }),
  score: fc.integer({ min: 1, max: 5 }),
  days: fc.constantFrom(0, 0, 0, 1, 20, 95),
  look: fc.boolean(),
});
const componentOf = (engagement: number): string => ['OIT', 'CM', 'CPI'][engagement % 3] ?? 'OIT';

describe('whatever averages are compared', () => {
  it('every one is of whole groups, and every group is large: no sum or difference of any of them is of fewer people', () => {
    fc.assert(
      fc.property(
        fc.array(event, { maxLength: 80 }),
        fc.integer({ min: 2, max: 4 }),
        fc.constantFrom(0, 9),
        (events, smallest, atWork) => {
          const made = programme(smallest, atWork);
          const atoms: ReadonlySet<string>[] = [];
          const published: ReadonlySet<string>[] = [];
          const kept = new Map<string, number>();
          for (const { person, engagement, round, score, days, look } of events) {
            made.wait(days);
            const entered = made.answer(
              `${person}-${engagement}-${round}`,
              `p${person}`,
              `e${engagement}`,
              score,
              componentOf(engagement),
            );
            for (const name of new Set(entered.map(({ answers }) => String(answers?.counted?.component))))
              atoms.push(
                idsOf(entered.filter(({ answers }) => String(answers?.counted?.component) === name)),
              );
            for (const [id, value] of kept) expect(made.standing().get(id)).toBe(value);
            for (const [id, value] of made.standing()) kept.set(id, value);
            if (look) published.push(...publishedIn([...made.surveys.values()], smallest));
          }
          for (const atom of atoms) {
            expect(partsOf(atom, 0)).toBeGreaterThanOrEqual(smallest);
            expect(partsOf(atom, 1)).toBeGreaterThanOrEqual(smallest);
            // A figure takes all of a group or nothing of it, so every combination of figures does.
            for (const figure of published) {
              const inside = [...atom].filter((id) => figure.has(id)).length;
              expect([0, atom.size]).toContain(inside);
            }
          }
          expect(
            published.every((figure) => [...figure].every((id) => atoms.some((atom) => atom.has(id)))),
          ).toBe(true);
        },
      ),
    );
  });

  it('each figure that is shown is the average of exactly the answers that it names', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 60 }), (events) => {
        const made = programme(3, 9);
        for (const { person, engagement, round, score, days } of events) {
          made.wait(days);
          made.answer(
            `${person}-${engagement}-${round}`,
            `p${person}`,
            `e${engagement}`,
            score,
            componentOf(engagement),
          );
        }
        const surveys = [...made.surveys.values()];
        const { overall, components, trend } = made.shown();
        const averageOf = (found: readonly Survey[]): number =>
          Math.round(
            (found.reduce((sum, { answers }) => sum + (answers?.counted?.overall ?? 0), 0) / found.length) *
              10,
          ) / 10;
        const counted = surveys.filter(({ answers }) => answers?.counted);
        expect(overall?.averages.overall ?? null).toBe(counted.length === 0 ? null : averageOf(counted));
        for (const { component, satisfaction } of components) {
          const own = counted.filter(({ answers }) => answers?.counted?.component === component);
          expect(satisfaction).toMatchObject({ answers: own.length, averages: { overall: averageOf(own) } });
          expect(
            own.every(({ engagementId }) => componentOf(Number(engagementId.slice(1))) === component),
          ).toBe(true);
        }
        expect(trend.quarters.reduce((sum, { answers }) => sum + answers, 0)).toBe(counted.length);
      }),
    );
  });
});

const idsOf = (surveys: readonly Survey[]): ReadonlySet<string> => new Set(surveys.map(({ id }) => id));
/** How many people (0) or engagements (1) these answers are of. */
const partsOf = (ids: ReadonlySet<string>, part: 0 | 1): number =>
  new Set([...ids].map((id) => id.split('-')[part])).size;

/** The answers of each figure that is shown: over all, of each component, of each quarter, and of each quarter of each component. */
function publishedIn(surveys: readonly Survey[], smallest: number): readonly ReadonlySet<string>[] {
  const counted = surveys.filter(({ answers }) => answers?.counted);
  const of = (isMeant: (survey: Survey) => boolean, answers: number | undefined) => {
    const found = counted.filter(isMeant);
    return answers !== undefined && answers > 0 && answers === found.length ? [idsOf(found)] : [];
  };
  const quarter = (on: LocalDate | undefined): string =>
    `${on?.slice(0, 4)} Q${Math.ceil(Number(on?.slice(5, 7)) / 3)}`;
  const today = addDays(FIRST, 9_000);
  const groups = groupsIn(surveys);
  const { overall, components, trend } = satisfactionFigures(groups, smallest, today);
  const names = [...new Set(counted.flatMap(({ answers }) => answers?.counted?.component ?? []))];
  return [
    ...of(() => true, overall?.answers),
    ...components.flatMap(({ component, satisfaction }) =>
      of(({ answers }) => answers?.counted?.component === component, satisfaction.answers),
    ),
    ...trend.quarters.flatMap((each) =>
      of(({ answers }) => quarter(answers?.counted?.on) === each.quarter, each.answers),
    ),
    ...names.flatMap((name) =>
      satisfactionFigures(groups, smallest, today, name).trend.quarters.flatMap((each) =>
        of(
          ({ answers }) =>
            answers?.counted?.component === name && quarter(answers.counted.on) === each.quarter,
          each.answers,
        ),
      ),
    ),
  ];
}
