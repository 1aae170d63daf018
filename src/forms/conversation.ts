import type { RawValue } from '../domain/field.ts';
import type { ConversationState } from './conversation-state.ts';
import {
  askedInTurn,
  openQuestion,
  restingPlace,
  rows,
  steadied,
  stillNeeded,
  withoutDraftsOf,
} from './conversation-state.ts';
import type { Dropped, Form } from './form.ts';
import { missing, questionBy, questionsOf, settle } from './form.ts';
import type { FormEvent, Move, Step } from './form-event.ts';
import type { Answers, FormContext, Question } from './question.ts';
import { readAnswer, readYesNo } from './read-answer.ts';
import { readOption } from './read-choice.ts';
import { showAnswer } from './show-answer.ts';

/** Refused answers in a row after which a person is offered (features reference 2.1). */
const FAILURES_BEFORE_PERSON = 3;

/** Opens a form with what is known already; prefilled answers that are not valid are dropped and their questions asked. */
export function begin(form: Form, prefilled: Answers, context: FormContext): Step {
  const { answers, dropped } = settle(form, withoutAttestations(form, prefilled), context);
  const at = restingPlace(form, answers);
  const prefilledKeys = Object.keys(answers);
  const state = {
    v: 1,
    answers,
    at,
    changing: null,
    failures: 0,
    prefilled: prefilledKeys,
    drafts: {},
  } as const;
  return { state, event: here(form, state, context), dropped, warnings: [] };
}

/** What to say at the place where the person is: after a digression, a pause or a restart. */
export function here(form: Form, state: ConversationState, context: FormContext): FormEvent {
  if (state.at === 'confirm') return { kind: 'confirm', statements: attestationsOf(form) };
  const question = questionBy(form, state.at);
  if (!question) {
    const open = openQuestion(form, state.answers) ?? null;
    return { kind: 'review', rows: rows(form, state.answers, context), open };
  }
  const value = state.answers[question.key] ?? null;
  return { kind: 'asked', question, current: value === null ? null : showAnswer(question, value, context) };
}

/**
 * One move in the form. Answers that stopped being valid since the last step (a date that has passed) are dropped first;
 * when that changes the place, the move is not applied, because it was meant for another question.
 */
export function step(form: Form, state: ConversationState, move: Move, context: FormContext): Step {
  const settled = settle(form, state.answers, context);
  const now = steadied(form, { ...state, answers: settled.answers });
  if (now.at !== state.at) return arrive(form, now, now.at, context, settled.dropped);
  const made = moved(form, now, move, context);
  return { ...made, dropped: [...settled.dropped, ...made.dropped] };
}

/**
 * Takes over answers read from a dialog page (`readPage`) and goes to the open question, or the review.
 * Confirmations count only for the answers they were given with: a later change takes them away.
 */
export function fill(form: Form, state: ConversationState, answers: Answers, context: FormContext): Step {
  const statements = new Set(attestationsOf(form).map((each) => each.key));
  const changed = Object.keys(answers).filter((key) => !same(state.answers[key], answers[key]));
  const content = changed.some((key) => !statements.has(key));
  const before = content ? withoutAttestations(form, state.answers) : state.answers;
  const settled = settle(form, { ...before, ...answers }, context);
  const warnings = changed.flatMap((key) => warningsOf(form, key, settled.answers, context));
  const drafts = withoutDraftsOf(state, Object.keys(answers));
  const next = { ...state, answers: settled.answers, drafts };
  return { ...arrive(form, next, restingPlace(form, settled.answers), context, settled.dropped), warnings };
}

function moved(form: Form, state: ConversationState, move: Move, context: FormContext): Step {
  switch (move.kind) {
    case 'answer':
      return answered(form, state, move.raw, context);
    case 'back':
      return wentBack(form, state, context);
    case 'change':
      return changed(form, state, move, context);
    case 'skip':
      return skipped(form, state, context);
    case 'why': {
      const question = questionBy(form, state.at);
      return stay(
        state,
        question ? { kind: 'explained', question, why: question.why } : here(form, state, context),
      );
    }
    case 'review': {
      if (restingPlace(form, state.answers) === 'review') return arrive(form, state, 'review', context);
      const open = questionBy(form, state.at) ?? openQuestion(form, state.answers) ?? null;
      return stay(state, { kind: 'review', rows: rows(form, state.answers, context), open });
    }
    case 'submit':
      return submitted(form, state, context);
    case 'confirm':
      return state.at === 'confirm' ? confirmed(form, state) : submitted(form, state, context);
    default:
      return move satisfies never;
  }
}

function answered(form: Form, state: ConversationState, raw: RawValue, context: FormContext): Step {
  const question = questionBy(form, state.at);
  if (!question) return answeredAtEnd(form, state, raw, context);
  const read = readAnswer(question, raw, context);
  if (!read.ok) return failed(state, question, read.refusal.text);
  return took(form, state, question, read.value, context);
}

function took(
  form: Form,
  state: ConversationState,
  { key }: Question,
  value: Answers[string] | null,
  context: FormContext,
): Step {
  const { answers, dropped } = settle(
    form,
    { ...withoutAttestations(form, state.answers), [key]: value },
    context,
  );
  const left = { ...state, answers, drafts: withoutDraftsOf(state, [key]) };
  const next = arrive(form, left, restingPlace(form, answers), context, dropped);
  return { ...next, warnings: warningsOf(form, key, answers, context) };
}

