import { sayLocalDate } from '../domain/time.ts';
import type { AnswerValue, FormContext, Question } from './question.ts';

/**
 * An answer as people read it back. Typed again, it reads as the same answer (but for attestations).
 * A person who is no longer known is shown as such, never by id; `null` reads as "Left out".
 */
export function showAnswer(
  question: Question,
  value: AnswerValue | null,
  context: Pick<FormContext, 'people'>,
): string {
  if (value === null) return 'Left out';
  switch (question.kind) {
    case 'text':
    case 'long-text':
      return String(value);
    case 'choice':
      return (
        question.options.find((each) => each.id === value)?.label ?? 'A choice that is no longer offered'
      );
    case 'choices': {
      const ids = Array.isArray(value) ? value : [];
      return question.options
        .filter((each) => ids.includes(each.id))
        .map((each) => each.label)
        .join('; ');
    }
    case 'number':
      return `${Number(value).toLocaleString('en-US')} ${value === 1 ? question.unit.one : question.unit.many}`;
    case 'yes-no':
      return value === true ? 'Yes' : 'No';
    case 'date':
      return sayLocalDate(String(value));
    case 'person':
      return context.people.find((each) => each.id === value)?.name ?? 'Somebody no longer on the roster';
    case 'attestation':
      return 'Confirmed';
    default:
      return question satisfies never;
  }
}
