import type { Field, FieldErrors, RawValues } from '../domain/field.ts';
import type { Result } from '../domain/result.ts';
import { accepted, refused } from '../domain/result.ts';
import { fieldOf } from './field-of.ts';
import type { Form } from './form.ts';
import { applies, visible } from './form.ts';
import type { Answers, FormContext, Question } from './question.ts';
import { readAnswer } from './read-answer.ts';

/** One dialog's worth of a form. */
export interface Page {
  /** Stable whatever is answered: it can travel with a button or a dialog. */
  readonly key: string;
  readonly title: string;
  /** From 1, among the pages that have something to fill in now. */
  readonly number: number;
  readonly of: number;
  /** The questions that apply now. */
  readonly questions: readonly Question[];
}

/** More fields in one dialog get forms lost (features reference 2.1). */
const FIELDS_ON_A_PAGE = 8;

/**
 * The form as dialog pages of at most 8 fields, section by section; pages with nothing to fill in now are left out.
 * A question whose condition looks at another never shares its page: it comes on a following one.
 */
export function pages(form: Form, answers: Answers): readonly Page[] {
  const shown = visible(form, answers);
  const made = form.sections.flatMap((section) =>
    split(section.questions).map((questions, index) => ({
      key: `${section.key}-${index + 1}`,
      title: section.title,
      questions: questions.filter((question) => shown.includes(question)),
    })),
  );
  const filled = made.filter((page) => page.questions.length > 0);
  return filled.map((page, index) => ({ ...page, number: index + 1, of: filled.length }));
}

/** The page that follows `key` given the answers now; undefined after the last. */
export function pageAfter(form: Form, answers: Answers, key: string): Page | undefined {
  const order = form.sections.flatMap((section) =>
    split(section.questions).map((_, index) => `${section.key}-${index + 1}`),
  );
  const place = order.indexOf(key);
  return pages(form, answers).find((page) => order.indexOf(page.key) > place);
}

/** The split looks at the declaration only, so that a page keeps its key whatever is answered. */
function split(questions: readonly Question[]): readonly (readonly Question[])[] {
  const parts: Question[][] = [];
  for (const question of questions) {
    const last = parts.at(-1);
    const apart = last?.some((each) => question.dependsOn.includes(each.key)) ?? true;
    if (!last || apart || last.length === FIELDS_ON_A_PAGE) parts.push([question]);
    else last.push(question);
  }
  return parts;
}

/** The page's inputs, filled with what was typed (`values`) or else with the answers, each with its error. */
export function fieldsOf(
  page: Page,
  answers: Answers,
  values: RawValues = {},
  errors: FieldErrors = {},
): readonly Field[] {
  return page.questions.map((question) => {
    const { key } = question;
    return fieldOf(
      question,
      (Object.hasOwn(values, key) ? values[key] : answers[key]) ?? null,
      errors[key] ?? null,
    );
  });
}

/** A page that can't be taken yet: what to say at which field, and the answers on it that are good. */
interface BadPage {
  readonly errors: FieldErrors;
  readonly kept: Answers;
}

/**
 * Reads a submitted page: the answers on it, to be handed to `fill`, or all its errors at once beside the good answers,
 * so that nothing typed is lost. A question that no longer applies is ignored. `answers` are those given so far.
 */
export function readPage(
  page: Page,
  values: RawValues,
  answers: Answers,
  context: FormContext,
): Result<Answers, BadPage> {
  const kept: Record<string, Answers[string]> = {};
  const errors: Record<string, string> = {};
  for (const question of page.questions) {
    const { key } = question;
    if (!applies(question, { ...answers, ...kept })) continue;
    const read = readAnswer(question, (Object.hasOwn(values, key) ? values[key] : null) ?? null, context);
    if (read.ok) kept[key] = read.value;
    else errors[key] = besideField(question, read.refusal.text);
  }
  return Object.keys(errors).length === 0 ? accepted(kept) : refused({ errors, kept });
}

/** Beside its field, a mend need not repeat the field's name; nothing ticked or typed is said for what it is. */
function besideField(question: Question, mend: string): string {
  if (question.kind === 'attestation') return 'Please tick this statement if it is true.';
  const named = `${question.label}: `;
  const rest = mend.startsWith(named) ? mend.slice(named.length) : mend;
  return `${rest.charAt(0).toUpperCase()}${rest.slice(1)}`;
}
