/** The six qualification areas as questions: how well an area is asked for, or how well somebody knows it (domain reference 7.3). */
import { AREA_LEVELS, AREAS, type Area, type AreaLevel, type AreaLevels } from '../domain/skills.ts';
import { type Answers, choice, type Question } from '../forms/question.ts';
import { wordsIn } from './answered.ts';
import { QUALIFICATION_AREAS } from './nice.ts';

const LEVEL_NAMES: Readonly<Record<AreaLevel, string>> = {
  1: '1 – some knowledge',
  2: '2 – sound knowledge',
  3: '3 – thorough knowledge',
  4: '4 – expert knowledge',
};

/** One question for each area, under the area's key; `ask` gets what the area is about. */
export const areaQuestions = (ask: (about: string) => string): readonly Question[] =>
  AREAS.map((area) => {
    const { name, about, levelWords } = QUALIFICATION_AREAS[area];
    return choice(area, {
      label: name,
      ask: ask(about),
      why: `The programme page asks for this level: ${levelWords}.`,
      options: AREA_LEVELS.map((level) => ({ id: String(level), label: LEVEL_NAMES[level] })),
    });
  });

/** One level for each area. */
export const levelsOf = (levelOf: (area: Area) => AreaLevel): AreaLevels => ({
  q_standards: levelOf('q_standards'),
  q_it: levelOf('q_it'),
  q_disciplines: levelOf('q_disciplines'),
  q_program: levelOf('q_program'),
  q_risk: levelOf('q_risk'),
  q_leadership: levelOf('q_leadership'),
});

/** The levels in answers; what isn't answered stands at the lowest. */
export const levelsIn = (answers: Answers): AreaLevels =>
  levelsOf((area) => AREA_LEVELS.find((level) => String(level) === wordsIn(answers, area)) ?? 1);
