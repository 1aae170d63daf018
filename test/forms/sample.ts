import fc from 'fast-check';
import { addDays } from '../../src/domain/time.ts';
import { defineForm } from '../../src/forms/form.ts';
import type { Answers, FormContext, Question } from '../../src/forms/question.ts';
import {
  attestation,
  choice,
  choices,
  date,
  longText,
  number,
  person,
  text,
  yesNo,
} from '../../src/forms/question.ts';

export const context: FormContext = {
  today: '2026-06-10',
  timeZone: 'America/New_York',
  people: [
    { id: 'bo', name: 'Jordan Lee', email: 'jordan.lee@cms.hhs.gov' },
    { id: 'bo2', name: 'Jordan Park', email: 'jordan.park@cms.hhs.gov' },
    { id: 'cra', name: 'Maria Ortiz-Vega', email: 'maria.ortiz@cms.hhs.gov' },
    { id: 'guest', name: 'Zoë Ångström', email: null },
  ],
  sensitive: (typed) => (/\d{3}-\d{2}-\d{4}/u.test(typed) ? ['a Social Security number'] : []),
};

export const words = { label: 'Field', ask: 'What is it?', why: 'Because.' };

/** Every kind of question, with conditions in a chain: `audited` shows `auditor`, which shows `auditor_on`. */
export const sample = defineForm({
  key: 'sample',
  version: 1,
  title: 'Sample',
  sections: [
    {
      key: 'one',
      title: 'One',
      questions: [
        person('owner', { ...words, label: 'Owner' }),
        text('name', { ...words, label: 'System name', min: 3, max: 120, example: 'Claims Viewer' }),
        choice('kind', {
          ...words,
          label: 'Kind of work',
          options: [
            { id: 'defined', label: 'For a set time' },
            { id: 'continuous', label: 'Ongoing, with no end' },
          ],
        }),
        number('months', {
          ...words,
          label: 'Duration',
          min: 1,
          max: 36,
          unit: { one: 'month', many: 'months' },
          dependsOn: ['kind'],
          when: (answers) => answers.kind === 'defined',
        }),
        yesNo('audited', { ...words, label: 'Audited' }),
        choices('auditors', {
          ...words,
          label: 'Auditors',
          max: 2,
          options: [
            { id: 'oig', label: 'Inspector General' },
            { id: 'gao', label: 'Accountability Office' },
            { id: 'own', label: 'Our own people and teams' },
          ],
          dependsOn: ['audited'],
          when: (answers) => answers.audited === true,
        }),
        date('audit_on', {
          ...words,
          label: 'Audit date',
          fromDays: 0,
          untilDays: 700,
          dependsOn: ['auditors'],
          when: (answers) => Array.isArray(answers.auditors) && answers.auditors.includes('oig'),
        }),
      ],
    },
    {
      key: 'two',
      title: 'Two',
      questions: [
        longText('need', {
          ...words,
          label: 'The need',
          min: 30,
          max: 1_500,
          example: 'Our ISSO leaves in March.',
        }),
        text('nickname', { ...words, label: 'Nickname', min: 2, max: 20, example: 'CV', required: false }),
        date('start', {
          ...words,
          label: 'Wanted start',
          fromDays: 1,
          untilDays: 365,
          warn: (value, { today }) => (String(value) < addDays(today, 60) ? 'That is soon.' : null),
        }),
        text('remark', {
          ...words,
          label: 'Remark',
          min: 2,
          max: 50,
          example: 'Call us',
          required: false,
          asked: 'on-review',
        }),
        attestation('honest', { ...words, label: 'Honest', ask: 'This is true.' }),
      ],
    },
  ],
});

export const good: Answers = {
  owner: 'bo',
  name: 'Claims Viewer',
  kind: 'defined',
  months: 6,
  audited: true,
  auditors: ['oig'],
  audit_on: '2026-12-03',
  need: 'Our ISSO leaves in March and nobody else is trained.',
  nickname: 'CV',
  start: '2026-10-01',
};

/** A valid answer, as a dialog gives it. */
export function validRaw(question: Question): fc.Arbitrary<string | number | boolean | string[]> {
  switch (question.kind) {
    case 'text':
    case 'long-text': {
      if (question.max <= 20) return fc.constantFrom('PEP-2', 'CV', 'abc');
      const word = fc.constantFrom(
        'Claims',
        'Viewer',
        'données',
        'סיסטם',
        'help',
        'and',
        '日本',
        'x1',
        'Zürich',
      );
      return fc
        .array(word, {
          minLength: Math.ceil(question.min / 2) + 1,
          maxLength: Math.ceil(question.min / 2) + 3,
        })
        .map((list) => list.join(' ').slice(0, question.max).trim());
    }
    case 'choice':
      return fc.constantFrom(...question.options.map((each) => each.id));
    case 'choices':
      return fc.subarray(
        question.options.map((each) => each.id),
        { minLength: question.min, maxLength: question.max },
      );
    case 'number':
      return fc.integer({ min: question.min, max: question.max });
    case 'date':
      return fc
        .integer({ min: question.fromDays, max: question.untilDays })
        .map((days) => addDays(context.today, days));
    case 'person':
      return fc.constantFrom(...context.people.map((each) => each.id));
    case 'yes-no':
      return fc.boolean();
    case 'attestation':
      return fc.constant(true);
    default:
      return question satisfies never;
  }
}
