/** What is asked when somebody presses a button of their nudge: one thing at a time (domain reference 4.3). */
import type { Option } from '../domain/field.ts';
import type { Form } from '../forms/form.ts';
import { choice, date, longText, text } from '../forms/question.ts';
import { LONGEST_ITEM_WORDS, LONGEST_REFERENCE } from './item-form.ts';
import { askOnce } from './move-forms.ts';

/** A year: what was done before that is noted on the card itself. */
const BACK_DAYS = 365;

/** That it is done; `needsReference`: it counts only with one. */
export const doneForm = (needsReference: boolean): Form =>
  askOnce('nudge-done', 'Done', [
    text('reference', {
      label: 'Reference',
      ask: 'The number of the ticket or certificate that shows it; never the document itself.',
      why: 'It is the evidence, without anything personal.',
      min: 2,
      max: LONGEST_REFERENCE,
      example: 'TICKET-1',
      required: needsReference,
    }),
    date('on', {
      label: 'Day',
      ask: 'On which day was it done? Left out, it is today.',
      why: 'The forecast counts from it.',
      fromDays: -BACK_DAYS,
      untilDays: 0,
      required: false,
    }),
  ]);

export const BLOCKED_FORM: Form = askOnce('nudge-blocked', 'Blocked', [
  longText('words', {
    label: 'Why',
    ask: 'What is in the way? Please leave out personal data, results of the investigation, passwords and badge numbers.',
    why: 'The Government Task Lead reads it and clears the way.',
    min: 3,
    max: LONGEST_ITEM_WORDS,
    example: 'The badging office is closed until Monday.',
  }),
]);

/** `parties`: all that a line can wait for. */
export const waitingForm = (parties: readonly Option[]): Form =>
  askOnce('nudge-waiting', 'Waiting on', [
    choice('party', {
      label: 'Waits for',
      ask: 'Who has it in hand now?',
      why: 'Then they are asked, or whoever follows it up with them.',
      options: parties,
    }),
  ]);

/** `days`: for how many business days a line can be put off. */
export const notYetForm = (days: readonly number[]): Form =>
  askOnce('nudge-not-yet', 'Not yet', [
    choice('days', {
      label: 'Say it again',
      ask: 'In how many business days shall I say it again?',
      why: 'It comes again on its due day at the latest.',
      options: days.map((count) => ({
        id: String(count),
        label: count === 1 ? 'Next business day' : `In ${count} business days`,
      })),
    }),
  ]);
