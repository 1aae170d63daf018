import type { Question } from '../forms/question.ts';

/** A question with several choices whose option `none` excludes the others: it is refused together with any of them. */
export function noneStandsAlone(question: Question): Question {
  const mend = `${question.label}: "None" can't stand beside another choice. Please choose either "None" or the others.`;
  const schema = question.schema.refine(
    (value) => !(Array.isArray(value) && value.includes('none') && value.length > 1),
    mend,
  );
  return { ...question, schema };
}
