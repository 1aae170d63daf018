/** One machinery for every step in an engagement's life: opened by a button, a dialog or typed words, decided by a pure rule. */

import type { EngagementVerb } from '../domain/access.ts';
import { may } from '../domain/access.ts';
import type { Mark } from '../domain/course.ts';
import type { Change, Engagement, EngagementRefusal } from '../domain/engagement.ts';
import type { FieldErrors, RawValues } from '../domain/field.ts';
import type { PersonId, RequestNumber } from '../domain/ids.ts';
import type { Result } from '../domain/result.ts';
import { type Form, questionsOf } from '../forms/form.ts';
import { fieldsOf, pages, readPage } from '../forms/pages.ts';
import type { Answers } from '../forms/question.ts';
import { readTyped } from '../forms/read-typed.ts';
import { moveAsks, moveDialogIntro } from '../messages/copy/move-words.ts';
import { MOVES, type MoveWords, moveWords } from '../messages/copy/moves.ts';
import { engagementRefusal } from '../messages/copy/refusals.ts';
import type { DialogPage, Message } from '../messages/message.ts';
import { type EngagementRef, openEngagement, saveEngagement } from './change-engagement.ts';
import { formContext } from './intake-context.ts';
import { afterEngagementStep } from './nudge-refresh.ts';
import { tellStep } from './tell-step.ts';
import {
  type Answer,
  answer,
  answerPrivately,
  answerWithDialog,
  answerWithErrors,
  type Work,
} from './work.ts';

/** What a move came to. */
export type Taken =
  | {
      readonly ok: true;
      /** Null: the engagement stays as it is. */
      readonly change: Change | null;
      /** To the one who took it. */
      readonly say: readonly Message[];
      /** A reason code for the record; never anybody's words. */
      readonly reason?: string;
      /** Ids and codes for the record. */
      readonly facts?: Readonly<Record<string, string>>;
      /** To those who have the next move, before their own card: why it came back, what was wished. */
      readonly told?: Message;
      /** A step that follows by itself, such as the search once the skills are set. */
      readonly follow?: Result<Change, EngagementRefusal>;
      /** What else happens in the same transaction, once the engagement is saved. */
      readonly after?: (engagement: Engagement) => Promise<void>;
    }
  | { readonly ok: false; readonly refusal: EngagementRefusal }
  | { readonly ok: false; readonly errors: FieldErrors }
  | { readonly ok: false; readonly say: Message };

/** A step that somebody takes. Its words, states and button stand in `src/messages/copy/moves.ts` under the same verb. */
export interface Move {
  readonly verb: EngagementVerb;
  /** What is asked, on one page; left out: nothing. */
  readonly form?: (engagement: Engagement, work: Work) => Form | Promise<Form>;
  /** What its dialog is filled with when it opens; left out: nothing. */
  prefill?(work: Work, engagement: Engagement): Promise<Answers>;
  /** Decides and says what is to happen; `answers` are complete by the form. The engagement is locked, and the person may. */
  take(work: Work, engagement: Engagement, answers: Answers): Promise<Taken>;
}

/** Who is at work here, and when. */
export const markOf = ({ person, now }: Work): Mark => ({ byId: person.id, at: now });

/** The outcome of a rule as the outcome of a move. */
export function taken(
  made: Result<Change, EngagementRefusal>,
  done: (engagement: Engagement) => Omit<Extract<Taken, { ok: true }>, 'ok' | 'change'>,
): Taken {
  if (!made.ok) return { ok: false, refusal: made.refusal };
  return { ok: true, change: made.value, ...done(made.value.engagement) };
}

/** A button of the move was pressed: its dialog opens, or it is taken at once. */
export async function pressMove(work: Work, move: Move, ref: EngagementRef): Promise<Answer> {
  if (!move.form) return takeMove(work, move, ref, {});
  const opened = await openEngagement(work, ref, move.verb);
  if (!opened.ok) return opened.answer;
  const { value: engagement } = opened;
  const refusal = notNow(engagement, move);
  if (refusal) return answer(refusal);
  const known = (await move.prefill?.(work, engagement)) ?? {};
  return answerWithDialog(dialogOf(engagement, move, await move.form(engagement, work), known));
}

/** The dialog of the move was sent: every mend is said beside its field. */
export async function submitMove(
  work: Work,
  move: Move,
  ref: EngagementRef,
  values: RawValues,
): Promise<Answer> {
  if (!move.form) return takeMove(work, move, ref, {});
  const opened = await openEngagement(work, ref, move.verb);
  if (!opened.ok) return opened.answer;
  const read = await readValues(work, await move.form(opened.value, work), values);
  return read.ok ? takeMove(work, move, ref, read.value) : answerWithErrors(read.refusal);
}

