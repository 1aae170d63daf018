/**
 * The Business Owner's preparation list, sent on day 0 (programme page: "Business Owner responsibilities"; the initial
 * meeting's goals). Filled in as often as it takes; every version is kept. The single lines are assumed.
 */
import type { Option } from '../domain/field.ts';
import { defineForm } from '../forms/form.ts';
import type { Answers, Question } from '../forms/question.ts';
import { choice, longText } from '../forms/question.ts';

const STATES: readonly Option[] = [
  { id: 'yes', label: 'Yes' },
  { id: 'not_yet', label: 'Not yet' },
  { id: 'no', label: 'No: we need help with it' },
];
/** For people whom not every component has. */
const NOBODY: Option = { id: 'nobody', label: 'There is nobody to tell' };

interface Line {
  readonly key: string;
  readonly label: string;
  readonly ask: string;
  readonly why: string;
  readonly isIfAny?: true;
}

const LINES: readonly Line[] = [
  {
    key: 'organization',
    label: 'Your organization',
    ask: 'Does your organization know who comes, when, and what for?',
    why: 'A Service ISSO who is expected can begin at once.',
  },
  {
    key: 'data_guardian',
    label: 'Data Guardian',
    ask: 'Is the Data Guardian of your component told and ready?',
    why: 'The Service ISSO works with them on personal, health and tax data.',
  },
  {
    key: 'cra',
    label: 'Cyber Risk Advisor',
    ask: 'Is your Cyber Risk Advisor told and ready?',
    why: 'They know the risks of your systems and work with the Service ISSO all along.',
  },
  {
    key: 'existing_isso',
    label: 'Existing ISSO',
    ask: 'If you have an ISSO already, are they told and ready to hand over or share the work?',
    why: 'Two people need to know who does what.',
    isIfAny: true,
  },
  {
    key: 'developers',
    label: 'Contract developers',
    ask: 'Are the developers of your contractors told, and is somebody named to answer questions?',
    why: 'The Service ISSO meets them at the initial meeting and depends on their answers.',
    isIfAny: true,
  },
  {
    key: 'security_staff',
    label: 'Contract security staff',
    ask: 'Are the security staff of your contractors told, and is somebody named to answer questions?',
    why: 'They know the controls from day to day.',
    isIfAny: true,
  },
  {
    key: 'business',
    label: 'Business explained',
    ask: 'Is somebody ready to explain your business and how it works?',
    why: 'The Service ISSO learns your business model and its logic at the initial meeting.',
  },
  {
    key: 'security',
    label: 'Security explained',
    ask: 'Is somebody ready to explain what your cybersecurity looks like, with the documents at hand?',
    why: 'The Service ISSO needs to understand your environment before they can help.',
  },
];

const noteForIspg: Question = longText('help_wanted', {
  label: 'Help wanted',
  ask: 'Where do you need help from ISPG? Please leave out personal, health and tax data.',
  why: 'ISPG helps with what you can not prepare alone.',
  min: 3,
  max: 1_000,
  example: 'We have no Data Guardian at present. Whom do we ask?',
  required: false,
});

export const PREPARATION = defineForm({
  key: 'issoaas-preparation',
  version: 1,
  title: 'Preparation list',
  sections: [
    {
      key: 'preparation',
      title: 'Preparation list',
      questions: LINES.map(({ key, label, ask, why, isIfAny }) =>
        choice(key, { label, ask, why, options: isIfAny ? [...STATES, NOBODY] : STATES }),
      ),
    },
    { key: 'help', title: 'Help wanted', questions: [noteForIspg] },
  ],
});

/** Lines that are still open, and those the Business Owner needs help with, by their labels. */
export function preparationLeft(answers: Answers): {
  readonly open: readonly string[];
  readonly helpWanted: readonly string[];
} {
  const labelled = (fits: (answer: unknown) => boolean): readonly string[] =>
    LINES.filter(({ key }) => fits(answers[key])).map(({ label }) => label);
  return {
    open: labelled((answer) => answer !== 'yes' && answer !== 'nobody'),
    helpWanted: labelled((answer) => answer === 'no'),
  };
}

/** Is everybody told and everything ready (domain reference 4.3, item `bo_prep`)? */
export const isPrepared = (answers: Answers): boolean => preparationLeft(answers).open.length === 0;
