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
const NAME_EACH = 'Name each answer as the form does, with a colon behind the name.';
const TOO_MANY = `There is more than I asked for, so I took nothing. ${NAME_EACH}`;

/** A piece between two semicolons: the question it names, and the answer in it. */
interface Part {
  readonly question: Question | null;
  readonly answer: string;
}

/**
 * Reads the answers to a form from one text, parts divided by semicolons or new lines: `name: answer` by the question's key or
 * label, or the answers alone in the order of the questions that apply. A piece too many goes on with the text before it. Refused
 * with what to mend, by question key; with more than was asked for under `?`.
 */
export function readTyped(form: Form, text: string, context: FormContext): Result<Answers, FieldErrors> {
  const questions = questionsOf(form);
  const parts = partsOf(questions, text);
  const first = readParts(questions, parts, context);
  if (first.placed.size === parts.length) return outcome(first);
  const joined = joinRest(parts, first.placed);
  return joined
    ? outcome(readParts(questions, joined, context))
    : refused({ ...first.errors, '?': TOO_MANY });
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
  for (const { question, answer } of split(questions, text)) {
    if (!question) {
      errors['?'] = NAME_EACH;
      continue;
    }
    const read = readAnswer(question, answer, context);
    if (read.ok) answers[question.key] = read.value;
    else errors[question.key] = read.refusal.text;
  }
  return outcome({ answers, errors });
}

interface Read {
  readonly answers: Answers;
  readonly errors: FieldErrors;
}

const outcome = ({ answers, errors }: Read): Result<Answers, FieldErrors> =>
  Object.keys(errors).length > 0 ? refused(errors) : accepted(answers);

/** A single text question takes the whole, whatever stands in it. */
function partsOf(questions: readonly Question[], text: string): readonly Part[] {
  const [only, ...others] = questions;
  if (!only || others.length > 0 || !isText(only)) return split(questions, text);
  return text.trim() === '' ? [] : [partOf(namesOf(questions), text.trim())];
}

function split(questions: readonly Question[], text: string): readonly Part[] {
  const names = namesOf(questions);
  return text
    .split(/[;\n]/u)
    .map((piece) => piece.trim())
    .filter((piece) => piece !== '')
    .map((piece) => partOf(names, piece));
}

const isText = ({ kind }: Question): boolean => kind === 'text' || kind === 'long-text';

/** Each question by what people call it; the first of two that are called alike. */
function namesOf(questions: readonly Question[]): ReadonlyMap<string, Question> {
  const names = new Map<string, Question>();
  for (const question of questions) {
    for (const name of [nameOf(question.key), nameOf(question.label)])
      if (name !== '' && !names.has(name)) names.set(name, question);
  }
  return names;
}

const nameOf = (typed: string): string => fold(typed.replaceAll('_', ' '));

/** The piece with the question that it names before its first colon. */
function partOf(names: ReadonlyMap<string, Question>, piece: string): Part {
  const at = piece.indexOf(':');
  const question = at > 0 && at <= LONGEST_NAME ? names.get(nameOf(piece.slice(0, at))) : undefined;
  return question ? { question, answer: piece.slice(at + 1).trim() } : { question: null, answer: piece };
}

/** The answers, and which question each part was taken for; what is named counts first, the last of several. */
function readParts(
  questions: readonly Question[],
  parts: readonly Part[],
  context: FormContext,
): Read & { readonly placed: ReadonlyMap<Part, Question> } {
  const placed = new Map<Part, Question>();
  for (const part of parts) if (part.question) placed.set(part, part.question);
  const unnamed = parts.filter(({ question }) => !question);
  const errors: Record<string, string> = {};
  const answers: Record<string, Answers[string]> = {};
  for (const question of questions) {
    if (!applies(question, answers)) continue;
    const part = parts.findLast((each) => each.question?.key === question.key) ?? unnamed.shift();
    if (part) placed.set(part, question);
    const read = readAnswer(question, part?.answer ?? null, context);
    if (read.ok) answers[question.key] = read.value;
    else errors[question.key] = read.refusal.text;
  }
  return { answers, errors, placed };
}

/** With what is left over joined to the text before it; null where there is none. */
function joinRest(parts: readonly Part[], placed: ReadonlyMap<Part, Question>): readonly Part[] | null {
  const joined: Part[] = [];
  for (const part of parts) {
    const question = placed.get(part);
    const before = joined.at(-1);
    if (question) joined.push({ question, answer: part.answer });
    else if (before?.question && isText(before.question))
      joined[joined.length - 1] = { ...before, answer: `${before.answer}; ${part.answer}` };
    else return null;
  }
  return joined;
}
