/** Reads a form's answers by kind, and says what stands against several of them together. */
import type { FieldErrors } from '../domain/field.ts';
import type { Answers, AnswerValue } from '../forms/question.ts';

/** Answers that don't go together: the question to mend, and a sentence that names it and says how. It keeps a form open. */
export interface FormProblem {
  readonly key: string;
  readonly text: string;
}

const answerTo = (answers: Answers, key: string): AnswerValue | null =>
  Object.hasOwn(answers, key) ? (answers[key] ?? null) : null;

/** The text, date, option's id or person's id; null for none. */
export function wordsIn(answers: Answers, key: string): string | null {
  const value = answerTo(answers, key);
  return typeof value === 'string' ? value : null;
}

/** The number; null for none. */
export function numberIn(answers: Answers, key: string): number | null {
  const value = answerTo(answers, key);
  return typeof value === 'number' ? value : null;
}

/** Ids of the options picked; empty for none. */
export function listIn(answers: Answers, key: string): readonly string[] {
  const value = answerTo(answers, key);
  return Array.isArray(value) ? value : [];
}

/** The option's id as one of `ids`; null for none of them. */
export function oneIn<Id extends string>(answers: Answers, key: string, ids: readonly Id[]): Id | null {
  const value = answerTo(answers, key);
  return ids.find((id) => id === value) ?? null;
}

/** Problems as a dialog shows them beside its fields; the first for each field. */
export const besideFields = (problems: readonly FormProblem[]): FieldErrors =>
  Object.fromEntries(problems.toReversed().map(({ key, text }) => [key, text]));
