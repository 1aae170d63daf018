import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countNewGroup, satisfactionOf } from '../../src/domain/satisfaction.ts';
import { answerSurvey, SURVEY_LINES, type Survey, type SurveyScores } from '../../src/domain/survey.ts';

const AT = new Date('2027-03-01T12:00:00Z');
const scores = (each: number): SurveyScores => ({
  expertise: each,
  responsiveness: each,
  communication: each,
  fit: each,
  overall: each,
});
const asked = (id: string, personId: string, engagementId: string): Survey => ({
  id,
  engagementId,
  personId,
  occasion: id,
  askedAt: AT,
  version: 1,
  answers: null,
  answeredAt: null,
});

/** The stored surveys, changed as the use cases change them. */
function programme(smallest: number) {
  const surveys = new Map<string, Survey>();
  return {
    smallest,
    surveys,
    answer(id: string, personId: string, engagementId: string, each: number): void {
      const survey = surveys.get(id) ?? asked(id, personId, engagementId);
      surveys.set(id, answerSurvey(survey, { scores: scores(each), comment: '', renew: 'yes' }, AT));
      for (const counted of countNewGroup([...surveys.values()], smallest)) surveys.set(counted.id, counted);
    },
    shown: () => satisfactionOf([...surveys.values()], smallest),
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
    expect(made.shown()).toBeNull();
    made.answer('c', 'cy', 'e3', 2);
    expect(made.shown()).toEqual({
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
    expect(people.shown()).toBeNull();
    const engagements = programme(3);
    for (const [id, who, on] of [
      ['a', 'ann', 'e1'],
      ['b', 'ben', 'e1'],
      ['c', 'cy', 'e2'],
    ] as const)
      engagements.answer(id, who, on, 3);
    expect(engagements.shown()).toBeNull();
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
    expect(made.shown()).toMatchObject({ answers: 6, averages: { overall: 2.5 } });
  });
});

const event = fc.record({
  person: fc.integer({ min: 0, max: 5 }),
  engagement: fc.integer({ min: 0, max: 7 }),
  round: fc.integer({ min: 0, max: 2 }),
  score: fc.integer({ min: 1, max: 5 }),
});

describe('whatever averages are compared', () => {
  it('two of them differ by nothing or by the answers of a whole group, and no answer ever leaves or changes', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 60 }), fc.integer({ min: 2, max: 4 }), (events, smallest) => {
        const made = programme(smallest);
        const seen: ReadonlyMap<string, number>[] = [new Map()];
        for (const { person, engagement, round, score } of events) {
          made.answer(`${person}-${engagement}-${round}`, `p${person}`, `e${engagement}`, score);
          seen.push(made.standing());
        }
        for (const [index, before] of seen.entries()) {
          for (const after of seen.slice(index + 1)) {
            for (const [id, value] of before) expect(after.get(id)).toBe(value);
            const added = [...after.keys()].filter((id) => !before.has(id));
            const people = new Set(added.map((id) => id.split('-')[0]));
            const engagements = new Set(added.map((id) => id.split('-')[1]));
            if (added.length > 0) {
              expect(people.size).toBeGreaterThanOrEqual(smallest);
              expect(engagements.size).toBeGreaterThanOrEqual(smallest);
            }
          }
        }
      }),
    );
  });

  it('no answer can be singled out: each has companions of other people that stand in exactly the same averages', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 60 }), (events) => {
        const smallest = 3;
        const made = programme(smallest);
        const seen: ReadonlySet<string>[] = [];
        for (const { person, engagement, round, score } of events) {
          made.answer(`${person}-${engagement}-${round}`, `p${person}`, `e${engagement}`, score);
          if (made.shown()) seen.push(new Set(made.standing().keys()));
        }
        const pattern = (id: string): string => seen.map((each) => (each.has(id) ? '1' : '0')).join('');
        const standing = [...made.standing().keys()];
        for (const id of standing) {
          const alike = standing.filter((other) => pattern(other) === pattern(id));
          expect(new Set(alike.map((other) => other.split('-')[0])).size).toBeGreaterThanOrEqual(smallest);
        }
      }),
    );
  });
});
