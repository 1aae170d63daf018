/** The groups of surveys that stand in averages, as the database gives them, made in memory. */
import type { CountedGroup } from '../../src/domain/satisfaction.ts';
import { SURVEY_LINES, type Survey, type SurveyScores } from '../../src/domain/survey.ts';

export function groupsIn(surveys: readonly Survey[]): readonly CountedGroup[] {
  const groups = new Map<string, Survey[]>();
  for (const survey of surveys) {
    const counted = survey.answers?.counted;
    if (!counted) continue;
    const key = JSON.stringify([counted.on ?? null, counted.component ?? null]);
    groups.set(key, [...(groups.get(key) ?? []), survey]);
  }
  return [...groups].map(([key, all]) => {
    const [on, component] = JSON.parse(key) as [string | null, string | null];
    const sum = (line: (typeof SURVEY_LINES)[number]): number =>
      all.reduce((total, { answers }) => total + (answers?.counted?.[line] ?? 0), 0);
    return {
      on,
      component,
      answers: all.length,
      personIds: [...new Set(all.map(({ personId }) => personId))],
      engagementIds: [...new Set(all.map(({ engagementId }) => engagementId))],
      sums: Object.fromEntries(SURVEY_LINES.map((line) => [line, sum(line)])) as unknown as SurveyScores,
    };
  });
}
