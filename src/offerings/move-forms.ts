/** What the steps of an engagement ask for (domain reference 2.2), each on one page. */
import type { EngagementState } from '../domain/engagement-states.ts';
import { defineForm, type Form } from '../forms/form.ts';
import { choice, longText, person, type Question } from '../forms/question.ts';

/** A form of one page. */
export const askOnce = (key: string, title: string, questions: readonly Question[]): Form =>
  defineForm({ key, version: 1, title, sections: [{ key: 'ask', title, questions }] });

/** Where work can be sent back to, as people call it. */
const STEPS = [
  { id: 'KICKOFF_HELD', label: 'Request Form' },
  { id: 'FORM_COMPLETE', label: 'Context assessment' },
  { id: 'CONTEXT_ASSESSED', label: 'Skill profile' },
] as const satisfies readonly { readonly id: EngagementState; readonly label: string }[];

export const SEND_BACK = (allows: (to: EngagementState) => boolean): Form =>
  askOnce('send-back', 'Send back', [
    choice('to', {
      label: 'To',
      ask: 'Which step is to be done again?',
      why: 'What was settled after that step counts no more.',
      options: STEPS.filter(({ id }) => allows(id)),
    }),
    longText('why', {
      label: 'Why',
      ask: 'What has to be worked on again? Those who do it read this.',
      why: 'So that nobody has to guess.',
      min: 3,
      max: 500,
      example: 'The hours have changed.',
    }),
  ]);

export const CORRECT_PARTY = askOnce('correct-people', 'Correct who is who', [
  person('business_owner', {
    label: 'Business Owner',
    ask: 'Who is the Business Owner? Leave it out when that is right.',
    why: 'The Business Owner decides at each step.',
    required: false,
  }),
  person('advisor', {
    label: 'Advisor',
    ask: 'Who is the Cyber Risk Advisor? Leave it out when that is right.',
    why: 'The advisor follows the engagement.',
    required: false,
  }),
  longText('reason', {
    label: 'Reason',
    ask: 'Why is it corrected? Those who take part read this.',
    why: 'The record keeps who it was before, and why it was changed.',
    min: 3,
    max: 300,
    example: 'New advisor since October.',
  }),
]);

export const ASK_CHANGE = askOnce('ask-change', 'Ask for a change', [
  longText('change', {
    label: 'Change',
    ask: 'What should be different: hours, end date, tasks, or something else? The Government Task Lead answers.',
    why: 'A change of hours or dates needs a decision of the programme.',
    min: 10,
    max: 1_000,
    example: 'We need 30 hours a week from May.',
  }),
]);
