/** The Request Form's group D (domain reference 3.2): where the system's authorization stands. Lists are assumed. */
import {
  AUTHORIZATION_TYPES,
  type Authorization,
  DATED_TYPES,
  DUE_SOON_DAYS,
  isPlanTestOverdue,
  isPrivacyAssessmentOld,
} from '../domain/authorization.ts';
import type { OverdueLevel } from '../domain/context-facts.ts';
import { OVERDUE_LEVELS } from '../domain/context-facts.ts';
import { daysBetween } from '../domain/time.ts';
import type { Section } from '../forms/form.ts';
import type { Answers, Question } from '../forms/question.ts';
import { choice, date, number } from '../forms/question.ts';
import { AUTHORIZATION_LABELS, OVERDUE_LABELS } from '../messages/copy/context-labels.ts';
import type { FormProblem } from './answered.ts';
import { numberIn, oneIn, wordsIn } from './answered.ts';

/** Dates further from today are a slip of the pen, in days. */
const FIVE_YEARS = 1_826;
const TEN_YEARS = 3_652;
const MOST_POAMS = 9_999;

/** A level of POA&M, its question, and in how many days CMS's memo of 2020 wanted it mended (rescinded; a default). */
const POAM_LEVELS = [
  { key: 'poam_critical', name: 'Critical', days: 15 },
  { key: 'poam_high', name: 'High', days: 30 },
  { key: 'poam_moderate', name: 'Moderate', days: 90 },
  { key: 'poam_low', name: 'Low', days: 365 },
] as const;

const poams = { one: 'POA&M', many: 'POA&Ms' };
const isPositive = (answers: Answers, key: string): boolean => (numberIn(answers, key) ?? 0) > 0;

const byLevel: readonly Question[] = POAM_LEVELS.map(({ key, name, days }) =>
  number(key, {
    label: `${name} POA&Ms open`,
    ask: `How many of the open POA&Ms are ${name}? As a rule they are to be mended within ${days} days.`,
    why: 'The level says how pressing the work is.',
    min: 0,
    max: MOST_POAMS,
    unit: poams,
    required: false,
    dependsOn: ['poam_open'],
    when: (answers) => isPositive(answers, 'poam_open'),
  }),
);

const atoExpiry = date('ato_expiry', {
  label: 'ATO expires on',
  ask: 'On which day does the authorization expire?',
  why: 'CMS flags an ATO as due soon 90 days before this day.',
  fromDays: -FIVE_YEARS,
  untilDays: FIVE_YEARS,
  dependsOn: ['authorization_type'],
  when: (answers) => DATED_TYPES.some((type) => type === answers.authorization_type),
  warn: (value, { today }) => {
    const left = typeof value === 'string' ? daysBetween(today, value) : null;
    if (left === null || left >= DUE_SOON_DAYS) return null;
    return left < 0
      ? 'The ATO expires on: that day is over, so the authorization counts as expired.'
      : `The ATO expires in less than ${DUE_SOON_DAYS} days, so its renewal comes first.`;
  },
});

