/** What a paper's form adds to its questions. */
import type { Engagement } from '../domain/engagement.ts';
import type { FieldErrors } from '../domain/field.ts';
import type { PaperKind } from '../domain/paper.ts';
import type { Person } from '../domain/person.ts';
import type { Form } from '../forms/form.ts';
import type { Answers } from '../forms/question.ts';
import type { Block } from '../messages/message.ts';
import type { Work } from './work.ts';

export interface PaperForm {
  readonly kind: PaperKind;
  readonly form: Form;
  /** What is known before anybody fills anything in. */
  prefill?(work: Pick<Work, 'tx' | 'programme'>, engagement: Engagement): Promise<Answers>;
  /** Fills in what the answers so far suggest, for people to confirm. */
  suggest?(answers: Answers): Answers;
  /** Keys of questions that this reader may neither see nor fill in. */
  hidden?(reader: Person, engagement: Engagement): ReadonlySet<string>;
  /** Keys of the questions that somebody fills in who does not fill in the whole; null for somebody who fills in none. */
  part?(reader: Person, engagement: Engagement): ReadonlySet<string> | null;
  /** What does not fit together, by question key. */
  problems?(answers: Answers): FieldErrors;
  /** What it adds up to and what to look out for. */
  result?(work: Work, engagement: Engagement, answers: Answers): Promise<readonly Block[]>;
  /** True once it changes only by corrections. */
  isSettled(engagement: Engagement): boolean;
}
