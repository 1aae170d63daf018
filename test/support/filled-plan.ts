/** Answers to every question of the Marketplace Implementation Plan that has to be answered. */
import { missing } from '../../src/forms/form.ts';
import { pages } from '../../src/forms/pages.ts';
import type { Question } from '../../src/forms/question.ts';
import { CATALOGUE } from '../../src/offerings/index.ts';
import { marketplacePlanForm } from '../../src/offerings/marketplace-plan-questions.ts';

const FORM = marketplacePlanForm(CATALOGUE.offerings);

/** The pages in order: key of the dialog, and what is filled in on it. */
export const filledPages = (): readonly {
  readonly page: string;
  readonly values: Readonly<Record<string, string | readonly string[]>>;
}[] => {
  const needed = new Set(missing(FORM, {}).map(({ key }) => key));
  return pages(FORM, {}).map(({ key, questions }) => ({
    page: key,
    values: Object.fromEntries(
      questions
        .filter((question) => needed.has(question.key))
        .map((question) => [question.key, answerTo(question)]),
    ),
  }));
};

function answerTo(question: Question): string | readonly string[] {
  switch (question.kind) {
    case 'text':
    case 'long-text':
      return question.example;
    case 'choice':
      return question.options[0]?.id ?? '';
    case 'choices':
      return question.options.slice(0, 2).map(({ id }) => id);
    case 'person':
      return 'gtl';
    case 'yes-no':
    case 'date':
    case 'number':
    case 'attestation':
      throw new Error(`The plan has no question such as ${question.key}.`);
    default:
      return question satisfies never;
  }
}
