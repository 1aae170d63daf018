import type { Field, RawValue } from '../domain/field.ts';
import type { Question } from './question.ts';

function limitsOf(question: Question): Partial<Field> {
  switch (question.kind) {
    case 'text':
    case 'long-text':
      return { minLength: question.min, maxLength: question.max };
    case 'choice':
      return { options: question.options };
    case 'choices':
      return { options: question.options, min: question.min, max: question.max };
    case 'number':
      return { min: question.min, max: question.max };
    case 'yes-no':
    case 'date':
    case 'person':
    case 'attestation':
      return {};
    default:
      return question satisfies never;
  }
}

/**
 * The question as one input of a screen, filled with `value` (null: empty) and marked with `error` (null: none).
 * An attestation's label is its whole statement.
 */
export function fieldOf(question: Question, value: RawValue, error: string | null): Field {
  const { key, kind, required, label, ask } = question;
  return {
    id: key,
    kind,
    required,
    ...(kind === 'attestation' ? { label: ask } : { label, hint: ask }),
    ...limitsOf(question),
    ...(value === null ? {} : { value }),
    ...(error === null ? {} : { error }),
  };
}