/** At the review and the confirmation only yes and no make sense. */
function answeredAtEnd(form: Form, state: ConversationState, raw: RawValue, context: FormContext): Step {
  const said = readYesNo(raw);
  const confirming = state.at === 'confirm';
  if (said === true) return confirming ? confirmed(form, state) : submitted(form, state, context);
  if (said === false && confirming) return arrive(form, state, 'review', context);
  const mend = confirming
    ? 'Type "I confirm" if the statements are true, or "back" to return to your answers.'
    : 'Type "submit" to send this, or "change" and a row number to change an answer, such as "change 3".';
  return failed(state, null, mend);
}

function wentBack(form: Form, state: ConversationState, context: FormContext): Step {
  if (state.at === 'confirm') return arrive(form, state, 'review', context);
  if (state.changing !== null) return arrive(form, state, restingPlace(form, state.answers), context);
  const questions = askedInTurn(form, state);
  const place = questions.findIndex((question) => question.key === state.at);
  const before = place < 0 ? questions.at(-1) : questions[place - 1];
  if (before && place !== 0) return arrive(form, state, before.key, context);
  return stay(state, { kind: 'at-start', question: questionBy(form, state.at) ?? null });
}

function changed(
  form: Form,
  state: ConversationState,
  move: Extract<Move, { kind: 'change' }>,
  context: FormContext,
): Step {
  const all = rows(form, state.answers, context);
  const options = all.map((row) => ({ id: row.key, label: row.label }));
  const found = readOption('row' in move ? String(move.row) : move.words, options);
  if (found.ok) return arrive(form, { ...state, changing: found.value.id }, found.value.id, context);
  const several = found.refusal.kind === 'several' ? found.refusal.options.map((each) => each.id) : [];
  const kind = questionBy(form, state.at)?.kind;
  if ('typed' in move && several.length === 0 && (kind === 'text' || kind === 'long-text')) {
    return answered(form, state, move.typed, context);
  }
  const fitting = several.length > 0 ? all.filter((row) => several.includes(row.key)) : all;
  return stay(state, { kind: 'no-such-row', rows: fitting, several: several.length > 0 });
}

/** Leaves an answer as it is, or an optional question out. */
function skipped(form: Form, state: ConversationState, context: FormContext): Step {
  const question = questionBy(form, state.at);
  if (!question) return stay(state, here(form, state, context));
  const has = state.answers[question.key] !== undefined;
  if (has || state.changing !== null) return arrive(form, state, restingPlace(form, state.answers), context);
  if (question.required) return stay(state, { kind: 'not-optional', question });
  return took(form, state, question, null, context);
}

function submitted(form: Form, state: ConversationState, context: FormContext): Step {
  const needed = stillNeeded(form, state.answers);
  const [question] = needed;
  if (question) {
    const next = { ...state, at: question.key, changing: null, failures: 0 };
    return stay(next, { kind: 'incomplete', question, missing: needed });
  }
  if (state.at !== 'review' && state.at !== 'confirm') return arrive(form, state, 'review', context);
  if (missing(form, state.answers).length > 0) return arrive(form, state, 'confirm', context);
  return stay(state, { kind: 'submit', answers: state.answers });
}

function confirmed(form: Form, state: ConversationState): Step {
  const agreed = attestationsOf(form).map((each) => [each.key, true] as const);
  const answers = { ...state.answers, ...Object.fromEntries(agreed) };
  return stay({ ...state, answers, failures: 0 }, { kind: 'submit', answers });
}

/** At a place, freshly. */
function arrive(
  form: Form,
  state: ConversationState,
  at: string,
  context: FormContext,
  dropped: readonly Dropped[] = [],
): Step {
  const changing = state.changing === at ? at : null;
  const next = { ...state, at, changing, failures: 0 };
  return { state: next, event: here(form, next, context), dropped, warnings: [] };
}

/** At the same place, with something to say. */
const stay = (state: ConversationState, event: FormEvent): Step => ({
  state,
  event,
  dropped: [],
  warnings: [],
});

function failed(state: ConversationState, question: Question | null, text: string): Step {
  const failures = state.failures + 1;
  const offerPerson = failures >= FAILURES_BEFORE_PERSON;
  return stay({ ...state, failures }, { kind: 'refused', question, text, failures, offerPerson });
}

function warningsOf(form: Form, key: string, answers: Answers, context: FormContext): readonly string[] {
  const value = answers[key] ?? null;
  const warning = value === null ? null : questionBy(form, key)?.warn?.(value, context);
  return warning ? [warning] : [];
}

const attestationsOf = (form: Form) => questionsOf(form).filter(({ kind }) => kind === 'attestation');

function withoutAttestations(form: Form, answers: Answers): Answers {
  const statements = new Set(attestationsOf(form).map((each) => each.key));
  return Object.fromEntries(Object.entries(answers).filter(([key]) => !statements.has(key)));
}

const same = (one: Answers[string] | undefined, other: Answers[string] | undefined): boolean =>
  JSON.stringify(one) === JSON.stringify(other);
