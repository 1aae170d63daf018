/** What is asked when an engagement ends or its Service ISSO is changed (domain reference 2.2: T18-T21). */
import type { Form } from '../forms/form.ts';
import { choice, date, person, type Question } from '../forms/question.ts';
import { CANDIDATE_DECLINE_REASONS } from '../messages/copy/candidate.ts';
import { END_REASONS, REASSIGN_REASONS } from '../messages/copy/off-boarding-reasons.ts';
import { askOnce } from './move-forms.ts';

/** A last day that lies further behind was another matter; one further ahead is a change of the term. */
const DAYS_BACK = 60;
const DAYS_AHEAD = 1_100;

const lastDay = (required: boolean): Question =>
  date('last_day', {
    label: 'Last day',
    ask: required
      ? 'What is the last day of the work?'
      : 'What is the last day of the present Service ISSO? Left out, it is today.',
    why: 'Access ends on that day, and the times of the policy count from it.',
    fromDays: -DAYS_BACK,
    untilDays: DAYS_AHEAD,
    required,
  });

export const END_ENGAGEMENT: Form = askOnce('end-engagement', 'End the engagement', [
  choice('reason', {
    label: 'Reason',
    ask: 'Why does it end?',
    why: 'The reason is kept in the record. Others read it in plain words, without anything about a person.',
    options: END_REASONS,
  }),
  lastDay(true),
  person('hand_over_to', {
    label: 'Hand over to',
    ask: 'Who takes the work over?',
    why: 'Open work goes to somebody, and never to nobody.',
  }),
]);

const replacement: Question = person('replacement', {
  label: 'Replacement',
  ask: 'Who is to be the next Service ISSO? Left out, a new search begins.',
  why: 'ISPG and the Business Owner are asked whether they accept this person.',
  required: false,
});

export const REASSIGN: Form = askOnce('reassign', 'Change the Service ISSO', [
  choice('reason', {
    label: 'Reason',
    ask: 'Why is the Service ISSO changed?',
    why: 'The reason is kept in the record. Others read it in plain words, without anything about a person.',
    options: REASSIGN_REASONS,
  }),
  replacement,
  lastDay(false),
]);

export const DECLINE_REPLACEMENT: Form = askOnce('decline-replacement', 'Decline the replacement', [
  choice('reason', {
    label: 'Reason',
    ask: 'Why not this person?',
    why: 'A reason from the list keeps personal remarks out.',
    options: CANDIDATE_DECLINE_REASONS,
  }),
]);

/** Onboarding of the one who was accepted. */
export const REPLACE_NOW: Form = askOnce('replace', 'Go on with the change', [
  date('day_zero', {
    label: 'Day 0',
    ask: 'On which day does onboarding begin? Left out, it is today.',
    why: 'The 60 days of onboarding count from it.',
    fromDays: -7,
    untilDays: 60,
    required: false,
  }),
]);

/** Nobody is named: somebody else, or a search. */
export const NAME_OR_SEARCH: Form = askOnce('name-or-search', 'Go on with the change', [replacement]);
