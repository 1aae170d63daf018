/** What the steps of the search ask for (domain reference 2.2: T9 and T11). */
import type { Option } from '../domain/field.ts';
import type { Form } from '../forms/form.ts';
import { choice, date, longText, text } from '../forms/question.ts';
import { CANDIDATE_DECLINE_REASONS } from '../messages/copy/candidate.ts';
import { askOnce } from './move-forms.ts';

const LONGEST_REASON = 500;
/** More in one list nobody reads; platforms draw no more either. Whoever stands behind them fits too little. */
const MOST_TO_PICK = 100;

const CANDIDATE = {
  label: 'Candidate',
  ask: 'Whom do you propose? Give the name, or the number in the shortlist.',
  why: 'ISPG and the Business Owner each answer.',
} as const;

/** `candidates`: by name, in the order of the shortlist, whose numbers can be typed. */
export const proposeForm = (candidates: readonly Option[]): Form =>
  askOnce('propose-candidate', 'Propose a candidate', [
    candidates.length > 0
      ? choice('candidate', { ...CANDIDATE, options: candidates.slice(0, MOST_TO_PICK) })
      : text('candidate', { ...CANDIDATE, min: 1, max: 100, example: '1' }),
    date('start', {
      label: 'Start',
      ask: 'From which day could they start? Leave it out for the first day that their profile allows.',
      why: 'The Business Owner plans by it.',
      fromDays: 0,
      untilDays: 365,
      required: false,
    }),
    longText('why_not_top', {
      label: 'Why not the first',
      ask: 'If it is not the first of the shortlist: why do you propose this person all the same? Nothing personal, please.',
      why: 'The record says why the score was not followed.',
      min: 10,
      max: LONGEST_REASON,
      example: 'Knows the component and its team.',
      required: false,
    }),
    longText('exception', {
      label: 'Exception',
      ask: 'If a hard requirement is not met, the score is below the line, or the person was declined here before: why should the GTL allow it?',
      why: 'Without it nobody who needs an exception can be proposed.',
      min: 10,
      max: LONGEST_REASON,
      example: 'The certification exam is booked for February.',
      required: false,
    }),
  ]);

export const DECLINE_CANDIDATE = askOnce('decline-candidate', 'Decline the candidate', [
  choice('reason', {
    label: 'Reason',
    ask: 'Why is this not the right person for the engagement?',
    why: 'The contractor looks for somebody else by it. A reason of the list is enough: no remarks about the person.',
    options: CANDIDATE_DECLINE_REASONS,
  }),
]);
