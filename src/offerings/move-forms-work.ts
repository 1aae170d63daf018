/** What the steps of an engagement at work ask for (domain reference 2.2: T14-T17; 4.6). */
import type { Form } from '../forms/form.ts';
import { choice, date, longText, number } from '../forms/question.ts';
import { askOnce } from './move-forms.ts';
import { LONGEST_PAUSE_DAYS } from './programme-timers.ts';

const FAR_DAYS = 1_500;

export const PAUSE: Form = askOnce('pause', 'Pause', [
  longText('why', {
    label: 'Why',
    ask: 'Why does the work pause? It stands on the card of the engagement, which everybody in it reads.',
    why: 'So that nobody has to guess.',
    min: 3,
    max: 500,
    example: 'The system moves to the cloud.',
  }),
  date('until', {
    label: 'Until',
    ask: `On which day does work go on? A pause lasts at most ${LONGEST_PAUSE_DAYS} days.`,
    why: 'You are reminded before that day.',
    fromDays: 1,
    untilDays: FAR_DAYS,
  }),
]);

export const REVIEW_EXTENSION: Form = askOnce('review-extension', 'Ask for an extension', [
  date('until', {
    label: 'New end',
    ask: 'Until which day should it go on? Leave it out when the Business Owner is to say.',
    why: 'The Government Task Lead and the COR approve that day.',
    fromDays: 1,
    untilDays: FAR_DAYS,
    required: false,
  }),
]);

export const WISH: Form = askOnce('wish', 'Say what you wish', [
  choice('wish', {
    label: 'Wish',
    ask: 'Should the engagement be extended, end, or go on with somebody else?',
    why: 'The Government Task Lead and the COR decide on what you wish.',
    options: [
      { id: 'extend', label: 'Extend' },
      { id: 'end', label: 'End' },
      { id: 'replace', label: 'Replace the Service ISSO' },
    ],
  }),
  date('until', {
    label: 'New end',
    ask: 'Until which day should it go on? Leave it out when it ends, or when that day was named before.',
    why: 'The approval is for that day.',
    fromDays: 1,
    untilDays: FAR_DAYS,
    required: false,
  }),
]);

export const CHANGE_TERM: Form = askOnce('change-term', 'Change hours or end', [
  number('hours_per_week', {
    label: 'Hours per week',
    ask: 'How many hours each week from now on? Leave it out when they stay.',
    why: 'It is compared with the hours that the Service ISSO has free.',
    min: 2,
    max: 40,
    unit: { one: 'hour', many: 'hours' },
    required: false,
  }),
  date('end', {
    label: 'End',
    ask: 'On which earlier day does the engagement end? Leave it out when it stays. A later end is an extension.',
    why: 'The extension is asked for 60 days before.',
    fromDays: 1,
    untilDays: FAR_DAYS,
    required: false,
  }),
]);

export const TOLD_CISO: Form = askOnce('told-ciso', 'I told the CISO', [
  date('on', {
    label: 'Day',
    ask: 'On which day did you tell the CISO?',
    why: 'A change of the ISSO is told within 30 days.',
    fromDays: -120,
    untilDays: 0,
  }),
]);
