/** The dialogs in which somebody says that they have taken a course (domain reference 5.1). */
import type { Course } from '../domain/training-course.ts';
import type { Form } from '../forms/form.ts';
import { choice, date, text } from '../forms/question.ts';
import { LONGEST_REFERENCE } from './item-form.ts';
import { askOnce } from './move-forms.ts';

/** A course of ten years ago can still count. */
const BACK_DAYS = 3_650;

const ON = date('on', {
  label: 'Day',
  ask: 'On which day was it? Left out, it is today.',
  why: 'Renewals count from this day.',
  fromDays: -BACK_DAYS,
  untilDays: 0,
  required: false,
});

/** What is asked about a course that has no scorecard. */
export function courseForm({ proof, name }: Course): Form {
  switch (proof) {
    case 'choice':
      return askOnce('course-choice', name, [
        choice('choice', {
          label: 'Your answer',
          ask: 'Do you want to?',
          why: 'Your lead sees it. You can change your mind.',
          options: [
            { id: 'yes', label: 'Yes' },
            { id: 'no', label: 'No' },
            { id: 'later', label: 'Later' },
          ],
        }),
      ]);
    case 'reference':
    case 'word':
    case 'attendance':
    case 'areas':
      return askOnce('course-done', name, [
        ON,
        text('reference', {
          label: 'Reference',
          ask: 'The number of the certificate; never the document itself.',
          why: 'It is the evidence, without anything personal.',
          min: 2,
          max: LONGEST_REFERENCE,
          example: 'CERT-1',
          required: proof === 'reference',
        }),
      ]);
    default:
      return proof satisfies never;
  }
}
