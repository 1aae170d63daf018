/** The ISSO Scorecard: how well a Service ISSO says that they know each area, at the start and on day 55 (domain reference 5.1; areas 7.3, levels assumed). */
import { AREAS } from '../domain/skills.ts';
import { SCORES, type Score, type Scorecard } from '../domain/training-record.ts';
import type { Form } from '../forms/form.ts';
import { type Answers, choice } from '../forms/question.ts';
import { SCORE_NAMES } from '../messages/copy/training-scorecard.ts';
import { wordsIn } from './answered.ts';
import { askOnce } from './move-forms.ts';
import { QUALIFICATION_AREAS } from './nice.ts';

export const SCORECARD: Form = askOnce(
  'isso-scorecard',
  'ISSO Scorecard',
  AREAS.map((area) => {
    const { name, about } = QUALIFICATION_AREAS[area];
    return choice(area, {
      label: name,
      ask: `How well do you know it: ${about}? Your lead sees it beside the one at the end; the Business Owner does not.`,
      why: 'Training goes where it helps most, and the gain shows.',
      options: SCORES.map((score) => ({ id: String(score), label: SCORE_NAMES[score] })),
    });
  }),
);

/** The levels in answers to the form; null while one is missing. */
export function scorecardIn(answers: Answers): Scorecard | null {
  const scores = AREAS.map((area) => SCORES.find((score) => String(score) === wordsIn(answers, area)));
  return scorecardOf(scores);
}

/** One level for each area in its order; null for fewer, or one that is no level. */
export function scorecardOf(scores: readonly (Score | undefined)[]): Scorecard | null {
  const [q_standards, q_it, q_disciplines, q_program, q_risk, q_leadership] = scores;
  if (scores.length !== AREAS.length) return null;
  if (q_standards === undefined || q_it === undefined || q_disciplines === undefined) return null;
  if (q_program === undefined || q_risk === undefined || q_leadership === undefined) return null;
  return { q_standards, q_it, q_disciplines, q_program, q_risk, q_leadership };
}
