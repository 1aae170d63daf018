/** Several answers in one typed text: `The system moves; until: 3/1/2028`. */
import type { FieldErrors } from '../domain/field.ts';
import type { Result } from '../domain/result.ts';
import { accepted, refused } from '../domain/result.ts';
import { applies, type Form, questionsOf } from './form.ts';
import type { Answers, FormContext, Question } from './question.ts';
import { readAnswer } from './read-answer.ts';
import { fold } from './text.ts';

/** Longer names are words of an answer. */
const LONGEST_NAME = 40;

/**
 * Reads the answers to a form from one text, parts divided by semicolons or new lines: `name: answer` by the question's key or
 * label, or the answers alone in the order of the questions. Refused with what to mend, by question key.
 */
export function readTyped(form: Form, text: string, context: FormContext): Result<Answers, FieldErrors> {
  const questions = questionsOf(form);
  const said = assign(questions, partsOf(text, questions));
  const errors: Record<string, string> = {};
  const answers: Record<string, Answers[string]> = {};
  for (const question of questions) {
    if (!applies(question, answers)) continue;
    const read = readAnswer(question, said.get(question.key) ?? null, context);
    if (read.ok) answers[question.key] = read.value;
    else errors[question.key] = read.refusal.text;
  }
  return Object.keys(errors).length > 0 ? refused(errors) : accepted(answers);
}

/**
 * Reads some answers, each by its question's key or label: `poam open: 12; hours per week: 20`. Refused with what to mend, by
 * question key; a part that names no question is refused under `?`.
 */
export function readSome(
  questions: readonly Question[],
  text: string,
  context: FormContext,
): Result<Answers, FieldErrors> {
  const errors: Record<string, string> = {};
  const answers: Record<string, Answers[string]> = {};
  for (const part of text.split(/[;\n]/u).filter((each) => each.trim() !== '')) {
    const question = namedIn(questions, part);
    if (!question) {
      errors['?'] = 'Name each answer as the form does, with a colon behind the name.';
      continue;
    }
    const read = readAnswer(question, part.slice(part.indexOf(':') + 1).trim(), context);
    if (read.ok) answers[question.key] = read.value;
    else errors[question.key] = read.refusal.text;
  }
  return Object.keys(errors).length > 0 ? refused(errors) : accepted(answers);
}

/** The question that the part names before its first colon. */
function namedIn(questions: readonly Question[], part: string): Question | undefined {
  const at = part.indexOf(':');
  const name = at > 0 && at <= LONGEST_NAME ? fold(part.slice(0, at)) : '';
  return name === ''
    ? undefined
    : questions.find(({ key, label }) => fold(key.replaceAll('_', ' ')) === name || fold(label) === name);
}

/** A single text question takes the whole, whatever stands in it. */
function partsOf(text: string, questions: readonly Question[]): readonly string[] {
  const whole = text.trim();
  if (whole === '') return [];
  const [only] = questions;
  if (questions.length === 1 && (only?.kind === 'long-text' || only?.kind === 'text')) return [whole];
  return whole
    .split(/[;\n]/u)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function assign(questions: readonly Question[], parts: readonly string[]): ReadonlyMap<string, string> {
  const said = new Map<string, string>();
  const unnamed: string[] = [];
  for (const part of parts) {
    const named = namedIn(questions, part);
    if (named) said.set(named.key, part.slice(part.indexOf(':') + 1).trim());
    else unnamed.push(part);
  }
  for (const part of unnamed) {
    const next = questions.find(({ key }) => !said.has(key));
    if (next) said.set(next.key, part);
  }
  return said;
}
