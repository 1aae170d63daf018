/** The satisfaction survey, declared once: dialog and typed words read the same questions (domain reference 6.2). */
import { RENEWALS, SURVEY_LINES, type SurveyLine } from '../domain/survey.ts';
import { defineForm } from '../forms/form.ts';
import { choice, longText } from '../forms/question.ts';
import { LINE_LABELS, RENEWAL_LABELS, SCORE_LABELS } from '../messages/copy/survey.ts';

const LONGEST_COMMENT = 2_000;

const ASKS: Readonly<Record<SurveyLine, string>> = {
  expertise: 'How satisfied are you with what the Service ISSO knows?',
  responsiveness: 'How satisfied are you with how soon you get an answer?',
  communication: 'How satisfied are you with how clearly you are kept informed?',
  fit: 'How satisfied are you with how the Service ISSO fits into your team?',
  overall: 'How satisfied are you all in all?',
};
const WHY = 'ISPG uses it to see what to keep and what to improve.';

export const SURVEY_FORM = defineForm({
  key: 'satisfaction-survey',
  version: 1,
  title: 'Satisfaction',
  sections: [
    {
      key: 'satisfaction',
      title: 'Satisfaction',
      questions: [
        ...SURVEY_LINES.map((line) =>
          choice(line, {
            label: LINE_LABELS[line],
            ask: ASKS[line],
            why: WHY,
            options: SCORE_LABELS.map((label, index) => ({ id: String(index + 1), label })),
          }),
        ),
        choice('renew', {
          label: 'Renew',
          ask: 'Do you want to renew the service?',
          why: 'ISPG and the contractor plan ahead for the next period.',
          options: RENEWALS.map((id) => ({ id, label: RENEWAL_LABELS[id] })),
        }),
        longText('comment', {
          label: 'In your own words',
          ask: 'What should we keep, and what should we improve?',
          why: WHY,
          min: 1,
          max: LONGEST_COMMENT,
          example: 'Keep the weekly notes; answer urgent questions the same day.',
          required: false,
        }),
      ],
    },
  ],
});
