/** What the steps from the start of onboarding to the start of work ask for, and what is known of it (domain reference 2.2: T12, T13; 2.4). */
import type { Term } from '../domain/course.ts';
import { addMonths } from '../domain/survey-occasions.ts';
import type { LocalDate } from '../domain/time.ts';
import type { Form } from '../forms/form.ts';
import { type Answers, date, longText, number, yesNo } from '../forms/question.ts';
import { numberIn, wordsIn } from './answered.ts';
import { LONGEST_ITEM_WORDS } from './item-form.ts';
import { askOnce } from './move-forms.ts';
import { hoursPerWeek } from './request-form.ts';

/** Half of a week, where nobody has said. */
const USUAL_HOURS = 20;
/** Onboarding is recorded so late, and planned so far ahead, at most. */
const START_DAYS = { fromDays: -30, untilDays: 365 } as const;
/** Three years, as long as an engagement may be asked for, and the way there. */
const END_DAYS = { fromDays: 1, untilDays: 1_500 } as const;

export const BEGIN_ONBOARDING: Form = askOnce('start-onboarding', 'Start onboarding', [
  date('start', {
    label: 'Start',
    ask: 'On which day does onboarding start? It is day 0 of the 60 days.',
    why: 'Everything on the Information Card counts from it.',
    ...START_DAYS,
  }),
  number('hours_per_week', {
    label: 'Hours per week',
    ask: 'How many hours each week? Left out, it is what the Request Form says.',
    why: 'It is what was agreed at the kickoff.',
    min: 2,
    max: 40,
    unit: { one: 'hour', many: 'hours' },
    required: false,
  }),
  date('end', {
    label: 'End',
    ask: 'On which day does the engagement end? Left out, it is worked out from the Request Form.',
    why: 'The extension is asked for 60 days before.',
    required: false,
    ...END_DAYS,
  }),
  yesNo('ongoing', {
    label: 'Ongoing',
    ask: 'Does the engagement go on without an end?',
    why: 'Then nobody is asked about an extension.',
    required: false,
  }),
]);

/** How far day 0 can be moved is for its rule to say; these are slips of the pen. */
const DAY_ZERO_DAYS = { fromDays: -365, untilDays: 365 } as const;

export const MOVE_DAY_ZERO: Form = askOnce('move-day-zero', 'Move day 0', [
  date('to', {
    label: 'Day 0',
    ask: 'On which day does the onboarding start instead?',
    why: 'Every open line of the Information Card gets its day anew.',
    ...DAY_ZERO_DAYS,
  }),
  longText('reason', {
    label: 'Reason',
    ask: 'Why is it moved? The Service ISSO, the contractor and the Government Task Lead read this.',
    why: 'The record keeps both days, and why.',
    min: 3,
    max: LONGEST_ITEM_WORDS,
    example: 'The contract starts a week later.',
  }),
]);

/** How long and how much, as the Request Form says it, from `startOn` on. */
export function termAsAsked(form: Answers, startOn: LocalDate): Term {
  const months = numberIn(form, 'duration_months');
  const isOngoing = wordsIn(form, 'engagement_kind') === 'continuous' || months === null;
  return {
    startOn,
    endOn: isOngoing ? null : addMonths(startOn, months),
    hoursPerWeek: hoursPerWeek(form) ?? USUAL_HOURS,
  };
}

/** The form filled in with that. */
export const beginPrefilled = ({ startOn, endOn, hoursPerWeek: hours }: Term): Answers => ({
  start: startOn,
  hours_per_week: hours,
  end: endOn,
  ongoing: endOn === null ? true : null,
});

/**
 * What was answered, and for the rest what was asked for. An end that was given counts; "ongoing" stood there by itself where the
 * Request Form says so. Null where both were given.
 */
export function termAnswered(answers: Answers, form: Answers): Term | null {
  const startOn = wordsIn(answers, 'start') ?? '';
  const asked = termAsAsked(form, startOn);
  const end = wordsIn(answers, 'end');
  const isOngoing = answers.ongoing === true;
  if (isOngoing && end !== null && asked.endOn !== null) return null;
  return {
    startOn,
    endOn: end ?? (isOngoing ? null : asked.endOn),
    hoursPerWeek: numberIn(answers, 'hours_per_week') ?? asked.hoursPerWeek,
  };
}

export const CISO_SIGNED: Form = askOnce('ciso-signed', 'The CISO signed', [
  date('on', {
    label: 'Day',
    ask: 'On which day did the CISO sign the appointment letter?',
    why: 'From then on the Service ISSO is appointed.',
    fromDays: -90,
    untilDays: 0,
  }),
]);

/** `open`: what does not hold yet, in words; empty when all does. */
export const activateForm = (open: string): Form =>
  askOnce('activate', 'Confirm the start of work', [
    longText('exception', {
      label: 'Exception',
      ask:
        open === ''
          ? 'Everything that must hold before work starts does. Leave this empty.'
          : `This does not hold yet: ${open} To let it pass all the same, say why; it is recorded.`,
      why: 'Only the Government Task Lead lets something pass, and never the appointment letter.',
      min: 10,
      max: 500,
      example: 'CFACTS access is granted on Monday; until then work is on documents.',
      required: false,
    }),
  ]);
