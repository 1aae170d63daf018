/** What is typed and no answer yet: a dialog left half filled, or words that somebody wants to start from. */
import type { RawValue, RawValues } from '../domain/field.ts';
import { fill } from './conversation.ts';
import { type ConversationState, steadied } from './conversation-state.ts';
import { applies, type Form, questionBy } from './form.ts';
import type { Page } from './pages.ts';
import type { Answers, FormContext, Question } from './question.ts';
import { isBlank, readAnswer } from './read-answer.ts';

/** Longer than anything that a question takes; what is longer still is not worth keeping. */
const LONGEST_DRAFT = 10_000;

/** A page as it stands half filled. */
export interface HalfFilled {
  /** Answers that are good. */
  readonly kept: Answers;
  /** What can't be taken yet, as typed; null where a field was emptied. */
  readonly typed: RawValues;
}

/**
 * Reads a page that nobody has sent. Fields that `values` does not name are left alone, a confirmation counts only when it is
 * sent, and an emptied field takes away only what the person may leave out. Nothing sensitive comes through.
 */
export function readHalfFilled(
  page: Page,
  values: RawValues,
  answers: Answers,
  context: FormContext,
): HalfFilled {
  const kept: Record<string, Answers[string]> = {};
  const typed: Record<string, RawValue> = {};
  for (const question of page.questions) {
    const { key, kind, required } = question;
    const raw = values[key] ?? null;
    if (!Object.hasOwn(values, key) || kind === 'attestation' || !applies(question, { ...answers, ...kept }))
      continue;
    if (isBlank(raw)) {
      typed[key] = null;
      if (!required && answers[key] !== undefined) kept[key] = null;
      continue;
    }
    const read = readAnswer(question, raw, context);
    if (read.ok) kept[key] = read.value;
    else if (isDraft(raw, context)) typed[key] = raw;
  }
  return { kept, typed };
}

/** Whether something typed may be kept as a draft: nothing sensitive in it, and not endless. */
export function isDraft(raw: RawValue, context: FormContext): boolean {
  const texts = typeof raw === 'string' ? [raw] : Array.isArray(raw) ? raw : [];
  const length = texts.reduce((sum, each) => sum + each.length, 0);
  return length <= LONGEST_DRAFT && texts.every((each) => context.sensitive(each).length === 0);
}

/**
 * The state with what a half-filled page holds. The place in the conversation stays, unless its question is gone: the question
 * that was asked last is still the one that words in chat answer. A change that would take other answers away is a draft until
 * it is sent, and an answer that no longer fits today becomes one.
 */
export function keepHalfFilled(
  form: Form,
  state: ConversationState,
  { kept, typed }: HalfFilled,
  context: FormContext,
): ConversationState {
  const filledWith = (answers: Answers): ConversationState => fill(form, state, answers, context).state;
  const lost = lostBetween(form, state, filledWith(kept));
  const [plain, risky] =
    lost.length > 0 ? apart(kept, ([key]) => state.answers[key] === undefined) : [kept, {}];
  const filled = filledWith(plain);
  const drafts = {
    ...filled.drafts,
    ...Object.fromEntries(lostBetween(form, state, filled)),
    ...risky,
    ...typed,
  };
  const { at, changing, failures } = state;
  return {
    ...steadied(form, { ...filled, at, changing, failures }),
    drafts: apart(drafts, ([, value]) => value !== null)[0],
  };
}

/** Answers of `before` that `after` has no more; a confirmation is none, it is given anew. */
function lostBetween(form: Form, before: ConversationState, after: ConversationState) {
  return Object.entries(before.answers).filter(
    ([key, value]) =>
      value !== null && after.answers[key] === undefined && questionBy(form, key)?.kind !== 'attestation',
  );
}

function apart<T>(
  all: Readonly<Record<string, T>>,
  isFirst: (entry: [string, T]) => boolean,
): readonly [Record<string, T>, Record<string, T>] {
  const entries = Object.entries(all);
  return [
    Object.fromEntries(entries.filter(isFirst)),
    Object.fromEntries(entries.filter((entry) => !isFirst(entry))),
  ];
}

/** Whether a draft at the question would take no one's words: it has neither an answer nor a draft. */
export const hasRoomForDraft = ({ answers, drafts }: ConversationState, { key }: Question): boolean =>
  answers[key] === undefined && !Object.hasOwn(drafts, key);

/** The state with `raw` as the draft of `question`. */
export const withDraft = (state: ConversationState, { key }: Question, raw: RawValue): ConversationState => ({
  ...state,
  drafts: { ...state.drafts, [key]: raw },
});
