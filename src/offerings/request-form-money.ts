/**
 * The Request Form's group F (domain reference 3.2): money and contract, for ISPG, the COR and the Business Owner. Sources
 * are CMS's list (CMSgov/easi-app); the rest is assumed.
 */
import type { Section } from '../forms/form.ts';
import type { Answers } from '../forms/question.ts';
import { choice, choices, number, text } from '../forms/question.ts';
import type { FormProblem } from './answered.ts';
import { wordsIn } from './answered.ts';

const SOURCES: Readonly<Record<string, string>> = {
  fed_admin: 'Fed Admin',
  prog_ops: 'Prog Ops',
  qio: 'QIO',
  qio_prog_ops: 'QIO Prog Ops',
  mip_base: 'MIP Base',
  disc_pi_medicare: 'Disc PI Medicare (MIP)',
  disc_pi_medicaid: 'Disc PI Medicaid (MIP)',
  part_d_cob_user_fees: 'Part D COB User Fees',
  user_fees: 'User Fees',
  exchange: 'Exchange',
  risk_adj: 'Risk Adj',
  research: 'Research',
  survey_certification: 'Survey and Certification',
  clia: 'CLIA',
  recovery_audit: 'Recovery Audit Contractors',
  aca_3021: 'ACA 3021',
  hitech_medicare: 'HITECH Medicare',
  hitech_medicaid: 'HITECH Medicaid',
  other: 'Other',
  unknown: 'Unknown',
};

/** Federal fiscal years on offer, named by the year in which they end. */
const FISCAL_YEARS = Array.from({ length: 15 }, (_, index) => 2026 + index);
/** Month in which the next fiscal year begins (it runs from October 1 to September 30). */
const OCTOBER = 10;

export const money: Section = {
  key: 'money',
  title: 'Money and contract',
  questions: [
    choice('funding_state', {
      label: 'Funding',
      ask: 'Is money available?',
      why: 'Nobody can start before the COR or the GTL has confirmed the money.',
      options: [
        { id: 'confirmed', label: 'Confirmed' },
        { id: 'expected', label: 'Expected' },
        { id: 'needs_help', label: 'Help is needed to find it' },
        { id: 'unknown', label: 'Not known yet' },
      ],
    }),
    choices('funding_source', {
      label: 'Funding source',
      ask: 'Where does the money come from? Choose all that apply. Your front office knows if you are unsure.',
      why: 'The COR needs it to confirm the money.',
      options: Object.entries(SOURCES).map(([id, label]) => ({ id, label })),
      required: false,
    }),
    text('funding_number', {
      label: 'Funding number',
      ask: 'Which funding number, exactly 6 digits? It stands on the CMS Operating Plan page.',
      why: 'It ties the engagement to its money.',
      min: 1,
      max: 20,
      pattern: { shape: /^\d{6}$/u, mend: 'please write exactly 6 digits.' },
      example: '123456',
      required: false,
    }),
    choice('funding_fy', {
      label: 'Fiscal year',
      ask: 'Money of which federal fiscal year, such as FY2027? It runs from October 1 to September 30.',
      why: 'Money belongs to a fiscal year.',
      options: FISCAL_YEARS.map((year) => ({ id: `FY${year}`, label: `FY${year}` })),
      required: false,
    }),
    number('cost_estimate', {
      label: 'Estimate',
      ask: 'What is the estimate for the engagement in whole dollars? Digits only, such as 120000.',
      why: 'The COR compares it with the money. It is never shown in a channel or to the contractor.',
      min: 0,
      max: 9_999_999,
      unit: { one: 'dollar', many: 'dollars' },
      required: false,
    }),
    text('task_order', {
      label: 'Task order',
      ask: 'Under which task order?',
      why: 'The COR finds the contract by it.',
      min: 1,
      max: 40,
      example: 'TO-0042',
      required: false,
    }),
  ],
};

/**
 * Keys that contractors and Cyber Risk Advisors never see: contractors see the level of effort only (domain reference 1.3).
 * None of them is shown in a channel.
 */
export const MONEY_QUESTIONS: readonly string[] = money.questions.map(({ key }) => key);

/** The fiscal year of a day, as the form's option, such as `FY2027` for 2026-10-01; null for one that is not on offer. */
export function fiscalYearOf(day: string): string | null {
  const year = Number(day.slice(0, 4)) + (Number(day.slice(5, 7)) >= OCTOBER ? 1 : 0);
  return FISCAL_YEARS.includes(year) ? `FY${year}` : null;
}

/** A funding number that stands in two places is a slip of the hand (domain reference 3.2 F: "unique in the form"). */
export function moneyProblems(answers: Answers): readonly FormProblem[] {
  const funding = wordsIn(answers, 'funding_number');
  if (funding === null || funding !== wordsIn(answers, 'task_order')) return [];
  return [
    {
      key: 'task_order',
      text: 'Task order: that is the funding number. Please give the number of the task order, or leave it out.',
    },
  ];
}
