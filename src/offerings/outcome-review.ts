/** The review at the end of an engagement: the seven outcomes that the programme page names (domain reference 6.4). */
import { defineForm } from '../forms/form.ts';
import type { Answers } from '../forms/question.ts';
import { choice, longText } from '../forms/question.ts';

export const OUTCOME_LEVELS = ['yes', 'partly', 'no'] as const;
export type OutcomeLevel = (typeof OUTCOME_LEVELS)[number];

const LEVEL_LABELS: Readonly<Record<OutcomeLevel, string>> = { yes: 'Yes', partly: 'Partly', no: 'No' };

const OUTCOMES = [
  {
    key: 'risks_understood',
    label: 'Risks known',
    ask: 'Are risks and weaknesses found and measured, and do all who are concerned understand them?',
  },
  {
    key: 'controls_in_place',
    label: 'Controls in place',
    ask: 'Are suitable controls in place, and are risks reduced?',
  },
  {
    key: 'training_coordinated',
    label: 'Training and policy',
    ask: 'Were training and news about policy arranged for those concerned?',
  },
  {
    key: 'compliance_kept',
    label: 'Compliance',
    ask: 'Is the organization in line with policies and with duties from outside?',
  },
  {
    key: 'management_advised',
    label: 'Management advised',
    ask: 'Was management advised, and did auditors and agencies have somebody to turn to?',
  },
  {
    key: 'incidents_coordinated',
    label: 'Incident response',
    ask: 'Was the response to security incidents coordinated where it was needed?',
  },
  {
    key: 'practices_current',
    label: 'Current practice',
    ask: 'Do practices follow current CMS policy, privacy law, advisories and alerts?',
  },
] as const;

export const OUTCOME_REVIEW = defineForm({
  key: 'issoaas-outcome-review',
  version: 1,
  title: 'Outcome review',
  sections: [
    {
      key: 'outcomes',
      title: 'Outcome review',
      questions: [
        ...OUTCOMES.map(({ key, label, ask }) =>
          choice(key, {
            label,
            ask,
            why: 'It is one of the seven outcomes that the programme promises.',
            options: OUTCOME_LEVELS.map((id) => ({ id, label: LEVEL_LABELS[id] })),
          }),
        ),
        longText('lessons', {
          label: 'Lessons',
          ask: 'What should be done the same way again, and what not? No remarks about persons, please.',
          why: 'The next engagement begins where this one ended.',
          min: 3,
          max: 2_000,
          example: 'Ask for CFACTS access in the first week; it took longest.',
          required: false,
        }),
      ],
    },
  ],
});

/** How many of the seven outcomes were reached, partly reached, not reached. */
export function outcomeCounts(answers: Answers): Readonly<Record<OutcomeLevel, number>> {
  const count = (level: OutcomeLevel): number => OUTCOMES.filter(({ key }) => answers[key] === level).length;
  return { yes: count('yes'), partly: count('partly'), no: count('no') };
}