export const authorizationStatus: Section = {
  key: 'authorization',
  title: 'Authorization status',
  questions: [
    choice('authorization_type', {
      label: 'Current authorization',
      ask: 'Which authorization does the system hold now? A Temporary ATO usually lasts 6 to 12 months.',
      why: 'It says how much work on the authorization lies ahead.',
      options: AUTHORIZATION_TYPES.map((id) => ({ id, label: AUTHORIZATION_LABELS[id] })),
    }),
    number('poam_open', {
      label: 'Open POA&Ms',
      ask: 'How many POA&Ms are open? Take the total in CFACTS.',
      why: 'Open POA&Ms are a large part of the work.',
      min: 0,
      max: MOST_POAMS,
      unit: poams,
    }),
    number('poam_overdue', {
      label: 'Overdue POA&Ms',
      ask: 'How many of them are overdue?',
      why: 'POA&Ms are updated every quarter at least, and every month for a High Value Asset.',
      min: 0,
      max: MOST_POAMS,
      unit: poams,
      required: false,
    }),
    choice('next_assessment_kind', {
      label: 'Kind of next assessment',
      ask: 'Which control assessment comes next? Leave it out if none is planned.',
      why: 'The Service ISSO prepares for it. A penetration test is booked at least 3 months before the ATO date.',
      options: [
        { id: 'sca', label: 'Security Control Assessment (SCA)' },
        { id: 'act_csrap', label: 'ACT or CSRAP' },
        { id: 'penetration_test', label: 'Penetration test' },
        { id: 'annual', label: 'Annual assessment' },
      ],
      required: false,
    }),
    date('cp_last_test', {
      label: 'Last contingency plan test',
      ask: 'When was the contingency plan last tested? Leave it out if it never was.',
      why: 'It must be tested every 365 days.',
      fromDays: -TEN_YEARS,
      untilDays: 0,
      required: false,
      warn: (value, { today }) =>
        typeof value === 'string' && isPlanTestOverdue(value, today)
          ? 'The last contingency plan test is more than 365 days ago, so the next one is overdue.'
          : null,
    }),
    date('pia_date', {
      label: 'Last PIA',
      ask: 'When was the last Privacy Impact Assessment (PIA)? Leave it out if there is none.',
      why: 'A Privacy Impact Assessment is renewed every three years.',
      fromDays: -TEN_YEARS,
      untilDays: 0,
      required: false,
      warn: (value, { today }) =>
        typeof value === 'string' && isPrivacyAssessmentOld(value, today)
          ? 'The last Privacy Impact Assessment is more than 3 years old, so a new one is due.'
          : null,
    }),
    choice('cdm_onboarded', {
      label: 'In CDM',
      ask: 'Is the system in Continuous Diagnostics and Mitigation (CDM)?',
      why: 'CDM is needed for an Ongoing Authorization.',
      options: [
        { id: 'yes', label: 'Yes' },
        { id: 'no', label: 'No' },
        { id: 'partly', label: 'Partly' },
        { id: 'unknown', label: "I don't know" },
      ],
      required: false,
    }),
    atoExpiry,
    ...byLevel,
    choice('poam_overdue_worst', {
      label: 'Highest overdue level',
      ask: 'What is the highest level among the overdue POA&Ms?',
      why: 'An overdue Critical or High POA&M weighs more than many others.',
      options: OVERDUE_LEVELS.map((id) => ({ id, label: OVERDUE_LABELS[id] })),
      dependsOn: ['poam_overdue'],
      when: (answers) => isPositive(answers, 'poam_overdue'),
    }),
    date('next_assessment', {
      label: 'Next control assessment',
      ask: 'On which day does that assessment begin?',
      why: 'The work is planned back from this day.',
      fromDays: 0,
      untilDays: FIVE_YEARS,
      dependsOn: ['next_assessment_kind'],
      when: (answers) => typeof answers.next_assessment_kind === 'string',
    }),
  ],
};

/** The authorization as the rules read it; not known while nobody said. */
export const authorizationIn = (answers: Answers): Authorization => ({
  type: oneIn(answers, 'authorization_type', AUTHORIZATION_TYPES) ?? 'dont_know',
  expiresOn: wordsIn(answers, 'ato_expiry'),
});

/** Open POA&Ms and the highest level among the overdue; null where nobody said. */
export const poamsIn = (
  answers: Answers,
): { readonly open: number | null; readonly worstOverdue: OverdueLevel | null } => ({
  open: numberIn(answers, 'poam_open'),
  worstOverdue: isPositive(answers, 'poam_overdue')
    ? oneIn(answers, 'poam_overdue_worst', OVERDUE_LEVELS)
    : null,
});

/** What doesn't add up among the POA&Ms (domain reference 3.2 D: "sum ≤ total", "0–total"). */
export function poamProblems(answers: Answers): readonly FormProblem[] {
  const total = numberIn(answers, 'poam_open');
  if (total === null) return [];
  const counted = total > 0 ? POAM_LEVELS.map(({ key }) => numberIn(answers, key) ?? 0) : [];
  const sum = counted.reduce((before, each) => before + each, 0);
  const overdue = numberIn(answers, 'poam_overdue') ?? 0;
  const worst = POAM_LEVELS.find(({ key }) => key === `poam_${String(poamsIn(answers).worstOverdue)}`);
  const problems: FormProblem[] = [];
  if (sum > total)
    problems.push({
      key: 'poam_open',
      text: `Open POA&Ms: the levels add up to ${sum}, which is more than the ${total} open. Please give a total of ${sum} or more, or lower the numbers by level.`,
    });
  if (overdue > total)
    problems.push({
      key: 'poam_overdue',
      text: `Overdue POA&Ms: ${overdue} are more than the ${total} open. Please give a number from 0 to ${total}.`,
    });
  if (worst && numberIn(answers, worst.key) === 0)
    problems.push({
      key: 'poam_overdue_worst',
      text: `Highest overdue level: no ${worst.name} POA&M is open. Please choose another level, or correct "${worst.name} POA&Ms open".`,
    });
  return problems;
}
