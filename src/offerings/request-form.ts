/**
 * The ISSOaaS Request Form, which ISPG completes after the kickoff (domain reference 3.1 and 3.2, groups A, B and D to G;
 * group C is the context assessment). Who filled it in, when, and the form's version are kept with the paper.
 */
import { defineForm, questionsOf, type Section } from '../forms/form.ts';
import type { Answers, FormContext } from '../forms/question.ts';
import type { FormProblem } from './answered.ts';
import { numberIn, wordsIn } from './answered.ts';
import { askedAgain } from './isso-questions.ts';
import { authorizationStatus, poamProblems } from './request-form-authorization.ts';
import { effort, hoursOfEffort } from './request-form-engagement.ts';
import { fiscalYearOf, money, moneyProblems } from './request-form-money.ts';
import { needAgain, peopleAgain } from './request-form-need.ts';

const statements: Section = {
  key: 'statements',
  title: 'Before you send',
  questions: [
    askedAgain('attest_no_sensitive', {
      ask: 'I left personal, health and tax data out of this form.',
      why: 'Chat is not the place for such data, and many people read this form.',
    }),
    askedAgain('attest_authority', {
      ask: 'The Business Owner, or somebody for them, agreed to this content.',
      why: 'The form says what the Business Owner asks for, so it needs their word.',
    }),
  ],
};

export const REQUEST_FORM = defineForm({
  key: 'issoaas-request-form',
  version: 1,
  title: 'ISSOaaS Request Form',
  sections: [peopleAgain, needAgain, authorizationStatus, effort, money, statements],
});

/**
 * The form as ISPG finds it: what the initial request says, but for its statements, with the hours and the fiscal year
 * worked out. Pass it through `settle` before it is shown: a wanted start may have passed meanwhile.
 */
export function prefillRequestForm(initial: Answers): Answers {
  const asked = questionsOf(REQUEST_FORM).filter(({ kind }) => kind !== 'attestation');
  const taken = asked.flatMap(({ key }) => {
    const value = Object.hasOwn(initial, key) ? (initial[key] ?? null) : null;
    return value === null ? [] : [[key, value] as const];
  });
  const hours = hoursOfEffort(wordsIn(initial, 'level_of_effort'));
  const start = wordsIn(initial, 'start_wanted');
  const year = start === null ? null : fiscalYearOf(start);
  return {
    ...(hours === null ? {} : { hours_per_week: hours }),
    ...(year === null ? {} : { funding_fy: year }),
    ...Object.fromEntries(taken),
  };
}

/** What must be mended before the form can be locked, beside each answer's own limits. Empty when all goes together. */
export const requestFormProblems = (answers: Answers): readonly FormProblem[] => [
  ...poamProblems(answers),
  ...moneyProblems(answers),
];

/** Sentences that warn about accepted answers; they refuse nothing. */
export const requestFormWarnings = (answers: Answers, context: FormContext): readonly string[] =>
  questionsOf(REQUEST_FORM).flatMap((question) => {
    const value = answers[question.key] ?? null;
    const warning = value === null ? null : (question.warn?.(value, context) ?? null);
    return warning === null ? [] : [warning];
  });

/** Hours a week, as given or by the level of effort; null for a fixed task without hours. */
export const hoursPerWeek = (answers: Answers): number | null =>
  numberIn(answers, 'hours_per_week') ?? hoursOfEffort(wordsIn(answers, 'level_of_effort'));
