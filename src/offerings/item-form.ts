/** The dialog in which somebody says what happens to a line of an Information Card (domain reference 4.3). */
import { CARD_PARTIES } from '../domain/card-template.ts';
import type { Option } from '../domain/field.ts';
import type { Form } from '../forms/form.ts';
import { choice, date, longText, text } from '../forms/question.ts';
import { askOnce } from './move-forms.ts';

/** Ten years: longer than a badge is valid. */
const BACK_DAYS = 3_650;
export const LONGEST_REFERENCE = 60;
export const LONGEST_ITEM_WORDS = 300;

/** A year; how far a line can be moved is for its rule to say. */
const AHEAD_DAYS = 366;

/** `states` the line may come into; `parties` it may wait for, with their names; with `isMovable` by when it is to be finished is asked. */
export const itemForm = (
  title: string,
  states: readonly Option[],
  parties: readonly Option[],
  isMovable: boolean,
): Form =>
  askOnce('card-item', title, [
    choice('state', {
      label: 'State',
      ask: 'How does it stand?',
      why: 'The card says who has what in hand.',
      options: states,
    }),
    choice('party', {
      label: 'Waits for',
      ask: 'For whom does it wait? Only when it waits.',
      why: 'Then whoever has it in hand can be asked.',
      options: parties,
      required: false,
    }),
    text('reference', {
      label: 'Reference',
      ask: 'The number of the ticket or certificate that shows it; never the document itself.',
      why: 'It is the evidence, without anything personal.',
      min: 2,
      max: LONGEST_REFERENCE,
      example: 'TICKET-1',
      required: false,
    }),
    date('on', {
      label: 'Day',
      ask: 'On which day was it done or asked for? Left out, it is today.',
      why: 'The card can be read as of any day.',
      fromDays: -BACK_DAYS,
      untilDays: 0,
      required: false,
    }),
    ...(isMovable
      ? [
          date('by', {
            label: 'Finish by',
            ask: 'By which day is it to be finished? Only when you move it.',
            why: 'The lines that come after it move along.',
            fromDays: 0,
            untilDays: AHEAD_DAYS,
            required: false,
          }),
        ]
      : []),
    longText('words', {
      label: 'Words',
      ask: 'Why it is blocked, moved, not needed or open again; or what is to be done next.',
      why: 'Please leave out personal data, results of the investigation, passwords and badge numbers.',
      min: 3,
      max: LONGEST_ITEM_WORDS,
      example: 'The badging office is closed until Monday.',
      required: false,
    }),
  ]);

/** All that a line can wait for, as options. */
export const partyOptions = (
  names: Readonly<Record<(typeof CARD_PARTIES)[number], string>>,
): readonly Option[] =>
  CARD_PARTIES.map((id) => ({ id, label: names[id].charAt(0).toUpperCase() + names[id].slice(1) }));
