/**
 * What may be said about the satisfaction of several people without saying anything about one of them (features
 * reference part 3, no. 20). Pure.
 *
 * Answers enter the averages in groups only. Two averages, whenever they were shown, therefore differ by whole groups,
 * and the answers of a group stand together in every average or in none: no sum or difference singles one out.
 */
import { SURVEY_LINES, type Survey, type SurveyLine, type SurveyScores } from './survey.ts';

/** Averages of each line, over so many answers. */
export interface Satisfaction {
  readonly answers: number;
  readonly people: number;
  readonly averages: SurveyScores;
}

const isLargeEnough = (surveys: readonly Survey[], smallest: number): boolean =>
  new Set(surveys.map(({ personId }) => personId)).size >= smallest &&
  new Set(surveys.map(({ engagementId }) => engagementId)).size >= smallest;

/**
 * The surveys that enter the averages now, as they are to be saved: all answered ones that are in none yet, once they
 * come from `smallest` people and engagements; else none of them.
 */
export function countNewGroup(surveys: readonly Survey[], smallest: number): readonly Survey[] {
  const waiting = surveys.filter(({ answers }) => answers !== null && answers.counted === null);
  if (!isLargeEnough(waiting, smallest)) return [];
  return waiting.map((survey) => ({
    ...survey,
    version: survey.version + 1,
    answers: survey.answers && { ...survey.answers, counted: survey.answers.scores },
  }));
}

/** The averages of what was counted, to one decimal; null while that is fewer than `smallest` people or engagements. */
export function satisfactionOf(surveys: readonly Survey[], smallest: number): Satisfaction | null {
  const counted = surveys.filter(({ answers }) => (answers?.counted ?? null) !== null);
  if (counted.length === 0 || !isLargeEnough(counted, smallest)) return null;
  const average = (line: SurveyLine): number => {
    const sum = counted.reduce((total, { answers }) => total + (answers?.counted?.[line] ?? 0), 0);
    return Math.round((sum / counted.length) * 10) / 10;
  };
  const averages = Object.fromEntries(SURVEY_LINES.map((line) => [line, average(line)]));
  return {
    answers: counted.length,
    people: new Set(counted.map(({ personId }) => personId)).size,
    averages: averages as Record<SurveyLine, number>,
  };
}
