import type { StoredAnswer } from '../domain/engagement.ts';
import type { Answers, FormContext, Question } from './question.ts';
import { check } from './read-answer.ts';
import { showAnswer } from './show-answer.ts';

export interface Section {
  readonly key: string;
  readonly title: string;
  readonly questions: readonly Question[];
}

/** Declared once; chat, dialogs and the review read the same declaration. */
export interface Form {
  readonly key: string;
  /** Rises when a change makes old answers mean something else; kept with every request. */
  readonly version: number;
  readonly title: string;
  readonly sections: readonly Section[];
}

/** An answer that was taken away, and why: its question no longer applies, or the value is no longer allowed. */
export interface Dropped {
  readonly key: string;
  readonly label: string;
  readonly because: 'no-longer-asked' | 'no-longer-valid';
}

/** Names of places in a conversation; no question may be called so. */
const RESERVED_KEYS = ['review', 'confirm', '__proto__', 'constructor', 'prototype'];

/**
 * Checks a form's declaration and hands it back. Throws (a bug) for a key used twice or reserved, a required extra,
 * an attestation with a condition, a condition without `dependsOn`, and one that looks at a question not earlier.
 */
export function defineForm(form: Form): Form {
  const earlier = new Set<string>();
  for (const { key, when, dependsOn, kind, required, asked } of questionsOf(form)) {
    if (earlier.has(key) || RESERVED_KEYS.includes(key)) throw new Error(`Question key ${key} is taken.`);
    if (asked === 'on-review' && required) throw new Error(`${key} is an extra and can't be required.`);
    if (kind === 'attestation' && when)
      throw new Error(`${key} is an attestation and can't have a condition.`);
    if ((when !== undefined) !== dependsOn.length > 0)
      throw new Error(`${key} needs both "when" and "dependsOn".`);
    const unknown = dependsOn.find((each) => !earlier.has(each));
    if (unknown) throw new Error(`${key} depends on ${unknown}, which does not come earlier.`);
    earlier.add(key);
  }
  return form;
}

/** All questions of a form, in order. */
export function questionsOf(form: Form): readonly Question[] {
  return form.sections.flatMap((section) => section.questions);
}

/** The question of that key; undefined for none. */
export function questionBy(form: Form, key: string): Question | undefined {
  return questionsOf(form).find((question) => question.key === key);
}

/** Does the question apply, given the answers? Its condition sees only what it declares in `dependsOn`. */
export function applies(question: Question, answers: Answers): boolean {
  if (!question.when) return true;
  const seen = question.dependsOn.filter((key) => Object.hasOwn(answers, key));
  return question.when(Object.fromEntries(seen.map((key) => [key, answers[key] ?? null])));
}

/** The questions that apply. An answer to a question that does not apply counts for nothing, in conditions too. */
export function visible(form: Form, answers: Answers): readonly Question[] {
  return sift(form, answers, () => true).questions;
}

/**
 * Drops answers whose question no longer applies and answers no longer valid today, and says which.
 * Entries that no question of the form owns go silently.
 */
export function settle(
  form: Form,
  answers: Answers,
  context: FormContext,
): { readonly answers: Answers; readonly dropped: readonly Dropped[] } {
  const { kept, dropped } = sift(form, answers, (question, value) =>
    value === null ? !question.required : check(question, value, context).ok,
  );
  return { answers: kept, dropped };
}

/** Required questions that apply and have no answer, attestations included. */
export function missing(form: Form, answers: Answers): readonly Question[] {
  return visible(form, answers).filter(({ key, required }) => required && (answers[key] ?? null) === null);
}

/** The answers as a request keeps them: with the question as asked and the value as people read it. Nothing left out is kept. */
export function storedAnswers(form: Form, answers: Answers, context: FormContext): StoredAnswer[] {
  return visible(form, answers).flatMap((question) => {
    const value = answers[question.key] ?? null;
    if (value === null) return [];
    return [
      {
        key: question.key,
        label: question.label,
        asked: question.ask,
        value,
        shown: showAnswer(question, value, context),
      },
    ];
  });
}

/**
 * Answers from stored JSON (`{ key: value }`), each passed through its question's schema again.
 * What does not fit is left out and named; something that is no object gives no answers.
 */
export function parseAnswers(
  form: Form,
  stored: unknown,
): { readonly answers: Answers; readonly dropped: readonly Dropped[] } {
  if (typeof stored !== 'object' || stored === null || Array.isArray(stored))
    return { answers: {}, dropped: [] };
  const found: ReadonlyMap<string, unknown> = new Map(Object.entries(stored));
  const answers: Record<string, Answers[string]> = {};
  const unfit: Dropped[] = [];
  for (const question of questionsOf(form)) {
    const value = found.get(question.key);
    if (value === undefined) continue;
    const parsed = question.schema.nullable().safeParse(value);
    if (parsed.success && (parsed.data !== null || !question.required)) answers[question.key] = parsed.data;
    else unfit.push({ key: question.key, label: question.label, because: 'no-longer-valid' });
  }
  const { kept, dropped } = sift(form, answers, () => true);
  return { answers: kept, dropped: [...unfit, ...dropped] };
}

type Fits = (question: Question, value: Answers[string]) => boolean;

/** One pass in order is enough: a condition looks only at earlier questions. */
function sift(form: Form, answers: Answers, fits: Fits) {
  const kept: Record<string, Answers[string]> = {};
  const questions: Question[] = [];
  const dropped: Dropped[] = [];
  for (const question of questionsOf(form)) {
    const { key, label } = question;
    const value = Object.hasOwn(answers, key) ? answers[key] : undefined;
    const asked = applies(question, kept);
    if (asked) questions.push(question);
    if (value === undefined) continue;
    if (asked && fits(question, value)) kept[key] = value;
    else dropped.push({ key, label, because: asked ? 'no-longer-valid' : 'no-longer-asked' });
  }
  return { kept: kept as Answers, questions, dropped };
}
