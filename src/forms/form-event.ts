import type { RawValue } from '../domain/field.ts';
import type { FormCommand } from './command.ts';
import type { ConversationState, Row } from './conversation-state.ts';
import type { Dropped } from './form.ts';
import type { Answers, Question } from './question.ts';

/** An answer, or a command that has to do with the place in the form. The other commands are the use case's. */
export type Move =
  | { readonly kind: 'answer'; readonly raw: RawValue }
  | Extract<
      FormCommand,
      { readonly kind: 'back' | 'change' | 'why' | 'skip' | 'review' | 'submit' | 'confirm' }
    >;

/** What came of a move, and so what to say. */
export type FormEvent =
  /** Ask the question; `current` is the answer it has already, as people read it. */
  | { readonly kind: 'asked'; readonly question: Question; readonly current: string | null }
  /** The answer was not taken; `question` is null at the review and the confirmation. */
  | {
      readonly kind: 'refused';
      readonly question: Question | null;
      readonly text: string;
      readonly failures: number;
      readonly offerPerson: boolean;
    }
  /** Say why the question is asked, then ask it again. */
  | { readonly kind: 'explained'; readonly question: Question; readonly why: string }
  | { readonly kind: 'not-optional'; readonly question: Question }
  /** There is nothing to go back to; null when no question is asked in turn. */
  | { readonly kind: 'at-start'; readonly question: Question | null }
  /** Show the answers; `open` is the question still waiting, null when all are answered. */
  | { readonly kind: 'review'; readonly rows: readonly Row[]; readonly open: Question | null }
  /** "change" named no row, or more than one (`rows` are then those that fit). */
  | { readonly kind: 'no-such-row'; readonly rows: readonly Row[]; readonly several: boolean }
  /** Too early to send: these are missing, and `question` is asked now. */
  | { readonly kind: 'incomplete'; readonly question: Question; readonly missing: readonly Question[] }
  /** Show the statements and ask for "I confirm". */
  | { readonly kind: 'confirm'; readonly statements: readonly Question[] }
  /** All is answered and confirmed: file it. */
  | { readonly kind: 'submit'; readonly answers: Answers };

export interface Step {
  readonly state: ConversationState;
  readonly event: FormEvent;
  /** Answers taken away by this move; say so. */
  readonly dropped: readonly Dropped[];
  /** Sentences about accepted answers that are worth a thought. */
  readonly warnings: readonly string[];
}
