/** What is asked about one line of an off-boarding record (domain reference 4.6). */
import {
  CONDITIONS,
  type Condition,
  type LineKind,
  type LineReport,
  type LineState,
} from '../domain/off-boarding.ts';
import type { Form } from '../forms/form.ts';
import { type Answers, choice, date, type Question, text } from '../forms/question.ts';
import { stateChoice } from '../messages/copy/off-boarding-words.ts';
import { oneIn, wordsIn } from './answered.ts';
import { askOnce } from './move-forms.ts';

/** Older evidence is looked at by people. */
const DAYS_BACK = 366;

const CONDITION_LABELS: Readonly<Record<Condition, string>> = {
  good: 'Good',
  worn: 'Worn',
  damaged: 'Damaged',
};

const reference: Question = text('reference', {
  label: 'Reference',
  ask: 'Which ticket or receipt shows it? Its number only.',
  why: 'Whoever checks it later finds the evidence by it; the document itself does not belong here.',
  min: 2,
  max: 40,
  example: 'T-77',
  pattern: {
    shape: /^[\p{L}\p{N}#][\p{L}\p{N}#./_ -]*$/u,
    mend: 'please give letters, digits, dashes and dots only.',
  },
  required: false,
});

const on: Question = date('on', {
  label: 'Date',
  ask: 'On which day?',
  why: 'The policy counts in hours and days.',
  fromDays: -DAYS_BACK,
  untilDays: 0,
  required: false,
});

const handing: readonly Question[] = [
  text('returned_to', {
    label: 'Returned to',
    ask: 'Who took it? A name or an office.',
    why: 'If it gets lost later, it is clear who had it last.',
    min: 2,
    max: 80,
    example: 'Leila Haddad',
    required: false,
  }),
  text('tag', {
    label: 'Asset tag',
    ask: 'What are the last four characters of its asset tag? Never the whole tag.',
    why: 'Enough to tell two laptops apart.',
    min: 1,
    max: 40,
    example: '1234',
    pattern: {
      shape: /^[A-Za-z0-9]{4}$/u,
      mend: 'please give the last four letters or digits, and no more.',
    },
    required: false,
  }),
  choice('condition', {
    label: 'Condition',
    ask: 'In which condition was it?',
    why: 'Damage is seen to where it belongs.',
    options: CONDITIONS.map((id) => ({ id, label: CONDITION_LABELS[id] })),
    required: false,
  }),
  text('tracking', {
    label: 'Tracking number',
    ask: 'Which tracking number has the parcel, if it was sent?',
    why: 'A parcel that does not arrive is looked for by it.',
    min: 4,
    max: 40,
    example: '1Z 999 AA1',
    pattern: { shape: /^[A-Za-z0-9][A-Za-z0-9 -]*$/u, mend: 'please give letters, digits and dashes only.' },
    required: false,
  }),
];

/** The page for one line: what became of it, and the evidence; `allowed` is what it may become. */
export const lineForm = (kind: LineKind, what: string, allowed: readonly LineState[]): Form =>
  askOnce('off-boarding-line', what, [
    choice('state', {
      label: 'What became of it',
      ask: 'What became of it?',
      why: 'Off-boarding ends when every line is settled.',
      options: allowed.map((id) => ({ id, label: stateChoice(id, kind) })),
    }),
    ...(kind === 'property' ? handing : []),
    reference,
    on,
  ]);

/** The number that the report of a loss got. */
export const incidentForm = (what: string): Form =>
  askOnce('off-boarding-incident', what, [
    text('incident', {
      label: 'Incident number',
      ask: 'Which number did the report of the loss get?',
      why: 'With it, the loss counts as reported.',
      min: 3,
      max: 40,
      example: 'INC-12345',
      pattern: {
        shape: /^[A-Za-z0-9][A-Za-z0-9#._-]*$/u,
        mend: 'please give letters, digits and dashes only.',
      },
    }),
  ]);

/** The report in the answers; they were read with `lineForm`. */
export function reportIn(answers: Answers, allowed: readonly LineState[]): LineReport {
  const to = oneIn(answers, 'state', allowed);
  if (to === null) throw new Error('a report that was read says what became of the line');
  return {
    to,
    reference: wordsIn(answers, 'reference'),
    on: wordsIn(answers, 'on'),
    returnedTo: wordsIn(answers, 'returned_to'),
    tagEnd: wordsIn(answers, 'tag'),
    condition: oneIn(answers, 'condition', CONDITIONS),
    tracking: wordsIn(answers, 'tracking'),
  };
}
