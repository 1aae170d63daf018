/** The hand-over at the end of an engagement (domain reference 4.6; its lines are assumed), with the exit talk. */
import { defineForm, type Section } from '../forms/form.ts';
import type { Answers } from '../forms/question.ts';
import { choice, longText, number, person } from '../forms/question.ts';
import { type FormProblem, numberIn, wordsIn } from './answered.ts';
import { exitTalk, exitTalkProblems } from './exit-talk.ts';

const MOST_POAMS = 9_999;
const LONGEST = 2_000;

const openWork: Section = {
  key: 'work',
  title: 'Open work',
  questions: [
    number('poam_open', {
      label: 'Open POA&Ms',
      ask: 'How many POA&Ms are open?',
      why: 'Whoever takes over counts them again in CFACTS.',
      min: 0,
      max: MOST_POAMS,
      unit: { one: 'POA&M', many: 'POA&Ms' },
    }),
    longText('cfacts_tasks', {
      label: 'Open CFACTS tasks',
      ask: 'Which tasks are open in CFACTS? Write one on each line, or "No open tasks".',
      why: 'Tasks stay with a person until somebody moves them.',
      min: 3,
      max: LONGEST,
      example: 'Annual assessment: evidence for AC-2 and AC-3',
    }),
    longText('document_locations', {
      label: 'Where documents are',
      ask: 'Where are the documents? Write one place on each line; no passwords.',
      why: 'The next person must find the security plan, the assessments and the evidence.',
      min: 3,
      max: LONGEST,
      example: 'SharePoint, Claims Hub, Security: plan, contingency plan, agreements',
    }),
    longText('contacts', {
      label: 'Contacts',
      ask: 'Who is to be asked for what? Write one person on each line, with their role.',
      why: 'Most answers are with people.',
      min: 3,
      max: LONGEST,
      example: 'Sam Rivera, System Owner: releases',
    }),
    longText('due_dates', {
      label: 'Due dates',
      ask: 'What is due when? Write one date on each line, POA&Ms first.',
      why: 'Nothing falls due unseen between two people.',
      min: 3,
      max: LONGEST,
      example: 'POA&M 12345, high: February 15',
      dependsOn: ['poam_open'],
      when: (answers) => (numberIn(answers, 'poam_open') ?? 0) > 0,
    }),
  ],
};

const successor: Section = {
  key: 'successor',
  title: 'Who takes over',
  questions: [
    choice('successor_kind', {
      label: 'Who takes over',
      ask: 'Who takes over the work?',
      why: 'A hand-over needs somebody to hand over to.',
      options: [
        { id: 'service_isso', label: 'Another Service ISSO' },
        { id: 'cms_isso', label: 'An ISSO of CMS' },
        { id: 'contractor', label: 'Contractor support' },
        { id: 'business_owner', label: 'The Business Owner for the time being' },
        { id: 'nobody_needed', label: 'Nobody: the system is retired or the task is done' },
      ],
    }),
    longText('remarks', {
      label: 'What else to know',
      ask: 'What else should the next person know? Please leave out personal, health and tax data.',
      why: 'What stands in no document is easily lost.',
      min: 3,
      max: LONGEST,
      example: 'The assessor wants screenshots with the date shown.',
      required: false,
    }),
    person('successor', {
      label: 'Their name',
      ask: 'Who is that? Give a full name or an e-mail address.',
      why: 'The Business Owner tells the CISO of the change, and the appointment letter needs a name.',
      dependsOn: ['successor_kind'],
      when: (answers) => !['nobody_needed', null].includes(wordsIn(answers, 'successor_kind')),
    }),
  ],
};

export const HAND_OVER = defineForm({
  key: 'issoaas-hand-over',
  version: 1,
  title: 'Hand-over',
  sections: [openWork, successor, exitTalk],
});

/** What must be mended before the hand-over counts as done, beside each answer's own limits. */
export const handOverProblems = (answers: Answers): readonly FormProblem[] => [
  ...(wordsIn(answers, 'successor_kind') === 'nobody_needed' && (numberIn(answers, 'poam_open') ?? 0) > 0
    ? [
        {
          key: 'successor_kind',
          text: 'Who takes over: there are open POA&Ms, so somebody must. Please choose who, such as "The Business Owner for the time being".',
        },
      ]
    : []),
  ...exitTalkProblems(answers),
];