/** The move was typed, with what it asks for behind the number. */
export async function typeMove(work: Work, move: Move, number: RequestNumber, rest: string): Promise<Answer> {
  const ref: EngagementRef = { number, version: null };
  if (!move.form) return takeMove(work, move, ref, {});
  const opened = await openEngagement(work, ref, move.verb);
  if (!opened.ok) return opened.answer;
  const { value: engagement } = opened;
  const refusal = notNow(engagement, move);
  if (refusal) return answer(refusal);
  const form = await move.form(engagement, work);
  const read = readTyped(form, rest, await formContext(work));
  if (!read.ok)
    return answer(moveAsks(moveWords(move.verb), number, questionsOf(form), read.refusal, rest === ''));
  const made = await takeMove(work, move, ref, read.value);
  return made.errors === null
    ? made
    : answer(moveAsks(moveWords(move.verb), number, questionsOf(form), made.errors, false));
}

async function readValues(work: Work, form: Form, values: RawValues): Promise<Result<Answers, FieldErrors>> {
  const context = await formContext(work);
  const [page] = pages(form, {});
  if (!page) throw new Error(`${form.key} asks nothing`);
  const read = readPage(page, values, {}, context);
  return read.ok ? read : { ok: false, refusal: read.refusal.errors };
}

const notNow = (engagement: Engagement, { verb }: Move): Message | null =>
  moveWords(verb).states.includes(engagement.state)
    ? null
    : engagementRefusal(engagement.number, { code: 'wrong-state', state: engagement.state });

async function takeMove(work: Work, move: Move, ref: EngagementRef, answers: Answers): Promise<Answer> {
  const opened = await openEngagement(work, ref, move.verb);
  if (!opened.ok) return opened.answer;
  const { value: engagement } = opened;
  const refusal = notNow(engagement, move);
  if (refusal) return answer(refusal);
  const counting = { ...work, told: new Set<PersonId>() };
  const made = await move.take(counting, engagement, answers);
  if (!made.ok) return refused(engagement, made);
  if (!made.change) return answerPrivately(...made.say);
  await saveStep(work, made.change, move.verb, made);
  if (made.follow?.ok) await saveStep(work, made.follow.value, `${move.verb}.follow`);
  const { engagement: saved } = made.follow?.ok ? made.follow.value : made.change;
  await made.after?.(saved);
  await afterEngagementStep(work, engagement, saved);
  // Whoever has heard of it in words of its own is not told again that it has moved.
  const { label } = moveWords(move.verb);
  await tellStep(counting, { before: engagement, engagement: saved, label }, made.told);
  return answerPrivately(...made.say);
}

function refused(engagement: Engagement, made: Extract<Taken, { ok: false }>): Answer {
  if ('errors' in made) return answerWithErrors(made.errors);
  return answer('say' in made ? made.say : engagementRefusal(engagement.number, made.refusal));
}

type About = Pick<Extract<Taken, { ok: true }>, 'reason' | 'facts' | 'told'>;

/** Saves what a rule made of the engagement, with its record and its cards. */
async function saveStep(
  work: Work,
  change: Change,
  verb: string,
  { reason, facts }: About = {},
): Promise<void> {
  await saveEngagement(work, change, verb, {
    ...(reason ? { reason } : {}),
    ...(facts ? { facts } : {}),
  });
}

function dialogOf(engagement: Engagement, { verb }: Move, form: Form, known: Answers): DialogPage {
  const words: MoveWords = moveWords(verb);
  const [page] = pages(form, {});
  if (!page) throw new Error(`${form.key} asks nothing`);
  return {
    title: form.title,
    intro: moveDialogIntro(engagement),
    fields: fieldsOf(page, known),
    sendLabel: words.label,
    press: { verb, subject: engagement.number, version: engagement.version },
    opener: { verb, subject: engagement.number },
  };
}

/** The move of typed words: of several that are typed alike, the one this person may take. */
export function moveTyped(
  moves: readonly Move[],
  phrase: string,
  work: Work,
  engagement: Engagement | null,
): Move | null {
  const verbs = MOVES.filter(({ typed }) => typed === phrase).map(({ verb }) => verb);
  const found = moves.filter(({ verb }) => verbs.includes(verb));
  return found.find(({ verb }) => may(work.person, verb, engagement)) ?? found[0] ?? null;
}
