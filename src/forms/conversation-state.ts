import { z } from 'zod';
import type { RawValue, RawValues } from '../domain/field.ts';
import type { Dropped, Form } from './form.ts';
import { missing, parseAnswers, questionBy, visible } from './form.ts';
import type { Answers, FormContext, Question } from './question.ts';
import { showAnswer } from './show-answer.ts';

/** Where a person is in a form. Plain JSON: it survives a round trip after any step. */
export interface ConversationState {
  readonly v: 1;
  readonly answers: Answers;
  /** The key of the question that the next answer is for, or a place after the questions. */
  readonly at: string;
  /** The question being answered again by "change"; null on the ordinary way. */
  readonly changing: string | null;
  /** Refused answers in a row at this place. */
  readonly failures: number;
  /** Questions we answered ourselves at the start: not asked, but shown and changeable. */
  readonly prefilled: readonly string[];
  /** By question key: what is typed and no answer yet, or was proposed. Shown again where the question is, and gone once it is answered. */
  readonly drafts: RawValues;
}

const RAW: z.ZodType<RawValue> = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  z.array(z.string()),
  z.null(),
]);
const STATE = z.object({
  v: z.literal(1),
  answers: z.unknown(),
  at: z.string(),
  changing: z.string().nullable(),
  failures: z.int().min(0),
  prefilled: z.array(z.string()),
  // A state from before there were drafts has none.
  drafts: z.record(z.string(), RAW).default({}),
});

/**
 * A state from stored JSON, its answers re-validated. Null for another version or another shape: start afresh, politely.
 * A place that is gone becomes the first open question, or the review.
 */
export function parseState(
  form: Form,
  stored: unknown,
): { readonly state: ConversationState; readonly dropped: readonly Dropped[] } | null {
  const parsed = STATE.safeParse(stored);
  if (!parsed.success) return null;
  const { answers, dropped } = parseAnswers(form, parsed.data.answers);
  return { state: steadied(form, { ...parsed.data, answers }), dropped };
}

/** The first question to ask in turn that has no answer yet, then any required one left without. Undefined when all are done. */
export function openQuestion(form: Form, answers: Answers): Question | undefined {
  const unasked = visible(form, answers).find(
    ({ key, kind, asked }) => asked === 'in-turn' && kind !== 'attestation' && answers[key] === undefined,
  );
  return unasked ?? stillNeeded(form, answers)[0];
}

/** Required questions without an answer, but for the attestations, which come last. */
export function stillNeeded(form: Form, answers: Answers): readonly Question[] {
  return missing(form, answers).filter((question) => question.kind !== 'attestation');
}

/** Where a person goes when nothing else is said: the open question, or the review. */
export const restingPlace = (form: Form, answers: Answers): string =>
  openQuestion(form, answers)?.key ?? 'review';

/** The state with its place put right, should its question be gone or a needed answer be missing. */
export function steadied(form: Form, state: ConversationState): ConversationState {
  const done = state.at === 'review' || state.at === 'confirm';
  const question = questionBy(form, state.at);
  const stands = done
    ? stillNeeded(form, state.answers).length === 0
    : question !== undefined &&
      question.kind !== 'attestation' &&
      visible(form, state.answers).includes(question);
  return stands ? state : { ...state, at: restingPlace(form, state.answers), changing: null, failures: 0 };
}

/** The drafts that stay when these questions are answered. */
export const withoutDraftsOf = ({ drafts }: ConversationState, keys: readonly string[]): RawValues =>
  Object.fromEntries(Object.entries(drafts).filter(([key]) => !keys.includes(key)));

/** The questions asked one after the other: in turn, applying now, and not answered for the person beforehand. */
export function askedInTurn(form: Form, state: ConversationState): readonly Question[] {
  return visible(form, state.answers).filter(
    ({ key, kind, asked }) =>
      asked === 'in-turn' &&
      kind !== 'attestation' &&
      !(state.prefilled.includes(key) && state.answers[key] !== undefined),
  );
}

/** "Question `number` of `of`". At the review, and while an extra is filled in, as many as are answered. */
export function progress(
  form: Form,
  state: ConversationState,
): { readonly number: number; readonly of: number } {
  const questions = askedInTurn(form, state);
  const place = questions.findIndex((question) => question.key === state.at);
  const answered = questions.filter(({ key }) => state.answers[key] !== undefined).length;
  return { number: place < 0 ? answered : place + 1, of: questions.length };
}

/** A line of the review; "change `n`" means this row, wherever it is said. */
export interface Row {
  readonly n: number;
  readonly key: string;
  readonly label: string;
  /** The answer as people read it; null while there is none. */
  readonly shown: string | null;
  readonly required: boolean;
}

/** The review's rows: every question that applies, extras included, numbered from 1. Attestations are not rows. */
export function rows(form: Form, answers: Answers, context: Pick<FormContext, 'people'>): readonly Row[] {
  const questions = visible(form, answers).filter(({ kind }) => kind !== 'attestation');
  return questions.map((question, index) => {
    const value = answers[question.key] ?? null;
    const shown = value === null ? null : showAnswer(question, value, context);
    return { n: index + 1, key: question.key, label: question.label, shown, required: question.required };
  });
}
